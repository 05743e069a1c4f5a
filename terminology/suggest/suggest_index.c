#include "terminology/suggest/suggest_index.h"

#include "core/ident.h"
#include "terminology/suggest/index_names.h"

#include <math.h>
#include <stdlib.h>

enum { JOINED_MAX = NAME_BYTES_MAX, NAME_GRAMS_MAX = 256 };

/* A word of this share of the concepts, and not in the core, names an axis and not the concept. */
static const double axis_word_share = 0.015;
static const float related_weight = 0.4F;

struct building {
    struct suggest_index *index;
    struct index_names names;
    float *weight;  /* of a word in the concept that is open; 0: not there */
    uint32_t *open; /* words of the open concept, the core's first */
    uint32_t nopen;
    uint32_t ncore;
    uint32_t *pairs; /* concept, word: postings before they are sorted by word */
    float *pair_weights;
    size_t npairs, pairs_size;
    uint32_t *gram_pairs; /* surface, gram */
    size_t ngram_pairs, gram_size;
};

uint32_t suggest_index_word(const struct suggest_index *index, struct text word)
{
    struct strmap_entry *entry = strmap_find(&index->vocabulary, word);

    return entry == NULL ? CODE_NONE : (uint32_t)entry->number - 1;
}

bool suggest_index_concept_has(const struct suggest_index *index, uint32_t concept,
                               uint32_t word)
{
    uint32_t low = index->postings_at[word];
    uint32_t high = index->postings_at[word + 1];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->postings[middle].concept < concept) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < index->postings_at[word + 1] && index->postings[low].concept == concept;
}

static bool names_an_axis(const struct building *building, uint32_t word)
{
    const struct suggest_index *index = building->index;

    return index->has_axes && building->weight[word] < 1 &&
           building->names.df[word] > axis_word_share * index->nconcepts + 8;
}

static void open_word(struct building *building, uint32_t word, float weight)
{
    if (building->weight[word] == 0) {
        building->open[building->nopen++] = word;
    }
    if (building->weight[word] < weight) {
        building->weight[word] = weight;
    }
}

static struct text join(const struct building *building, const struct index_name *name,
                        bool all, char out[JOINED_MAX])
{
    size_t used = 0;

    for (uint32_t i = 0; i < name->nwords; i++) {
        uint32_t number = building->names.words[name->first + i];
        struct text word = building->index->words[number];
        if (word.len + 1 > JOINED_MAX - used || (!all && names_an_axis(building, number))) {
            continue;
        }
        if (used > 0) {
            out[used++] = ' ';
        }
        memcpy(out + used, word.at, word.len);
        used += word.len;
    }
    return (struct text){out, used};
}

static void add_surface(struct building *building, const struct index_name *name,
                        struct strmap *seen)
{
    struct suggest_index *index = building->index;
    uint16_t grams[NAME_GRAMS_MAX];
    char joined[JOINED_MAX];
    struct text text = join(building, name, name->role == NAME_CORE, joined);
    struct strmap_entry *entry = strmap_put(seen, text);
    int ngrams;

    if (text.len == 0 || entry == NULL || entry->number == name->concept + 1ULL) {
        return;
    }
    entry->number = name->concept + 1ULL;
    ngrams = grams_of(text, grams, NAME_GRAMS_MAX);
    if (building->ngram_pairs + (size_t)ngrams > building->gram_size) {
        building->gram_size = building->gram_size * 2 + 65536;
        building->gram_pairs =
            xrealloc(building->gram_pairs, building->gram_size * 2 * sizeof(uint32_t));
    }
    for (int i = 0; i < ngrams; i++) {
        building->gram_pairs[2 * building->ngram_pairs] = index->nsurfaces;
        building->gram_pairs[2 * building->ngram_pairs++ + 1] = grams[i];
    }
    index->surfaces[index->nsurfaces++].concept = name->concept;
}

static void note_exact(struct building *building, const struct index_name *name)
{
    char joined[JOINED_MAX];
    struct strmap_entry *entry =
        strmap_put(&building->index->exact, join(building, name, true, joined));

    if (entry != NULL && entry->number == 0) {
        entry->number = 2ULL * name->row + 2 + (name->role == NAME_CORE);
    }
}

static void open_name(struct building *building, const struct index_name *name)
{
    for (uint32_t i = 0; i < name->nwords; i++) {
        uint32_t word = building->names.words[name->first + i];
        if (name->role == NAME_CORE) {
            open_word(building, word, 1);
        } else if (!names_an_axis(building, word)) {
            open_word(building, word, name->role == NAME_OTHER ? 0.9F : related_weight);
        }
    }
    if (name->role == NAME_CORE) {
        building->ncore = building->nopen;
    }
}

static void close_concept(struct building *building, uint32_t concept)
{
    struct suggest_index *index = building->index;
    float total = 0;

    if (building->npairs + building->nopen > building->pairs_size) {
        building->pairs_size = building->pairs_size * 2 + building->nopen + 65536;
        building->pairs =
            xrealloc(building->pairs, building->pairs_size * 2 * sizeof(uint32_t));
        building->pair_weights =
            xrealloc(building->pair_weights, building->pairs_size * sizeof(float));
    }
    for (uint32_t i = 0; i < building->nopen; i++) {
        uint32_t word = building->open[i];
        building->pairs[2 * building->npairs] = concept;
        building->pairs[2 * building->npairs + 1] = word;
        building->pair_weights[building->npairs++] = building->weight[word];
        if (i < building->ncore) {
            index->core.items[index->core.at[concept] + i] = word;
            total += index->word_is_default[word] ? 0 : index->idf[word];
        }
        building->weight[word] = 0;
    }
    index->core.at[concept + 1] = index->core.at[concept] + building->ncore;
    index->core_weight[concept] = total;
    building->nopen = 0;
    building->ncore = 0;
}

static void read_concepts(struct building *building)
{
    struct suggest_index *index = building->index;
    struct strmap seen;
    size_t next = 0;

    strmap_init(&seen, INDEX_SURFACES_MAX);
    strmap_init(&index->exact, INDEX_SURFACES_MAX);
    for (uint32_t concept = 0; concept < index->nconcepts; concept ++) {
        for (; next < building->names.count && building->names.at[next].concept == concept;
             next++) {
            const struct index_name *name = &building->names.at[next];
            open_name(building, name);
            if (name->role != NAME_RELATED) {
                add_surface(building, name, &seen);
                note_exact(building, name);
            }
        }
        close_concept(building, concept);
    }
    strmap_release(&seen);
}

/* Word by word, the concepts with the word's BM25 (k1 1.2, b 0.5); the length is the core's, so that
 * a concept does not suffer from having many names. */
static void sort_postings(struct building *building)
{
    struct suggest_index *index = building->index;
    double mean = (double)index->core.at[index->nconcepts] / (index->nconcepts + 1.0) + 1;

    index->postings_at = xcalloc((size_t)index->nwords + 2, sizeof(uint32_t));
    index->postings = xcalloc(building->npairs + 1, sizeof(struct index_posting));
    for (size_t i = 0; i < building->npairs; i++) {
        index->postings_at[building->pairs[2 * i + 1] + 2]++;
    }
    for (uint32_t i = 2; i < index->nwords + 2; i++) {
        index->postings_at[i] += index->postings_at[i - 1];
    }
    for (size_t i = 0; i < building->npairs; i++) {
        uint32_t concept = building->pairs[2 * i];
        uint32_t word = building->pairs[2 * i + 1];
        double length = index->core.at[concept + 1] - index->core.at[concept];
        double tf = (double)building->pair_weights[i];
        double norm = tf * 2.2 / (tf + 1.2 * (0.5 + 0.5 * length / mean));
        index->postings[index->postings_at[word + 1]++] =
            (struct index_posting){concept, (float)norm, building->pair_weights[i] >= 1};
    }
}

static void sort_grams(struct building *building)
{
    struct suggest_index *index = building->index;
    struct number_lists *grams = &index->grams;

    grams->at = xcalloc(GRAMS + 2, sizeof(uint32_t));
    grams->items = xcalloc(building->ngram_pairs + 1, sizeof(uint32_t));
    index->gram_weight = xcalloc(GRAMS, sizeof(float));
    for (size_t i = 0; i < building->ngram_pairs; i++) {
        grams->at[building->gram_pairs[2 * i + 1] + 2]++;
    }
    for (int gram = 0; gram < GRAMS; gram++) {
        double idf = log(1 + index->nsurfaces / (grams->at[gram + 2] + 1.0));
        index->gram_weight[gram] = (float)(idf * idf);
        grams->at[gram + 2] += grams->at[gram + 1];
    }
    for (size_t i = 0; i < building->ngram_pairs; i++) {
        uint32_t gram = building->gram_pairs[2 * i + 1];
        grams->items[grams->at[gram + 1]++] = building->gram_pairs[2 * i];
        index->surfaces[building->gram_pairs[2 * i]].norm += index->gram_weight[gram];
    }
    for (uint32_t i = 0; i < index->nsurfaces; i++) {
        index->surfaces[i].norm = sqrtf(index->surfaces[i].norm);
    }
}

static unsigned fields_of(enum code_dialect dialect)
{
    switch (dialect) {
    case CODE_LOINC:
        return LEXICON_LAB;
    case CODE_ATC:
    case CODE_RXNORM:
    case CODE_NDC:
        return LEXICON_DRUG;
    case CODE_ICD10CM:
    case CODE_ICD10:
    case CODE_ICD10_UK:
    case CODE_ICD10_GM:
    case CODE_ICD9CM:
    case CODE_ICD9CM_PROCEDURE:
    case CODE_ICD10PCS:
        return LEXICON_DIAGNOSIS;
    case CODE_PLAIN:
    case CODE_UCUM:
        return LEXICON_ALL;
    }
    return LEXICON_ALL;
}

struct suggest_index *suggest_index_new(const struct code_pack *pack)
{
    struct suggest_index *index = xcalloc(1, sizeof(*index));
    struct building building = {.index = index};

    index->pack = pack;
    index->is_atc = code_pack_dialect(pack) == CODE_ATC;
    index->is_drug = index->is_atc || code_pack_dialect(pack) == CODE_RXNORM ||
                     code_pack_dialect(pack) == CODE_NDC;
    index->lexicon = lexicon_new(fields_of(code_pack_dialect(pack)));
    index_names_read(index, &building.names);
    building.weight = xcalloc((size_t)index->nwords + 1, sizeof(float));
    building.open = xcalloc((size_t)index->nwords + 1, sizeof(uint32_t));
    index->core.at = xcalloc((size_t)index->nconcepts + 2, sizeof(uint32_t));
    index->core.items = xcalloc(building.names.nwords + 1, sizeof(uint32_t));
    index->core_weight = xcalloc((size_t)index->nconcepts + 1, sizeof(float));
    index->surfaces = xcalloc(building.names.count + 1, sizeof(*index->surfaces));
    index_words_weigh(index, &building.names);
    read_concepts(&building);
    sort_postings(&building);
    sort_grams(&building);
    index_words_find(index);
    index_axes_read(index);
    index_names_release(&building.names);
    free(building.weight);
    free(building.open);
    free(building.pairs);
    free(building.pair_weights);
    free(building.gram_pairs);
    return index;
}

void suggest_index_free(struct suggest_index *index)
{
    if (index == NULL) {
        return;
    }
    lexicon_free(index->lexicon);
    strmap_release(&index->vocabulary);
    strmap_release(&index->exact);
    for (int axis = 0; axis < INDEX_AXES; axis++) {
        free(index->values[axis]);
    }
    free(index->concept_of);
    free(index->rows.at);
    free(index->rows.items);
    free(index->core.at);
    free(index->core.items);
    free(index->core_weight);
    free(index->core_marks);
    free(index->words);
    free(index->idf);
    free(index->word_hash);
    free(index->word_is_kind);
    free(index->word_is_default);
    free(index->word_is_idle);
    free(index->word_is_number);
    free(index->alias_of);
    strmap_release(&index->skeletons);
    free(index->same_skeleton);
    free(index->core_top);
    free(index->top_hash);
    free(index->early);
    arena_release(&index->texts);
    free(index->concept_hash);
    free(index->word_axes);
    free(index->postings_at);
    free(index->postings);
    free(index->surfaces);
    free(index->gram_weight);
    free(index->grams.at);
    free(index->grams.items);
    free(index->word_grams.at);
    free(index->word_grams.items);
    free(index->word_ngrams);
    free(index->value_of);
    free(index->rank);
    free(index->row_marks);
    free(index);
}
