#include <stdio.h>
#include <stdlib.h>

long max_subarray(const long *prefix, int count) {
    /* prefix[j] - prefix[i] with i < j is the sum of elements i..j-1 */
    long lowest = prefix[0];
    long answer = prefix[1] - prefix[0];
    for (int j = 1; j <= count; ++j) {
        long candidate = prefix[j] - lowest;
        if (candidate > answer)
            answer = candidate;
        if (prefix[j] < lowest)
            lowest = prefix[j];
    }
    return answer;
}

int main(void) {
    int count = 0;
    if (scanf("%d", &count) != 1 || count <= 0) {
        puts("0");
        return 0;
    }
    long *prefix = calloc((size_t)count + 1, sizeof *prefix);
    if (prefix == NULL) return 1;
    for (int i = 0; i < count; ++i) {
        long value = 0;
        if (scanf("%ld", &value) != 1) value = 0;
        prefix[i + 1] = prefix[i] + value;
    }
    printf("%ld\n", max_subarray(prefix, count));
    free(prefix);
    return 0;
}
