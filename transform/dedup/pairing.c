#include "transform/dedup/pairing.h"

#include "transform/dedup/copies.h"
#include "transform/dedup/pair_walk.h"
#include "transform/dedup/radix.h"
#include "transform/dedup/team.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { BLOCKS_AT_ONCE = 256, KNOWN_BITS = 11, KNOWN_PATTERNS = 1 << KNOWN_BITS };

/* Patterns repeat: what each says is worked out once in a while. */
struct known_pattern {
    struct pattern_weight weight;
    enum caution caution;
};

struct pairing_team;

struct part {
    const struct pairing_team *team;
    struct pair *pairs;
    size_t npairs;
    size_t room;
    uint64_t scored;
    int64_t scoring_ns;
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

static void keep_scored(struct part *part, const struct scorer *scorer,
                        const struct record_pair *pair, double weight, enum caution caution)
{
    keep(part, (struct pair){.a = pair->a < pair->b ? pair->a : pair->b,
                             .b = pair->a < pair->b ? pair->b : pair->a,
                             .weight = (float)weight,
                             .caution = (uint8_t)caution,
                             .band = (uint8_t)pair_band(scorer, weight, caution)});
}

static void weigh(struct part *part, const struct record_pair *pair, uint64_t pattern)
{
    const struct scorer *scorer = part->team->scorer;
    const uint32_t *row = people_row(scorer->people, pair->a);
    const struct known_pattern *known = know(part->team, part, pattern);
    double weight = pattern_score_about(scorer, &known->weight, row);
    int bin;

    if (weight >= scorer->review - SCORE_ABOUT) {
        weight = pattern_score(scorer, &known->weight, row);
        if (weight >= scorer->review) {
            keep_scored(part, scorer, pair, weight, known->caution);
        }
    }
    bin = (int)(fmin(fmax(weight, WEIGHT_LEAST), WEIGHT_MOST) - WEIGHT_LEAST);
    part->bins[bin]++;
}

static int64_t thread_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void score_pairs(void *context, const struct record_pair *pairs, uint32_t n)
{
    struct part *part = context;
    uint64_t patterns[WALK_PAIRS];
    int64_t start = thread_ns();

    compare_pairs(&part->comparer, pairs, n, patterns);
    for (uint32_t i = 0; i < n; i++) {
        weigh(part, &pairs[i], patterns[i]);
    }
    part->scored += n;
    part->scoring_ns += thread_ns() - start;
}

static void score_chunks(void *context, int member)
{
    struct pairing_team *team = context;
    struct part *part = &team->parts[member];
    struct pair_walk walk;
    uint64_t chunk;

    part->team = team;
    comparer_init(&part->comparer, team->blocking->people);
    pair_walk_init(&walk, team->blocking, score_pairs, part);
    while ((chunk = atomic_fetch_add(&team->next, 1)) < team->nchunks[team->blocking->nrules]) {
        uint64_t from;
        uint64_t to;
        int rule = 0;
        while (chunk >= team->nchunks[rule + 1]) {
            rule++;
        }
        from = (chunk - team->nchunks[rule]) * BLOCKS_AT_ONCE;
        to = from + BLOCKS_AT_ONCE;
        pair_walk_rule(&walk, rule);
        pair_walk_blocks(&walk, (uint32_t)from,
                         to < team->blocking->rules[rule].nblocks
                             ? (uint32_t)to
                             : team->blocking->rules[rule].nblocks);
    }
    pair_walk_end(&walk);
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
        pairing->scoring_us += part->scoring_ns / 1000;
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

int pair_order(const void *left, const void *right)
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
        qsort(part.pairs, part.npairs, sizeof(*part.pairs), pair_order);
    }
    pairing->pairs = part.pairs;
    pairing->npairs = part.npairs;
}

void pairing_release(struct pairing *pairing)
{
    free(pairing->pairs);
    *pairing = (struct pairing){0};
}
