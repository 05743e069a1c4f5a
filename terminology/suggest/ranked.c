#include "terminology/suggest/ranked.h"

#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;

    if (x->score != y->score) {
        return x->score < y->score ? 1 : -1;
    }
    return (x->number > y->number) - (x->number < y->number);
}

/* The heap's root is the worst. */
static void sink(struct ranked *heap, size_t count, size_t at)
{
    struct ranked one = heap[at];

    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        child += child + 1 < count && compare(&heap[child + 1], &heap[child]) > 0;
        if (compare(&heap[child], &one) <= 0) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = one;
}

void ranked_best(struct ranked *all, size_t count, size_t keep)
{
    if (keep == 0) {
        return;
    }
    if (count > keep) {
        for (size_t i = keep / 2; i > 0; i--) {
            sink(all, keep, i - 1);
        }
        for (size_t i = keep; i < count; i++) {
            if (compare(&all[i], &all[0]) < 0) {
                struct ranked worst = all[0];
                all[0] = all[i];
                all[i] = worst;
                sink(all, keep, 0);
            }
        }
    }
    qsort(all, count < keep ? count : keep, sizeof(*all), compare);
}
