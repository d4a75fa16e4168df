#include <stdio.h>
#include <stdlib.h>

struct node {
	int value;
	struct node *next;
};

static struct node *read_list(int n)
{
	struct node *head = NULL, **tail = &head;

	while (n-- > 0) {
		struct node *fresh = calloc(1, sizeof *fresh);
		if (!fresh || scanf("%d", &fresh->value) != 1)
			exit(1);
		*tail = fresh;
		tail = &fresh->next;
	}
	return head;
}

int main(void)
{
	int n, limit, smaller = 0;

	if (scanf("%d", &n) != 1)
		return 1;
	struct node *list = read_list(n);
	if (scanf("%d", &limit) != 1)
		limit = 0;

	/* the list is sorted, so the answer is the number of smaller values */
	while (list) {
		struct node *dead = list;
		smaller += dead->value < limit;
		list = dead->next;
		free(dead);
	}
	printf("%d\n", smaller);
	return 0;
}
