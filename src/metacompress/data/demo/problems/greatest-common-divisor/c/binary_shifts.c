#include <stdint.h>
#include <stdio.h>

/* Only shifts and subtractions, no division. */
static uint32_t binary_gcd(uint32_t u, uint32_t v)
{
	int shared = 0;

	if (u == 0 || v == 0)
		return u | v;
	while (((u | v) & 1) == 0) {
		u >>= 1;
		v >>= 1;
		shared++;
	}
	while (u != v) {
		if (!(u & 1))
			u >>= 1;
		else if (!(v & 1))
			v >>= 1;
		else if (u > v)
			u = (u - v) >> 1;
		else
			v = (v - u) >> 1;
	}
	return u << shared;
}

int main(void)
{
	long p, q;

	if (scanf("%ld%ld", &p, &q) < 2)
		return 1;
	printf("%u\n", (unsigned)binary_gcd((uint32_t)(p < 0 ? -p : p),
				       (uint32_t)(q < 0 ? -q : q)));
	return 0;
}
