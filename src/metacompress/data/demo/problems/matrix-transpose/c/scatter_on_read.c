#include <stdio.h>
#include <stdlib.h>

static int next_int(void)
{
	int value = 0;
	scanf("%d", &value);
	return value;
}

static void print_line(const int *items, int count)
{
	printf("%d", items[0]);
	while (--count > 0)
		printf(" %d", *++items);
	puts("");
}

/* Every value goes straight to its final place while it is being read. */
static int *read_transposed(int r, int c)
{
	int *out = malloc(sizeof(int) * r * c);
	if (!out)
		exit(1);
	for (int i = 0; i < r; ++i) {
		int *slot = out + i;
		for (int left = c; left > 0; --left) {
			*slot = next_int();
			if (left > 1)
				slot += r;
		}
	}
	return out;
}

int main(void)
{
	int r = next_int();
	int c = next_int();
	int *turned = read_transposed(r, c);

	for (int line = 0; line < c; ++line)
		print_line(turned + line * r, r);
	free(turned);
	return 0;
}
