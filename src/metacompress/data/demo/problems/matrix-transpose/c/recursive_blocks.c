#include <stdio.h>
#include <stdlib.h>

struct matrix { int h, w; int *cell; };

static struct matrix make(int h, int w)
{
    struct matrix m = { h, w, calloc((size_t)h * w, sizeof(int)) };
    return m;
}

/* Split the longer side until a single element is left. */
static void flip(const struct matrix *src, struct matrix *dst,
                 int top, int left, int h, int w)
{
    if (h == 1 && w == 1) {
        dst->cell[left * dst->w + top] = src->cell[top * src->w + left];
    } else if (h >= w) {
        flip(src, dst, top, left, h / 2, w);
        flip(src, dst, top + h / 2, left, h - h / 2, w);
    } else {
        flip(src, dst, top, left, h, w / 2);
        flip(src, dst, top, left + w / 2, h, w - w / 2);
    }
}

int main(void)
{
    int h, w;
    scanf("%d %d", &h, &w);
    struct matrix in = make(h, w), out = make(w, h);
    if (in.cell && out.cell) {
        for (int *p = in.cell; p != in.cell + h * w; p++)
            scanf("%d", p);
        flip(&in, &out, 0, 0, h, w);
        for (int y = 0; y < w; y++)
            for (int x = 0; x < h; x++)
                printf(x + 1 < h ? "%d " : "%d\n", out.cell[y * h + x]);
    }
    free(in.cell);
    free(out.cell);
    return 0;
}
