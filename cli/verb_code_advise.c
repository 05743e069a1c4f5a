/* verb_code_advise.c - `hms code suggest --org`: suggestions for the codes of the store. */
#include "cli/code_verb.h"
#include "cli/store.h"
#include "cli/term_verb.h"

#include "transform/codes/suggest_items.h"

int code_run_suggest_store(int argc, char **argv, struct error *err)
{
    struct suggest_items job = {
        .filter = {code_options.organisation, code_options.list, code_options.entity}};
    struct code_pack *pack;
    struct pg *pg = NULL;
    bool ok;

    (void)argv;
    if (argc != 0 || job.filter.organisation == NULL || code_options.system == NULL) {
        return cli_usage("code", "suggest takes --system, and --org or --csv", err);
    }
    pack = term_pack(code_options.system, err);
    job.pack = pack;
    ok = pack != NULL && (pg = cli_store_open(err)) != NULL &&
         worklist_refresh(pg, job.filter.organisation, err) && suggest_items(pg, &job, err);
    if (ok) {
        cli_say("%zu of %zu codes have suggestions; learned from %zu settled codes", job.nfound,
                job.nitems, job.ntrained);
    }
    pg_free(pg);
    code_pack_free(pack);
    return ok ? 0 : VERB_FAILED;
}
