/*
 * truth.h - what only the maker of the dumps knows: who is the same person, which rows are bad
 * and why, which code is right, how many rows there are.
 *
 * Shape     people.csv, bad_rows.csv, codes.csv and counts.csv, as docs/synth.md describes.
 */
#ifndef HMS_REHEARSALS_SYNTH_TRUTH_H
#define HMS_REHEARSALS_SYNTH_TRUTH_H

#include "rehearsals/synth/dump.h"
#include "rehearsals/synth/people.h"

struct truth {
    struct dump people;
    struct dump bad_rows;
    struct dump codes;
    struct dump counts;
};

/* What is bad about a row, and where it stands. */
struct truth_bad_row {
    const char *organisation;
    const char *table;
    const char *key; /* parts of a composite key are joined by '/' */
    uint64_t line;
    enum plant plant;
};

/* The folder is there. On an error close it all the same. */
bool truth_open(struct truth *truth, const char *folder, struct error *err) MUST_CHECK;
bool truth_close(struct truth *truth, struct error *err) MUST_CHECK;
void truth_person(struct truth *truth, const char *organisation, const char *key,
                  const struct person *person);
void truth_bad_row(struct truth *truth, const struct truth_bad_row *row);
void truth_code(struct truth *truth, const char *organisation, const char *local,
                const char *system, const char *standard);
void truth_count(struct truth *truth, const char *organisation, const char *table,
                 uint64_t rows);

#endif
