#include "cli/store.h"
#include "cli/verb.h"

#include "core/json_out.h"
#include "core/progress.h"
#include "load/gate.h"
#include "load/initial.h"

enum { JSON_BYTES_MAX = 1 << 20, JOBS_DEFAULT = 2, JOBS_LIMIT = 64, NUMBER_MAX = 24 };

static const char *organisation;
static const char *name;
static const char *purpose = PURPOSE_REHEARSAL;
static uint64_t jobs = JOBS_DEFAULT;
static bool replace;
static bool dry_run;

/* Reads are of maps, and several maps may feed an entity. */
static const char balance_sql[] =
    "SELECT b.entity, "
    "(SELECT sum(m.rows_read) FROM (SELECT DISTINCT map, rows_read FROM mig.balance "
    "                               WHERE run_id = $1 AND entity = b.entity) m), "
    "coalesce(sum(b.rows) FILTER (WHERE outcome = 'loaded'), 0), "
    "coalesce(sum(b.rows) FILTER (WHERE outcome = 'merged'), 0), "
    "coalesce(sum(b.rows) FILTER (WHERE outcome = 'excluded'), 0), "
    "coalesce(sum(b.rows) FILTER (WHERE outcome = 'quarantined'), 0), "
    "coalesce(sum(b.rows) FILTER (WHERE outcome = 'rejected'), 0), "
    "coalesce(sum(b.rows) FILTER (WHERE outcome = 'issue'), 0) "
    "FROM mig.balance b WHERE run_id = $1 GROUP BY b.entity ORDER BY b.entity";

static const char timing_sql[] =
    "SELECT work, round(sum(micros) / 1e6, 2) FROM mig.timing WHERE run_id = $1 "
    "GROUP BY work ORDER BY sum(micros) DESC";

static const char *const titles[] = {"entity",   "read",        "loaded",   "merged",
                                     "excluded", "quarantined", "rejected", "issue"};

enum { TITLES = sizeof(titles) / sizeof(titles[0]), QUARANTINED = 5, REJECTED = 6 };

static void print_balance(const PGresult *balance)
{
    long long sums[TITLES] = {0};

    printf("%-20s", titles[0]);
    for (int col = 1; col < TITLES; col++) {
        printf(" %11s", titles[col]);
    }
    printf("\n");
    for (int row = 0; row < PQntuples(balance); row++) {
        printf("%-20s", PQgetvalue(balance, row, 0));
        for (int col = 1; col < TITLES; col++) {
            printf(" %11s", PQgetvalue(balance, row, col));
            sums[col] += strtoll(PQgetvalue(balance, row, col), NULL, 10);
        }
        printf("\n");
    }
    printf("%-20s", "all");
    for (int col = 1; col < TITLES; col++) {
        printf(" %11lld", sums[col]);
    }
    printf("\n");
}

static void print_balance_json(const PGresult *balance, int run_id)
{
    for (int row = 0; row < PQntuples(balance); row++) {
        struct strbuf sb;
        struct json_out out;
        strbuf_init(&sb, JSON_BYTES_MAX);
        json_out_init(&out, &sb);
        json_out_object(&out);
        json_out_member(&out, "record", "hms.balance/1");
        json_out_member_int(&out, "run", run_id);
        json_out_member(&out, "organisation", organisation);
        json_out_member(&out, "entity", PQgetvalue(balance, row, 0));
        for (int col = 1; col < TITLES; col++) {
            json_out_key(&out, titles[col]);
            json_out_raw(&out, text_of(PQgetvalue(balance, row, col)));
        }
        json_out_end_object(&out);
        printf("%s\n", sb.at);
        strbuf_release(&sb);
    }
}

static void print_timing(const PGresult *timing, double seconds)
{
    if (!cli_json) {
        struct strbuf line;
        strbuf_init(&line, JSON_BYTES_MAX);
        for (int row = 0; row < PQntuples(timing); row++) {
            strbuf_addf(&line, "%s%s %s", row == 0 ? "" : ", ", PQgetvalue(timing, row, 0),
                        PQgetvalue(timing, row, 1));
        }
        cli_say("%.2f s; seconds of all workers: %s", seconds,
                line.len == 0 ? "none" : line.at);
        strbuf_release(&line);
        return;
    }
    for (int row = 0; row < PQntuples(timing); row++) {
        printf("{\"record\":\"hms.load.timing/1\",\"work\":\"%s\",\"seconds\":%s}\n",
               PQgetvalue(timing, row, 0), PQgetvalue(timing, row, 1));
    }
}

/* True through *differences when a row was rejected or put aside. */
static bool report(struct pg *pg, int run_id, double seconds, bool *differences,
                   struct error *err)
{
    char id[NUMBER_MAX];
    const char *const params[] = {id};
    PGresult *balance;
    PGresult *timing;

    snprintf(id, sizeof(id), "%d", run_id);
    balance = pg_query(pg, balance_sql, 1, params, err);
    timing = pg_query(pg, timing_sql, 1, params, err);
    if (balance != NULL && timing != NULL) {
        if (cli_json) {
            print_balance_json(balance, run_id);
        } else if (!cli_quiet) {
            print_balance(balance);
        }
        print_timing(timing, seconds);
        for (int row = 0; row < PQntuples(balance); row++) {
            *differences = *differences ||
                           strcmp(PQgetvalue(balance, row, QUARANTINED), "0") != 0 ||
                           strcmp(PQgetvalue(balance, row, REJECTED), "0") != 0;
        }
    }
    PQclear(balance);
    PQclear(timing);
    return err->code == ERROR_NONE;
}

static int load_and_report(const char *stage, struct error *err)
{
    const struct initial_load load = {.conninfo = cli_store(),
                                      .stage = stage,
                                      .organisation = organisation,
                                      .name = name,
                                      .purpose = purpose,
                                      .jobs = (int)jobs,
                                      .replace = replace,
                                      .dry_run = dry_run};
    struct pg *pg = cli_store_open(err);
    int64_t started = clock_us();
    bool differences = false;
    int run_id;
    bool ok;

    ok = pg != NULL && initial_load(&load, &run_id, err);
    if (ok) {
        ok = report(pg, run_id, (double)(clock_us() - started) / 1e6, &differences, err);
        fflush(stdout); /* the words below belong under the table */
        cli_say(dry_run ? "tried as run %d, nothing of organisation '%s' was kept"
                        : "run %d: organisation '%s' is loaded",
                run_id, organisation);
    }
    pg_free(pg);
    if (!ok) {
        return VERB_FAILED;
    }
    if (differences) {
        cli_say("rows were rejected or put aside: 'hms rejects --org %s' lists them by rule",
                organisation);
    }
    return differences ? EXIT_DIFFERENCES : 0;
}

static int run_load(int argc, char **argv, struct error *err)
{
    if (argc != 1) {
        error_set(err, ERROR_USAGE, "load takes one stage folder, or - for standard input");
    } else if (organisation == NULL) {
        error_set(err, ERROR_USAGE, "load needs --org");
    } else if (jobs < 1 || jobs > JOBS_LIMIT) {
        error_set(err, ERROR_USAGE, "--jobs is a number from 1 to %d", JOBS_LIMIT);
    } else if (gate_purpose(purpose, err)) {
        return load_and_report(argv[0], err);
    }
    return VERB_FAILED;
}

static const struct opt opts[] = {
    {OPT_TEXT, 0, "org", "CODE", "organisation that the stage is of", &organisation},
    {OPT_TEXT, 0, "name", "TEXT", "its name in words [the code]", &name},
    {OPT_UINT, 'j', "jobs", "N", "processes that load [2]", &jobs},
    {OPT_TEXT, 0, "purpose", "WORD", "rehearsal or cutover [rehearsal]", &purpose},
    {OPT_FLAG, 0, "replace", NULL, "put it in the place of what is loaded", &replace},
    {OPT_FLAG, 'n', "dry-run", NULL, "do everything but keep it", &dry_run},
    {0},
};

const struct verb verb_load = {
    .name = "load",
    .summary = "load a stage into the store: an organisation's rows, all or none",
    .usage = "STAGEDIR|- --org CODE [options]",
    .example = "hms load stage/northgate --org northgate",
    .opts = opts,
    .run = run_load,
};
