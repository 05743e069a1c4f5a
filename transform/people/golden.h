/*
 * golden.h - one record of a person out of all registrations, each value with where it is from.
 *
 * Rule      of a field with one value, a steward's choice survives, else what the field's rule
 *           takes (golden_rules.h), ties broken by: most recent, leading registration, lowest
 *           id.  Identifiers, names, addresses, telecoms, contacts and allergies are united:
 *           every distinct value is there.
 * Conflict  values of different registrations that cannot all be true: two birth dates, two sexes,
 *           two blood groups, alive and dead, an allergy in force beside "no known allergies".
 *           Each is in the record: shown, never resolved.
 * Computed  on reading, from the rows and membership of the moment; nothing is kept but choices.
 * Limits    GOLDEN_CANDIDATES_MAX values of all registrations.
 * Privacy   values are patient data: the caller shows them only when asked.
 */
#ifndef HMS_TRANSFORM_PEOPLE_GOLDEN_H
#define HMS_TRANSFORM_PEOPLE_GOLDEN_H

#include "core/pg.h"
#include "transform/people/golden_rules.h"

enum { GOLDEN_CANDIDATES_MAX = 100000 };

/* A value of a registration. */
struct golden_candidate {
    const char *field;
    const char *value;
    const char *registration;
    const char *source_system;
    const char *run;
    const char *row;
    const char *at; /* "YYYY-MM-DD HH:MM:SS", "" when unknown */
    int64_t parts;  /* how complete; of allergies: 1 in force */
    bool united;
    bool leads;     /* of the leading registration */
    int64_t choice; /* number of the steward's choice, 0: none */
};

enum golden_role { ROLE_SURVIVES, ROLE_UNITED, ROLE_CONTRADICTS };

struct golden_value {
    enum golden_role role;
    const struct golden_candidate *from;
    const char *rule; /* its name, or "united" */
    size_t agreeing;  /* registrations with this value */
    size_t differing; /* registrations with another one; 0 for united */
    bool is_conflict;
};

struct golden {
    char person[37];
    PGresult *rows; /* what the candidates point into */
    struct golden_candidate *candidates;
    size_t ncandidates;
    struct golden_value *values; /* fields in their order, then what is united */
    size_t nvalues;
};

/* Of a person, or of the person a registration belongs to; a retired person's id leads to the one
 * that took over.  The caller releases. */
bool golden_read(struct golden *golden, struct pg *pg, const char *id,
                 const struct golden_rules *rules, struct error *err) MUST_CHECK;
/* The same from candidates that are there, sorted by field and value. */
void golden_compute(struct golden *golden, const struct golden_rules *rules);
void golden_release(struct golden *golden);

/* A steward takes the field from this registration; registration NULL: by its rule again. */
struct golden_choice {
    const char *person; /* or one of its registrations */
    const char *field;
    const char *registration;
    const char *by;
    const char *why;
};
bool golden_choose(struct pg *pg, const struct golden_choice *choice,
                   struct error *err) MUST_CHECK;

#endif
