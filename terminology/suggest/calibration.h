/*
 * calibration.h - from a score to the probability that the answer is right.
 *
 * Shape     logistic in the logit of the answer's share of the softmax over all candidates, and in
 *           how much of the name it explains; fitted by Newton's method with a weak pull towards
 *           the weights that were there before.
 * Bounds    Clopper and Pearson, Biometrika 26 (1934): exact one-sided limits of a share.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_CALIBRATION_H
#define HMS_TERMINOLOGY_SUGGEST_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALIBRATION_INPUTS = 4 };

struct calibration {
    double weights[CALIBRATION_INPUTS];
};

struct calibration_case {
    double inputs[CALIBRATION_INPUTS]; /* the first is 1 */
    bool right;
};

/* What is believed before a site's decisions were seen: cautious. */
struct calibration calibration_default(void);
void calibration_fit(struct calibration *calibration, const struct calibration_case *cases,
                     size_t ncases);
double calibration_probability(const struct calibration *calibration,
                               const double inputs[CALIBRATION_INPUTS]);
/* The share that is exceeded with the given confidence when `right` of `total` were seen. */
double share_at_least(uint64_t right, uint64_t total, double confidence);
double share_at_most(uint64_t right, uint64_t total, double confidence);

#endif
