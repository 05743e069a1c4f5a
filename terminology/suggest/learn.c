#include "terminology/suggest/learn.h"

#include "core/ident.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 6, GROUPS = INDEX_AXES + 1, NO_PAIR = -1 };

static const float feature_step = 0.3F;
static const float feature_pull = 0.0005F;
static const float pair_step = 0.1F;
static const float weight_seen = 1e-4F;
static const float pair_pull = 0.01F;

/* Candidates of a lesson share groups: those of one value of an axis, those of one concept.  A
 * group has the pairs that add to the score of all its candidates. */
struct group {
    uint32_t first; /* of lesson.pairs */
    uint32_t count;
};

struct lesson {
    uint8_t part;
    int right; /* NO_PAIR: not among the candidates */
    int count;
    float *features;  /* count * FEATURES */
    uint16_t *groups; /* count * GROUPS */
    struct group *group;
    int ngroups;
    uint32_t *pairs; /* places in the weights */
    uint32_t npairs;
    uint32_t decision; /* of the memory */
    struct memory_near near[MEMORY_NEAR_MAX];
    int nnear;
};

struct learner {
    struct learned *learned;
    const struct suggest_index *index;
    struct candidates found;
    struct candidate_room room;
    struct arena arena;
    struct lesson *lessons;
    size_t nlessons;
};

void learned_init(struct learned *learned)
{
    *learned = (struct learned){.calibration = calibration_default()};
    weights_init(&learned->weights);
}

void learned_release(struct learned *learned)
{
    weights_release(&learned->weights);
    free(learned->pairs);
    free(learned->held);
    arena_release(&learned->arena);
    *learned = (struct learned){0};
}

uint64_t named_pair_key(const struct named_pair *pair)
{
    uint64_t trait =
        pair->kind == PAIR_EXTRA ? 0 : checksum_of(pair->trait.at, pair->trait.len);

    return weights_key(pair->kind, trait, checksum_of(pair->value.at, pair->value.len));
}

/* --- which pairs there are: those of right answers --- */

static void name_pair(struct learned *learned, struct named_pair pair)
{
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

/* --- lessons --- */

static int best_first(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;

    if (x->score != y->score) {
        return x->score < y->score ? 1 : -1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

static int keep_best(struct candidates *found, uint32_t row)
{
    int right = NO_PAIR;

    qsort(found->list, (size_t)found->count, sizeof(found->list[0]), best_first);
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

/* Twice over the decisions: which pairs there are, then the lessons in numbers. */
static void read_lessons(struct learner *learner, const struct memory *memory,
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

/* --- learning --- */

static void score(const struct weights *weights, const struct lesson *lesson,
                  float scores[LESSON_CANDIDATES])
{
    float sums[LESSON_CANDIDATES * GROUPS];

    for (int i = 0; i < lesson->ngroups; i++) {
        const uint32_t *pairs = lesson->pairs + lesson->group[i].first;
        sums[i] = 0;
        for (uint32_t j = 0; j < lesson->group[i].count; j++) {
            sums[i] += weights->slots[pairs[j]].value;
        }
    }
    for (int i = 0; i < lesson->count; i++) {
        const float *features = lesson->features + (size_t)i * FEATURES;
        scores[i] = 0;
        for (int j = 0; j < FEATURES; j++) {
            scores[i] += weights->features[j] * features[j];
        }
        for (int j = 0; j < GROUPS; j++) {
            scores[i] += sums[lesson->groups[i * GROUPS + j]];
        }
    }
}

static void softmax(float *scores, int count)
{
    float most = scores[0];
    float sum = 0;

    for (int i = 1; i < count; i++) {
        most = scores[i] > most ? scores[i] : most;
    }
    for (int i = 0; i < count; i++) {
        scores[i] = expf(scores[i] - most);
        sum += scores[i];
    }
    for (int i = 0; i < count; i++) {
        scores[i] /= sum;
    }
}

static void step_pairs(struct weights *weights, const struct lesson *lesson, int group,
                       float slope)
{
    const uint32_t *pairs = lesson->pairs + lesson->group[group].first;

    for (uint32_t j = 0; j < lesson->group[group].count; j++) {
        struct weight *weight = &weights->slots[pairs[j]];
        float all = slope + pair_pull * weight->value;
        weight->squares += all * all;
        weight->value -= pair_step * all / (sqrtf(weight->squares) + 0.1F);
    }
}

static void study(struct weights *weights, const struct lesson *lesson, float squares[FEATURES])
{
    float slopes[LESSON_CANDIDATES];
    float sums[LESSON_CANDIDATES * GROUPS] = {0};
    float features[FEATURES];

    for (int j = 0; j < FEATURES; j++) {
        features[j] = feature_pull * (weights->features[j] - feature_defaults[j]);
    }
    score(weights, lesson, slopes);
    softmax(slopes, lesson->count);
    slopes[lesson->right] -= 1;
    for (int i = 0; i < lesson->count; i++) {
        const float *of = lesson->features + (size_t)i * FEATURES;
        for (int j = 0; j < FEATURES; j++) {
            features[j] += slopes[i] * of[j];
        }
        for (int j = 0; j < GROUPS; j++) {
            sums[lesson->groups[i * GROUPS + j]] += slopes[i];
        }
    }
    for (int j = 0; j < FEATURES; j++) {
        squares[j] += features[j] * features[j];
        weights->features[j] -= feature_step * features[j] / (sqrtf(squares[j]) + 0.1F);
    }
    for (int i = 0; i < lesson->ngroups; i++) {
        step_pairs(weights, lesson, i, sums[i]);
    }
}

/* From the defaults, without the lessons of `part`. */
static void study_all(const struct learner *learner, struct weights *weights, int part)
{
    float squares[FEATURES] = {0};

    memcpy(weights->features, feature_defaults, sizeof(feature_defaults));
    for (size_t i = 0; i < weights->nslots; i++) {
        weights->slots[i].value = 0;
        weights->slots[i].squares = 0;
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t n = 0; n < learner->nlessons; n++) {
            /* another order each round, the same on every machine */
            size_t at = (n * 7919 + (size_t)round * 104729) % learner->nlessons;
            const struct lesson *lesson = &learner->lessons[at];
            if (lesson->right >= 0 && lesson->part != part && lesson->count > 1) {
                study(weights, lesson, squares);
            }
        }
    }
}

/* --- judging what was held out --- */

/* What speaks against an answer, whatever the others are. */
static double against(const struct candidate *candidate)
{
    static const enum feature all[] = {F_SYSTEM_AGAINST, F_PROPERTY_AGAINST, F_SAID_AGAINST,
                                       F_SCALE_AGAINST,  F_TIME_AGAINST,     F_KIND_MISSING,
                                       F_KIND_EXTRA};
    double sum = 0;

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        sum += (double)candidate->features[all[i]];
    }
    return sum;
}

void calibration_inputs(const struct candidate *const *sorted, int count, float reliability,
                        double (*inputs)[CALIBRATION_INPUTS])
{
    double sum = 0;

    for (int i = 0; i < count; i++) {
        sum += exp((double)(sorted[i]->score - sorted[0]->score));
    }
    for (int i = 0; i < count; i++) {
        double share = exp((double)(sorted[i]->score - sorted[0]->score)) / sum;
        const float *features = sorted[i]->features;
        share = fmin(fmax(share, 1e-6), 1 - 1e-6);
        inputs[i][0] = 1;
        inputs[i][1] = log(share / (1 - share));
        inputs[i][2] = (double)features[F_COVER];
        inputs[i][3] = (double)features[F_NEAR];
        inputs[i][CALIBRATION_RELIABILITY] = (double)reliability;
        inputs[i][5] = (double)(features[F_EXACT] + features[F_EXACT_ROW]);
        inputs[i][6] = (double)features[F_BACK];
        inputs[i][7] = against(sorted[i]);
        inputs[i][8] = (double)sorted[i]->score / 10;
        inputs[i][9] = (double)features[F_EXTRA];
    }
}

enum { JUDGED_ANSWERS = 5 };

static int by_score(const void *a, const void *b)
{
    return best_first(*(const struct candidate *const *)a, *(const struct candidate *const *)b);
}

/* The best answers of a lesson first in `cases`, the reliability still open. */
static void judge(const struct weights *weights, const struct lesson *lesson,
                  struct calibration_case cases[JUDGED_ANSWERS])
{
    double inputs[LESSON_CANDIDATES][CALIBRATION_INPUTS];
    struct candidate *all = xcalloc(LESSON_CANDIDATES, sizeof(*all));
    const struct candidate *sorted[LESSON_CANDIDATES];
    float scores[LESSON_CANDIDATES];

    score(weights, lesson, scores);
    for (int i = 0; i < lesson->count; i++) {
        all[i].row = (uint32_t)i;
        all[i].score = scores[i];
        memcpy(all[i].features, lesson->features + (size_t)i * FEATURES,
               sizeof(all[i].features));
        sorted[i] = &all[i];
    }
    qsort(sorted, (size_t)lesson->count, sizeof(sorted[0]), by_score);
    calibration_inputs(sorted, lesson->count, 0, inputs);
    for (int i = 0; i < JUDGED_ANSWERS && i < lesson->count; i++) {
        memcpy(cases[i].inputs, inputs[i], sizeof(inputs[i]));
        cases[i].right = lesson->right >= 0 && sorted[i]->row == (uint32_t)lesson->right;
    }
    free(all);
}

static int surest_first(const void *a, const void *b)
{
    const struct held_out *x = a;
    const struct held_out *y = b;

    if (x->probability != y->probability) {
        return x->probability < y->probability ? 1 : -1;
    }
    return (x->right > y->right) - (x->right < y->right); /* the wrong one first */
}

/* Names that are alike are in other parts, so that each case is judged by others' outcomes. */
static void add_reliability(const struct learner *learner, struct memory *memory,
                            struct calibration_case *cases)
{
    for (size_t n = 0; n < learner->nlessons; n++) {
        memory->decisions[learner->lessons[n].decision].outcome =
            cases[n * JUDGED_ANSWERS].right ? OUTCOME_RIGHT : OUTCOME_WRONG;
    }
    for (size_t n = 0; n < learner->nlessons; n++) {
        const struct lesson *lesson = &learner->lessons[n];
        float reliability = memory_reliability(memory, lesson->near, lesson->nnear);
        for (size_t i = 0; i < JUDGED_ANSWERS; i++) {
            cases[n * JUDGED_ANSWERS + i].inputs[CALIBRATION_RELIABILITY] = (double)reliability;
        }
    }
}

static void keep_held(struct learner *learner, const struct calibration_case *cases)
{
    struct learned *learned = learner->learned;

    learned->held = xcalloc(learner->nlessons + 1, sizeof(*learned->held));
    for (size_t n = 0; n < learner->nlessons; n++) {
        const struct calibration_case *best = &cases[n * JUDGED_ANSWERS];
        if (learner->lessons[n].count > 0) {
            learned->held[learned->nheld++] = (struct held_out){
                (float)calibration_probability(&learned->calibration, best->inputs),
                best->right};
        }
    }
    qsort(learned->held, learned->nheld, sizeof(*learned->held), surest_first);
}

static void hold_out(struct learner *learner, struct memory *memory)
{
    struct learned *learned = learner->learned;
    struct calibration_case *cases =
        xcalloc(learner->nlessons * JUDGED_ANSWERS + 1, sizeof(*cases));

    for (int part = 0; part < MEMORY_PARTS; part++) {
        study_all(learner, &learned->weights, part);
        for (size_t n = 0; n < learner->nlessons; n++) {
            if (learner->lessons[n].part == part) {
                judge(&learned->weights, &learner->lessons[n], cases + n * JUDGED_ANSWERS);
            }
        }
    }
    add_reliability(learner, memory, cases);
    calibration_fit(&learned->calibration, cases, learner->nlessons * JUDGED_ANSWERS);
    keep_held(learner, cases);
    free(cases);
}

/* What is next to nothing is nothing, so that a model file says all there is. */
static void forget_small(struct weights *weights)
{
    for (size_t i = 0; i < weights->nslots; i++) {
        if (fabsf(weights->slots[i].value) < weight_seen) {
            weights->slots[i].value = 0;
        }
    }
}

void learned_from(struct learned *learned, const struct suggest_index *index,
                  struct memory *memory, const struct suggest_decision *decisions,
                  const uint32_t *rows, size_t ndecisions)
{
    struct learner *learner = xcalloc(1, sizeof(*learner));

    learner->learned = learned;
    learner->index = index;
    candidate_room_init(&learner->room, index, memory);
    read_lessons(learner, memory, decisions, rows, ndecisions);
    hold_out(learner, memory);
    study_all(learner, &learned->weights, MEMORY_NO_PART);
    forget_small(&learned->weights);
    candidate_room_release(&learner->room);
    arena_release(&learner->arena);
    free(learner->lessons);
    free(learner);
}
