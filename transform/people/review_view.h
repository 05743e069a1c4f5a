/*
 * review_view.h - a task as a steward sees it: both registrations side by side, field by field.
 *
 * Masks     values that stand on both sides in the same form are masked: a steward needs to know
 *           that they agree, not what they say.  Uncovering one is logged in the store before it
 *           is shown (mpi.reveal).
 * Blind     neither the weight that dedup gave the pair nor what another reviewer said is in it.
 *           Agreement and weights are worked out from the values shown, for every task in the
 *           same way, so that a planted pair looks like any other.
 * Lifetime  everything lives in the view's arena until review_view_release().
 * Privacy   holds values of patients: for the screen of the reviewer who has the task.
 * Limits    REVIEW_FIELDS_MAX fields of REVIEW_VALUES_MAX values each side; what is left out is
 *           counted in `left_out`.  Of a value the first REVIEW_SHOWN_MAX bytes are shown.
 */
#ifndef HMS_TRANSFORM_PEOPLE_REVIEW_VIEW_H
#define HMS_TRANSFORM_PEOPLE_REVIEW_VIEW_H

#include "transform/people/review.h"

#include "core/arena.h"

enum { REVIEW_FIELDS_MAX = 48, REVIEW_VALUES_MAX = 16, REVIEW_SHOWN_MAX = 240 };

#define REVIEW_MASK "••••"

struct review_field {
    const char *name;
    const char *level; /* code of transform/dedup/level.h; NULL: not compared */
    const char *words; /* the same for people */
    double weight;     /* bits, when `weighed` */
    bool weighed;
    bool masked; /* some of it is */
    struct text a;
    struct text b;
};

struct review_view {
    char task[REVIEW_TASK_MAX];
    struct arena arena;
    struct review_field fields[REVIEW_FIELDS_MAX];
    int nfields;
    double weight; /* sum */
    int left_out;
};

/* reveal: names of fields to uncover, separated by commas, "all", or NULL.  ERROR_STORE when the
 * reviewer neither has the task nor has decided it. */
bool review_view_load(struct review_view *view, const struct review *review, const char *task,
                      const char *reveal, struct error *err) MUST_CHECK;
void review_view_release(struct review_view *view);

#endif
