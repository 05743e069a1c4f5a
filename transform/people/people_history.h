/*
 * people_history.h - people of the store, one by one: who they are made of and what became of them.
 *
 * Names     a person is named by its id or by the id of one of its registrations.
 * Privacy   ids, counts and words; values of a registration only from people_values().
 * Errors    ERROR_USAGE for what is no id; ERROR_STORE.
 */
#ifndef HMS_TRANSFORM_PEOPLE_PEOPLE_HISTORY_H
#define HMS_TRANSFORM_PEOPLE_PEOPLE_HISTORY_H

#include "core/pg.h"

/* Calls `row` for each person of two registrations and more: person, registrations,
 * organisations, certain, since_run; of one index, or NULL for all. */
bool people_each(struct pg *pg, const char *index,
                 bool (*row)(const PGresult *rows, int row, void *context, struct error *err),
                 void *context, struct error *err) MUST_CHECK;
/* The person of that id or registration, as text; empty when there is none. */
bool people_named(struct pg *pg, const char *id, char person[37], struct error *err) MUST_CHECK;
/* One row: person, index, since_run, retired_run, replaced_by, registrations. */
PGresult *people_person(struct pg *pg, const char *person, struct error *err) MUST_CHECK;
/* registration, organisation, certain, since_run, org_id. */
PGresult *people_members(struct pg *pg, const char *person, struct error *err) MUST_CHECK;
/* run, ended_at, run_kind, event, person, other, registrations; also of people that it took
 * over. */
PGresult *people_events(struct pg *pg, const char *person, struct error *err) MUST_CHECK;
/* Patient data: source system and key, name, birth date, sex. */
PGresult *people_values(struct pg *pg, const char *registration, const char *org_id,
                        struct error *err) MUST_CHECK;

#endif
