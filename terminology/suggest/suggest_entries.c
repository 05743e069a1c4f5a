#include "terminology/suggest/suggest_entries.h"

#include "terminology/delimited.h"

#include <math.h>
#include <stdlib.h>

enum column {
    COLUMN_CODE,
    COLUMN_NAME,
    COLUMN_UNIT,
    COLUMN_SPECIMEN,
    COLUMN_CONTEXT,
    COLUMN_FREQUENCY,
    COLUMN_VALUES,
    COLUMN_P05,
    COLUMN_P50,
    COLUMN_P95,
    COLUMN_TARGET,
    COLUMNS,
};

enum { COLUMN_NAMES_MAX = 12 };

static const char *const column_names[COLUMNS][COLUMN_NAMES_MAX] = {
    [COLUMN_CODE] = {"local_code", "code", "source_code", "subject_id", "test_code",
                     "item_code"},
    [COLUMN_NAME] = {"local_name", "name", "source_name", "subject_label", "test_name",
                     "description", "drug"},
    [COLUMN_UNIT] = {"unit", "units", "uom"},
    [COLUMN_SPECIMEN] = {"specimen", "system", "sample", "route", "form"},
    [COLUMN_CONTEXT] = {"context", "section", "panel", "class", "category", "department"},
    [COLUMN_FREQUENCY] = {"frequency", "count", "rows", "n"},
    [COLUMN_VALUES] = {"values"},
    [COLUMN_P05] = {"p05"},
    [COLUMN_P50] = {"p50"},
    [COLUMN_P95] = {"p95"},
    [COLUMN_TARGET] = {"target_code", "approved_code", "standard_code", "object_id", "loinc",
                       "atc", "rxnorm", "icd10", "icd10cm"},
};

static char delimiter_of(struct text header)
{
    static const char marks[] = {'\t', ';', '|', ','};
    size_t most = 0;
    char best = ',';

    for (size_t i = 0; i < sizeof(marks); i++) {
        size_t count = 0;
        for (size_t at = 0; at < header.len && header.at[at] != '\n'; at++) {
            count += header.at[at] == marks[i];
        }
        if (count > most) {
            most = count;
            best = marks[i];
        }
    }
    return best;
}

/* What is left behind a byte order mark and lines of '#'. */
static struct text without_preface(struct text content)
{
    if (content.len >= 3 && memcmp(content.at, "\xef\xbb\xbf", 3) == 0) {
        content.at += 3;
        content.len -= 3;
    }
    while (content.len > 0 && content.at[0] == '#') {
        const char *end = memchr(content.at, '\n', content.len);
        size_t len = end == NULL ? content.len : (size_t)(end - content.at) + 1;
        content.at += len;
        content.len -= len;
    }
    return content;
}

static double number_of(struct text cell)
{
    char bytes[40];
    double value;

    if (cell.len == 0 || cell.len >= sizeof(bytes)) {
        return 0;
    }
    memcpy(bytes, cell.at, cell.len);
    bytes[cell.len] = '\0';
    value = strtod(bytes, NULL);
    return isfinite(value) ? value : 0;
}

static uint64_t count_of(struct text cell)
{
    double value = number_of(cell);

    return value > 0 && value < 1e15 ? (uint64_t)value : 0;
}

static struct text bare_code(struct text code)
{
    const char *colon = code.len == 0 ? NULL : memchr(code.at, ':', code.len);

    if (text_is(code, "sssom:NoTermFound")) {
        return (struct text){"", 0};
    }
    if (colon == NULL) {
        return code;
    }
    return (struct text){colon + 1, code.len - (size_t)(colon + 1 - code.at)};
}

static struct suggest_decision entry_of(struct suggest_entries *entries,
                                        const struct delimited *table,
                                        const int columns[COLUMNS])
{
    struct text cells[COLUMNS];

    for (int i = 0; i < COLUMNS; i++) {
        cells[i] = arena_copy(&entries->arena, delimited_cell(table, columns[i]));
    }
    return (struct suggest_decision){
        .query = {.local_code = cells[COLUMN_CODE],
                  .name = cells[COLUMN_NAME],
                  .unit = cells[COLUMN_UNIT],
                  .specimen = cells[COLUMN_SPECIMEN],
                  .context = cells[COLUMN_CONTEXT],
                  .frequency = count_of(cells[COLUMN_FREQUENCY]),
                  .count = count_of(cells[COLUMN_VALUES]),
                  .p05 = number_of(cells[COLUMN_P05]),
                  .p50 = number_of(cells[COLUMN_P50]),
                  .p95 = number_of(cells[COLUMN_P95])},
        .code = bare_code(cells[COLUMN_TARGET]),
    };
}

static bool bind(const struct delimited *table, int columns[COLUMNS], struct error *err)
{
    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = -1;
        for (int j = 0; columns[i] < 0 && column_names[i][j] != NULL; j++) {
            columns[i] = delimited_column(table, column_names[i][j]);
        }
    }
    if (columns[COLUMN_NAME] < 0) {
        error_set(err, ERROR_SOURCE, "no column of names in the header");
        error_hint(err, "call it local_name; docs/suggest.md lists the others");
        return false;
    }
    return true;
}

static bool read_rows(struct suggest_entries *entries, struct delimited *table,
                      struct error *err)
{
    int columns[COLUMNS];
    size_t size = 0;

    if (!delimited_next(table)) {
        return error_set(err, ERROR_SOURCE, "no header");
    }
    if (!bind(table, columns, err)) {
        return false;
    }
    entries->has_codes = columns[COLUMN_TARGET] >= 0;
    while (delimited_next(table)) {
        struct suggest_decision entry = entry_of(entries, table, columns);
        if (entry.query.name.len == 0 && entry.query.local_code.len == 0) {
            continue;
        }
        if (entries->count == SUGGEST_DECISIONS_MAX) {
            return error_set(err, ERROR_LIMIT, "more than %d rows", SUGGEST_DECISIONS_MAX);
        }
        if (entries->count == size) {
            size = size * 2 + 256;
            entries->at = xrealloc(entries->at, size * sizeof(*entries->at));
        }
        entries->at[entries->count++] = entry;
    }
    return !table->bad ||
           error_set(err, ERROR_SOURCE, "row %zu: a quote is not closed", table->row);
}

bool suggest_entries_read(struct suggest_entries *entries, struct text content,
                          struct error *err)
{
    struct delimited table;
    bool ok;

    *entries = (struct suggest_entries){0};
    content = without_preface(content);
    delimited_init(&table, content, delimiter_of(content), true);
    ok = read_rows(entries, &table, err);
    delimited_release(&table);
    if (!ok) {
        suggest_entries_release(entries);
    }
    return ok;
}

void suggest_entries_release(struct suggest_entries *entries)
{
    free(entries->at);
    arena_release(&entries->arena);
    *entries = (struct suggest_entries){0};
}
