/*
 * fuzz_batch_file.c - any bytes as a batch file: refused or read, never a crash.
 *
 * Blocks are sealed by checksums, which random bytes do not meet; so the payloads of raw rows,
 * rejects and balances are read from the input itself as well.
 */
#include "core/batch_file.h"
#include "core/raw_frame.h"
#include "core/reject.h"

#include <assert.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_raw(struct text payload, uint32_t rows)
{
    static const char *const columns[] = {"A", "B", "C"};
    static const char *const files[] = {"file"};
    const struct table_shape shape = {"T", columns, 3, files, 1};
    struct error err = {0};
    struct batch batch;

    batch_init(&batch, &shape);
    for (struct raw_frame frame = raw_frame_of(rows, payload); frame.rows > 0;) {
        (void)!raw_frame_read(&batch, &frame, &err);
    }
    batch_release(&batch);
}

static void read_rejects(struct text payload)
{
    struct wire wire = wire_of(payload);
    struct reject reject;

    while (wire.at < wire.end && reject_read(&wire, &reject)) {
    }
}

static void read_balance(struct text payload)
{
    struct balance balance = {0};
    struct error err = {0};

    (void)!balance_read(&balance, payload, &err);
    balance_release(&balance);
}

static void read_file(const uint8_t *data, size_t size)
{
    struct batch_block block;
    struct batch_reader *reader;
    struct error err = {0};
    char path[32];
    int fd = memfd_create("fuzz", MFD_CLOEXEC);

    assert(write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    reader = batch_reader_open(path, &err);
    while (reader != NULL && batch_reader_next(reader, &block, &err) == NEXT_BLOCK) {
        assert(block.type != BLOCK_ROWS || batch_reader_table(reader, block.table) != NULL);
    }
    batch_reader_free(reader);
    close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text payload = {(const char *)data, size};

    read_file(data, size);
    if (size > 0) {
        read_raw((struct text){payload.at + 1, size - 1}, data[0]);
        read_rejects(payload);
        read_balance(payload);
    }
    return 0;
}
