/*
 * review.h - the queue of pairs that stewards decide: take the next, decide, undo.
 *
 * Rules     leases, one decision a person and pair, blindness and verdicts are kept by the
 *           functions of load/schema/007_review and 009_review_desk in the store; this is the
 *           way to call them.  The command line and the console use the same.
 * Words     what the store answers when it did not do as asked; review_refuse() makes an error of
 *           one.  They are not errors by themselves: a screen goes on after `expired`.
 * Time      each call is a transaction of its own.
 * Errors    ERROR_STORE; ERROR_USAGE for a reviewer or an index that cannot be.
 */
#ifndef HMS_TRANSFORM_PEOPLE_REVIEW_H
#define HMS_TRANSFORM_PEOPLE_REVIEW_H

#include "core/pg.h"

/* enum, word of the store, what it means, what to do about it */
#define REVIEW_WORD_LIST(X)                                                                    \
    X(REVIEW_DONE, "done", "it was done", "")                                                  \
    X(REVIEW_EXPIRED, "expired", "the lease on this task has run out",                         \
      "'hms review next' hands it out again")                                                  \
    X(REVIEW_TAKEN, "taken", "somebody else has this task now",                                \
      "'hms review next' gives another one")                                                   \
    X(REVIEW_MOOT, "moot", "the question has gone away: the pair is no longer there",          \
      "'hms review next' gives another one")                                                   \
    X(REVIEW_CLOSED, "closed", "this task is decided already",                                 \
      "'hms review next' gives another one")                                                   \
    X(REVIEW_ALREADY, "already", "this reviewer has decided this pair already",                \
      "'hms review undo' takes the last decision back")                                        \
    X(REVIEW_UNKNOWN, "unknown", "there is no such task", "'hms review next' names one")       \
    X(REVIEW_NOTHING, "nothing", "there is no decision to take back", "")

enum review_word {
#define X(code, word, text, hint) code,
    REVIEW_WORD_LIST(X)
#undef X
};

enum { REVIEW_TASK_MAX = 16, REVIEW_INDEX_MAX = 32 };

struct review {
    struct pg *pg;  /* the caller's */
    const char *by; /* the reviewer; the caller's */
    char index[REVIEW_INDEX_MAX];
};

struct review_task {
    char id[REVIEW_TASK_MAX]; /* empty: there is none */
};

struct review_answer {
    const char *answer; /* same, different, unsure */
    const char *why;    /* NULL: nothing was said */
    bool weights_seen;
};

/* Brings the queue up to the last run of dedup, which does so itself when it is done. */
bool review_fill(struct pg *pg, const char *index, struct error *err) MUST_CHECK;
/* What a run that was killed left undone is made up for.  index NULL: the only one there is. */
bool review_open(struct review *review, struct pg *pg, const char *by, const char *index,
                 struct error *err) MUST_CHECK;
/* Leases a task to the reviewer; the one he has, while its lease runs. */
bool review_next(const struct review *review, struct review_task *task,
                 struct error *err) MUST_CHECK;
bool review_renew(const struct review *review, const char *task, enum review_word *word,
                  struct error *err) MUST_CHECK;
/* Puts it back undecided. */
bool review_skip(const struct review *review, const char *task, enum review_word *word,
                 struct error *err) MUST_CHECK;
bool review_decide(const struct review *review, const char *task,
                   const struct review_answer *answer, enum review_word *word,
                   struct error *err) MUST_CHECK;
/* Withdraws the reviewer's last decision; `task` is the one it was about, leased to him again
 * when the word is REVIEW_DONE. */
bool review_undo(const struct review *review, struct review_task *task, enum review_word *word,
                 struct error *err) MUST_CHECK;
/* Decisions on a task: reviewer, answer, why, decided_at, withdrawn.  A reviewer sees those of
 * others after his own; without a reviewer (by NULL) all, for the store's owner only. */
PGresult *review_history(const struct review *review, const char *task,
                         struct error *err) MUST_CHECK;

/* Always false. */
bool review_refuse(enum review_word word, struct error *err);
/* same, different or unsure, or the first letter; NULL for anything else. */
const char *review_answer_named(const char *text);

#endif
