#include "transform/map_run.h"

static bool needs_quotes(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == ',' || c == '"' || c == '\n' || c == '\r') {
            return true;
        }
    }
    return false;
}

static void add_csv_field(struct strbuf *out, struct text text)
{
    if (!needs_quotes(text)) {
        strbuf_add_text(out, text);
        return;
    }
    strbuf_putc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') {
            strbuf_putc(out, '"');
        }
        strbuf_putc(out, text.at[i]);
    }
    strbuf_putc(out, '"');
}

/* The row as a person may read it: the source's own bytes when it was no row, else one CSV
 * record. */
static void add_row_bytes(const struct batch *batch, uint32_t row, struct strbuf *out)
{
    if (batch->raw[row].len > 0) {
        strbuf_add_text(out, batch->raw[row]);
        return;
    }
    for (uint32_t col = 0; col < batch->shape->ncols; col++) {
        if (col > 0) {
            strbuf_putc(out, ',');
        }
        add_csv_field(out, cell_text(*batch_cell(batch, row, col)));
    }
}

void map_run_depart(struct map_run *run, const struct batch *batch, uint32_t row,
                    struct departure why)
{
    const struct place *place = &batch->places[row];
    struct reject reject = {.outcome = why.outcome,
                            .rule = text_of(why.rule),
                            .column = text_of(why.column),
                            .file = text_of(batch->shape->files[place->file]),
                            .line = place->line,
                            .offset = place->offset,
                            .length = place->length,
                            .key = run->keys[row]};

    run->fate[row] = why.rule;
    balance_count(&run->balance, why.outcome, why.rule, why.column, 1);
    strbuf_clear(&run->fields);
    add_row_bytes(batch, row, &run->fields);
    reject.bytes = strbuf_text(&run->fields);
    reject_write(&reject, &run->rejects);
    run->nrejects++;
}
