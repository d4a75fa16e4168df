#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOT 31623	/* ROOT * ROOT > 10^9 */

static void sieve(char *crossed)
{
	memset(crossed, 0, ROOT + 1);
	crossed[0] = crossed[1] = 1;
	for (int p = 2; p * p <= ROOT; p++) {
		if (crossed[p])
			continue;
		for (int m = p * p; m <= ROOT; m += p)
			crossed[m] = 1;
	}
}

static const char *check_prime(const char *crossed, int number)
{
	if (number < 2)
		return "neither";
	for (int p = 2; p <= ROOT && p < number; p++) {
		if (!crossed[p] && number % p == 0)
			return "composite";
	}
	return "prime";
}

int main(void)
{
	int number;
	char *crossed = malloc(ROOT + 1);

	if (crossed == NULL)
		return 1;
	sieve(crossed);
	if (scanf("%d", &number) == 1)
		puts(check_prime(crossed, number));
	free(crossed);
	return 0;
}
