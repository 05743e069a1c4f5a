/*
 * people_delta.h - matches only what changed since the last run of an index.
 *
 * Changed   registrations that came, or whose content differs from what it was when they were
 *           matched last; the people of registrations that are gone; both sides of verdicts
 *           that were given or withdrawn since, or do not hold.  Content is compared and not
 *           dates, so nothing is missed by runs that failed, or that nobody made.
 * Rule      what the last full run learned stays (mpi.run.learned).  Changed registrations are
 *           matched against all; groups that they leave or enter are closed anew, and so are the
 *           people that lost somebody.  Nothing else moves.
 * Cost      reading follows the index, matching follows what changed.
 * Errors    ERROR_STORE without a full run to follow; ERROR_CONFIG when that had another model.
 */
#ifndef HMS_TRANSFORM_PEOPLE_PEOPLE_DELTA_H
#define HMS_TRANSFORM_PEOPLE_PEOPLE_DELTA_H

#include "transform/people/people_run.h"

bool people_match_delta(struct people_run *run, struct error *err) MUST_CHECK;

#endif
