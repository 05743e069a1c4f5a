/*
 * calibration.h - from a score to the probability that the answer is right.
 *
 * Shape     logistic in the logit of the answer's share of the softmax over all candidates, in how
 *           much of the name it explains and in how answers to names alike fared; fitted by Newton's
 *           method with a weak pull towards what was believed before.  Then the steps of an isotonic
 *           regression (pool adjacent violators), straight lines between their middles.
 * Bounds    Clopper and Pearson, Biometrika 26 (1934): exact one-sided limits of a share.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_CALIBRATION_H
#define HMS_TERMINOLOGY_SUGGEST_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CALIBRATION_RELIABILITY = 4, /* of the inputs */
    CALIBRATION_INPUTS = 10,
    CALIBRATION_STEPS_MAX = 40
};

struct calibration {
    double weights[CALIBRATION_INPUTS];
    double from[CALIBRATION_STEPS_MAX]; /* logistic's probability, rising */
    double to[CALIBRATION_STEPS_MAX];
    int nsteps; /* 0: as the logistic says */
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
