/*
 * team.h - the same work done by several threads, which share the caller's memory on purpose.
 *
 * Use       each member is told its number; what they divide among them is theirs to count
 *           (an atomic counter in the context).  team_run() returns when all are done.
 */
#ifndef HMS_TRANSFORM_DEDUP_TEAM_H
#define HMS_TRANSFORM_DEDUP_TEAM_H

#include <stdint.h>

enum { TEAM_MAX = 64 };

void team_run(int members, void (*work)(void *context, int member), void *context);
/* The numbers 0 .. n - 1 in runs of `at_once`: each member takes the next run, `to` not included. */
void team_share(int members, uint32_t n, uint32_t at_once,
                void (*work)(void *context, uint32_t from, uint32_t to), void *context);

#endif
