#include "terminology/suggest/memory.h"

#include "core/ident.h"

#include <math.h>
#include <stdlib.h>

enum { MEMORY_WORDS_MAX = 1000000 };

/* Of a word that no decision had: the share of words that the right concept has, as two cases. */
static const float trust_before = 0.75F;

uint64_t memory_unit_hash(struct text unit)
{
    char bytes[32];
    size_t used = 0;

    for (size_t i = 0; i < unit.len && used < sizeof(bytes); i++) {
        char byte = unit.at[i];
        if (byte != ' ') {
            bytes[used++] = (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
        }
    }
    return checksum_of(bytes, used);
}

uint8_t memory_part_of(struct text joined)
{
    return (uint8_t)(checksum_of(joined.at, joined.len) % MEMORY_PARTS);
}

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

float memory_trust(const struct memory *memory, struct text word, uint8_t part)
{
    const struct strmap_entry *entry = strmap_find(&memory->words, word);
    float seen = 0;
    float hits = 0;

    for (int i = 0; entry != NULL && memory->trust != NULL && i < MEMORY_PARTS; i++) {
        const struct memory_trust *trust = &memory->trust[entry->number - 1];
        seen += i == part ? 0 : (float)trust->seen[i];
        hits += i == part ? 0 : trust->hits[i];
    }
    return (hits + trust_before * 2) / (seen + 2) / trust_before;
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

void memory_room_init(struct memory_room *room, const struct memory *memory)
{
    room->shared = xcalloc((size_t)memory->ndecisions + 1, sizeof(float));
    room->touched = xcalloc((size_t)memory->ndecisions + 1, sizeof(uint32_t));
}

void memory_room_release(struct memory_room *room)
{
    free(room->shared);
    free(room->touched);
    *room = (struct memory_room){0};
}

static int keep_near(struct memory_near near[MEMORY_NEAR_MAX], int count,
                     struct memory_near one)
{
    int at;

    for (at = 0; at < count && near[at].row != one.row; at++) {
    }
    if (at == MEMORY_NEAR_MAX || (at == count && count == MEMORY_NEAR_MAX)) {
        at = MEMORY_NEAR_MAX - 1;
    }
    if (at < count && near[at].likeness >= one.likeness) {
        near[at].is_same |= near[at].row == one.row && one.is_same;
        return count;
    }
    count += at == count;
    while (at > 0 && near[at - 1].likeness < one.likeness) {
        near[at] = near[at - 1];
        at--;
    }
    near[at] = one;
    return count;
}

static float share_words(const struct memory *memory, struct memory_room *room,
                         const struct asked *asked, uint32_t *ntouched)
{
    float norm = 0;

    *ntouched = 0;
    for (int i = 0; i < asked->nwords; i++) {
        struct strmap_entry *entry = strmap_find(&memory->words, asked->words[i].text);
        uint32_t word;
        if (!asked->words[i].in_name) {
            continue;
        }
        if (entry == NULL) {
            norm += (float)pow(log(2.0 * memory->ndecisions + 1), 2);
            continue;
        }
        word = (uint32_t)entry->number - 1;
        norm += memory->weight[word];
        for (uint32_t at = memory->by_word.at[word]; at < memory->by_word.at[word + 1]; at++) {
            uint32_t decision = memory->by_word.items[at];
            if (room->shared[decision] == 0) {
                room->touched[(*ntouched)++] = decision;
            }
            room->shared[decision] += memory->weight[word];
        }
    }
    return sqrtf(norm);
}

int memory_find(const struct memory *memory, struct memory_room *room,
                const struct asked *asked, uint64_t unit, uint8_t part,
                struct memory_near near[MEMORY_NEAR_MAX])
{
    uint64_t name = checksum_of(asked->joined, asked->joined_len);
    uint32_t ntouched;
    float norm;
    int count = 0;

    if (memory->ndecisions == 0) {
        return 0;
    }
    norm = share_words(memory, room, asked, &ntouched);
    for (uint32_t i = 0; i < ntouched; i++) {
        const struct memory_decision *decision = &memory->decisions[room->touched[i]];
        float shared = room->shared[room->touched[i]];
        room->shared[room->touched[i]] = 0;
        if (decision->part != part && decision->row != CODE_NONE) {
            bool same_unit = decision->unit == unit;
            count = keep_near(near, count,
                              (struct memory_near){
                                  .row = decision->row,
                                  .decision = room->touched[i],
                                  .likeness = shared / (norm * decision->norm + 1e-6F) *
                                              (same_unit ? 1 : 0.95F),
                                  .is_same = decision->name == name,
                                  .same_unit = same_unit,
                                  .p05 = decision->p05,
                                  .p50 = decision->p50,
                                  .p95 = decision->p95,
                                  .has_values = decision->has_values,
                              });
        }
    }
    return count;
}

float memory_reliability(const struct memory *memory, const struct memory_near *near, int count)
{
    float sum = 0.25F;
    float all = 0.5F;

    for (int i = 0; i < count; i++) {
        uint8_t outcome = memory->decisions[near[i].decision].outcome;
        float weight = near[i].likeness * near[i].likeness;
        if (outcome != OUTCOME_UNKNOWN) {
            sum += outcome == OUTCOME_RIGHT ? weight : 0;
            all += weight;
        }
    }
    return sum / all;
}

uint32_t memory_count(const struct memory *memory, uint32_t row, uint8_t part)
{
    uint32_t count = 0;

    if (memory->approved == NULL || (memory->approved[row / 64] >> row % 64 & 1) == 0) {
        return 0;
    }
    for (int i = 0; i < MEMORY_PARTS; i++) {
        count += i == part ? 0 : memory->approvals[row].of_part[i];
    }
    return count;
}
