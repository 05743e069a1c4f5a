#include "transform/dedup/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_BYTES = 256 << 10 };

struct text_file {
    char *path;
    char *temporary;
    int fd;
    int failed; /* errno of the first failure */
    size_t used;
    char buffer[BUFFER_BYTES];
};

struct text_file *text_file_open(const char *path, struct error *err)
{
    struct text_file *file = xcalloc(1, sizeof(*file));

    file->path = xstrdup(path);
    file->temporary = xasprintf("%s.new", path);
    file->fd = open(file->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file->fd < 0) {
        error_set(err, ERROR_CONFIG, "cannot write '%s': %s", path, strerror(errno));
        free(file->path);
        free(file->temporary);
        free(file);
        return NULL;
    }
    return file;
}

static void flush(struct text_file *file)
{
    size_t done = 0;

    while (done < file->used && file->failed == 0) {
        ssize_t wrote = write(file->fd, file->buffer + done, file->used - done);
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
    while (text.len > 0) {
        size_t room = BUFFER_BYTES - file->used;
        size_t part = text.len < room ? text.len : room;
        memcpy(file->buffer + file->used, text.at, part);
        file->used += part;
        text.at += part;
        text.len -= part;
        if (file->used == BUFFER_BYTES) {
            flush(file);
        }
    }
}

void text_file_puts(struct text_file *file, const char *string)
{
    text_file_add(file, text_of(string));
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

static void free_file(struct text_file *file)
{
    free(file->path);
    free(file->temporary);
    free(file);
}

bool text_file_close(struct text_file *file, struct error *err)
{
    bool ok;

    flush(file);
    if (file->failed == 0 && fsync(file->fd) != 0 && errno != EINVAL) {
        file->failed = errno;
    }
    if (close(file->fd) != 0 && file->failed == 0) {
        file->failed = errno;
    }
    if (file->failed == 0 && rename(file->temporary, file->path) != 0) {
        file->failed = errno;
    }
    ok = file->failed == 0;
    if (!ok) {
        unlink(file->temporary);
        error_set(err, ERROR_CONFIG, "cannot write '%s': %s", file->path,
                  strerror(file->failed));
    }
    free_file(file);
    return ok;
}

void text_file_drop(struct text_file *file)
{
    close(file->fd);
    unlink(file->temporary);
    free_file(file);
}
