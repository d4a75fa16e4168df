#include <stdio.h>

enum verdict { DEFICIENT, PERFECT, ABUNDANT };

static const char *const words[] = { "deficient", "perfect", "abundant" };

static enum verdict judge(int n)
{
	int budget = n;
	int d;

	/* pay every divisor out of a budget of n; stop when it is overdrawn */
	for (d = n - 1; d >= 1; d--) {
		if (n % d)
			continue;
		budget -= d;
		if (budget < 0)
			return ABUNDANT;
	}
	return n > 0 && budget == 0 ? PERFECT : DEFICIENT;
}

int main(void)
{
	int n = 0, c;

	while ((c = getchar()) >= '0' && c <= '9')
		n = n * 10 + (c - '0');
	printf("%s\n", words[judge(n)]);
	return 0;
}
