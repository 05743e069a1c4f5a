/* people_merge_actions.c - `hms people merge`, `unmerge` and `take-back`. */
#include "cli/people_verb.h"

#include "cli/shown.h"
#include "core/json_out.h"
#include "transform/people/merge.h"

#include <ctype.h>
#include <string.h>

/* Ids are written in small letters in the store. */
static char *lower(char *id)
{
    for (char *at = id; *at != '\0'; at++) {
        *at = (char)tolower((unsigned char)*at);
    }
    return id;
}

static bool has_signer(struct error *err)
{
    if (people_options.by == NULL || people_options.by[0] == '\0') {
        cli_usage("people", "who decides? --by NAME", err);
        return false;
    }
    return true;
}

static void print_merged(const char *a, const char *b, const struct people_merged *merged)
{
    if (cli_json) {
        printf("{\"record\":\"hms.people-merge/1\",\"merge\":%lld,\"person\":\"%s\","
               "\"leading\":\"%s\",\"merged\":\"%s\",\"registrations\":%d}\n",
               (long long)merged->merge_id, merged->person, a, b, merged->registrations);
        return;
    }
    cli_say("merge %lld: %s leads; person %s has %d registrations now",
            (long long)merged->merge_id, a, merged->person, merged->registrations);
}

int people_run_merge(int argc, char **argv, struct error *err)
{
    struct people_merged merged = {0};
    struct pg *pg;
    bool ok;

    if (argc != 2) {
        return cli_usage("people", "people merge takes two registrations; the first leads",
                         err);
    }
    if (!has_signer(err)) {
        return VERB_FAILED;
    }
    pg = cli_store_open(err);
    ok = pg != NULL && people_merge(pg, (const char *const[]){lower(argv[0]), lower(argv[1])},
                                    people_options.by, people_options.why, &merged, err);
    pg_free(pg);
    if (!ok) {
        return VERB_FAILED;
    }
    print_merged(argv[0], argv[1], &merged);
    return 0;
}

/* ---- unmerge ---- */

/* ROW=REGISTRATION */
static bool read_answers(struct merge_answer answers[OPT_LIST_MAX], struct error *err)
{
    for (int i = 0; i < people_options.give.count; i++) {
        const char *text = people_options.give.at[i];
        if (strlen(text) != 2 * (UUID_TEXT - 1) + 1 || text[UUID_TEXT - 1] != '=') {
            cli_usage("people", "--give takes ROW=REGISTRATION", err);
            return false;
        }
        snprintf(answers[i].row, UUID_TEXT, "%.36s", text);
        snprintf(answers[i].to, UUID_TEXT, "%s", text + UUID_TEXT);
        lower(answers[i].row);
        lower(answers[i].to);
        if (!merge_id_is_valid(answers[i].row, err) || !merge_id_is_valid(answers[i].to, err)) {
            return false;
        }
    }
    return true;
}

static bool print_values(struct pg *pg, const PGresult *changes, int row, struct error *err)
{
    PGresult *found =
        people_row_values(pg, PQgetvalue(changes, row, 2), PQgetvalue(changes, row, 4),
                          PQgetvalue(changes, row, 5), err);

    if (found != NULL && PQntuples(found) == 1) {
        if (cli_json) {
            people_print_row(found, 0, "hms.people-row/1");
        } else {
            printf("         ");
            shown_print(text_of(PQgetvalue(found, 0, 2)));
            printf("\n");
        }
    }
    PQclear(found);
    return err->code == ERROR_NONE;
}

static bool print_changes(struct pg *pg, const struct people_unmerged *unmerged,
                          struct error *err)
{
    const PGresult *rows = unmerged->changes;
    bool ok = true;

    if (!cli_json && PQntuples(rows) > 0) {
        printf("%-8s %-8s %-20s %-36s %-36s %s\n", "", "since", "entity", "row", "registration",
               "dated");
    }
    for (int row = 0; ok && row < PQntuples(rows); row++) {
        if (cli_json) {
            people_print_row(rows, row, "hms.people-change/1");
        } else {
            printf("%-8s %-8s %-20s %-36s %-36s %s\n",
                   PQgetvalue(rows, row, 1)[0] == 't' ? "whose?" : "stays",
                   PQgetvalue(rows, row, 0), PQgetvalue(rows, row, 2), PQgetvalue(rows, row, 4),
                   PQgetvalue(rows, row, 6), PQgetvalue(rows, row, 7));
        }
        ok = !people_options.values || print_values(pg, rows, row, err);
    }
    return ok;
}

static void say_unmerged(const struct people_unmerged *unmerged)
{
    if (!unmerged->done) {
        cli_say("nothing was done: %d rows came after the merge; say whose they are by --give "
                "ROW=REGISTRATION or --give-all REGISTRATION",
                unmerged->unanswered);
        return;
    }
    cli_say("%d merges taken back, %d rows given to another registration", unmerged->merges,
            unmerged->given);
    if (unmerged->still_one) {
        cli_say("something else holds two of them for one person still: 'hms dedup' or another "
                "merge");
    }
}

int people_run_unmerge(int argc, char **argv, struct error *err)
{
    struct merge_answer answers[OPT_LIST_MAX];
    struct people_unmerge request = {.by = people_options.by, .why = people_options.why};
    struct people_unmerged unmerged = {0};
    struct pg *pg;
    int status = VERB_FAILED;

    if (argc != 1 && argc != 2) {
        return cli_usage("people", "people unmerge takes a registration, or the two of a merge",
                         err);
    }
    if (!has_signer(err) || !read_answers(answers, err)) {
        return VERB_FAILED;
    }
    request.a = lower(argv[0]);
    request.b = argc == 2 ? lower(argv[1]) : NULL;
    request.apart = people_options.apart;
    request.give_all = people_options.give_all;
    request.answers = answers;
    request.nanswers = (size_t)people_options.give.count;
    pg = cli_store_open(err);
    if (pg != NULL && people_unmerge(pg, &request, &unmerged, err) &&
        print_changes(pg, &unmerged, err)) {
        say_unmerged(&unmerged);
        status = unmerged.done ? 0 : EXIT_DIFFERENCES;
    }
    people_unmerged_release(&unmerged);
    pg_free(pg);
    return status;
}

int people_run_take_back(int argc, char **argv, struct error *err)
{
    struct pg *pg;
    bool ok;

    if (argc != 1) {
        return cli_usage("people", "people take-back takes a row that was given", err);
    }
    if (!has_signer(err)) {
        return VERB_FAILED;
    }
    pg = cli_store_open(err);
    ok = pg != NULL && people_take_back(pg, lower(argv[0]), people_options.by, err);
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}
