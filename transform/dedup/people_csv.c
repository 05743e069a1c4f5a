#include "transform/dedup/people_csv.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
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
    if (status.st_size > 0) {
        start = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    if (start == NULL || start == MAP_FAILED) {
        error_set(err, ERROR_SOURCE, "'%s' has no header line", csv->path);
        goto out;
    }
    csv->start = start;
    csv->at = start;
    csv->end = csv->start + status.st_size;
    if (status.st_size >= 3 && memcmp(csv->at, "\xEF\xBB\xBF", 3) == 0) {
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

static void quoted_cell(struct people_csv_part *part, struct text *cell)
{
    const char *from = part->at;
    bool doubled = false;
    char *out;
    size_t len = 0;

    for (;; part->at++) {
        part->at = memchr(part->at, '"', (size_t)(part->end - part->at));
        if (part->at == NULL) {
            part->at = part->end;
            part->broken = true;
            *cell = trimmed(from, part->at);
            return;
        }
        if (part->at + 1 == part->end || part->at[1] != '"') {
            break;
        }
        doubled = true;
        part->at++;
    }
    *cell = trimmed(from, part->at);
    part->at++;
    if (doubled) {
        out = arena_bytes(&part->undone, cell->len);
        for (size_t i = 0; i < cell->len; i++) {
            out[len++] = cell->at[i];
            i += cell->at[i] == '"' ? 1 : 0;
        }
        *cell = (struct text){out, len};
    }
}

/* The next cell; part->at is left at the comma, at the line feed or at the end. */
static void next_cell(struct people_csv_part *part, struct text *cell)
{
    const char *end = part->end;
    const char *at = part->at;
    const char *from;

    while (at < end && *at == ' ') {
        at++;
    }
    from = at;
    if (at < end && *at == '"') {
        part->at = at + 1;
        quoted_cell(part, cell);
        at = part->at;
    }
    while (at < end && *at != ',' && *at != '\n') {
        at++;
    }
    if (from == end || *from != '"') {
        *cell = trimmed(from, at);
    }
    part->at = at;
}

bool people_csv_next(struct people_csv_part *part, const int *slots, int nslots,
                     struct text *cells, int ncells)
{
    struct text cell;

    while (part->at < part->end && (*part->at == '\n' || *part->at == '\r')) { /* empty lines */
        part->at++;
    }
    if (part->at == part->end) {
        return false;
    }
    for (int i = 0; i < ncells; i++) {
        cells[i] = (struct text){part->at, 0};
    }
    for (int column = 0;; column++) {
        next_cell(part, &cell);
        if (column < nslots && slots[column] >= 0) {
            cells[slots[column]] = cell;
        }
        if (part->at == part->end || *part->at == '\n') {
            part->at += part->at < part->end ? 1 : 0;
            return true;
        }
        part->at++;
    }
}

static bool quote_error(const struct people_csv *csv, const char *place, struct error *err)
{
    uint64_t line = 1;

    for (const char *at = csv->start; at < place; at++) {
        line += *at == '\n' ? 1 : 0;
    }
    return error_set(err, ERROR_SOURCE, "'%s', line %" PRIu64 ": a quote never ends", csv->path,
                     line);
}

bool people_csv_cut(struct people_csv *csv, size_t bytes, struct people_csv_part *part,
                    struct error *err)
{
    size_t rest = (size_t)(csv->end - csv->at);
    const char *from = csv->at;
    const char *to = rest > bytes ? memchr(from + bytes, '\n', rest - bytes) : NULL;
    const char *line = from;

    if (rest == 0) {
        return false;
    }
    to = to == NULL ? csv->end : to + 1;
    part->at = from;
    part->end = to;
    part->broken = false;
    if (memchr(from, '"', (size_t)(to - from)) != NULL) {
        /* a line feed may stand inside quotes: lines are found one by one */
        part->end = csv->end;
        while ((size_t)(part->at - from) < bytes && people_csv_next(part, NULL, 0, NULL, 0)) {
            if (part->broken) {
                return quote_error(csv, line, err);
            }
            line = part->at;
        }
        part->end = part->at;
        part->at = from;
        arena_clear(&part->undone);
    }
    csv->at = part->end;
    return true;
}

bool people_csv_open(struct people_csv *csv, const char *path, struct error *err)
{
    struct people_csv_part header = {0};
    int slots[PEOPLE_CSV_COLUMNS_MAX];

    *csv = (struct people_csv){.path = path};
    if (!map_file(csv, err)) {
        return false;
    }
    for (int i = 0; i < PEOPLE_CSV_COLUMNS_MAX; i++) {
        slots[i] = i;
    }
    header.at = csv->at;
    header.end = csv->end;
    if (!people_csv_next(&header, slots, PEOPLE_CSV_COLUMNS_MAX, csv->names,
                         PEOPLE_CSV_COLUMNS_MAX) ||
        header.broken) {
        header.broken ? quote_error(csv, csv->at, err)
                      : error_set(err, ERROR_SOURCE, "'%s' has no header line", path);
        arena_release(&header.undone);
        people_csv_close(csv);
        return false;
    }
    for (int i = 0; i < PEOPLE_CSV_COLUMNS_MAX; i++) {
        csv->nnames = csv->names[i].len > 0 ? i + 1 : csv->nnames;
    }
    csv->at = header.at;
    csv->arena = header.undone;
    return true;
}

void people_csv_close(struct people_csv *csv)
{
    if (csv->start != NULL) {
        union {
            const char *read;
            void *any;
        } start = {csv->start};
        munmap(start.any, (size_t)(csv->end - csv->start));
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
