#include "transform/dedup/learned_file.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char first_line[] = "hms-dedup-learned 1";

enum { NUMBER_MAX = 40 };

#define NUMBER_LEAST 1e-9 /* of a share */

void learned_write(const struct learned *learned, const struct people_model *model,
                   struct strbuf *out)
{
    const struct pair_classes *classes = &learned->classes;

    strbuf_addf(out, "%s\n", first_line);
    strbuf_addf(out, "pairs %.17g matches %.17g random %" PRIu64 "\n", learned->all_pairs,
                learned->matches, learned->random_pairs);
    strbuf_addf(out, "prior match %.17g household %.17g\n", classes->prior_m, classes->prior_h);
    for (int field = 0; field < model->nfields; field++) {
        enum people_kind kind = model->fields[field].kind;
        strbuf_addf(out, "field %s: %s\n", people_kind_word(kind), model->fields[field].name);
        for (int level = 1; level < level_count(kind); level++) {
            strbuf_addf(out, "level %s m %.17g u %.17g h %.17g\n", levels_of(kind)[level].code,
                        classes->m[field][level], classes->u[field][level],
                        classes->h[field][level]);
        }
    }
}

struct reader {
    struct text rest;
    struct text line; /* what is left of it */
    int number;
    struct error *err;
};

static bool fail(const struct reader *reader, const char *what)
{
    return error_set(reader->err, ERROR_CONFIG, "learned numbers, line %d: %s", reader->number,
                     what);
}

static bool next_line(struct reader *reader)
{
    const char *end = memchr(reader->rest.at, '\n', reader->rest.len);
    size_t len = end == NULL ? reader->rest.len : (size_t)(end - reader->rest.at);

    if (reader->rest.len == 0) {
        return false;
    }
    reader->number++;
    reader->line = (struct text){reader->rest.at, len};
    reader->rest.at += len + (end == NULL ? 0 : 1);
    reader->rest.len -= len + (end == NULL ? 0 : 1);
    return true;
}

static struct text next_word(struct reader *reader)
{
    struct text word = {reader->line.at, 0};

    while (word.len < reader->line.len && word.at[word.len] != ' ') {
        word.len++;
    }
    reader->line.at += word.len;
    reader->line.len -= word.len;
    if (reader->line.len > 0) {
        reader->line.at++;
        reader->line.len--;
    }
    return word;
}

/* The word, and behind it a number from `least` to `most`. */
static bool read_number(struct reader *reader, const char *name, double least, double most,
                        double *number)
{
    char digits[NUMBER_MAX];
    struct text word;
    char *end;

    if (!text_is(next_word(reader), name)) {
        return fail(reader, "a word is not the one expected");
    }
    word = next_word(reader);
    if (word.len == 0 || word.len >= sizeof(digits)) {
        return fail(reader, "a number is missing");
    }
    memcpy(digits, word.at, word.len);
    digits[word.len] = '\0';
    *number = strtod(digits, &end);
    return (*end == '\0' && *number >= least && *number <= most) ||
           fail(reader, "a number is out of its range");
}

static bool read_priors(struct reader *reader, struct learned *learned)
{
    struct pair_classes *classes = &learned->classes;
    double random = 0.0;

    if (!next_line(reader) || !text_is(reader->line, first_line)) {
        return fail(reader, "this is no text of learned numbers");
    }
    if (!next_line(reader) || !read_number(reader, "pairs", 1.0, 1e18, &learned->all_pairs) ||
        !read_number(reader, "matches", 0.0, 1e18, &learned->matches) ||
        !read_number(reader, "random", 0.0, 1e18, &random)) {
        return fail(reader, "the line of pairs cannot be read");
    }
    learned->random_pairs = (uint64_t)random;
    if (!next_line(reader) || !text_is(next_word(reader), "prior") ||
        !read_number(reader, "match", 1e-300, 0.9, &classes->prior_m) ||
        !read_number(reader, "household", 1e-300, 0.9, &classes->prior_h) ||
        classes->prior_m + classes->prior_h >= 1.0) {
        return fail(reader, "the line of priors cannot be read");
    }
    return true;
}

/* "field KIND: NAME" */
static int read_field(struct reader *reader, const struct people_model *model)
{
    for (int field = 0; field < model->nfields; field++) {
        struct text line = reader->line;
        const char *parts[] = {"field ", people_kind_word(model->fields[field].kind), ": ",
                               model->fields[field].name};
        bool same = true;
        for (int i = 0; i < 4; i++) {
            size_t len = strlen(parts[i]);
            same = same && line.len >= len && memcmp(line.at, parts[i], len) == 0;
            line.at += same ? len : 0;
            line.len -= same ? len : 0;
        }
        if (same && line.len == 0) {
            return field;
        }
    }
    return -1;
}

static bool read_levels(struct reader *reader, enum people_kind kind,
                        struct pair_classes *classes, int field)
{
    for (int level = 1; level < level_count(kind); level++) {
        if (!next_line(reader) || !text_is(next_word(reader), "level") ||
            !text_is(next_word(reader), levels_of(kind)[level].code)) {
            return fail(reader, "a level of the field is not the one expected");
        }
        if (!read_number(reader, "m", NUMBER_LEAST, 1.0, &classes->m[field][level]) ||
            !read_number(reader, "u", NUMBER_LEAST, 1.0, &classes->u[field][level]) ||
            !read_number(reader, "h", NUMBER_LEAST, 1.0, &classes->h[field][level])) {
            return false;
        }
    }
    return true;
}

bool learned_read(struct learned *learned, const struct people_model *model, struct text text,
                  struct error *err)
{
    struct reader reader = {.rest = text, .err = err};
    uint32_t seen = 0;

    *learned = (struct learned){0};
    if (text.len > LEARNED_TEXT_MAX) {
        return error_set(err, ERROR_LIMIT, "learned numbers of more than %d bytes",
                         LEARNED_TEXT_MAX);
    }
    if (!read_priors(&reader, learned)) {
        return false;
    }
    while (next_line(&reader)) {
        int field = read_field(&reader, model);
        if (field < 0 || (seen >> field & 1) != 0) {
            return fail(&reader, "a field that the model has not, or that came before");
        }
        if (!read_levels(&reader, model->fields[field].kind, &learned->classes, field)) {
            return false;
        }
        seen |= UINT32_C(1) << field;
    }
    return seen == (UINT32_C(1) << model->nfields) - 1 ||
           fail(&reader, "a field of the model is missing");
}
