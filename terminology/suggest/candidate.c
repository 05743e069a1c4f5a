#include "terminology/suggest/candidate.h"

#include "core/ident.h"
#include "terminology/suggest/concept_slot.h"
#include "terminology/suggest/concept_stage.h"
#include "terminology/suggest/ranked.h"
#include "terminology/suggest/row_features.h"

#include <math.h>
#include <stdlib.h>

int candidate_compare(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;

    if (x->score != y->score) {
        return x->score < y->score ? 1 : -1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

struct finding {
    struct candidates *found;
    struct candidate_room *room;
    const struct suggest_index *index;
    const struct memory *memory;
    const struct suggest_query *query;
    uint8_t part;
};

static void add_row(const struct finding *finding, uint32_t row, uint16_t slot)
{
    struct candidates *found = finding->found;
    struct candidate *candidate;
    uint32_t approvals;

    if (found->count == CANDIDATES_MAX) {
        return;
    }
    candidate = &found->list[found->count++];
    *candidate = (struct candidate){.row = row, .slot = slot};
    memcpy(candidate->features, found->slots[slot].features,
           sizeof(found->slots[slot].features));
    row_features_read(candidate, found, finding->room, finding->index, finding->query);
    approvals = memory_count(finding->memory, row, finding->part);
    candidate->features[F_POPULAR] = approvals == 0 ? 0 : logf(1 + (float)approvals) / 3;
}

/* Of a concept with very many codes, those whose axes agree most. */
static void add_rows(const struct finding *finding, uint16_t slot)
{
    const struct number_lists *rows = &finding->index->rows;
    uint32_t concept = finding->found->slots[slot].concept;
    uint32_t count = rows->at[concept + 1] - rows->at[concept];
    struct ranked *all;

    if (count <= CONCEPT_ROWS_MAX) {
        for (uint32_t at = rows->at[concept]; at < rows->at[concept + 1]; at++) {
            add_row(finding, rows->items[at], slot);
        }
        return;
    }
    all = xcalloc(count, sizeof(*all));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = rows->items[rows->at[concept] + i];
        all[i] = (struct ranked){
            .number = row,
            .score = row_promise(finding->found, finding->room, finding->index, row)};
    }
    ranked_best(all, count, CONCEPT_ROWS_MAX);
    for (uint32_t i = 0; i < CONCEPT_ROWS_MAX; i++) {
        add_row(finding, all[i].number, slot);
    }
    free(all);
}

static uint16_t open_slot(const struct finding *finding, uint32_t concept)
{
    struct candidates *found = finding->found;

    concept_slot_fill(&found->slots[found->nslots], found, finding->room, finding->index,
                      concept);
    return (uint16_t)found->nslots++;
}

static bool has_slot(const struct candidates *found, uint32_t concept)
{
    for (int i = 0; i < found->nslots; i++) {
        if (found->slots[i].concept == concept) {
            return true;
        }
    }
    return false;
}

/* Concepts whose codes were approved for names that are alike: their other codes too. */
static void add_near(const struct finding *finding)
{
    struct candidates *found = finding->found;

    for (int i = 0; i < found->nnear; i++) {
        uint32_t concept = finding->index->concept_of[found->near[i].row];
        if (concept != CODE_NONE && !has_slot(found, concept)) {
            add_rows(finding, open_slot(finding, concept));
        }
    }
}

/* A name that is a code's own, or a whole concept's. */
static void find_exact(struct candidates *found, const struct suggest_index *index)
{
    const struct asked *asked = &found->asked;
    const struct strmap_entry *entry =
        strmap_find(&index->exact, (struct text){asked->joined, asked->joined_len});

    found->asked_hash = checksum_of(asked->joined, asked->joined_len);
    found->exact = CODE_NONE;
    found->exact_row = CODE_NONE;
    if (entry != NULL && asked->joined_len > 0) {
        found->exact = (uint32_t)((entry->number - 2) / 2);
        found->exact_row =
            entry->number % 2 == 0 || !index->has_axes ? found->exact : CODE_NONE;
    }
}

/* What the site's decisions say of its words. */
static void trust_words(struct asked *asked, const struct memory *memory, uint8_t part)
{
    if (memory->ndecisions == 0) {
        return;
    }
    asked->total = 0;
    for (int i = 0; i < asked->nwords; i++) {
        struct asked_word *word = &asked->words[i];
        word->trust = memory_trust(memory, word->text, part);
        word->weight *= word->trust;
        asked->total += word->in_name ? word->weight : 0;
    }
}

void candidates_find(struct candidates *found, struct candidate_room *room,
                     const struct suggest_index *index, const struct memory *memory,
                     const struct suggest_query *query, uint8_t part)
{
    struct ranked_concept concepts[CONCEPTS_MAX];
    struct finding finding = {found, room, index, memory, query, part};
    int nconcepts;

    room->stamp++;
    found->count = 0;
    found->nslots = 0;
    asked_make(&found->asked, &room->words, index, query);
    trust_words(&found->asked, memory, part);
    nconcepts = concept_stage(room, index, &found->asked, concepts);
    find_exact(found, index);
    found->nnear = memory_find(memory, &room->memory, &found->asked,
                               memory_unit_hash(query->unit), part, found->near);
    add_near(&finding);
    for (int i = 0; i < nconcepts; i++) {
        if (!has_slot(found, concepts[i].concept)) {
            add_rows(&finding, open_slot(&finding, concepts[i].concept));
        }
    }
}
