#include <stdio.h>

static const char *check_brackets(const char *s)
{
    char stack[256];
    int top = 0, seen = 0;

    for (; *s; s++) {
        char want = 0;
        switch (*s) {
        case '(': stack[top++] = ')'; seen = 1; break;
        case '[': stack[top++] = ']'; seen = 1; break;
        case '{': stack[top++] = '}'; seen = 1; break;
        case ')': case ']': case '}': want = *s; break;
        default: break;
        }
        if (want && (top == 0 || stack[--top] != want))
            return "no";
    }
    if (!seen)
        return "-";
    return top == 0 ? "yes" : "no";
}

int main(void)
{
    char line[256];

    if (!fgets(line, sizeof line, stdin))
        line[0] = '\0';
    printf("%s\n", check_brackets(line));
    return 0;
}
