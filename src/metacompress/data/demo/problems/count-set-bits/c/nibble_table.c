#include <stdio.h>

static const unsigned char nibble[16] = {
	0, 1, 1, 2, 1, 2, 2, 3,
	1, 2, 2, 3, 2, 3, 3, 4
};

static long read_decimal(void)
{
	long v = 0;
	int c = getchar();

	while (c >= '0' && c <= '9') {
		v = 10 * v + (c - '0');
		c = getchar();
	}
	return v;
}

int main(void)
{
	long v = read_decimal();
	int sum = 0;

	do {
		sum += nibble[v % 16];
		v /= 16;
	} while (v > 0);
	printf("%d\n", sum);
	return 0;
}
