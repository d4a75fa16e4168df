#include <stdio.h>
#include <stdlib.h>

/*
 * x is the k-th smallest value exactly if fewer than k values are below it
 * and at least k values are not above it.
 */
static int has_rank(const int *list, int n, int x, int k)
{
	int below = 0, equal = 0;

	for (const int *p = list; p < list + n; p++) {
		if (*p < x)
			below++;
		else if (*p == x)
			equal++;
	}
	return below < k && k <= below + equal;
}

int main(void)
{
	int n, k, kth_smallest_value = -1;

	if (scanf("%d", &n) != 1 || n < 0)
		return 1;
	int *list = malloc(sizeof *list * (n + 1));
	for (int i = 0; i < n; i++)
		if (scanf("%d", list + i) != 1)
			list[i] = 0;
	if (scanf("%d", &k) != 1)
		k = 0;
	for (int i = 0; i < n && kth_smallest_value < 0; i++)
		if (has_rank(list, n, list[i], k))
			kth_smallest_value = list[i];
	printf("%d\n", kth_smallest_value);
	free(list);
	return 0;
}
