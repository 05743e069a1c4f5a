/*
 * step.h - a compiled step, run over all rows of a batch at once.
 *
 * Shape     a rule works on a frame: up to MAP_FROM_MAX columns of cells, one entry a row.  A
 *           step reads frame->values[0..nvalues) and writes its outputs back into
 *           values[0..out), and sets nvalues. Rows with frame->bad[row] set are skipped; a
 *           step refuses a value with frame->bad[row] = rule id (a literal, or living as long
 *           as the step).
 * Memory    new text is put into frame->arena, which lives as long as the batch; a step never
 *           keeps a pointer into a batch.
 * Compile   arguments are checked once, with the place of the step in the map for the error.
 */
#ifndef HMS_TRANSFORM_STEP_H
#define HMS_TRANSFORM_STEP_H

#include "core/batch.h"
#include "mappings/map.h"

struct step_frame {
    struct cell *values[MAP_FROM_MAX]; /* each nrows long, owned by the rule, writable */
    int nvalues;
    uint32_t nrows;
    const char **bad;  /* one entry a row: NULL or the rule id that the value breaks */
    const char **flag; /* the same for issues: they are counted, and the row goes on */
    struct arena *arena;
};

struct code_judge; /* transform/code_judge.h */

/* The surroundings of a run, fixed before the first row; strings live as long as the run. */
struct step_env {
    const char *organisation;
    const char *system;
    const char *zone;
    const char *folder; /* of the map: code maps and look-up tables are found beside it */
    const char
        *raw_folder; /* sealed raw tables for `lookup`; NULL: look-ups refuse to compile */
    struct code_judge *judge; /* packs in force; NULL: nobody asks them */
    int32_t today;            /* day of the run, days since 1970-01-01, for not_future */
};

struct step;

/* One implementation; files transform/step_*.c hold tables of these, ended by {0}. */
struct step_impl {
    const char *name;
    /* NULL: nothing to compile.  An error is set through step_error(). */
    bool (*compile)(struct step *step, const struct step_env *env, struct error *err);
    void (*run)(const struct step *step, struct step_frame *frame);
    void (*release)(struct step *step); /* NULL: `data` is freed */
};

struct step {
    const struct map_step *source;
    const struct step_impl *impl;
    const struct map *map; /* for located errors */
    void *data;
};

bool step_compile(struct step *step, const struct map *map, const struct map_step *source,
                  const struct step_env *env, struct error *err) MUST_CHECK;
void step_run(const struct step *step, struct step_frame *frame);
void step_release(struct step *step);
/* Always false: ERROR_CONFIG at the step's own place in the map. */
bool step_error(const struct step *step, struct error *err, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The tables, one for each file. */
extern const struct step_impl step_text_impls[];     /* trim, replace, nullif, prefix, ... */
extern const struct step_impl step_strip_impls[];    /* strip, digits, pad_left */
extern const struct step_impl step_join_impls[];     /* first, join, split, template, ... */
extern const struct step_impl step_unicode_impls[];  /* case, normal forms */
extern const struct step_impl step_choice_impls[];   /* regex, map, boolean, sex, ... */
extern const struct step_impl step_date_impls[];     /* date, partial_date, date_range, ... */
extern const struct step_impl step_time_impls[];     /* timestamp, epoch_seconds */
extern const struct step_impl step_number_impls[];   /* number, money, integer, ... */
extern const struct step_impl step_sum_impls[];      /* scale, multiply, sum */
extern const struct step_impl step_result_impls[];   /* comparator_split, range_split, ... */
extern const struct step_impl step_unit_impls[];     /* unit, currency */
extern const struct step_impl step_code_impls[];     /* icd10, loinc, atc, ... */
extern const struct step_impl step_ident_impls[];    /* ref, hash_key, uuid, check */
extern const struct step_impl step_contact_impls[];  /* phone, email */
extern const struct step_impl step_postcode_impls[]; /* postcode */
extern const struct step_impl step_lookup_impls[];   /* code_map, lookup */

#endif
