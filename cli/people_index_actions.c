/* people_index_actions.c - `hms people index`: who shares an index of people. */
#include "cli/people_verb.h"

#include "core/json_out.h"
#include "transform/people/people_index.h"

#include <string.h>

static int list(struct pg *pg, struct error *err)
{
    PGresult *rows = people_index_list(pg, err);

    if (rows == NULL) {
        return VERB_FAILED;
    }
    if (!cli_json) {
        printf("%-20s %13s %10s %-20s %s\n", "index", "registrations", "people", "last run",
               "organisations");
    }
    for (int row = 0; row < PQntuples(rows); row++) {
        if (cli_json) {
            people_print_row(rows, row, "hms.people-index/1");
            continue;
        }
        printf("%-20s %13s %10s %-20s %s\n", PQgetvalue(rows, row, 0), PQgetvalue(rows, row, 2),
               PQgetvalue(rows, row, 3), PQgetvalue(rows, row, 4), PQgetvalue(rows, row, 1));
    }
    PQclear(rows);
    return 0;
}

static int create(struct pg *pg, const char *name, struct error *err)
{
    if (people_options.orgs.count < 2) {
        return cli_usage(
            "people", "an index is shared by two organisations or more: --org A --org B", err);
    }
    if (!people_index_create(pg, name, people_options.orgs.at, people_options.orgs.count,
                             err)) {
        return VERB_FAILED;
    }
    cli_say("index %s is shared by %d organisations; 'hms dedup --index %s' fills it", name,
            people_options.orgs.count, name);
    return 0;
}

static int leave(struct pg *pg, struct error *err)
{
    const char *org = people_options.orgs.at[0];

    if (people_options.orgs.count != 1) {
        return cli_usage("people", "one organisation leaves at a time: --org CODE", err);
    }
    if (!people_index_leave(pg, org, err)) {
        return VERB_FAILED;
    }
    cli_say("%s is in no shared index; 'hms dedup --org %s' looks for its people", org, org);
    return 0;
}

int people_run_index(int argc, char **argv, struct error *err)
{
    bool lists = argc == 1 && strcmp(argv[0], "list") == 0;
    bool creates = argc == 2 && strcmp(argv[0], "create") == 0;
    bool leaves = argc == 1 && strcmp(argv[0], "leave") == 0;
    struct pg *pg;
    int status = VERB_FAILED;

    if (!lists && !creates && !leaves) {
        return cli_usage("people", "people index needs list, create NAME or leave", err);
    }
    pg = cli_store_open(err);
    if (pg != NULL) {
        status = lists ? list(pg, err) : creates ? create(pg, argv[1], err) : leave(pg, err);
    }
    pg_free(pg);
    return status;
}
