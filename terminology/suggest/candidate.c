#include "terminology/suggest/candidate.h"

#include "core/ident.h"
#include "terminology/suggest/axis_match.h"
#include "terminology/suggest/concept_stage.h"
#include "terminology/suggest/ranked.h"

#include <math.h>
#include <stdlib.h>

const float feature_defaults[FEATURES] = {
#define X(feature, weight, name, text) weight,
    FEATURE_LIST(X)
#undef X
};

const char *feature_name(enum feature feature)
{
    static const char *const names[] = {
#define X(feature, weight, name, text) name,
        FEATURE_LIST(X)
#undef X
    };

    return names[feature];
}

const char *feature_text(enum feature feature)
{
    static const char *const texts[] = {
#define X(feature, weight, name, text) text,
        FEATURE_LIST(X)
#undef X
    };

    return texts[feature];
}

int candidate_compare(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;

    if (x->score != y->score) {
        return x->score < y->score ? 1 : -1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

void candidate_room_init(struct candidate_room *room, const struct suggest_index *index,
                         const struct memory *memory)
{
    *room = (struct candidate_room){0};
    asked_room_init(&room->words, index);
    memory_room_init(&room->memory, memory);
    room->sums = xcalloc((size_t)index->nconcepts + 1, sizeof(*room->sums));
    room->grams = xcalloc((size_t)index->nconcepts + 1, sizeof(float));
    room->seen = xcalloc((size_t)index->nconcepts / 64 + 1, sizeof(uint64_t));
    room->surface = xcalloc((size_t)index->nsurfaces + 1, sizeof(float));
    room->touched = xcalloc((size_t)index->nsurfaces + 1, sizeof(uint32_t));
    for (int axis = 0; axis < INDEX_AXES; axis++) {
        size_t n = (size_t)index->nvalues[axis] + 1;
        room->axis[axis][0] = xcalloc(n, sizeof(float));
        room->axis[axis][1] = xcalloc(n, sizeof(float));
        room->axis_stamp[axis] = xcalloc(n, sizeof(uint32_t));
    }
}

void candidate_room_release(struct candidate_room *room)
{
    asked_room_release(&room->words);
    memory_room_release(&room->memory);
    free(room->sums);
    free(room->grams);
    free(room->seen);
    free(room->surface);
    free(room->touched);
    for (int axis = 0; axis < INDEX_AXES; axis++) {
        free(room->axis[axis][0]);
        free(room->axis[axis][1]);
        free(room->axis_stamp[axis]);
    }
    *room = (struct candidate_room){0};
}

/* --- features of a concept --- */

static bool core_has(const struct suggest_index *index, uint32_t concept, uint32_t word)
{
    for (uint32_t at = index->core.at[concept]; at < index->core.at[concept + 1]; at++) {
        if (index->core.items[at] == word) {
            return true;
        }
    }
    return false;
}

static float answered(const struct asked *asked, uint32_t word)
{
    float best = 0;

    for (int i = 0; i < asked->nwords; i++) {
        for (int j = 0; asked->words[i].in_name && j < asked->words[i].nalike; j++) {
            const struct alike *alike = &asked->words[i].alike[j];
            if (alike->word == word && alike->sureness > best) {
                best = alike->sureness;
            }
        }
    }
    return best;
}

static void read_core(struct concept_slot *slot, const struct suggest_index *index,
                      const struct asked *asked)
{
    float extra = 0;
    float back = 0;

    for (uint32_t at = index->core.at[slot->concept]; at < index->core.at[slot->concept + 1];
         at++) {
        uint32_t word = index->core.items[at];
        float sureness = answered(asked, word);
        if (index->word_is_default[word]) {
            continue;
        }
        back += index->idf[word] * sureness;
        if (sureness > 0) {
            continue;
        }
        extra += index->idf[word];
        if (slot->nunmatched < UNMATCHED_MAX) {
            slot->unmatched[slot->nunmatched++] = word;
        }
        if (name_word_is_number(index->words[word])) {
            slot->features[F_NUMBER] = 1;
        }
        if (index->word_is_kind[word]) {
            slot->features[F_KIND_EXTRA] = 1;
        }
    }
    slot->features[F_BACK] = back / (index->core_weight[slot->concept] + 0.1F);
    slot->features[F_EXTRA] = extra < 20 ? extra / 10 : 2;
}

static void read_question(struct concept_slot *slot, const struct suggest_index *index,
                          const struct asked *asked)
{
    unsigned marks = index->core_marks[slot->concept];

    for (int i = 0; i < asked->nwords; i++) {
        const struct asked_word *word = &asked->words[i];
        if (word->in_name && word->word != CODE_NONE && index->word_is_kind[word->word] &&
            !core_has(index, slot->concept, word->word)) {
            slot->features[F_KIND_MISSING] = 1;
        }
    }
    if ((marks & CORE_RATIO) != 0 && !asked->says_ratio) {
        slot->features[F_RATIO_EXTRA] = 1;
    }
    if ((marks & CORE_RATIO) == 0 && asked->says_ratio) {
        slot->features[F_RATIO_MISSING] = 1;
    }
    if ((marks & CORE_CHALLENGE) != 0 && !asked->says_challenge) {
        slot->features[F_CHALLENGE_EXTRA] = 1;
    }
    if ((marks & CORE_CHALLENGE) == 0 && asked->says_challenge) {
        slot->features[F_CHALLENGE_MISSING] = 1;
    }
}

/* The first word that is no number and names no axis is what the thing is. */
static float head_match(const struct suggest_index *index, const struct asked *asked,
                        uint32_t concept)
{
    for (int i = 0; i < asked->nwords; i++) {
        const struct asked_word *word = &asked->words[i];
        if (word->is_number || word->axes != 0 || word->text.len < 2 ||
            !asked_word_tells(word)) {
            continue;
        }
        for (int j = 0; j < word->nalike; j++) {
            if (suggest_index_concept_has(index, concept, word->alike[j].word)) {
                return word->alike[j].sureness;
            }
        }
        return 0;
    }
    return 0;
}

static void fill_slot(struct candidates *found, const struct candidate_room *room,
                      const struct suggest_index *index, uint32_t concept)
{
    const struct concept_sum *sum = &room->sums[concept];
    struct concept_slot *slot = &found->slots[found->nslots++];
    const struct asked *asked = &found->asked;

    *slot = (struct concept_slot){.concept = concept};
    slot->features[F_BM25] = sum->bm25 / (asked->total + 0.1F);
    slot->features[F_COVER] = sum->cover / (asked->total + 0.1F);
    slot->features[F_GRAMS] = room->grams[concept];
    slot->features[F_HEAD] = head_match(index, asked, concept);
    slot->features[F_EXACT] =
        found->exact != CODE_NONE && index->concept_of[found->exact] == concept;
    read_core(slot, index, asked);
    read_question(slot, index, asked);
}

/* --- rows --- */

static struct axis_match axis_of(struct candidate_room *room, const struct suggest_index *index,
                                 const struct asked *asked, enum axis axis, uint16_t value)
{
    float *agrees = &room->axis[axis][0][value];
    float *against = &room->axis[axis][1][value];

    if (room->axis_stamp[axis][value] != room->stamp) {
        struct axis_match match = axis_match(asked, axis, &index->values[axis][value]);
        *agrees = match.agrees;
        *against = match.against;
        room->axis_stamp[axis][value] = room->stamp;
    }
    return (struct axis_match){*agrees, *against};
}

static void read_axes(struct candidate *candidate, struct candidate_room *room,
                      const struct suggest_index *index, const struct asked *asked)
{
    static const int into[INDEX_AXES][2] = {
        [AXIS_SYSTEM] = {F_SYSTEM_AGREES, F_SYSTEM_AGAINST},
        [AXIS_PROPERTY] = {F_PROPERTY_AGREES, F_PROPERTY_AGAINST},
        [AXIS_SCALE] = {F_SCALE_AGREES, F_SCALE_AGAINST},
        [AXIS_TIME] = {F_TIME_AGREES, F_TIME_AGAINST},
        [AXIS_METHOD] = {F_METHOD_AGREES, F_METHOD_EXTRA},
        [AXIS_ROUTE] = {F_ROUTE_AGREES, F_ROUTE_AGAINST},
    };
    const uint16_t *values = &index->value_of[(size_t)candidate->row * INDEX_AXES];
    const struct axis_value *system = &index->values[AXIS_SYSTEM][values[AXIS_SYSTEM]];
    struct text property = index->values[AXIS_PROPERTY][values[AXIS_PROPERTY]].text;
    bool method = values[AXIS_METHOD] != 0;

    for (int axis = 0; axis < INDEX_AXES; axis++) {
        struct axis_match match = axis_of(room, index, asked, (enum axis)axis, values[axis]);
        candidate->features[into[axis][0]] = match.agrees;
        candidate->features[into[axis][1]] = match.against;
    }
    candidate->features[F_METHOD_EXTRA] =
        method && candidate->features[F_METHOD_AGREES] == 0 ? 1 : 0;
    candidate->features[F_METHOD_MISSING] =
        !method && index->has_axes && (asked->cues & (1U << AXIS_METHOD)) != 0 ? 1 : 0;
    if ((asked->cues & (1U << AXIS_SYSTEM)) == 0) {
        candidate->features[F_SYSTEM_USUAL] = system->usual;
    }
    candidate->features[F_SYSTEM_OPEN] = system->is_open ? 1 : 0;
    if (asked->said != UNIT_NONE && asked->unit == UNIT_NONE && property.len > 0) {
        candidate->features[F_SAID_AGREES] = unit_kind_agrees(asked->said, property);
        candidate->features[F_SAID_AGAINST] = candidate->features[F_SAID_AGREES] == 0 ? 1 : 0;
    }
}

/* Where values lie: how much of the wider span of logarithms two entries share. */
static float values_agree(const struct suggest_query *query, const struct memory_near *near)
{
    double low, high, all_low, all_high;

    if (query->count == 0 || !near->has_values || !near->same_unit || query->p05 <= 0 ||
        near->p05 <= 0 || query->p95 < query->p05 || near->p95 < near->p05) {
        return 0;
    }
    low = fmax(log(query->p05), log(near->p05));
    high = fmin(log(query->p95), log(near->p95));
    all_low = fmin(log(query->p05), log(near->p05));
    all_high = fmax(log(query->p95), log(near->p95));
    return high <= low ? -1 : (float)((high - low) / (all_high - all_low + 1e-9));
}

static void read_memory(struct candidate *candidate, const struct candidates *found,
                        const struct suggest_query *query)
{
    for (int i = 0; i < found->nnear; i++) {
        const struct memory_near *near = &found->near[i];
        if (near->row == candidate->row) {
            candidate->features[F_NEAR] = near->likeness;
            candidate->features[F_APPROVED] = near->is_same ? (near->same_unit ? 1 : 0.7F) : 0;
            candidate->features[F_VALUES] = values_agree(query, near);
        }
    }
}

static void read_row(struct candidate *candidate, const struct candidates *found,
                     const struct suggest_index *index, const struct suggest_query *query)
{
    unsigned marks = index->row_marks[candidate->row];
    uint16_t rank = index->rank[candidate->row];

    candidate->features[F_DEPRECATED] = (marks & ROW_DEPRECATED) != 0;
    candidate->features[F_UNSURE] = (marks & ROW_UNSURE) != 0;
    candidate->features[F_HEADING] = (marks & ROW_HEADING) != 0;
    candidate->features[F_EXACT_ROW] = candidate->row == found->exact_row;
    if (rank > 0) {
        float often = query->frequency > 100 ? 1 : 0.7F;
        candidate->features[F_RANK] = often * (1 - logf((float)rank) / logf(20000));
    }
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
    read_row(candidate, found, finding->index, finding->query);
    read_axes(candidate, finding->room, finding->index, &found->asked);
    read_memory(candidate, found, finding->query);
    approvals = memory_count(finding->memory, row, finding->part);
    candidate->features[F_POPULAR] = approvals == 0 ? 0 : logf(1 + (float)approvals) / 3;
}

/* Of a concept with very many codes, those whose axes agree most. */
static float promise(const struct finding *finding, uint32_t row)
{
    const struct suggest_index *index = finding->index;
    const uint16_t *values = &index->value_of[(size_t)row * INDEX_AXES];
    float sum = index->values[AXIS_SYSTEM][values[AXIS_SYSTEM]].usual;

    for (int axis = 0; axis < INDEX_AXES; axis++) {
        struct axis_match match = axis_of(finding->room, index, &finding->found->asked,
                                          (enum axis)axis, values[axis]);
        sum += match.agrees - match.against;
    }
    return sum;
}

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
        all[i] = (struct ranked){.number = row, .score = promise(finding, row)};
    }
    ranked_best(all, count, CONCEPT_ROWS_MAX);
    for (uint32_t i = 0; i < CONCEPT_ROWS_MAX; i++) {
        add_row(finding, all[i].number, slot);
    }
    free(all);
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
            fill_slot(found, finding->room, finding->index, concept);
            add_rows(finding, (uint16_t)(found->nslots - 1));
        }
    }
}

/* A name that is a code's own, or a whole concept's. */
static void find_exact(struct candidates *found, const struct suggest_index *index)
{
    const struct asked *asked = &found->asked;
    const struct strmap_entry *entry =
        strmap_find(&index->exact, (struct text){asked->joined, asked->joined_len});

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
            fill_slot(found, room, index, concepts[i].concept);
            add_rows(&finding, (uint16_t)(found->nslots - 1));
        }
    }
}
