/*
 * synth.h - legacy dumps of five organisations that never were, with the truth about them.
 *
 * Promise   the same request gives the same bytes; memory does not depend on the size.
 * Safety    a folder that is not empty is refused unless synth.json says that synth made it;
 *           then the files of that earlier run are removed first, and nothing else.
 * Errors    ERROR_USAGE: no such organisation or table, or the folder is somebody else's;
 *           ERROR_SOURCE: a file cannot be written.
 * Limits    SYNTH_PATIENTS_MAX patients, SYNTH_RESULTS_MAX results an organisation.
 */
#ifndef HMS_REHEARSALS_SYNTH_SYNTH_H
#define HMS_REHEARSALS_SYNTH_SYNTH_H

#include "core/error.h"

#include <stdint.h>

enum { SYNTH_SEED = 1, SYNTH_RESULTS_PER_PATIENT = 2 };
#define SYNTH_PATIENTS_MAX UINT64_C(100000000)
#define SYNTH_RESULTS_MAX  UINT64_C(10000000000)

struct synth_request {
    uint64_t patients; /* in each organisation */
    uint64_t results;  /* in each organisation; 0: two a patient */
    uint64_t seed;
    const char *only; /* organisation, or NULL */
    const char *const *tables;
    int ntables; /* 0: all */
    const char *folder;
};

struct synth_summary {
    uint32_t organisations;
    uint32_t tables;
    uint64_t rows;
    uint64_t bad_rows;
    uint64_t bytes;
};

bool synth_run(const struct synth_request *request, struct synth_summary *summary,
               struct error *err) MUST_CHECK;

#endif
