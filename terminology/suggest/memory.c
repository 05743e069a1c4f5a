#include "terminology/suggest/memory.h"

#include "core/ident.h"

#include <math.h>
#include <stdlib.h>

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
