#include <ctype.h>
#include <stdio.h>

enum state { OUTSIDE, INSIDE };

int main(void)
{
    enum state state = OUTSIDE;
    int words = 0;
    int c;

    while ((c = getchar()) != EOF && c != '\n') {
        if (!isalpha(c)) {
            state = OUTSIDE;
        } else if (state == OUTSIDE) {
            state = INSIDE;
            words++;
        }
    }
    printf("%d\n", words);
    return 0;
}
