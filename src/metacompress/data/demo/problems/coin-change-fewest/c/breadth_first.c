#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Amounts are the nodes of a graph, paying one coin is an edge; the
 * answer is the number of steps from the full amount down to nothing.
 */
static int min_coins(const int *coins, int n, int amount)
{
	int *queue = malloc((amount + 1) * sizeof(int));
	int *dist = malloc((amount + 1) * sizeof(int));
	int head = 0, tail = 0, result;

	memset(dist, -1, (amount + 1) * sizeof(int));
	dist[amount] = 0;
	queue[tail++] = amount;
	while (head < tail && dist[0] < 0) {
		int here = queue[head++];
		for (int i = 0; i < n; i++) {
			int there = here - coins[i];
			if (there >= 0 && dist[there] < 0) {
				dist[there] = dist[here] + 1;
				queue[tail++] = there;
			}
		}
	}
	result = dist[0];
	free(queue);
	free(dist);
	return result;
}

int main(void)
{
	int n, amount, i = 0;

	if (scanf("%d", &n) != 1)
		return 1;
	int *coins = malloc((n + 1) * sizeof(int));
	while (i < n && scanf("%d", coins + i) == 1)
		i++;
	if (scanf("%d", &amount) == 1)
		printf("%d\n", min_coins(coins, n, amount));
	free(coins);
	return 0;
}
