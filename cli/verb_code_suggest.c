/* verb_code_suggest.c - `hms code suggest --csv`: codes for a catalogue, without a store. */
#include "cli/code_verb.h"
#include "cli/suggestion_out.h"
#include "cli/term_verb.h"

#include "core/file.h"
#include "terminology/suggest/suggest_entries.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES_BYTES_MAX = 1 << 30, OUT_BYTES_MAX = 1 << 30, ANSWERS_USUAL = 5 };

static const double band_precision = 0.99;

struct suggesting {
    struct code_pack *pack;
    struct suggester *suggester;
    struct suggestion_out to;
    struct strbuf out;
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

    suggesting->to.threshold = band.threshold;
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
    uint64_t limit = code_options.limit > 0 ? code_options.limit : ANSWERS_USUAL;
    struct suggest_many many = {.suggester = suggesting->suggester,
                                .entries = entries->at,
                                .count = entries->count,
                                .limit = (size_t)limit,
                                .jobs = (int)code_options.jobs,
                                .write = suggestion_write,
                                .context = &suggesting->to};

    say_band(suggesting);
    suggesting->to.pack = suggesting->pack;
    if (!cli_json) {
        suggestion_header(&suggesting->out);
    }
    suggest_many(&many, &suggesting->out);
    cli_say("%zu entries, %zu with a first answer that may be accepted unseen", entries->count,
            (size_t)suggesting->to.nsure);
    return write_out(suggesting, err);
}

int code_run_suggest(int argc, char **argv, struct error *err)
{
    struct suggesting suggesting = {0};
    struct suggest_entries entries = {0};
    bool ok;

    if (code_options.csv == NULL) {
        return code_run_suggest_store(argc, argv, err);
    }
    if (argc != 0 || code_options.system == NULL) {
        return cli_usage("code", "suggest --csv takes --system and no operands", err);
    }
    if (code_options.limit > SUGGEST_ANSWERS_MAX) {
        error_set(err, ERROR_USAGE, "--limit is between 1 and %d", SUGGEST_ANSWERS_MAX);
        return VERB_FAILED;
    }
    if (code_options.jobs == 0 || code_options.jobs > SUGGEST_JOBS_MAX) {
        error_set(err, ERROR_USAGE, "--jobs is between 1 and %d", SUGGEST_JOBS_MAX);
        return VERB_FAILED;
    }
    strbuf_init(&suggesting.out, OUT_BYTES_MAX);
    suggesting.pack = term_pack(code_options.system, err);
    ok = suggesting.pack != NULL && read_entries(code_options.csv, &entries, err);
    if (ok) {
        suggesting.suggester = suggester_new(suggesting.pack);
        ok = teach(suggesting.suggester, err) && run_entries(&suggesting, &entries, err);
    }
    suggester_free(suggesting.suggester);
    code_pack_free(suggesting.pack);
    suggest_entries_release(&entries);
    strbuf_release(&suggesting.out);
    return ok ? 0 : VERB_FAILED;
}
