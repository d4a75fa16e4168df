#include <stdio.h>
#include <stdlib.h>

static int descending(const void *pa, const void *pb)
{
    int a = *(const int *)pa;
    int b = *(const int *)pb;
    return (b > a) - (b < a);
}

static int second_largest(int *nums, int count)
{
    qsort(nums, count, sizeof nums[0], descending);
    for (int i = 1; i < count; i++) {
        if (nums[i] != nums[0])
            return nums[i];
    }
    return -1;
}

int main(void)
{
    int count;
    if (scanf("%d", &count) != 1) return 1;

    int *nums = calloc((size_t)count + 1, sizeof(int));
    if (nums == NULL) return 1;
    for (int i = 0; i < count; i++) {
        if (scanf("%d", &nums[i]) != 1) count = i;
    }
    printf("%d\n", second_largest(nums, count));
    free(nums);
    return 0;
}
