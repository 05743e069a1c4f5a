#include "transform/dedup/union_find.h"

#include "core/text.h"

uint32_t *union_find_new(uint32_t n)
{
    uint32_t *sets = xmalloc(((size_t)n + 1) * sizeof(*sets));

    for (uint32_t i = 0; i < n; i++) {
        sets[i] = i;
    }
    return sets;
}
