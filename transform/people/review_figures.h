/*
 * review_figures.h - what counts of decisions say: shares with their intervals, agreement of
 * reviewers, how right dedup was, when the queue will be empty.
 *
 * Interval  95 %, that of E. B. Wilson, "Probable inference, the law of succession, and
 *           statistical inference", 1927; it holds for few cases and for none wrong.
 * Kappa     J. Cohen, "A coefficient of agreement for nominal scales", 1960.
 * Estimate  of a stratified random sample: each stratum's share counts as many times as there
 *           are pairs in it (D. Horvitz, D. Thompson, 1952).  The interval is Wilson's over the
 *           number of simple draws that would tell as much, in which the variance of a stratum
 *           is taken at (wrong + 1/2) / (n + 1), so that a stratum without an error is not
 *           taken for one that can have none.  A stratum that is known whole adds nothing to it.
 * Unsure    pairs on which nobody could decide are taken as wrong at the lower end of the
 *           interval and as right at the upper one.
 */
#ifndef HMS_TRANSFORM_PEOPLE_REVIEW_FIGURES_H
#define HMS_TRANSFORM_PEOPLE_REVIEW_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

struct share {
    bool known; /* false: there is nothing to tell it from */
    double value;
    double low;
    double high;
};

/* n may be a number of draws that is not whole. */
struct share share_of(double hits, double n);

enum { KAPPA_ANSWERS = 3 };

struct kappa {
    bool known; /* false: fewer than two pairs, or chance alone explains all agreement */
    double value;
    double low;
    double high;
    double agreed; /* share */
    double n;
};

/* counts[i][k]: pairs to which one said i and the other k. */
struct kappa kappa_of(const double counts[KAPPA_ANSWERS][KAPPA_ANSWERS]);

/* Pairs that dedup treated alike, and what is known of them. */
struct stratum {
    bool linked;  /* dedup took them for the same */
    double pairs; /* all there are */
    double same;  /* of those drawn */
    double different;
    double unsure;
};

/* Of the pairs dedup linked, the share that is the same person. */
struct share audit_precision(const struct stratum *strata, size_t n);
/* Of the pairs that are the same person, the share that dedup linked. */
struct share audit_recall(const struct stratum *strata, size_t n);

struct pace {
    double decisions_a_day; /* on whole working days; 0: there was none yet */
    double seconds;         /* median for a decision */
};

struct forecast {
    bool known; /* false: nobody has decided anything yet */
    double days;
    double decisions_a_day;
    bool assumed; /* of some reviewer the working day had to be assumed */
};

/* decisions: still to be made, by `n` reviewers at work, each `hours` a day where no whole day was
 * measured. */
struct forecast forecast_of(double decisions, const struct pace *paces, size_t n, double hours);
/* Decisions that open tasks need: `wanted` by their rules, more where reviewers disagree (a share
 * of those that two read) and for planted pairs (a share of what is handed out). */
double decisions_left(double wanted, double read_by_two, double disagree, double planted);

#endif
