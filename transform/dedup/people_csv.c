#include "transform/dedup/people_csv.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool map_file(struct people_csv *csv, struct error *err)
{
    struct stat status;
    int fd = open(csv->path, O_RDONLY | O_CLOEXEC);
    void *start = NULL;

    if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        error_set(err, ERROR_SOURCE, "cannot read '%s': %s", csv->path,
                  fd < 0 ? strerror(errno) : "it is no file");
        goto out;
    }
    csv->size = (size_t)status.st_size;
    if (csv->size > 0) {
        start = mmap(NULL, csv->size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    if (start == NULL || start == MAP_FAILED) {
        csv->size = 0;
        error_set(err, ERROR_SOURCE, "'%s' has no header line", csv->path);
        goto out;
    }
    csv->start = start;
    csv->at = start;
    csv->end = csv->start + csv->size;
    if (csv->size >= 3 && memcmp(csv->at, "\xEF\xBB\xBF", 3) == 0) {
        csv->at += 3;
    }
out:
    if (fd >= 0) {
        close(fd);
    }
    return csv->start != NULL;
}

static struct text trimmed(const char *from, const char *to)
{
    while (from < to && (*from == ' ' || *from == '\t')) {
        from++;
    }
    while (from < to && (to[-1] == ' ' || to[-1] == '\t' || to[-1] == '\r')) {
        to--;
    }
    return (struct text){from, (size_t)(to - from)};
}

static bool quoted_cell(struct people_csv *csv, struct text *cell, struct error *err)
{
    const char *from = csv->at;
    bool doubled = false;
    char *out;
    size_t len = 0;

    for (;; csv->at++) {
        csv->at = memchr(csv->at, '"', (size_t)(csv->end - csv->at));
        if (csv->at == NULL) {
            csv->at = csv->end;
            return error_set(err, ERROR_SOURCE, "'%s', line %" PRIu64 ": a quote never ends",
                             csv->path, csv->line);
        }
        if (csv->at + 1 == csv->end || csv->at[1] != '"') {
            break;
        }
        doubled = true;
        csv->at++;
    }
    *cell = trimmed(from, csv->at);
    csv->at++;
    if (doubled) {
        out = arena_bytes(&csv->arena, cell->len);
        for (size_t i = 0; i < cell->len; i++) {
            out[len++] = cell->at[i];
            i += cell->at[i] == '"' ? 1 : 0;
        }
        *cell = (struct text){out, len};
    }
    return true;
}

/* The next cell; csv->at is left at the comma, at the line feed or at the end. */
static bool next_cell(struct people_csv *csv, struct text *cell, struct error *err)
{
    const char *from = csv->at;

    while (csv->at < csv->end && *csv->at == ' ') {
        csv->at++;
    }
    if (csv->at < csv->end && *csv->at == '"') {
        csv->at++;
        if (!quoted_cell(csv, cell, err)) {
            return false;
        }
        while (csv->at < csv->end && *csv->at != ',' && *csv->at != '\n') {
            csv->at++;
        }
        return true;
    }
    while (csv->at < csv->end && *csv->at != ',' && *csv->at != '\n') {
        csv->at++;
    }
    *cell = trimmed(from, csv->at);
    return true;
}

bool people_csv_next(struct people_csv *csv, const int *slots, struct text *cells, int ncells,
                     struct error *err)
{
    struct text cell;

    while (csv->at < csv->end && (*csv->at == '\n' || *csv->at == '\r')) { /* empty lines */
        csv->line += *csv->at == '\n' ? 1 : 0;
        csv->at++;
    }
    if (csv->at == csv->end) {
        return false;
    }
    csv->line++;
    for (int i = 0; i < ncells; i++) {
        cells[i] = (struct text){csv->at, 0};
    }
    for (int column = 0;; column++) {
        if (!next_cell(csv, &cell, err)) {
            return false;
        }
        if (column < PEOPLE_CSV_COLUMNS_MAX && slots[column] >= 0) {
            cells[slots[column]] = cell;
        }
        if (csv->at == csv->end || *csv->at == '\n') {
            csv->at += csv->at < csv->end ? 1 : 0;
            return true;
        }
        csv->at++;
    }
}

bool people_csv_open(struct people_csv *csv, const char *path, struct error *err)
{
    int slots[PEOPLE_CSV_COLUMNS_MAX];

    *csv = (struct people_csv){.path = path};
    if (!map_file(csv, err)) {
        return false;
    }
    for (int i = 0; i < PEOPLE_CSV_COLUMNS_MAX; i++) {
        slots[i] = i;
    }
    if (!people_csv_next(csv, slots, csv->names, PEOPLE_CSV_COLUMNS_MAX, err)) {
        error_set(err, ERROR_SOURCE, "'%s' has no header line", path);
        people_csv_close(csv);
        return false;
    }
    for (int i = 0; i < PEOPLE_CSV_COLUMNS_MAX; i++) {
        csv->nnames = csv->names[i].len > 0 ? i + 1 : csv->nnames;
    }
    return true;
}

void people_csv_close(struct people_csv *csv)
{
    if (csv->size > 0) {
        union {
            const char *read;
            void *any;
        } start = {csv->start};
        munmap(start.any, csv->size);
    }
    arena_release(&csv->arena);
    *csv = (struct people_csv){0};
}

int people_csv_column(const struct people_csv *csv, const char *name, struct error *err)
{
    for (int i = 0; i < csv->nnames; i++) {
        if (text_is(csv->names[i], name)) {
            return i;
        }
    }
    error_set(err, ERROR_SOURCE, "'%s' has no column '%s'", csv->path, name);
    return -1;
}
