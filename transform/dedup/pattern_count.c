#include "transform/dedup/pattern_count.h"

#include "transform/dedup/team.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { FIRST_SLOTS = 1024, PAIRS_AT_ONCE = 256 };

/* Pairs of one rule with one pattern, in blocks of one kind. */
struct tally {
    uint64_t pattern;
    uint32_t rules;  /* bits of those that have such pairs; 0: the slot is free */
    uint32_t others; /* of a crowd: records beside one, else 0 */
    uint64_t count;
    int rule;
};

/* Open addressing; one a thread. */
struct tallies {
    struct tally *at;
    size_t slots;
    size_t used;
};

struct counting {
    const struct blocking *blocking;
    double weights[BLOCK_RULES_MAX]; /* pairs that a counted one stands for */
    struct tallies *tallies;
    atomic_int next;
};

/* Pairs of one block kind on their way to be compared. */
struct batch {
    const struct blocking *blocking;
    struct tallies *tallies;
    struct comparer comparer;
    int rule;
    uint32_t others;
    struct record_pair pairs[PAIRS_AT_ONCE];
    uint32_t rules[PAIRS_AT_ONCE];
    uint32_t npairs;
};

static struct tally *tally_slot(const struct tallies *tallies, const struct tally *wanted)
{
    uint64_t key = (wanted->pattern ^ (uint64_t)wanted->rules << 40 ^
                    ((uint64_t)wanted->others << 8 | (uint64_t)wanted->rule)) *
                   UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(key >> 32) & (tallies->slots - 1);

    while (tallies->at[slot].rules != 0 && (tallies->at[slot].pattern != wanted->pattern ||
                                            tallies->at[slot].rules != wanted->rules ||
                                            tallies->at[slot].others != wanted->others ||
                                            tallies->at[slot].rule != wanted->rule)) {
        slot = (slot + 1) & (tallies->slots - 1);
    }
    return &tallies->at[slot];
}

static void tallies_grow(struct tallies *tallies)
{
    struct tallies old = *tallies;

    tallies->slots = old.slots == 0 ? FIRST_SLOTS : old.slots * 2;
    tallies->at = xcalloc(tallies->slots, sizeof(*tallies->at));
    for (size_t i = 0; i < old.slots; i++) {
        if (old.at[i].rules != 0) {
            *tally_slot(tallies, &old.at[i]) = old.at[i];
        }
    }
    free(old.at);
}

static void tallies_add(struct tallies *tallies, const struct tally *tally)
{
    struct tally *slot;

    if (2 * tallies->used >= tallies->slots) {
        tallies_grow(tallies);
    }
    slot = tally_slot(tallies, tally);
    if (slot->rules == 0) {
        *slot = *tally;
        tallies->used++;
    } else {
        slot->count += tally->count;
    }
}

static void compare_batch(struct batch *batch)
{
    uint64_t patterns[PAIRS_AT_ONCE];

    compare_pairs(&batch->comparer, batch->pairs, batch->npairs, patterns);
    for (uint32_t i = 0; i < batch->npairs; i++) {
        tallies_add(batch->tallies, &(struct tally){.pattern = patterns[i],
                                                    .rules = batch->rules[i],
                                                    .others = batch->others,
                                                    .count = 1,
                                                    .rule = batch->rule});
    }
    batch->npairs = 0;
}

static void count_block(struct batch *batch, uint32_t block)
{
    const struct block_rule *rule = &batch->blocking->rules[batch->rule];
    uint32_t end = rule->starts[block + 1];
    uint32_t others = end - rule->starts[block] - 1;

    others = !rule->loose && others > PATTERN_CROWD ? others : 0;
    if (others != batch->others) {
        compare_batch(batch);
        batch->others = others;
    }
    for (uint32_t i = rule->starts[block]; i < end; i++) {
        for (uint32_t k = i + 1; k < end; k++) {
            uint32_t a = rule->records[i];
            uint32_t b = rule->records[k];
            uint32_t rules = blocking_shared(batch->blocking, a, b);
            if (rules != 0 && __builtin_ctz(rules) == batch->rule) {
                batch->pairs[batch->npairs] = (struct record_pair){a, b};
                batch->rules[batch->npairs++] = rules;
            }
            if (batch->npairs == PAIRS_AT_ONCE) {
                compare_batch(batch);
            }
        }
    }
}

/* By its first record, which does not depend on the order of blocks. */
static bool is_sampled(const struct block_rule *rule, uint32_t block, uint32_t stride)
{
    uint32_t first = rule->records[rule->starts[block]];

    return (uint64_t)(first * UINT32_C(0x9E3779B1)) * stride >> 32 == 0;
}

static void count_rule(struct batch *batch, double *weight)
{
    const struct block_rule *rule = &batch->blocking->rules[batch->rule];
    uint32_t stride = (uint32_t)(rule->pairs / PATTERN_PAIRS_EACH) + 1;
    uint32_t taken = 0;

    for (uint32_t block = 0; block < rule->nblocks; block++) {
        if (is_sampled(rule, block, stride)) {
            count_block(batch, block);
            taken++;
        }
    }
    compare_batch(batch);
    *weight = taken == 0 ? 0.0 : (double)rule->nblocks / (double)taken;
}

static void count_rules(void *context, int member)
{
    struct counting *counting = context;
    struct batch *batch = xcalloc(1, sizeof(*batch));

    batch->blocking = counting->blocking;
    batch->tallies = &counting->tallies[member];
    comparer_init(&batch->comparer, counting->blocking->people);
    while ((batch->rule = atomic_fetch_add(&counting->next, 1)) < counting->blocking->nrules) {
        if (counting->blocking->rules[batch->rule].used) {
            count_rule(batch, &counting->weights[batch->rule]);
        }
    }
    comparer_release(&batch->comparer);
    free(batch);
}

static int order_tallies(const void *left, const void *right)
{
    const struct tally *a = left;
    const struct tally *b = right;

    if (a->pattern != b->pattern) {
        return a->pattern < b->pattern ? -1 : 1;
    }
    if (a->rules != b->rules) {
        return a->rules < b->rules ? -1 : 1;
    }
    if (a->rule != b->rule) {
        return a->rule < b->rule ? -1 : 1;
    }
    return a->others == b->others ? 0 : a->others < b->others ? -1 : 1;
}

/* Of all threads into those of the first, closed up and sorted. */
static void gather(struct counting *counting, int jobs)
{
    struct tallies *all = &counting->tallies[0];
    size_t n = 0;

    for (int i = 1; i < jobs; i++) {
        for (size_t k = 0; k < counting->tallies[i].slots; k++) {
            if (counting->tallies[i].at[k].rules != 0) {
                tallies_add(all, &counting->tallies[i].at[k]);
            }
        }
        free(counting->tallies[i].at);
    }
    for (size_t i = 0; i < all->slots; i++) {
        if (all->at[i].rules != 0) {
            all->at[n++] = all->at[i];
        }
    }
    if (n > 0) {
        qsort(all->at, n, sizeof(*all->at), order_tallies);
    }
}

static void make_entries(struct pattern_count *count, const struct counting *counting)
{
    const struct tallies *all = &counting->tallies[0];

    count->at = xmalloc((all->used + 1) * sizeof(*count->at));
    for (size_t i = 0; i < all->used; i++) {
        const struct tally *tally = &all->at[i];
        struct pattern_entry *last = count->count > 0 ? &count->at[count->count - 1] : NULL;
        double share = tally->others > 0 ? PATTERN_OTHERS_MOST / (double)tally->others : 1.0;
        double weight = counting->weights[tally->rule] * (double)tally->count;
        if (last == NULL || last->pattern != tally->pattern || last->rules != tally->rules) {
            last = &count->at[count->count++];
            *last = (struct pattern_entry){.pattern = tally->pattern, .rules = tally->rules};
        }
        last->weight += weight;
        last->lesson += weight * share;
    }
}

void pattern_count_build(struct pattern_count *count, const struct blocking *blocking, int jobs)
{
    struct counting counting = {.blocking = blocking};

    *count = (struct pattern_count){0};
    counting.tallies = xcalloc((size_t)jobs, sizeof(*counting.tallies));
    team_run(jobs, count_rules, &counting);
    gather(&counting, jobs);
    make_entries(count, &counting);
    free(counting.tallies[0].at);
    free(counting.tallies);
}

void pattern_count_release(struct pattern_count *count)
{
    free(count->at);
    *count = (struct pattern_count){0};
}
