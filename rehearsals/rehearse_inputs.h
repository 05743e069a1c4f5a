/*
 * rehearse_inputs.h - the files a plan's input patterns name.
 *
 * Names     a file is recorded as "<folder of the pattern, variables not put in>/<file name>",
 *           so that the same file of two rehearsals has one name although a variable moved it.
 */
#ifndef HMS_REHEARSALS_REHEARSE_INPUTS_H
#define HMS_REHEARSALS_REHEARSE_INPUTS_H

#include "rehearsals/plan.h"

/* Calls `each` with every file; a pattern that matches no file is ERROR_CONFIG at its place. */
bool plan_each_input(struct plan *plan,
                     bool (*each)(const char *name, const char *path, void *context,
                                  struct error *err),
                     void *context, struct error *err) MUST_CHECK;

#endif
