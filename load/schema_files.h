/*
 * schema_files.h - the .sql files of load/schema inside the program.
 *
 * Source    made at build time by load/schema_files.awk; steps in the order of their numbers.
 * Shape     a file is its lines without line ends, up to a NULL.
 * Lifetime  process.
 */
#ifndef HMS_LOAD_SCHEMA_FILES_H
#define HMS_LOAD_SCHEMA_FILES_H

#include <stddef.h>

struct schema_step {
    const char *name; /* "001_store" */
    const char *const *deploy;
    const char *const *verify;
    const char *const *revert;
};

extern const struct schema_step schema_steps[];
extern const size_t schema_step_count;

#endif
