#include "core/batch_file.h"
#include "core/block.h"
#include "core/fresh_file.h"
#include "core/ident.h"
#include "core/pack.h"
#include "core/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { INDEX_BYTES_MAX = 1 << 30, PIPE_BYTES = 1 << 20 };

struct batch_writer {
    char *path;             /* for messages */
    struct fresh_file file; /* all zero for a stream */
    int fd;
    bool streams; /* to standard output */
    uint64_t ordinal;
    uint64_t bytes;
    uint64_t rows;
    uint16_t ntables;
    struct packer *packer;
    struct strbuf stored;
    struct strbuf index; /* 24 bytes a block: see block.h */
    struct checksum_stream *checksum;
};

/* As messages call it. */
static const char *batch_writer_name(const struct batch_writer *writer)
{
    return strcmp(writer->path, "-") == 0 ? "standard output" : writer->path;
}

static bool write_out(struct batch_writer *writer, const void *bytes, size_t len,
                      struct error *err)
{
    const char *at = bytes;
    size_t left = len;

    while (left > 0) {
        ssize_t put = write(writer->fd, at, left);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return error_set(err, ERROR_CONFIG, "cannot write %s: %s",
                             batch_writer_name(writer), strerror(errno));
        }
        at += put;
        left -= (size_t)put;
    }
    if (!writer->streams) { /* a manifest names files; of a stream nobody asks */
        checksum_stream_add(writer->checksum, bytes, len);
    }
    writer->bytes += len;
    return true;
}

struct batch_writer *batch_writer_open(const char *path, enum batch_file_kind kind, bool packed,
                                       struct error *err)
{
    struct batch_writer *writer = xcalloc(1, sizeof(*writer));
    const char head[BLOCK_FILE_HEAD] = {'H',        'M', 'S', 'B', BLOCK_FILE_VERSION,
                                        (char)kind, 0,   0};

    writer->path = xstrdup(path);
    writer->checksum = checksum_stream_new();
    strbuf_init(&writer->stored, pack_bound(BLOCK_BYTES_MAX));
    strbuf_init(&writer->index, INDEX_BYTES_MAX);
    writer->streams = strcmp(path, "-") == 0;
    writer->fd = STDOUT_FILENO;
    if (writer->streams) { /* fewer turns; fine when it is no pipe */
        (void)fcntl(writer->fd, F_SETPIPE_SZ, PIPE_BYTES);
    } else if (fresh_file_open(&writer->file, path)) {
        writer->fd = writer->file.fd;
    } else {
        error_set(err, ERROR_CONFIG, "cannot write %s: %s", path, strerror(errno));
        batch_writer_free(writer);
        return NULL;
    }
    if (packed) {
        writer->packer = packer_new(kind == BATCH_FILE_RAW ? PACK_TO_KEEP : PACK_TO_PASS_ON);
    }
    if (!write_out(writer, head, sizeof(head), err)) {
        batch_writer_free(writer);
        return NULL;
    }
    return writer;
}

/* The payload as it will be stored: packed when that was asked for and makes it smaller. */
static struct text pack(struct batch_writer *writer, struct text payload, uint8_t *codec)
{
    *codec = BLOCK_STORED;
    if (writer->packer == NULL || !packer_pack(writer->packer, payload, &writer->stored)) {
        return payload;
    }
    *codec = BLOCK_ZSTD;
    return strbuf_text(&writer->stored);
}

bool batch_writer_put(struct batch_writer *writer, enum block_type type, uint16_t table,
                      uint8_t lane, uint32_t rows, struct text payload, struct error *err)
{
    struct block_head head = {.type = type, .lane = lane, .table = table, .rows = rows};
    unsigned char bytes[BLOCK_HEAD];
    struct text stored;

    if (payload.len > BLOCK_BYTES_MAX) {
        return error_set(err, ERROR_LIMIT, "%s: a block of %zu bytes, the limit is %d",
                         writer->path, payload.len, BLOCK_BYTES_MAX);
    }
    stored = pack(writer, payload, &head.codec);
    head.size = (uint32_t)payload.len;
    head.stored = (uint32_t)stored.len;
    head.checksum = checksum_of(stored.at, stored.len);
    block_head_write(&head, writer->ordinal, bytes);
    wire_put_u64(&writer->index, writer->bytes);
    wire_put_u64(&writer->index, head.checksum);
    wire_put_u32(&writer->index, rows);
    wire_put_u8(&writer->index, (uint8_t)type);
    wire_put_u8(&writer->index, lane);
    wire_put_u16(&writer->index, table);
    writer->ordinal++;
    writer->rows += type == BLOCK_ROWS ? rows : 0;
    return write_out(writer, bytes, sizeof(bytes), err) &&
           write_out(writer, stored.at, stored.len, err);
}

static void put_table(struct strbuf *out, const struct batch_table *table)
{
    wire_put_text(out, text_of(table->name));
    wire_put_text(out, text_of(table->organisation));
    wire_put_text(out, text_of(table->source));
    wire_put_text(out, text_of(table->map));
    wire_put_u8(out, (uint8_t)table->repeats);
    wire_put_u8(out, table->lanes);
    wire_put_varint(out, table->ncols);
    for (uint32_t i = 0; i < table->ncols; i++) {
        wire_put_text(out, text_of(table->columns[i]));
        wire_put_u8(out, table->types == NULL ? 0 : (uint8_t)table->types[i]);
    }
    wire_put_varint(out, table->nfiles);
    for (uint32_t i = 0; i < table->nfiles; i++) {
        wire_put_text(out, text_of(table->files[i]));
    }
}

bool batch_writer_table(struct batch_writer *writer, const struct batch_table *table,
                        uint16_t *number, struct error *err)
{
    struct strbuf payload;
    bool ok;

    if (writer->ntables == BATCH_FILE_TABLES_MAX) {
        return error_set(err, ERROR_LIMIT, "%s: more than %d tables", writer->path,
                         BATCH_FILE_TABLES_MAX);
    }
    strbuf_init(&payload, BLOCK_BYTES_MAX);
    put_table(&payload, table);
    *number = writer->ntables++;
    ok = batch_writer_put(writer, BLOCK_TABLE, *number, 0, 0, strbuf_text(&payload), err);
    strbuf_release(&payload);
    return ok;
}

bool batch_writer_finish(struct batch_writer *writer, struct error *err)
{
    struct strbuf index = writer->index; /* E itself is not in the index it carries */
    bool ok;

    strbuf_init(&writer->index, INDEX_BYTES_MAX);
    ok = batch_writer_put(writer, BLOCK_END, 0, 0, (uint32_t)writer->ordinal,
                          strbuf_text(&index), err);
    strbuf_release(&index);
    if (!ok) {
        return false;
    }
    if (!writer->streams && !fresh_file_finish(&writer->file)) {
        return error_set(err, ERROR_CONFIG, "cannot finish %s: %s", writer->path,
                         strerror(errno));
    }
    return true;
}

uint64_t batch_writer_checksum(const struct batch_writer *writer)
{
    return checksum_stream_value(writer->checksum);
}

uint64_t batch_writer_bytes(const struct batch_writer *writer)
{
    return writer->bytes;
}

uint64_t batch_writer_rows(const struct batch_writer *writer)
{
    return writer->rows;
}

void batch_writer_free(struct batch_writer *writer)
{
    if (writer == NULL) {
        return;
    }
    fresh_file_drop(&writer->file);
    packer_free(writer->packer);
    strbuf_release(&writer->stored);
    strbuf_release(&writer->index);
    checksum_stream_free(writer->checksum);
    free(writer->path);
    free(writer);
}
