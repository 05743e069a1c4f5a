#include "mappings/raw_tables.h"

#include "core/file.h"
#include "core/raw_file.h"

#include <string.h>

enum { HEADERS_BYTES_MAX = 16 << 20 };

static int by_name(const void *left, const void *right)
{
    const struct raw_table *a = left, *b = right;

    return strcmp(a->name, b->name);
}

const struct raw_table *raw_table_find(const struct raw_tables *raw, const char *name)
{
    for (size_t i = 0; i < raw->count; i++) {
        if (strcmp(raw->tables[i].name, name) == 0) {
            return &raw->tables[i];
        }
    }
    return NULL;
}

const struct raw_column *raw_column_find(const struct raw_table *table, const char *name)
{
    for (uint32_t i = 0; i < table->ncols; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return &table->columns[i];
        }
    }
    return NULL;
}

static struct raw_table *add_table(struct raw_tables *raw, const char *name)
{
    raw->tables = xrealloc(raw->tables, (raw->count + 1) * sizeof(*raw->tables));
    raw->tables[raw->count] =
        (struct raw_table){.name = arena_strdup(&raw->arena, text_of(name))};
    return &raw->tables[raw->count++];
}

static void add_column(struct raw_tables *raw, struct raw_table *table, const char *name)
{
    table->columns = xrealloc(table->columns, (table->ncols + 1) * sizeof(*table->columns));
    table->columns[table->ncols++] =
        (struct raw_column){.name = arena_strdup(&raw->arena, text_of(name))};
}

static void take_nulls(struct raw_table *table, const struct map *map)
{
    for (size_t i = 0; map->nulls[i]; i++) {
        table->nulls = xrealloc(table->nulls, (table->nnulls + 1) * sizeof(*table->nulls));
        table->nulls[table->nnulls++] = text_of(map->nulls[i]);
    }
}

static bool is_filled(const struct raw_table *table, struct cell cell)
{
    if (cell.state != CELL_TEXT || text_is_blank(cell_text(cell))) {
        return false;
    }
    for (size_t i = 0; i < table->nnulls; i++) {
        if (text_equal(cell_text(cell), table->nulls[i])) {
            return false;
        }
    }
    return true;
}

static void count_filled(struct raw_table *table, const struct batch *batch)
{
    table->rows += batch->nrows;
    for (uint32_t col = 0; col < table->ncols && col < batch->shape->ncols; col++) {
        for (uint32_t row = 0; row < batch->nrows; row++) {
            table->columns[col].filled += is_filled(table, *batch_cell(batch, row, col));
        }
    }
}

static struct raw_table *take_table(struct raw_tables *raw, const struct table_shape *seen,
                                    const struct map_set *set)
{
    struct raw_table *table = add_table(raw, seen->table);

    for (uint32_t i = 0; i < seen->ncols; i++) {
        add_column(raw, table, seen->columns[i]);
    }
    for (size_t m = 0; m < set->count; m++) {
        if (strcmp(set->maps[m]->table, table->name) == 0) {
            take_nulls(table, set->maps[m]);
        }
    }
    return table;
}

static bool read_table_file(struct raw_tables *raw, const char *path, const struct map_set *set,
                            struct error *err)
{
    struct raw_file file;
    struct raw_table *table;
    enum next next;

    if (!raw_file_open(&file, path, err)) {
        return false;
    }
    table = take_table(raw, &file.shape, set);
    while ((next = raw_file_next(&file, err)) == NEXT_BLOCK) {
        count_filled(table, &file.batch);
    }
    raw_file_release(&file);
    return next == NEXT_END;
}

static bool is_batch_name(const char *name)
{
    size_t len = strlen(name);

    return name[0] != '.' && len > 4 && strcmp(name + len - 4, ".hmb") == 0;
}

bool raw_tables_read(struct raw_tables *raw, const char *folder, const struct map_set *set,
                     struct error *err)
{
    char **names = NULL;
    size_t count = 0;
    bool ok;

    *raw = (struct raw_tables){0};
    ok = folder_list(folder, &names, &count, err);
    for (size_t i = 0; i < count && ok; i++) {
        char *path;

        if (is_batch_name(names[i])) {
            path = path_join(folder, names[i]);
            ok = read_table_file(raw, path, set, err);
            free(path);
        }
    }
    folder_list_free(names, count);
    if (ok && raw->count == 0) {
        ok = error_set(err, ERROR_CONFIG, "%s: no raw table in this folder", folder);
        error_hint(err, "'hms extract SOURCE.yml --dir DUMPDIR -o RAWDIR' makes one");
    }
    if (!ok) {
        raw_tables_release(raw);
        return false;
    }
    qsort(raw->tables, raw->count, sizeof(*raw->tables), by_name);
    return true;
}

/* One line, its end replaced by NUL: TABLE, tab, COLUMN. */
static bool take_header_line(struct raw_tables *raw, char *line, const char *path, int number,
                             struct error *err)
{
    char *tab = strchr(line, '\t');
    struct raw_table *table = NULL;

    if (line[0] == '\0' || line[0] == '#') {
        return true;
    }
    if (!tab || tab == line || tab[1] == '\0') {
        return error_set(err, ERROR_CONFIG, "%s:%d: a line is TABLE, tab, COLUMN", path,
                         number);
    }
    *tab = '\0';
    for (size_t i = 0; i < raw->count; i++) {
        if (strcmp(raw->tables[i].name, line) == 0) {
            table = &raw->tables[i];
        }
    }
    if (!table) {
        table = add_table(raw, line);
    }
    add_column(raw, table, tab + 1);
    table->columns[table->ncols - 1].filled = 1;
    return true;
}

bool raw_tables_read_headers(struct raw_tables *raw, const char *path, struct error *err)
{
    struct strbuf content;
    bool ok;

    *raw = (struct raw_tables){.headers_only = true};
    strbuf_init(&content, HEADERS_BYTES_MAX);
    ok = file_read(path, HEADERS_BYTES_MAX, &content, err);
    if (ok && content.len > 0) {
        char *line = content.at;

        for (int number = 1; ok && line; number++) {
            char *end = strchr(line, '\n');

            if (end) {
                *end = '\0';
            }
            ok = take_header_line(raw, line, path, number, err);
            line = end ? end + 1 : NULL;
        }
    }
    strbuf_release(&content);
    if (ok && raw->count > 0) {
        qsort(raw->tables, raw->count, sizeof(*raw->tables), by_name);
    }
    if (!ok) {
        raw_tables_release(raw);
    }
    return ok;
}

void raw_tables_release(struct raw_tables *raw)
{
    for (size_t i = 0; i < raw->count; i++) {
        free(raw->tables[i].columns);
        free(raw->tables[i].nulls);
    }
    free(raw->tables);
    arena_release(&raw->arena);
    *raw = (struct raw_tables){0};
}
