/*
 * index_names.h - the first half of building an index: every name of a pack, cut into words,
 * concept by concept.  For the files that build
 * an index only.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_INDEX_NAMES_H
#define HMS_TERMINOLOGY_SUGGEST_INDEX_NAMES_H

#include "terminology/suggest/suggest_index.h"

enum name_role {
    NAME_CORE,    /* of the concept */
    NAME_OTHER,   /* one more name */
    NAME_RELATED, /* a bag of words, about it */
};

struct index_name {
    uint32_t concept;
    uint32_t row;
    uint32_t first; /* of its words */
    uint16_t nwords;
    uint8_t role; /* enum name_role */
};

struct index_names {
    struct index_name *at;
    size_t count, size;
    uint32_t *words;
    size_t nwords, words_size;
    uint32_t *df; /* concepts that have a word */
    uint32_t *last;
    size_t df_size;
};

/* Finds the concepts, fills index->concept_of, rows and vocabulary, and `names`. */
void index_names_read(struct suggest_index *index, struct index_names *names);
void index_names_release(struct index_names *names);
/* The number of a word, made when it is new; CODE_NONE: there are too many. */
uint32_t index_word_number(struct suggest_index *index, struct index_names *names,
                           struct text word);
/* Words of the lexicon that mean one of the pack's (index_aliases.c). */
void index_aliases_read(struct suggest_index *index, struct index_names *names);
/* What each word tells, and how it is found (index_words.c). */
void index_words_weigh(struct suggest_index *index, const struct index_names *names);
void index_words_find(struct suggest_index *index);
/* The values of the axes and the words in them (index_axes.c). */
void index_axes_read(struct suggest_index *index);

#endif
