/*
 * dedup_say.h - what `hms dedup` says of a run and of a pair, for people or as JSON.
 */
#ifndef HMS_CLI_DEDUP_SAY_H
#define HMS_CLI_DEDUP_SAY_H

#include "transform/dedup/dedup.h"
#include "transform/dedup/explain.h"

void dedup_say_run(const struct dedup *dedup);
void dedup_say_explanation(const struct explanation *explanation);

#endif
