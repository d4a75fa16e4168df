#include <stdio.h>
#include <stdlib.h>

static int sum_of(const int *from, const int *to)
{
	int s = 0;
	while (from != to)
		s += *from++;
	return s;
}

/* Winner among the rows lo .. hi-1; the left half wins a draw. */
static int largest_row(const int *a, int c, int lo, int hi)
{
	if (hi - lo == 1)
		return lo;
	int mid = lo + (hi - lo) / 2;
	int l = largest_row(a, c, lo, mid);
	int r = largest_row(a, c, mid, hi);
	int left_sum = sum_of(a + l * c, a + l * c + c);
	int right_sum = sum_of(a + r * c, a + r * c + c);
	return right_sum > left_sum ? r : l;
}

int main(void)
{
	int r, c, i = 0;

	if (scanf("%d %d", &r, &c) != 2)
		return 1;
	int *a = malloc(sizeof(*a) * r * c);
	while (i < r * c && scanf("%d", &a[i]) == 1)
		i++;
	if (i == r * c)
		printf("%d\n", largest_row(a, c, 0, r));
	free(a);
	return 0;
}
