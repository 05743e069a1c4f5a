#include "cli/verb.h"

#include "core/json_out.h"
#include "rehearsals/synth/synth.h"

enum { TABLES_MAX = 64 };

static uint64_t patients;
static uint64_t results;
static uint64_t seed = SYNTH_SEED;
static const char *only;
static const char *folder;
static const char *tables;

static const struct opt opts[] = {
    {OPT_UINT, 0, "patients", "N", "patients in each organisation [2000]", &patients},
    {OPT_UINT, 0, "results", "N", "results in each organisation [2 per patient]", &results},
    {OPT_UINT, 0, "seed", "N", "another seed, another world [1]", &seed},
    {OPT_TEXT, 0, "only", "ORG", "this organisation only [all five]", &only},
    {OPT_TEXT, 0, "tables", "T,...", "these tables only [all]", &tables},
    {OPT_TEXT, 'o', "output", "DIR", "folder to write, empty or made by synth", &folder},
    {0},
};

/* Cuts "A,B" in place; the number of names. */
static int split_tables(char *list, const char *names[TABLES_MAX])
{
    int count = 0;

    for (char *rest = list; rest != NULL && count < TABLES_MAX;) {
        names[count++] = strsep(&rest, ",");
    }
    return count;
}

static void print_json(const struct synth_summary *summary)
{
    struct strbuf sb;
    struct json_out json;

    strbuf_init(&sb, 4096);
    json_out_init(&json, &sb);
    json_out_object(&json);
    json_out_member(&json, "schema", "hms.synth/1");
    json_out_member_uint(&json, "organisations", summary->organisations);
    json_out_member_uint(&json, "tables", summary->tables);
    json_out_member_uint(&json, "rows", summary->rows);
    json_out_member_uint(&json, "bad_rows", summary->bad_rows);
    json_out_member_uint(&json, "bytes", summary->bytes);
    json_out_end_object(&json);
    puts(sb.at);
    strbuf_release(&sb);
}

static int run(int argc, char **argv, struct error *err)
{
    struct synth_summary summary;
    const char *names[TABLES_MAX];
    char *list = xstrdup(tables != NULL ? tables : "");
    bool ok;
    struct synth_request request = {
        .patients = patients > 0 ? patients : 2000,
        .results = results,
        .seed = seed,
        .only = only,
        .tables = names,
        .ntables = tables != NULL ? split_tables(list, names) : 0,
        .folder = folder,
    };

    if (argc > 0) {
        ok = error_set(err, ERROR_USAGE, "'%s' is one word too many", argv[0]);
    } else if (folder == NULL) {
        ok = error_set(err, ERROR_USAGE, "say where to: -o DIR");
    } else {
        ok = synth_run(&request, &summary, err);
    }
    free(list);
    if (!ok) {
        return VERB_FAILED;
    }
    if (cli_json) {
        print_json(&summary);
    }
    cli_say("synth: %u organisations, %u tables, %llu rows, %llu of them bad on purpose: %s",
            summary.organisations, summary.tables, (unsigned long long)summary.rows,
            (unsigned long long)summary.bad_rows, folder);
    return 0;
}

const struct verb verb_synth = {
    .name = "synth",
    .summary =
        "make the legacy dumps of five organisations that never were, with planted truth",
    .usage = "[--patients N] [--results N] [--seed N] [--only ORG] [--tables T,...] -o DIR",
    .example = "hms synth --patients 2000 -o dumps",
    .opts = opts,
    .run = run,
};
