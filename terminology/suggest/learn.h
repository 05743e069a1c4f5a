/*
 * learn.h - learns weights from approved decisions, and how far to believe them.
 *
 * Lessons   of each decision its candidates, the LESSON_CANDIDATES that look best untrained and the
 *           right one; the memory is asked without the decision's own part.
 * Loss      softmax over the candidates of a lesson (listwise), AdaGrad, with a pull of the features'
 *           weights to their defaults and of the pairs' to nothing.
 * Held out  each part of the decisions is judged by weights learned from the other parts; those
 *           judgements calibrate the probability and draw the band that may be accepted.  The
 *           weights that are kept come from all.
 * Limits    LESSONS_MAX lessons, taken by the hash of the name; the memory holds all decisions.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_LEARN_H
#define HMS_TERMINOLOGY_SUGGEST_LEARN_H

#include "terminology/suggest/calibration.h"
#include "terminology/suggest/weights.h"

enum { LESSONS_MAX = 6000, LESSON_CANDIDATES = 80 };

/* A pair that has a weight, with the texts that make its key. */
struct named_pair {
    enum pair_kind kind;
    struct text trait;
    struct text value;
};

struct held_out {
    float probability; /* of the best answer */
    bool right;
};

struct learned {
    struct weights weights;
    struct calibration calibration;
    struct named_pair *pairs;
    size_t npairs, pairs_size;
    struct held_out *held; /* by falling probability */
    size_t nheld;
    struct arena arena; /* of the pairs' texts */
};

void learned_init(struct learned *learned);
void learned_release(struct learned *learned);
/* Also notes in the memory how each decision fared when it was held out. */
void learned_from(struct learned *learned, const struct suggest_index *index,
                  struct memory *memory, const struct suggest_decision *decisions,
                  const uint32_t *rows, size_t ndecisions);
/* What calibration takes of the first `wanted` of `count` candidates, sorted best first. */
void calibration_inputs(const struct candidate *const *sorted, int count, int wanted,
                        float reliability, double (*inputs)[CALIBRATION_INPUTS]);
/* A pair with its weight, as a model file says it; false when there are too many. */
bool learned_keep(struct learned *learned, const struct named_pair *pair, float weight);
/* The key of a pair by its texts. */
uint64_t named_pair_key(const struct named_pair *pair);

#endif
