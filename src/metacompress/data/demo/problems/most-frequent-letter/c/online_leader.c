#include <stdbool.h>
#include <stdio.h>
#include <ctype.h>

struct race {
    int score[128];
    int leader;
};

static bool ahead(const struct race *r, int a, int b)
{
    if (r->score[a] == r->score[b])
        return a < b;
    return r->score[a] > r->score[b];
}

/* The leader is kept up to date after every single letter. */
static void run(struct race *r, const char *p)
{
    for (; *p != '\0'; p++) {
        int runner = tolower((unsigned char) *p);
        if (!islower(runner))
            continue;
        r->score[runner]++;
        if (r->leader == '-' || ahead(r, runner, r->leader))
            r->leader = runner;
    }
}

int main(void)
{
    struct race r = { .leader = '-' };
    char input[512];

    if (fgets(input, 512, stdin) != NULL)
        run(&r, input);
    printf("%c\n", r.leader);
    return 0;
}
