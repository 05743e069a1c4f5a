/*
 * merge.h - a steward joins the people of two registrations, and takes that back.
 *
 * Rule      no row of the record is touched by a merge or by taking it back; only rows that came
 *           after the merge may be given to another registration, one by one, by an answer.
 * Asked     when merges are taken back and the people part: rows that came later, on a
 *           registration that was named in a merge, and that no load brought from a source (a
 *           source's own key says whose its rows are).  As long as one is unanswered nothing is
 *           done.
 * Refused   a merge across indexes, of what is merged already, and against a verdict that keeps
 *           the two people apart; a row given to another organisation, or away from the visit
 *           or order it belongs to.
 * Safety    one transaction each, under the index's lock (people_index_lock()).
 * Ids       of registrations (hms.patient), as text.
 * Errors    ERROR_USAGE for what is no id; ERROR_STORE for what is refused; ERROR_LIMIT.
 */
#ifndef HMS_TRANSFORM_PEOPLE_MERGE_H
#define HMS_TRANSFORM_PEOPLE_MERGE_H

#include "core/pg.h"
#include "transform/people/merge_replay.h"

enum { MERGE_ANSWERS_MAX = 64 };

struct people_merged {
    int64_t merge_id;
    char person[UUID_TEXT];
    int registrations; /* of the person now */
};

/* `a` leads.  why may be NULL. */
bool people_merge(struct pg *pg, const char *const ab[2], const char *by, const char *why,
                  struct people_merged *out, struct error *err) MUST_CHECK;

struct merge_answer {
    char row[UUID_TEXT];
    char to[UUID_TEXT];
};

struct people_unmerge {
    const char *a;
    const char *b; /* NULL: all merges that name a */
    const char *by;
    const char *why;
    bool apart;           /* and keep them apart from now on */
    const char *give_all; /* registration for asked rows without an answer, or NULL */
    const struct merge_answer *answers;
    size_t nanswers;
};

struct people_unmerged {
    bool done;
    int merges;
    int unanswered;
    int given;         /* rows that are another registration's now */
    bool still_one;    /* something else holds two of them for one person */
    PGresult *changes; /* kind, asked, entity, column, row, org, registration, dated */
};

/* When a row is unanswered: true, not done, and the changes say which.  The caller releases. */
bool people_unmerge(struct pg *pg, const struct people_unmerge *request,
                    struct people_unmerged *out, struct error *err) MUST_CHECK;
void people_unmerged_release(struct people_unmerged *out);

/* Patient data: entity, row, and the whole row as JSON; no row when it is gone. */
PGresult *people_row_values(struct pg *pg, const char *entity, const char *row,
                            const char *org_id, struct error *err) MUST_CHECK;
/* A row that was given is its former registration's again. */
bool people_take_back(struct pg *pg, const char *row, const char *by,
                      struct error *err) MUST_CHECK;
/* After dedup changed people of an index: merges in force hold on top of what it says now. */
bool people_merge_settle(struct pg *pg, const char *index, const char *run,
                         struct error *err) MUST_CHECK;

/* Shared by merge.c and unmerge.c. */
bool merge_id_is_valid(const char *id, struct error *err) MUST_CHECK;
/* Begins a transaction under the lock of the index that the registration is in. */
bool merge_begin(struct pg *pg, const char *registration, char index[UUID_TEXT],
                 struct error *err) MUST_CHECK;
/* Commits, or rolls back when not ok; false then. */
bool merge_end(struct pg *pg, bool ok, struct error *err) MUST_CHECK;
/* A run of kind decision. */
bool merge_run(struct pg *pg, const char *index, char run[24], struct error *err) MUST_CHECK;

#endif
