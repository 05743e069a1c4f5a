/*
 * fuzz_csv.c - any bytes as delimited text, in any charset: no crash, and the rows with their
 * line ends are the whole file.
 *
 * Input     one byte that chooses the format, then the file.
 */
#include "core/text.h"
#include "extract/csv_source.h"

#include <assert.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COLS = 3 };

static const char *const charsets[] = {"utf-8",   "windows-1252", "utf-16le",    "utf-16",
                                       "gb18030", "shift_jis",    "iso-2022-jp", "ibm-37"};

static struct source_format format_of(uint8_t byte)
{
    struct source_format format = source_format_default();

    format.charset = charsets[byte % 8];
    format.quote = byte & 8 ? '\0' : '"';
    format.delimiter = byte & 16 ? '\t' : ',';
    format.header = byte & 32;
    return format;
}

static void check_places(const struct batch *batch, uint64_t *at, uint64_t size)
{
    for (uint32_t row = 0; row < batch->nrows; row++) {
        assert(batch->places[row].offset >= *at);
        *at = batch->places[row].offset + batch->places[row].length;
        assert(*at <= size);
    }
}

static void read_all(struct csv_source *source, struct error *err)
{
    static const char *const columns[] = {"A", "B", "C"};
    static const char *const files[] = {"file"};
    static const uint32_t order[] = {0, 1, 2};
    const struct table_shape shape = {"T", columns, COLS, files, 1};
    struct batch batch;
    uint64_t rows = 0;
    uint64_t at = 0;
    bool at_end = false;

    batch_init(&batch, &shape);
    csv_source_bind(source, 0, order, COLS);
    while (!at_end && csv_source_read(source, &batch, &at_end, err)) {
        rows += batch.nrows;
        check_places(&batch, &at, csv_source_bytes(source));
        batch_clear(&batch);
    }
    assert(at_end && rows == csv_source_rows(source));
    batch_release(&batch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source_format format = format_of(size > 0 ? data[0] : 0);
    struct csv_source *source;
    struct source_list names;
    struct arena arena = {0};
    struct error err = {0};
    char path[32];
    int fd = memfd_create("fuzz", MFD_CLOEXEC);

    assert(size < 2 || write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    source = csv_source_open(path, &format, &err);
    if (source != NULL && (!format.header || csv_source_header(source, &arena, &names, &err))) {
        read_all(source, &err);
    }
    csv_source_free(source);
    arena_release(&arena);
    close(fd);
    return 0;
}
