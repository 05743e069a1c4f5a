#include "cli/suggestion_out.h"

#include "cli/verb.h"
#include "core/json_out.h"

#include <stdio.h>
#include <string.h>

enum { REASONS_MAX = 1 << 16 };

/* An answer as it is written. */
struct suggestion {
    const struct suggest_query *query;
    const struct suggest_answer *answer;
    size_t rank;
    bool is_sure;
    struct text reasons;
};

static void put_cell(struct strbuf *out, struct text cell)
{
    bool quote = false;

    for (size_t i = 0; i < cell.len; i++) {
        quote = quote || strchr(",\"\n\r", cell.at[i]) != NULL;
    }
    if (!quote) {
        strbuf_add_text(out, cell);
        return;
    }
    strbuf_putc(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"') {
            strbuf_putc(out, '"');
        }
        strbuf_putc(out, cell.at[i]);
    }
    strbuf_putc(out, '"');
}

static struct text code_of(const struct code_pack *pack, uint32_t row, char form[CODE_FORM_MAX])
{
    struct text code = code_pack_entry(pack, row).code;

    return code.len < CODE_FORM_MAX ? code_dotted(code_pack_dialect(pack), code, form) : code;
}

static void put_row(const struct code_pack *pack, const struct suggestion *one,
                    struct strbuf *out)
{
    struct text display = code_pack_entry(pack, one->answer->row).display;
    struct text cells[] = {one->query->local_code, one->query->name, one->query->unit,
                           one->query->specimen};
    char form[CODE_FORM_MAX];

    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
        put_cell(out, cells[i]);
        strbuf_putc(out, ',');
    }
    strbuf_addf(out, "%zu,", one->rank);
    put_cell(out, code_of(pack, one->answer->row, form));
    strbuf_putc(out, ',');
    put_cell(out, display);
    strbuf_addf(out, ",%.4f,%s,", one->answer->probability, one->is_sure ? "yes" : "no");
    put_cell(out, one->reasons);
    strbuf_putc(out, '\n');
}

static void put_record(const struct code_pack *pack, const struct suggestion *one,
                       struct strbuf *sb)
{
    char probability[16];
    char form[CODE_FORM_MAX];
    struct json_out out;

    snprintf(probability, sizeof(probability), "%.4f", one->answer->probability);
    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "code.suggestion.1");
    json_out_member_text(&out, "local_code", one->query->local_code);
    json_out_member_text(&out, "local_name", one->query->name);
    json_out_member_text(&out, "unit", one->query->unit);
    json_out_member_text(&out, "specimen", one->query->specimen);
    json_out_member_uint(&out, "rank", one->rank);
    json_out_member_text(&out, "code", code_of(pack, one->answer->row, form));
    json_out_member_text(&out, "display", code_pack_entry(pack, one->answer->row).display);
    json_out_key(&out, "probability");
    json_out_raw(&out, text_of(probability));
    json_out_member_bool(&out, "sure", one->is_sure);
    json_out_member_text(&out, "reason", one->reasons);
    json_out_end_object(&out);
    strbuf_putc(sb, '\n');
}

void suggestion_header(struct strbuf *out)
{
    strbuf_puts(out, "local_code,local_name,unit,specimen,rank,code,display,"
                     "probability,sure,reason\n");
}

void suggestion_write(void *context, const struct suggest_entry *entry, struct strbuf *out)
{
    struct suggestion_out *to = context;
    struct strbuf reasons;

    strbuf_init(&reasons, REASONS_MAX);
    for (size_t i = 0; i < entry->count; i++) {
        struct suggestion one = {entry->query, &entry->answers[i], i + 1, false, {"", 0}};
        one.is_sure = i == 0 && entry->answers[i].probability >= to->threshold;
        strbuf_clear(&reasons);
        suggest_reasons(entry->suggester, entry->scratch, entry->answers[i].row, &reasons);
        one.reasons = strbuf_text(&reasons);
        if (one.is_sure) {
            atomic_fetch_add(&to->nsure, 1);
        }
        if (cli_json) {
            put_record(to->pack, &one, out);
        } else {
            put_row(to->pack, &one, out);
        }
    }
    strbuf_release(&reasons);
}
