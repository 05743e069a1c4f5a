/*
 * lesson.h - decisions as numbers to learn from: for learn.c, judge.c and lesson.c only.
 *
 * Pairs     are made of what right answers have; what no right answer ever had is not weighed.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_LESSON_H
#define HMS_TERMINOLOGY_SUGGEST_LESSON_H

#include "terminology/suggest/learn.h"

enum { GROUPS = INDEX_AXES + 1, NO_PAIR = -1 };

/* Candidates of a lesson share groups: those of one value of an axis, those of one concept.  A
 * group has the pairs that add to the score of all its candidates. */
struct group {
    uint32_t first; /* of lesson.pairs */
    uint32_t count;
};

struct lesson {
    uint8_t part;
    int right; /* NO_PAIR: not among the candidates */
    int count;
    float *features;  /* count * FEATURES */
    uint16_t *groups; /* count * GROUPS */
    struct group *group;
    int ngroups;
    uint32_t *pairs; /* places in the weights */
    uint32_t npairs;
    uint32_t decision; /* of the memory */
    struct memory_near near[MEMORY_NEAR_MAX];
    int nnear;
};

struct learner {
    struct learned *learned;
    const struct suggest_index *index;
    struct candidates found;
    struct candidate_room room;
    struct arena arena;
    struct lesson *lessons;
    size_t nlessons;
};

/* Twice over the decisions: which pairs there are, then the lessons in numbers. */
void lessons_read(struct learner *learner, const struct memory *memory,
                  const struct suggest_decision *decisions, const uint32_t *rows,
                  size_t ndecisions);

/* Scores of all candidates of a lesson. */
void lesson_score(const struct weights *weights, const struct lesson *lesson,
                  float scores[LESSON_CANDIDATES]);
/* From the defaults, without the lessons of `part`. */
void learner_study(const struct learner *learner, struct weights *weights, int part);
/* Each part judged by what the others taught: calibration, held-out answers, outcomes. */
void learner_hold_out(struct learner *learner, struct memory *memory);

#endif
