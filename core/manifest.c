#include "core/manifest.h"

#include "core/file.h"
#include "core/ident.h"
#include "core/json_out.h"
#include "core/yaml.h"

#include <errno.h>
#include <inttypes.h>

static const char manifest_name[] = "manifest.json";

enum { MANIFEST_VERSION = 1, MANIFEST_NAMED_MAX = 8 };

static char *now_text(struct arena *arena)
{
    time_t now = time(NULL);
    struct tm utc;
    char text[32];

    gmtime_r(&now, &utc);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
    return arena_strdup(arena, text_of(text));
}

void manifest_init(struct manifest *manifest, const char *kind, const char *source,
                   const char *organisation)
{
    *manifest = (struct manifest){0};
    manifest->kind = arena_strdup(&manifest->arena, text_of(kind));
    manifest->source = arena_strdup(&manifest->arena, text_of(source));
    manifest->organisation = arena_strdup(&manifest->arena, text_of(organisation));
    manifest->made = now_text(&manifest->arena);
}

void manifest_release(struct manifest *manifest)
{
    free(manifest->inputs);
    free(manifest->files);
    free(manifest->packs);
    arena_release(&manifest->arena);
    *manifest = (struct manifest){0};
}

static void add(struct manifest *manifest, struct manifest_file **files, size_t *count,
                const struct manifest_file *file)
{
    struct manifest_file *copy;

    *files = xrealloc(*files, (*count + 1) * sizeof(**files));
    copy = &(*files)[(*count)++];
    *copy = *file;
    copy->name = arena_strdup(&manifest->arena, text_of(file->name));
    copy->table = arena_strdup(&manifest->arena, text_of(file->table));
}

void manifest_add_input(struct manifest *manifest, const struct manifest_file *file)
{
    add(manifest, &manifest->inputs, &manifest->ninputs, file);
}

void manifest_add_file(struct manifest *manifest, const struct manifest_file *file)
{
    add(manifest, &manifest->files, &manifest->nfiles, file);
}

void manifest_add_pack(struct manifest *manifest, const struct manifest_pack *pack)
{
    struct manifest_pack *copy;

    manifest->packs =
        xrealloc(manifest->packs, (manifest->npacks + 1) * sizeof(*manifest->packs));
    copy = &manifest->packs[manifest->npacks++];
    copy->name = arena_strdup(&manifest->arena, text_of(pack->name));
    copy->release = arena_strdup(&manifest->arena, text_of(pack->release));
    copy->sha256 = arena_strdup(&manifest->arena, text_of(pack->sha256));
}

/* --- writing --- */

static void write_checksum(struct json_out *out, const char *key, uint64_t checksum)
{
    char hex[17];

    snprintf(hex, sizeof(hex), "%016" PRIx64, checksum);
    json_out_member(out, key, hex);
}

/* One entry a line, so that people can compare two manifests. */
static void write_files(struct json_out *out, const char *key,
                        const struct manifest_file *files, size_t count)
{
    json_out_key(out, key);
    json_out_array(out);
    for (size_t i = 0; i < count; i++) {
        strbuf_putc(out->sb, '\n');
        json_out_object(out);
        json_out_member(out, "name", files[i].name);
        json_out_member(out, "table", files[i].table);
        json_out_member_uint(out, "bytes", files[i].bytes);
        json_out_member_uint(out, "rows", files[i].rows);
        write_checksum(out, "xxh3", files[i].checksum);
        json_out_end_object(out);
    }
    json_out_end_array(out);
}

static void write_packs(struct json_out *out, const struct manifest *manifest)
{
    json_out_key(out, "packs");
    json_out_array(out);
    for (size_t i = 0; i < manifest->npacks; i++) {
        strbuf_putc(out->sb, '\n');
        json_out_object(out);
        json_out_member(out, "name", manifest->packs[i].name);
        json_out_member(out, "release", manifest->packs[i].release);
        json_out_member(out, "sha256", manifest->packs[i].sha256);
        json_out_end_object(out);
    }
    json_out_end_array(out);
}

bool manifest_write(const struct manifest *manifest, const char *folder, struct error *err)
{
    struct strbuf content;
    struct json_out out;
    char *path;
    bool ok;

    if (manifest->ninputs + manifest->nfiles + manifest->npacks > MANIFEST_FILES_MAX) {
        return error_set(err, ERROR_LIMIT, "%s: %zu files and packs, the limit is %d",
                         manifest_name, manifest->ninputs + manifest->nfiles + manifest->npacks,
                         MANIFEST_FILES_MAX);
    }
    strbuf_init(&content, YAML_BYTES_MAX);
    json_out_init(&out, &content);
    json_out_object(&out);
    json_out_member_uint(&out, "manifest", MANIFEST_VERSION);
    json_out_member(&out, "kind", manifest->kind);
    json_out_member(&out, "source", manifest->source);
    json_out_member(&out, "organisation", manifest->organisation);
    json_out_member(&out, "made", manifest->made);
    write_files(&out, "inputs", manifest->inputs, manifest->ninputs);
    write_files(&out, "files", manifest->files, manifest->nfiles);
    if (manifest->npacks > 0) {
        write_packs(&out, manifest);
    }
    write_checksum(&out, "seal", checksum_of(content.at, content.len));
    json_out_end_object(&out);
    strbuf_putc(&content, '\n');
    path = path_join(folder, manifest_name);
    ok = strbuf_is_full(&content)
             ? error_set(err, ERROR_LIMIT, "%s: larger than %d bytes", path, YAML_BYTES_MAX)
             : file_write(path, strbuf_text(&content), err);
    free(path);
    strbuf_release(&content);
    return ok;
}

/* --- reading --- */

static bool read_number(const struct yaml_node *map, const char *key, int base,
                        uint64_t *number)
{
    const char *text = yaml_get_text(map, key, "");
    char *end;

    errno = 0;
    *number = strtoull(text, &end, base);
    return text[0] >= '0' && text[0] <= 'f' && *end == '\0' && errno == 0;
}

/* A name that leads out of the folder is not one this program wrote. */
static bool name_is_safe(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

static bool read_files(struct manifest *manifest, const struct yaml_node *root, const char *key,
                       void (*keep)(struct manifest *, const struct manifest_file *))
{
    const struct yaml_node *list = yaml_get(root, key);

    if (list == NULL || list->kind != YAML_LIST) {
        return false;
    }
    for (const struct yaml_node *node = list->child; node != NULL; node = node->next) {
        struct manifest_file file = {.name = yaml_get_text(node, "name", ""),
                                     .table = yaml_get_text(node, "table", "")};

        if (node->kind != YAML_MAP || !read_number(node, "bytes", 10, &file.bytes) ||
            !read_number(node, "rows", 10, &file.rows) ||
            !read_number(node, "xxh3", 16, &file.checksum)) {
            return false;
        }
        keep(manifest, &file);
    }
    return true;
}

/* None are named by a raw folder, nor where nothing was judged. */
static bool read_packs(struct manifest *manifest, const struct yaml_node *root)
{
    const struct yaml_node *list = yaml_get(root, "packs");

    if (list == NULL) {
        return true;
    }
    if (list->kind != YAML_LIST) {
        return false;
    }
    for (const struct yaml_node *node = list->child; node != NULL; node = node->next) {
        struct manifest_pack pack = {.name = yaml_get_text(node, "name", ""),
                                     .release = yaml_get_text(node, "release", ""),
                                     .sha256 = yaml_get_text(node, "sha256", "")};

        if (node->kind != YAML_MAP) {
            return false;
        }
        manifest_add_pack(manifest, &pack);
    }
    return true;
}

static bool read_manifest(struct manifest *manifest, const struct yaml_node *root)
{
    uint64_t version;

    if (root->kind != YAML_MAP || !read_number(root, "manifest", 10, &version) ||
        version != MANIFEST_VERSION) {
        return false;
    }
    manifest_init(manifest, yaml_get_text(root, "kind", ""), yaml_get_text(root, "source", ""),
                  yaml_get_text(root, "organisation", ""));
    manifest->made = arena_strdup(&manifest->arena, text_of(yaml_get_text(root, "made", "")));
    if (!read_files(manifest, root, "inputs", manifest_add_input) ||
        !read_files(manifest, root, "files", manifest_add_file) ||
        !read_packs(manifest, root)) {
        return false;
    }
    for (size_t i = 0; i < manifest->nfiles; i++) {
        if (!name_is_safe(manifest->files[i].name)) {
            return false;
        }
    }
    return true;
}

/* The last member seals all bytes before the comma in front of it. */
static bool seal_is_whole(struct text content, const struct yaml_node *root)
{
    const char *comma = content.len == 0 ? NULL : memrchr(content.at, ',', content.len);
    uint64_t seal;

    return comma != NULL && read_number(root, "seal", 16, &seal) &&
           seal == checksum_of(content.at, (size_t)(comma - content.at));
}

bool manifest_load(struct manifest *manifest, const char *folder, struct error *err)
{
    char *path = path_join(folder, manifest_name);
    struct yaml *yaml = NULL;
    struct error cause = {0};
    struct strbuf content;
    bool ok = false;

    *manifest = (struct manifest){0};
    strbuf_init(&content, YAML_BYTES_MAX);
    if (!file_exists(path)) {
        error_set(err, ERROR_INTEGRITY, "%s: no %s, so it was never finished", folder,
                  manifest_name);
        goto out;
    }
    if (!file_read(path, YAML_BYTES_MAX, &content, err)) {
        goto out;
    }
    yaml = yaml_parse(path, strbuf_text(&content), &cause);
    ok = yaml != NULL && read_manifest(manifest, yaml_root(yaml)) &&
         seal_is_whole(strbuf_text(&content), yaml_root(yaml));
    if (!ok) {
        error_set(err, ERROR_INTEGRITY, "%s: was changed, or is of another version", path);
    }
out:
    yaml_free(yaml);
    strbuf_release(&content);
    free(path);
    return ok;
}

/* --- verifying --- */

/* NULL when the file is as it was sealed. */
static const char *file_damage(const struct manifest_file *file, const char *path)
{
    struct error ignored = {0};
    uint64_t checksum;
    uint64_t bytes;

    if (!file_exists(path)) {
        return "is missing";
    }
    if (!file_checksum(path, &checksum, &bytes, &ignored)) {
        return "cannot be read";
    }
    if (bytes != file->bytes) {
        return bytes < file->bytes ? "was cut" : "has grown";
    }
    return checksum == file->checksum ? NULL : "was changed";
}

bool manifest_verify(const struct manifest *manifest, const char *folder, struct error *err)
{
    struct strbuf damages;
    size_t count = 0;

    strbuf_init(&damages, sizeof(err->message) / 2);
    for (size_t i = 0; i < manifest->nfiles; i++) {
        char *path = path_join(folder, manifest->files[i].name);
        const char *damage = file_damage(&manifest->files[i], path);

        if (damage != NULL && ++count <= MANIFEST_NAMED_MAX) {
            strbuf_addf(&damages, "%s%s %s", count > 1 ? ", " : "", manifest->files[i].name,
                        damage);
        }
        free(path);
    }
    if (count > MANIFEST_NAMED_MAX) {
        strbuf_addf(&damages, " and %zu more", count - MANIFEST_NAMED_MAX);
    }
    if (count > 0) {
        error_set(err, ERROR_INTEGRITY, "%s: %s", folder, strbuf_text(&damages).at);
    }
    strbuf_release(&damages);
    return count == 0;
}
