/*
 * code_impact.h - which of our own rows, patients and mappings a change of codes touches.
 *
 * Store     the coded columns (code, code_system) of every entity of one organisation; patients
 *           are counted once over all entities.
 * Maps      all *.tsv of a folder and its subfolders in the columns of SSSOM; a row is touched
 *           when its object_id is the code, and its object_source, where there is one, names
 *           the code system.
 * Mark      a touched row gets stale:SYSTEM-RELEASE into its column `other`; nothing else of the
 *           file changes, and no code is ever replaced.  A stale row counts as proposed
 *           (transform/sssom.h) until a person takes the mark away.
 */
#ifndef HMS_TRANSFORM_CODE_IMPACT_H
#define HMS_TRANSFORM_CODE_IMPACT_H

#include "core/pg.h"
#include "core/strmap.h"
#include "terminology/code_form.h"

enum { CODE_IMPACT_MAX = 1 << 20 };

struct code_touch {
    bool is_stale; /* mappings to the code are to be looked at again */
    uint64_t rows;
    uint64_t patients;
    uint64_t mappings;
};

struct code_impact {
    const char *system; /* name of the pack */
    enum code_dialect dialect;
    struct strmap touched; /* code in normal form -> struct code_touch */
    uint64_t patients;     /* who have any of the codes */
};

void code_impact_init(struct code_impact *impact, const char *system,
                      enum code_dialect dialect);
void code_impact_release(struct code_impact *impact);
/* A code of the pack that has changed. */
bool code_impact_add(struct code_impact *impact, struct text code, bool is_stale,
                     struct error *err) MUST_CHECK;
struct code_touch code_impact_find(const struct code_impact *impact, struct text code);

bool code_impact_read_store(struct code_impact *impact, struct pg *pg, const char *organisation,
                            struct error *err) MUST_CHECK;
/* With a `mark`, such as "loinc-2.82", touched rows are marked; `*marked` counts them. */
bool code_impact_read_maps(struct code_impact *impact, const char *folder, const char *mark,
                           uint64_t *marked, struct error *err) MUST_CHECK;

#endif
