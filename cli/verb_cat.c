/*
 * verb_cat.c - `hms cat`: any batch file as CSV or, with --json, a record a line.
 */
#include "cli/verb.h"

#include "cli/balance_json.h"
#include "cli/cat_out.h"
#include "core/raw_frame.h"
#include "core/wire.h"

#include <errno.h>
#include <signal.h>

enum { CAT_FLUSH = 64 << 10, CAT_OUT_MAX = 1 << 30 };

static const char *only_table;
static bool rejects;

static const struct opt opts[] = {
    {OPT_TEXT, 't', "table", "NAME", "rows of this table only", &only_table},
    {OPT_FLAG, 0, "rejects", NULL, "the rows that did not go on, instead of those that did",
     &rejects},
    {0},
};

struct cat {
    struct batch_reader *reader;
    struct strbuf out;
    struct strbuf values; /* decoded fields of a tuple */
    struct cell *cells;   /* of one row */
    int table;            /* whose header was written last, -1: none */
};

static bool flush(struct cat *cat, size_t from, struct error *err)
{
    if (strbuf_is_full(&cat->out)) {
        return error_set(err, ERROR_LIMIT, "a row is too large to be shown");
    }
    if (cat->out.len > from) {
        size_t len = cat->out.len;
        bool ok = fwrite(cat->out.at, 1, len, stdout) == len;

        strbuf_clear(&cat->out);
        return ok || error_set(err, ERROR_CONFIG, "cannot write to standard output: %s",
                               strerror(errno));
    }
    return true;
}

/* CSV says which table by its header; tables are parted by an empty line. */
static void begin_table(struct cat *cat, uint16_t number, const struct batch_table *table)
{
    if (cli_json || cat->table == number) {
        return;
    }
    if (cat->table >= 0) {
        strbuf_putc(&cat->out, '\n');
    }
    cat->table = number;
    cat_csv_header(&cat->out, table);
}

static void put_row(struct cat *cat, const struct cat_row *row)
{
    if (cli_json) {
        cat_json_row(&cat->out, row);
    } else {
        cat_csv_row(&cat->out, row->cells, row->table->ncols);
    }
}

static void put_reject(struct cat *cat, const struct reject *reject)
{
    if (cli_json) {
        cat_json_reject(&cat->out, reject);
        return;
    }
    if (cat->table < 0) {
        cat_csv_reject_header(&cat->out);
        cat->table = 0;
    }
    cat_csv_reject(&cat->out, reject);
}

/* --- raw rows --- */

/* A raw row with issues, as the rejects that every map will make of it. */
static void put_raw_issues(struct cat *cat, const struct batch *batch,
                           const struct cat_row *row)
{
    const struct batch_table *table = row->table;
    size_t index = (size_t)(row->place - batch->places);

    for (size_t i = 0; i < row->nissues; i++) {
        int32_t col = row->issues[i].col;
        struct reject reject = {
            .outcome = OUTCOME_REJECTED,
            .rule = text_of(row->issues[i].rule),
            .column = text_of(col < 0 ? "" : table->columns[col]),
            .file = text_of(table->files[row->place->file]),
            .line = row->place->line,
            .offset = row->place->offset,
            .length = row->place->length,
            .bytes = batch->raw[index],
        };

        put_reject(cat, &reject);
    }
}

static bool cat_batch(struct cat *cat, const struct batch *batch,
                      const struct batch_table *table, struct error *err)
{
    size_t next = 0;
    bool ok = true;

    for (uint32_t row = 0; ok && row < batch->nrows; row++) {
        struct cat_row one = {table, cat->cells, &batch->places[row], &batch->issues[next], 0};

        while (next < batch->nissues && batch->issues[next].row == row) {
            next++;
            one.nissues++;
        }
        for (uint32_t col = 0; col < table->ncols; col++) {
            cat->cells[col] = *batch_cell(batch, row, col);
        }
        if (rejects) {
            put_raw_issues(cat, batch, &one);
        } else {
            put_row(cat, &one);
        }
        ok = flush(cat, CAT_FLUSH, err);
    }
    return ok;
}

static bool cat_raw(struct cat *cat, const struct batch_block *block,
                    const struct batch_table *table, struct error *err)
{
    struct table_shape shape = {table->name, table->columns, table->ncols, table->files,
                                table->nfiles};
    struct raw_frame frame = raw_frame_of(block->rows, block->payload);
    struct batch batch;
    bool ok = true;

    batch_init(&batch, &shape);
    while (ok && frame.rows > 0) {
        ok = raw_frame_read(&batch, &frame, err) && cat_batch(cat, &batch, table, err);
    }
    batch_release(&batch);
    return ok;
}

/* --- canonical rows --- */

static uint32_t wire_be32(struct wire *wire)
{
    return __builtin_bswap32(wire_u32(wire));
}

/* The tuple at the wire, as the text of its fields; false when it is malformed. */
static bool read_tuple(struct cat *cat, struct wire *wire, const struct batch_table *table)
{
    size_t starts[BATCH_COLS_MAX];

    strbuf_clear(&cat->values);
    if (__builtin_bswap16(wire_u16(wire)) != table->ncols) {
        return false;
    }
    for (uint32_t col = 0; col < table->ncols; col++) {
        uint32_t len = wire_be32(wire);

        starts[col] = cat->values.len;
        cat->cells[col] = (struct cell){"", 0, len == UINT32_MAX ? CELL_NULL : CELL_TEXT};
        if (len != UINT32_MAX &&
            !column_decode(&cat->values, table->types[col], wire_bytes(wire, len))) {
            return false;
        }
        cat->cells[col].len = (uint32_t)(cat->values.len - starts[col]);
    }
    for (uint32_t col = 0; col < table->ncols; col++) { /* the buffer has stopped moving */
        cat->cells[col].at = strbuf_text(&cat->values).at + starts[col];
    }
    return !wire->bad;
}

static bool cat_tuples(struct cat *cat, const struct batch_block *block,
                       const struct batch_table *table, struct error *err)
{
    struct wire wire = wire_of(block->payload);
    struct cat_row one = {.table = table, .cells = cat->cells};

    for (uint32_t row = 0; row < block->rows; row++) {
        if (!read_tuple(cat, &wire, table)) {
            return error_set(err, ERROR_INTEGRITY, "a tuple of table '%s' is malformed",
                             table->name);
        }
        put_row(cat, &one);
        if (!flush(cat, CAT_FLUSH, err)) {
            return false;
        }
    }
    return true;
}

static bool cat_rejects(struct cat *cat, struct text payload, struct error *err)
{
    struct wire wire = wire_of(payload);

    while (wire.at < wire.end) {
        struct reject reject;

        if (!reject_read(&wire, &reject)) {
            return error_set(err, ERROR_INTEGRITY, "a reject is malformed");
        }
        put_reject(cat, &reject);
        if (!flush(cat, CAT_FLUSH, err)) {
            return false;
        }
    }
    return true;
}

static bool cat_balance(struct cat *cat, struct text payload, struct error *err)
{
    struct balance balance = {0};
    bool ok = balance_read(&balance, payload, err);

    if (ok) {
        balance_json(&balance, &cat->out);
        strbuf_putc(&cat->out, '\n');
    }
    balance_release(&balance);
    return ok;
}

static bool cat_pack(struct cat *cat, struct text payload, struct error *err)
{
    struct manifest_pack pack;
    struct arena arena = {0};
    bool ok = manifest_pack_read(&pack, payload, &arena);

    if (ok) {
        cat_json_pack(&cat->out, &pack);
    }
    arena_release(&arena);
    return ok || error_set(err, ERROR_INTEGRITY, "a block of a pack is malformed");
}

/* --- the file --- */

static bool cat_rows(struct cat *cat, const struct batch_block *block, struct error *err)
{
    const struct batch_table *table = batch_reader_table(cat->reader, block->table);
    bool is_raw = batch_reader_kind(cat->reader) == BATCH_FILE_RAW;

    if ((only_table != NULL && strcmp(only_table, table->name) != 0) || (rejects && !is_raw)) {
        return true;
    }
    if (!rejects) {
        begin_table(cat, block->table, table);
    }
    return is_raw ? cat_raw(cat, block, table, err) : cat_tuples(cat, block, table, err);
}

static bool cat_block(struct cat *cat, const struct batch_block *block, struct error *err)
{
    switch (block->type) {
    case BLOCK_ROWS:
        return cat_rows(cat, block, err);
    case BLOCK_REJECTS:
        return !rejects || cat_rejects(cat, block->payload, err);
    case BLOCK_BALANCE:
        return !cli_json || rejects || cat_balance(cat, block->payload, err);
    case BLOCK_PACK:
        return !cli_json || rejects || cat_pack(cat, block->payload, err);
    case BLOCK_TABLE:
    case BLOCK_END:
        break;
    }
    return true;
}

static int run(int argc, char **argv, struct error *err)
{
    struct cat cat = {.table = -1};
    struct batch_block block;
    enum next next = NEXT_FAILED;

    if (argc != 1) {
        error_set(err, ERROR_USAGE, "cat takes one batch file, or - for stdin");
        error_hint(err, "try 'hms cat --help'");
        return VERB_FAILED;
    }
    signal(SIGPIPE, SIG_DFL); /* `hms cat X | head` ends without a word */
    strbuf_init(&cat.out, CAT_OUT_MAX);
    strbuf_init(&cat.values, BLOCK_BYTES_MAX * 2);
    cat.cells = xcalloc(BATCH_COLS_MAX, sizeof(*cat.cells));
    cat.reader = batch_reader_open(argv[0], err);
    if (cat.reader != NULL) {
        do {
            next = batch_reader_next(cat.reader, &block, err);
        } while (next == NEXT_BLOCK && cat_block(&cat, &block, err) &&
                 flush(&cat, CAT_FLUSH, err));
    }
    if (next == NEXT_END && !flush(&cat, 0, err)) {
        next = NEXT_FAILED;
    }
    batch_reader_free(cat.reader);
    free(cat.cells);
    strbuf_release(&cat.values);
    strbuf_release(&cat.out);
    return next == NEXT_END ? 0 : VERB_FAILED;
}

const struct verb verb_cat = {
    .name = "cat",
    .summary = "show a batch file as CSV, or as a record a line with --json",
    .usage = "FILE.hmb|-",
    .example = "hms cat raw/northgate/PATIENT_MST.hmb | head",
    .opts = opts,
    .run = run,
};
