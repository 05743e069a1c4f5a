/* verb_term_code.c - `hms term lookup, search, codes`: what a pack has. */
#include "cli/term_asking.h"

#include "terminology/code_check.h"

bool asking_open(struct asking *asking, const char *system, struct error *err)
{
    *asking = (struct asking){0};
    strbuf_init(&asking->out, 256 << 20);
    if (!term_day(&asking->day, err)) {
        return false;
    }
    asking->pack = term_pack(system, err);
    return asking->pack != NULL;
}

int asking_close(struct asking *asking, bool ok)
{
    int status = !ok ? VERB_FAILED : asking->missed ? EXIT_DIFFERENCES : 0;

    term_flush(&asking->out);
    strbuf_release(&asking->out);
    ucum_free(asking->ucum);
    code_pack_free(asking->pack);
    return status;
}

struct text asking_dotted(const struct asking *asking, struct text code,
                          char out[CODE_FORM_MAX])
{
    if (code.len >= CODE_FORM_MAX) {
        return code;
    }
    return code_dotted(code_pack_dialect(asking->pack), code, out);
}

/* Targets of a map, and those that name their system, stay as they are. */
static struct text target_of(const struct asking *asking, const struct code_relation *relation,
                             char out[CODE_FORM_MAX])
{
    bool is_foreign = relation->kind == PACK_MAPS_TO ||
                      memchr(relation->target.at, '|', relation->target.len) != NULL;

    return is_foreign ? relation->target : asking_dotted(asking, relation->target, out);
}

static const char *kind_of(unsigned flags)
{
    return (flags & CODE_GROUP) != 0      ? "group"
           : (flags & CODE_BILLABLE) == 0 ? "heading"
           : (flags & CODE_ASTERISK) != 0 ? "asterisk"
           : (flags & CODE_DAGGER) != 0   ? "dagger"
           : (flags & CODE_OPTIONAL) != 0 ? "optional"
                                          : "code";
}

static void put_line(struct asking *asking, uint32_t row)
{
    struct code_entry entry = code_pack_entry(asking->pack, row);
    char form[CODE_FORM_MAX];
    struct text code = asking_dotted(asking, entry.code, form);

    strbuf_addf(&asking->out, "%.*s\t%s\t%s\t%.*s\n", (int)code.len, code.at,
                kind_of(entry.flags), code_status_name(entry.status), (int)entry.display.len,
                entry.display.at);
}

static void put_relations(struct json_out *out, const struct asking *asking, uint32_t row)
{
    char form[CODE_FORM_MAX];
    size_t at;
    size_t end = code_pack_related(asking->pack, row, &at);

    json_out_key(out, "relations");
    json_out_array(out);
    for (end += at; at < end; at++) {
        struct code_relation relation = code_pack_relation(asking->pack, at);
        json_out_object(out);
        json_out_member(out, "kind", pack_relation_name(relation.kind));
        json_out_member_text(out, "target", target_of(asking, &relation, form));
        json_out_member_text(out, "note", relation.note);
        json_out_end_object(out);
    }
    json_out_end_array(out);
}

static void put_record(struct asking *asking, uint32_t row)
{
    struct code_entry entry = code_pack_entry(asking->pack, row);
    char form[CODE_FORM_MAX];
    struct json_out out;
    struct text name;
    struct text value;

    json_out_init(&out, &asking->out);
    json_out_object(&out);
    json_out_member(&out, "hms", "term.code.1");
    json_out_member_text(&out, "code", asking_dotted(asking, entry.code, form));
    json_out_member_text(&out, "display", entry.display);
    json_out_member(&out, "kind", kind_of(entry.flags));
    json_out_member(&out, "status", code_status_name(entry.status));
    if (entry.parent != CODE_NONE) {
        struct code_entry parent = code_pack_entry(asking->pack, entry.parent);
        json_out_member_text(&out, "parent", asking_dotted(asking, parent.code, form));
    }
    json_out_key(&out, "properties");
    json_out_array(&out);
    for (size_t at = 0; code_pack_property(asking->pack, row, &at, &name, &value);) {
        json_out_array(&out);
        json_out_text(&out, name);
        json_out_text(&out, value);
        json_out_end_array(&out);
    }
    json_out_end_array(&out);
    put_relations(&out, asking, row);
    json_out_end_object(&out);
    strbuf_putc(&asking->out, '\n');
}

static void put_words(struct asking *asking, uint32_t row)
{
    struct text name;
    struct text value;
    size_t at;
    size_t end = code_pack_related(asking->pack, row, &at);

    put_line(asking, row);
    for (size_t p = 0; code_pack_property(asking->pack, row, &p, &name, &value);) {
        strbuf_addf(&asking->out, "\t%.*s\t%.*s\n", (int)name.len, name.at, (int)value.len,
                    value.at);
    }
    for (end += at; at < end; at++) {
        struct code_relation relation = code_pack_relation(asking->pack, at);
        char form[CODE_FORM_MAX];
        struct text target = target_of(asking, &relation, form);
        strbuf_addf(&asking->out, "\t%s\t%.*s\t%.*s\n", pack_relation_name(relation.kind),
                    (int)target.len, target.at, (int)relation.note.len, relation.note.at);
    }
}

static bool look_up(struct text word, void *context, struct error *err)
{
    struct asking *asking = context;
    uint32_t row = code_look_up(asking->pack, word);

    (void)err;
    if (row == CODE_NONE) {
        asking->missed = true;
        cli_say("no such code: %.*s", (int)word.len, word.at);
    } else if (cli_json) {
        put_record(asking, row);
    } else {
        put_words(asking, row);
    }
    return true;
}

int term_run_lookup(int argc, char **argv, struct error *err)
{
    struct asking asking;
    bool ok;

    if (argc < 2) {
        return cli_usage("term", "term lookup takes a system and codes", err);
    }
    ok = asking_open(&asking, argv[0], err) &&
         term_words(argc - 1, argv + 1, look_up, &asking, err);
    return asking_close(&asking, ok);
}

int term_run_codes(int argc, char **argv, struct error *err)
{
    struct asking asking;
    bool ok;

    if (argc != 1) {
        return cli_usage("term", "term codes takes a system", err);
    }
    ok = asking_open(&asking, argv[0], err);
    for (uint32_t row = 0; ok && row < code_pack_count(asking.pack); row++) {
        if (cli_json) {
            put_record(&asking, row);
        } else {
            put_line(&asking, row);
        }
        if (asking.out.len > 1 << 16) {
            term_flush(&asking.out);
        }
    }
    return asking_close(&asking, ok);
}

static bool holds_nocase(struct text text, struct text word)
{
    for (size_t i = 0; i + word.len <= text.len; i++) {
        if (text_equal_nocase((struct text){text.at + i, word.len}, word)) {
            return true;
        }
    }
    return false;
}

int term_run_search(int argc, char **argv, struct error *err)
{
    struct asking asking;
    uint64_t found = 0;
    bool ok;

    if (argc < 2) {
        return cli_usage("term", "term search takes a system and words", err);
    }
    ok = asking_open(&asking, argv[0], err);
    for (uint32_t row = 0;
         ok && row < code_pack_count(asking.pack) && found < term_options.limit; row++) {
        struct text display = code_pack_entry(asking.pack, row).display;
        bool all = true;
        for (int i = 1; all && i < argc; i++) {
            all = holds_nocase(display, text_of(argv[i]));
        }
        if (all) {
            found++;
            cli_json ? put_record(&asking, row) : put_line(&asking, row);
        }
    }
    asking.missed = found == 0;
    return asking_close(&asking, ok);
}
