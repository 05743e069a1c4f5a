/*
 * gem.h - what a code may become by the General Equivalence Mappings.
 *
 * Rule      a row without the combination flag is one answer.  Rows with it form clusters: for
 *           each scenario, one code from each of its choice lists, and all of them together are
 *           one answer.  (CMS, GEMs Documentation and User's Guide, 2018.)
 * Answers   are for a person to choose from when there are several; the direction matters, the
 *           two files are not each other's inverse.
 * Limits    GEM_PARTS_MAX choice lists a scenario, GEM_ANSWERS_MAX answers a code.
 */
#ifndef HMS_TERMINOLOGY_GEM_H
#define HMS_TERMINOLOGY_GEM_H

#include "terminology/code_pack.h"

enum { GEM_PARTS_MAX = 10, GEM_ANSWERS_MAX = 100000 };

struct gem_answer {
    struct text parts[GEM_PARTS_MAX]; /* in the order of the choice lists */
    int nparts;
    int scenario;
    bool is_approximate; /* of any part */
};

/* Calls `visit` with each answer, in the order of the pack; none for a code without a map.
 * False and ERROR_LIMIT when there are more than the limits. */
bool gem_translate(const struct code_pack *pack, uint32_t row,
                   void (*visit)(const struct gem_answer *answer, void *context), void *context,
                   struct error *err) MUST_CHECK;

#endif
