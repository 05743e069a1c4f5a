#include "terminology/suggest/learn.h"

#include "terminology/suggest/lesson.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 6 };

static const float feature_step = 0.3F;
static const float feature_pull = 0.0005F;
static const float pair_step = 0.1F;
static const float pair_pull = 0.01F;
static const float weight_seen = 1e-4F;

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

void calibration_inputs(const struct candidate *const *sorted, int count, int wanted,
                        float reliability, double (*inputs)[CALIBRATION_INPUTS])
{
    double sum = 0;

    for (int i = 0; i < count; i++) {
        sum += exp((double)(sorted[i]->score - sorted[0]->score));
    }
    for (int i = 0; i < wanted; i++) {
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
    return candidate_compare(*(const struct candidate *const *)a,
                             *(const struct candidate *const *)b);
}

/* The best answers of a lesson first in `cases`, the reliability still open. */
static void judge(const struct weights *weights, const struct lesson *lesson,
                  struct calibration_case cases[JUDGED_ANSWERS])
{
    double inputs[JUDGED_ANSWERS][CALIBRATION_INPUTS];
    int judged = lesson->count < JUDGED_ANSWERS ? lesson->count : JUDGED_ANSWERS;
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
    calibration_inputs(sorted, lesson->count, judged, 0, inputs);
    for (int i = 0; i < judged; i++) {
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
    lessons_read(learner, memory, decisions, rows, ndecisions);
    hold_out(learner, memory);
    study_all(learner, &learned->weights, MEMORY_NO_PART);
    forget_small(&learned->weights);
    weights_freeze(&learned->weights);
    candidate_room_release(&learner->room);
    arena_release(&learner->arena);
    free(learner->lessons);
    free(learner);
}
