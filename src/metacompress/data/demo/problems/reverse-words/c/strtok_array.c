#include <stdio.h>
#include <string.h>

int main(void)
{
    char line[256];
    char *words[128];
    int n = 0;

    if (fgets(line, sizeof line, stdin) != NULL) {
        char *w = strtok(line, " \n");
        while (w != NULL) {
            words[n++] = w;
            w = strtok(NULL, " \n");
        }
    }

    for (int i = n - 1; i >= 0; i--) {
        printf("%s", words[i]);
        if (i > 0)
            printf(" ");
    }
    printf("\n");
    return 0;
}
