/*
 * reconcile_stage.h - the rows of one canonical batch file, each after the decision about it.
 *
 * Shape     reads every block once, verified; rows are handed over with their entity, rejects
 *           and balances as lines that say what the transform did.
 * Errors    ERROR_INTEGRITY: a damaged file, a table whose columns are not those of this
 *           version's entity, a tuple that is none.
 */
#ifndef HMS_REHEARSALS_RECONCILE_STAGE_H
#define HMS_REHEARSALS_RECONCILE_STAGE_H

#include "core/batch_file.h"
#include "core/reject.h"
#include "rehearsals/reconcile_decisions.h"

struct stage_row {
    uint16_t entity; /* index into entity_table */
    enum decided decided;
    const struct tuple *source; /* as staged */
    const struct tuple *row;    /* as the store must have it; NULL when taken out */
};

struct stage_reader {
    struct bucket_range range; /* rows of other ids are passed over */
    int only_entity;           /* index into entity_table, or -1 */
    const struct decisions *decisions;
    bool (*row)(const struct stage_row *row, void *context, struct error *err);
    /* May be NULL: a B block, and one X record with the map that kept it back. */
    bool (*balance)(const struct balance *balance, void *context, struct error *err);
    bool (*reject)(const struct batch_table *table, const struct reject *reject, void *context,
                   struct error *err);
    /* May be NULL: rows of an R block, before any decision. */
    bool (*rows)(const struct batch_table *table, uint32_t rows, void *context,
                 struct error *err);
    void *context;
};

bool stage_read(const char *path, const struct stage_reader *reader,
                struct error *err) MUST_CHECK;

#endif
