/* dedup_store.c - `hms dedup --org` and `--index`: people of the store. */
#include "cli/dedup_verb.h"

#include "cli/dedup_say.h"
#include "cli/store.h"
#include "transform/people/people_delta.h"
#include "transform/people/people_write.h"
#include "transform/people/review.h"

#include <stdlib.h>

static struct people_request request(void)
{
    return (struct people_request){
        .org = dedup_options.org,
        .index = dedup_options.index,
        .model = dedup_options.model,
        .jobs = (int)dedup_options.jobs,
    };
}

static bool run_and_write(struct people_run *run, struct pg *pg, struct error *err)
{
    struct people_request asked = request();

    if (!people_run_open(run, pg, &asked, err)) {
        return false;
    }
    if (!dedup_options.delta) {
        people_match(run);
    } else if (!people_match_delta(run, err)) {
        return false;
    }
    people_run_decide(run);
    return people_write(run, err) &&
           (dedup_options.delta || dedup_write_asked(&run->dedup, err)) &&
           people_run_end(run, !dedup_options.dry_run, err) &&
           (dedup_options.dry_run || review_fill(pg, run->index.name, err));
}

int dedup_run_store(struct error *err)
{
    struct people_run *run;
    struct pg *pg;
    int status = VERB_FAILED;

    if (dedup_options.verdicts != NULL || dedup_options.pairs != NULL) {
        return cli_usage(
            "dedup", "verdicts of the store are in the store, see 'hms people verdicts'", err);
    }
    if (dedup_options.delta && (dedup_options.output != NULL || dedup_options.report != NULL)) {
        return cli_usage("dedup", "a delta writes no files: it does not score all pairs", err);
    }
    pg = cli_store_open(err);
    if (pg == NULL) {
        return VERB_FAILED;
    }
    run = xcalloc(1, sizeof(*run));
    if (run_and_write(run, pg, err)) {
        if (!dedup_options.delta) {
            dedup_say_run(&run->dedup);
        }
        dedup_say_people(run, dedup_options.dry_run);
        status = run->constraints.ncontradictions > 0 ? EXIT_DIFFERENCES : 0;
    }
    people_run_release(run);
    free(run);
    pg_free(pg);
    return status;
}
