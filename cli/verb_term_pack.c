/* verb_term_pack.c - `hms term build, list, install, activate, rollback`: packs as files. */
#include "cli/term_verb.h"

#include "core/calendar.h"
#include "core/file.h"
#include "terminology/term_build.h"

#include <stdio.h>
#include <stdlib.h>

static void print_built(const char *path, void *context)
{
    (void)context;
    printf("%s\n", path);
}

static void print_said(const char *file, const char *words, void *context)
{
    (void)context;
    cli_say("%s: %s", file, words);
}

int term_run_build(int argc, char **argv, struct error *err)
{
    struct term_build build = {
        .paths = (const char *const *)argv,
        .npaths = argc,
        .folder = term_options.output == NULL ? "." : term_options.output,
        .release = term_options.release,
        .name = term_options.name,
        .dialect = term_options.dialect,
        .from = term_options.from,
        .until = term_options.until,
        .key = term_options.key,
        .built = print_built,
        .said = print_said,
    };

    if (argc == 0) {
        return cli_usage("term", "term build takes the files or folders of a distribution",
                         err);
    }
    return term_build_run(&build, err) ? 0 : VERB_FAILED;
}

static void put_day(struct json_out *out, const char *key, int32_t day)
{
    struct strbuf text;

    if (day == CODE_NO_DAY) {
        json_out_member(out, key, NULL);
        return;
    }
    strbuf_init(&text, 32);
    calendar_format_date(&text, day);
    json_out_member_text(out, key, strbuf_text(&text));
    strbuf_release(&text);
}

static void put_pack(struct strbuf *sb, const struct code_pack *pack, const char *file,
                     bool is_active)
{
    struct json_out out;
    struct text signature;

    code_pack_signed(pack, &signature);
    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "term.pack.1");
    json_out_member(&out, "file", file);
    json_out_member_bool(&out, "active", is_active);
    json_out_member_text(&out, "name", code_pack_meta(pack, "name", 0));
    json_out_member_text(&out, "version", code_pack_meta(pack, "version", 0));
    json_out_member_text(&out, "title", code_pack_meta(pack, "title", 0));
    json_out_member_text(&out, "dialect", code_pack_meta(pack, "dialect", 0));
    json_out_member_text(&out, "licence", code_pack_meta(pack, "licence", 0));
    put_day(&out, "from", code_pack_from(pack));
    put_day(&out, "until", code_pack_until(pack));
    json_out_member_uint(&out, "codes", code_pack_count(pack));
    json_out_member_uint(&out, "relations", code_pack_relations(pack));
    json_out_member_bool(&out, "signed", signature.len > 0);
    json_out_key(&out, "sources");
    json_out_array(&out);
    for (int i = 0; code_pack_meta(pack, "source", i).len > 0; i++) {
        json_out_text(&out, code_pack_meta(pack, "source", i));
    }
    json_out_end_array(&out);
    json_out_end_object(&out);
    strbuf_putc(sb, '\n');
}

static bool list_file(const struct registry *registry, const char *file, struct error *err)
{
    bool is_active = registry_is_active(registry, file);
    char *path = registry_path(registry, file);
    struct code_pack *pack = code_pack_open(path, err);
    struct strbuf out;

    free(path);
    if (pack == NULL) {
        return false;
    }
    strbuf_init(&out, TERM_LINE_MAX);
    if (cli_json) {
        put_pack(&out, pack, file, is_active);
    } else {
        struct text title = code_pack_meta(pack, "title", 0);
        strbuf_addf(&out, "%c %-44s %7u  %.*s", is_active ? '*' : ' ', file,
                    code_pack_count(pack), (int)title.len, title.at);
        if (code_pack_from(pack) != CODE_NO_DAY) {
            strbuf_puts(&out, ", from ");
            calendar_format_date(&out, code_pack_from(pack));
        }
        if (code_pack_until(pack) != CODE_NO_DAY) {
            strbuf_puts(&out, ", until before ");
            calendar_format_date(&out, code_pack_until(pack));
        }
        strbuf_putc(&out, '\n');
    }
    term_flush(&out);
    strbuf_release(&out);
    code_pack_free(pack);
    return true;
}

int term_run_list(int argc, char **argv, struct error *err)
{
    struct registry registry;
    char **names;
    size_t count;
    bool ok;

    (void)argv;
    if (argc > 0) {
        return cli_usage("term", "term list takes no operand", err);
    }
    if (!term_registry(&registry, err)) {
        return VERB_FAILED;
    }
    ok = registry_files(&registry, &names, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        ok = list_file(&registry, names[i], err);
    }
    folder_list_free(names, count);
    registry_release(&registry);
    return ok ? 0 : VERB_FAILED;
}

int term_run_install(int argc, char **argv, struct error *err)
{
    struct registry registry;
    bool ok;

    if (argc == 0) {
        return cli_usage("term", "term install takes pack files", err);
    }
    if (!term_registry(&registry, err)) {
        return VERB_FAILED;
    }
    ok = true;
    for (int i = 0; ok && i < argc; i++) {
        char *installed;
        ok = registry_install(&registry, argv[i], term_options.key, &installed, err);
        if (ok) {
            printf("%s\n", installed);
        }
        free(installed);
    }
    registry_release(&registry);
    return ok ? 0 : VERB_FAILED;
}

static void say_active(const struct registry *registry)
{
    cli_say("in force, list %u:", registry->generation);
    for (size_t i = 0; i < registry->nactive; i++) {
        cli_say("  %s", registry->active[i]);
    }
}

int term_run_activate(int argc, char **argv, struct error *err)
{
    struct registry registry;
    bool ok;

    if (argc != 1) {
        return cli_usage("term", "term activate takes one NAME-RELEASE", err);
    }
    if (!term_registry(&registry, err)) {
        return VERB_FAILED;
    }
    ok = registry_activate(&registry, argv[0], err);
    if (ok) {
        say_active(&registry);
    }
    registry_release(&registry);
    return ok ? 0 : VERB_FAILED;
}

int term_run_rollback(int argc, char **argv, struct error *err)
{
    struct registry registry;
    bool ok;

    (void)argv;
    if (argc != 0) {
        return cli_usage("term", "term rollback takes no operand", err);
    }
    if (!term_registry(&registry, err)) {
        return VERB_FAILED;
    }
    ok = registry_rollback(&registry, err);
    if (ok) {
        say_active(&registry);
    }
    registry_release(&registry);
    return ok ? 0 : VERB_FAILED;
}
