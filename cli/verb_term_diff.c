/* verb_term_diff.c - `hms term diff OLD NEW`: what a new release does to codes. */
#include "cli/term_verb.h"

static const char *change_between(const struct code_entry *old, const struct code_entry *new)
{
    if (old->status != CODE_DEPRECATED && new->status == CODE_DEPRECATED) {
        return "deprecated";
    }
    if ((old->flags & CODE_BILLABLE) != 0 && (new->flags &CODE_BILLABLE) == 0) {
        return "now-heading";
    }
    if (!text_equal(old->display, new->display)) {
        return "renamed";
    }
    return old->status != new->status || old->flags != new->flags ? "changed" : NULL;
}

static void put_change(struct strbuf *out, const char *change, const struct code_entry *entry,
                       struct text before)
{
    struct json_out json;

    if (!cli_json) {
        strbuf_addf(out, "%s\t%.*s\t%.*s\n", change, (int)entry->code.len, entry->code.at,
                    (int)entry->display.len, entry->display.at);
        return;
    }
    json_out_init(&json, out);
    json_out_object(&json);
    json_out_member(&json, "hms", "term.change.1");
    json_out_member(&json, "change", change);
    json_out_member_text(&json, "code", entry->code);
    json_out_member_text(&json, "display", entry->display);
    if (before.len > 0) {
        json_out_member_text(&json, "before", before);
    }
    json_out_end_object(&json);
    strbuf_putc(out, '\n');
}

/* Both are sorted by code: one walk. */
static uint64_t diff(const struct code_pack *old, const struct code_pack *new,
                     struct strbuf *out)
{
    uint32_t i = 0;
    uint32_t j = 0;
    uint64_t changes = 0;

    while (i < code_pack_count(old) || j < code_pack_count(new)) {
        struct code_entry a = {0};
        struct code_entry b = {0};
        const char *change = NULL;
        int order = i == code_pack_count(old) ? 1 : j == code_pack_count(new) ? -1 : 0;
        if (order <= 0) {
            a = code_pack_entry(old, i);
        }
        if (order >= 0) {
            b = code_pack_entry(new, j);
        }
        order = order != 0 ? order : text_compare(a.code, b.code);
        i += order <= 0;
        j += order >= 0;
        change = order < 0 ? "removed" : order > 0 ? "added" : change_between(&a, &b);
        if (change != NULL) {
            changes++;
            put_change(out, change, order < 0 ? &a : &b,
                       order == 0 ? a.display : (struct text){"", 0});
        }
        if (out->len > 1 << 16) {
            term_flush(out);
        }
    }
    return changes;
}

int term_run_diff(int argc, char **argv, struct error *err)
{
    struct code_pack *old;
    struct code_pack *new = NULL;
    struct strbuf out;
    int status = VERB_FAILED;

    if (argc != 2) {
        return term_usage("term diff takes two packs", err);
    }
    strbuf_init(&out, 64 << 20);
    old = term_pack(argv[0], err);
    if (old != NULL) {
        new = term_pack(argv[1], err);
    }
    if (new != NULL) {
        status = diff(old, new, &out) > 0 ? EXIT_DIFFERENCES : 0;
        term_flush(&out);
    }
    strbuf_release(&out);
    code_pack_free(old);
    code_pack_free(new);
    return status;
}
