#include <stdio.h>
#include <stdlib.h>

static int next(void)
{
	int x;
	if (scanf("%d", &x) != 1)
		exit(1);
	return x;
}

int main(void)
{
	int n = next();
	int *items = malloc((n + 1) * sizeof(int));
	const int *below = NULL, *above = NULL;

	for (int i = 0; i < n; i++)
		items[i] = next();
	int t = next();

	/* largest item up to t, smallest item from t on */
	for (const int *p = items; p < items + n; p++) {
		if (*p <= t && (!below || *p > *below))
			below = p;
		if (*p >= t && (!above || *p < *above))
			above = p;
	}

	int answer = 0;
	if (below && above)
		answer = t - *below <= *above - t ? *below : *above;
	else if (below)
		answer = *below;
	else if (above)
		answer = *above;
	printf("%d\n", answer);
	free(items);
	return 0;
}
