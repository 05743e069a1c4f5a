/*
 * suggest_index.h - a pack's names, ready to be asked: words, character trigrams, axes.
 *
 * Concept   the rows of a pack that measure the same thing: of LOINC the rows of one COMPONENT, of
 *           other systems each row by itself.  Names find concepts; axes choose the row.
 * Surface   one name of a concept: its core (COMPONENT or display), short and long names, labels,
 *           inclusions.  Of LOINC's names the words that name axes ("SerPl", "mCnc": those of many
 *           concepts, not in the core) are left out.
 * Built     at opening; LOINC's 46,812 rows take about half a second and 40 MB (./dev bench suggest).
 * Limits    INDEX_SURFACES_MAX names, INDEX_WORDS_MAX words; more are not indexed.  Chapters, blocks
 *           and LOINC's non-codes are never suggested.
 * Threads   read-only once built.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_SUGGEST_INDEX_H
#define HMS_TERMINOLOGY_SUGGEST_SUGGEST_INDEX_H

#include "core/strmap.h"
#include "terminology/code_pack.h"
#include "terminology/suggest/lexicon.h"

enum {
    INDEX_SURFACES_MAX = 4000000,
    INDEX_WORDS_MAX = 2000000,
    GRAMS = 37 * 37 * 37,
    INDEX_AXES = 6,
    AXIS_WORDS_MAX = 8,
};

/* axis, property of the pack */
#define AXIS_LIST(X)                                                                           \
    X(AXIS_SYSTEM, "SYSTEM")                                                                   \
    X(AXIS_PROPERTY, "PROPERTY")                                                               \
    X(AXIS_SCALE, "SCALE_TYP")                                                                 \
    X(AXIS_TIME, "TIME_ASPCT")                                                                 \
    X(AXIS_METHOD, "METHOD_TYP")                                                               \
    X(AXIS_ROUTE, "route")

enum axis {
#define X(axis, property) axis,
    AXIS_LIST(X)
#undef X
};

struct axis_value {
    struct text text; /* "" where the row has none */
    uint64_t hash;
    uint32_t words[AXIS_WORDS_MAX];
    int nwords;
    float usual;     /* of a SYSTEM or METHOD_TYP: axis_usual() */
    bool is_open;    /* axis_open_system() */
    bool is_drawn;   /* axis_is_drawn() */
    unsigned routes; /* of a drug */
};

struct index_posting {
    uint32_t concept;
    float weight; /* BM25 of a word that occurs */
    bool is_core;
};

struct index_surface {
    uint32_t concept;
    float norm; /* of its trigrams */
};

/* Lists of numbers, one list an entry: those of entry i are items[at[i]] to items[at[i + 1]]. */
struct number_lists {
    uint32_t *at;
    uint32_t *items;
};

struct suggest_index {
    const struct code_pack *pack;
    struct lexicon *lexicon;
    uint32_t nconcepts;
    uint32_t *concept_of; /* of a row; CODE_NONE: never suggested */
    struct number_lists rows;
    struct number_lists core; /* words of the core */
    float *core_weight;       /* sum of their weights */
    uint16_t *core_top;       /* of those words, how many stand before a "/" */
    uint64_t *top_hash;       /* of the normalised name before it */
    uint8_t *core_marks;      /* enum core_mark */
    uint64_t *concept_hash;   /* of its COMPONENT or code: the same in every release */
    struct strmap vocabulary;
    struct text *words;
    uint64_t *word_hash;
    uint32_t nwords;
    float *idf;         /* and behind the last, that of a word which is nowhere */
    uint8_t *word_axes; /* bit of each axis whose values have the word */
    uint32_t *postings_at;
    struct index_posting *postings;
    uint32_t nsurfaces;
    struct index_surface *surfaces;
    struct strmap exact; /* normalised name to its row * 2, + 1 where it is a whole concept's */
    float *gram_weight;
    struct number_lists grams;      /* of surfaces */
    struct number_lists word_grams; /* of the vocabulary */
    bool *word_is_kind;             /* "ab", "dna": without it, another test */
    bool *word_is_default;          /* "unspecified": meant when nothing is said */
    bool *word_is_number;
    bool *word_is_idle;      /* "level": says little */
    uint32_t *alias_of;      /* the word that the lexicon makes of it, or itself */
    struct strmap skeletons; /* word_skeleton.h to a word + 1 */
    uint32_t *same_skeleton; /* the next word of that skeleton, or CODE_NONE */
    uint8_t *word_ngrams;    /* trigrams of a word */
    struct axis_value *values[INDEX_AXES];
    uint32_t nvalues[INDEX_AXES];
    uint16_t *value_of; /* row * INDEX_AXES + axis */
    uint16_t *rank;     /* of a row, 0: unknown */
    uint8_t *row_marks; /* enum row_mark */
    float *early;       /* of a row: 1 for the codes that were given first */
    struct arena texts; /* of axis values that no property spells */
    bool has_axes;
    bool is_drug; /* strengths, forms and makers stand in names */
    bool is_atc;
};

enum core_mark {
    CORE_RATIO = 1,     /* "/" */
    CORE_CHALLENGE = 2, /* "^" */
    CORE_PART = 4,      /* ".": free, total, a subclass */
    CORE_MIX = 8,       /* of a drug: several substances */
};

enum row_mark {
    ROW_DEPRECATED = 1,
    ROW_UNSURE = 2, /* on trial or discouraged */
    ROW_HEADING = 4,
};

struct suggest_index *suggest_index_new(const struct code_pack *pack);
void suggest_index_free(struct suggest_index *index);
/* The word's number, or CODE_NONE. */
uint32_t suggest_index_word(const struct suggest_index *index, struct text word);
/* Is the word in any name of the concept? */
bool suggest_index_concept_has(const struct suggest_index *index, uint32_t concept,
                               uint32_t word);
/* The trigrams of a name with a blank at both ends, each once, sorted; at most `max`. */
int grams_of(struct text joined, uint16_t *grams, int max);

#endif
