/*
 * merge_replay.h - who is one person, worked out from what dedup says and the merges in force.
 *
 * Base      what mpi.member would say of a registration without any merge.
 * Replay    people of the base, joined by the merges in force in their order: the person of a's
 *           side survives, and those who came over are members since the merge.  So a merge is
 *           undone by replaying without it, in whatever order merges are undone.
 * Rebase    dedup changes mpi.member while merges are in force and knows nothing of the base.
 *           Where it differs from what the last replay wrote, the base is brought up to date:
 *             a registration left its group      its base is where it is now
 *             a whole group went to a person     the base of whom it is linked with there
 *             a registration came                the base of whom it is linked with, else of the
 *                                                leading registration
 *           Links are pairs that dedup linked or people said are one, heaviest first.
 * Leader    of each organisation, the registration of it that was named first in the merges of a
 *           person, those of a's side before those of b's.
 * Limits    MERGE_REGISTRATIONS_MAX registrations are worked out at once.
 * Ownership the caller's; nothing is kept but indexes into its arrays.
 */
#ifndef HMS_TRANSFORM_PEOPLE_MERGE_REPLAY_H
#define HMS_TRANSFORM_PEOPLE_MERGE_REPLAY_H

#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

enum { MERGE_REGISTRATIONS_MAX = 5000, MERGE_LINKS_MAX = 200000, UUID_TEXT = 37 };

struct membership {
    char person[UUID_TEXT];
    int32_t since_run;
    bool certain;
};

struct merge_registration {
    char id[UUID_TEXT];
    int32_t org_id;
    bool is_member; /* false: it is gone from the store, only remembered by merges */
    bool is_known;  /* an earlier replay wrote it: `base` and `written` are set */
    struct membership now;
    struct membership base;
    struct membership written;
    /* results */
    struct membership result;
    const char *leader; /* id of the leading registration of its organisation, or NULL */
    bool is_merged;     /* named in a merge in force */
    bool in_merge;      /* of a person that merges made */
};

struct merge_line {
    size_t a, b; /* registrations; a leads */
    int32_t run_id;
};

struct merge_link {
    size_t a, b;
};

struct merge_component {
    struct merge_registration *registrations; /* sorted by id */
    size_t nregistrations;
    const struct merge_line *lines; /* in force, in their order */
    size_t nlines;
    const struct merge_link *links; /* heaviest first */
    size_t nlinks;
};

void merge_rebase(struct merge_component *component);
/* Fills the results of every registration that is a member. */
void merge_replay(struct merge_component *component);

#endif
