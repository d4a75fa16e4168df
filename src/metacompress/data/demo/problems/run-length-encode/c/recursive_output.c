#include <stdio.h>
#include <string.h>

static size_t run_length(const char *p)
{
    /* strspn with a one-letter set measures the run */
    char set[2] = { p[0], '\0' };
    return strspn(p, set);
}

static char *emit(char *out, const char *in)
{
    if (*in == '\0')
        return out;
    size_t n = run_length(in);
    out += sprintf(out, "%zu%c", n, *in);
    return emit(out, in + n);
}

int main(void)
{
    char input[201], run_length_encode[410] = "";

    if (scanf("%200[^\n]", input) == 1)
        emit(run_length_encode, input);
    puts(run_length_encode);
    return 0;
}
