/* verb_term_diff.c - `hms term diff OLD NEW`: what a new release does to codes, and to us. */
#include "cli/store.h"
#include "cli/term_verb.h"

#include "terminology/pack_diff.h"
#include "transform/codes/code_impact.h"

#include <inttypes.h>

enum { NAME_MAX_BYTES = 128, FLUSH_BYTES = 1 << 16 };

struct showing {
    struct strbuf out;
    struct code_impact impact;
    bool has_impact; /* columns of rows, patients and mappings */
    bool ok;
    struct error *err;
};

/* First walk: the codes to ask about. */
static void note_change(const struct pack_change *change, void *context)
{
    struct showing *showing = context;

    showing->ok =
        showing->ok && code_impact_add(&showing->impact, change->entry.code,
                                       pack_change_is_stale(change->kind), showing->err);
}

static void put_json(struct showing *showing, const struct pack_change *change,
                     const struct code_touch *touch)
{
    struct json_out json;

    json_out_init(&json, &showing->out);
    json_out_object(&json);
    json_out_member(&json, "hms", "term.change.1");
    json_out_member(&json, "change", pack_change_name(change->kind));
    json_out_member_text(&json, "code", change->entry.code);
    json_out_member_text(&json, "display", change->entry.display);
    if (change->before.len > 0) {
        json_out_member_text(&json, "before", change->before);
    }
    if (change->axis != NULL) {
        json_out_member(&json, "axis", change->axis);
    }
    if (change->nsuccessors > 0) {
        json_out_key(&json, "successors");
        json_out_array(&json);
        for (int i = 0; i < change->nsuccessors; i++) {
            json_out_text(&json, change->successors[i]);
        }
        json_out_end_array(&json);
    }
    if (showing->has_impact) {
        json_out_member_uint(&json, "rows", touch->rows);
        json_out_member_uint(&json, "patients", touch->patients);
        json_out_member_uint(&json, "mappings", touch->mappings);
    }
    json_out_end_object(&json);
    strbuf_putc(&showing->out, '\n');
}

static void put_words(struct showing *showing, const struct pack_change *change,
                      const struct code_touch *touch)
{
    const struct code_entry *entry = &change->entry;

    strbuf_addf(&showing->out, "%s\t%.*s\t%.*s", pack_change_name(change->kind),
                (int)entry->code.len, entry->code.at, (int)entry->display.len,
                entry->display.at);
    if (showing->has_impact) {
        strbuf_addf(&showing->out, "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64, touch->rows,
                    touch->patients, touch->mappings);
    }
    for (int i = 0; i < change->nsuccessors; i++) {
        strbuf_addf(&showing->out, "%s%.*s", i == 0 ? "\t-> " : " ",
                    (int)change->successors[i].len, change->successors[i].at);
    }
    strbuf_putc(&showing->out, '\n');
}

static void show_change(const struct pack_change *change, void *context)
{
    struct showing *showing = context;
    struct code_touch touch = code_impact_find(&showing->impact, change->entry.code);

    if (cli_json) {
        put_json(showing, change, &touch);
    } else {
        put_words(showing, change, &touch);
    }
    if (showing->out.len > FLUSH_BYTES) {
        term_flush(&showing->out);
    }
}

static void put_name(const struct code_pack *pack, const char *key, char out[NAME_MAX_BYTES])
{
    struct text value = code_pack_meta(pack, key, 0);

    snprintf(out, NAME_MAX_BYTES, "%.*s", (int)value.len, value.at);
}

static bool ask_store(struct showing *showing, struct error *err)
{
    struct pg *pg = cli_store_open(err);
    bool ok = pg != NULL &&
              code_impact_read_store(&showing->impact, pg, term_options.organisation, err);

    pg_free(pg);
    return ok;
}

static bool ask_maps(struct showing *showing, const char *release, struct error *err)
{
    uint64_t marked = 0;

    if (!code_impact_read_maps(&showing->impact, term_options.maps,
                               term_options.mark ? release : NULL, &marked, err)) {
        return false;
    }
    if (term_options.mark) {
        cli_say("%" PRIu64 " rows of code maps are marked stale:%s", marked, release);
    }
    return true;
}

static bool diff(const struct code_pack *old, const struct code_pack *new, uint64_t *changes,
                 struct error *err)
{
    struct showing showing = {.ok = true, .err = err};
    char system[NAME_MAX_BYTES];
    char version[NAME_MAX_BYTES];
    char release[2 * NAME_MAX_BYTES];
    bool ok;

    put_name(new, "name", system);
    put_name(new, "version", version);
    snprintf(release, sizeof(release), "%s-%s", system, version);
    showing.has_impact = term_options.organisation != NULL || term_options.maps != NULL;
    strbuf_init(&showing.out, TERM_LINE_MAX);
    code_impact_init(&showing.impact, system, code_pack_dialect(new));
    if (showing.has_impact) {
        (void)pack_diff(old, new, note_change, &showing);
    }
    ok = showing.ok && (term_options.organisation == NULL || ask_store(&showing, err)) &&
         (term_options.maps == NULL || ask_maps(&showing, release, err));
    if (ok) {
        *changes = pack_diff(old, new, show_change, &showing);
        term_flush(&showing.out);
    }
    if (ok && term_options.organisation != NULL) {
        cli_say("%" PRIu64 " patients of %s have codes that changed", showing.impact.patients,
                term_options.organisation);
    }
    code_impact_release(&showing.impact);
    strbuf_release(&showing.out);
    return ok;
}

int term_run_diff(int argc, char **argv, struct error *err)
{
    struct code_pack *old;
    struct code_pack *new = NULL;
    uint64_t changes = 0;
    bool ok = false;

    if (argc != 2 || (term_options.mark && term_options.maps == NULL)) {
        return cli_usage("term", "term diff takes two packs, and --mark with --maps only", err);
    }
    old = term_pack(argv[0], err);
    if (old != NULL) {
        new = term_pack(argv[1], err);
    }
    if (new != NULL) {
        ok = diff(old, new, &changes, err);
    }
    code_pack_free(old);
    code_pack_free(new);
    return !ok ? VERB_FAILED : changes > 0 ? EXIT_DIFFERENCES : 0;
}
