#include <stdio.h>

static unsigned char letter[256];

static const char *skip(const char *p, const char *end, int while_letter)
{
    while (p < end && letter[(unsigned char) *p] == while_letter)
        ++p;
    return p;
}

int main(void)
{
    char data[512];
    const char *end = data;

    for (int k = 0; k < 26; ++k)
        letter['a' + k] = letter['A' + k] = 1;

    size_t got = fread(data, 1, sizeof data, stdin);
    while (end < data + got && *end != '\n')
        ++end;

    unsigned words_in_line = 0;
    const char *p = skip(data, end, 0);
    while (p != end) {
        ++words_in_line;
        p = skip(p, end, 1);
        p = skip(p, end, 0);
    }
    printf("%u\n", words_in_line);
    return 0;
}
