/* judge.c - what an answer is worth: its inputs to the calibration, and held-out lessons judged. */
#include "terminology/suggest/lesson.h"

#include <math.h>
#include <stdlib.h>

/* The score of an answer that is as likely as "there is no such code": half of a name. */
static const double none_of_them = 7;

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
    double sum = count == 0 ? 0 : exp(none_of_them - (double)sorted[0]->score);

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

    lesson_score(weights, lesson, scores);
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

void learner_hold_out(struct learner *learner, struct memory *memory)
{
    struct learned *learned = learner->learned;
    struct calibration_case *cases =
        xcalloc(learner->nlessons * JUDGED_ANSWERS + 1, sizeof(*cases));

    for (int part = 0; part < MEMORY_PARTS; part++) {
        learner_study(learner, &learned->weights, part);
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
