#include "transform/sssom.h"

#include "core/decimal.h"
#include "core/file.h"
#include "terminology/code_system.h"
#include "transform/person_name.h"

#define X(name) #name,
static const char *const column_names[SSSOM_COLUMNS] = {SSSOM_COLUMN_LIST(X)};
#undef X

static const char *const predicates[] = {
    "skos:exactMatch",  "skos:closeMatch",   "skos:broadMatch",
    "skos:narrowMatch", "skos:relatedMatch", "semapv:crossSpeciesExactMatch",
};

static const enum sssom_column wanted[] = {SSSOM_subject_id, SSSOM_predicate_id,
                                           SSSOM_object_id, SSSOM_mapping_justification};

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

bool sssom_error(const struct sssom *sssom, struct error *err, const char *what)
{
    return error_set(err, ERROR_CONFIG, "%s:%d: %s", sssom->path, sssom->line, what);
}

static int column_of(struct text name)
{
    for (int i = 0; i < SSSOM_COLUMNS; i++) {
        if (text_is(name, column_names[i])) {
            return i;
        }
    }
    return -1;
}

int sssom_column(const char *name)
{
    return column_of(text_of(name));
}

const char *sssom_column_name(enum sssom_column column)
{
    return column_names[column];
}

/* The next line without its end; false: there is none. */
static bool take_line(struct sssom *sssom, struct text *line)
{
    const char *end;

    if (sssom->rest.len == 0) {
        return false;
    }
    end = memchr(sssom->rest.at, '\n', sssom->rest.len);
    line->at = sssom->rest.at;
    line->len = end == NULL ? sssom->rest.len : (size_t)(end - line->at);
    sssom->rest.at += line->len + (end != NULL);
    sssom->rest.len -= line->len + (end != NULL);
    if (line->len > 0 && line->at[line->len - 1] == '\r') {
        line->len--;
    }
    sssom->line++;
    return true;
}

/* Cells of a line, trimmed; their count, or SSSOM_COLUMNS + 1. */
static int split_cells(struct text line, struct text cells[SSSOM_COLUMNS])
{
    int count = 0;

    for (;;) {
        const char *tab = memchr(line.at, '\t', line.len);
        size_t len = tab == NULL ? line.len : (size_t)(tab - line.at);
        if (count == SSSOM_COLUMNS) {
            return count + 1;
        }
        cells[count++] = text_trim((struct text){line.at, len});
        if (tab == NULL) {
            return count;
        }
        line.at += len + 1;
        line.len -= len + 1;
    }
}

static bool name_column(struct sssom *sssom, int place, struct text name, struct error *err)
{
    int column = column_of(name);

    if (column < 0 || sssom->places[column] >= 0) {
        return error_set(err, ERROR_CONFIG, "%s:%d: column %d is %s", sssom->path, sssom->line,
                         place + 1,
                         column < 0 ? "none of SSSOM's" : "named like one before it");
    }
    sssom->places[column] = place;
    return true;
}

static bool read_header(struct sssom *sssom, struct error *err)
{
    struct text cells[SSSOM_COLUMNS];
    struct text line;

    do {
        if (!take_line(sssom, &line)) {
            return sssom_error(sssom, err, "no header line");
        }
    } while (line.len > 0 && line.at[0] == '#');
    sssom->ncolumns = split_cells(line, cells);
    if (sssom->ncolumns > SSSOM_COLUMNS) {
        return sssom_error(sssom, err, "too many columns");
    }
    for (int i = 0; i < SSSOM_COLUMNS; i++) {
        sssom->places[i] = -1;
    }
    for (int i = 0; i < sssom->ncolumns; i++) {
        if (!name_column(sssom, i, cells[i], err)) {
            return false;
        }
    }
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        if (sssom->places[wanted[i]] < 0) {
            return sssom_error(sssom, err,
                               "the columns subject_id, predicate_id, object_id and "
                               "mapping_justification are wanted");
        }
    }
    return true;
}

bool sssom_open(struct sssom *sssom, const char *path, struct error *err)
{
    *sssom = (struct sssom){.path = path};
    strbuf_init(&sssom->file, SSSOM_BYTES_MAX);
    if (file_read(path, SSSOM_BYTES_MAX, &sssom->file, err)) {
        sssom->rest = strbuf_text(&sssom->file);
        if (sssom->rest.len >= 3 && memcmp(sssom->rest.at, "\xEF\xBB\xBF", 3) == 0) {
            sssom->rest = (struct text){sssom->rest.at + 3, sssom->rest.len - 3};
        }
        if (!text_is_utf8(sssom->rest)) {
            error_set(err, ERROR_CONFIG, "%s: not UTF-8", path);
        } else if (read_header(sssom, err)) {
            return true;
        }
    }
    sssom_release(sssom);
    return false;
}

void sssom_release(struct sssom *sssom)
{
    strbuf_release(&sssom->file);
    sssom->rest = (struct text){"", 0};
}

static bool is_predicate(struct text word)
{
    for (size_t i = 0; i < COUNT_OF(predicates); i++) {
        if (text_is(word, predicates[i])) {
            return true;
        }
    }
    return false;
}

static bool is_share(struct text word)
{
    struct decimal number = {0, 0};

    return decimal_parse(word, &number) && number.units >= 0 && decimal_round(&number, 6) &&
           number.units <= 1000000;
}

/* "LOINC:718-7" or an address: codes stand in files as they are, a prefix would go into the record. */
static bool has_prefix(struct text object)
{
    const char *colon = object.len == 0 ? NULL : memchr(object.at, ':', object.len);
    struct text prefix = {object.at, colon == NULL ? 0 : (size_t)(colon - object.at)};

    return prefix.len > 0 && !text_is(object, SSSOM_NONE) &&
           (text_equal_nocase(prefix, TEXT_LITERAL("http")) ||
            text_equal_nocase(prefix, TEXT_LITERAL("https")) ||
            code_system_find(prefix) != NULL);
}

static bool check_row(struct sssom *sssom, const struct sssom_row *row, struct error *err)
{
    struct text subject = row->at[SSSOM_subject_id];

    if (subject.len == 0) {
        return sssom_error(sssom, err, "subject_id is blank");
    }
    if (sssom->last.at != NULL && text_compare(sssom->last, subject) >= 0) {
        return sssom_error(sssom, err,
                           text_equal(sssom->last, subject)
                               ? "this subject_id stands in the line before, too"
                               : "lines are not sorted by subject_id");
    }
    sssom->last = subject;
    if (row->at[SSSOM_predicate_modifier].len > 0) {
        return sssom_error(sssom, err, "a negated row (predicate_modifier) gives no code");
    }
    if (!is_predicate(row->at[SSSOM_predicate_id])) {
        return sssom_error(sssom, err, "predicate_id is no skos: match");
    }
    if (has_prefix(row->at[SSSOM_object_id])) {
        return sssom_error(
            sssom, err,
            "object_id is a code without a prefix; its system stands in object_source");
    }
    if (row->at[SSSOM_mapping_justification].len == 0) {
        return sssom_error(sssom, err, "mapping_justification is blank");
    }
    if (row->at[SSSOM_confidence].len > 0 && !is_share(row->at[SSSOM_confidence])) {
        return sssom_error(sssom, err, "confidence is no number from 0 to 1");
    }
    return true;
}

enum sssom_next sssom_next(struct sssom *sssom, struct sssom_row *row, struct error *err)
{
    struct text cells[SSSOM_COLUMNS];
    struct text line;

    if (!take_line(sssom, &line)) {
        return SSSOM_END;
    }
    if (split_cells(line, cells) != sssom->ncolumns) {
        sssom_error(sssom, err, "not as many columns as the header");
        return SSSOM_BAD;
    }
    row->line = sssom->line;
    for (int i = 0; i < SSSOM_COLUMNS; i++) {
        row->at[i] = sssom->places[i] < 0 ? (struct text){"", 0} : cells[sssom->places[i]];
    }
    return check_row(sssom, row, err) ? SSSOM_ROW : SSSOM_BAD;
}

bool sssom_has_object(const struct sssom_row *row)
{
    struct text object = row->at[SSSOM_object_id];

    return object.len > 0 && !text_is(object, SSSOM_NONE);
}

bool sssom_next_name(struct text *list, struct text *name)
{
    while (list->len > 0) {
        const char *bar = memchr(list->at, '|', list->len);
        size_t len = bar == NULL ? list->len : (size_t)(bar - list->at);
        *name = text_trim((struct text){list->at, len});
        len += bar != NULL;
        list->at += len;
        list->len -= len;
        if (name->len > 0) {
            return true;
        }
    }
    return false;
}

static bool list_holds(struct text list, struct text name)
{
    struct text other;

    while (sssom_next_name(&list, &other)) {
        if (person_name_is_same(other, name)) {
            return true;
        }
    }
    return false;
}

bool sssom_is_stale(const struct sssom_row *row)
{
    struct text list = row->at[SSSOM_other];
    struct text word;

    while (sssom_next_name(&list, &word)) {
        if (word.len > strlen(SSSOM_STALE) &&
            memcmp(word.at, SSSOM_STALE, strlen(SSSOM_STALE)) == 0) {
            return true;
        }
    }
    return false;
}

bool sssom_is_approved(const struct sssom_row *row)
{
    struct text authors = row->at[SSSOM_author_id];
    struct text reviewers = row->at[SSSOM_reviewer_id];
    struct text name;
    struct text agreement = row->at[SSSOM_reviewer_agreement];
    bool is_reviewed = false;

    if (agreement.len > 0 && !text_is(agreement, "1") && !text_is(agreement, "1.0")) {
        return false;
    }
    if (sssom_is_stale(row) || !sssom_next_name(&authors, &name)) {
        return false;
    }
    while (sssom_next_name(&reviewers, &name)) {
        is_reviewed = true;
        if (list_holds(row->at[SSSOM_author_id], name)) {
            return false;
        }
    }
    return is_reviewed;
}
