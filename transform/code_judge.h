/*
 * code_judge.h - the packs in force, asked about a code on its day of service.
 *
 * Source    a registry (terminology/registry.h); its list of packs is read once, at opening, so
 *           that a switch during a run changes nothing in it.
 * Systems   by any name that terminology/code_system.h knows.
 * Day       the pack that covers the day judges.  CODE_NO_DAY: any pack of the system may say
 *           "right"; if none does, the latest one's verdict counts.
 * Errors    a damaged pack is ERROR_INTEGRITY at opening; judging cannot fail.
 */
#ifndef HMS_TRANSFORM_CODE_JUDGE_H
#define HMS_TRANSFORM_CODE_JUDGE_H

#include "core/manifest.h"
#include "terminology/code_check.h"

struct code_judge;

/* What was asked so far. */
struct code_judge_totals {
    uint64_t judged;
    uint64_t wrong;      /* of these */
    uint64_t unverified; /* no pack in force for the system on that day */
};

/* A folder that is not there has no packs. */
struct code_judge *code_judge_open(const char *folder, struct error *err); /* NULL on error */
void code_judge_free(struct code_judge *judge);
size_t code_judge_packs(const struct code_judge *judge);
/* False: nobody here can judge it. */
bool code_judge_ask(struct code_judge *judge, struct text system, struct text code, int32_t day,
                    enum code_verdict *verdict);
struct code_judge_totals code_judge_totals(const struct code_judge *judge);
/* Adds name, release and hash of each pack that was asked. */
bool code_judge_record(const struct code_judge *judge, struct manifest *manifest,
                       struct error *err) MUST_CHECK;

#endif
