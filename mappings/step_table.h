/*
 * step_table.h - the steps of a `via` pipe, written down once: this table feeds the parser,
 * the lint, `hms map steps`, docs/LANGUAGE.md and the tests of transform/.
 *
 * Law       a step is pure: its output depends on its input values, its arguments and the
 *           run's fixed surroundings (organisation, system, zone, code maps, look-ups) only.
 * NULL      unless the text says otherwise, NULL goes in and NULL comes out.
 * Example   input => output, in the words of `hms map explain`; run by a test for each row.
 *
 * Columns   name, values in (min, max), values out (STEP_OUT_SAME: as many as come in, each by
 *           itself), arguments (min, max), the arguments in words, rule ids when it refuses or
 *           flags, separated by a space ("" never does), what it does, example input, example
 *           arguments, example output.  Several values are separated by " ; ", NULL is NULL.
 *           Examples are run as organisation "alpha", system "north", zone Africa/Nairobi, on
 *           2026-01-15, with the code map and look-up table that tests/unit/transform makes.
 */
#ifndef HMS_MAPPINGS_STEP_TABLE_H
#define HMS_MAPPINGS_STEP_TABLE_H

#include "core/text.h"

enum { STEP_OUT_SAME = 0 };

struct step_spec {
    const char *name;
    int in_min, in_max;
    int out;
    int args_min, args_max;
    const char *args;
    const char *rule; /* "date.format", "code.format code.check", "" */
    const char *what;
    const char *example_in;
    const char *example_args;
    const char *example_out;
};

extern const struct step_spec step_table[];
extern const size_t step_count;

const struct step_spec *step_spec_find(struct text name);
const char *step_nearest(struct text name); /* for "did you mean", or NULL */

#endif
