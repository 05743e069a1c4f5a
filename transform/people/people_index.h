/*
 * people_index.h - which organisations look for the same person together.
 *
 * Rule      an organisation is in one index.  Without an agreement that is its own, named by
 *           its code and made on first use.  A shared index is made by an explicit agreement,
 *           which is kept with who recorded it and when.
 * Joining   an organisation brings its people along: the next run of the shared index keeps
 *           their ids where it can.
 * Leaving   the organisation is alone again; its registrations leave people that they share
 *           with others, and get people of their own at its next run.
 * Locking   one piece of work on an index at a time, between all sessions of the store.
 * Errors    ERROR_USAGE for a name that is none; ERROR_STORE for an index that is not there,
 *           that has the name already, or whose organisation is in another.
 * Limits    PEOPLE_INDEX_ORGS_MAX organisations.
 */
#ifndef HMS_TRANSFORM_PEOPLE_PEOPLE_INDEX_H
#define HMS_TRANSFORM_PEOPLE_PEOPLE_INDEX_H

#include "core/ident.h"
#include "core/pg.h"

enum { PEOPLE_INDEX_ORGS_MAX = 1000, PEOPLE_PATIENCE_S = 10 };

struct people_org {
    char code[ORG_CODE_MAX + 1];
    char number[16]; /* org_id, in decimal */
};

struct people_index {
    char name[ORG_CODE_MAX + 1];
    struct people_org *orgs; /* sorted by code */
    int norgs;
};

/* Records that the organisations agreed to share an index of this name. */
bool people_index_create(struct pg *pg, const char *name, const char *const *orgs, int norgs,
                         struct error *err) MUST_CHECK;
bool people_index_leave(struct pg *pg, const char *org, struct error *err) MUST_CHECK;
/* The index of that name. */
bool people_index_open(struct people_index *index, struct pg *pg, const char *name,
                       struct error *err) MUST_CHECK;
/* The index that the organisation is in; its own is made when it is in none. */
bool people_index_of_org(struct people_index *index, struct pg *pg, const char *org,
                         struct error *err) MUST_CHECK;
void people_index_release(struct people_index *index);

/* One session at a time changes people of an index: held until the transaction ends, which waits
 * PEOPLE_PATIENCE_S seconds for this and for every other lock. */
bool people_index_lock(struct pg *pg, const char *name, struct error *err) MUST_CHECK;
/* Indexes that organisations are in: name, organisations, created_at, registrations, people, last run's end. */
PGresult *people_index_list(struct pg *pg, struct error *err) MUST_CHECK;

#endif
