/* verb_code_review.c - `hms code review`: next, decide, or one key a decision. */
#include "cli/code_review_show.h"
#include "cli/code_verb.h"
#include "cli/store.h"

#include <errno.h>
#include <stdio.h>

enum { LINE_MAX_BYTES = 4096 };

static int show_next(struct pg *pg, const struct code_filter *filter, struct error *err)
{
    struct code_review review;
    int64_t item;

    if (!code_review_next(pg, filter, code_options.by, NULL, &item, err)) {
        return VERB_FAILED;
    }
    if (item == 0) {
        cli_say("nothing is left to decide for %s", code_options.by);
        return EXIT_DIFFERENCES;
    }
    if (!code_review_open(&review, pg, item, code_options.by, err)) {
        return VERB_FAILED;
    }
    code_show_review(&review);
    code_review_release(&review);
    return 0;
}

static bool parse_item(const char *word, int64_t *item, struct error *err)
{
    char *end;

    errno = 0;
    *item = strtoll(word, &end, 10);
    return (errno == 0 && *end == '\0' && *item > 0) ||
           error_set(err, ERROR_USAGE, "an item is a number from the worklist");
}

/* ITEM TAB approve|reject|no-match TAB CODE [TAB WHY] */
static bool decide_line(struct pg *pg, char *line, bool is_last, struct error *err)
{
    struct code_verdict decision = {.reviewer = code_options.by};
    char *rest = line;
    const char *item = strsep(&rest, "\t");

    decision.verdict = strsep(&rest, "\t");
    decision.code = strsep(&rest, "\t");
    decision.comment = rest;
    if (decision.verdict == NULL) {
        return error_set(err, ERROR_USAGE, "wanted: item, verdict, code, with tabs between");
    }
    if (decision.code != NULL && decision.code[0] == '\0') {
        decision.code = NULL;
    }
    if (strcmp(decision.verdict, "approve") != 0 && strcmp(decision.verdict, "reject") != 0 &&
        strcmp(decision.verdict, "no-match") != 0) {
        return error_set(err, ERROR_USAGE, "a verdict is approve, reject or no-match");
    }
    if ((decision.code == NULL) != (strcmp(decision.verdict, "no-match") == 0)) {
        return error_set(err, ERROR_USAGE,
                         "approve and reject name a code, no-match names none");
    }
    return parse_item(item, &decision.item, err) && code_decide(pg, &decision, is_last, err);
}

static bool decide_lines(struct pg *pg, struct error *err)
{
    char line[LINE_MAX_BYTES];
    char next[LINE_MAX_BYTES];
    bool ok = true;
    int number = 0;
    bool has_next = fgets(next, sizeof(next), stdin) != NULL;

    while (ok && has_next) {
        memcpy(line, next, sizeof(line));
        number++;
        if (strchr(line, '\n') == NULL && strlen(line) + 1 == sizeof(line)) {
            ok = error_set(err, ERROR_LIMIT, "a line is too long");
        } else {
            line[strcspn(line, "\r\n")] = '\0';
            has_next = fgets(next, sizeof(next), stdin) != NULL;
            ok = decide_line(pg, line, !has_next, err);
        }
    }
    return ok || error_wrap(err, "line %d", number);
}

static bool decide_one(struct pg *pg, const char *word, struct error *err)
{
    struct code_verdict decision = {.reviewer = code_options.by, .comment = code_options.why};
    int said =
        (code_options.approve != NULL) + (code_options.reject != NULL) + code_options.no_match;

    if (said != 1) {
        return error_set(err, ERROR_USAGE,
                         "say one of --approve CODE, --reject CODE and --no-match");
    }
    decision.verdict = code_options.approve != NULL  ? "approve"
                       : code_options.reject != NULL ? "reject"
                                                     : "no-match";
    decision.code = code_options.approve != NULL ? code_options.approve : code_options.reject;
    return parse_item(word, &decision.item, err) && code_decide(pg, &decision, true, err);
}

static int review(struct pg *pg, int argc, char **argv, struct error *err)
{
    const struct code_filter filter = {code_options.organisation, code_options.list,
                                       code_options.entity};
    bool ok;

    if (argc == 2 && strcmp(argv[0], "decide") == 0) {
        ok = strcmp(argv[1], "-") == 0 ? decide_lines(pg, err) : decide_one(pg, argv[1], err);
    } else if (filter.organisation == NULL) {
        return cli_usage("code", "review needs --org", err);
    } else if (argc == 1 && strcmp(argv[0], "next") == 0) {
        return show_next(pg, &filter, err);
    } else if (argc == 0) {
        ok = code_review_by_keys(pg, &filter, err);
    } else {
        return cli_usage("code", "review takes nothing, 'next', or 'decide ITEM'", err);
    }
    return ok ? 0 : VERB_FAILED;
}

int code_run_review(int argc, char **argv, struct error *err)
{
    struct pg *pg;
    int status = VERB_FAILED;

    if (code_options.by == NULL) {
        return cli_usage("code", "review needs --by: decisions have a name", err);
    }
    pg = cli_store_open(err);
    if (pg != NULL && code_review_begin(pg, err)) {
        status = review(pg, argc, argv, err);
    }
    pg_free(pg);
    return status;
}
