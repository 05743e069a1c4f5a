#include "terminology/term_build.h"

#include "core/calendar.h"
#include "core/file.h"
#include "terminology/load_athena.h"
#include "terminology/pack_label.h"
#include "terminology/pack_layout.h"
#include "terminology/signature.h"

#include <stdio.h>
#include <stdlib.h>

enum { PACK_FILE_MAX = INT32_MAX };

struct job {
    const struct term_build *build;
    struct sources sources;
    const struct source_file *files[LOAD_UNKNOWN]; /* the one of each kind, or NULL */
    struct load_set set;
    char *described[LOAD_UNKNOWN];
};

/* Long and short titles, full and core table; RxNorm's full release holds the prescribable part
 * once more, and Athena's CONCEPT_CPT4 waits to become a part of CONCEPT. */
static bool may_repeat(enum load_kind kind)
{
    return kind == LOAD_ICD9CM || kind == LOAD_ICD9CM_PROCEDURE ||
           load_main(kind) == LOAD_LOINC || load_main(kind) == LOAD_RXNORM ||
           kind == LOAD_ATHENA;
}

static void say_left_out(const struct job *job, const struct source_file *file)
{
    char words[256];

    snprintf(words, sizeof(words), "left out, another file says more: %s",
             load_what(file->kind));
    job->build->said(file->name, words, job->build->context);
}

static bool choose_files(struct job *job, struct error *err)
{
    for (size_t i = 0; i < job->sources.nfiles; i++) {
        const struct source_file *file = &job->sources.files[i];
        const struct source_file **chosen = &job->files[file->kind];
        if (*chosen != NULL && text_equal((*chosen)->content, file->content)) {
            continue; /* an archive beside what was unpacked of it */
        }
        if (*chosen != NULL && !may_repeat(file->kind)) {
            error_set(err, ERROR_USAGE, "%s and %s are both: %s", (*chosen)->name, file->name,
                      load_what(file->kind));
            error_hint(err, "name one of them");
            return false;
        }
        if (*chosen != NULL && (*chosen)->content.len >= file->content.len) {
            say_left_out(job, file);
            continue;
        }
        if (*chosen != NULL) {
            say_left_out(job, *chosen);
        }
        *chosen = file;
        job->set.content[file->kind] = file->content;
    }
    return true;
}

/* "Loinc.csv 5768568 sha256:...", of each file once: Athena's go into many packs. */
static void describe_sources(struct job *job)
{
    for (int kind = 0; kind < LOAD_UNKNOWN; kind++) {
        const struct source_file *file = job->files[kind];
        char digest[SHA256_HEX];
        if (file != NULL) {
            sha256_hex(file->content, digest);
            job->described[kind] =
                xasprintf("%s %zu sha256:%s", pack_leaf(file->name), file->content.len, digest);
        }
    }
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

/* The files that go into the pack of a kind, its own first. */
static void put_sources(const struct job *job, enum load_kind kind,
                        struct pack_builder *builder)
{
    pack_builder_meta(builder, "source", text_of(job->described[kind]));
    for (int other = 0; other < LOAD_UNKNOWN; other++) {
        if (job->files[other] != NULL && other != (int)kind &&
            load_main((enum load_kind)other) == load_main(kind)) {
            pack_builder_meta(builder, "source", text_of(job->described[other]));
        }
    }
}

/* Names and days, then the file. */
static bool finish(const struct job *job, enum load_kind kind, struct pack_builder *builder,
                   struct load_facts *facts, struct error *err)
{
    const struct term_build *build = job->build;
    const struct source_file *file = job->files[kind];
    const char *name = build->name != NULL      ? build->name
                       : facts->name[0] != '\0' ? facts->name
                                                : load_name(kind);
    const char *dialect =
        build->dialect == NULL ? code_dialect_name(facts->dialect) : build->dialect;
    struct strbuf pack;
    char *leaf;
    char *path;
    bool ok;

    if (!pack_release(build, file, facts, err)) {
        return false;
    }
    pack_builder_meta(builder, "name", text_of(name));
    pack_builder_meta(builder, "version", text_of(facts->version));
    pack_builder_meta(builder, "title",
                      text_of(facts->title[0] != '\0' ? facts->title : load_what(kind)));
    pack_builder_meta(builder, "dialect", text_of(dialect));
    pack_builder_meta(builder, "licence", text_of(pack_licence(load_main(kind))));
    pack_builder_meta(builder, "builder", TEXT_LITERAL("hms " HMS_VERSION));
    pack_put_days(build, file, facts->version, builder);
    leaf = xasprintf("%s-%s.hmspack", name, facts->version);
    path = path_join(build->folder, leaf);
    strbuf_init(&pack, PACK_FILE_MAX);
    ok = (pack_builder_write(builder, &pack, err) || error_wrap(err, "%s", file->name)) &&
         write_pack(build, path, &pack, err);
    if (ok) {
        build->built(path, build->context);
    }
    if (ok && facts->word[0] != '\0') {
        build->said(leaf, facts->word, build->context);
    }
    strbuf_release(&pack);
    free(leaf);
    free(path);
    return ok;
}

static bool build_one(const struct job *job, enum load_kind kind, struct error *err)
{
    struct pack_builder builder;
    struct load_facts facts = {0};
    bool ok;

    pack_builder_init(&builder);
    ok = load_content(kind, &job->set, &builder, &facts, err) ||
         error_wrap(err, "%s", job->files[kind]->name);
    if (ok) {
        put_sources(job, kind, &builder);
        ok = finish(job, kind, &builder, &facts, err);
    }
    pack_builder_release(&builder);
    return ok;
}

static bool build_vocabularies(const struct job *job, const struct athena *athena,
                               struct error *err)
{
    bool ok = true;

    for (uint32_t i = 0; ok && i < athena->nvocabularies; i++) {
        struct pack_builder builder;
        struct load_facts facts = {0};
        if (!load_athena_wants(athena, i)) {
            continue;
        }
        pack_builder_init(&builder);
        load_athena(athena, i, &builder, &facts);
        put_sources(job, LOAD_ATHENA, &builder);
        ok = finish(job, LOAD_ATHENA, &builder, &facts, err);
        pack_builder_release(&builder);
    }
    return ok;
}

static bool build_athena(const struct job *job, struct error *err)
{
    struct athena athena;
    char word[256];
    bool ok = athena_read(&athena, &job->set, err);

    if (ok && job->build->name != NULL && athena.nvocabularies > 1) {
        ok = error_set(err, ERROR_USAGE, "--name is for one pack, Athena makes several");
    }
    ok = ok && build_vocabularies(job, &athena, err);
    if (ok) {
        load_athena_word(&athena, &job->set, word);
        if (word[0] != '\0') {
            job->build->said(job->files[LOAD_ATHENA]->name, word, job->build->context);
        }
    }
    athena_release(&athena);
    return ok;
}

static bool check_words(const struct term_build *build, struct error *err)
{
    enum code_dialect dialect;
    int32_t day;

    if (build->dialect != NULL && !code_dialect_of(text_of(build->dialect), &dialect)) {
        return error_set(err, ERROR_USAGE, "there is no dialect '%s'", build->dialect);
    }
    if (build->name != NULL && !pack_is_word(build->name, "._-")) {
        return error_set(err, ERROR_USAGE, "a name has letters, digits, '.', '_' and '-'");
    }
    if ((build->from != NULL && !calendar_parse_date(text_of(build->from), &day)) ||
        (build->until != NULL && !calendar_parse_date(text_of(build->until), &day))) {
        return error_set(err, ERROR_USAGE, "a day is written YYYY-MM-DD");
    }
    return true;
}

/* Does a file of that kind make a pack, with those that go into it? */
static bool makes_pack(const struct job *job, int kind)
{
    enum load_kind main = load_main((enum load_kind)kind);

    return job->files[kind] != NULL && load_name((enum load_kind)kind) != NULL &&
           (kind == (int)main || job->files[main] == NULL);
}

static bool check_count(const struct job *job, struct error *err)
{
    int packs = 0;
    int alone = LOAD_UNKNOWN;

    for (int kind = 0; kind < LOAD_UNKNOWN; kind++) {
        packs += makes_pack(job, kind);
        alone = job->files[kind] != NULL ? kind : alone;
    }
    if (packs == 0 && alone != LOAD_UNKNOWN) {
        return error_set(err, ERROR_SOURCE, "%s: no pack is made of this alone: %s",
                         job->files[alone]->name, load_what((enum load_kind)alone));
    }
    if (packs == 0) {
        return error_set(err, ERROR_SOURCE, "no file there is a terminology that is known");
    }
    if (packs > 1 && job->build->name != NULL) {
        return error_set(err, ERROR_USAGE, "--name is for one pack, there are %d", packs);
    }
    return true;
}

bool term_build_run(const struct term_build *build, struct error *err)
{
    struct job job = {.build = build};
    bool ok = check_words(build, err);

    for (int i = 0; ok && i < build->npaths; i++) {
        ok = sources_add(&job.sources, build->paths[i], err);
    }
    ok = ok && choose_files(&job, err) && check_count(&job, err);
    if (ok) {
        describe_sources(&job);
    }
    for (int kind = 0; ok && kind < LOAD_UNKNOWN; kind++) {
        if (makes_pack(&job, kind)) {
            ok = kind == LOAD_ATHENA ? build_athena(&job, err)
                                     : build_one(&job, (enum load_kind)kind, err);
        }
    }
    for (int kind = 0; kind < LOAD_UNKNOWN; kind++) {
        free(job.described[kind]);
    }
    sources_release(&job.sources);
    return ok;
}
