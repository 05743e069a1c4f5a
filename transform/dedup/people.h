/*
 * people.h - records of people as small rows of numbers: every value is kept once.
 *
 * Shape     cells[record * width + field] is a value of dicts[field]; value 0 is missing; facts
 *           of these values follow (row_facts.h).
 *               record 0 │ 17 │  4 │  0 │ 92 │ ...        dicts[0].values[17] = { "anna", ... }
 *           Records are in the order of their ids, bytewise, so that nothing that follows
 *           depends on the order of rows or files.
 * Values    20 bytes: a form of VALUE_INLINE bytes stands in the value itself, a longer one in the
 *           text of the dictionary.  What is asked most often stands in arrays of its own.
 * Memory    4 bytes a cell and fact, 16 an id, 32 to 40 and what is not inline a distinct value;
 *           people_memory() counts it.
 * Ownership the struct owns everything but the model; ids point into the mapped files or into
 *           `id_text`.
 * Errors    those of people_csv.h and people_builder.h.
 * Threads   people_read() uses `jobs` of them; afterwards the table is only read.
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_H

#include "transform/dedup/people_csv.h"
#include "transform/dedup/people_model.h"

enum { PEOPLE_MAX = 100000000, VALUE_INLINE = 19 };

struct people_value {
    uint8_t len;
    char head[VALUE_INLINE]; /* the form, or its place in the dictionary's text */
};

struct people_dict {
    struct people_value *values; /* values[0] is missing */
    uint64_t *marks;             /* value_mark.h */
    uint32_t *counts;            /* records that have the value */
    uint32_t *sounds;            /* of names the number of the sound, 0 none; of birth dates the
                         digits, four bits each; or
                         NULL */
    uint16_t (*nicknames)[2];    /* of given names: groups of the table of nicknames; or NULL */
    uint32_t nvalues;
    uint32_t room;
    uint32_t present; /* records that have any value */
    char *text;
    size_t text_len;
    size_t text_room;
    uint64_t *slots; /* open addressing, see people_dict.c; NULL when nothing is to be added */
    uint64_t nslots;
    int slot_bits;
    uint32_t *strangers; /* values that stand for none (shared_values.h), ascending */
    uint32_t nstrangers;
    uint32_t nstranger_records; /* that had one of them */
};

/* Sounds (sound_key) under numbers from 1 on. */
struct sound_table {
    uint64_t *keys; /* open addressing; 0 is free */
    uint32_t *numbers;
    uint32_t nslots;
    uint32_t count;
};

struct people {
    const struct people_model *model;
    uint32_t nrecords;
    uint32_t nsorted; /* records in the order of their ids; the others were added later */
    int nfields;
    int width;                    /* words of a row */
    int facts[PEOPLE_FIELDS_MAX]; /* where those of a field begin in a row; 0: there are none */
    uint32_t *cells;
    struct text *ids;
    struct people_dict dicts[PEOPLE_FIELDS_MAX];
    struct sound_table sounds;              /* of all names together */
    uint32_t implied_by[PEOPLE_FIELDS_MAX]; /* fields that imply this one: implied_fields.h */
    struct people_csv *files;
    int nfiles;
    struct arena id_text;
};

bool people_read(struct people *people, const struct people_model *model,
                 const char *const *paths, int npaths, int jobs, struct error *err) MUST_CHECK;
void people_release(struct people *people);
/* The record of that id among the sorted ones, or -1. */
int64_t people_find(const struct people *people, struct text id);
/* Bytes of the table, without the files. */
uint64_t people_memory(const struct people *people);

static inline const uint32_t *people_row(const struct people *people, uint32_t record)
{
    return people->cells + (size_t)record * (size_t)people->width;
}

static inline struct text people_form(const struct people_dict *dict, uint32_t number)
{
    const struct people_value *value = &dict->values[number];
    uint64_t place;

    if (value->len <= VALUE_INLINE) {
        return (struct text){value->head, value->len};
    }
    memcpy(&place, value->head, sizeof(place));
    return (struct text){dict->text + place, value->len};
}

#endif
