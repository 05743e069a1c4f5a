#include "transform/code_map.h"

#include "core/decimal.h"
#include "core/file.h"

static const char *const known_columns[] = {
    "subject_id",
    "subject_label",
    "subject_source",
    "subject_source_version",
    "subject_category",
    "predicate_id",
    "predicate_label",
    "predicate_modifier",
    "object_id",
    "object_label",
    "object_source",
    "object_source_version",
    "object_category",
    "mapping_justification",
    "author_id",
    "author_label",
    "reviewer_id",
    "reviewer_label",
    "creator_id",
    "mapping_date",
    "mapping_tool",
    "mapping_source",
    "confidence",
    "license",
    "see_also",
    "comment",
    "other",
};

static const char *const predicates[] = {
    "skos:exactMatch",  "skos:closeMatch",   "skos:broadMatch",
    "skos:narrowMatch", "skos:relatedMatch", "semapv:crossSpeciesExactMatch",
};

/* The file while it is read. */
struct code_map_reader {
    const char *path;
    struct text rest;
    int line;
    int columns;
    int subject, predicate, object, justification, confidence, taken; /* -1: not there */
    struct text last; /* subject_id of the row before */
};

static bool reader_error(const struct code_map_reader *reader, struct error *err,
                         const char *what)
{
    return error_set(err, ERROR_CONFIG, "%s:%d: %s", reader->path, reader->line, what);
}

static bool is_one_of(struct text word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text_is(word, list[i])) {
            return true;
        }
    }
    return false;
}

/* The next line without its end; false: there is none. */
static bool reader_line(struct code_map_reader *reader, struct text *line)
{
    const char *end;

    if (reader->rest.len == 0) {
        return false;
    }
    end = memchr(reader->rest.at, '\n', reader->rest.len);
    line->at = reader->rest.at;
    line->len = end == NULL ? reader->rest.len : (size_t)(end - line->at);
    reader->rest.at += line->len + (end != NULL);
    reader->rest.len -= line->len + (end != NULL);
    if (line->len > 0 && line->at[line->len - 1] == '\r') {
        line->len--;
    }
    reader->line++;
    return true;
}

/* Cells of a line, trimmed; their count, or CODE_MAP_COLUMNS_MAX + 1. */
static int split_cells(struct text line, struct text cells[CODE_MAP_COLUMNS_MAX])
{
    int count = 0;

    for (;;) {
        const char *tab = memchr(line.at, '\t', line.len);
        size_t len = tab == NULL ? line.len : (size_t)(tab - line.at);
        if (count == CODE_MAP_COLUMNS_MAX) {
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

static int find_column(const struct text *names, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (text_is(names[i], name)) {
            return i;
        }
    }
    return -1;
}

static bool read_header(struct code_map_reader *reader, const char *column, struct error *err)
{
    struct text cells[CODE_MAP_COLUMNS_MAX];
    struct text line;

    do {
        if (!reader_line(reader, &line)) {
            return reader_error(reader, err, "no header line");
        }
    } while (line.len > 0 && line.at[0] == '#');
    reader->columns = split_cells(line, cells);
    if (reader->columns > CODE_MAP_COLUMNS_MAX) {
        return reader_error(reader, err, "too many columns");
    }
    for (int i = 0; i < reader->columns; i++) {
        if (!is_one_of(cells[i], known_columns,
                       sizeof(known_columns) / sizeof(known_columns[0]))) {
            return error_set(err, ERROR_CONFIG, "%s:%d: column %d is none of SSSOM's",
                             reader->path, reader->line, i + 1);
        }
    }
    reader->subject = find_column(cells, reader->columns, "subject_id");
    reader->predicate = find_column(cells, reader->columns, "predicate_id");
    reader->object = find_column(cells, reader->columns, "object_id");
    reader->justification = find_column(cells, reader->columns, "mapping_justification");
    reader->confidence = find_column(cells, reader->columns, "confidence");
    reader->taken = find_column(cells, reader->columns, column);
    if (reader->subject < 0 || reader->predicate < 0 || reader->object < 0 ||
        reader->justification < 0) {
        return reader_error(reader, err,
                            "the columns subject_id, predicate_id, object_id and "
                            "mapping_justification are wanted");
    }
    return reader->taken >= 0 || error_set(err, ERROR_CONFIG, "%s:%d: no column '%s'",
                                           reader->path, reader->line, column);
}

static bool check_row(struct code_map_reader *reader, const struct text *cells,
                      struct error *err)
{
    struct text subject = cells[reader->subject];
    struct decimal confidence = {0, 0};

    if (subject.len == 0) {
        return reader_error(reader, err, "subject_id is blank");
    }
    if (reader->last.at != NULL && text_compare(reader->last, subject) >= 0) {
        return reader_error(reader, err,
                            text_equal(reader->last, subject)
                                ? "this subject_id stands in the line before, too"
                                : "lines are not sorted by subject_id");
    }
    reader->last = subject;
    if (!is_one_of(cells[reader->predicate], predicates,
                   sizeof(predicates) / sizeof(predicates[0]))) {
        return reader_error(reader, err, "predicate_id is no skos: match");
    }
    if (cells[reader->justification].len == 0) {
        return reader_error(reader, err, "mapping_justification is blank");
    }
    if (reader->confidence >= 0 && cells[reader->confidence].len > 0 &&
        (!decimal_parse(cells[reader->confidence], &confidence) || confidence.units < 0 ||
         !decimal_round(&confidence, 6) || confidence.units > 1000000)) {
        return reader_error(reader, err, "confidence is no number from 0 to 1");
    }
    return true;
}

static bool has_target(struct text object)
{
    return object.len > 0 && !text_is(object, "sssom:NoTermFound");
}

static bool read_rows(struct code_map_reader *reader, struct strmap *rows, struct error *err)
{
    struct text cells[CODE_MAP_COLUMNS_MAX];
    struct strmap_entry *entry;
    struct text line;

    while (reader_line(reader, &line)) {
        if (split_cells(line, cells) != reader->columns) {
            return reader_error(reader, err, "not as many columns as the header");
        }
        if (!check_row(reader, cells, err)) {
            return false;
        }
        entry = strmap_put(rows, cells[reader->subject]);
        if (entry == NULL) {
            return error_set(err, ERROR_LIMIT, "%s: more than %d rows", reader->path,
                             CODE_MAP_ROWS_MAX);
        }
        entry->text =
            has_target(cells[reader->object]) ? cells[reader->taken] : (struct text){"", 0};
    }
    return true;
}

bool code_map_load(struct code_map *map, const char *path, const char *column,
                   struct error *err)
{
    struct code_map_reader reader = {.path = path};

    *map = (struct code_map){0};
    strbuf_init(&map->file, CODE_MAP_BYTES_MAX);
    strmap_init(&map->rows, CODE_MAP_ROWS_MAX);
    if (!file_read(path, CODE_MAP_BYTES_MAX, &map->file, err)) {
        code_map_release(map);
        return false;
    }
    reader.rest = strbuf_text(&map->file);
    if (!text_is_utf8(reader.rest)) {
        error_set(err, ERROR_CONFIG, "%s: not UTF-8", path);
    } else if (read_header(&reader, column, err) && read_rows(&reader, &map->rows, err)) {
        return true;
    }
    code_map_release(map);
    return false;
}

void code_map_release(struct code_map *map)
{
    strbuf_release(&map->file);
    strmap_release(&map->rows);
}

struct text code_map_find(const struct code_map *map, struct text subject)
{
    const struct strmap_entry *entry = strmap_find(&map->rows, subject);

    return entry == NULL ? (struct text){"", 0} : entry->text;
}
