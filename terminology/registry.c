#include "terminology/registry_list.h"

#include "core/file.h"
#include "core/ident.h"
#include "terminology/signature.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEY_BYTES_MAX = 1 << 16, SEAL_LENGTH = 34 }; /* blank, 16 digits, blank, 16 digits */

char *registry_path(const struct registry *registry, const char *file)
{
    return xasprintf("%s/packs/%s", registry->folder, file);
}

char *registry_list_path(const struct registry *registry, unsigned generation)
{
    return xasprintf("%s/generations/%06u", registry->folder, generation);
}

static void forget(struct registry *registry)
{
    folder_list_free(registry->active, registry->nactive);
    free(registry->seals);
    registry->active = NULL;
    registry->seals = NULL;
    registry->nactive = 0;
}

void registry_release(struct registry *registry)
{
    forget(registry);
    free(registry->folder);
    *registry = (struct registry){0};
}

static bool damaged_list(struct error *err)
{
    return error_set(err, ERROR_INTEGRITY, "the list of packs in force is damaged");
}

void registry_put(struct strbuf *list, const char *file, struct registry_seal seal)
{
    strbuf_addf(list, "pack %s %016" PRIx64 " %016" PRIx64 "\n", file, seal.checksum, seal.key);
}

/* "FILE CHECKSUM KEY" */
static bool add_active(struct registry *registry, struct text line, struct error *err)
{
    struct registry_seal seal;
    char digits[SEAL_LENGTH + 1] = "";

    if (registry->nactive == REGISTRY_PACKS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d packs in force", REGISTRY_PACKS_MAX);
    }
    if (line.len <= SEAL_LENGTH || memchr(line.at, '/', line.len) != NULL) {
        return damaged_list(err);
    }
    memcpy(digits, line.at + line.len - SEAL_LENGTH, SEAL_LENGTH);
    if (sscanf(digits, " %16" SCNx64 " %16" SCNx64, &seal.checksum, &seal.key) != 2) {
        return damaged_list(err);
    }
    registry->active =
        xrealloc(registry->active, (registry->nactive + 1) * sizeof(*registry->active));
    registry->seals =
        xrealloc(registry->seals, (registry->nactive + 1) * sizeof(*registry->seals));
    registry->seals[registry->nactive] = seal;
    registry->active[registry->nactive++] = xstrndup(line.at, line.len - SEAL_LENGTH);
    return true;
}

static bool read_list(struct registry *registry, struct text content, struct error *err)
{
    while (content.len > 0) {
        const char *end = memchr(content.at, '\n', content.len);
        struct text line = {content.at, end == NULL ? content.len : (size_t)(end - content.at)};
        if (end == NULL) {
            return damaged_list(err);
        }
        content.at += line.len + 1;
        content.len -= line.len + 1;
        if (line.len > 5 && memcmp(line.at, "pack ", 5) == 0) {
            if (!add_active(registry, (struct text){line.at + 5, line.len - 5}, err)) {
                return false;
            }
        } else if (line.len > 9 && memcmp(line.at, "previous ", 9) == 0) {
            registry->previous = (unsigned)strtoul(line.at + 9, NULL, 10);
        } else {
            return damaged_list(err);
        }
    }
    return true;
}

bool registry_read(struct registry *registry, unsigned generation, struct error *err)
{
    char *path = registry_list_path(registry, generation);
    struct strbuf content;
    bool ok;

    forget(registry);
    registry->generation = generation;
    registry->previous = 0;
    strbuf_init(&content, REGISTRY_LIST_MAX);
    ok = file_read(path, REGISTRY_LIST_MAX, &content, err) &&
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
        ok = sscanf(target, "generations/%9u", &generation) == 1 ||
             error_set(err, ERROR_INTEGRITY, "%s leads nowhere", link);
        ok = ok && registry_read(registry, generation, err);
    }
    free(link);
    if (!ok) {
        registry_release(registry);
    }
    return ok;
}

bool registry_key(const struct registry *registry, char **path, uint64_t *key,
                  struct error *err)
{
    struct strbuf content;
    bool ok = true;

    *path = path_join(registry->folder, "trusted.pem");
    *key = 0;
    strbuf_init(&content, KEY_BYTES_MAX);
    if (file_exists(*path)) {
        ok = file_read(*path, KEY_BYTES_MAX, &content, err);
        *key = checksum_of(content.at, content.len);
    }
    strbuf_release(&content);
    return ok;
}

bool registry_check_signature(const struct code_pack *pack, const char *key_path,
                              struct error *err)
{
    struct text signature;
    struct text body = code_pack_signed(pack, &signature);

    return signature_check(key_path, body, signature, err);
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

struct code_pack *registry_active_pack(const struct registry *registry, size_t index,
                                       struct error *err)
{
    char *path = registry_path(registry, registry->active[index]);
    struct code_pack *pack = code_pack_open_known(path, registry->seals[index].checksum, err);
    char *key_path = NULL;
    uint64_t key;

    if (pack != NULL && (!registry_key(registry, &key_path, &key, err) ||
                         (key != 0 && key != registry->seals[index].key &&
                          !registry_check_signature(pack, key_path, err)))) {
        error_wrap(err, "%s", path);
        code_pack_free(pack);
        pack = NULL;
    }
    free(key_path);
    free(path);
    return pack;
}

struct code_pack *registry_pack(const struct registry *registry, const char *name, int32_t day,
                                struct error *err)
{
    struct code_pack *best = NULL;
    bool known = false;

    for (size_t i = 0; i < registry->nactive; i++) {
        const char *file = registry->active[i];
        struct code_pack *pack;
        if (strncmp(file, name, strlen(name)) != 0 || file[strlen(name)] != '-') {
            continue; /* "icd10" is also the beginning of "icd10-uk": META decides below */
        }
        pack = registry_active_pack(registry, i, err);
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
