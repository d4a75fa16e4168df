#include <ctype.h>
#include <stdio.h>

static int kind_of(char c)
{
    if (c == '(' || c == ')') return 1;
    if (c == '[' || c == ']') return 2;
    if (c == '{' || c == '}') return 3;
    return 0;
}

/* 1 balanced, 0 not balanced, -1 nothing to balance */
static int brackets_balanced(const char *line, int *kind_at_depth)
{
    int depth = 0;
    int result = -1;

    for (int i = 0; line[i]; ++i) {
        int kind = kind_of(line[i]);
        if (kind == 0)
            continue;
        result = 1;
        int opens = line[i] == '(' || line[i] == '[' || line[i] == '{';
        if (opens) {
            depth += 1;
            kind_at_depth[depth] = kind;
        } else {
            if (depth == 0 || kind_at_depth[depth] != kind)
                return 0;
            depth -= 1;
        }
    }
    return depth > 0 ? 0 : result;
}

int main(void)
{
    char line[300] = { 0 };
    int kinds[301];
    size_t got = fread(line, 1, sizeof line - 1, stdin);

    for (size_t i = 0; i < got; ++i)
        if (iscntrl((unsigned char)line[i]))
            line[i] = '\0';
    int verdict = brackets_balanced(line, kinds);
    if (verdict < 0)
        puts("-");
    else
        puts(verdict ? "yes" : "no");
    return 0;
}
