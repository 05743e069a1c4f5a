#include "transform/dedup/linkage.h"

#include "core/text.h"

#include <stdlib.h>

#define NOBODY UINT32_MAX

void linkage_init(struct linkage *linkage, uint32_t n)
{
    *linkage = (struct linkage){.n = n};
    linkage->weights = xcalloc((size_t)n * n + 1, sizeof(float));
    linkage->group_of = xmalloc(((size_t)n + 1) * sizeof(uint32_t));
    linkage->sizes = xmalloc(((size_t)n + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < n; i++) {
        linkage->sizes[i] = 1;
        linkage->group_of[i] = i;
    }
}

void linkage_set(struct linkage *linkage, uint32_t i, uint32_t k, float weight)
{
    linkage->weights[(size_t)i * linkage->n + k] = weight;
    linkage->weights[(size_t)k * linkage->n + i] = weight;
}

void linkage_release(struct linkage *linkage)
{
    free(linkage->weights);
    free(linkage->group_of);
    free(linkage->sizes);
    *linkage = (struct linkage){0};
}

/* The group nearest to `at` with a weight above 0; of equals `before`, then the lowest. */
static uint32_t nearest(const struct linkage *linkage, const uint32_t *sizes, uint32_t at,
                        uint32_t before)
{
    const float *row = linkage->weights + (size_t)at * linkage->n;
    uint32_t best = before;
    float most = before == NOBODY ? 0.0F : row[before];

    for (uint32_t i = 0; i < linkage->n; i++) {
        if (i != at && sizes[i] > 0 && row[i] > most) {
            most = row[i];
            best = i;
        }
    }
    return best;
}

/* Group `from` joins `into`, which takes the averages. */
static void merge(struct linkage *linkage, uint32_t *sizes, uint32_t into, uint32_t from)
{
    float share = (float)sizes[into] / (float)(sizes[into] + sizes[from]);

    for (uint32_t i = 0; i < linkage->n; i++) {
        if (i != into && i != from && sizes[i] > 0) {
            float a = linkage->weights[(size_t)into * linkage->n + i];
            float b = linkage->weights[(size_t)from * linkage->n + i];
            linkage_set(linkage, into, i, share * a + (1.0F - share) * b);
        }
    }
    sizes[into] += sizes[from];
    sizes[from] = 0;
    for (uint32_t i = 0; i < linkage->n; i++) {
        if (linkage->group_of[i] == from) {
            linkage->group_of[i] = into;
        }
    }
}

void linkage_run(struct linkage *linkage)
{
    uint32_t *sizes = linkage->sizes;
    uint32_t *chain = xmalloc(((size_t)linkage->n + 1) * sizeof(*chain));
    uint8_t *done = xcalloc((size_t)linkage->n + 1, 1);
    uint32_t length = 0;
    uint32_t start = 0;

    while (length > 0 || start < linkage->n) {
        uint32_t top;
        uint32_t next;
        if (length == 0) {
            if (sizes[start] == 0 || done[start] != 0) {
                start++;
                continue;
            }
            chain[length++] = start;
        }
        top = chain[length - 1];
        next = nearest(linkage, sizes, top, length > 1 ? chain[length - 2] : NOBODY);
        if (next == NOBODY) {
            done[top] = 1; /* nothing will come nearer: averages only fall */
            length--;
        } else if (length > 1 && next == chain[length - 2]) {
            length -= 2;
            merge(linkage, sizes, top < next ? top : next, top < next ? next : top);
        } else {
            chain[length++] = next;
        }
    }
    free(chain);
    free(done);
}
