/*
 * intake.h - what a stage says about its rows, taken into the bookkeeping of a run: tables (T),
 * rejects (X), balances (B) and packs (P).
 *
 * Shape     rows (R) are counted by leaf here and copied elsewhere (copy.h, stream.h).
 * Privacy   a reject's key and bytes go to mig.reject and nowhere else.
 */
#ifndef HMS_LOAD_INTAKE_H
#define HMS_LOAD_INTAKE_H

#include "load/load_plan.h"
#include "load/run.h"

struct intake {
    struct pg *pg;
    struct load_plan *plan;
    const struct run *run;
    uint64_t emitted; /* rows that the balances call loaded */
    uint64_t rows;    /* of R blocks */
    char source[64];  /* source system of the last table */
};

/* Any block but E.  `file` is the index of the plan's file, or -1 for a stream; `entities` maps
 * the numbers of the stream's tables to the catalogue and is kept by the caller. */
struct intake_tables {
    int entities[BATCH_FILE_TABLES_MAX];
};

bool intake_block(struct intake *intake, const struct batch_reader *reader,
                  const struct batch_block *block, int file, struct intake_tables *tables,
                  struct error *err) MUST_CHECK;
/* One file of a stage, its rows stepped over. */
bool intake_file(struct intake *intake, const char *path, struct error *err) MUST_CHECK;
/* Rows written and rows accounted for must be the same number. */
bool intake_check(const struct intake *intake, struct error *err) MUST_CHECK;

#endif
