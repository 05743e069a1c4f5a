/*
 * fuzz_people.c - any bytes as a table of people, as a model of its columns, and as learned
 * numbers: no crash, and what is read can be run through the engine and written again.
 *
 * Input     one byte that chooses the reader, then the file.
 */
#include "transform/dedup/dedup.h"
#include "transform/dedup/learned_file.h"

#include <assert.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char model_text[] =
    "people: fuzz\nrecord: id\nfields:\n  a: {kind: given name, column: a}\n"
    "  b: {kind: family name, column: b}\n  c: {kind: birth date, column: c}\n"
    "  d: {kind: street, columns: [d, e]}\n  f: {kind: phone, column: f}\n"
    "  g: {kind: identifier, column: g}\n  h: {kind: e-mail, column: h}\n";

/* A file in memory, and its name. */
static int file_of(const void *bytes, size_t size, char path[32])
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);

    assert(size == 0 || write(fd, bytes, size) == (ssize_t)size);
    snprintf(path, 32, "/proc/self/fd/%d", fd);
    return fd;
}

static void run_table(const struct people_model *model, const uint8_t *data, size_t size)
{
    static struct dedup dedup;
    struct error err = {0};
    char path[32];
    const char *paths[] = {path};
    int fd = file_of(data, size, path);

    if (dedup_prepare(&dedup, model, paths, 1, 1, &err)) {
        dedup_match(&dedup, 1);
        assert(dedup.clustering.npeople <= dedup.people.nrecords);
    } else {
        assert(err.code != ERROR_NONE);
    }
    dedup_release(&dedup);
    close(fd);
}

static void read_learned(const struct people_model *model, const uint8_t *data, size_t size)
{
    static struct learned learned;
    static struct learned back;
    struct error err = {0};
    struct strbuf out;

    if (learned_read(&learned, model, (struct text){(const char *)data, size}, &err)) {
        strbuf_init(&out, LEARNED_TEXT_MAX);
        learned_write(&learned, model, &out);
        assert(learned_read(&back, model, strbuf_text(&out), &err));
        assert(memcmp(&back.classes, &learned.classes, sizeof(back.classes)) == 0);
        strbuf_release(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct people_model model;
    struct error err = {0};
    char path[32];
    bool is_model = size > 0 && data[0] % 3 == 1;
    int fd = is_model ? file_of(data + 1, size - 1, path)
                      : file_of(model_text, sizeof(model_text) - 1, path);

    if (people_model_load(&model, path, &err)) {
        if (size > 0 && data[0] % 3 == 0) {
            run_table(&model, data + 1, size - 1);
        } else if (size > 0 && data[0] % 3 == 2) {
            read_learned(&model, data + 1, size - 1);
        }
        people_model_release(&model);
    }
    close(fd);
    return 0;
}
