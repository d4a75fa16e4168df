#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct open {
    int kind;
    struct open *outer;
};

static struct open *leave_brackets(struct open *inner)
{
    struct open *outer = inner->outer;
    free(inner);
    return outer;
}

int main(void)
{
    static const char openers[] = "([{", closers[] = ")]}";
    struct open *innermost = NULL;
    int total = 0, broken = 0, ch;

    for (ch = fgetc(stdin); ch > 0 && ch != '\n'; ch = fgetc(stdin)) {
        const char *o = strchr(openers, ch);
        const char *c = strchr(closers, ch);
        total += o != NULL || c != NULL;
        if (o && !broken) {
            struct open *fresh = malloc(sizeof *fresh);
            if (!fresh)
                return 1;
            fresh->kind = (int)(o - openers);
            fresh->outer = innermost;
            innermost = fresh;
        } else if (c && !broken) {
            if (innermost && innermost->kind == c - closers)
                innermost = leave_brackets(innermost);
            else
                broken = 1;
        }
    }
    if (innermost)
        broken = 1;
    while (innermost)
        innermost = leave_brackets(innermost);

    puts(total == 0 ? "-" : broken ? "no" : "yes");
    return 0;
}
