/* index_aliases.c - what people say for a word of the pack. */
#include "terminology/suggest/index_names.h"

#include <stdlib.h>

struct aliases {
    struct lexicon_visit visit;
    struct suggest_index *index;
    struct index_names *names;
    uint32_t *target; /* of the words behind those of the pack */
    uint32_t first, size;
};

/* What people say for a word of the pack is a word too, so that it is found misspelt. */
static void add_alias(struct lexicon_visit *visit, struct text phrase, struct text becomes)
{
    struct aliases *aliases = (struct aliases *)visit;
    struct suggest_index *index = aliases->index;
    struct strmap_entry *target = strmap_find(&index->vocabulary, becomes);
    uint32_t word;

    if (target == NULL || target->number > aliases->first ||
        strmap_find(&index->vocabulary, phrase) != NULL) {
        return;
    }
    word = index_word_number(index, aliases->names, phrase);
    if (word == CODE_NONE) {
        return;
    }
    if (word - aliases->first >= aliases->size) {
        aliases->size = aliases->size * 2 + 256;
        aliases->target = xrealloc(aliases->target, aliases->size * sizeof(uint32_t));
    }
    aliases->target[word - aliases->first] = (uint32_t)target->number - 1;
}

void index_aliases_read(struct suggest_index *index, struct index_names *names)
{
    struct aliases aliases = {{add_alias}, index, names, NULL, index->nwords, 0};

    lexicon_each_word(index->lexicon, &aliases.visit);
    index->alias_of = xcalloc((size_t)index->nwords + 1, sizeof(uint32_t));
    for (uint32_t word = 0; word < index->nwords; word++) {
        index->alias_of[word] =
            word < aliases.first ? word : aliases.target[word - aliases.first];
    }
    free(aliases.target);
}
