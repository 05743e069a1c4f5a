/* verb_code_suggest.c - `hms code suggest --csv`: codes for a entries, without a store. */
#include "cli/code_verb.h"
#include "cli/term_verb.h"

#include "core/file.h"
#include "terminology/suggest/suggest_entries.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ENTRIES_BYTES_MAX = 1 << 30,
    OUT_BYTES_MAX = 1 << 30,
    OUT_CELL_MAX = 1 << 16,
    ANSWERS_USUAL = 5
};

static const double band_precision = 0.99;

struct suggesting {
    struct code_pack *pack;
    struct suggester *suggester;
    struct suggest_scratch *scratch;
    struct strbuf out;
    struct strbuf reasons;
    uint64_t limit;
    uint64_t sure; /* entries whose first answer lies in the band */
    double threshold;
};

static bool read_entries(const char *path, struct suggest_entries *entries, struct error *err)
{
    struct strbuf content;
    bool ok;

    strbuf_init(&content, ENTRIES_BYTES_MAX);
    ok = file_read(path, ENTRIES_BYTES_MAX, &content, err) &&
         (suggest_entries_read(entries, strbuf_text(&content), err) ||
          error_wrap(err, "%s", path));
    strbuf_release(&content);
    return ok;
}

static bool teach(struct suggester *suggester, struct error *err)
{
    struct suggest_entries decisions;
    bool ok;

    if (code_options.train == NULL) {
        return code_options.model == NULL || suggester_load(suggester, code_options.model, err);
    }
    if (!read_entries(code_options.train, &decisions, err)) {
        return false;
    }
    ok = decisions.has_codes ||
         error_set(err, ERROR_SOURCE, "%s: no column of approved codes", code_options.train);
    ok = ok && suggester_train(suggester, decisions.at, decisions.count, err);
    suggest_entries_release(&decisions);
    return ok &&
           (code_options.model == NULL || suggester_save(suggester, code_options.model, err));
}

static void say_band(struct suggesting *suggesting)
{
    struct suggest_band band = suggester_band(suggesting->suggester, band_precision);

    suggesting->threshold = band.threshold;
    if (!suggester_is_trained(suggesting->suggester)) {
        cli_say("not trained on decisions of this site: probabilities are cautious guesses");
    } else if (band.accepted == 0) {
        cli_say("no answers may be accepted unseen: of %" PRIu64
                " held-out decisions no group was right in 99 %%",
                band.total);
    } else {
        cli_say("first answers of probability %.4f or more were right in %" PRIu64
                " of %" PRIu64 " held-out decisions (at least %.2f %% with 95 %% confidence), "
                "%.1f %% of all",
                band.threshold, band.right, band.accepted, band.low * 100,
                100.0 * (double)band.accepted / (double)band.total);
    }
}

static void put_cell(struct strbuf *out, struct text cell)
{
    bool quote = false;

    for (size_t i = 0; i < cell.len; i++) {
        quote = quote || strchr(",\"\n\r", cell.at[i]) != NULL;
    }
    if (!quote) {
        strbuf_add_text(out, cell);
        return;
    }
    strbuf_putc(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"') {
            strbuf_putc(out, '"');
        }
        strbuf_putc(out, cell.at[i]);
    }
    strbuf_putc(out, '"');
}

static struct text code_of(const struct suggesting *suggesting, uint32_t row,
                           char form[CODE_FORM_MAX])
{
    struct text code = code_pack_entry(suggesting->pack, row).code;

    return code.len < CODE_FORM_MAX
               ? code_dotted(code_pack_dialect(suggesting->pack), code, form)
               : code;
}

static void put_row(struct suggesting *suggesting, const struct suggest_query *query,
                    const struct suggest_answer *answer, size_t rank)
{
    struct text display = code_pack_entry(suggesting->pack, answer->row).display;
    char form[CODE_FORM_MAX];
    struct text cells[] = {query->local_code, query->name, query->unit, query->specimen};

    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
        put_cell(&suggesting->out, cells[i]);
        strbuf_putc(&suggesting->out, ',');
    }
    strbuf_addf(&suggesting->out, "%zu,", rank);
    put_cell(&suggesting->out, code_of(suggesting, answer->row, form));
    strbuf_putc(&suggesting->out, ',');
    put_cell(&suggesting->out, display);
    strbuf_addf(&suggesting->out, ",%.4f,%s,", answer->probability,
                rank == 1 && answer->probability >= suggesting->threshold ? "yes" : "no");
    put_cell(&suggesting->out, strbuf_text(&suggesting->reasons));
    strbuf_putc(&suggesting->out, '\n');
}

static void put_record(struct suggesting *suggesting, const struct suggest_query *query,
                       const struct suggest_answer *answer, size_t rank)
{
    struct code_entry entry = code_pack_entry(suggesting->pack, answer->row);
    char probability[16];
    char form[CODE_FORM_MAX];
    struct json_out out;

    snprintf(probability, sizeof(probability), "%.4f", answer->probability);
    json_out_init(&out, &suggesting->out);
    json_out_object(&out);
    json_out_member(&out, "hms", "code.suggestion.1");
    json_out_member_text(&out, "local_code", query->local_code);
    json_out_member_text(&out, "local_name", query->name);
    json_out_member_text(&out, "unit", query->unit);
    json_out_member_text(&out, "specimen", query->specimen);
    json_out_member_uint(&out, "rank", rank);
    json_out_member_text(&out, "code", code_of(suggesting, answer->row, form));
    json_out_member_text(&out, "display", entry.display);
    json_out_key(&out, "probability");
    json_out_raw(&out, text_of(probability));
    json_out_member_bool(&out, "sure",
                         rank == 1 && answer->probability >= suggesting->threshold);
    json_out_member_text(&out, "reason", strbuf_text(&suggesting->reasons));
    json_out_end_object(&out);
    strbuf_putc(&suggesting->out, '\n');
}

static void put_entry(struct suggesting *suggesting, const struct suggest_query *query)
{
    struct suggest_answer answers[SUGGEST_ANSWERS_MAX];
    size_t count =
        suggest(suggesting->suggester, suggesting->scratch, query, answers, suggesting->limit);

    suggesting->sure += count > 0 && answers[0].probability >= suggesting->threshold;
    for (size_t i = 0; i < count; i++) {
        strbuf_clear(&suggesting->reasons);
        suggest_reasons(suggesting->suggester, suggesting->scratch, answers[i].row,
                        &suggesting->reasons);
        if (cli_json) {
            put_record(suggesting, query, &answers[i], i + 1);
        } else {
            put_row(suggesting, query, &answers[i], i + 1);
        }
    }
}

static bool write_out(struct suggesting *suggesting, struct error *err)
{
    if (strbuf_is_full(&suggesting->out)) {
        return error_set(err, ERROR_LIMIT, "more than %d bytes of answers", OUT_BYTES_MAX);
    }
    if (code_options.output == NULL || strcmp(code_options.output, "-") == 0) {
        term_flush(&suggesting->out);
        return true;
    }
    return file_write(code_options.output, strbuf_text(&suggesting->out), err);
}

static bool run_entries(struct suggesting *suggesting, const struct suggest_entries *entries,
                        struct error *err)
{
    say_band(suggesting);
    suggesting->scratch = suggest_scratch_new(suggesting->suggester);
    if (!cli_json) {
        strbuf_puts(&suggesting->out, "local_code,local_name,unit,specimen,rank,code,display,"
                                      "probability,sure,reason\n");
    }
    for (size_t i = 0; i < entries->count; i++) {
        put_entry(suggesting, &entries->at[i].query);
    }
    cli_say("%zu entries, %" PRIu64 " with a first answer that may be accepted unseen",
            entries->count, suggesting->sure);
    return write_out(suggesting, err);
}

int code_run_suggest(int argc, char **argv, struct error *err)
{
    struct suggesting suggesting = {.limit = code_options.limit > 0 ? code_options.limit
                                                                    : ANSWERS_USUAL};
    struct suggest_entries entries = {0};
    bool ok;

    if (code_options.csv == NULL) {
        return code_run_suggest_store(argc, argv, err);
    }
    if (argc != 0 || code_options.system == NULL) {
        return cli_usage("code", "suggest --csv takes --system and no operands", err);
    }
    if (suggesting.limit == 0 || suggesting.limit > SUGGEST_ANSWERS_MAX) {
        error_set(err, ERROR_USAGE, "--limit is between 1 and %d", SUGGEST_ANSWERS_MAX);
        return VERB_FAILED;
    }
    strbuf_init(&suggesting.out, OUT_BYTES_MAX);
    strbuf_init(&suggesting.reasons, OUT_CELL_MAX);
    suggesting.pack = term_pack(code_options.system, err);
    ok = suggesting.pack != NULL && read_entries(code_options.csv, &entries, err);
    if (ok) {
        suggesting.suggester = suggester_new(suggesting.pack);
        ok = teach(suggesting.suggester, err) && run_entries(&suggesting, &entries, err);
    }
    suggest_scratch_free(suggesting.scratch);
    suggester_free(suggesting.suggester);
    code_pack_free(suggesting.pack);
    suggest_entries_release(&entries);
    strbuf_release(&suggesting.out);
    strbuf_release(&suggesting.reasons);
    return ok ? 0 : VERB_FAILED;
}
