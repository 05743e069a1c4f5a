/* verb_rehearse.c - `hms rehearse`: run a plan, list, show, compare and drop rehearsals. */
#include "cli/store.h"
#include "cli/verb.h"
#include "core/file.h"
#include "rehearsals/compare.h"
#include "rehearsals/rehearse.h"

#include <inttypes.h>
#include <unistd.h>

enum { PAGE_BYTES_MAX = 64 << 20 };

static const char home[] = "var/rehearsals";

static struct opt_list settings;
static uint64_t jobs = 2;
static bool changed;
static const char *report;

static const struct opt opts[] = {
    {OPT_LIST, 0, "set", "NAME=VALUE", "give a variable of the plan another value", &settings},
    {OPT_UINT, 'j', "jobs", "N", "independent steps side by side [2]", &jobs},
    {OPT_FLAG, 0, "changed", NULL, "compare: only rows in which something changed", &changed},
    {OPT_TEXT, 0, "report", "FILE", "compare: also write one HTML page", &report},
    {0},
};

static void print(const struct strbuf *text)
{
    if (text->len > 0)
        fwrite(text->at, 1, text->len, stdout);
}

static bool parse_number(const char *word, int *number, struct error *err)
{
    char *end;
    long value = strtol(word, &end, 10);
    if (*end != '\0' || end == word || value < 1 || value > INT32_MAX) {
        return error_set(err, ERROR_USAGE, "'%s' is no number of a rehearsal", word);
    }
    *number = (int)value;
    return true;
}

static void print_record(const struct rehearsal_record *record)
{
    struct strbuf text;
    strbuf_init(&text, PAGE_BYTES_MAX);
    if (cli_json) {
        rehearsal_record_json(record, &text);
    } else {
        rehearsal_record_text(record, &text);
    }
    print(&text);
    strbuf_release(&text);
}

static bool write_page(const struct rehearsal_record *record, struct error *err)
{
    struct strbuf page;
    strbuf_init(&page, PAGE_BYTES_MAX);
    rehearsal_record_html(record, &page);
    bool ok = !strbuf_is_full(&page) ? file_write(report, strbuf_text(&page), err)
                                     : error_set(err, ERROR_LIMIT, "the report is too long");
    strbuf_release(&page);
    return ok;
}

static int list(struct error *err)
{
    struct rehearsal_record record = {0};
    struct pg *pg = cli_store_open(err);
    bool ok = pg != NULL && rehearsal_list(&record, pg, err);
    if (ok) {
        print_record(&record);
    }
    rehearsal_record_release(&record);
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}

static int show(const char *word, struct error *err)
{
    struct rehearsal_record record = {0};
    struct pg *pg = NULL;
    int number;
    bool ok = parse_number(word, &number, err) && (pg = cli_store_open(err)) != NULL &&
              rehearsal_show(&record, pg, number, err);
    if (ok) {
        print_record(&record);
    }
    rehearsal_record_release(&record);
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}

static int compare(char **words, struct error *err)
{
    struct rehearsal_record record = {0};
    struct pg *pg = NULL;
    int first, second;
    bool ok = parse_number(words[0], &first, err) && parse_number(words[1], &second, err) &&
              (pg = cli_store_open(err)) != NULL &&
              rehearsal_compare(&record, pg, first, second, err) &&
              (report == NULL || write_page(&record, err));
    for (size_t i = 0; i < record.ngrids; i++) {
        record.grids[i].changed_only = changed;
    }
    if (ok) {
        print_record(&record);
    }
    rehearsal_record_release(&record);
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}

static int drop(const char *word, struct error *err)
{
    int number;
    struct pg *pg = NULL;
    bool ok = parse_number(word, &number, err) && (pg = cli_store_open(err)) != NULL;
    pg_free(pg);
    if (!ok || !rehearse_drop(cli_store(), home, number, err)) {
        return VERB_FAILED;
    }
    cli_say("rehearsal %d: database and folder are gone, its record stays", number);
    return 0;
}

static void tell(const struct rehearsal *rehearsal, const struct step_result *step,
                 void *context)
{
    (void)context;
    switch (step->state) {
    case STEP_RUNNING:
        if (cli_verbose) {
            cli_say("rehearsal %d: %s started", rehearsal->number, step->id);
        }
        break;
    case STEP_DONE:
        cli_say("rehearsal %d: %s done in %.2f s", rehearsal->number, step->id,
                (double)step->wall_ms / 1000);
        break;
    case STEP_FAILED:
        cli_say("rehearsal %d: %s failed with status %d: see %s", rehearsal->number, step->id,
                step->exit_status, step->log);
        break;
    case STEP_SKIPPED:
        cli_say("rehearsal %d: %s skipped, a step that it needs failed", rehearsal->number,
                step->id);
        break;
    case STEP_WAITING:
        break;
    }
}

/* The folder of this very program; the caller free()s. */
static char *program_folder(void)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
    if (len <= 0) {
        return NULL;
    }
    path[len] = '\0';
    *strrchr(path, '/') = '\0';
    return xstrdup(path);
}

static void print_result(const struct rehearsal *rehearsal, struct error *err)
{
    struct rehearsal_record record = {0};
    struct pg *pg = cli_store_open(err);
    if (pg != NULL && rehearsal_show(&record, pg, rehearsal->number, err)) {
        print_record(&record);
    }
    rehearsal_record_release(&record);
    pg_free(pg);
}

static int rehearse(const char *plan, struct error *err)
{
    struct rehearsal rehearsal;
    struct pg *pg = cli_store_open(err); /* says best what is wrong with the store */
    if (pg == NULL) {
        return VERB_FAILED;
    }
    pg_free(pg);
    char *folder = program_folder();
    struct rehearse_options options = {
        .store = cli_store(),
        .plan = plan,
        .settings = settings.at,
        .nsettings = settings.count,
        .jobs = (int)jobs,
        .home = home,
        .program_folder = folder,
        .environment = environ,
        .told = tell,
    };
    bool ok = rehearse_run(&rehearsal, &options, err);
    int status = rehearsal.failed ? EXIT_DIFFERENCES : 0;
    if (ok) {
        print_result(&rehearsal, err);
        cli_say("rehearsal %d of plan '%s' %s in %.1f s; database %s, folder %s",
                rehearsal.number, rehearsal.plan->name, rehearsal.failed ? "failed" : "done",
                (double)rehearsal.wall_ms / 1000, rehearsal.database, rehearsal.folder);
    }
    rehearsal_release(&rehearsal);
    free(folder);
    return ok && err->code == ERROR_NONE ? status : VERB_FAILED;
}

static int run(int argc, char **argv, struct error *err)
{
    if (jobs < 1 || jobs > REHEARSE_JOBS_MAX) {
        error_set(err, ERROR_USAGE, "--jobs takes a number from 1 to %d", REHEARSE_JOBS_MAX);
        return VERB_FAILED;
    }
    if (argc == 1 && strcmp(argv[0], "list") == 0) {
        return list(err);
    }
    if (argc == 2 && strcmp(argv[0], "show") == 0) {
        return show(argv[1], err);
    }
    if (argc == 3 && strcmp(argv[0], "compare") == 0) {
        return compare(argv + 1, err);
    }
    if (argc == 2 && strcmp(argv[0], "drop") == 0) {
        return drop(argv[1], err);
    }
    if (argc == 1) {
        return rehearse(argv[0], err);
    }
    error_set(err, ERROR_USAGE, "rehearse takes a plan, or list, show N, compare N M, drop N");
    error_hint(err, "try 'hms rehearse --help'");
    return VERB_FAILED;
}

const struct verb verb_rehearse = {
    .name = "rehearse",
    .summary = "run a plan into a database of its own, and compare such runs",
    .usage = "PLAN.yml [--set NAME=VALUE]... | list | show N | compare N M | drop N",
    .example = "hms rehearse rehearsals/plans/demo.yml --set maps=mappings/lindenhof",
    .opts = opts,
    .run = run,
};
