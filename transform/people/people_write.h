/*
 * people_write.h - what a run decided, into the store.
 *
 * Shape     in the caller's transaction: mpi.run, person, member, pair, person_event,
 *           contradiction.  Rows that say the same as before are not touched, so since_run of a
 *           before tells when it came to be.
 * Pairs     a full run replaces those of the index, a delta those of the registrations that
 *           changed.  Pairs that stay keep their row.
 */
#ifndef HMS_TRANSFORM_PEOPLE_PEOPLE_WRITE_H
#define HMS_TRANSFORM_PEOPLE_PEOPLE_WRITE_H

#include "transform/people/people_run.h"

bool people_write(struct people_run *run, struct error *err) MUST_CHECK;

#endif
