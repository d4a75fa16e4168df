#include <stdio.h>
#include <stdlib.h>

/* How often every distinct value occurs. */
struct tally {
	int value;
	int times;
	struct tally *next;
};

static struct tally *lookup(struct tally *t, int value)
{
	while (t && t->value != value)
		t = t->next;
	return t;
}

static struct tally *record(struct tally *list, int value)
{
	struct tally *t = lookup(list, value);
	if (t) {
		t->times++;
		return list;
	}
	t = malloc(sizeof *t);
	if (!t)
		exit(1);
	t->value = value;
	t->times = 1;
	t->next = list;
	return t;
}

int main(void)
{
	int n, x, goal, twice = 0;
	struct tally *list = NULL;

	if (scanf("%d", &n) != 1)
		return 1;
	while (n-- > 0 && scanf("%d", &x) == 1)
		list = record(list, x);
	scanf("%d", &goal);

	/* each pair is met twice, once from either end */
	for (struct tally *t = list; t; t = t->next) {
		struct tally *mate = lookup(list, goal - t->value);
		if (mate)
			twice += t->times * (mate == t ? t->times - 1 : mate->times);
	}
	printf("%d\n", twice / 2);

	while (list) {
		struct tally *rest = list->next;
		free(list);
		list = rest;
	}
	return 0;
}
