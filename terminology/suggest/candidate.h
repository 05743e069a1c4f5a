/*
 * candidate.h - the codes that a query may mean, each with the features that it is ranked by.
 *
 * First     stage: BM25 over words (and what is alike) and cosine of character trigrams, both over
 *           concepts; the best CONCEPTS_MAX of their sum, and the codes that were approved for
 *           names that are alike.
 * Then      every code of those concepts, CANDIDATES_MAX at most, those first whose axes share words
 *           with the query.
 * Features  are between 0 and about 1; what each means stands in the table, with the weight that it
 *           has before anything was learned.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_CANDIDATE_H
#define HMS_TERMINOLOGY_SUGGEST_CANDIDATE_H

#include "terminology/suggest/memory.h"

enum { CONCEPTS_MAX = 48, CANDIDATES_MAX = 600, CONCEPT_ROWS_MAX = 64, UNMATCHED_MAX = 6 };

/* feature, weight untrained, name in a model file, what it says */
#define FEATURE_LIST(X)                                                                        \
    X(F_BM25, 2.0F, "bm25", "")                                                                \
    X(F_COVER, 5.0F, "cover", "its words")                                                     \
    X(F_BACK, 2.5F, "back", "")                                                                \
    X(F_GRAMS, 4.0F, "grams", "spelt alike")                                                   \
    X(F_EXTRA, -1.0F, "extra", "")                                                             \
    X(F_EXACT, 2.0F, "exact", "the same name")                                                 \
    X(F_EXACT_ROW, 4.0F, "exact-row", "its own name, word for word")                           \
    X(F_HEAD, 1.0F, "head", "")                                                                \
    X(F_NUMBER, -1.0F, "number", "other numbers")                                              \
    X(F_RATIO_EXTRA, -2.0F, "ratio-extra", "a ratio that was not asked for")                   \
    X(F_RATIO_MISSING, -0.3F, "ratio-missing", "")                                             \
    X(F_CHALLENGE_EXTRA, -2.0F, "challenge-extra", "a challenge that was not asked for")       \
    X(F_CHALLENGE_MISSING, -1.0F, "challenge-missing", "")                                     \
    X(F_KIND_EXTRA, -1.5F, "kind-extra",                                                       \
      "an antibody, antigen or gene that was not asked for")                                   \
    X(F_KIND_MISSING, -2.0F, "kind-missing", "not the antibody, antigen or gene asked for")    \
    X(F_MIX_EXTRA, -1.0F, "mix-extra", "substances that were not asked for")                   \
    X(F_MIX_MISSING, -1.5F, "mix-missing", "one substance where several were asked for")       \
    X(F_SYSTEM_AGREES, 2.0F, "system-agrees", "SYSTEM agrees")                                 \
    X(F_SYSTEM_AGAINST, -2.0F, "system-against", "SYSTEM is another")                          \
    X(F_SYSTEM_USUAL, 1.5F, "system-usual", "SYSTEM is the usual one")                         \
    X(F_SYSTEM_OPEN, 0.3F, "system-open", "")                                                  \
    X(F_PROPERTY_AGREES, 2.0F, "property-agrees", "PROPERTY agrees with the unit")             \
    X(F_PROPERTY_AGAINST, -2.0F, "property-against", "PROPERTY does not go with the unit")     \
    X(F_SAID_AGREES, 1.0F, "said-agrees", "PROPERTY agrees with the name")                     \
    X(F_SAID_AGAINST, -1.0F, "said-against", "PROPERTY does not go with the name")             \
    X(F_SCALE_AGREES, 1.0F, "scale-agrees", "SCALE_TYP agrees")                                \
    X(F_SCALE_AGAINST, -1.5F, "scale-against", "SCALE_TYP is another")                         \
    X(F_TIME_AGREES, 1.0F, "time-agrees", "TIME_ASPCT agrees")                                 \
    X(F_TIME_AGAINST, -2.0F, "time-against", "TIME_ASPCT is another")                          \
    X(F_METHOD_AGREES, 1.5F, "method-agrees", "METHOD_TYP agrees")                             \
    X(F_METHOD_EXTRA, -0.8F, "method-extra", "")                                               \
    X(F_METHOD_MISSING, -0.4F, "method-missing", "")                                           \
    X(F_ROUTE_AGREES, 1.0F, "route-agrees", "the route agrees")                                \
    X(F_ROUTE_AGAINST, -1.0F, "route-against", "the route is another")                         \
    X(F_ROUTE_USUAL, 1.0F, "route-usual", "")                                                  \
    X(F_EARLY, 3.0F, "early", "")                                                              \
    X(F_DEPRECATED, -3.0F, "deprecated", "deprecated by its publisher")                        \
    X(F_UNSURE, -0.5F, "unsure", "on trial or discouraged")                                    \
    X(F_HEADING, -2.0F, "heading", "a heading: more characters are needed")                    \
    X(F_RANK, 2.0F, "rank", "often ordered")                                                   \
    X(F_APPROVED, 12.0F, "approved", "approved for the same name")                             \
    X(F_NEAR, 2.0F, "near", "approved for a name that is alike")                               \
    X(F_POPULAR, 0.5F, "popular", "approved before")                                           \
    X(F_VALUES, 1.0F, "values", "its values lie where approved ones lie")

enum feature {
#define X(feature, weight, name, text) feature,
    FEATURE_LIST(X)
#undef X
        FEATURES
};

/* The first features are of a concept, and the same for all its codes. */
enum { SLOT_FEATURES = F_MIX_MISSING + 1 };

struct concept_slot {
    uint32_t concept;
    float features[SLOT_FEATURES];
    uint32_t unmatched[UNMATCHED_MAX]; /* words of the core that nothing answers */
    int nunmatched;
    uint8_t silent; /* bits: the words that speak of this axis are the concept's own */
};

struct candidate {
    uint32_t row;
    uint16_t slot;
    float score;
    float features[FEATURES];
};

struct concept_sum {
    float bm25, cover, back;
    float best_bm25, best_cover; /* of the word that is being added */
    uint16_t word;
};

/* Room that finding needs, for each thread. */
struct candidate_room {
    struct asked_room words;
    struct memory_room memory;
    struct concept_sum *sums;   /* a concept; nothing where it was not seen */
    float *grams;               /* of a concept: cosine of its most alike name */
    uint64_t *seen;             /* bits: concepts that share anything with the name */
    float *surface;             /* trigrams shared */
    uint32_t *touched;          /* surfaces */
    float *axis[INDEX_AXES][2]; /* of a value: agrees, against */
    uint32_t *axis_stamp[INDEX_AXES];
    uint32_t stamp;
};

struct candidates {
    struct asked asked;
    struct concept_slot slots[CONCEPTS_MAX + MEMORY_NEAR_MAX];
    int nslots;
    struct candidate list[CANDIDATES_MAX];
    int count;
    struct memory_near near[MEMORY_NEAR_MAX];
    int nnear;
    uint64_t asked_hash; /* of the normalised name */
    uint32_t exact;      /* a row of the concept whose name it is, or CODE_NONE */
    uint32_t exact_row;  /* the row whose own name it is, or CODE_NONE */
};

void candidate_room_init(struct candidate_room *room, const struct suggest_index *index,
                         const struct memory *memory);
void candidate_room_release(struct candidate_room *room);
/* `part` of the memory is left out (MEMORY_NO_PART: none is). */
void candidates_find(struct candidates *found, struct candidate_room *room,
                     const struct suggest_index *index, const struct memory *memory,
                     const struct suggest_query *query, uint8_t part);

/* Of two candidates: the better first, equal ones by row. */
int candidate_compare(const void *a, const void *b);

extern const float feature_defaults[FEATURES];
const char *feature_name(enum feature feature);
const char *feature_text(enum feature feature);

#endif
