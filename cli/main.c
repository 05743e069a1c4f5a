/*
 * main.c - `hms VERB`: finds the verb, parses its options, runs it, prints the error if there
 * is one.  Nothing else in the program prints an error or exits.
 */
#include "cli/main.h"

#include "cli/verb.h"
#include "cli/verbs.h"
#include "core/json_out.h"
#include "core/progress.h"
#include "core/text.h"

#include <signal.h>
#include <unistd.h>

#define X(name) extern const struct verb verb_##name;
VERB_LIST(X)
#undef X

static const struct verb *const verbs[] = {
#define X(name) &verb_##name,
    VERB_LIST(X)
#undef X
};

enum { VERB_COUNT = sizeof(verbs) / sizeof(verbs[0]) };

static const struct opt common_opts[] = {
    {OPT_FLAG, 0, "json", NULL, "machine-readable output, one record a line", &cli_json},
    {OPT_FLAG, 'q', "quiet", NULL, "say nothing but errors", &cli_quiet},
    {OPT_FLAG, 'v', "verbose", NULL, "say more", &cli_verbose},
    {OPT_TEXT, 0, "store", "CONNINFO", "the store [$HMS_STORE, else var/store]",
     &cli_store_option},
    {0},
};

static const struct verb *find_verb(const char *name)
{
    for (int i = 0; i < VERB_COUNT; i++) {
        if (strcmp(verbs[i]->name, name) == 0) {
            return verbs[i];
        }
    }
    return NULL;
}

static int print_overview(void)
{
    printf("usage: hms VERB [options] [operands]\n\n"
           "from legacy hospital systems to one reconciled store\n\n");
    for (int i = 0; i < VERB_COUNT; i++) {
        printf("  %-10s %s\n", verbs[i]->name, verbs[i]->summary);
    }
    printf("\n'hms VERB --help' tells more; 'hms --version' names the version\n");
    return 0;
}

static void print_opts(const struct opt *opts)
{
    for (; opts != NULL && opts->kind != OPT_END; opts++) {
        char left[64];
        char letter[8] = "    ";
        if (opts->letter != 0) {
            snprintf(letter, sizeof(letter), "-%c, ", opts->letter);
        }
        snprintf(left, sizeof(left), "%s--%s%s%s", letter, opts->name,
                 opts->value == NULL ? "" : " ", opts->value == NULL ? "" : opts->value);
        printf("  %-26s %s\n", left, opts->help);
    }
}

static int print_help(const struct verb *verb)
{
    printf("usage: hms %s %s\n\n%s\n\n", verb->name, verb->usage, verb->summary);
    print_opts(verb->opts);
    print_opts(common_opts);
    printf("example: %s\n", verb->example);
    return 0;
}

static int print_error(const struct error *err)
{
    if (cli_json) {
        struct strbuf sb;
        struct json_out out;
        strbuf_init(&sb, 16 << 10);
        json_out_init(&out, &sb);
        json_out_object(&out);
        json_out_member(&out, "error", error_name(err->code));
        if (err->sqlstate[0] != '\0') {
            json_out_member(&out, "sqlstate", err->sqlstate);
        }
        json_out_member(&out, "message", err->message);
        if (err->hint[0] != '\0') {
            json_out_member(&out, "hint", err->hint);
        }
        json_out_end_object(&out);
        printf("%s\n", sb.at);
        strbuf_release(&sb);
    }
    fprintf(stderr, "hms: error: %s\n", err->message);
    if (err->hint[0] != '\0') {
        fprintf(stderr, "hms: hint: %s\n", err->hint);
    }
    return (int)err->code;
}

static void draw_progress(const char *line, bool last)
{
    fprintf(stderr, "\r\033[K%s%s", line, last ? "\n" : "");
}

/* The verb's own options first, then the common ones, in one table. */
static struct opt *join_opts(const struct opt *own)
{
    size_t nown = 0;
    size_t ncommon = sizeof(common_opts) / sizeof(common_opts[0]);
    struct opt *all;

    while (own != NULL && own[nown].kind != OPT_END) {
        nown++;
    }
    all = xcalloc(nown + ncommon, sizeof(*all));
    if (nown > 0) {
        memcpy(all, own, nown * sizeof(*all));
    }
    memcpy(all + nown, common_opts, sizeof(common_opts));
    return all;
}

static int run_verb(const struct verb *verb, char **argv, struct error *err)
{
    struct opt *opts = join_opts(verb->opts);
    bool wants_help = false;
    bool parsed;
    int nrest = 0;

    parsed = opt_parse(opts, &nrest, argv, &wants_help, err);
    free(opts);
    if (wants_help) {
        return print_help(verb);
    }
    if (!parsed) {
        error_hint(err, "try 'hms %s --help'", verb->name);
        return VERB_FAILED;
    }
    if (isatty(STDERR_FILENO) && !cli_quiet && !cli_json) {
        progress_set_output(draw_progress);
    }
    return verb->run(nrest, argv, err);
}

int main(int argc, char **argv)
{
    struct error err = {0};
    const struct verb *verb;
    int status;

    (void)signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error of write() */
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        return print_overview();
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("hms %s\n", HMS_VERSION);
        return 0;
    }
    verb = find_verb(argv[1]);
    if (verb == NULL) {
        error_set(&err, ERROR_USAGE, "unknown verb '%s'", argv[1]);
        error_hint(&err, "try 'hms --help'");
        return print_error(&err);
    }
    status = run_verb(verb, argv + 2, &err);
    if (fflush(stdout) != 0 && status >= 0) {
        error_set(&err, ERROR_CONFIG, "cannot write to standard output");
        status = VERB_FAILED;
    }
    return status < 0 ? print_error(&err) : status;
}
