/*
 * learned_file.h - what a run has learned, as text, so that a later run weighs the same way.
 *
 * Shape     lines; shares of the levels of each field in the three classes, and the priors:
 *               hms-dedup-learned 1
 *               prior match 1.4999999999999999e-07 household 3.1e-07
 *               field given kind given name
 *               level exact m 0.81 u 0.003 h 0.004
 *           Numbers are written so that they come back bit by bit.
 * Fit       reading needs a model with the same names and kinds of fields in any order, and the
 *           same levels; frequencies of values are not kept, they come from the data at hand.
 * Errors    ERROR_CONFIG with the line; every share must lie between 0 and 1.
 * Limits    LEARNED_TEXT_MAX bytes.
 */
#ifndef HMS_TRANSFORM_DEDUP_LEARNED_FILE_H
#define HMS_TRANSFORM_DEDUP_LEARNED_FILE_H

#include "core/strbuf.h"
#include "transform/dedup/learn.h"

enum { LEARNED_TEXT_MAX = 1 << 20 };

void learned_write(const struct learned *learned, const struct people_model *model,
                   struct strbuf *out);
bool learned_read(struct learned *learned, const struct people_model *model, struct text text,
                  struct error *err) MUST_CHECK;

#endif
