#include <stdio.h>

typedef unsigned char byte;

static void fill_caesar(byte map[256])
{
    for (int i = 0; i < 256; i++)
        map[i] = (byte)i;
    for (int k = 0; k < 26; k++) {
        int target = (k + 3) % 26;
        map['a' + k] = (byte)('a' + target);
        map['A' + k] = (byte)('A' + target);
    }
}

int main(void)
{
    byte map[256];
    char in[201] = "", out[201] = "";

    fill_caesar(map);
    if (scanf("%200[^\n]", in) == 1) {
        int i = 0;
        while (in[i]) {
            out[i] = (char)map[(byte)in[i]];
            i++;
        }
        out[i] = '\0';
    }
    printf("%s\n", out);
    return 0;
}
