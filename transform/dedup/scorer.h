/*
 * scorer.h - the weight of a pair of records, and what may be done with it.
 *
 * Weight    log2( P(M)·Πm / (P(R)·Πu + P(H)·Πh) ), in bits: the odds that both are one person,
 *           against random people and people of one household.  Probability = 1/(1 + 2^-weight).
 * Rarity    exact agreement on a rare name or place says more than on a common one; within a
 *           household only what its people do not share gets that bonus.
 * Caution   some pairs are for a steward however high they score; the cause says why.
 * Threads   a scorer is only read.
 */
#ifndef HMS_TRANSFORM_DEDUP_SCORER_H
#define HMS_TRANSFORM_DEDUP_SCORER_H

#include "transform/dedup/compare.h"
#include "transform/dedup/learn.h"

/* enum, code in files, words for people */
#define CAUTION_LIST(X)                                                                        \
    X(CAUTION_NONE, "", "")                                                                    \
    X(CAUTION_IDENTIFIER, "identifiers", "identifiers contradict each other")                  \
    X(CAUTION_TWINS, "twins", "born on one day, but with different given names")               \
    X(CAUTION_GIVEN, "given name", "given names differ")                                       \
    X(CAUTION_BIRTH, "birth date", "birth dates are far apart")                                \
    X(CAUTION_SEX, "sex", "another sex, and no identifier agrees")                             \
    X(CAUTION_FAMILY, "family name", "family names differ, and too little else is certain")    \
    X(CAUTION_MIDDLE, "middle name", "middle names differ, and no identifier agrees")          \
    X(CAUTION_GENERATION, "generation", "one is the elder, the other the younger (Sr, Jr)")    \
    X(CAUTION_EVIDENCE, "evidence", "nothing but names, birth date and sex agrees")            \
    X(CAUTION_NAMELESS, "no given name",                                                       \
      "a given name is not known: a newborn, a twin, somebody unknown")                        \
    X(CAUTION_BIRTH_UNKNOWN, "no birth date",                                                  \
      "a birth date is not known, and no identifier agrees: father and son share the rest")

enum caution {
#define X(code, word, text) code,
    CAUTION_LIST(X)
#undef X
        CAUTION_COUNT
};

/* Whether something contradicts; else too little is known. */
static inline bool caution_contradicts(enum caution caution)
{
    return caution != CAUTION_NONE && caution < CAUTION_EVIDENCE;
}

enum band { BAND_NOT, BAND_REVIEW, BAND_LINK };

enum { RARITY_COUNTS = 4096, GAP_MOST = 20, GAP_STEPS = 64 };

struct scorer {
    const struct people *people;
    double m[PEOPLE_FIELDS_MAX][LEVELS_MAX]; /* log2 */
    double u[PEOPLE_FIELDS_MAX][LEVELS_MAX];
    double h[PEOPLE_FIELDS_MAX][LEVELS_MAX];
    double u_exact[PEOPLE_FIELDS_MAX];
    double present[PEOPLE_FIELDS_MAX];              /* records that have a value, less one */
    int rare[PEOPLE_FIELDS_MAX];                    /* see rarity_of_kind() in scorer.c */
    float rarity[PEOPLE_FIELDS_MAX][RARITY_COUNTS]; /* by count, of small counts */
    float gaps[GAP_MOST * GAP_STEPS + 2];           /* log2(1 + 2^-gap), by steps of a gap */
    bool shared[PEOPLE_FIELDS_MAX];                 /* not against a household */
    double prior_m, prior_r, prior_h;
    double link; /* weights of the bands */
    double review;
};

void scorer_init(struct scorer *scorer, const struct people *people,
                 const struct learned *learned);
/* Bits that exact agreement on a value tells more than on others of its field. */
double scorer_rarity(const struct scorer *scorer, int field, uint32_t value);

/* What a pattern says whatever the values are: sums of log2, and the fields whose rarity counts. */
struct pattern_weight {
    uint64_t pattern;
    double m, r, h;
    uint32_t rare;
};

void pattern_weigh(const struct scorer *scorer, uint64_t pattern, struct pattern_weight *out);
double pattern_score(const struct scorer *scorer, const struct pattern_weight *weight,
                     const uint32_t *row_a);
/* The same, up to SCORE_ABOUT bits more or less, and cheaper. */
#define SCORE_ABOUT 0.0001
double pattern_score_about(const struct scorer *scorer, const struct pattern_weight *weight,
                           const uint32_t *row_a);
/* Both in one. */
double score_pattern(const struct scorer *scorer, uint64_t pattern, const uint32_t *row_a);
/* Of two of `count` records alike in every field.  Those were not learned from, so that the start
 * is that of any two records, one in as many as there are; and when too little is known to join
 * them unseen, the more there are the likelier they are strangers. */
struct copy_weight {
    double weight;
    enum caution caution;
    enum band band;
};

struct copy_weight copy_weigh(const struct scorer *scorer, const uint32_t *row, uint32_t count);
enum caution pattern_caution(const struct people_model *model, uint64_t pattern);
enum band pair_band(const struct scorer *scorer, double weight, enum caution caution);

const char *caution_word(enum caution caution);
const char *caution_text(enum caution caution);
const char *band_word(enum band band);
double weight_probability(double weight);

#endif
