#include <stdio.h>
#include <stdlib.h>

#define BUCKETS 257

struct entry {
	int sum;
	int times;
	struct entry *next;
};

static struct entry *table[BUCKETS];

static struct entry *entry_for(int sum)
{
	unsigned slot = (unsigned)sum % BUCKETS;
	struct entry *e;

	for (e = table[slot]; e; e = e->next)
		if (e->sum == sum)
			return e;
	e = calloc(1, sizeof *e);
	if (!e)
		exit(1);
	e->sum = sum;
	e->next = table[slot];
	table[slot] = e;
	return e;
}

static void clear(struct entry *e)
{
	if (e) {
		clear(e->next);
		free(e);
	}
}

int main(void)
{
	int n, t, running = 0, subarrays_with_sum = 0;

	scanf("%d", &n);
	int *x = malloc(sizeof(int) * (n + 1));
	for (int i = 0; i < n; i++)
		scanf("%d", &x[i]);
	scanf("%d", &t);

	entry_for(0)->times = 1;
	for (int i = 0; i < n; i++) {
		running += x[i];
		subarrays_with_sum += entry_for(running - t)->times;
		entry_for(running)->times++;
	}
	printf("%d\n", subarrays_with_sum);
	for (int b = 0; b < BUCKETS; b++)
		clear(table[b]);
	free(x);
	return 0;
}
