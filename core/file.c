#include "core/file.h"

#include "core/fresh_file.h"
#include "core/ident.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_CHUNK = 1 << 20 };

bool file_read(const char *path, size_t max, struct strbuf *out, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = 0;
    char *chunk;

    if (fd < 0) {
        return error_set(err, ERROR_SOURCE, "%s: %s", path, strerror(errno));
    }
    chunk = xmalloc(FILE_CHUNK);
    while ((got = read(fd, chunk, FILE_CHUNK)) > 0) {
        strbuf_add(out, chunk, (size_t)got);
        if (strbuf_is_full(out) || out->len > max) {
            error_set(err, ERROR_LIMIT, "%s: larger than %zu bytes", path, max);
            break;
        }
    }
    if (got < 0) {
        error_set(err, ERROR_SOURCE, "%s: %s", path, strerror(errno));
    }
    free(chunk);
    close(fd);
    return got == 0;
}

static bool write_all(int fd, struct text content)
{
    while (content.len > 0) {
        ssize_t put = write(fd, content.at, content.len);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return false;
        }
        content.at += put;
        content.len -= (size_t)put;
    }
    return true;
}

bool file_write(const char *path, struct text content, struct error *err)
{
    struct fresh_file file;
    bool ok = fresh_file_open(&file, path);

    if (ok && !write_all(file.fd, content)) {
        int reason = errno;
        fresh_file_drop(&file);
        errno = reason;
        ok = false;
    }
    ok = ok && fresh_file_finish(&file);
    return ok || error_set(err, ERROR_CONFIG, "cannot write %s: %s", path, strerror(errno));
}

bool file_checksum(const char *path, uint64_t *checksum, uint64_t *size, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct checksum_stream *stream;
    ssize_t got;
    char *chunk;

    if (fd < 0) {
        return error_set(err, errno == ENOENT ? ERROR_INTEGRITY : ERROR_SOURCE, "%s: %s", path,
                         errno == ENOENT ? "the file is missing" : strerror(errno));
    }
    stream = checksum_stream_new();
    chunk = xmalloc(FILE_CHUNK);
    *size = 0;
    while ((got = read(fd, chunk, FILE_CHUNK)) > 0) {
        checksum_stream_add(stream, chunk, (size_t)got);
        *size += (uint64_t)got;
    }
    if (got < 0) {
        error_set(err, ERROR_SOURCE, "%s: %s", path, strerror(errno));
    }
    *checksum = checksum_stream_value(stream);
    checksum_stream_free(stream);
    free(chunk);
    close(fd);
    return got == 0;
}

bool file_exists(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0;
}

bool folder_make(const char *path, struct error *err)
{
    char *walk = xstrdup(path);
    bool ok = true;

    for (char *slash = walk + 1; ok && *slash != '\0'; slash++) {
        if (*slash == '/') {
            *slash = '\0';
            ok = mkdir(walk, 0755) == 0 || errno == EEXIST;
            *slash = '/';
        }
    }
    ok = ok && (mkdir(walk, 0700) == 0 || errno == EEXIST);
    if (!ok) {
        error_set(err, ERROR_CONFIG, "cannot make the folder %s: %s", path, strerror(errno));
    }
    free(walk);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool folder_list(const char *path, char ***names, size_t *count, struct error *err)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    *names = NULL;
    *count = 0;
    if (folder == NULL) {
        return error_set(err, ERROR_SOURCE, "%s: %s", path, strerror(errno));
    }
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            *names = xrealloc(*names, (*count + 1) * sizeof(**names));
            (*names)[(*count)++] = xstrdup(entry->d_name);
        }
    }
    closedir(folder);
    if (*count > 1) {
        qsort(*names, *count, sizeof(**names), by_name);
    }
    return true;
}

void folder_list_free(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(names[i]);
    }
    free(names);
}

char *path_join(const char *folder, const char *name)
{
    size_t len = strlen(folder);

    if (name[0] == '/' || len == 0) {
        return xstrdup(name);
    }
    return xasprintf("%s%s%s", folder, folder[len - 1] == '/' ? "" : "/", name);
}
