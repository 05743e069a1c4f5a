/*
 * review_stats.h - how far the queue is, how good its reviewers are, and how right dedup was.
 *
 * Strata    the sample is read in a random order, so what is decided of it up to the first open
 *           draw is a simple random sample at any time, however slow hard pairs are.  Estimates
 *           use no more than that.
 * Errors    ERROR_STORE; for the owner of the store: a steward may not read the tables.
 * Limits    REVIEWERS_MAX reviewers, their most recent first; REVIEW_CAUSES_MAX causes.
 */
#ifndef HMS_TRANSFORM_PEOPLE_REVIEW_STATS_H
#define HMS_TRANSFORM_PEOPLE_REVIEW_STATS_H

#include "transform/people/review.h"
#include "transform/people/review_figures.h"

enum {
    REVIEWERS_MAX = 64,
    REVIEWER_NAME_MAX = 64,
    REVIEWER_PAIRS_MAX = 256,
    REVIEW_CAUSES_MAX = 32,
    REVIEW_CAUSE_MAX = 32,
    STRATA_MAX = 4,
    REVIEW_LISTED_MAX = 20,
};

struct review_counts {
    int64_t open, leased, decided, moot;
    int64_t same, different, unsure; /* outcomes of what is decided */
    int64_t started;                 /* open, and somebody has decided already */
    int64_t split;                   /* open, and reviewers disagree */
    int64_t contradictions;
    int64_t reveals;
};

struct review_cause {
    char name[REVIEW_CAUSE_MAX]; /* "" : none */
    int64_t open, same, different, unsure;
};

struct reviewer {
    char name[REVIEWER_NAME_MAX];
    int64_t decisions; /* in force */
    int64_t withdrawn, unsure, overruled;
    int64_t planted_right, planted_wrong, planted_unsure;
    bool active; /* in the last 14 days */
    struct pace pace;
    struct share accuracy; /* on planted pairs */
};

struct reviewer_pair {
    char first[REVIEWER_NAME_MAX];
    char second[REVIEWER_NAME_MAX];
    struct kappa kappa;
};

struct review_stratum {
    char name[REVIEW_CAUSE_MAX];
    double share;  /* that is drawn */
    int64_t drawn; /* tasks of the sample, decided or not */
    struct stratum seen;
};

struct review_stats {
    struct review_counts counts;
    struct review_cause causes[REVIEW_CAUSES_MAX];
    int ncauses;
    struct reviewer reviewers[REVIEWERS_MAX];
    int nreviewers;
    struct reviewer_pair pairs[REVIEWER_PAIRS_MAX];
    int npairs;
    struct review_stratum strata[STRATA_MAX];
    int nstrata;
    struct share precision;
    struct share recall;
    int64_t decisions_left; /* expected */
    int at_work;            /* reviewers */
    bool needs_second;      /* pairs wait for a second reader, and one reviewer is at work */
    struct forecast forecast;
};

/* The tasks that wait longest, whatever they are: task, since, days, rows that hang on it, answers so far.
 * Says nothing that a second reader must not know. */
PGresult *review_oldest(const struct review *review, struct error *err) MUST_CHECK;
/* Pairs that reviewers saw differently and that are closed, the latest first: task, closed, outcome,
 * who said what. */
PGresult *review_disagreements(const struct review *review, struct error *err) MUST_CHECK;

/* hours: a working day at the screen, where no whole day was measured. */
bool review_stats_load(struct review_stats *stats, const struct review *review, double hours,
                       struct error *err) MUST_CHECK;

#endif
