#include "transform/dedup/text_file.h"

#include "core/fresh_file.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_BYTES = 256 << 10, NUMBER_BYTES = 32 };

struct text_file {
    struct fresh_file to;
    char *path; /* for messages */
    int failed; /* errno of the first failure */
    size_t used;
    char buffer[BUFFER_BYTES];
};

struct text_file *text_file_open(const char *path, struct error *err)
{
    struct text_file *file = xcalloc(1, sizeof(*file));

    if (!fresh_file_open(&file->to, path)) {
        error_set(err, ERROR_CONFIG, "cannot write '%s': %s", path, strerror(errno));
        free(file);
        return NULL;
    }
    file->path = xstrdup(path);
    return file;
}

static void flush(struct text_file *file)
{
    size_t done = 0;

    while (done < file->used && file->failed == 0) {
        ssize_t wrote = write(file->to.fd, file->buffer + done, file->used - done);
        if (wrote >= 0) {
            done += (size_t)wrote;
        } else if (errno != EINTR) {
            file->failed = errno;
        }
    }
    file->used = 0;
}

void text_file_add(struct text_file *file, struct text text)
{
    while (text.len > BUFFER_BYTES - file->used) {
        size_t part = BUFFER_BYTES - file->used;
        memcpy(file->buffer + file->used, text.at, part);
        file->used += part;
        text.at += part;
        text.len -= part;
        flush(file);
    }
    if (text.len > 0) {
        memcpy(file->buffer + file->used, text.at, text.len);
        file->used += text.len;
    }
}

void text_file_puts(struct text_file *file, const char *string)
{
    text_file_add(file, text_of(string));
}

void text_file_uint(struct text_file *file, uint64_t number)
{
    char digits[NUMBER_BYTES];
    size_t at = NUMBER_BYTES;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    text_file_add(file, (struct text){digits + at, NUMBER_BYTES - at});
}

void text_file_fixed(struct text_file *file, double number, int decimals)
{
    char digits[NUMBER_BYTES];
    size_t at = NUMBER_BYTES;
    double scale = 1.0;
    uint64_t scaled;

    for (int i = 0; i < decimals; i++) {
        scale *= 10.0;
    }
    scaled = (uint64_t)nearbyint(fabs(number) * scale);
    for (int i = 0; i < decimals; i++) {
        digits[--at] = (char)('0' + scaled % 10);
        scaled /= 10;
    }
    digits[--at] = '.';
    text_file_puts(file, signbit(number) ? "-" : "");
    text_file_uint(file, scaled);
    text_file_add(file, (struct text){digits + at, NUMBER_BYTES - at});
}

static bool needs_quotes(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ',' || text.at[i] == '"' || text.at[i] == '\n' ||
            text.at[i] == '\r') {
            return true;
        }
    }
    return false;
}

void text_file_cell(struct text_file *file, struct text text)
{
    if (!needs_quotes(text)) {
        text_file_add(file, text);
        return;
    }
    text_file_puts(file, "\"");
    for (size_t i = 0; i < text.len; i++) {
        text_file_add(file, (struct text){text.at + i, 1});
        if (text.at[i] == '"') {
            text_file_puts(file, "\"");
        }
    }
    text_file_puts(file, "\"");
}

bool text_file_close(struct text_file *file, struct error *err)
{
    bool ok;

    flush(file);
    ok = file->failed == 0 && fresh_file_finish(&file->to);
    if (!ok) {
        error_set(err, ERROR_CONFIG, "cannot write '%s': %s", file->path,
                  strerror(file->failed != 0 ? file->failed : errno));
        fresh_file_drop(&file->to);
    }
    free(file->path);
    free(file);
    return ok;
}

void text_file_drop(struct text_file *file)
{
    fresh_file_drop(&file->to);
    free(file->path);
    free(file);
}
