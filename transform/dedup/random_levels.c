#include "transform/dedup/random_levels.h"

#include "transform/dedup/compare.h"
#include "transform/dedup/team.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS_MOST = 150000, PAIRS_LEAST = 1000, ROUNDS = 20 };

struct sample {
    const struct people *people;
    struct record_pair *pairs;
    uint64_t *patterns;
    uint32_t npairs;
};

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* Some repeat, none is of copies. */
static void draw_pairs(struct sample *sample, const struct blocking *blocking)
{
    uint64_t n = blocking->people->nrecords;
    uint64_t state = 42;

    for (uint64_t i = 0; n > 1 && i < PAIRS_MOST && i < n * n; i++) {
        uint32_t a = (uint32_t)(next_random(&state) % n);
        uint32_t b = (uint32_t)(next_random(&state) % n);
        if (blocking->copy_of[a] == a && blocking->copy_of[b] == b && a != b) {
            sample->pairs[sample->npairs++] = (struct record_pair){a, b};
        }
    }
}

static void compare_some(void *context, uint32_t from, uint32_t to)
{
    struct sample *sample = context;
    struct comparer comparer;

    comparer_init(&comparer, sample->people);
    compare_pairs(&comparer, sample->pairs + from, to - from, sample->patterns + from);
    comparer_release(&comparer);
}

static void count_levels(struct random_levels *random, uint64_t pattern, int nfields,
                         double weight)
{
    for (int field = 0; field < nfields; field++) {
        random->counts[field][pattern_level(pattern, field)] += weight;
    }
}

/* Exact agreement among all pairs, by counting values; as many as the sample would have. */
static void count_exact(struct random_levels *random, const struct people *people)
{
    for (int field = 0; field < people->nfields; field++) {
        const struct people_dict *dict = &people->dicts[field];
        double pairs = (double)dict->present * ((double)dict->present - 1.0);
        double same = 0.0;
        double known = 0.0;
        for (uint32_t i = 1; i < dict->nvalues; i++) {
            same += (double)dict->counts[i] * ((double)dict->counts[i] - 1.0);
        }
        for (int level = 1; level < LEVELS_MAX; level++) {
            known += random->counts[field][level];
        }
        if (pairs > 0.0) {
            random->counts[field][LEVEL_EXACT] = same / pairs * known;
        }
    }
}

/* Bits for one person, as level.h expects them. */
static double expected_bits(const struct people_model *model, uint64_t pattern)
{
    double bits = 0.0;

    for (int field = 0; field < model->nfields; field++) {
        const struct level *level =
            &levels_of(model->fields[field].kind)[pattern_level(pattern, field)];
        bits += level->m > 0.0 ? log2(level->m / level->u) : 0.0;
    }
    return bits;
}

/* The share of pairs that are one person, and into chances[] how likely each is to be two; 0 when
 * hardly any is one. */
static double find_one_person(const struct sample *sample, double *chances)
{
    double share = 0.0;

    for (uint32_t i = 0; i < sample->npairs; i++) {
        chances[i] = expected_bits(sample->people->model, sample->patterns[i]);
        share += chances[i] >= ONE_PERSON_BITS ? 1.0 : 0.0;
    }
    share /= fmax(sample->npairs, 1.0);
    if (sample->npairs < PAIRS_LEAST || share < ONE_PERSON_LEAST) {
        return 0.0;
    }
    for (int round = 0; round < ROUNDS; round++) {
        double odds = log2(share / (1.0 - share));
        double sum = 0.0;
        for (uint32_t i = 0; i < sample->npairs; i++) {
            sum += 1.0 / (1.0 + exp2(-chances[i] - odds));
        }
        share = fmin(sum / sample->npairs, 0.999);
    }
    for (uint32_t i = 0; i < sample->npairs; i++) {
        chances[i] = 1.0 - 1.0 / (1.0 + exp2(-chances[i] - log2(share / (1.0 - share))));
    }
    return share;
}

void random_levels_count(struct random_levels *random, const struct blocking *blocking,
                         int jobs)
{
    struct sample sample = {.people = blocking->people};
    double *chances;

    memset(random, 0, sizeof(*random));
    sample.pairs = xmalloc(PAIRS_MOST * sizeof(*sample.pairs));
    sample.patterns = xmalloc(PAIRS_MOST * sizeof(*sample.patterns));
    chances = xmalloc(PAIRS_MOST * sizeof(*chances));
    draw_pairs(&sample, blocking);
    team_share(jobs, sample.npairs, PAIRS_MOST / 16, compare_some, &sample);
    random->pairs = sample.npairs;
    random->one_person = find_one_person(&sample, chances);
    for (uint32_t i = 0; i < sample.npairs; i++) {
        count_levels(random, sample.patterns[i], sample.people->nfields,
                     random->one_person > 0.0 ? chances[i] : 1.0);
    }
    if (random->one_person <= 0.0) {
        count_exact(random, blocking->people);
    }
    free(chances);
    free(sample.patterns);
    free(sample.pairs);
}
