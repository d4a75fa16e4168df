#include <stdio.h>

enum { M = 1000007 };

static unsigned long long raise(unsigned long long x, unsigned n)
{
	unsigned long long h;

	if (n == 0)
		return 1;
	if (n % 2)
		return x * raise(x, n - 1) % M;
	h = raise(x, n / 2);
	return h * h % M;
}

int main(void)
{
	long x;
	unsigned n;

	if (scanf("%ld%u", &x, &n) < 2)
		return 1;
	x = (x % M + M) % M;	/* least non-negative residue */
	printf("%llu\n", raise((unsigned long long)x, n));
	return 0;
}
