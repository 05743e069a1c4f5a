/* people_person_actions.c - `hms people list`, `show` and `history`. */
#include "cli/people_verb.h"

#include "transform/people/people_history.h"

#include <stdio.h>
#include <string.h>

static bool print_person(const PGresult *rows, int row, void *context, struct error *err)
{
    (void)context;
    (void)err;
    if (cli_json) {
        people_print_row(rows, row, "hms.person/1");
    } else {
        printf("%s %13s %-8s %s\n", PQgetvalue(rows, row, 0), PQgetvalue(rows, row, 1),
               PQgetvalue(rows, row, 3)[0] == 't' ? "certain" : "review",
               PQgetvalue(rows, row, 2));
    }
    return true;
}

int people_run_list(int argc, char **argv, struct error *err)
{
    struct pg *pg;
    bool ok;

    (void)argv;
    if (argc != 0) {
        return cli_usage("people", "people list takes options only", err);
    }
    pg = cli_store_open(err);
    if (pg != NULL && !cli_json) {
        printf("%-36s %13s %-8s %s\n", "person", "registrations", "", "organisations");
    }
    ok = pg != NULL && people_each(pg, people_options.index, print_person, NULL, err);
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}

/* Patient data, asked for by --values. */
static bool print_values(struct pg *pg, const PGresult *members, int row, struct error *err)
{
    PGresult *values =
        people_values(pg, PQgetvalue(members, row, 0), PQgetvalue(members, row, 4), err);
    bool ok = values != NULL;

    for (int i = 0; ok && i < PQntuples(values); i++) {
        if (cli_json) {
            people_print_row(values, i, "hms.registration-values/1");
            continue;
        }
        for (int column = 0; column < PQnfields(values); column++) {
            printf("    %-14s %s\n", PQfname(values, column), PQgetvalue(values, i, column));
        }
    }
    PQclear(values);
    return ok;
}

static bool print_members(struct pg *pg, const char *person, struct error *err)
{
    PGresult *members = people_members(pg, person, err);
    bool ok = members != NULL;

    for (int row = 0; ok && row < PQntuples(members); row++) {
        if (cli_json) {
            people_print_row(members, row, "hms.person-registration/1");
        } else {
            printf("  %s %-20s %-8s since run %s\n", PQgetvalue(members, row, 0),
                   PQgetvalue(members, row, 1),
                   PQgetvalue(members, row, 2)[0] == 't' ? "certain" : "review",
                   PQgetvalue(members, row, 3));
        }
        ok = !people_options.values || print_values(pg, members, row, err);
    }
    PQclear(members);
    return ok;
}

static bool print_show(struct pg *pg, const char *person, struct error *err)
{
    PGresult *found = people_person(pg, person, err);

    if (found == NULL) {
        return false;
    }
    if (cli_json) {
        people_print_row(found, 0, "hms.person-state/1");
    } else {
        printf("person %s of index %s since run %s, registrations: %s\n",
               PQgetvalue(found, 0, 0), PQgetvalue(found, 0, 1), PQgetvalue(found, 0, 2),
               PQgetvalue(found, 0, 5));
        if (!PQgetisnull(found, 0, 3)) {
            printf("retired by run %s%s%s\n", PQgetvalue(found, 0, 3),
                   PQgetisnull(found, 0, 4) ? "" : ", now in ", PQgetvalue(found, 0, 4));
        }
    }
    PQclear(found);
    return print_members(pg, person, err);
}

static bool print_history(struct pg *pg, const char *person, struct error *err)
{
    PGresult *events = people_events(pg, person, err);

    if (events == NULL) {
        return false;
    }
    for (int row = 0; row < PQntuples(events); row++) {
        if (cli_json) {
            people_print_row(events, row, "hms.person-event/1");
            continue;
        }
        printf("%-16s run %-5s %-8s %-7s %s%s%s, registrations: %s\n",
               PQgetvalue(events, row, 1), PQgetvalue(events, row, 0),
               PQgetvalue(events, row, 2), PQgetvalue(events, row, 3),
               PQgetvalue(events, row, 4), PQgetisnull(events, row, 5) ? "" : " and ",
               PQgetvalue(events, row, 5), PQgetvalue(events, row, 6));
    }
    PQclear(events);
    return true;
}

/* Finds the person that the operand names; 1 when there is none. */
static int of_person(int argc, char **argv,
                     bool (*print)(struct pg *pg, const char *person, struct error *err),
                     struct error *err)
{
    struct pg *pg;
    char person[37] = "";
    bool ok;

    if (argc != 1) {
        return cli_usage("people", "one id of a person or registration", err);
    }
    pg = cli_store_open(err);
    ok = pg != NULL && people_named(pg, argv[0], person, err);
    if (ok && person[0] == '\0') {
        cli_say("there is no such person");
    } else {
        ok = ok && print(pg, person, err);
    }
    pg_free(pg);
    return !ok ? VERB_FAILED : person[0] == '\0' ? EXIT_DIFFERENCES : 0;
}

int people_run_show(int argc, char **argv, struct error *err)
{
    return of_person(argc, argv, print_show, err);
}

int people_run_history(int argc, char **argv, struct error *err)
{
    return of_person(argc, argv, print_history, err);
}
