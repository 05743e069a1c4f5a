/*
 * dedup_say.h - what `hms dedup` says of a run and of a pair, for people or as JSON.
 */
#ifndef HMS_CLI_DEDUP_SAY_H
#define HMS_CLI_DEDUP_SAY_H

#include "transform/dedup/dedup.h"
#include "transform/dedup/explain.h"

struct people_run;

void dedup_say_run(const struct dedup *dedup);
void dedup_say_explanation(const struct explanation *explanation);
/* Contradictions, and verdicts on records that are not there. */
void dedup_say_verdicts(const struct constraints *constraints, size_t verdicts,
                        uint64_t dormant);
/* What became of people of the store. */
void dedup_say_people(const struct people_run *run, bool dry_run);

#endif
