#include <stdio.h>

static char next_letter(char c)
{
    switch (c) {
    case 'z':
        return 'a';
    case 'Z':
        return 'A';
    default:
        break;
    }
    int letter = (c >= 'a' && c < 'z') || (c >= 'A' && c < 'Z');
    return letter ? (char)(c + 1) : c;
}

static void caesar_line(char *p, int steps)
{
    if (steps == 0)
        return;
    for (char *q = p; *q != '\0'; q++)
        *q = next_letter(*q);
    caesar_line(p, steps - 1);
}

int main(void)
{
    char line[210];
    if (fgets(line, 210, stdin) == NULL) {
        printf("\n");
        return 0;
    }
    caesar_line(line, 3);

    int ended = 0;
    for (char *q = line; *q != '\0'; q++)
        ended = *q == '\n';
    printf(ended ? "%s" : "%s\n", line);
    return 0;
}
