#include <stdio.h>

static int number_of_divisors(long n, long p)
{
	long power;
	int exponent;

	if (n == 1)
		return 1;
	if (p * p > n)		/* what is left is a prime */
		return 2;
	for (exponent = 0, power = n; power % p == 0; power /= p)
		++exponent;
	if (exponent > 0)
		return (exponent + 1) * number_of_divisors(power, p + 1);
	while (p * p <= n && n % p != 0)
		++p;
	return number_of_divisors(n, p);
}

int main(void)
{
	long n = 0;
	int c;

	while ((c = getchar()) != EOF && c != '\n')
		n = n * 10 + c - '0';
	printf("%d\n", n ? number_of_divisors(n, 2) : 0);
	return 0;
}
