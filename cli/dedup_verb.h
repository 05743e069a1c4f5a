/*
 * dedup_verb.h - what the parts of `hms dedup` share: tables of files are in verb_dedup.c, the store
 * in dedup_store.c.
 */
#ifndef HMS_CLI_DEDUP_VERB_H
#define HMS_CLI_DEDUP_VERB_H

#include "cli/action.h"
#include "cli/verb.h"

#include "transform/dedup/dedup.h"

struct dedup_options {
    struct opt_list files;
    const char *org;
    const char *index;
    const char *model;
    const char *output;
    const char *report;
    const char *pairs;
    const char *svg;
    const char *verdicts;
    const char *before;
    bool delta;
    bool dry_run;
    uint64_t jobs;
};

extern struct dedup_options dedup_options;

/* Each as verb.run. */
int dedup_run_store(struct error *err);
int dedup_run_whatif(struct error *err);

/* -o PAIRS,CLUSTERS and --report, as far as they were asked for, after dedup_match(). */
bool dedup_write_asked(struct dedup *dedup, struct error *err) MUST_CHECK;

#endif
