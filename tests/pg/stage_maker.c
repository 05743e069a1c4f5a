/*
 * stage_maker.c - makes a canonical stage from a few lines of text, for the tests of load.
 *
 *   stage_maker DIR ORG < LINES      a sealed stage folder
 *   stage_maker - ORG < LINES        one stream on standard output
 *
 * Lines    file NAME                            the next tables go into NAME.hmb [rows]; a stream has but one
 *          table ENTITY MAP REPEATS [LANES]     REPEATS: same, first, last; begins a table
 *          row KEY COLUMN=VALUE ...             VALUE @entity:KEY is the id of that row; '_' in a
 *                                               value stands for a space; "version=N" alone changes
 *                                               the row's hash
 *          rows N KEY COLUMN=VALUE ...          N rows; '%' becomes 0, 1, 2 ...; '%N' counts modulo N
 *          reject OUTCOME RULE COLUMN KEY BYTES
 *          turn MAP                             the next rows are of that table, begun before
 *          misread N                            the balance claims N rows more than there are
 *          collide KEY                          the next row gets the id of KEY
 */
#include "core/batch_file.h"
#include "core/file.h"
#include "core/ident.h"
#include "core/manifest.h"
#include "core/reject.h"
#include "mappings/entity.h"

#include <unistd.h>

enum { WORDS_MAX = 80, TABLES_MAX = 16, BLOCK_ROWS_MAX = 4096, LINE_MAX_BYTES = 64 << 10 };

struct table {
    struct batch_table shape;
    const struct entity *entity;
    char *map;
    uint16_t number;
    struct balance balance;
    struct strbuf tuples[8];
    uint32_t rows[8];
};

static struct error err;
static const char *org;
static const char *folder; /* NULL: a stream */
static struct manifest manifest;
static struct batch_writer *writer;
static char file_name[64] = "rows";
static struct table tables[TABLES_MAX];
static int ntables;
static struct table *now;
static char collide[64];

static void stop(const char *what)
{
    fprintf(stderr, "stage_maker: %s %s\n", what, err.message);
    exit(2);
}

static void check(bool ok)
{
    if (!ok) {
        stop("failed:");
    }
}

static void flush_lane(struct table *table, int lane)
{
    if (table->rows[lane] > 0) {
        check(batch_writer_put(writer, BLOCK_ROWS, table->number, (uint8_t)lane,
                               table->rows[lane], strbuf_text(&table->tuples[lane]), &err));
        table->rows[lane] = 0;
        strbuf_clear(&table->tuples[lane]);
    }
}

static void flush_table(struct table *table)
{
    for (int lane = 0; table != NULL && lane < table->shape.lanes; lane++) {
        flush_lane(table, lane);
    }
}

static void open_file(void)
{
    char *path;

    if (writer != NULL) {
        return;
    }
    path = folder == NULL ? xstrdup("-") : xasprintf("%s/%s.hmb", folder, file_name);
    writer = batch_writer_open(path, BATCH_FILE_CANONICAL, folder != NULL, &err);
    check(writer != NULL);
    free(path);
}

static void close_file(void)
{
    if (writer == NULL) {
        return;
    }
    for (int i = 0; i < ntables; i++) {
        struct strbuf payload;
        flush_table(&tables[i]);
        strbuf_init(&payload, 1 << 20);
        balance_write(&tables[i].balance, &payload);
        check(batch_writer_put(writer, BLOCK_BALANCE, 0, 0, 0, strbuf_text(&payload), &err));
        strbuf_release(&payload);
        balance_release(&tables[i].balance);
        free(tables[i].map);
        for (int lane = 0; lane < 8; lane++) {
            strbuf_release(&tables[i].tuples[lane]);
        }
    }
    check(batch_writer_finish(writer, &err));
    if (folder != NULL) {
        char name[80];
        snprintf(name, sizeof(name), "%s.hmb", file_name);
        manifest_add_file(&manifest,
                          &(struct manifest_file){name, file_name, batch_writer_bytes(writer),
                                                  batch_writer_rows(writer),
                                                  batch_writer_checksum(writer)});
    }
    batch_writer_free(writer);
    writer = NULL;
    ntables = 0;
    now = NULL;
}

static void begin_table(char **words, int nwords)
{
    static const char *names[TABLES_MAX][64];
    static enum column_type types[TABLES_MAX][64];
    struct table *table = &tables[ntables];
    const struct entity *entity = entity_find(text_of(words[1]));

    if (entity == NULL) {
        stop("no such entity");
    }
    open_file();
    for (uint32_t i = 0; i < entity->ncols; i++) {
        names[ntables][i] = entity->columns[i].name;
        types[ntables][i] = entity->columns[i].type;
    }
    *table = (struct table){.entity = entity, .map = xstrdup(words[2])};
    table->shape =
        (struct batch_table){.name = entity->name,
                             .organisation = org,
                             .source = "src",
                             .map = table->map,
                             .ncols = entity->ncols,
                             .columns = names[ntables],
                             .types = types[ntables],
                             .repeats = strcmp(words[3], "first") == 0  ? REPEAT_FIRST
                                        : strcmp(words[3], "last") == 0 ? REPEAT_LAST
                                                                        : REPEAT_SAME,
                             .lanes = (uint8_t)(nwords > 4 ? words[4][0] - '0' : 1)};
    check(batch_writer_table(writer, &table->shape, &table->number, &err));
    balance_init(&table->balance, org, words[2], "1.0.0", file_name, entity->name);
    for (int lane = 0; lane < 8; lane++) {
        strbuf_init(&table->tuples[lane], BLOCK_BYTES_MAX);
    }
    now = table;
    ntables++;
}

static void turn_table(const char *map)
{
    flush_table(now);
    for (int i = 0; i < ntables; i++) {
        if (strcmp(tables[i].shape.map, map) == 0) {
            now = &tables[i];
            return;
        }
    }
    stop("no such table");
}

static struct ident id_of(const char *entity, const char *key)
{
    return ident_of(text_of(org), text_of("src"), text_of(entity), text_of(key));
}

/* '%' and '%N' become the number of the row, '_' a space in values. */
static void expand(char *out, size_t size, const char *in, long row, bool spaces)
{
    size_t len = 0;

    for (; *in != '\0' && len + 24 < size; in++) {
        if (*in == '%' && row >= 0) {
            char *end;
            long modulo = strtol(in + 1, &end, 10);
            len +=
                (size_t)snprintf(out + len, size - len, "%ld", modulo > 0 ? row % modulo : row);
            in = modulo > 0 ? end - 1 : in;
        } else {
            out[len++] = spaces && *in == '_' ? ' ' : *in;
        }
    }
    out[len] = '\0';
}

static const char *find_value(char **words, int nwords, const char *column)
{
    size_t len = strlen(column);

    for (int i = 0; i < nwords; i++) {
        if (strncmp(words[i], column, len) == 0 && words[i][len] == '=') {
            return words[i] + len + 1;
        }
    }
    return NULL;
}

static void put_value(struct strbuf *out, const struct entity_column *column, const char *value,
                      long row)
{
    char text[512];
    char id[37];

    if (value == NULL) {
        column_encode_null(out);
        return;
    }
    expand(text, sizeof(text), value, row, value[0] != '@');
    if (text[0] == '@') {
        char *colon = strchr(text, ':');
        *colon = '\0';
        ident_format(id_of(text + 1, colon + 1), id);
        snprintf(text, sizeof(text), "%s", id);
    }
    if (column_encode(out, column->type, text_of(text)) != NULL) {
        stop(column->name);
    }
}

static void put_id(struct strbuf *out, const void *bytes)
{
    strbuf_add(out, "\0\0\0\20", 4);
    strbuf_add(out, bytes, 16);
}

static int lane_of(struct ident id, int lanes)
{
    return id.bytes[0] * lanes / 256;
}

static void add_row(char **words, int nwords, long row)
{
    static struct strbuf fields;
    char key[256];
    char number[16];
    struct ident id;
    struct digest128 hash;
    int lane;

    if (fields.max == 0) {
        strbuf_init(&fields, 1 << 20);
    }
    expand(key, sizeof(key), words[0], row, false);
    id = id_of(now->entity->name, collide[0] == '\0' ? key : collide);
    collide[0] = '\0';
    lane = lane_of(id, now->shape.lanes);
    strbuf_clear(&fields);
    for (uint32_t i = ENTITY_FIXED_COLUMNS; i < now->entity->ncols; i++) {
        put_value(&fields, &now->entity->columns[i],
                  find_value(words, nwords, now->entity->columns[i].name), row);
    }
    hash = digest_of(fields.at, fields.len);
    if (find_value(words, nwords, "version") != NULL) {
        hash.low += (uint64_t)strtol(find_value(words, nwords, "version"), NULL, 10);
    }
    strbuf_putc(&now->tuples[lane], (char)(now->entity->ncols >> 8));
    strbuf_putc(&now->tuples[lane], (char)(now->entity->ncols & 0xFF));
    put_id(&now->tuples[lane], id.bytes);
    snprintf(number, sizeof(number), "%d", org_id_of(text_of(org)));
    column_encode(&now->tuples[lane], COLUMN_INT4, text_of(number));
    column_encode(&now->tuples[lane], COLUMN_TEXT, text_of("src"));
    column_encode(&now->tuples[lane], COLUMN_TEXT, text_of(key));
    put_id(&now->tuples[lane], &hash);
    strbuf_add(&now->tuples[lane], fields.at, fields.len);
    now->balance.rows_read++;
    balance_count(&now->balance, OUTCOME_LOADED, "", "", 1);
    if (++now->rows[lane] == BLOCK_ROWS_MAX) {
        flush_lane(now, lane);
    }
}

static void add_reject(char **words)
{
    struct strbuf payload;
    struct reject reject = {.rule = text_of(words[1]),
                            .column = text_of(words[2]),
                            .file = text_of("source.csv"),
                            .line = 7,
                            .offset = 100,
                            .length = 20,
                            .key = text_of(words[3]),
                            .bytes = text_of(words[4])};

    if (!outcome_parse(text_of(words[0]), &reject.outcome)) {
        stop("no such outcome");
    }
    strbuf_init(&payload, 1 << 20);
    reject_write(&reject, &payload);
    check(batch_writer_put(writer, BLOCK_REJECTS, now->number, 0, 1, strbuf_text(&payload),
                           &err));
    strbuf_release(&payload);
    now->balance.rows_read++;
    balance_count(&now->balance, reject.outcome, words[1], words[2], 1);
}

static void do_line(char **words, int nwords)
{
    if (strcmp(words[0], "file") == 0) {
        if (folder != NULL) {
            close_file();
        }
        snprintf(file_name, sizeof(file_name), "%s", words[1]);
    } else if (strcmp(words[0], "table") == 0) {
        flush_table(now);
        begin_table(words, nwords);
    } else if (strcmp(words[0], "row") == 0) {
        add_row(words + 1, nwords - 1, -1);
    } else if (strcmp(words[0], "rows") == 0) {
        long count = strtol(words[1], NULL, 10);
        for (long row = 0; row < count; row++) {
            add_row(words + 2, nwords - 2, row);
        }
    } else if (strcmp(words[0], "reject") == 0) {
        add_reject(words + 1);
    } else if (strcmp(words[0], "turn") == 0) {
        turn_table(words[1]);
    } else if (strcmp(words[0], "misread") == 0) {
        now->balance.rows_read += strtoull(words[1], NULL, 10);
        balance_count(&now->balance, OUTCOME_LOADED, "", "", strtoull(words[1], NULL, 10));
    } else if (strcmp(words[0], "collide") == 0) {
        snprintf(collide, sizeof(collide), "%s", words[1]);
    } else {
        stop("what is this line?");
    }
}

int main(int argc, char **argv)
{
    static char line[LINE_MAX_BYTES];

    if (argc != 3) {
        stop("usage: stage_maker DIR|- ORG");
    }
    org = argv[2];
    folder = strcmp(argv[1], "-") == 0 ? NULL : argv[1];
    manifest_init(&manifest, "stage", "src", org);
    check(folder == NULL || folder_make(folder, &err));
    while (fgets(line, sizeof(line), stdin) != NULL) {
        char *words[WORDS_MAX];
        int nwords = 0;
        char *state = NULL;
        for (char *word = strtok_r(line, " \n", &state); word != NULL && nwords < WORDS_MAX;
             word = strtok_r(NULL, " \n", &state)) {
            words[nwords++] = word;
        }
        if (nwords > 0 && words[0][0] != '#') {
            do_line(words, nwords);
        }
    }
    close_file();
    check(folder == NULL || manifest_write(&manifest, folder, &err));
    manifest_release(&manifest);
    return 0;
}
