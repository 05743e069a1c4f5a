#include "cli/code_review_show.h"

#include "cli/code_verb.h"

#include "core/json_out.h"
#include "terminology/code_system.h"
#include "terminology/registry.h"

#include <inttypes.h>
#include <stdio.h>

enum { RECORD_MAX = 1 << 20, LABEL_MAX = 1024 };

static const char *const suggestion_names[] = {"code", "label", "probability", "reasons"};
static const char *const seen_names[] = {"verdict", "code", "label", "author", "comment"};

static void put_cell(struct json_out *out, const char *name, const PGresult *rows, int row,
                     int col, bool is_number)
{
    const char *value = PQgetisnull(rows, row, col) ? NULL : PQgetvalue(rows, row, col);

    if (value != NULL && is_number) {
        json_out_key(out, name);
        json_out_raw(out, text_of(value));
    } else {
        json_out_member(out, name, value);
    }
}

static void put_rows(struct json_out *out, const char *name, const PGresult *rows,
                     const char *const *names, int ncols)
{
    json_out_key(out, name);
    json_out_array(out);
    for (int row = 0; row < PQntuples(rows); row++) {
        json_out_object(out);
        for (int col = 0; col < ncols; col++) {
            put_cell(out, names[col], rows, row, col, strcmp(names[col], "probability") == 0);
        }
        json_out_end_object(out);
    }
    json_out_end_array(out);
}

static bool is_number(enum code_review_column column)
{
    return column == CODE_REVIEW_item || column == CODE_REVIEW_rows ||
           column == CODE_REVIEW_patients || column >= CODE_REVIEW_p05;
}

static void show_json(const struct code_review *review)
{
    struct json_out out;
    struct strbuf sb;

    strbuf_init(&sb, RECORD_MAX);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.code.review/1");
    for (int column = 0; column < CODE_REVIEW_COLUMNS; column++) {
        put_cell(&out, code_review_column_name((enum code_review_column)column), review->item,
                 0, column, is_number((enum code_review_column)column));
    }
    put_rows(&out, "suggestions", review->suggestions, suggestion_names, 4);
    put_rows(&out, "said", review->seen, seen_names, 5);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static const char *of_item(const struct code_review *review, enum code_review_column column)
{
    return PQgetvalue(review->item, 0, (int)column);
}

static void show_values(const struct code_review *review)
{
    if (of_item(review, CODE_REVIEW_units)[0] != '\0') {
        printf("   units %s\n", of_item(review, CODE_REVIEW_units));
    }
    if (of_item(review, CODE_REVIEW_p50)[0] != '\0') {
        printf("   values p05 %.6g, p50 %.6g, p95 %.6g %s\n",
               strtod(of_item(review, CODE_REVIEW_p05), NULL),
               strtod(of_item(review, CODE_REVIEW_p50), NULL),
               strtod(of_item(review, CODE_REVIEW_p95), NULL),
               of_item(review, CODE_REVIEW_value_unit));
    }
}

void code_show_review(const struct code_review *review)
{
    const PGresult *found = review->suggestions;

    if (cli_json) {
        show_json(review);
        return;
    }
    printf("%s  %s  %s  %s\n", of_item(review, CODE_REVIEW_item),
           of_item(review, CODE_REVIEW_list), of_item(review, CODE_REVIEW_source_code),
           of_item(review, CODE_REVIEW_source_text));
    printf("   %s, %s risk, %s rows, %s patients\n", of_item(review, CODE_REVIEW_entities),
           of_item(review, CODE_REVIEW_risk), of_item(review, CODE_REVIEW_rows),
           of_item(review, CODE_REVIEW_patients));
    show_values(review);
    for (int row = 0; row < PQntuples(found); row++) {
        printf("%2d %-10s %s  %s\n", row + 1, PQgetvalue(found, row, 0),
               PQgetvalue(found, row, 2), PQgetvalue(found, row, 1));
        if (!PQgetisnull(found, row, 3)) {
            printf("              %s\n", PQgetvalue(found, row, 3));
        }
    }
    for (int row = 0; row < PQntuples(review->seen); row++) {
        printf("   %s said %s %s %s\n", PQgetvalue(review->seen, row, 3),
               PQgetvalue(review->seen, row, 0), PQgetvalue(review->seen, row, 1),
               PQgetvalue(review->seen, row, 4));
    }
}

/* The pack in force for the item's standard; NULL when there is none. */
static struct code_pack *pack_in_force(const char *system)
{
    const char *folder = getenv("HMS_TERMINOLOGY");
    struct error ignored = {0};
    struct registry registry;
    struct code_pack *pack = NULL;

    if (registry_open(&registry, folder == NULL ? "var/terminology" : folder, &ignored)) {
        char *name = xstrndup(code_system_pack(text_of(system)).at,
                              code_system_pack(text_of(system)).len);
        pack = registry_pack(&registry, name, CODE_NO_DAY, &ignored);
        registry_release(&registry);
        free(name);
    }
    return pack;
}

/* What is known of a code that a person names. */
struct named_code {
    char code[CODE_FORM_MAX]; /* as the standard writes it */
    char label[LABEL_MAX];    /* empty: nobody knows */
};

static bool name_by_pack(const struct code_review *review, const char *code,
                         struct named_code *named, struct error *err)
{
    struct code_pack *pack = pack_in_force(of_item(review, CODE_REVIEW_code_system));
    char form[CODE_FORM_MAX];
    uint32_t row;

    if (pack == NULL) {
        return true;
    }
    row = code_pack_find(pack, code_normal(code_pack_dialect(pack), text_of(code), form));
    if (row == CODE_NONE) {
        error_set(err, ERROR_USAGE, "the pack of %s in force has no such code",
                  of_item(review, CODE_REVIEW_code_system));
    } else {
        struct code_entry entry = code_pack_entry(pack, row);
        struct text written = code_dotted(code_pack_dialect(pack), entry.code, form);
        snprintf(named->code, sizeof(named->code), "%.*s", (int)written.len, written.at);
        snprintf(named->label, sizeof(named->label), "%.*s", (int)entry.display.len,
                 entry.display.at);
    }
    code_pack_free(pack);
    return row != CODE_NONE;
}

static bool name_code(const struct code_review *review, const char *code,
                      struct named_code *named, struct error *err)
{
    named->label[0] = '\0';
    if (strlen(code) >= sizeof(named->code)) {
        return error_set(err, ERROR_USAGE, "that is too long for a code");
    }
    snprintf(named->code, sizeof(named->code), "%s", code);
    for (int row = 0; row < PQntuples(review->suggestions); row++) {
        if (strcmp(PQgetvalue(review->suggestions, row, 0), code) == 0) {
            snprintf(named->label, sizeof(named->label), "%s",
                     PQgetvalue(review->suggestions, row, 1));
            return true;
        }
    }
    return name_by_pack(review, code, named, err);
}

static void say_state(const struct code_verdict *decision, const char *state)
{
    if (cli_json) {
        printf("{\"record\":\"hms.code.decision/1\",\"item\":%" PRId64 ",\"state\":\"%s\"}\n",
               decision->item, state);
        fflush(stdout);
    } else {
        cli_say("item %" PRId64 ": %s", decision->item,
                strcmp(state, "second") == 0     ? "waits for a second person"
                : strcmp(state, "conflict") == 0 ? "people disagree, one more decides"
                : strcmp(state, "none") == 0     ? "settled, there is no such code"
                                                 : state);
    }
}

bool code_decide(struct pg *pg, const struct code_verdict *said, bool is_last,
                 struct error *err)
{
    struct code_verdict decision = *said;
    char state[CODE_REVIEW_STATE_MAX];
    struct code_review review;
    struct named_code named;
    bool ok = true;

    if (!code_review_open(&review, pg, said->item, said->reviewer, err)) {
        return false;
    }
    if (said->code != NULL) {
        ok = name_code(&review, said->code, &named, err);
        decision.code = named.code;
        decision.label = named.label[0] == '\0' ? NULL : named.label;
    }
    ok = ok && code_review_decide(pg, &decision, state, err);
    if (ok) {
        say_state(&decision, state);
        ok = !is_last || code_say_progress(pg, of_item(&review, CODE_REVIEW_organisation),
                                           of_item(&review, CODE_REVIEW_list), err);
    }
    code_review_release(&review);
    return ok || error_wrap(err, "item %" PRId64, said->item);
}
