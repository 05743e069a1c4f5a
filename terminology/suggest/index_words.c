/* index_words.c - the words of a pack: how much each tells, and what finds it. */
#include "core/ident.h"
#include "terminology/suggest/drug_words.h"
#include "terminology/suggest/index_names.h"
#include "terminology/suggest/word_skeleton.h"

#include <math.h>
#include <stdlib.h>

enum { WORD_GRAMS_MAX = 256 };

static void list_grams(struct suggest_index *index)
{
    struct number_lists *lists = &index->word_grams;
    uint16_t grams[WORD_GRAMS_MAX];
    size_t total = 0;

    index->word_ngrams = xcalloc((size_t)index->nwords + 1, 1);
    lists->at = xcalloc(GRAMS + 2, sizeof(uint32_t));
    for (uint32_t word = 0; word < index->nwords; word++) {
        int n = grams_of(index->words[word], grams, UINT8_MAX);
        index->word_ngrams[word] = (uint8_t)n;
        for (int i = 0; i < n; i++) {
            lists->at[grams[i] + 2]++;
        }
        total += (size_t)n;
    }
    lists->items = xcalloc(total + 1, sizeof(uint32_t));
    for (int gram = 2; gram < GRAMS + 2; gram++) {
        lists->at[gram] += lists->at[gram - 1];
    }
    for (uint32_t word = 0; word < index->nwords; word++) {
        int n = grams_of(index->words[word], grams, UINT8_MAX);
        for (int i = 0; i < n; i++) {
            lists->items[lists->at[grams[i] + 1]++] = word;
        }
    }
}

/* Words that say what kind of thing is looked for; without them it is another test. */
static bool is_kind_word(struct text word)
{
    static const char *const kinds[] = {
        "ab",  "ag",  "igg",  "igm",   "iga",      "ige",        "igd",
        "dna", "rna", "gene", "panel", "mutation", "identified", "susceptibility"};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (text_is(word, kinds[i])) {
            return true;
        }
    }
    return false;
}

/* What a classification says of a disease that nobody described further. */
static bool is_default_word(struct text word)
{
    static const char *const words[] = {"unspecified", "essential", "primary",
                                        "site",        "not",       "specified"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (text_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

/* What a laboratory's name says of any test. */
static bool is_idle_word(struct text word)
{
    static const char *const words[] = {
        "level", "test", "assay", "measured", "measurement",  "value",        "result",
        "total", "%",    "#",     "count",    "quantitative", "determination"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (text_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_default(const struct suggest_index *index, struct text word)
{
    return index->has_axes ? text_is(word, "total") : is_default_word(word);
}

void index_words_weigh(struct suggest_index *index, const struct index_names *names)
{
    index->idf = xcalloc((size_t)index->nwords + 1, sizeof(float));
    index->word_is_default = xcalloc((size_t)index->nwords + 1, sizeof(bool));
    index->word_is_idle = xcalloc((size_t)index->nwords + 1, sizeof(bool));
    index->word_is_number = xcalloc((size_t)index->nwords + 1, sizeof(bool));
    index->word_is_kind = xcalloc((size_t)index->nwords + 1, sizeof(bool));
    index->word_hash = xcalloc((size_t)index->nwords + 1, sizeof(uint64_t));
    index->idf[index->nwords] = (float)log(1 + 2.0 * index->nconcepts);
    for (uint32_t word = 0; word < index->nwords; word++) {
        double df = names->df[word];
        index->idf[word] = (float)log(1 + (index->nconcepts - df + 0.5) / (df + 0.5));
        index->word_is_number[word] = name_word_is_number(index->words[word]);
        index->word_is_default[word] = is_default(index, index->words[word]);
        index->word_is_idle[word] = index->has_axes && is_idle_word(index->words[word]);
        index->word_is_kind[word] = !index->is_drug && is_kind_word(index->words[word]);
        index->word_hash[word] = checksum_of(index->words[word].at, index->words[word].len);
    }
}

static void list_skeletons(struct suggest_index *index)
{
    char bytes[SKELETON_MAX];

    strmap_init(&index->skeletons, INDEX_WORDS_MAX);
    index->same_skeleton = xcalloc((size_t)index->nwords + 1, sizeof(uint32_t));
    for (uint32_t word = index->nwords; word-- > 0;) {
        struct text skeleton = word_skeleton(index->words[word], bytes);
        struct strmap_entry *entry =
            skeleton.len == 0 ? NULL : strmap_put(&index->skeletons, skeleton);
        index->same_skeleton[word] = CODE_NONE;
        if (entry != NULL) {
            index->same_skeleton[word] =
                entry->number == 0 ? CODE_NONE : (uint32_t)entry->number - 1;
            entry->number = word + 1ULL;
        }
    }
}

void index_words_find(struct suggest_index *index)
{
    list_grams(index);
    list_skeletons(index);
}
