#include "cli/cat_out.h"

#include "core/json_out.h"

#include <inttypes.h>

static void csv_put(struct strbuf *sb, struct text text)
{
    bool quoted = text.len == 0;

    for (size_t i = 0; i < text.len && !quoted; i++) {
        quoted = strchr(",\"\r\n", text.at[i]) != NULL && text.at[i] != '\0';
    }
    if (!quoted) {
        strbuf_add_text(sb, text);
        return;
    }
    strbuf_putc(sb, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') {
            strbuf_putc(sb, '"');
        }
        strbuf_putc(sb, text.at[i]);
    }
    strbuf_putc(sb, '"');
}

void cat_csv_header(struct strbuf *sb, const struct batch_table *table)
{
    for (uint32_t col = 0; col < table->ncols; col++) {
        if (col > 0) {
            strbuf_putc(sb, ',');
        }
        csv_put(sb, text_of(table->columns[col]));
    }
    strbuf_putc(sb, '\n');
}

void cat_csv_row(struct strbuf *sb, const struct cell *cells, uint32_t ncols)
{
    for (uint32_t col = 0; col < ncols; col++) {
        if (col > 0) {
            strbuf_putc(sb, ',');
        }
        if (cells[col].state == CELL_TEXT) {
            csv_put(sb, cell_text(cells[col]));
        }
    }
    strbuf_putc(sb, '\n');
}

void cat_csv_reject_header(struct strbuf *sb)
{
    strbuf_puts(sb, "outcome,rule,column,file,line,offset,length,key,bytes\n");
}

void cat_csv_reject(struct strbuf *sb, const struct reject *reject)
{
    strbuf_puts(sb, outcome_name(reject->outcome));
    strbuf_putc(sb, ',');
    csv_put(sb, reject->rule);
    strbuf_putc(sb, ',');
    csv_put(sb, reject->column);
    strbuf_putc(sb, ',');
    csv_put(sb, reject->file);
    strbuf_addf(sb, ",%" PRIu64 ",%" PRIu64 ",%" PRIu32 ",", reject->line, reject->offset,
                reject->length);
    csv_put(sb, reject->key);
    strbuf_putc(sb, ',');
    csv_put(sb, reject->bytes);
    strbuf_putc(sb, '\n');
}

static void json_issues(struct json_out *out, const struct cat_row *row)
{
    json_out_key(out, "issues");
    json_out_array(out);
    for (size_t i = 0; i < row->nissues; i++) {
        const struct issue *issue = &row->issues[i];

        json_out_object(out);
        json_out_member(out, "column", issue->col < 0 ? "" : row->table->columns[issue->col]);
        json_out_member(out, "rule", issue->rule);
        json_out_end_object(out);
    }
    json_out_end_array(out);
}

void cat_json_row(struct strbuf *sb, const struct cat_row *row)
{
    const struct batch_table *table = row->table;
    struct json_out out;

    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "row 1");
    json_out_member(&out, "table", table->name);
    if (row->place != NULL) {
        json_out_member(&out, "file", table->files[row->place->file]);
        json_out_member_uint(&out, "line", row->place->line);
        json_out_member_uint(&out, "offset", row->place->offset);
        json_out_member_uint(&out, "length", row->place->length);
        json_issues(&out, row);
    }
    json_out_key(&out, "row");
    json_out_object(&out);
    for (uint32_t col = 0; col < table->ncols; col++) {
        if (row->cells[col].state == CELL_TEXT) {
            json_out_member_text(&out, table->columns[col], cell_text(row->cells[col]));
        } else if (row->cells[col].state == CELL_NULL) {
            json_out_member(&out, table->columns[col], NULL);
        }
    }
    json_out_end_object(&out);
    json_out_end_object(&out);
    strbuf_putc(sb, '\n');
}

void cat_json_reject(struct strbuf *sb, const struct reject *reject)
{
    struct json_out out;

    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "reject 1");
    json_out_member(&out, "outcome", outcome_name(reject->outcome));
    json_out_member_text(&out, "rule", reject->rule);
    json_out_member_text(&out, "column", reject->column);
    json_out_member_text(&out, "file", reject->file);
    json_out_member_uint(&out, "line", reject->line);
    json_out_member_uint(&out, "offset", reject->offset);
    json_out_member_uint(&out, "length", reject->length);
    json_out_member_text(&out, "key", reject->key);
    json_out_member_text(&out, "bytes", reject->bytes);
    json_out_end_object(&out);
    strbuf_putc(sb, '\n');
}

void cat_json_pack(struct strbuf *sb, const struct manifest_pack *pack)
{
    struct json_out out;

    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "pack 1");
    json_out_member(&out, "name", pack->name);
    json_out_member(&out, "release", pack->release);
    json_out_member(&out, "sha256", pack->sha256);
    json_out_end_object(&out);
    strbuf_putc(sb, '\n');
}
