#include "transform/dedup/pairing.h"

#include "transform/dedup/radix.h"
#include "transform/dedup/team.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS_AT_ONCE = 256 };

struct part {
    struct pair *pairs;
    size_t npairs;
    size_t room;
    uint64_t scored;
    uint64_t bins[WEIGHT_BINS];
};

/* Arrays that comparing looks into in no order, and which no cache holds. */
struct fetching {
    struct {
        const char *at;
        size_t width;
        int field; /* -1: by record */
    } arrays[PEOPLE_FIELDS_MAX + BLOCK_RULES_MAX];
    int count;
};

struct pairing_team {
    const struct blocking *blocking;
    const struct scorer *scorer;
    struct part parts[TEAM_MAX];
    uint64_t nchunks[BLOCK_RULES_MAX + 1]; /* chunks before each rule */
    struct fetching fetching;
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

static void score_one(struct pairing_team *team, struct part *part, struct comparer *comparer,
                      uint32_t a, uint32_t b)
{
    const struct people *people = team->blocking->people;
    uint64_t pattern = compare_records(comparer, a, b);
    double weight = score_pattern(team->scorer, pattern, people_row(people, a));
    double bin = fmin(fmax(floor(weight), WEIGHT_LEAST), WEIGHT_MOST);
    enum caution caution;

    part->scored++;
    part->bins[(int)bin - WEIGHT_LEAST]++;
    if (weight >= team->scorer->review) {
        caution = pattern_caution(people->model, pattern);
        keep(part, (struct pair){.a = a < b ? a : b,
                                 .b = a < b ? b : a,
                                 .weight = (float)weight,
                                 .caution = (uint8_t)caution,
                                 .band = (uint8_t)pair_band(team->scorer, weight, caution)});
    }
}

enum { AHEAD_ROWS = 8, AHEAD_MARKS = 4, AHEAD_RECORDS = 8, SMALL_BYTES = 128 << 10 };

static void add_array(struct fetching *fetching, const void *at, size_t width, uint32_t n,
                      int field)
{
    if (at != NULL && width * n > SMALL_BYTES) {
        fetching->arrays[fetching->count].at = at;
        fetching->arrays[fetching->count].width = width;
        fetching->arrays[fetching->count++].field = field;
    }
}

static void find_arrays(struct fetching *fetching, const struct blocking *blocking)
{
    const struct people *people = blocking->people;

    fetching->count = 0;
    for (int field = 0; field < people->nfields; field++) {
        const struct people_dict *dict = &people->dicts[field];
        if (people->model->fields[field].kind == PEOPLE_BIRTH_DATE) {
            add_array(fetching, dict->sounds, sizeof(*dict->sounds), dict->nvalues, field);
        } else {
            add_array(fetching, dict->marks, sizeof(*dict->marks), dict->nvalues, field);
        }
    }
    for (int i = 0; i < blocking->nrules; i++) {
        const uint32_t *block_of = blocking->rules[i].block_of;
        add_array(fetching, block_of, sizeof(*block_of), people->nrecords, -1);
    }
}

/* Fetches what a later block will need, in two steps: comparing waits for memory more than it
 * computes. */
static void fetch_ahead(const struct fetching *fetching, const struct people *people,
                        const struct block_rule *rule, uint32_t block, int ahead)
{
    uint32_t from;
    uint32_t to;

    if (block + (uint32_t)ahead >= rule->nblocks) {
        return;
    }
    from = rule->starts[block + (uint32_t)ahead];
    to = rule->starts[block + (uint32_t)ahead + 1];
    to = to - from > AHEAD_RECORDS ? from + AHEAD_RECORDS : to;
    for (uint32_t i = from; i < to; i++) {
        uint32_t record = rule->records[i];
        const uint32_t *row = people_row(people, record);
        if (ahead == AHEAD_ROWS) {
            __builtin_prefetch(row);
            __builtin_prefetch(row + people->nfields - 1);
            continue;
        }
        for (int k = 0; k < fetching->count; k++) {
            uint32_t place =
                fetching->arrays[k].field < 0 ? record : row[fetching->arrays[k].field];
            __builtin_prefetch(fetching->arrays[k].at + place * fetching->arrays[k].width);
        }
    }
}

static void score_blocks(struct pairing_team *team, struct part *part,
                         struct comparer *comparer, int number, uint32_t from)
{
    const struct fetching *fetching = &team->fetching;
    const struct block_rule *rule = &team->blocking->rules[number];
    uint32_t to = from + BLOCKS_AT_ONCE < rule->nblocks ? from + BLOCKS_AT_ONCE : rule->nblocks;

    for (uint32_t block = from; block < to; block++) {
        uint32_t end = rule->starts[block + 1];
        fetch_ahead(fetching, team->blocking->people, rule, block, AHEAD_ROWS);
        fetch_ahead(fetching, team->blocking->people, rule, block, AHEAD_MARKS);
        for (uint32_t i = rule->starts[block]; i < end; i++) {
            for (uint32_t k = i + 1; k < end; k++) {
                if (blocking_is_first(team->blocking, number, rule->records[i],
                                      rule->records[k])) {
                    score_one(team, part, comparer, rule->records[i], rule->records[k]);
                }
            }
        }
    }
}

static void score_chunks(void *context, int member)
{
    struct pairing_team *team = context;
    struct comparer comparer;
    uint64_t chunk;

    comparer_init(&comparer, team->blocking->people);
    while ((chunk = atomic_fetch_add(&team->next, 1)) < team->nchunks[team->blocking->nrules]) {
        int rule = 0;
        while (chunk >= team->nchunks[rule + 1]) {
            rule++;
        }
        score_blocks(team, &team->parts[member], &comparer, rule,
                     (uint32_t)(chunk - team->nchunks[rule]) * BLOCKS_AT_ONCE);
    }
    comparer_release(&comparer);
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
    find_arrays(&team->fetching, blocking);
    for (int i = 0; i < blocking->nrules; i++) {
        uint64_t chunks =
            ((uint64_t)blocking->rules[i].nblocks + BLOCKS_AT_ONCE - 1) / BLOCKS_AT_ONCE;
        team->nchunks[i + 1] = team->nchunks[i] + chunks;
    }
    team_run(jobs, score_chunks, team);
    gather(pairing, team, jobs);
    free(team);
}

void pairing_release(struct pairing *pairing)
{
    free(pairing->pairs);
    *pairing = (struct pairing){0};
}
