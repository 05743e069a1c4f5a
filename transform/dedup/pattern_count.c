#include "transform/dedup/pattern_count.h"

#include <stdlib.h>

struct counting {
    struct pattern_count *count;
    const struct blocking *blocking;
    struct comparer comparer;
    size_t room;
};

static void add(struct counting *counting, struct pattern_entry entry)
{
    struct pattern_count *count = counting->count;

    if (count->count == counting->room) {
        counting->room = counting->room * 2 + 1024;
        count->at = xrealloc(count->at, counting->room * sizeof(*count->at));
    }
    count->at[count->count++] = entry;
}

static void count_block(struct counting *counting, int number, uint32_t block, double weight)
{
    const struct block_rule *rule = &counting->blocking->rules[number];
    uint32_t end = rule->starts[block + 1];
    double others = end - rule->starts[block] - 1;
    double share = !rule->loose && others > PATTERN_CROWD ? PATTERN_OTHERS_MOST / others : 1.0;

    for (uint32_t i = rule->starts[block]; i < end; i++) {
        for (uint32_t k = i + 1; k < end; k++) {
            uint32_t a = rule->records[i];
            uint32_t b = rule->records[k];
            if (blocking_is_first(counting->blocking, number, a, b)) {
                add(counting, (struct pattern_entry){
                                  .pattern = compare_records(&counting->comparer, a, b),
                                  .rules = blocking_shared(counting->blocking, a, b),
                                  .weight = weight,
                                  .lesson = weight * share});
            }
        }
    }
}

static int compare_entries(const void *a, const void *b)
{
    const struct pattern_entry *x = a;
    const struct pattern_entry *y = b;

    if (x->pattern != y->pattern) {
        return x->pattern < y->pattern ? -1 : 1;
    }
    if (x->rules != y->rules) {
        return x->rules < y->rules ? -1 : 1;
    }
    if (x->weight != y->weight) {
        return x->weight < y->weight ? -1 : 1;
    }
    return x->lesson < y->lesson ? -1 : x->lesson > y->lesson ? 1 : 0;
}

static void merge_equal(struct pattern_count *count)
{
    size_t kept = 0;

    if (count->count == 0) {
        return;
    }
    qsort(count->at, count->count, sizeof(*count->at), compare_entries);
    for (size_t i = 0; i < count->count; i++) {
        struct pattern_entry *last = kept > 0 ? &count->at[kept - 1] : NULL;
        if (last != NULL && last->pattern == count->at[i].pattern &&
            last->rules == count->at[i].rules) {
            last->weight += count->at[i].weight;
            last->lesson += count->at[i].lesson;
        } else {
            count->at[kept++] = count->at[i];
        }
    }
    count->count = kept;
}

/* By its first record, which does not depend on the order of blocks. */
static bool is_sampled(const struct block_rule *rule, uint32_t block, uint32_t stride)
{
    uint32_t first = rule->records[rule->starts[block]];

    return (uint64_t)(first * UINT32_C(0x9E3779B1)) * stride >> 32 == 0;
}

void pattern_count_build(struct pattern_count *count, const struct blocking *blocking)
{
    struct counting counting = {.count = count, .blocking = blocking};

    *count = (struct pattern_count){0};
    comparer_init(&counting.comparer, blocking->people);
    for (int number = 0; number < blocking->nrules; number++) {
        const struct block_rule *rule = &blocking->rules[number];
        uint32_t stride = (uint32_t)(rule->pairs / PATTERN_PAIRS_EACH) + 1;
        uint32_t taken = 0;
        if (!rule->used) {
            continue;
        }
        for (uint32_t block = 0; block < rule->nblocks; block++) {
            taken += is_sampled(rule, block, stride) ? 1 : 0;
        }
        for (uint32_t block = 0; block < rule->nblocks; block++) {
            if (is_sampled(rule, block, stride)) {
                count_block(&counting, number, block, (double)rule->nblocks / (double)taken);
            }
        }
    }
    comparer_release(&counting.comparer);
    merge_equal(count);
}

void pattern_count_release(struct pattern_count *count)
{
    free(count->at);
    *count = (struct pattern_count){0};
}
