/*
 * table_run.h - all maps of one raw table at work on its frames.
 *
 * Lifetime  from the table's T block to the end of its file.
 */
#ifndef HMS_TRANSFORM_TABLE_RUN_H
#define HMS_TRANSFORM_TABLE_RUN_H

#include "core/batch_file.h"
#include "transform/map_run.h"
#include "transform/transform.h"

enum { MAPS_PER_TABLE_MAX = 64 };

/* A raw column that no map of the table mentions: what it holds is counted, never silent. */
struct unmapped_column {
    uint32_t column;
    uint64_t filled;
};

struct table_run {
    struct table_shape shape; /* points into the reader */
    struct batch batch;
    struct map_run *runs;
    struct step_env *envs; /* one a map: its system, zone and folder */
    char **folders;
    uint16_t *numbers; /* of the canonical tables in the output */
    int nruns;
    struct unmapped_column *unmapped;
    uint32_t nunmapped;
};

bool table_run_open(struct table_run *table, const struct batch_table *raw,
                    const struct transform_options *options, struct batch_writer *out,
                    struct error *err) MUST_CHECK;
/* One R block of raw rows through every map, and what came out written. */
bool table_run_frame(struct table_run *table, const struct batch_block *block,
                     struct batch_writer *out, struct error *err) MUST_CHECK;
/* The balances, written and shown. */
bool table_run_finish(struct table_run *table, const struct transform_options *options,
                      struct batch_writer *out, struct transform_totals *totals,
                      struct error *err) MUST_CHECK;
/* transform/unmapped.c */
void table_run_find_unmapped(struct table_run *table);
void table_run_count_unmapped(struct table_run *table);
/* Adds an issue column.unmapped for each such column that held something to the first balance. */
void table_run_report_unmapped(struct table_run *table);

void table_run_release(struct table_run *table);

#endif
