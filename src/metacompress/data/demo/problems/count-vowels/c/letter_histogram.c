#include <stdio.h>
#include <ctype.h>

struct histogram {
    int letter[26];
};

static void add(struct histogram *h, int ch)
{
    if (isupper(ch))
        h->letter[ch - 'A']++;
    else if (islower(ch))
        h->letter[ch - 'a']++;
}

static int sum_of(const struct histogram *h, const char *which)
{
    int sum = 0;
    do {
        sum += h->letter[*which - 'a'];
    } while (*++which);
    return sum;
}

int main(void)
{
    struct histogram h = {{0}};

    for (;;) {
        int ch = fgetc(stdin);
        if (ch == EOF || ch == '\n')
            break;
        add(&h, ch);
    }
    printf("%d\n", sum_of(&h, "aeiou"));
    return 0;
}
