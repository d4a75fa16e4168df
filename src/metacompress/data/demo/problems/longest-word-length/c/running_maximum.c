#include <ctype.h>
#include <stdio.h>

int main(void)
{
    int c, current = 0, longest = 0;

    while ((c = getchar()) != EOF && c != '\n') {
        if (isalpha(c)) {
            current++;
            if (current > longest)
                longest = current;
        } else {
            current = 0;
        }
    }
    printf("%d\n", longest);
    return 0;
}
