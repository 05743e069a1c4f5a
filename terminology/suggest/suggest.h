/*
 * suggest.h - from a laboratory's or pharmacy's own names to ranked standard codes, each with the
 * probability that it is the right one.
 *
 * Stages    names are normalised (name_form.h); words and character trigrams find the concepts
 *           that the pack has (suggest_index.h), approved decisions find codes again; a log-linear
 *           model ranks the codes of those concepts (suggest_model.h) by both text scores, by what
 *           unit and words say about the axes, and by what was learned; a calibration makes a
 *           probability of the score (calibration.h).
 * Systems   any pack.  The axes of LOINC and the routes of ATC are used where a pack has them.
 * Untrained it works with weights that no laboratory gave; trained, it knows the site's habits.
 * Privacy   a query holds names and units of a catalogue, never a patient's value; quantiles are
 *           of a whole catalogue entry.
 * Limits    SUGGEST_NAME_MAX bytes of a name are read, SUGGEST_DECISIONS_MAX decisions,
 *           SUGGEST_ANSWERS_MAX answers.  The pack outlives the suggester.
 * Threads   training and loading by one; then read-only: any number of threads, each with its
 *           own scratch.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_H
#define HMS_TERMINOLOGY_SUGGEST_H

#include "core/error.h"
#include "core/strbuf.h"
#include "terminology/code_pack.h"

struct suggester;
struct suggest_scratch;

enum { SUGGEST_NAME_MAX = 512, SUGGEST_DECISIONS_MAX = 1000000, SUGGEST_ANSWERS_MAX = 80 };

/* One entry of a local catalogue; what is not known is empty. */
struct suggest_query {
    struct text local_code;
    struct text name;
    struct text unit;     /* as written */
    struct text specimen; /* of a drug: route or form */
    struct text context;  /* other words: section, panel, method */
    uint64_t frequency;   /* rows with this entry, 0: unknown */
    uint64_t count;       /* values behind the quantiles, 0: none */
    double p05, p50, p95;
};

struct suggest_answer {
    uint32_t row; /* of the pack */
    double score;
    double probability; /* that this code is the right one */
};

/* What a person approved: this entry means that code; an empty code says "there is none". */
struct suggest_decision {
    struct suggest_query query;
    struct text code;
};

/* What can be accepted by itself: answers of at least `threshold` were right in `right` of
 * `accepted` held-out decisions of `total`; threshold is above 1 when there is no such band. */
struct suggest_band {
    double threshold;
    uint64_t total;
    uint64_t accepted;
    uint64_t right;
    double low; /* one-sided 95 % bound of the precision */
};

struct suggester *suggester_new(const struct code_pack *pack);
void suggester_free(struct suggester *suggester);

/* Learns from decisions; what was learned before is forgotten.  ERROR_LIMIT for too many; a
 * code that the pack does not have counts as "there is none". */
bool suggester_train(struct suggester *suggester, const struct suggest_decision *decisions,
                     size_t ndecisions, struct error *err) MUST_CHECK;
bool suggester_is_trained(const struct suggester *suggester);
/* What was learned, as a text file; it holds names of the catalogue and no values.  A model made
 * for another code system, or a damaged one, is refused. */
bool suggester_save(const struct suggester *suggester, const char *path,
                    struct error *err) MUST_CHECK;
bool suggester_load(struct suggester *suggester, const char *path,
                    struct error *err) MUST_CHECK;
bool suggester_load_text(struct suggester *suggester, struct text model,
                         struct error *err) MUST_CHECK;

/* The answers that can be accepted at `precision` (0.99), by the decisions it was trained on,
 * each judged by a model that had not seen it. */
struct suggest_band suggester_band(const struct suggester *suggester, double precision);

struct suggest_scratch *suggest_scratch_new(const struct suggester *suggester);
void suggest_scratch_free(struct suggest_scratch *scratch);

/* Best first, at most `max`; 0 when nothing is alike. */
size_t suggest(const struct suggester *suggester, struct suggest_scratch *scratch,
               const struct suggest_query *query, struct suggest_answer *answers, size_t max);
/* Why that row was among the answers of the last suggest() with this scratch (whose query still
 * lives), in words, "; " between them: "100 % of the words, spelling 80 % alike; unit mg/dL is mass
 * concentration: PROPERTY MCnc agrees; SYSTEM Urine is not what the name says". */
void suggest_reasons(const struct suggester *suggester, const struct suggest_scratch *scratch,
                     uint32_t row, struct strbuf *out);

#endif
