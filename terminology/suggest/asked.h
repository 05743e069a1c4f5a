/*
 * asked.h - what a query asks, worked out once: its words with their weights and what is alike,
 * and what it says of each axis.
 *
 * Weights   of a word: its idf; half of the greatest for one that the pack does not have; less for
 *           a number, and for one that names an axis, because the axis answers to it.
 * Alike     words of the pack that a word may mean: itself, a longer or shorter form, a slip of the
 *           pen (shared trigrams).
 * Traits    what a learned weight can hang on: each word, pair of words, the unit, its kind, "".
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_ASKED_H
#define HMS_TERMINOLOGY_SUGGEST_ASKED_H

#include "terminology/suggest/suggest.h"
#include "terminology/suggest/suggest_index.h"
#include "terminology/suggest/unit_kind.h"

enum {
    ASKED_WORDS_MAX = 32,
    ALIKE_MAX = 6,
    TRAITS_MAX = 96,
    TRAIT_BYTES_MAX = 80,
    KNOWN_WORDS = 4096
};

struct alike {
    uint32_t word;
    float sureness; /* 1: the word itself */
};

struct asked_word {
    struct text text; /* into the form */
    uint32_t word;    /* CODE_NONE: not in the pack */
    uint64_t hash;
    float weight;
    float trust;  /* 1, until the site's decisions say otherwise */
    uint8_t axes; /* bits: it speaks of this axis */
    bool is_number;
    bool in_name; /* of a pack with axes: else only in specimen or context */
    int nalike;
    struct alike alike[ALIKE_MAX];
};

struct trait {
    uint64_t hash;
    char text[TRAIT_BYTES_MAX]; /* as it is saved */
};

enum scale_hint {
    HINT_NONE,
    HINT_QUANTITATIVE,
    HINT_ORDINAL,
    HINT_NARRATIVE,
    HINT_NOMINAL,
};

struct asked {
    struct name_form form;     /* of the name */
    struct name_form specimen; /* of specimen and context */
    char joined[NAME_BYTES_MAX];
    size_t joined_len;
    struct asked_word words[ASKED_WORDS_MAX];
    int nwords;
    float total; /* weight of the words of the name */
    enum unit_kind unit;
    enum unit_kind said; /* kind that the name itself says ("mass/volume") */
    enum scale_hint scale;
    bool of_a_day;
    uint8_t cues; /* bits: some word speaks of this axis */
    bool says_ratio;
    bool says_challenge;
    bool says_panel;
    bool says_whole;     /* of blood */
    bool says_mix;       /* of a drug: several substances */
    bool is_fraction;    /* by its unit: what it is a share of need not be said */
    bool is_drawn_blood; /* "blood" is what was drawn, not what was measured in */
    unsigned routes;     /* of a drug: bits of enum drug_route */
    struct trait traits[TRAITS_MAX];
    int ntraits;
};

/* What a word was found to be, kept: a catalogue says the same words again and again. */
struct known_word {
    uint64_t hash;
    bool is_known; /* else the place is free */
    uint8_t nalike;
    uint32_t word;
    struct alike alike[ALIKE_MAX];
};

/* Room that asking needs, for each thread. */
struct asked_room {
    struct known_word *known; /* by hash; KNOWN_WORDS places, the last comer stays */
    float *shared;            /* a word of the vocabulary: trigrams in common */
    uint32_t *touched;
};

/* A word that the right concept has too seldom tells nothing. */
bool asked_word_tells(const struct asked_word *word);
void asked_room_init(struct asked_room *room, const struct suggest_index *index);
void asked_room_release(struct asked_room *room);
void asked_make(struct asked *asked, struct asked_room *room, const struct suggest_index *index,
                const struct suggest_query *query);

#endif
