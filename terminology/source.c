#include "terminology/source.h"

#include "core/file.h"
#include "terminology/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void sources_release(struct sources *sources)
{
    for (size_t i = 0; i < sources->nfiles; i++) {
        free(sources->files[i].name);
        free(sources->files[i].memory);
    }
    for (size_t i = 0; i < sources->nmappings; i++) {
        munmap((void *)(uintptr_t)sources->mappings[i].at, sources->mappings[i].len);
    }
    free(sources->files);
    free(sources->mappings);
    *sources = (struct sources){0};
}

static bool map_file(struct sources *sources, const char *path, struct text *content,
                     struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    void *at = MAP_FAILED;

    *content = (struct text){"", 0};
    if (fd < 0 || fstat(fd, &info) != 0) {
        error_set(err, ERROR_SOURCE, "%s: %s", path, strerror(errno));
        if (fd >= 0) {
            close(fd);
        }
        return false;
    }
    if (info.st_size > 0) {
        at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    close(fd);
    if (at == MAP_FAILED) {
        return info.st_size == 0 || error_set(err, ERROR_SOURCE, "%s: not a file", path);
    }
    *content = (struct text){at, (size_t)info.st_size};
    sources->mappings =
        xrealloc(sources->mappings, (sources->nmappings + 1) * sizeof(*sources->mappings));
    sources->mappings[sources->nmappings++] = *content;
    return true;
}

/* Whole lines only: the last one of a longer content may be cut. */
static enum load_kind probe(struct text begin, bool is_all)
{
    while (!is_all && begin.len > 0 && begin.at[begin.len - 1] != '\n') {
        begin.len--;
    }
    return load_kind_of(begin);
}

/* Takes `name` over. */
static bool add(struct sources *sources, struct source_file file, struct error *err)
{
    if (sources->nfiles == SOURCE_FILES_MAX) {
        free(file.name);
        free(file.memory);
        return error_set(err, ERROR_LIMIT, "more than %d files of terminologies",
                         SOURCE_FILES_MAX);
    }
    sources->files = xrealloc(sources->files, (sources->nfiles + 1) * sizeof(*sources->files));
    sources->files[sources->nfiles++] = file;
    return true;
}

static bool add_entry(struct sources *sources, const struct archive *archive, uint64_t index,
                      char *name, struct error *err)
{
    struct strbuf content;
    enum load_kind kind = LOAD_UNKNOWN;
    bool ok;

    strbuf_init(&content, (size_t)ARCHIVE_ENTRY_MAX + SOURCE_PROBE);
    ok = archive_begin(archive, index, SOURCE_PROBE, &content, err);
    if (ok) {
        kind = probe(strbuf_text(&content), content.len < SOURCE_PROBE);
    }
    if (ok && kind != LOAD_UNKNOWN) {
        ok = archive_read(archive, index, &content, err);
        sources->unpacked += content.len;
        if (ok && sources->unpacked > SOURCE_UNPACKED_MAX) {
            ok = error_set(err, ERROR_LIMIT, "the archives unpack to more than %zu bytes",
                           SOURCE_UNPACKED_MAX);
            error_hint(err, "unpack them and name the folder");
        }
    }
    if (!ok) {
        error_wrap(err, "%s", name);
    }
    if (!ok || kind == LOAD_UNKNOWN) {
        strbuf_release(&content);
        free(name);
        return ok;
    }
    return add(sources, (struct source_file){name, kind, strbuf_text(&content), content.at},
               err);
}

static bool add_archive(struct sources *sources, const char *path, struct text bytes,
                        struct error *err)
{
    struct archive *archive = archive_open(bytes, err);
    bool ok = archive != NULL || error_wrap(err, "%s", path);

    for (uint64_t i = 0; ok && i < archive_count(archive); i++) {
        const char *name = archive_name(archive, i);
        if (name[0] != '\0') {
            ok = add_entry(sources, archive, i, xasprintf("%s: %s", path, name), err);
        }
    }
    archive_free(archive);
    return ok;
}

static bool add_file(struct sources *sources, const char *path, struct error *err)
{
    struct text content;
    struct text begin;
    enum load_kind kind;

    if (!map_file(sources, path, &content, err)) {
        return false;
    }
    if (archive_is(content)) {
        return add_archive(sources, path, content, err);
    }
    begin = content;
    begin.len = begin.len < SOURCE_PROBE ? begin.len : SOURCE_PROBE;
    kind = probe(begin, begin.len == content.len);
    return kind == LOAD_UNKNOWN ||
           add(sources, (struct source_file){xstrdup(path), kind, content, NULL}, err);
}

static bool add_path(struct sources *sources, const char *path, int depth, struct error *err)
{
    struct stat info;
    char **names;
    size_t count;
    bool ok = true;

    if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode)) {
        return add_file(sources, path, err);
    }
    if (depth == SOURCE_DEPTH_MAX) {
        return true;
    }
    if (!folder_list(path, &names, &count, err)) {
        return false;
    }
    for (size_t i = 0; ok && i < count; i++) {
        char *inner = path_join(path, names[i]);
        ok = stat(inner, &info) != 0 || (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode)) ||
             add_path(sources, inner, depth + 1, err);
        free(inner);
    }
    folder_list_free(names, count);
    return ok;
}

bool sources_add(struct sources *sources, const char *path, struct error *err)
{
    return add_path(sources, path, 0, err);
}
