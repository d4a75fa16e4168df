#include <stdio.h>
#include <string.h>

#define ROOM 1024

/* Builds the code from its end so that digits come out by plain division. */
static char *run_length_encode(const char *line, int n, char *end)
{
    int count = 0;

    *end = '\0';
    for (int k = n - 1; k >= 0; k--) {
        count++;
        if (count == 1)
            *--end = line[k];
        if (k == 0 || line[k - 1] != line[k]) {
            do {
                *--end = (char)('0' + count % 10);
                count /= 10;
            } while (count > 0);
        }
    }
    return end;
}

int main(void)
{
    char line[ROOM], room[ROOM];
    int n = 0;

    if (fgets(line, ROOM / 2, stdin) != NULL) {
        n = (int)strlen(line);
        if (n > 0 && line[n - 1] == '\n')
            n--;
    }
    puts(run_length_encode(line, n, room + ROOM - 1));
    return 0;
}
