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

void lesson_score(const struct weights *weights, const struct lesson *lesson,
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
    lesson_score(weights, lesson, slopes);
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

void learner_study(const struct learner *learner, struct weights *weights, int part)
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
    learner_hold_out(learner, memory);
    learner_study(learner, &learned->weights, MEMORY_NO_PART);
    forget_small(&learned->weights);
    weights_freeze(&learned->weights);
    candidate_room_release(&learner->room);
    arena_release(&learner->arena);
    free(learner->lessons);
    free(learner);
}
