#include <stdio.h>
#include <stdlib.h>

static int *items;

/* Number of rotations inside items[left..right]; a sorted stretch has none. */
static int find_rotation(int left, int right)
{
    if (left >= right || items[left] < items[right]) return 0;
    if (right - left == 1) return 1;

    int centre = (left + right) / 2;
    if (items[centre] > items[right]) {
        int skipped = centre - left + 1;
        return skipped + find_rotation(centre + 1, right);
    }
    return find_rotation(left, centre);
}

int main(void)
{
    int total = 0, *next;
    if (scanf("%d", &total) != 1) return 1;
    items = malloc((total + 1) * sizeof(int));
    if (!items) return 1;
    for (next = items; next != items + total; next++) {
        if (scanf("%d", next) != 1) {
            free(items);
            return 1;
        }
    }
    printf("%d\n", find_rotation(0, total - 1));
    free(items);
    return 0;
}
