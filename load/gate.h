/*
 * gate.h - what a rehearsal may carry and a cutover may not: codes that no second person has
 * approved (rule code.proposed, counted by transform in the balances of the stage).
 *
 * When      before the load writes anything.
 * Stream    a cutover is loaded from a sealed folder: of a stream the balances come last.
 * Errors    ERROR_CONFIG with the first map, how many values, how many maps, and what to do.
 */
#ifndef HMS_LOAD_GATE_H
#define HMS_LOAD_GATE_H

#include "core/error.h"

#define PURPOSE_REHEARSAL "rehearsal"
#define PURPOSE_CUTOVER   "cutover"

/* ERROR_USAGE for a word that is no purpose. */
bool gate_purpose(const char *purpose, struct error *err) MUST_CHECK;
/* `stage` is a folder, or "-". */
bool gate_open(const char *stage, const char *purpose, struct error *err) MUST_CHECK;

#endif
