#include <stdio.h>

static long long memo[64][64];

static long long ways(int items, int picks)
{
	long long *slot;

	if (picks < 0 || picks > items)
		return 0;
	if (picks == 0)
		return 1;
	slot = &memo[items][picks];
	if (*slot == 0) {
		/* either the last item is taken or it is not */
		long long with = ways(items - 1, picks - 1);
		long long without = ways(items - 1, picks);
		*slot = with + without;
	}
	return *slot;
}

int main(void)
{
	int items = 0, picks = 0;

	if (scanf("%d%d", &items, &picks) < 2) {
		fputs("two integers expected\n", stderr);
		return 1;
	}
	printf("%lld\n", ways(items, picks));
	return 0;
}
