#include "terminology/registry.h"

#include "core/file.h"
#include "terminology/signature.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

enum { LIST_BYTES_MAX = 1 << 20, PACK_FILE_MAX = INT32_MAX, SHORT_DIGEST = 8 };

static const char suffix[] = ".hmspack";

char *registry_path(const struct registry *registry, const char *file)
{
    return xasprintf("%s/packs/%s", registry->folder, file);
}

static char *generation_path(const struct registry *registry, unsigned generation)
{
    return xasprintf("%s/generations/%06u", registry->folder, generation);
}

static void forget(struct registry *registry)
{
    folder_list_free(registry->active, registry->nactive);
    registry->active = NULL;
    registry->nactive = 0;
}

void registry_release(struct registry *registry)
{
    forget(registry);
    free(registry->folder);
    *registry = (struct registry){0};
}

static bool add_active(struct registry *registry, struct text file, struct error *err)
{
    if (registry->nactive == REGISTRY_PACKS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d packs in force", REGISTRY_PACKS_MAX);
    }
    registry->active =
        xrealloc(registry->active, (registry->nactive + 1) * sizeof(*registry->active));
    registry->active[registry->nactive++] = xstrndup(file.at, file.len);
    return true;
}

/* "previous N", then "pack FILE" for each. */
static bool read_list(struct registry *registry, struct text content, struct error *err)
{
    while (content.len > 0) {
        const char *end = memchr(content.at, '\n', content.len);
        struct text line = {content.at, end == NULL ? content.len : (size_t)(end - content.at)};
        bool is_pack = line.len > 5 && memcmp(line.at, "pack ", 5) == 0 &&
                       memchr(line.at, '/', line.len) == NULL;
        if (end == NULL ||
            (!is_pack && (line.len < 10 || memcmp(line.at, "previous ", 9) != 0))) {
            return error_set(err, ERROR_INTEGRITY, "the list of packs in force is damaged");
        }
        content.at += line.len + 1;
        content.len -= line.len + 1;
        if (!is_pack) {
            registry->previous = (unsigned)strtoul(line.at + 9, NULL, 10);
        } else if (!add_active(registry, (struct text){line.at + 5, line.len - 5}, err)) {
            return false;
        }
    }
    return true;
}

static bool read_generation(struct registry *registry, unsigned generation, struct error *err)
{
    char *path = generation_path(registry, generation);
    struct strbuf content;
    bool ok;

    forget(registry);
    registry->generation = generation;
    registry->previous = 0;
    strbuf_init(&content, LIST_BYTES_MAX);
    ok = file_read(path, LIST_BYTES_MAX, &content, err) &&
         read_list(registry, strbuf_text(&content), err);
    strbuf_release(&content);
    if (!ok) {
        error_wrap(err, "%s", path);
    }
    free(path);
    return ok;
}

bool registry_open(struct registry *registry, const char *folder, struct error *err)
{
    char *link = path_join(folder, "active");
    char target[64] = "";
    ssize_t len = readlink(link, target, sizeof(target) - 1);
    unsigned generation = 0;
    bool ok = true;

    *registry = (struct registry){.folder = xstrdup(folder)};
    if (len > 0) {
        ok = sscanf(target, "generations/%6u", &generation) == 1 ||
             error_set(err, ERROR_INTEGRITY, "%s leads nowhere", link);
        ok = ok && read_generation(registry, generation, err);
    }
    free(link);
    if (!ok) {
        registry_release(registry);
    }
    return ok;
}

static bool check_trust(const struct registry *registry, const char *path,
                        const char *public_key, struct error *err)
{
    char *trusted = path_join(registry->folder, "trusted.pem");
    const char *key = public_key != NULL ? public_key : file_exists(trusted) ? trusted : NULL;
    struct code_pack *pack = code_pack_open(path, err);
    struct text signature;
    struct text body;
    bool ok = pack != NULL;

    if (ok && key != NULL) {
        body = code_pack_signed(pack, &signature);
        ok = signature_check(key, body, signature, err) || error_wrap(err, "%s", path);
    }
    code_pack_free(pack);
    free(trusted);
    return ok;
}

/* NAME-RELEASE-XXXXXXXX.hmspack, from what the pack says of itself. */
static char *name_of(const char *path, struct text content, struct error *err)
{
    struct code_pack *pack = code_pack_open(path, err);
    char digest[SHA256_HEX];
    struct text name;
    struct text version;
    char *file;

    if (pack == NULL) {
        return NULL;
    }
    sha256_hex(content, digest);
    name = code_pack_meta(pack, "name", 0);
    version = code_pack_meta(pack, "version", 0);
    file = xasprintf("%.*s-%.*s-%.*s%s", (int)name.len, name.at, (int)version.len, version.at,
                     SHORT_DIGEST, digest, suffix);
    code_pack_free(pack);
    if (strchr(file, '/') != NULL || strchr(file, '\n') != NULL || file[0] == '.') {
        error_set(err, ERROR_INTEGRITY, "%s: the pack has an impossible name", path);
        free(file);
        return NULL;
    }
    return file;
}

bool registry_install(struct registry *registry, const char *path, const char *public_key,
                      char **installed, struct error *err)
{
    char *packs = path_join(registry->folder, "packs");
    char *target = NULL;
    struct strbuf content;
    bool ok;

    *installed = NULL;
    strbuf_init(&content, PACK_FILE_MAX);
    ok = check_trust(registry, path, public_key, err) &&
         file_read(path, PACK_FILE_MAX, &content, err) && folder_make(packs, err);
    if (ok) {
        *installed = name_of(path, strbuf_text(&content), err);
        ok = *installed != NULL;
    }
    if (ok) {
        target = registry_path(registry, *installed);
        ok = file_exists(target) || file_write(target, strbuf_text(&content), err);
    }
    free(target);
    free(packs);
    strbuf_release(&content);
    return ok;
}

bool registry_files(const struct registry *registry, char ***names, size_t *count,
                    struct error *err)
{
    char *packs = path_join(registry->folder, "packs");
    bool ok = true;

    *names = NULL;
    *count = 0;
    if (file_exists(packs)) {
        ok = folder_list(packs, names, count, err);
    }
    free(packs);
    return ok;
}

bool registry_is_active(const struct registry *registry, const char *file)
{
    for (size_t i = 0; i < registry->nactive; i++) {
        if (strcmp(registry->active[i], file) == 0) {
            return true;
        }
    }
    return false;
}

/* The installed file that `which` means; the caller frees it. */
static char *find_file(const struct registry *registry, const char *which, struct error *err)
{
    size_t len = strlen(which);
    size_t tail = 1 + SHORT_DIGEST + sizeof(suffix) - 1;
    char *found = NULL;
    char **names;
    size_t count;
    int hits = 0;

    if (!registry_files(registry, &names, &count, err)) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], which) == 0 ||
            (strlen(names[i]) == len + tail && strncmp(names[i], which, len) == 0)) {
            free(found);
            found = xstrdup(names[i]);
            hits++;
        }
    }
    folder_list_free(names, count);
    if (hits != 1) {
        free(found);
        error_set(err, ERROR_CONFIG, "%s '%s'",
                  hits == 0 ? "no pack is installed as" : "several packs are installed as",
                  which);
        error_hint(err, "'hms term list' says what is installed; a whole file name will do");
        return NULL;
    }
    return found;
}

static bool overlap(const struct code_pack *a, const struct code_pack *b)
{
    int32_t a_until = code_pack_until(a) == CODE_NO_DAY ? INT32_MAX : code_pack_until(a);
    int32_t b_until = code_pack_until(b) == CODE_NO_DAY ? INT32_MAX : code_pack_until(b);

    /* CODE_NO_DAY is the smallest number: from the beginning */
    return code_pack_from(a) < b_until && code_pack_from(b) < a_until;
}

/* Leaves out of the list what the new pack replaces. */
static bool keep_others(const struct registry *registry, const struct code_pack *new_pack,
                        struct strbuf *list, struct error *err)
{
    for (size_t i = 0; i < registry->nactive; i++) {
        char *path = registry_path(registry, registry->active[i]);
        struct code_pack *pack = code_pack_open(path, err);
        bool same;
        free(path);
        if (pack == NULL) {
            return false;
        }
        same =
            text_equal(code_pack_meta(pack, "name", 0), code_pack_meta(new_pack, "name", 0)) &&
            overlap(pack, new_pack);
        code_pack_free(pack);
        if (!same) {
            strbuf_addf(list, "pack %s\n", registry->active[i]);
        }
    }
    return true;
}

static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

/* The one step that counts. */
static bool point_at(struct registry *registry, unsigned generation, struct error *err)
{
    char *link = path_join(registry->folder, "active");
    char *fresh = xasprintf("%s.%ld.tmp", link, (long)getpid());
    char target[32];
    bool ok;

    snprintf(target, sizeof(target), "generations/%06u", generation);
    unlink(fresh);
    ok = symlink(target, fresh) == 0 && rename(fresh, link) == 0 &&
         sync_folder(registry->folder);
    if (!ok) {
        error_set(err, ERROR_CONFIG, "cannot switch %s: %s", link, strerror(errno));
    }
    free(fresh);
    free(link);
    return ok && read_generation(registry, generation, err);
}

/* One switch at a time; the caller closes it.  -1 on error. */
static int lock(const struct registry *registry, struct error *err)
{
    char *path = path_join(registry->folder, "lock");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd >= 0 && flock(fd, LOCK_EX) != 0) {
        close(fd);
        fd = -1;
    }
    if (fd < 0) {
        error_set(err, ERROR_CONFIG, "cannot lock %s: %s", path, strerror(errno));
    }
    free(path);
    return fd;
}

static bool write_generation(struct registry *registry, const char *which,
                             const struct code_pack *pack, struct error *err)
{
    char *folder = path_join(registry->folder, "generations");
    unsigned next = registry->generation + 1;
    struct strbuf list;
    char *path;
    bool ok;

    strbuf_init(&list, LIST_BYTES_MAX);
    strbuf_addf(&list, "previous %u\n", registry->generation);
    ok = keep_others(registry, pack, &list, err) && folder_make(folder, err);
    strbuf_addf(&list, "pack %s\n", which);
    path = generation_path(registry, next);
    while (file_exists(path)) { /* a list that was rolled back stays */
        free(path);
        path = generation_path(registry, ++next);
    }
    ok = ok && file_write(path, strbuf_text(&list), err) && point_at(registry, next, err);
    free(path);
    free(folder);
    strbuf_release(&list);
    return ok;
}

/* Somebody may have switched since we looked. */
static bool look_again(struct registry *registry, struct error *err)
{
    char *folder = xstrdup(registry->folder);
    bool ok;

    registry_release(registry);
    ok = registry_open(registry, folder, err);
    free(folder);
    return ok;
}

bool registry_activate(struct registry *registry, const char *which, struct error *err)
{
    char *file = find_file(registry, which, err);
    struct code_pack *pack = NULL;
    char *path;
    int fd;
    bool ok;

    if (file == NULL) {
        return false;
    }
    path = registry_path(registry, file);
    pack = code_pack_open(path, err);
    fd = pack == NULL ? -1 : lock(registry, err);
    ok = fd >= 0 && look_again(registry, err) && write_generation(registry, file, pack, err);
    if (fd >= 0) {
        close(fd);
    }
    code_pack_free(pack);
    free(path);
    free(file);
    return ok;
}

bool registry_rollback(struct registry *registry, struct error *err)
{
    int fd;
    bool ok;

    if (registry->generation == 0) {
        return error_set(err, ERROR_CONFIG, "there is nothing to roll back to");
    }
    fd = lock(registry, err);
    ok = fd >= 0 && look_again(registry, err);
    if (ok && registry->previous == 0) {
        ok = error_set(err, ERROR_CONFIG, "there is nothing to roll back to");
    }
    ok = ok && point_at(registry, registry->previous, err);
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

struct code_pack *registry_pack(const struct registry *registry, const char *name, int32_t day,
                                struct error *err)
{
    struct code_pack *best = NULL;
    bool known = false;

    for (size_t i = 0; i < registry->nactive; i++) {
        const char *file = registry->active[i];
        struct code_pack *pack;
        char *path;
        if (strncmp(file, name, strlen(name)) != 0 || file[strlen(name)] != '-') {
            continue; /* "icd10" is also the beginning of "icd10-uk": META decides below */
        }
        path = registry_path(registry, file);
        pack = code_pack_open(path, err);
        free(path);
        if (pack == NULL) {
            code_pack_free(best);
            return NULL;
        }
        if (!text_is(code_pack_meta(pack, "name", 0), name) ||
            (day != CODE_NO_DAY && !code_pack_covers(pack, day))) {
            known = known || text_is(code_pack_meta(pack, "name", 0), name);
            code_pack_free(pack);
        } else if (best == NULL || code_pack_from(pack) > code_pack_from(best)) {
            code_pack_free(best);
            best = pack;
        } else {
            code_pack_free(pack);
        }
    }
    if (best == NULL) {
        error_set(err, ERROR_CONFIG, "no pack '%s' is in force%s", name,
                  known ? " on that day" : "");
        error_hint(err, "'hms term list' says what is installed, 'hms term activate' switches");
    }
    return best;
}
