/* people_verdict_actions.c - `hms people verdicts`: to a file, and from one. */
#include "cli/people_verb.h"

#include "transform/people/verdicts.h"

#include <inttypes.h>
#include <string.h>

static bool export_file(struct pg *pg, const char *path, struct error *err)
{
    uint64_t count = 0;

    if (!verdicts_export(pg, path, &count, err)) {
        return false;
    }
    cli_say("%" PRIu64 " verdicts written to %s", count, path);
    return true;
}

static bool import_file(struct pg *pg, const char *path, struct error *err)
{
    struct verdict_import done;

    if (!verdicts_import(pg, path, &done, err)) {
        return false;
    }
    cli_say("%" PRIu64 " verdicts came in, %" PRIu64
            " were there already; the next 'hms dedup' "
            "keeps to them",
            done.added, done.there);
    return true;
}

int people_run_verdicts(int argc, char **argv, struct error *err)
{
    bool exports = argc == 2 && strcmp(argv[0], "export") == 0;
    bool imports = argc == 2 && strcmp(argv[0], "import") == 0;
    struct pg *pg;
    bool ok;

    if (!exports && !imports) {
        return cli_usage("people", "people verdicts needs export FILE or import FILE", err);
    }
    pg = cli_store_open(err);
    ok =
        pg != NULL && (exports ? export_file(pg, argv[1], err) : import_file(pg, argv[1], err));
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}
