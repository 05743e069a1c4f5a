/* people_golden_actions.c - `hms people golden` and `choose`. */
#include "cli/people_verb.h"

#include "cli/shown.h"
#include "core/json_out.h"
#include "transform/people/golden.h"

#include <string.h>

enum { RECORD_BYTES_MAX = 64 << 20 };

static const char *const roles[] = {"survives", "united", "contradicts"};

static void print_json(const struct golden *golden, const struct golden_value *value)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, RECORD_BYTES_MAX);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.golden/1");
    json_out_member(&out, "person", golden->person);
    json_out_member(&out, "field", value->from->field);
    json_out_member(&out, "role", roles[value->role]);
    if (people_options.values) {
        json_out_member(&out, "value", value->from->value);
    }
    json_out_member(&out, "rule", value->rule);
    json_out_member_bool(&out, "conflict", value->is_conflict);
    json_out_member(&out, "registration", value->from->registration);
    json_out_member(&out, "source_system", value->from->source_system);
    json_out_key(&out, "run");
    json_out_raw(&out, text_of(value->from->run));
    json_out_member(&out, "row", value->from->row);
    json_out_member_uint(&out, "agreeing", value->agreeing);
    json_out_member_uint(&out, "differing", value->differing);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static void print_line(const struct golden_value *value)
{
    printf("%-15s %-11s %-16s %-9s %-36s %-14s %5s %5zu %5zu", value->from->field,
           roles[value->role], value->rule, value->is_conflict ? "conflict" : "",
           value->from->registration, value->from->source_system, value->from->run,
           value->agreeing, value->differing);
    if (people_options.values) {
        printf("  ");
        shown_print(text_of(value->from->value));
    }
    printf("\n");
}

static void print_golden(const struct golden *golden)
{
    if (!cli_json) {
        printf("person %s\n", golden->person);
        printf("%-15s %-11s %-16s %-9s %-36s %-14s %5s %5s %5s%s\n", "field", "role", "rule",
               "", "registration", "source", "run", "same", "other",
               people_options.values ? "  value" : "");
    }
    for (size_t i = 0; i < golden->nvalues; i++) {
        if (cli_json) {
            print_json(golden, &golden->values[i]);
        } else {
            print_line(&golden->values[i]);
        }
    }
}

int people_run_golden(int argc, char **argv, struct error *err)
{
    const char *file = people_options.rules;
    struct golden_rules rules;
    struct golden golden = {0};
    struct pg *pg;
    bool ok;

    if (argc != 1) {
        return cli_usage("people", "people golden takes a person or a registration", err);
    }
    if (!golden_rules_load(&rules, file == NULL ? "mappings/golden.yml" : file, err)) {
        return VERB_FAILED;
    }
    pg = cli_store_open(err);
    ok = pg != NULL && golden_read(&golden, pg, argv[0], &rules, err);
    if (ok) {
        print_golden(&golden);
    }
    golden_release(&golden);
    golden_rules_release(&rules);
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}

int people_run_choose(int argc, char **argv, struct error *err)
{
    struct golden_choice choice = {.by = people_options.by, .why = people_options.why};
    struct pg *pg;
    bool ok;

    if (argc != 3) {
        return cli_usage("people",
                         "people choose takes PERSON FIELD REGISTRATION; the word 'rule' for "
                         "the last takes choices back",
                         err);
    }
    if (choice.by == NULL || choice.by[0] == '\0') {
        return cli_usage("people", "who decides? --by NAME", err);
    }
    choice.person = argv[0];
    choice.field = argv[1];
    choice.registration = strcmp(argv[2], "rule") == 0 ? NULL : argv[2];
    pg = cli_store_open(err);
    ok = pg != NULL && golden_choose(pg, &choice, err);
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}
