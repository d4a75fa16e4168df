#include <stdio.h>
#include <string.h>

#define CAPACITY 32

/* One pass: overwrite the text with the decimal form of its digit total. */
static void digital_root_rewrite(char text[CAPACITY])
{
    int sum = 0;
    for (const char *p = text; *p != '\0'; ++p)
        sum += *p - '0';
    snprintf(text, CAPACITY, "%d", sum);
}

int main(void)
{
    char text[CAPACITY];

    if (scanf("%31s", text) < 1) {
        return 2;
    }
    do {
        digital_root_rewrite(text);
    } while (strlen(text) > 1);
    puts(text);
    return 0;
}
