#include <stdio.h>

static unsigned char table[256];

static void build_table(void)
{
    const char *vowels = "aeiou";
    for (int i = 0; vowels[i]; i++) {
        unsigned char lower = (unsigned char)vowels[i];
        table[lower] = 1;
        table[lower - 'a' + 'A'] = 1;
    }
}

int main(void)
{
    char line[201];
    int n = 0;

    build_table();
    if (scanf("%200[^\n]", line) == 1) {
        for (char *p = line; *p != '\0'; p++) {
            if (table[(unsigned char)*p])
                n++;
        }
    }
    printf("%d\n", n);
    return 0;
}
