#include <stdio.h>
#include <stdlib.h>

struct map {
	int stride, size;
	char *cell;
};

static struct map read_map(void)
{
	struct map m = { 0, 0, NULL };
	int r, c, x;

	if (scanf("%d %d", &r, &c) != 2)
		exit(1);
	/* a margin of water saves all the bounds checks */
	m.stride = c + 2;
	m.size = m.stride * (r + 2);
	m.cell = calloc(m.size, 1);
	for (int i = 1; i <= r; i++)
		for (int j = 1; j <= c; j++)
			if (scanf("%d", &x) == 1)
				m.cell[i * m.stride + j] = (char)x;
	return m;
}

static int count_islands(struct map *m)
{
	int offset[] = { 1, -1, m->stride, -m->stride };
	int *queue = malloc(m->size * sizeof *queue);
	int found = 0;

	for (int start = 0; start < m->size; start++) {
		if (m->cell[start] != 1)
			continue;
		int head = 0, tail = 0;
		found++;
		m->cell[start] = 2;
		queue[tail++] = start;
		while (head < tail) {
			int here = queue[head++];
			for (int d = 0; d < 4; d++) {
				int there = here + offset[d];
				if (m->cell[there] == 1) {
					m->cell[there] = 2;
					queue[tail++] = there;
				}
			}
		}
	}
	free(queue);
	return found;
}

int main(void)
{
	struct map m = read_map();
	printf("%d\n", count_islands(&m));
	free(m.cell);
}
