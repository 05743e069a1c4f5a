#include "terminology/suggest/lesson.h"

#include "core/ident.h"
#include "terminology/suggest/concept_slot.h"

#include <stdlib.h>

uint64_t named_pair_key(const struct named_pair *pair)
{
    uint64_t trait =
        pair->kind == PAIR_EXTRA ? 0 : checksum_of(pair->trait.at, pair->trait.len);

    return weights_key(pair->kind, trait, checksum_of(pair->value.at, pair->value.len));
}

static void name_pair(struct learned *learned, struct named_pair pair)
{
    weights_note_trait(&learned->weights, checksum_of(pair.trait.at, pair.trait.len));
    if (learned->npairs == learned->pairs_size) {
        learned->pairs_size = learned->pairs_size * 2 + 1024;
        learned->pairs =
            xrealloc(learned->pairs, learned->pairs_size * sizeof(*learned->pairs));
    }
    pair.trait = arena_copy(&learned->arena, pair.trait);
    pair.value = arena_copy(&learned->arena, pair.value);
    learned->pairs[learned->npairs++] = pair;
}

bool learned_keep(struct learned *learned, const struct named_pair *pair, float weight)
{
    size_t before = learned->weights.count;
    struct weight *slot = weights_at(&learned->weights, named_pair_key(pair), true);

    if (slot == NULL) {
        return false;
    }
    slot->value = weight;
    if (learned->weights.count != before) {
        name_pair(learned, *pair);
    }
    return true;
}

static void make_pair(struct learner *learner, enum pair_kind kind, struct text trait,
                      struct text value)
{
    struct named_pair pair = {kind, trait, value};
    size_t before = learner->learned->weights.count;

    if (weights_at(&learner->learned->weights, named_pair_key(&pair), true) != NULL &&
        learner->learned->weights.count != before) {
        name_pair(learner->learned, pair);
    }
}

static void make_pairs(struct learner *learner, const struct candidate *right)
{
    const struct suggest_index *index = learner->index;
    const struct asked *asked = &learner->found.asked;
    const struct concept_slot *slot = &learner->found.slots[right->slot];
    const uint16_t *values = &index->value_of[(size_t)right->row * INDEX_AXES];
    struct text concept = concept_text(index, slot->concept);

    for (int i = 0; i < asked->ntraits; i++) {
        struct text trait = text_of(asked->traits[i].text);
        for (int axis = 0; axis < INDEX_AXES; axis++) {
            if (index->nvalues[axis] > 1) {
                make_pair(learner, (enum pair_kind)axis, trait,
                          index->values[axis][values[axis]].text);
            }
        }
        make_pair(learner, PAIR_CONCEPT, trait, concept);
    }
    for (int j = 0; j < slot->nunmatched; j++) {
        struct text core = index->words[slot->unmatched[j]];
        make_pair(learner, PAIR_EXTRA, (struct text){"", 0}, core);
        for (int i = 0; i < asked->nwords; i++) {
            if (asked->words[i].in_name) {
                make_pair(learner, PAIR_CORE, asked->words[i].text, core);
            }
        }
    }
}

static int keep_best(struct candidates *found, uint32_t row)
{
    int right = NO_PAIR;

    qsort(found->list, (size_t)found->count, sizeof(found->list[0]), candidate_compare);
    for (int i = 0; i < found->count; i++) {
        if (found->list[i].row == row) {
            right = i;
        }
    }
    if (right >= LESSON_CANDIDATES) {
        found->list[LESSON_CANDIDATES - 1] = found->list[right];
        right = LESSON_CANDIDATES - 1;
    }
    found->count = found->count < LESSON_CANDIDATES ? found->count : LESSON_CANDIDATES;
    return right;
}

struct open_lesson {
    struct lesson *lesson;
    uint32_t keys[LESSON_CANDIDATES * GROUPS]; /* what a group is: axis and value, or slot */
    uint32_t pairs[1 << 16];
};

static void add_pair(struct learner *learner, struct open_lesson *open, uint64_t key)
{
    struct weights *weights = &learner->learned->weights;
    struct weight *weight = weights_at(weights, key, false);

    if (weight != NULL && open->lesson->npairs < sizeof(open->pairs) / sizeof(open->pairs[0])) {
        open->pairs[open->lesson->npairs++] = (uint32_t)(weight - weights->slots);
    }
}

static void add_concept_pairs(struct learner *learner, struct open_lesson *open,
                              const struct concept_slot *slot)
{
    const struct suggest_index *index = learner->index;
    const struct asked *asked = &learner->found.asked;

    for (int i = 0; i < asked->ntraits; i++) {
        add_pair(learner, open,
                 weights_key(PAIR_CONCEPT, asked->traits[i].hash,
                             index->concept_hash[slot->concept]));
    }
    for (int j = 0; j < slot->nunmatched; j++) {
        uint64_t core = index->word_hash[slot->unmatched[j]];
        add_pair(learner, open, weights_key(PAIR_EXTRA, 0, core));
        for (int i = 0; i < asked->nwords; i++) {
            if (asked->words[i].in_name &&
                !concept_slot_answers(slot, index, &asked->words[i])) {
                add_pair(learner, open, weights_key(PAIR_CORE, asked->words[i].hash, core));
            }
        }
    }
}

static uint16_t group_of(struct learner *learner, struct open_lesson *open, int axis,
                         uint32_t value)
{
    struct lesson *lesson = open->lesson;
    const struct asked *asked = &learner->found.asked;
    uint32_t key = (uint32_t)axis << 24 | value;
    struct group *group;

    for (int i = 0; i < lesson->ngroups; i++) {
        if (open->keys[i] == key) {
            return (uint16_t)i;
        }
    }
    open->keys[lesson->ngroups] = key;
    group = &lesson->group[lesson->ngroups];
    group->first = lesson->npairs;
    if (axis == INDEX_AXES) {
        add_concept_pairs(learner, open, &learner->found.slots[value]);
    } else {
        for (int i = 0; i < asked->ntraits; i++) {
            add_pair(learner, open,
                     weights_key((enum pair_kind)axis, asked->traits[i].hash,
                                 learner->index->values[axis][value].hash));
        }
    }
    group->count = lesson->npairs - group->first;
    return (uint16_t)lesson->ngroups++;
}

/* With the pairs all made, the lesson as numbers. */
static void write_lesson(struct learner *learner, struct open_lesson *open,
                         struct lesson *lesson)
{
    const struct candidates *found = &learner->found;
    size_t count = (size_t)found->count;

    open->lesson = lesson;
    lesson->count = found->count;
    lesson->nnear = found->nnear;
    memcpy(lesson->near, found->near, sizeof(found->near));
    lesson->features = arena_alloc(&learner->arena, count * FEATURES * sizeof(float));
    lesson->groups = arena_alloc(&learner->arena, count * GROUPS * sizeof(uint16_t));
    lesson->group = arena_alloc(&learner->arena, count * GROUPS * sizeof(struct group));
    for (int i = 0; i < found->count; i++) {
        const struct candidate *candidate = &found->list[i];
        const uint16_t *values = &learner->index->value_of[candidate->row * INDEX_AXES];
        memcpy(lesson->features + (size_t)i * FEATURES, candidate->features,
               sizeof(candidate->features));
        for (int axis = 0; axis < GROUPS; axis++) {
            lesson->groups[i * GROUPS + axis] = group_of(
                learner, open, axis, axis == INDEX_AXES ? candidate->slot : values[axis]);
        }
    }
    lesson->pairs = arena_alloc(&learner->arena, (lesson->npairs + 1) * sizeof(uint32_t));
    memcpy(lesson->pairs, open->pairs, lesson->npairs * sizeof(uint32_t));
}

static void find(struct learner *learner, const struct memory *memory,
                 const struct suggest_query *query, uint8_t part)
{
    struct weights untrained;
    struct score_room none = {0};

    weights_init(&untrained);
    candidates_find(&learner->found, &learner->room, learner->index, memory, query, part);
    weights_score(&untrained, &none, learner->index, &learner->found);
}

void lessons_read(struct learner *learner, const struct memory *memory,
                  const struct suggest_decision *decisions, const uint32_t *rows,
                  size_t ndecisions)
{
    size_t step = ndecisions / LESSONS_MAX + 1;
    struct open_lesson *open = xcalloc(1, sizeof(*open));

    learner->lessons = xcalloc(ndecisions / step + 1, sizeof(*learner->lessons));
    for (int pass = 0; pass < 2; pass++) {
        learner->nlessons = 0;
        for (size_t i = 0; i < ndecisions; i += step) {
            struct lesson *lesson = &learner->lessons[learner->nlessons++];
            lesson->part = memory->decisions[i].part;
            lesson->decision = (uint32_t)i;
            find(learner, memory, &decisions[i].query, lesson->part);
            lesson->right = keep_best(&learner->found, rows[i]);
            if (pass == 0 && lesson->right >= 0) {
                make_pairs(learner, &learner->found.list[lesson->right]);
            } else if (pass == 1) {
                write_lesson(learner, open, lesson);
            }
        }
    }
    free(open);
}
