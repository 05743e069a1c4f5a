#include "transform/dedup/pairing.h"

#include "transform/dedup/copies.h"
#include "transform/dedup/radix.h"
#include "transform/dedup/team.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCKS_AT_ONCE = 256,
    BLOCKS_AHEAD = 6,
    KNOWN_BITS = 11,
    KNOWN_PATTERNS = 1 << KNOWN_BITS
};

/* Patterns repeat: what each says is worked out once in a while. */
struct known_pattern {
    struct pattern_weight weight;
    enum caution caution;
};

struct part {
    struct pair *pairs;
    size_t npairs;
    size_t room;
    uint64_t scored;
    uint64_t bins[WEIGHT_BINS];
    struct comparer comparer;
    struct known_pattern known[KNOWN_PATTERNS]; /* pattern 0 stands for none */
};

struct pairing_team {
    const struct blocking *blocking;
    const struct scorer *scorer;
    struct part *parts;                    /* one a thread */
    uint64_t nchunks[BLOCK_RULES_MAX + 1]; /* chunks before each rule */
    atomic_uint_fast64_t next;
};

static void keep(struct part *part, struct pair pair)
{
    if (part->npairs == part->room) {
        part->room = part->room * 2 + 1024;
        part->pairs = xrealloc(part->pairs, part->room * sizeof(*part->pairs));
    }
    part->pairs[part->npairs++] = pair;
}

static const struct known_pattern *know(const struct pairing_team *team, struct part *part,
                                        uint64_t pattern)
{
    struct known_pattern *known =
        &part->known[pattern * UINT64_C(0x9E3779B97F4A7C15) >> (64 - KNOWN_BITS)];

    if (known->weight.pattern != pattern || pattern == 0) {
        pattern_weigh(team->scorer, pattern, &known->weight);
        known->caution = pattern_caution(team->blocking->people->model, pattern);
    }
    return known;
}

static void score_one(struct pairing_team *team, struct part *part, uint32_t a, uint32_t b)
{
    const uint32_t *row = people_row(team->blocking->people, a);
    const struct known_pattern *known = know(
        team, part, compare_rows(&part->comparer, row, people_row(team->blocking->people, b)));
    double weight = pattern_score(team->scorer, &known->weight, row);
    double bin = fmin(fmax(floor(weight), WEIGHT_LEAST), WEIGHT_MOST);

    part->scored++;
    part->bins[(int)bin - WEIGHT_LEAST]++;
    if (weight >= team->scorer->review) {
        keep(part,
             (struct pair){.a = a < b ? a : b,
                           .b = a < b ? b : a,
                           .weight = (float)weight,
                           .caution = (uint8_t)known->caution,
                           .band = (uint8_t)pair_band(team->scorer, weight, known->caution)});
    }
}

/* Fetches what a later block will need: comparing waits for memory more than it computes. */
static void fetch_ahead(const struct blocking *blocking, const struct block_rule *rule,
                        uint32_t block)
{
    const struct people *people = blocking->people;
    uint32_t from;
    uint32_t to;

    if (block + BLOCKS_AHEAD >= rule->nblocks) {
        return;
    }
    from = rule->starts[block + BLOCKS_AHEAD];
    to = rule->starts[block + BLOCKS_AHEAD + 1];
    for (uint32_t i = from; i < to; i++) {
        const uint32_t *row = people_row(people, rule->records[i]);
        __builtin_prefetch(row);
        __builtin_prefetch(row + people->width - 1);
    }
}

static void score_blocks(struct pairing_team *team, struct part *part, int number,
                         uint32_t from)
{
    const struct block_rule *rule = &team->blocking->rules[number];
    uint32_t to = from + BLOCKS_AT_ONCE < rule->nblocks ? from + BLOCKS_AT_ONCE : rule->nblocks;

    for (uint32_t block = from; block < to; block++) {
        uint32_t end = rule->starts[block + 1];
        fetch_ahead(team->blocking, rule, block);
        for (uint32_t i = rule->starts[block]; i < end; i++) {
            for (uint32_t k = i + 1; k < end; k++) {
                if (blocking_is_first(team->blocking, number, rule->records[i],
                                      rule->records[k])) {
                    score_one(team, part, rule->records[i], rule->records[k]);
                }
            }
        }
    }
}

static void score_chunks(void *context, int member)
{
    struct pairing_team *team = context;
    struct part *part = &team->parts[member];
    uint64_t chunk;

    comparer_init(&part->comparer, team->blocking->people);
    while ((chunk = atomic_fetch_add(&team->next, 1)) < team->nchunks[team->blocking->nrules]) {
        int rule = 0;
        while (chunk >= team->nchunks[rule + 1]) {
            rule++;
        }
        score_blocks(team, part, rule,
                     (uint32_t)(chunk - team->nchunks[rule]) * BLOCKS_AT_ONCE);
    }
    comparer_release(&part->comparer);
}

/* All parts in one, sorted by records. */
static void gather(struct pairing *pairing, struct pairing_team *team, int jobs)
{
    struct pair *all;
    struct keyed *items;
    struct keyed *spare;
    size_t n = 0;

    for (int i = 0; i < jobs; i++) {
        n += team->parts[i].npairs;
    }
    all = xmalloc((n + 1) * sizeof(*all));
    items = xmalloc((n + 1) * sizeof(*items));
    spare = xmalloc((n + 1) * sizeof(*spare));
    n = 0;
    for (int i = 0; i < jobs; i++) {
        const struct part *part = &team->parts[i];
        for (size_t k = 0; k < part->npairs; k++, n++) {
            all[n] = part->pairs[k];
            items[n] = (struct keyed){(uint64_t)all[n].a << 32 | all[n].b, (uint32_t)n};
        }
        for (int bin = 0; bin < WEIGHT_BINS; bin++) {
            pairing->bins[bin] += part->bins[bin];
        }
        pairing->scored += part->scored;
        free(part->pairs);
    }
    keyed_sort(items, spare, n);
    free(spare);
    pairing->pairs = xmalloc((n + 1) * sizeof(*all));
    for (size_t i = 0; i < n; i++) {
        pairing->pairs[i] = all[items[i].record];
    }
    pairing->npairs = n;
    free(items);
    free(all);
}

void pairing_run(struct pairing *pairing, const struct blocking *blocking,
                 const struct scorer *scorer, int jobs)
{
    struct pairing_team *team = xcalloc(1, sizeof(*team));

    *pairing = (struct pairing){0};
    team->blocking = blocking;
    team->scorer = scorer;
    team->parts = xcalloc((size_t)jobs, sizeof(*team->parts));
    for (int i = 0; i < blocking->nrules; i++) {
        uint64_t chunks =
            ((uint64_t)blocking->rules[i].nblocks + BLOCKS_AT_ONCE - 1) / BLOCKS_AT_ONCE;
        team->nchunks[i + 1] = team->nchunks[i] + chunks;
    }
    team_run(jobs, score_chunks, team);
    gather(pairing, team, jobs);
    free(team->parts);
    free(team);
}

static int order_pairs(const void *left, const void *right)
{
    const struct pair *a = left;
    const struct pair *b = right;

    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    return a->b == b->b ? 0 : a->b < b->b ? -1 : 1;
}

void pairing_add_copies(struct pairing *pairing, const struct blocking *blocking,
                        const struct scorer *scorer)
{
    const struct people *people = blocking->people;
    uint32_t *counts = copies_count(blocking->copy_of, people->nrecords);
    struct part part = {
        .pairs = pairing->pairs, .npairs = pairing->npairs, .room = pairing->npairs};

    for (uint32_t i = 0; i < people->nrecords; i++) {
        uint32_t rep = blocking->copy_of[i];
        if (rep != i) {
            struct copy_weight copy = copy_weigh(scorer, people_row(people, rep), counts[rep]);
            if (copy.band == BAND_REVIEW) {
                keep(&part, (struct pair){.a = rep,
                                          .b = i,
                                          .weight = (float)copy.weight,
                                          .caution = (uint8_t)copy.caution,
                                          .band = BAND_REVIEW});
            }
        }
    }
    free(counts);
    if (part.npairs > pairing->npairs) {
        qsort(part.pairs, part.npairs, sizeof(*part.pairs), order_pairs);
    }
    pairing->pairs = part.pairs;
    pairing->npairs = part.npairs;
}

void pairing_release(struct pairing *pairing)
{
    free(pairing->pairs);
    *pairing = (struct pairing){0};
}
