#include <stdio.h>

/*
 * After 3n + 1 the number is always even, so both moves are done at once;
 * all factors of two are taken out in an inner loop.
 */
static long strip_twos(unsigned long long *x)
{
	long removed = 0;
	while (!(*x & 1ULL)) {
		*x >>= 1;
		removed++;
	}
	return removed;
}

int main(void)
{
	unsigned long long x;
	long steps_to_one;

	if (scanf("%llu", &x) < 1)
		return 1;
	if (x == 0) {
		puts("0");
		return 0;
	}
	for (steps_to_one = strip_twos(&x); x != 1; steps_to_one += strip_twos(&x)) {
		x += (x >> 1) + 1;      /* (3x + 1) / 2 for odd x */
		steps_to_one += 2;
	}
	printf("%ld\n", steps_to_one);
	return 0;
}
