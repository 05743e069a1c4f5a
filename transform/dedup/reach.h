/*
 * reach.h - the group of a record: all that are reached over pairs of CLOSURE_WEIGHT bits and
 * more and over verdicts, found from the record itself.
 *
 * Nodes     representatives of copies, and copies that somebody said something of.
 * Bounds    a group of more than CLOSURE_MOST records is sought again with two bits more, as a
 *           full run breaks it.
 */
#ifndef HMS_TRANSFORM_DEDUP_REACH_H
#define HMS_TRANSFORM_DEDUP_REACH_H

#include "transform/dedup/candidate_index.h"
#include "transform/dedup/changing_rows.h"
#include "transform/dedup/clustering.h"

struct said_link {
    uint32_t record;
    uint32_t other;
};

struct reach {
    const struct scorer *scorer;
    const struct constraints *constraints; /* or NULL */
    struct candidate_index *index;
    const struct changing_rows *rows;
    struct comparer *comparer;
    struct said_link *said; /* by record: sets and named copies, each link twice */
    size_t nsaid;
    uint32_t *marks; /* by record: the round that reached it */
    uint32_t marks_room;
    uint32_t round;
    uint32_t *records; /* the groups found in this round, one after the other */
    uint32_t nrecords;
    uint32_t records_room;
    struct pair
        *pairs; /* of the last group: review band and above, each seen from both sides */
    size_t npairs;
    size_t pairs_room;
};

void reach_open(struct reach *reach, const struct constraints *constraints);
void reach_release(struct reach *reach);
/* Forgets what was reached. */
void reach_begin(struct reach *reach);
bool reach_has(const struct reach *reach, uint32_t record);
/* Adds the group of a record to reach->records; the place where it begins. */
uint32_t reach_group(struct reach *reach, uint32_t record);
/* Pairs of one record with all that share a block, review band and above, into reach->pairs. */
void reach_pairs(struct reach *reach, uint32_t record);

#endif
