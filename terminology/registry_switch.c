/*
 * registry_switch.c - installs packs and switches which are in force.
 */
#include "terminology/registry_list.h"

#include "core/file.h"
#include "core/ident.h"
#include "terminology/signature.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

enum { PACK_FILE_MAX = INT32_MAX, SHORT_DIGEST = 8 };

static const char suffix[] = ".hmspack";

/* By the key given, else by trusted.pem where it lies in the folder. */
static bool check_trust(const struct registry *registry, const char *path,
                        const char *public_key, struct error *err)
{
    struct code_pack *pack = code_pack_open(path, err);
    char *trusted = NULL;
    uint64_t key = 0;
    bool ok = pack != NULL && registry_key(registry, &trusted, &key, err);

    if (ok && (public_key != NULL || key != 0)) {
        ok = registry_check_signature(pack, public_key != NULL ? public_key : trusted, err) ||
             error_wrap(err, "%s", path);
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

/* A file that was damaged since is written again. */
static bool is_same(const char *path, struct text content)
{
    struct error ignored = {0};
    uint64_t checksum;
    uint64_t size;

    return file_exists(path) && file_checksum(path, &checksum, &size, &ignored) &&
           size == content.len && checksum == checksum_of(content.at, content.len);
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
        ok = is_same(target, strbuf_text(&content)) ||
             file_write(target, strbuf_text(&content), err);
    }
    free(target);
    free(packs);
    strbuf_release(&content);
    return ok;
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
        struct code_pack *pack = code_pack_open_known(path, registry->seals[i].checksum, err);
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
            registry_put(list, registry->active[i], registry->seals[i]);
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
    return ok && registry_read(registry, generation, err);
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

/* What a list says of a pack that is now put in force. */
static bool seal_of(const struct registry *registry, const struct code_pack *pack,
                    struct registry_seal *seal, struct error *err)
{
    char *key_path = NULL;
    bool ok = registry_key(registry, &key_path, &seal->key, err);

    seal->checksum = code_pack_checksum(pack);
    ok = ok && (seal->key == 0 || registry_check_signature(pack, key_path, err));
    free(key_path);
    return ok;
}

static bool write_generation(struct registry *registry, const char *which,
                             const struct code_pack *pack, struct error *err)
{
    struct registry_seal seal;
    char *folder = path_join(registry->folder, "generations");
    unsigned next = registry->generation + 1;
    struct strbuf list;
    char *path;
    bool ok;

    strbuf_init(&list, REGISTRY_LIST_MAX);
    strbuf_addf(&list, "previous %u\n", registry->generation);
    ok = seal_of(registry, pack, &seal, err) && keep_others(registry, pack, &list, err) &&
         folder_make(folder, err);
    registry_put(&list, which, seal);
    path = registry_list_path(registry, next);
    while (file_exists(path)) { /* a list that was rolled back stays */
        free(path);
        path = registry_list_path(registry, ++next);
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
