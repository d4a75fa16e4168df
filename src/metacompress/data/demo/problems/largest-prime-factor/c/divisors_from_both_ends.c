#include <stdbool.h>
#include <stdio.h>

static bool prime(unsigned x)
{
	if (x < 2)
		return false;
	for (unsigned d = 2; d <= x / d; ++d)
		if (x % d == 0)
			return false;
	return true;
}

static unsigned search(unsigned x)
{
	unsigned small, answer = 1;

	/* the partners x / small shrink, so the first prime partner wins */
	for (small = 1; small <= x / small; ++small) {
		if (x % small)
			continue;
		if (prime(x / small))
			return x / small;
		if (prime(small))
			answer = small;
	}
	return answer;
}

int main(void)
{
	unsigned x;

	if (scanf("%u", &x) != 1)
		return 1;
	printf("%u\n", search(x));
	return 0;
}
