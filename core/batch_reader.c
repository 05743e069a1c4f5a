#include "core/batch_file.h"
#include "core/block.h"
#include "core/ident.h"
#include "core/pack.h"
#include "core/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct batch_reader {
    char *path;
    int fd;
    enum batch_file_kind kind;
    bool ended;
    uint64_t ordinal;
    uint64_t done;
    uint64_t total;
    struct batch_table *tables;
    uint16_t ntables;
    struct arena arena; /* tables and their names, for the reader's life */
    struct strbuf stored;
    struct strbuf payload;
    struct checksum_stream *index; /* of what E must repeat */
    struct unpacker *unpacker;
    bool (*want)(const struct batch_block *block, void *context); /* NULL: everything */
    void *want_context;
};

static bool broken(const struct batch_reader *reader, struct error *err, const char *what)
{
    return error_set(err, ERROR_INTEGRITY, "%s: block %llu: %s", reader->path,
                     (unsigned long long)reader->ordinal, what);
}

/* Exactly `len` bytes; *got tells how many there were before the end of the file. */
static bool read_exactly(struct batch_reader *reader, void *bytes, size_t len, size_t *got,
                         struct error *err)
{
    char *at = bytes;

    *got = 0;
    while (*got < len) {
        ssize_t more = read(reader->fd, at + *got, len - *got);
        if (more < 0 && errno == EINTR) {
            continue;
        }
        if (more < 0) {
            return error_set(err, ERROR_SOURCE, "%s: %s", reader->path, strerror(errno));
        }
        if (more == 0) {
            return broken(reader, err, "the file was cut");
        }
        *got += (size_t)more;
    }
    reader->done += len;
    return true;
}

static bool read_file_head(struct batch_reader *reader, struct error *err)
{
    unsigned char head[BLOCK_FILE_HEAD];
    size_t got;

    if (!read_exactly(reader, head, sizeof(head), &got, err)) {
        return false;
    }
    if (memcmp(head, "HMSB", 4) != 0) {
        return error_set(err, ERROR_INTEGRITY, "%s: not a batch file", reader->path);
    }
    if (head[4] != BLOCK_FILE_VERSION ||
        (head[5] != BATCH_FILE_RAW && head[5] != BATCH_FILE_CANONICAL)) {
        return error_set(
            err, ERROR_INTEGRITY,
            "%s: a batch file of version %d, kind %d, which this program does not know",
            reader->path, head[4], head[5]);
    }
    reader->kind = (enum batch_file_kind)head[5];
    return true;
}

struct batch_reader *batch_reader_open(const char *path, struct error *err)
{
    struct batch_reader *reader = xcalloc(1, sizeof(*reader));
    struct stat info;

    reader->path = xstrdup(path);
    strbuf_init(&reader->stored, pack_bound(BLOCK_BYTES_MAX));
    strbuf_init(&reader->payload, BLOCK_BYTES_MAX);
    reader->index = checksum_stream_new();
    reader->unpacker = unpacker_new();
    reader->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (reader->fd < 0) {
        error_set(err, errno == ENOENT ? ERROR_INTEGRITY : ERROR_SOURCE, "%s: %s", path,
                  errno == ENOENT ? "the file is missing" : strerror(errno));
    } else if (fstat(reader->fd, &info) == 0 && S_ISREG(info.st_mode)) {
        reader->total = (uint64_t)info.st_size;
    }
    if (reader->fd < 0 || !read_file_head(reader, err)) {
        batch_reader_free(reader);
        return NULL;
    }
    return reader;
}

enum batch_file_kind batch_reader_kind(const struct batch_reader *reader)
{
    return reader->kind;
}

static bool unpack(struct batch_reader *reader, const struct block_head *head,
                   struct error *err)
{
    if (checksum_of(reader->stored.at, head->stored) != head->checksum) {
        return broken(reader, err, "its checksum does not fit, a byte was changed");
    }
    strbuf_clear(&reader->payload);
    if (head->codec == BLOCK_STORED) {
        if (head->size != head->stored) {
            return broken(reader, err, "its sizes do not fit");
        }
        return true; /* handed out from `stored` */
    }
    if (strbuf_reserve(&reader->payload, head->size) == NULL) {
        return error_set(err, ERROR_LIMIT, "%s: a block larger than %d bytes", reader->path,
                         BLOCK_BYTES_MAX);
    }
    if (!unpacker_unpack(reader->unpacker, (struct text){reader->stored.at, head->stored},
                         reader->payload.at, head->size)) {
        return broken(reader, err, "it cannot be unpacked");
    }
    return true;
}

/* The same 24 bytes that the writer put into its index. */
static void note_block(struct batch_reader *reader, const struct block_head *head,
                       uint64_t offset)
{
    struct strbuf entry;

    strbuf_init(&entry, BLOCK_INDEX_ENTRY);
    wire_put_u64(&entry, offset);
    wire_put_u64(&entry, head->checksum);
    wire_put_u32(&entry, head->rows);
    wire_put_u8(&entry, (uint8_t)head->type);
    wire_put_u8(&entry, head->lane);
    wire_put_u16(&entry, head->table);
    checksum_stream_add(reader->index, entry.at, entry.len);
    strbuf_release(&entry);
}

static const char *const *read_names(struct batch_reader *reader, struct wire *wire,
                                     uint32_t count)
{
    const char **names = arena_alloc(&reader->arena, sizeof(*names) * ((size_t)count + 1));

    for (uint32_t i = 0; i < count; i++) {
        names[i] = arena_strdup(&reader->arena, wire_text(wire));
    }
    names[count] = NULL;
    return names;
}

/* A count that cannot be true is refused before memory is asked for: each name takes a byte. */
static uint32_t read_count(struct wire *wire, uint32_t max)
{
    uint64_t count = wire_varint(wire);

    if (count > max || count > (uint64_t)(wire->end - wire->at)) {
        wire->bad = true;
        return 0;
    }
    return (uint32_t)count;
}

static void read_columns(struct batch_reader *reader, struct wire *wire,
                         struct batch_table *table)
{
    const char **columns;
    enum column_type *types;

    table->ncols = read_count(wire, BATCH_COLS_MAX);
    columns = arena_alloc(&reader->arena, sizeof(*columns) * ((size_t)table->ncols + 1));
    types = arena_alloc(&reader->arena, sizeof(*types) * ((size_t)table->ncols + 1));
    for (uint32_t i = 0; i < table->ncols; i++) {
        uint8_t type;
        columns[i] = arena_strdup(&reader->arena, wire_text(wire));
        type = wire_u8(wire);
        wire->bad = wire->bad || type > COLUMN_QUANTITY;
        types[i] = (enum column_type)(type > COLUMN_QUANTITY ? 0 : type);
    }
    columns[table->ncols] = NULL;
    table->columns = columns;
    table->types = types;
}

static bool read_table(struct batch_reader *reader, const struct block_head *head,
                       struct text payload, struct error *err)
{
    struct wire wire = wire_of(payload);
    struct batch_table table = {0};
    uint8_t repeats;

    if (head->table != reader->ntables || reader->ntables == BATCH_FILE_TABLES_MAX) {
        return broken(reader, err, "a table out of order");
    }
    table.name = arena_strdup(&reader->arena, wire_text(&wire));
    table.organisation = arena_strdup(&reader->arena, wire_text(&wire));
    table.source = arena_strdup(&reader->arena, wire_text(&wire));
    table.map = arena_strdup(&reader->arena, wire_text(&wire));
    repeats = wire_u8(&wire);
    table.lanes = wire_u8(&wire);
    read_columns(reader, &wire, &table);
    table.nfiles = read_count(&wire, UINT16_MAX);
    table.files = read_names(reader, &wire, table.nfiles);
    if (wire.bad || wire.at != wire.end || repeats > REPEAT_LAST) {
        return broken(reader, err, "a malformed table");
    }
    table.repeats = (enum repeat_policy)repeats;
    reader->tables = xrealloc(reader->tables, sizeof(table) * (reader->ntables + 1u));
    reader->tables[reader->ntables++] = table;
    return true;
}

static enum next check_end(struct batch_reader *reader, const struct block_head *head,
                           struct text payload, struct error *err)
{
    char extra;

    if (head->rows != (uint32_t)reader->ordinal ||
        checksum_of(payload.at, payload.len) != checksum_stream_value(reader->index)) {
        broken(reader, err, "the index does not fit the blocks, some are missing or moved");
        return NEXT_FAILED;
    }
    if (read(reader->fd, &extra, 1) != 0) {
        broken(reader, err, "bytes follow the end");
        return NEXT_FAILED;
    }
    reader->ended = true;
    return NEXT_END;
}

void batch_reader_choose(struct batch_reader *reader,
                         bool (*want)(const struct batch_block *block, void *context),
                         void *context)
{
    reader->want = want;
    reader->want_context = context;
}

static bool is_wanted(const struct batch_reader *reader, const struct block_head *head)
{
    struct batch_block block = {.type = head->type,
                                .ordinal = reader->ordinal,
                                .table = head->table,
                                .lane = head->lane,
                                .rows = head->rows};

    return reader->want == NULL || (head->type != BLOCK_ROWS && head->type != BLOCK_REJECTS) ||
           head->table >= reader->ntables || reader->want(&block, reader->want_context);
}

/* Past bytes that nobody wants; a pipe has to read them. */
static bool step_over(struct batch_reader *reader, uint32_t len, struct error *err)
{
    size_t got;

    if (reader->total > 0 && reader->done + len <= reader->total) {
        if (lseek(reader->fd, (off_t)len, SEEK_CUR) < 0) {
            return error_set(err, ERROR_SOURCE, "%s: %s", reader->path, strerror(errno));
        }
        reader->done += len;
        return true;
    }
    strbuf_clear(&reader->stored);
    if (strbuf_reserve(&reader->stored, len) == NULL) {
        return error_set(err, ERROR_LIMIT, "%s: a block larger than %d bytes", reader->path,
                         BLOCK_BYTES_MAX);
    }
    return read_exactly(reader, reader->stored.at, len, &got, err);
}

/* *payload is left NULL for a block that is stepped over. */
static bool read_block(struct batch_reader *reader, struct block_head *head,
                       struct text *payload, struct error *err)
{
    unsigned char bytes[BLOCK_HEAD];
    size_t got;

    *payload = (struct text){0};
    if (!read_exactly(reader, bytes, sizeof(bytes), &got, err)) {
        return false;
    }
    if (!block_head_read(head, reader->ordinal, bytes)) {
        return broken(reader, err, "its head was changed, or the block was moved");
    }
    if (!is_wanted(reader, head)) {
        return step_over(reader, head->stored, err);
    }
    strbuf_clear(&reader->stored);
    if (head->size > BLOCK_BYTES_MAX || strbuf_reserve(&reader->stored, head->stored) == NULL) {
        return error_set(err, ERROR_LIMIT, "%s: a block larger than %d bytes", reader->path,
                         BLOCK_BYTES_MAX);
    }
    if (!read_exactly(reader, reader->stored.at, head->stored, &got, err) ||
        !unpack(reader, head, err)) {
        return false;
    }
    *payload = (struct text){
        head->codec == BLOCK_STORED ? reader->stored.at : reader->payload.at, head->size};
    return true;
}

enum next batch_reader_next(struct batch_reader *reader, struct batch_block *block,
                            struct error *err)
{
    struct block_head head = {0};
    uint64_t offset = reader->done;
    struct text payload;

    if (reader->ended) {
        return NEXT_END;
    }
    if (!read_block(reader, &head, &payload, err)) {
        return NEXT_FAILED;
    }
    if (head.type == BLOCK_END) {
        return check_end(reader, &head, payload, err);
    }
    note_block(reader, &head, offset);
    if (head.type == BLOCK_TABLE && !read_table(reader, &head, payload, err)) {
        return NEXT_FAILED;
    }
    if (head.type != BLOCK_BALANCE && head.type != BLOCK_PACK &&
        head.table >= reader->ntables) {
        broken(reader, err, "rows of a table that was not described");
        return NEXT_FAILED;
    }
    *block = (struct batch_block){head.type, reader->ordinal, head.table,
                                  head.lane, head.rows,       payload};
    reader->ordinal++;
    return NEXT_BLOCK;
}

const struct batch_table *batch_reader_table(const struct batch_reader *reader, uint16_t number)
{
    return number < reader->ntables ? &reader->tables[number] : NULL;
}

void batch_reader_progress(const struct batch_reader *reader, uint64_t *done, uint64_t *total)
{
    *done = reader->done;
    *total = reader->total;
}

void batch_reader_free(struct batch_reader *reader)
{
    if (reader == NULL) {
        return;
    }
    if (reader->fd > STDIN_FILENO) {
        close(reader->fd);
    }
    unpacker_free(reader->unpacker);
    checksum_stream_free(reader->index);
    strbuf_release(&reader->stored);
    strbuf_release(&reader->payload);
    arena_release(&reader->arena);
    free(reader->tables);
    free(reader->path);
    free(reader);
}
