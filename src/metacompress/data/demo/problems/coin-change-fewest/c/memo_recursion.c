#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum { UNKNOWN = -2, IMPOSSIBLE = INT_MAX };

typedef struct {
  int *value;
  int kinds;
  int *memo;
} Purse;

static int coin_change(Purse *p, int rest) {
  if (rest < 0) return IMPOSSIBLE;
  if (rest == 0) return 0;
  if (p->memo[rest] != UNKNOWN) return p->memo[rest];

  int best = IMPOSSIBLE;
  for (int k = 0; k < p->kinds; k++) {
    int sub = coin_change(p, rest - p->value[k]);
    if (sub != IMPOSSIBLE && sub + 1 < best) best = sub + 1;
  }
  return p->memo[rest] = best;
}

int main(void) {
  Purse p;
  int total;
  scanf("%d", &p.kinds);
  p.value = malloc((p.kinds + 1) * sizeof(int));
  for (int k = 0; k < p.kinds; k++) scanf("%d", &p.value[k]);
  scanf("%d", &total);

  p.memo = malloc((total + 1) * sizeof(int));
  for (int a = 0; a <= total; a++) p.memo[a] = UNKNOWN;

  int answer = coin_change(&p, total);
  printf("%d\n", answer == IMPOSSIBLE ? -1 : answer);
  free(p.memo);
  free(p.value);
  return EXIT_SUCCESS;
}
