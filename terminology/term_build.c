#include "terminology/term_build.h"

#include "core/calendar.h"
#include "core/file.h"
#include "terminology/load.h"
#include "terminology/pack_layout.h"
#include "terminology/signature.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FOLDER_DEPTH = 6, SOURCE_BYTES_MAX = INT32_MAX };

struct found {
    char *path;
    struct strbuf content;
    enum load_kind kind;
};

struct job {
    const struct term_build *build;
    struct found files[LOAD_UNKNOWN]; /* the one of each kind */
};

static bool take_file(struct job *job, const char *path, struct error *err)
{
    struct strbuf content;
    enum load_kind kind;
    struct found *found;

    strbuf_init(&content, SOURCE_BYTES_MAX);
    if (!file_read(path, SOURCE_BYTES_MAX, &content, err)) {
        strbuf_release(&content);
        return false;
    }
    kind = load_kind_of(strbuf_text(&content));
    if (kind == LOAD_UNKNOWN) {
        strbuf_release(&content);
        return true;
    }
    found = &job->files[kind];
    if (found->path != NULL && kind != LOAD_ICD9CM && kind != LOAD_ICD9CM_PROCEDURE &&
        kind != LOAD_LOINC) {
        error_set(err, ERROR_USAGE, "%s and %s are both: %s", found->path, path,
                  load_what(kind));
        error_hint(err, "name one of them");
        strbuf_release(&content);
        return false;
    }
    if (found->path != NULL && found->content.len >= content.len) {
        strbuf_release(&content);
        return true;
    }
    strbuf_release(&found->content);
    free(found->path);
    *found = (struct found){xstrdup(path), content, kind};
    return true;
}

static bool take_path(struct job *job, const char *path, int depth, struct error *err)
{
    struct stat info;
    char **names;
    size_t count;
    bool ok = true;

    if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode)) {
        return take_file(job, path, err);
    }
    if (depth == FOLDER_DEPTH) {
        return true;
    }
    if (!folder_list(path, &names, &count, err)) {
        return false;
    }
    for (size_t i = 0; ok && i < count; i++) {
        char *inner = path_join(path, names[i]);
        ok = stat(inner, &info) != 0 || (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode)) ||
             take_path(job, inner, depth + 1, err);
        free(inner);
    }
    folder_list_free(names, count);
    return ok;
}

/* The first year of this century in the file's own name, or 0. */
static int year_in_name(const char *path)
{
    const char *name = strrchr(path, '/');

    for (name = name == NULL ? path : name; *name != '\0'; name++) {
        if (name[0] == '2' && name[1] == '0' && name[2] >= '0' && name[2] <= '9' &&
            name[3] >= '0' && name[3] <= '9') {
            return 2000 + (name[2] - '0') * 10 + (name[3] - '0');
        }
    }
    return 0;
}

/* Letters, digits, '.' and '_', and what else is said. */
static bool is_word(const char *word, const char *else_allowed)
{
    size_t len = strlen(word);

    for (const char *at = word; *at != '\0'; at++) {
        bool is_letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        bool is_digit = *at >= '0' && *at <= '9';
        if (!is_letter && !is_digit && strchr(else_allowed, *at) == NULL) {
            return false;
        }
    }
    return len > 0 && len < 40 && word[0] != '.';
}

static bool release_of(const struct term_build *build, const struct found *file,
                       struct load_facts *facts, struct error *err)
{
    int year = year_in_name(file->path);

    if (build->release != NULL) {
        snprintf(facts->version, sizeof(facts->version), "%s", build->release);
    } else if (facts->version[0] == '\0' && year != 0) {
        snprintf(facts->version, sizeof(facts->version), "%d", year);
    }
    if (!is_word(facts->version, "._")) {
        error_set(err, facts->version[0] == '\0' ? ERROR_USAGE : ERROR_CONFIG,
                  "%s: nothing says which release this is", file->path);
        error_hint(err, "say it with --release, in letters, digits, '.' and '_'");
        return false;
    }
    return true;
}

static void put_days(const struct term_build *build, const struct found *file,
                     const char *release, struct pack_builder *builder)
{
    char from[32] = "";
    char until[32] = "";
    int year = strlen(release) == 4 ? (int)strtol(release, NULL, 10) : 0;

    if (file->kind == LOAD_ICD10CM && year > 2000) {
        snprintf(from, sizeof(from), "%04d-10-01", year - 1);
        snprintf(until, sizeof(until), "%04d-10-01", year);
    }
    if (build->from != NULL) {
        snprintf(from, sizeof(from), "%s", build->from);
    }
    if (build->until != NULL) {
        snprintf(until, sizeof(until), "%s", build->until);
    }
    if (from[0] != '\0') {
        pack_builder_meta(builder, "from", text_of(from));
    }
    if (until[0] != '\0') {
        pack_builder_meta(builder, "until", text_of(until));
    }
}

static void put_source(const struct found *file, struct pack_builder *builder)
{
    const char *name = strrchr(file->path, '/');
    char digest[SHA256_HEX];
    char *line;

    sha256_hex(strbuf_text(&file->content), digest);
    line = xasprintf("%s %zu sha256:%s", name == NULL ? file->path : name + 1,
                     file->content.len, digest);
    pack_builder_meta(builder, "source", text_of(line));
    free(line);
}

static const char *licence_of(enum load_kind kind)
{
    switch (kind) {
    case LOAD_ICD10CM:
    case LOAD_ICD9CM:
    case LOAD_ICD9CM_PROCEDURE:
    case LOAD_GEM_9_10:
    case LOAD_GEM_10_9:
        return "public domain (US government)";
    case LOAD_LOINC:
    case LOAD_LOINC_MAP_TO:
        return "LOINC licence, loinc.org/license; (c) Regenstrief Institute, Inc.";
    case LOAD_UCUM:
        return "UCUM licence, ucum.org/license; (c) Regenstrief Institute, Inc.";
    case LOAD_CLAML:
        return "as its publisher says; not to be passed on without leave";
    case LOAD_ATC:
    case LOAD_ATC_ALTERATIONS:
        return "WHOCC; no commercial copying, no changing";
    case LOAD_UNKNOWN:
        break;
    }
    return "";
}

/* With the pack's signature behind it. */
static bool write_pack(const struct term_build *build, const char *path, struct strbuf *pack,
                       struct error *err)
{
    uint8_t signature[SIGNATURE_BYTES];

    if (build->key != NULL) {
        if (!signature_make(build->key, strbuf_text(pack), signature, err)) {
            return false;
        }
        strbuf_puts(pack, PACK_SIGN_MAGIC);
        strbuf_add(pack, signature, sizeof(signature));
    }
    return folder_make(build->folder, err) && file_write(path, strbuf_text(pack), err);
}

static bool fill(const struct job *job, const struct found *file, struct pack_builder *builder,
                 struct load_facts *facts, struct error *err)
{
    if (!load_content(file->kind, strbuf_text(&file->content), builder, facts, err)) {
        return error_wrap(err, "%s", file->path);
    }
    put_source(file, builder);
    for (int kind = 0; kind < LOAD_UNKNOWN; kind++) { /* what belongs to it */
        const struct found *more = &job->files[kind];
        if (more->path != NULL && load_name(more->kind) == NULL &&
            load_dialect(more->kind) == load_dialect(file->kind)) {
            if (!load_content(more->kind, strbuf_text(&more->content), builder, facts, err)) {
                return error_wrap(err, "%s", more->path);
            }
            put_source(more, builder);
        }
    }
    return true;
}

static bool build_one(const struct job *job, const struct found *file, struct error *err)
{
    const struct term_build *build = job->build;
    const char *name = build->name == NULL ? load_name(file->kind) : build->name;
    const char *dialect =
        build->dialect == NULL ? code_dialect_name(load_dialect(file->kind)) : build->dialect;
    struct pack_builder builder;
    struct load_facts facts = {0};
    struct strbuf pack;
    char *leaf = NULL;
    char *path = NULL;
    bool ok;

    pack_builder_init(&builder);
    strbuf_init(&pack, SOURCE_BYTES_MAX);
    ok = fill(job, file, &builder, &facts, err) && release_of(build, file, &facts, err);
    if (ok) {
        pack_builder_meta(&builder, "name", text_of(name));
        pack_builder_meta(&builder, "version", text_of(facts.version));
        pack_builder_meta(
            &builder, "title",
            text_of(facts.title[0] != '\0' ? facts.title : load_what(file->kind)));
        pack_builder_meta(&builder, "dialect", text_of(dialect));
        pack_builder_meta(&builder, "licence", text_of(licence_of(file->kind)));
        pack_builder_meta(&builder, "builder", TEXT_LITERAL("hms " HMS_VERSION));
        put_days(build, file, facts.version, &builder);
        leaf = xasprintf("%s-%s.hmspack", name, facts.version);
        path = path_join(build->folder, leaf);
        ok = (pack_builder_write(&builder, &pack, err) || error_wrap(err, "%s", file->path)) &&
             write_pack(build, path, &pack, err);
    }
    if (ok) {
        build->built(path, build->context);
    }
    free(leaf);
    free(path);
    strbuf_release(&pack);
    pack_builder_release(&builder);
    return ok;
}

static bool check_words(const struct term_build *build, struct error *err)
{
    enum code_dialect dialect;
    int32_t day;

    if (build->dialect != NULL && !code_dialect_of(text_of(build->dialect), &dialect)) {
        return error_set(err, ERROR_USAGE, "there is no dialect '%s'", build->dialect);
    }
    if (build->name != NULL && !is_word(build->name, "._-")) {
        return error_set(err, ERROR_USAGE, "a name has letters, digits, '.', '_' and '-'");
    }
    if ((build->from != NULL && !calendar_parse_date(text_of(build->from), &day)) ||
        (build->until != NULL && !calendar_parse_date(text_of(build->until), &day))) {
        return error_set(err, ERROR_USAGE, "a day is written YYYY-MM-DD");
    }
    return true;
}

static int count_packs(const struct job *job)
{
    int count = 0;

    for (int kind = 0; kind < LOAD_UNKNOWN; kind++) {
        count += job->files[kind].path != NULL && load_name(job->files[kind].kind) != NULL;
    }
    return count;
}

bool term_build_run(const struct term_build *build, struct error *err)
{
    struct job job = {.build = build};
    bool ok = check_words(build, err);
    int packs;

    for (int i = 0; ok && i < build->npaths; i++) {
        ok = take_path(&job, build->paths[i], 0, err);
    }
    packs = count_packs(&job);
    if (ok && packs == 0) {
        ok = error_set(err, ERROR_SOURCE, "no file there is a terminology that is known");
    }
    if (ok && packs > 1 && build->name != NULL) {
        ok = error_set(err, ERROR_USAGE, "--name is for one pack, there are %d", packs);
    }
    for (int kind = 0; ok && kind < LOAD_UNKNOWN; kind++) {
        ok = job.files[kind].path == NULL || load_name(job.files[kind].kind) == NULL ||
             build_one(&job, &job.files[kind], err);
    }
    for (int kind = 0; kind < LOAD_UNKNOWN; kind++) {
        free(job.files[kind].path);
        strbuf_release(&job.files[kind].content);
    }
    return ok;
}
