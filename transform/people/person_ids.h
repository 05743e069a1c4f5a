/*
 * person_ids.h - which id each person gets when registrations are divided into people anew.
 *
 * Rule      a person's id goes to the set that holds most of its registrations; among equals to
 *           the pair of lowest person id and lowest registration; each id to one set, each set
 *           one id, the greatest overlaps first.  So a set that did not change keeps its id.  A
 *           set without one gets a new id, computed from its lowest registration; when that was
 *           used before, with a number behind it.
 * Events    what becomes of the people that were there:
 *               new     a set got a new id
 *               enter   registrations that nobody had came to a person
 *               join    `other` is retired, and most of it is in `person` now
 *               split   a part of `person` is in `other` now
 *               leave   registrations of the person are gone
 *               retire  nobody bears the id any more
 * Order     the result depends on ids, not on the order of registrations or on numbers of sets.
 */
#ifndef HMS_TRANSFORM_PEOPLE_PERSON_IDS_H
#define HMS_TRANSFORM_PEOPLE_PERSON_IDS_H

#include "core/ident.h"

#define PERSON_NONE UINT32_MAX

/* kind, word in the store */
#define PERSON_EVENT_LIST(X)                                                                   \
    X(PERSON_NEW, "new")                                                                       \
    X(PERSON_ENTER, "enter")                                                                   \
    X(PERSON_JOIN, "join")                                                                     \
    X(PERSON_SPLIT, "split")                                                                   \
    X(PERSON_LEAVE, "leave")                                                                   \
    X(PERSON_RETIRE, "retire")

enum person_event_kind {
#define X(kind, word) kind,
    PERSON_EVENT_LIST(X)
#undef X
};

struct person_event {
    enum person_event_kind kind;
    struct ident person;
    struct ident other; /* of join and split */
    uint32_t patients;
};

struct old_person {
    struct ident id;
    uint32_t gone; /* registrations of it that are not there any more */
    /* results */
    uint32_t heir; /* the set that bears its id or, when retired, holds most of it; or NONE */
    bool retired;
};

struct person_division {
    uint32_t nregistrations;
    const struct ident *registrations;
    const uint32_t *set_of; /* by registration: number of its set, below nregistrations */
    const uint32_t *before; /* by registration: place in `old`, or PERSON_NONE */
    struct old_person *old;
    uint32_t nold;
    const struct ident *used; /* every id that was ever given, sorted */
    size_t nused;
};

struct person_ids {
    struct ident *ids; /* by number of a set */
    bool *is_new;      /* by number of a set */
    struct person_event *events;
    size_t nevents;
};

void person_ids_make(struct person_ids *ids, const struct person_division *division);
void person_ids_release(struct person_ids *ids);

const char *person_event_word(enum person_event_kind kind);
int ident_compare(const void *a, const void *b); /* bytewise, for qsort */

#endif
