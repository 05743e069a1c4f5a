/* memory_fill.c - decisions read into the memory, once. */
#include "core/ident.h"
#include "terminology/suggest/memory.h"

#include <math.h>
#include <stdlib.h>

enum { MEMORY_WORDS_MAX = 1000000 };

static void count_approvals(struct memory *memory, uint32_t nrows)
{
    memory->approvals = xcalloc((size_t)nrows + 1, sizeof(*memory->approvals));
    memory->approved = xcalloc((size_t)nrows / 64 + 1, sizeof(uint64_t));
    for (uint32_t i = 0; i < memory->ndecisions; i++) {
        const struct memory_decision *decision = &memory->decisions[i];
        if (decision->row != CODE_NONE) {
            memory->approvals[decision->row].of_part[decision->part]++;
            memory->approved[decision->row / 64] |= 1ULL << decision->row % 64;
        }
    }
}

/* The distinct words of a form as numbers of the memory's own. */
static int words_of(struct memory *memory, const struct name_form *form,
                    uint32_t words[NAME_WORDS_MAX])
{
    int count = 0;

    for (int i = 0; i < form->nwords; i++) {
        struct strmap_entry *entry = strmap_put(&memory->words, form->words[i]);
        bool seen = entry == NULL;
        if (entry != NULL && entry->number == 0) {
            entry->number = ++memory->nwords;
        }
        for (int j = 0; !seen && j < count; j++) {
            seen = words[j] == entry->number - 1;
        }
        if (!seen) {
            words[count++] = (uint32_t)entry->number - 1;
        }
    }
    return count;
}

struct word_pairs {
    uint32_t *at; /* word, decision */
    size_t count, size;
};

static void read_decision(struct memory *memory, const struct suggest_index *index,
                          const struct suggest_decision *decision, uint32_t row,
                          struct word_pairs *pairs)
{
    struct memory_decision *kept = &memory->decisions[memory->ndecisions];
    uint32_t words[NAME_WORDS_MAX];
    char joined[NAME_BYTES_MAX];
    struct name_form form;
    size_t len;
    int nwords;

    name_form_make(&form, index->lexicon, decision->query.name);
    len = name_form_join(&form, joined, sizeof(joined));
    *kept = (struct memory_decision){
        .name = checksum_of(joined, len),
        .unit = memory_unit_hash(decision->query.unit),
        .row = row,
        .part = memory_part_of((struct text){joined, len}),
        .has_values = decision->query.count > 0,
        .p05 = decision->query.p05,
        .p50 = decision->query.p50,
        .p95 = decision->query.p95,
    };
    nwords = words_of(memory, &form, words);
    if (pairs->count + (size_t)nwords > pairs->size) {
        pairs->size = pairs->size * 2 + 4096;
        pairs->at = xrealloc(pairs->at, pairs->size * 2 * sizeof(uint32_t));
    }
    for (int i = 0; i < nwords; i++) {
        pairs->at[2 * pairs->count] = words[i];
        pairs->at[2 * pairs->count++ + 1] = memory->ndecisions;
    }
    memory->ndecisions++;
}

static void sort_words(struct memory *memory, const struct word_pairs *pairs)
{
    struct number_lists *lists = &memory->by_word;

    lists->at = xcalloc((size_t)memory->nwords + 2, sizeof(uint32_t));
    lists->items = xcalloc(pairs->count + 1, sizeof(uint32_t));
    memory->weight = xcalloc((size_t)memory->nwords + 1, sizeof(float));
    for (size_t i = 0; i < pairs->count; i++) {
        lists->at[pairs->at[2 * i] + 2]++;
    }
    for (uint32_t word = 0; word < memory->nwords; word++) {
        double idf = log(1 + memory->ndecisions / (lists->at[word + 2] + 0.5));
        memory->weight[word] = (float)(idf * idf);
        lists->at[word + 2] += lists->at[word + 1];
    }
    for (size_t i = 0; i < pairs->count; i++) {
        uint32_t word = pairs->at[2 * i];
        uint32_t decision = pairs->at[2 * i + 1];
        lists->items[lists->at[word + 1]++] = decision;
        memory->decisions[decision].norm += memory->weight[word];
    }
    for (uint32_t i = 0; i < memory->ndecisions; i++) {
        memory->decisions[i].norm = sqrtf(memory->decisions[i].norm);
    }
}

static float found_in(const struct suggest_index *index, uint32_t concept,
                      const struct asked_word *word)
{
    for (int i = 0; i < word->nalike; i++) {
        if (suggest_index_concept_has(index, concept, word->alike[i].word)) {
            return word->alike[i].sureness;
        }
    }
    return 0;
}

static void judge_words(struct memory *memory, const struct suggest_index *index,
                        const struct suggest_decision *decisions, size_t count)
{
    struct asked *asked = xcalloc(1, sizeof(*asked));
    struct asked_room room;

    asked_room_init(&room, index);
    memory->trust = xcalloc((size_t)memory->nwords + 1, sizeof(*memory->trust));
    for (size_t i = 0; i < count; i += count / MEMORY_TRUST_MAX + 1) {
        const struct memory_decision *kept = &memory->decisions[i];
        if (kept->row == CODE_NONE) {
            continue;
        }
        asked_make(asked, &room, index, &decisions[i].query);
        for (int j = 0; j < asked->nwords; j++) {
            struct strmap_entry *entry = strmap_find(&memory->words, asked->words[j].text);
            if (entry != NULL && asked->words[j].in_name) {
                struct memory_trust *trust = &memory->trust[entry->number - 1];
                trust->seen[kept->part]++;
                trust->hits[kept->part] +=
                    found_in(index, index->concept_of[kept->row], &asked->words[j]);
            }
        }
    }
    asked_room_release(&room);
    free(asked);
}

void memory_fill(struct memory *memory, const struct suggest_index *index,
                 const struct suggest_decision *decisions, const uint32_t *rows, size_t count)
{
    struct word_pairs pairs = {0};

    *memory = (struct memory){0};
    strmap_init(&memory->words, MEMORY_WORDS_MAX);
    memory->decisions = xcalloc(count + 1, sizeof(*memory->decisions));
    for (size_t i = 0; i < count; i++) {
        read_decision(memory, index, &decisions[i], rows[i], &pairs);
    }
    count_approvals(memory, code_pack_count(index->pack));
    sort_words(memory, &pairs);
    judge_words(memory, index, decisions, count);
    free(pairs.at);
}

void memory_release(struct memory *memory)
{
    free(memory->decisions);
    free(memory->by_word.at);
    free(memory->by_word.items);
    free(memory->weight);
    free(memory->trust);
    free(memory->approvals);
    free(memory->approved);
    strmap_release(&memory->words);
    *memory = (struct memory){0};
}
