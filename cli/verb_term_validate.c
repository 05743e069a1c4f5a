/* verb_term_validate.c - `hms term validate, translate`: is a code right, what may it become? */
#include "cli/term_asking.h"

#include "terminology/code_pair.h"
#include "terminology/gem.h"

#include <stdio.h>

/* What a German code says behind itself. */
static void put_suffix(struct json_out *out, struct code_suffix suffix)
{
    if (suffix.certainty != '\0') {
        json_out_member_text(out, "certainty", (struct text){&suffix.certainty, 1});
    }
    if (suffix.side != '\0') {
        json_out_member_text(out, "side", (struct text){&suffix.side, 1});
    }
}

static void put_verdict(struct asking *asking, struct text word, const char *verdict,
                        const char *text, struct text instead)
{
    struct json_out out;

    asking->missed = asking->missed || strcmp(verdict, "valid") != 0;
    if (!cli_json) {
        strbuf_addf(&asking->out, "%.*s\t%s\t%.*s\n", (int)word.len, word.at, verdict,
                    (int)instead.len, instead.at);
        return;
    }
    json_out_init(&out, &asking->out);
    json_out_object(&out);
    json_out_member(&out, "hms", "term.verdict.1");
    json_out_member_text(&out, "code", word);
    json_out_member(&out, "verdict", verdict);
    json_out_member(&out, "text", text);
    if (instead.len > 0) {
        json_out_member_text(&out, "instead", instead);
    }
    if (word.len < asking->word.len) {
        json_out_member_text(&out, "field", asking->word);
    }
    put_suffix(&out, code_take_suffix(code_pack_dialect(asking->pack), &word));
    json_out_end_object(&out);
    strbuf_putc(&asking->out, '\n');
}

/* A field may hold several codes of ICD-10. */
static bool validate_codes(struct asking *asking, struct error *err)
{
    struct code_finding findings[CODE_PARTS_MAX];
    struct text parts[CODE_PARTS_MAX];
    char form[CODE_FORM_MAX];
    int count = code_split(code_pack_dialect(asking->pack), asking->word, parts);

    if (count == 0) {
        return error_set(err, ERROR_LIMIT, "more than %d codes in one field", CODE_PARTS_MAX);
    }
    code_check_parts(asking->pack, parts, count, asking->day, findings);
    for (int i = 0; i < count; i++) {
        struct text instead = text_of(findings[i].instead);
        put_verdict(asking, parts[i], code_verdict_name(findings[i].verdict),
                    code_verdict_text(findings[i].verdict),
                    findings[i].verdict == CODE_AMBIGUOUS
                        ? instead
                        : asking_dotted(asking, instead, form));
    }
    return true;
}

static bool validate(struct text word, void *context, struct error *err)
{
    struct asking *asking = context;
    struct ucum_unit unit;
    bool ok = true;

    asking->word = word;
    if (asking->ucum != NULL) {
        enum ucum_fault fault = ucum_read(asking->ucum, word, &unit, NULL);
        put_verdict(asking, word, fault == UCUM_OK ? "valid" : "invalid",
                    ucum_fault_text(fault), (struct text){"", 0});
    } else {
        ok = validate_codes(asking, err);
    }
    if (asking->out.len > 1 << 16) {
        term_flush(&asking->out);
    }
    return ok;
}

int term_run_validate(int argc, char **argv, struct error *err)
{
    struct asking asking;
    bool ok;

    if (argc < 2) {
        return cli_usage("term", "term validate takes a system and codes", err);
    }
    ok = asking_open(&asking, argv[0], err);
    if (ok && code_pack_dialect(asking.pack) == CODE_UCUM) {
        asking.ucum = ucum_new(code_pack_blob(asking.pack), err);
        ok = asking.ucum != NULL;
    }
    ok = ok && term_words(argc - 1, argv + 1, validate, &asking, err);
    return asking_close(&asking, ok);
}

/* "0010<TAB>A000", "E8881<TAB>A+B" with a cluster's parts joined; '~' marks the approximate. */
static void put_answer(const struct gem_answer *answer, void *context)
{
    struct asking *asking = context;

    strbuf_addf(&asking->out, "%.*s\t", (int)asking->word.len, asking->word.at);
    for (int i = 0; i < answer->nparts; i++) {
        strbuf_addf(&asking->out, "%s%.*s", i > 0 ? "+" : "", (int)answer->parts[i].len,
                    answer->parts[i].at);
    }
    strbuf_puts(&asking->out, answer->is_approximate ? "\t~\n" : "\t=\n");
}

static bool translate(struct text word, void *context, struct error *err)
{
    struct asking *asking = context;
    uint32_t row = code_look_up(asking->pack, word);
    size_t before = asking->out.len;

    asking->word = word;
    if (row != CODE_NONE && !gem_translate(asking->pack, row, put_answer, asking, err)) {
        return false;
    }
    if (asking->out.len == before) {
        strbuf_addf(&asking->out, "%.*s\t\t\n", (int)word.len, word.at);
        asking->missed = true;
    }
    if (asking->out.len > 1 << 16) {
        term_flush(&asking->out);
    }
    return true;
}

int term_run_translate(int argc, char **argv, struct error *err)
{
    struct asking asking;
    bool ok;

    if (argc < 2) {
        return cli_usage("term", "term translate takes a system and codes", err);
    }
    ok = asking_open(&asking, argv[0], err) &&
         term_words(argc - 1, argv + 1, translate, &asking, err);
    return asking_close(&asking, ok);
}
