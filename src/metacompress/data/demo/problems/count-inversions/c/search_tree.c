#include <stdio.h>
#include <stdlib.h>

typedef struct node {
    int key, weight;             /* weight: nodes in this subtree */
    struct node *left, *right;
} node;

static int weight_of(const node *t) { return t ? t->weight : 0; }

/* Inserts key; *greater grows by the number of stored keys above it. */
static node *insert(node *t, int key, int *greater)
{
    if (!t) {
        t = calloc(1, sizeof *t);
        if (!t) exit(1);
        t->key = key;
    } else if (key < t->key) {
        *greater += 1 + weight_of(t->right);
        t->left = insert(t->left, key, greater);
    } else {
        /* equal keys go right: already-present duplicates must not be counted */
        t->right = insert(t->right, key, greater);
    }
    t->weight = 1 + weight_of(t->left) + weight_of(t->right);
    return t;
}

static void destroy(node *t)
{
    if (!t) return;
    destroy(t->left);
    destroy(t->right);
    free(t);
}

int main(void)
{
    node *root = NULL;
    int n, key, number_of_inversions = 0;
    if (scanf("%d", &n) != 1) return 1;
    while (n-- && scanf("%d", &key) == 1)
        root = insert(root, key, &number_of_inversions);
    printf("%d\n", number_of_inversions);
    destroy(root);
    return 0;
}
