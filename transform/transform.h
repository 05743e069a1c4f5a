/*
 * transform.h - raw tables in, canonical tables out, by all the maps of each table.
 *
 * Folder    every .hmb of the sealed raw folder becomes one .hmb of the stage folder: the
 *           canonical tables of its maps interleaved, the reject records, one balance a map.
 *           The stage is sealed with a manifest whose inputs are the raw files.
 * Stream    the same for one batch file that comes by a pipe; nothing is written but the
 *           stream.
 * Complete  a raw table without any map is an error: no row may go unaccounted for.
 * Memory    one batch of raw rows and its output at a time: below 64 MB but for look-up
 *           tables.
 */
#ifndef HMS_TRANSFORM_TRANSFORM_H
#define HMS_TRANSFORM_TRANSFORM_H

#include "mappings/map.h"
#include "transform/code_judge.h"

struct transform_options {
    const char *raw;    /* folder, or "-" */
    const char *out;    /* folder, or "-" */
    const char *lookup; /* folder of raw tables for `lookup` when raw is "-"; may be NULL */
    const char *organisation;
    const struct map_set *maps;
    struct code_judge *judge; /* packs in force; NULL: every code is unverified */
    /* Called with each finished balance, in the order of tables and maps; may be NULL. */
    void (*each_balance)(const struct balance *balance, void *context);
    void *context;
};

struct transform_totals {
    uint64_t rows_read; /* raw rows */
    uint64_t rows_made; /* canonical rows */
    uint64_t rows_out;  /* raw rows times maps that were rejected or quarantined */
};

bool transform_run(const struct transform_options *options, struct transform_totals *totals,
                   struct error *err) MUST_CHECK;

#endif
