/*
 * verb_review.c - `hms review`: stewards decide which registrations are one person; the figures say
 * how well, and how right dedup was.
 */
#include "cli/review_report.h"
#include "cli/review_say.h"
#include "cli/review_screen.h"
#include "cli/store.h"
#include "cli/verb.h"

#include "core/json_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *by;
static const char *index_name;
static const char *why;
static const char *reveal;
static const char *report;
static bool weights;
static uint64_t hours = 2;

enum { HOURS_MOST = 24, JSON_BYTES = 1 << 20 };

static int usage(const char *what, struct error *err)
{
    error_set(err, ERROR_USAGE, "%s", what);
    error_hint(err, "try 'hms review --help'");
    return VERB_FAILED;
}

/* {"record":"hms.review-decision/1","task":...,"answer":...}; NULL becomes null. */
static void print_record(const char *record, const char *task, const char *answer)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, JSON_BYTES);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", record);
    json_out_member(&out, "task", task);
    if (answer != NULL) {
        json_out_member(&out, "answer", answer);
    }
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static bool print_task(const struct review *review, const char *task, struct error *err)
{
    struct review_view view;

    if (!review_view_load(&view, review, task, reveal, err)) {
        return false;
    }
    if (cli_json) {
        review_print_view_json(&view, weights);
    } else {
        review_print_view(&view, weights);
    }
    review_view_release(&view);
    return true;
}

static bool run_next(const struct review *review, char **operands, struct error *err)
{
    struct review_task task;

    (void)operands;
    if (!cli_json && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
        return review_screen_run(review, weights, err);
    }
    if (!review_next(review, &task, err)) {
        return false;
    }
    if (task.id[0] != '\0') {
        return print_task(review, task.id, err);
    }
    if (cli_json) {
        print_record("hms.review-task/1", NULL, NULL);
    }
    cli_say("nothing is left for %s", review->by);
    return true;
}

static bool print_history(const struct review *review, const char *task, struct error *err)
{
    PGresult *rows = review_history(review, task, err);

    if (rows == NULL) {
        return false;
    }
    if (cli_json) {
        review_print_history_json(rows);
    } else {
        review_print_history(rows);
    }
    PQclear(rows);
    return true;
}

static bool run_show(const struct review *review, char **operands, struct error *err)
{
    return (review->by == NULL || print_task(review, operands[0], err)) &&
           print_history(review, operands[0], err);
}

static bool run_decide(const struct review *review, char **operands, struct error *err)
{
    struct review_answer answer = {review_answer_named(operands[1]), why, weights};
    enum review_word word;

    if (answer.answer == NULL) {
        return error_set(err, ERROR_USAGE, "an answer is same, different or unsure");
    }
    if (!review_decide(review, operands[0], &answer, &word, err)) {
        return false;
    }
    if (word != REVIEW_DONE) {
        return review_refuse(word, err);
    }
    if (cli_json) {
        print_record("hms.review-decision/1", operands[0], answer.answer);
    }
    cli_say("decided: %s", answer.answer);
    return true;
}

static bool run_undo(const struct review *review, char **operands, struct error *err)
{
    struct review_task task;
    enum review_word word;

    (void)operands;
    if (!review_undo(review, &task, &word, err)) {
        return false;
    }
    if (word == REVIEW_NOTHING) {
        return review_refuse(word, err);
    }
    if (cli_json) {
        print_record("hms.review-undo/1", task.id, NULL);
    }
    cli_say(word == REVIEW_DONE ? "taken back: task %s is yours again"
                                : "taken back: task %s is with somebody else or gone",
            task.id);
    return true;
}

static bool run_stats(const struct review *review, char **operands, struct error *err)
{
    struct review_stats *stats = xcalloc(1, sizeof(*stats));
    bool ok = review_stats_load(stats, review, (double)hours, err);

    (void)operands;
    if (ok && cli_json) {
        review_print_stats_json(stats, review->index, hours);
    } else if (ok) {
        review_print_stats(stats, review->index, hours);
    }
    ok = ok && (report == NULL || review_report_write(stats, review, hours, report, err));
    free(stats);
    return ok;
}

static const struct action {
    const char *name;
    int operands;
    bool needs_by;
    bool (*run)(const struct review *review, char **operands, struct error *err);
} actions[] = {
    {"next", 0, true, run_next},     {"show", 1, false, run_show},
    {"decide", 2, true, run_decide}, {"undo", 0, true, run_undo},
    {"stats", 0, false, run_stats},
};

static int run_action(const struct action *action, char **operands, struct error *err)
{
    struct review review;
    struct pg *pg = cli_store_open(err);
    bool ok = pg != NULL && review_open(&review, pg, by, index_name, err) &&
              action->run(&review, operands, err);

    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}

static int run(int argc, char **argv, struct error *err)
{
    for (size_t i = 0; argc > 0 && i < sizeof(actions) / sizeof(actions[0]); i++) {
        if (strcmp(actions[i].name, argv[0]) != 0) {
            continue;
        }
        if (argc - 1 != actions[i].operands) {
            return usage("show takes a task, decide a task and an answer, the others nothing",
                         err);
        }
        if (actions[i].needs_by && by == NULL) {
            return usage("--by says who reviews", err);
        }
        if (hours < 1 || hours > HOURS_MOST) {
            return usage("--hours is 1 to 24", err);
        }
        return run_action(&actions[i], argv + 1, err);
    }
    return usage("review takes next, show, decide, undo or stats", err);
}

static const struct opt opts[] = {
    {OPT_TEXT, 0, "by", "NAME", "who reviews", &by},
    {OPT_TEXT, 0, "index", "NAME", "which index of people [the only one]", &index_name},
    {OPT_TEXT, 0, "why", "TEXT", "decide: a note that others see after their own decision",
     &why},
    {OPT_TEXT, 0, "reveal", "FIELDS", "next, show: uncover FIELD,FIELD or all; it is logged",
     &reveal},
    {OPT_FLAG, 0, "weights", NULL, "next, show: with bits; decide: they were seen", &weights},
    {OPT_UINT, 0, "hours", "N", "stats: hours a day, where none was measured [2]", &hours},
    {OPT_TEXT, 0, "report", "FILE.html", "stats: the figures as a page", &report},
    {0},
};

const struct verb verb_review = {
    .name = "review",
    .summary = "decide which registrations are one person, and see how well it goes",
    .usage = "next|show TASK|decide TASK ANSWER|undo|stats [options]",
    .example = "hms review next --by anna",
    .opts = opts,
    .run = run,
};
