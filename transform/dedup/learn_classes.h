/*
 * learn_classes.h - shares of levels in the three classes of pairs: where they start, how counts
 * become shares, and within which bounds they stay.
 */
#ifndef HMS_TRANSFORM_DEDUP_LEARN_CLASSES_H
#define HMS_TRANSFORM_DEDUP_LEARN_CLASSES_H

#include "transform/dedup/learn.h"
#include "transform/dedup/random_levels.h"

#define SHARE_LEAST 1e-7

void classes_expect_m(struct pair_classes *classes, const struct people_model *model);
void classes_expect_h(struct pair_classes *classes, const struct people_model *model);
void classes_set_u(struct pair_classes *classes, const struct people *people,
                   const struct random_levels *random);
/* Shares of households from expected counts, clamped. */
void classes_set_h(struct pair_classes *classes, const struct people_model *model,
                   double (*counts)[LEVELS_MAX]);

/* m of a field from expected counts and what a model expects. */
void shares_from_counts(enum people_kind kind, const double *counts, double *shares);
/* Whether records of one person agree in most of the fields. */
bool shares_are_sane(const struct people_model *model, double (*m)[LEVELS_MAX]);

#endif
