/*
 * weights.h - what was learned: a weight for each feature, and one for each trait of a query with
 * what a candidate is.
 *
 * Pairs     "urine" with SYSTEM Urine, "CRT" with the core word creatinine, "source" with one code.
 *           Only pairs that a right answer had once are kept.
 * Text      a line each, tab between: what kind, trait, value, weight.
 * Limits    WEIGHTS_MAX pairs.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_WEIGHTS_H
#define HMS_TERMINOLOGY_SUGGEST_WEIGHTS_H

#include "terminology/suggest/candidate.h"

enum { WEIGHTS_MAX = 4000000, WEIGHTS_FILTER_BITS = 1 << 20, WEIGHTS_TRAIT_BITS = 1 << 17 };

/* what a trait is paired with, name in a model file */
#define PAIR_LIST(X)                                                                           \
    X(PAIR_SYSTEM, "SYSTEM")                                                                   \
    X(PAIR_PROPERTY, "PROPERTY")                                                               \
    X(PAIR_SCALE, "SCALE_TYP")                                                                 \
    X(PAIR_TIME, "TIME_ASPCT")                                                                 \
    X(PAIR_METHOD, "METHOD_TYP")                                                               \
    X(PAIR_ROUTE, "route")                                                                     \
    X(PAIR_CONCEPT, "concept")                                                                 \
    X(PAIR_CORE, "core")                                                                       \
    X(PAIR_EXTRA, "extra")

enum pair_kind {
#define X(kind, name) kind,
    PAIR_LIST(X)
#undef X
        PAIR_KINDS
};

struct weight {
    uint64_t key; /* 0: empty */
    float value;
    float squares; /* of gradients, while learning */
};

struct weights {
    float features[FEATURES];
    struct weight *slots;
    size_t nslots; /* a power of two, or 0 */
    size_t count;
    uint64_t *traits; /* a bit for each trait that any pair has */
    uint64_t *filter; /* frozen: a bit for each key there is; most that are asked for are not */
};

void weights_init(struct weights *weights);
void weights_release(struct weights *weights);
uint64_t weights_key(enum pair_kind kind, uint64_t trait, uint64_t value);
/* The place of a key, made when `make`; NULL when it is not there, or there are too many. */
struct weight *weights_at(struct weights *weights, uint64_t key, bool make);
/* A pair of this trait was made; weights_score() asks for no others. */
void weights_note_trait(struct weights *weights, uint64_t trait);
/* Leaves out what is nothing, and makes asking fast; nothing is added afterwards. */
void weights_freeze(struct weights *weights);
float weights_of(const struct weights *weights, uint64_t key);
const char *pair_name(enum pair_kind kind);
bool pair_kind_of(struct text name, enum pair_kind *out);

/* Scores every candidate. */
struct score_room {
    float *axis[INDEX_AXES];
    uint32_t *axis_stamp[INDEX_AXES];
    uint32_t stamp;
};

void score_room_init(struct score_room *room, const struct suggest_index *index);
void score_room_release(struct score_room *room);
void weights_score(const struct weights *weights, struct score_room *room,
                   const struct suggest_index *index, struct candidates *found);
/* What a pair of this kind says about one concept: its name in keys and files. */
struct text concept_text(const struct suggest_index *index, uint32_t concept);

#endif
