#include <stdio.h>
#include <string.h>

/* three extra letters save the wrap-around */
static const char small[] = "abcdefghijklmnopqrstuvwxyzabc";
static const char big[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZABC";

static void encrypt_caesar(char *text) {
    for (size_t i = 0; i < strlen(text); ++i) {
        const char *spot = strchr(small, text[i]);
        if (spot == NULL)
            spot = strchr(big, text[i]);
        if (spot != NULL)
            text[i] = spot[3];
    }
}

int main(void) {
    char text[256];
    if (fgets(text, sizeof text, stdin) == NULL)
        text[0] = '\0';
    text[strcspn(text, "\n")] = '\0';
    encrypt_caesar(text);
    puts(text);
    return 0;
}
