/*
 * model_file.c - what a suggester learned, as lines of text.
 *
 *     hms suggest model 1
 *     pack      NAME  RELEASE
 *     feature   NAME  WEIGHT
 *     calibrate WEIGHT ...
 *     step      FROM  TO
 *     held      PROBABILITY  RIGHT(0|1)
 *     pair      KIND  TRAIT  VALUE  WEIGHT
 *     decision  CODE  NAME  UNIT  OUTCOME(unknown|wrong|right)  COUNT  P05  P50  P95
 *     end
 *
 * Words of a line are parted by tabs.  Tabs and line ends inside a name become blanks.
 */
#include "core/file.h"
#include "terminology/code_check.h"
#include "terminology/suggest/suggester.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum {
    MODEL_BYTES_MAX = 1 << 30,
    MODEL_CELLS_MAX = CALIBRATION_INPUTS + 1,
    MODEL_NUMBER_MAX = 48
};

static const char *const outcome_names[] = {
    [OUTCOME_UNKNOWN] = "unknown", [OUTCOME_WRONG] = "wrong", [OUTCOME_RIGHT] = "right"};
static const char model_head[] = "hms suggest model 1";

/* --- writing --- */

static void put_cell(struct strbuf *out, struct text cell)
{
    strbuf_putc(out, '\t');
    for (size_t i = 0; i < cell.len; i++) {
        uint8_t byte = (uint8_t)cell.at[i];
        strbuf_putc(out, byte < ' ' ? ' ' : (char)byte);
    }
}

static void put_pairs(struct strbuf *out, const struct learned *learned)
{
    for (size_t i = 0; i < learned->npairs; i++) {
        const struct named_pair *pair = &learned->pairs[i];
        float weight = weights_of(&learned->weights, named_pair_key(pair));
        if (weight != 0) {
            strbuf_addf(out, "pair\t%s", pair_name(pair->kind));
            put_cell(out, pair->trait);
            put_cell(out, pair->value);
            strbuf_addf(out, "\t%.9g\n", (double)weight);
        }
    }
}

static void put_calibration(struct strbuf *out, const struct calibration *calibration)
{
    strbuf_puts(out, "calibrate");
    for (int i = 0; i < CALIBRATION_INPUTS; i++) {
        strbuf_addf(out, "\t%.17g", calibration->weights[i]);
    }
    strbuf_putc(out, '\n');
    for (int i = 0; i < calibration->nsteps; i++) {
        strbuf_addf(out, "step\t%.17g\t%.17g\n", calibration->from[i], calibration->to[i]);
    }
}

static void put_decisions(struct strbuf *out, const struct suggester *suggester)
{
    for (size_t i = 0; i < suggester->nkept; i++) {
        const struct suggest_decision *kept = &suggester->kept[i];
        strbuf_puts(out, "decision");
        put_cell(out, kept->code);
        put_cell(out, kept->query.name);
        put_cell(out, kept->query.unit);
        put_cell(out, text_of(outcome_names[suggester->memory.decisions[i].outcome]));
        strbuf_addf(out, "\t%" PRIu64 "\t%.17g\t%.17g\t%.17g\n", kept->query.count,
                    kept->query.p05, kept->query.p50, kept->query.p95);
    }
}

bool suggester_save(const struct suggester *suggester, const char *path, struct error *err)
{
    const struct learned *learned = &suggester->learned;
    struct strbuf out;
    bool ok;

    strbuf_init(&out, MODEL_BYTES_MAX);
    strbuf_addf(&out, "%s\npack", model_head);
    put_cell(&out, code_pack_meta(suggester->pack, "name", 0));
    put_cell(&out, code_pack_meta(suggester->pack, "version", 0));
    strbuf_putc(&out, '\n');
    for (int i = 0; i < FEATURES; i++) {
        strbuf_addf(&out, "feature\t%s\t%.9g\n", feature_name((enum feature)i),
                    (double)learned->weights.features[i]);
    }
    put_calibration(&out, &learned->calibration);
    for (size_t i = 0; i < learned->nheld; i++) {
        strbuf_addf(&out, "held\t%.9g\t%d\n", (double)learned->held[i].probability,
                    learned->held[i].right);
    }
    put_pairs(&out, learned);
    put_decisions(&out, suggester);
    strbuf_puts(&out, "end\n");
    ok = strbuf_is_full(&out) ? error_set(err, ERROR_LIMIT, "the model is too large")
                              : file_write(path, strbuf_text(&out), err);
    strbuf_release(&out);
    return ok;
}

/* --- reading --- */

struct model_reader {
    struct suggester *suggester;
    struct text rest;
    size_t line;
    struct text cells[MODEL_CELLS_MAX];
    int ncells;
    size_t decisions_size, held_size;
    uint8_t *outcomes; /* of decisions */
    bool ended;
};

static bool next_line(struct model_reader *reader)
{
    struct text line = reader->rest;
    const char *end;

    if (reader->rest.len == 0) {
        return false;
    }
    end = memchr(line.at, '\n', line.len);
    line.len = end == NULL ? line.len : (size_t)(end - line.at);
    reader->rest.at += line.len + (end != NULL);
    reader->rest.len -= line.len + (end != NULL);
    reader->line++;
    reader->ncells = 0;
    for (size_t start = 0, i = 0; i <= line.len; i++) {
        if (i == line.len || line.at[i] == '\t') {
            if (reader->ncells < MODEL_CELLS_MAX) {
                reader->cells[reader->ncells++] = (struct text){line.at + start, i - start};
            }
            start = i + 1;
        }
    }
    return true;
}

static bool number(struct text cell, double *out)
{
    char bytes[MODEL_NUMBER_MAX];
    char *end;

    if (cell.len == 0 || cell.len >= sizeof(bytes)) {
        return false;
    }
    memcpy(bytes, cell.at, cell.len);
    bytes[cell.len] = '\0';
    *out = strtod(bytes, &end);
    return *end == '\0' && isfinite(*out);
}

static bool read_pack(struct model_reader *reader)
{
    struct text name = code_pack_meta(reader->suggester->pack, "name", 0);

    return reader->ncells >= 2 && text_equal(reader->cells[1], name);
}

static bool read_feature(struct model_reader *reader)
{
    double weight;

    if (reader->ncells != 3 || !number(reader->cells[2], &weight)) {
        return false;
    }
    for (int i = 0; i < FEATURES; i++) {
        if (text_is(reader->cells[1], feature_name((enum feature)i))) {
            reader->suggester->learned.weights.features[i] = (float)weight;
        }
    }
    return true;
}

static bool read_calibration(struct model_reader *reader)
{
    double *weights = reader->suggester->learned.calibration.weights;

    reader->suggester->learned.calibration.nsteps = 0;
    if (reader->ncells != CALIBRATION_INPUTS + 1) {
        return false;
    }
    for (int i = 0; i < CALIBRATION_INPUTS; i++) {
        if (!number(reader->cells[i + 1], &weights[i])) {
            return false;
        }
    }
    return true;
}

static bool read_step(struct model_reader *reader)
{
    struct calibration *calibration = &reader->suggester->learned.calibration;
    int at = calibration->nsteps;

    if (reader->ncells != 3 || at == CALIBRATION_STEPS_MAX ||
        !number(reader->cells[1], &calibration->from[at]) ||
        !number(reader->cells[2], &calibration->to[at]) || calibration->to[at] < 0 ||
        calibration->to[at] > 1 ||
        (at > 0 && (calibration->from[at] <= calibration->from[at - 1] ||
                    calibration->to[at] < calibration->to[at - 1]))) {
        return false;
    }
    calibration->nsteps++;
    return true;
}

static bool read_held(struct model_reader *reader)
{
    struct learned *learned = &reader->suggester->learned;
    double probability;

    if (reader->ncells != 3 || !number(reader->cells[1], &probability) || probability < 0 ||
        probability > 1 || learned->nheld == LESSONS_MAX + 1 ||
        (learned->nheld > 0 &&
         (float)probability > learned->held[learned->nheld - 1].probability)) {
        return false;
    }
    if (learned->nheld == reader->held_size) {
        reader->held_size = reader->held_size * 2 + 256;
        learned->held = xrealloc(learned->held, reader->held_size * sizeof(*learned->held));
    }
    learned->held[learned->nheld++] =
        (struct held_out){(float)probability, text_is(reader->cells[2], "1")};
    return true;
}

static bool read_pair(struct model_reader *reader)
{
    struct learned *learned = &reader->suggester->learned;
    struct named_pair pair;
    double weight;

    if (reader->ncells != 5 || !pair_kind_of(reader->cells[1], &pair.kind) ||
        !number(reader->cells[4], &weight)) {
        return false;
    }
    pair.trait = reader->cells[2];
    pair.value = reader->cells[3];
    return learned_keep(learned, &pair, (float)weight);
}

static bool read_decision(struct model_reader *reader)
{
    struct suggester *suggester = reader->suggester;
    struct suggest_decision decision = {0};
    double count;

    uint8_t outcome = OUTCOME_UNKNOWN;

    while (reader->ncells == 9 && !text_is(reader->cells[4], outcome_names[outcome])) {
        if (outcome++ == OUTCOME_RIGHT) {
            return false;
        }
    }
    if (reader->ncells != 9 || suggester->nkept == SUGGEST_DECISIONS_MAX ||
        !number(reader->cells[5], &count) || count < 0 || count > 1e15 ||
        !number(reader->cells[6], &decision.query.p05) ||
        !number(reader->cells[7], &decision.query.p50) ||
        !number(reader->cells[8], &decision.query.p95)) {
        return false;
    }
    decision.code = reader->cells[1];
    decision.query.name = reader->cells[2];
    decision.query.unit = reader->cells[3];
    decision.query.count = (uint64_t)count;
    suggester_keep(suggester, &decision, &reader->decisions_size);
    reader->outcomes = xrealloc(reader->outcomes, suggester->nkept);
    reader->outcomes[suggester->nkept - 1] = outcome;
    return true;
}

static bool read_end(struct model_reader *reader)
{
    reader->ended = true;
    return reader->ncells == 1;
}

static bool read_line(struct model_reader *reader)
{
    static const struct {
        const char *name;
        bool (*read)(struct model_reader *reader);
    } kinds[] = {
        {"pack", read_pack},         {"feature", read_feature}, {"calibrate", read_calibration},
        {"step", read_step},         {"held", read_held},       {"pair", read_pair},
        {"decision", read_decision}, {"end", read_end},
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (text_is(reader->cells[0], kinds[i].name)) {
            return !reader->ended && kinds[i].read(reader);
        }
    }
    return false;
}

static bool read_lines(struct model_reader *reader, struct error *err)
{
    if (!next_line(reader) || reader->ncells != 1 || !text_is(reader->cells[0], model_head)) {
        return error_set(err, ERROR_CONFIG, "this is no model of suggestions");
    }
    while (next_line(reader)) {
        if (!read_line(reader)) {
            return error_set(err, ERROR_CONFIG,
                             text_is(reader->cells[0], "pack")
                                 ? "line %zu: the model was made for another code system"
                                 : "line %zu: not a line of a model",
                             reader->line);
        }
    }
    return reader->ended || error_set(err, ERROR_CONFIG, "the model is cut");
}

bool suggester_load_text(struct suggester *suggester, struct text model, struct error *err)
{
    struct model_reader reader = {.suggester = suggester, .rest = model};
    bool ok;

    suggester_forget(suggester);
    ok = read_lines(&reader, err);

    if (ok) {
        weights_freeze(&suggester->learned.weights);
        suggester_remember(suggester);
        for (size_t i = 0; i < suggester->nkept; i++) {
            suggester->memory.decisions[i].outcome = reader.outcomes[i];
        }
    } else {
        suggester_forget(suggester);
    }
    free(reader.outcomes);
    return ok;
}

bool suggester_load(struct suggester *suggester, const char *path, struct error *err)
{
    struct strbuf content;
    bool ok;

    strbuf_init(&content, MODEL_BYTES_MAX);
    ok = file_read(path, MODEL_BYTES_MAX, &content, err) &&
         (suggester_load_text(suggester, strbuf_text(&content), err) ||
          error_wrap(err, "%s", path));
    strbuf_release(&content);
    return ok;
}
