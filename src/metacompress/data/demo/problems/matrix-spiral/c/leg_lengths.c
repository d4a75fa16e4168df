#include <stdio.h>
#include <stdlib.h>

static int read_number(void)
{
	int x;
	if (scanf("%d", &x) != 1)
		exit(2);
	return x;
}

/*
 * The legs of the spiral have lengths c, r-1, c-1, r-2, c-2, ...
 * and advance by +1, +c, -1, -c in the flat array.
 */
static int spiral_order(const int *flat, int r, int c, int *out)
{
	int count = 0;
	int pos = -1;
	int step = 1;
	int across = c, down = r - 1;

	for (;;) {
		if (across == 0)
			break;
		for (int k = 0; k < across; k++)
			out[count++] = flat[pos += step];
		across--;
		if (down == 0)
			break;
		for (int k = 0; k < down; k++)
			out[count++] = flat[pos += step * c];
		down--;
		step = -step;
	}
	return count;
}

int main(void)
{
	int r = read_number(), c;
	c = read_number();
	int *buffer = malloc(2 * sizeof(int) * r * c);
	int *out = buffer + r * c;
	for (int *p = buffer; p < out; p++)
		*p = read_number();
	int n = spiral_order(buffer, r, c, out);
	for (int k = 0; k < n - 1; k++)
		printf("%d ", out[k]);
	printf("%d\n", out[n - 1]);
	free(buffer);
	return 0;
}
