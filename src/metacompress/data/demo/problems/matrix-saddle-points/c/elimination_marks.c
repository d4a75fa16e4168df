#include <stdio.h>
#include <stdlib.h>

enum { NOT_ROW_MIN = 1, NOT_COLUMN_MAX = 2 };

struct entry {
	long value;
	unsigned flags;
};

/* Compare two entries and rule out the larger one with the given flag. */
static void rule_out_larger(struct entry *a, struct entry *b, unsigned flag)
{
	if (a->value > b->value)
		a->flags |= flag;
	else if (b->value > a->value)
		b->flags |= flag;
}

static void rule_out_smaller(struct entry *a, struct entry *b, unsigned flag)
{
	if (a->value < b->value)
		a->flags |= flag;
	else if (b->value < a->value)
		b->flags |= flag;
}

int main(void)
{
	int r, c, n, saddle_points = 0;

	if (scanf("%d %d", &r, &c) != 2)
		return 1;
	n = r * c;
	struct entry *e = calloc(n, sizeof *e);
	for (int k = 0; k < n; k++)
		if (scanf("%ld", &e[k].value) != 1)
			e[k].flags = NOT_ROW_MIN;

	for (int p = 0; p < n; p++) {
		for (int q = p + 1; q < n; q++) {
			if (p / c == q / c)
				rule_out_larger(&e[p], &e[q], NOT_ROW_MIN);
			if (p % c == q % c)
				rule_out_smaller(&e[p], &e[q], NOT_COLUMN_MAX);
		}
	}
	for (struct entry *it = e; it < e + n; it++)
		if (it->flags == 0)
			saddle_points++;
	printf("%d\n", saddle_points);
	free(e);
	return 0;
}
