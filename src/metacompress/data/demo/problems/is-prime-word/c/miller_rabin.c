#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

static uint64_t power_mod(uint64_t base, uint64_t exp, uint64_t mod)
{
    uint64_t acc = 1;
    for (; exp > 0; exp >>= 1) {
        if (exp & 1)
            acc = acc * base % mod;
        base = base * base % mod;
    }
    return acc;
}

static bool witness(uint64_t a, uint64_t n)
{
    uint64_t odd = n - 1;
    int twos = 0;
    while (odd % 2 == 0) {
        odd /= 2;
        ++twos;
    }
    uint64_t x = power_mod(a, odd, n);
    if (x == 1 || x == n - 1)
        return false;
    while (--twos > 0) {
        x = x * x % n;
        if (x == n - 1)
            return false;
    }
    return true;
}

int main(void)
{
    /* these bases are enough below 3215031751 */
    const uint64_t bases[4] = {2, 3, 5, 7};
    uint64_t n;
    if (scanf("%" SCNu64, &n) != 1)
        return 1;
    const char *word = n < 2 ? "neither" : "prime";
    for (int i = 0; i < 4 && n > 1; ++i) {
        if (n == bases[i])
            break;
        if (n % bases[i] == 0 || witness(bases[i], n)) {
            word = "composite";
            break;
        }
    }
    printf("%s\n", word);
    return 0;
}
