/*
 * people.h - records of people as small rows of numbers: every value is kept once.
 *
 * Shape     cells[record * nfields + field] is a value of dicts[field]; value 0 is missing.
 *               record 0 │ 17 │  4 │  0 │ 92 │ ...        dicts[0].values[17] = { "anna", ... }
 *           Records are in the order of their ids, bytewise, so that nothing that follows
 *           depends on the order of rows or files.
 * Memory    4 bytes a cell, 16 an id, 40 and the form a distinct value.
 * Ownership the struct owns everything but the model; ids point into the mapped files.
 * Errors    ERROR_SOURCE: a file that cannot be read, a record without an id or with one that
 *           another has; ERROR_LIMIT: more than PEOPLE_MAX records.
 * Threads   people_read() uses `jobs` of them; afterwards the table is only read.
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_H

#include "transform/dedup/people_csv.h"
#include "transform/dedup/people_model.h"

enum { PEOPLE_MAX = 100000000, PEOPLE_FILES_MAX = 64 };

struct people_value {
    const char *form;
    uint64_t bag;   /* letter_bag */
    uint64_t sound; /* sound_key; of a birth date yyyymmdd */
    uint32_t count; /* records that have it */
    uint16_t len;
    uint16_t nicknames[2];
    float rarity; /* bits that this value tells more than others of its field (scorer.h) */
};

struct people_dict {
    struct people_value *values; /* values[0] is missing */
    uint32_t nvalues;
    uint32_t room;
    uint32_t *slots; /* open addressing over the hash of the form */
    uint64_t nslots;
    uint32_t present; /* records that have any value */
    struct arena forms;
};

struct people {
    const struct people_model *model;
    uint32_t nrecords;
    int nfields;
    uint32_t *cells;
    struct text *ids;
    struct people_dict dicts[PEOPLE_FIELDS_MAX];
    struct people_csv *files;
    int nfiles;
};

bool people_read(struct people *people, const struct people_model *model,
                 const char *const *paths, int npaths, int jobs, struct error *err) MUST_CHECK;
void people_release(struct people *people);
/* The record of that id, or -1. */
int64_t people_find(const struct people *people, struct text id);

static inline const uint32_t *people_row(const struct people *people, uint32_t record)
{
    return people->cells + (size_t)record * (size_t)people->nfields;
}

static inline struct text people_value_text(const struct people_value *value)
{
    return (struct text){value->form, value->len};
}

#endif
