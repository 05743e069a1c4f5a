#include "terminology/suggest/weights.h"

#include "terminology/suggest/concept_slot.h"

#include <stdlib.h>

void weights_init(struct weights *weights)
{
    *weights = (struct weights){0};
    memcpy(weights->features, feature_defaults, sizeof(feature_defaults));
}

void weights_release(struct weights *weights)
{
    free(weights->slots);
    free(weights->filter);
    free(weights->traits);
    *weights = (struct weights){0};
}

const char *pair_name(enum pair_kind kind)
{
    static const char *const names[] = {
#define X(kind, name) name,
        PAIR_LIST(X)
#undef X
    };

    return names[kind];
}

bool pair_kind_of(struct text name, enum pair_kind *out)
{
    for (int kind = 0; kind < PAIR_KINDS; kind++) {
        if (text_is(name, pair_name((enum pair_kind)kind))) {
            *out = (enum pair_kind)kind;
            return true;
        }
    }
    return false;
}

uint64_t weights_key(enum pair_kind kind, uint64_t trait, uint64_t value)
{
    uint64_t key = trait * 0x9e3779b97f4a7c15ULL ^ value;

    key = (key ^ (key >> 29)) * 0xbf58476d1ce4e5b9ULL + (uint64_t)kind;
    key = (key ^ (key >> 32)) * 0x94d049bb133111ebULL;
    key ^= key >> 31;
    return key == 0 ? 1 : key;
}

static void grow(struct weights *weights)
{
    struct weight *old = weights->slots;
    size_t nold = weights->nslots;

    weights->nslots = nold == 0 ? 1024 : nold * 2;
    weights->slots = xcalloc(weights->nslots, sizeof(*weights->slots));
    for (size_t i = 0; i < nold; i++) {
        size_t at = (size_t)old[i].key & (weights->nslots - 1);
        if (old[i].key == 0) {
            continue;
        }
        while (weights->slots[at].key != 0) {
            at = (at + 1) & (weights->nslots - 1);
        }
        weights->slots[at] = old[i];
    }
    free(old);
}

static struct weight *find(const struct weights *weights, uint64_t key)
{
    size_t at = (size_t)key & (weights->nslots - 1);

    while (weights->slots[at].key != 0 && weights->slots[at].key != key) {
        at = (at + 1) & (weights->nslots - 1);
    }
    return &weights->slots[at];
}

struct weight *weights_at(struct weights *weights, uint64_t key, bool make)
{
    struct weight *slot;

    if (make && weights->count * 2 >= weights->nslots && weights->count < WEIGHTS_MAX) {
        grow(weights);
    }
    if (weights->nslots == 0) {
        return NULL;
    }
    slot = find(weights, key);
    if (slot->key == key) {
        return slot;
    }
    if (!make || weights->count == WEIGHTS_MAX) {
        return NULL;
    }
    slot->key = key;
    weights->count++;
    return slot;
}

void weights_note_trait(struct weights *weights, uint64_t trait)
{
    size_t bit = trait & (WEIGHTS_TRAIT_BITS - 1);

    if (weights->traits == NULL) {
        weights->traits = xcalloc(WEIGHTS_TRAIT_BITS / 64, sizeof(uint64_t));
    }
    weights->traits[bit / 64] |= 1ULL << bit % 64;
}

static bool has_trait(const struct weights *weights, uint64_t trait)
{
    size_t bit = trait & (WEIGHTS_TRAIT_BITS - 1);

    return weights->traits != NULL && (weights->traits[bit / 64] >> bit % 64 & 1) != 0;
}

void weights_freeze(struct weights *weights)
{
    struct weight *old = weights->slots;
    size_t nold = weights->nslots;

    weights->slots = NULL;
    weights->nslots = 0;
    weights->count = 0;
    weights->filter = xcalloc(WEIGHTS_FILTER_BITS / 64, sizeof(uint64_t));
    for (size_t i = 0; i < nold; i++) {
        if (old[i].key != 0 && old[i].value != 0) {
            size_t bit = old[i].key >> 40 & (WEIGHTS_FILTER_BITS - 1);
            weights_at(weights, old[i].key, true)->value = old[i].value;
            weights->filter[bit / 64] |= 1ULL << bit % 64;
        }
    }
    free(old);
}

float weights_of(const struct weights *weights, uint64_t key)
{
    size_t bit = key >> 40 & (WEIGHTS_FILTER_BITS - 1);

    if (weights->nslots == 0 ||
        (weights->filter != NULL && (weights->filter[bit / 64] >> bit % 64 & 1) == 0)) {
        return 0;
    }
    return find(weights, key)->value;
}

void score_room_init(struct score_room *room, const struct suggest_index *index)
{
    *room = (struct score_room){0};
    for (int axis = 0; axis < INDEX_AXES; axis++) {
        room->axis[axis] = xcalloc((size_t)index->nvalues[axis] + 1, sizeof(float));
        room->axis_stamp[axis] = xcalloc((size_t)index->nvalues[axis] + 1, sizeof(uint32_t));
    }
}

void score_room_release(struct score_room *room)
{
    for (int axis = 0; axis < INDEX_AXES; axis++) {
        free(room->axis[axis]);
        free(room->axis_stamp[axis]);
    }
    *room = (struct score_room){0};
}

struct text concept_text(const struct suggest_index *index, uint32_t concept)
{
    uint32_t row = index->rows.items[index->rows.at[concept]];
    struct text name;
    struct text value;

    for (size_t at = 0; code_pack_property(index->pack, row, &at, &name, &value);) {
        if (text_is(name, "COMPONENT")) {
            return value;
        }
    }
    return code_pack_entry(index->pack, row).code;
}

/* Of a query, what any pair was learned of. */
struct known_traits {
    uint64_t traits[TRAITS_MAX];
    int ntraits;
    const struct asked_word *words[ASKED_WORDS_MAX];
    int nwords;
};

static void find_known(const struct weights *weights, const struct asked *asked,
                       struct known_traits *known)
{
    known->ntraits = 0;
    known->nwords = 0;
    for (int i = 0; i < asked->ntraits; i++) {
        if (has_trait(weights, asked->traits[i].hash)) {
            known->traits[known->ntraits++] = asked->traits[i].hash;
        }
    }
    for (int i = 0; i < asked->nwords; i++) {
        if (asked->words[i].in_name && has_trait(weights, asked->words[i].hash)) {
            known->words[known->nwords++] = &asked->words[i];
        }
    }
}

static float trait_sum(const struct weights *weights, const struct known_traits *known,
                       enum pair_kind kind, uint64_t value)
{
    float sum = 0;

    for (int i = 0; i < known->ntraits; i++) {
        sum += weights_of(weights, weights_key(kind, known->traits[i], value));
    }
    return sum;
}

static float axis_sum(const struct weights *weights, struct score_room *room,
                      const struct suggest_index *index, const struct known_traits *known,
                      enum axis axis, uint16_t value)
{
    if (room->axis_stamp[axis][value] != room->stamp) {
        room->axis[axis][value] =
            trait_sum(weights, known, (enum pair_kind)axis, index->values[axis][value].hash);
        room->axis_stamp[axis][value] = room->stamp;
    }
    return room->axis[axis][value];
}

static float slot_sum(const struct weights *weights, const struct suggest_index *index,
                      const struct known_traits *known, const struct concept_slot *slot)
{
    float sum = trait_sum(weights, known, PAIR_CONCEPT, index->concept_hash[slot->concept]);
    uint64_t open[ASKED_WORDS_MAX]; /* words that the core does not answer */
    int nopen = 0;

    for (int i = 0; slot->nunmatched > 0 && i < known->nwords; i++) {
        if (!concept_slot_answers(slot, index, known->words[i])) {
            open[nopen++] = known->words[i]->hash;
        }
    }
    for (int j = 0; j < slot->nunmatched; j++) {
        uint64_t core = index->word_hash[slot->unmatched[j]];
        sum += weights_of(weights, weights_key(PAIR_EXTRA, 0, core));
        for (int i = 0; i < nopen; i++) {
            sum += weights_of(weights, weights_key(PAIR_CORE, open[i], core));
        }
    }
    return sum;
}

static float weigh(const struct weights *weights, const float *features, int from, int to)
{
    float sum = 0;

    for (int i = from; i < to; i++) {
        sum += weights->features[i] * features[i];
    }
    return sum;
}

void weights_score(const struct weights *weights, struct score_room *room,
                   const struct suggest_index *index, struct candidates *found)
{
    float slots[CONCEPTS_MAX + MEMORY_NEAR_MAX];
    struct known_traits known;
    bool pairs = weights->count > 0;

    room->stamp++;
    find_known(weights, &found->asked, &known);
    for (int i = 0; i < found->nslots; i++) {
        slots[i] = pairs ? slot_sum(weights, index, &known, &found->slots[i]) : 0;
        slots[i] += weigh(weights, found->slots[i].features, 0, SLOT_FEATURES);
    }
    for (int i = 0; i < found->count; i++) {
        struct candidate *candidate = &found->list[i];
        const uint16_t *values = &index->value_of[(size_t)candidate->row * INDEX_AXES];
        float score = slots[candidate->slot] +
                      weigh(weights, candidate->features, SLOT_FEATURES, FEATURES);
        for (int axis = 0; pairs && axis < INDEX_AXES; axis++) {
            score += axis_sum(weights, room, index, &known, (enum axis)axis, values[axis]);
        }
        candidate->score = score;
    }
}
