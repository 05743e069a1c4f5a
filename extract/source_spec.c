#include "extract/source_spec.h"

#include "core/batch.h"
#include "core/ident.h"
#include "core/yaml.h"
#include "extract/charset.h"

struct source_format source_format_default(void)
{
    return (struct source_format){
        .charset = "utf-8", .delimiter = ',', .quote = '"', .header = true};
}

/* One printable ASCII character or a tab. */
static bool byte_parse(const char *word, char *byte)
{
    if (strcmp(word, "\\t") == 0 || strcmp(word, "\t") == 0 || strcmp(word, "tab") == 0) {
        *byte = '\t';
        return true;
    }
    if (word[0] < 0x20 || word[0] > 0x7e || word[1] != '\0') {
        return false;
    }
    *byte = word[0];
    return true;
}

bool source_delimiter_parse(const char *word, char *delimiter)
{
    return byte_parse(word, delimiter);
}

bool source_quote_parse(const char *word, char *quote)
{
    if (strcmp(word, "none") == 0) {
        *quote = '\0';
        return true;
    }
    return byte_parse(word, quote);
}

static bool table_name_is_valid(struct text name)
{
    static const char first[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

    if (name.len == 0 || name.len > SOURCE_NAME_MAX || strchr(first, name.at[0]) == NULL) {
        return false;
    }
    for (size_t i = 1; i < name.len; i++) {
        if (name.at[i] == '\0' || strchr(first, name.at[i]) == NULL) {
            if (name.at[i] != '.' && name.at[i] != '-') {
                return false;
            }
        }
    }
    return true;
}

/* --- source.yml --- */

struct reader {
    struct source_spec *spec;
    const struct yaml *yaml;
    struct error *err;
};

static const char *keep(struct reader *reader, const char *string)
{
    return arena_strdup(&reader->spec->arena, text_of(string));
}

/* A scalar, or a list of scalars; none of them blank. */
static bool read_list(struct reader *reader, const struct yaml_node *node, size_t max,
                      struct source_list *list)
{
    const struct yaml_node *item = node->kind == YAML_LIST ? node->child : node;
    size_t count = node->kind == YAML_LIST ? node->nchildren : 1;

    if (node->kind == YAML_MAP) {
        return yaml_error(reader->yaml, node, reader->err, "one name or a list is expected");
    }
    if (count > max) {
        return yaml_error(reader->yaml, node, reader->err, "%zu entries, the limit is %zu",
                          count, max);
    }
    list->at = arena_alloc(&reader->spec->arena, (count + 1) * sizeof(*list->at));
    list->count = 0;
    for (; list->count < count; item = item->next) {
        if (item->kind != YAML_SCALAR || item->text[0] == '\0') {
            return yaml_error(reader->yaml, item, reader->err, "a name is expected");
        }
        list->at[list->count++] = keep(reader, item->text);
    }
    return true;
}

static bool read_columns(struct reader *reader, const struct yaml_node *node,
                         struct source_list *columns)
{
    const struct yaml_node *item = node->child;

    if (node->kind != YAML_LIST || node->nchildren == 0) {
        return yaml_error(reader->yaml, node, reader->err, "a list of names is expected");
    }
    if (!read_list(reader, node, BATCH_COLS_MAX, columns)) {
        return false;
    }
    for (size_t i = 0; i < columns->count; i++, item = item->next) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(columns->at[i], columns->at[j]) == 0) {
                return yaml_error(reader->yaml, item, reader->err, "column '%s' comes twice",
                                  columns->at[i]);
            }
        }
    }
    return true;
}

/* The keys that a source and a table share; what is not there stays as it is. */
static bool read_format(struct reader *reader, const struct yaml_node *map,
                        struct source_format *format)
{
    const struct yaml_node *charset = yaml_get(map, "charset");
    const struct yaml_node *delimiter = yaml_get(map, "delimiter");
    const struct yaml_node *quote = yaml_get(map, "quote");
    const struct yaml_node *header = yaml_get(map, "header");

    if (charset != NULL) {
        if (!charset_is_known(charset->text)) {
            return yaml_error(reader->yaml, charset, reader->err, "unknown charset '%s'",
                              charset->text);
        }
        format->charset = keep(reader, charset->text);
    }
    if (delimiter != NULL && !source_delimiter_parse(delimiter->text, &format->delimiter)) {
        return yaml_error(reader->yaml, delimiter, reader->err,
                          "a delimiter is one ASCII character, or tab");
    }
    if (quote != NULL && !source_quote_parse(quote->text, &format->quote)) {
        return yaml_error(reader->yaml, quote, reader->err,
                          "a quote is one ASCII character, or none");
    }
    if (header != NULL) {
        format->header = strcmp(header->text, "first") == 0;
        if (!format->header && strcmp(header->text, "none") != 0) {
            return yaml_error(reader->yaml, header, reader->err,
                              "'first' or 'none' is expected");
        }
    }
    if (format->delimiter == format->quote) {
        return yaml_error(reader->yaml, quote != NULL ? quote : delimiter, reader->err,
                          "delimiter and quote are the same character");
    }
    return true;
}

static bool read_table(struct reader *reader, const struct yaml_node *node,
                       struct source_format format, struct source_table *table)
{
    static const char *const known[] = {"files",     "columns", "optional", "charset",
                                        "delimiter", "quote",   "header",   NULL};
    const struct yaml_node *files;
    const struct yaml_node *columns;
    const char *optional;

    *table = (struct source_table){.name = keep(reader, node->key), .format = format};
    if (!table_name_is_valid(text_of(node->key))) {
        return yaml_error(reader->yaml, node, reader->err,
                          "a table name has letters, digits, '_', '-' and '.', at most %d",
                          SOURCE_NAME_MAX);
    }
    if (node->kind != YAML_MAP) {
        return yaml_error(reader->yaml, node, reader->err, "table '%s' needs {files: ...}",
                          node->key);
    }
    files = yaml_get(node, "files");
    columns = yaml_get(node, "columns");
    optional = yaml_get_text(node, "optional", "false");
    if (!yaml_only(reader->yaml, node, known, reader->err) ||
        !read_format(reader, node, &table->format)) {
        return false;
    }
    if (files == NULL) {
        return yaml_error(reader->yaml, node, reader->err, "table '%s' needs 'files'",
                          node->key);
    }
    if (columns == NULL && !table->format.header) {
        return yaml_error(reader->yaml, node, reader->err,
                          "table '%s' has no header, so it needs 'columns'", node->key);
    }
    table->optional = strcmp(optional, "true") == 0;
    if (!table->optional && strcmp(optional, "false") != 0) {
        return yaml_error(reader->yaml, yaml_get(node, "optional"), reader->err,
                          "'true' or 'false' is expected");
    }
    return read_list(reader, files, SOURCE_PATTERNS_MAX, &table->files) &&
           (columns == NULL || read_columns(reader, columns, &table->columns));
}

static bool read_spec(struct reader *reader, const struct yaml_node *root)
{
    static const char *const known[] = {"source", "charset", "delimiter", "quote",
                                        "header", "tables",  "ignore",    NULL};
    struct source_spec *spec = reader->spec;
    struct source_format format = source_format_default();
    const struct yaml_node *name;
    const struct yaml_node *tables;
    const struct yaml_node *ignore;

    if (root->kind != YAML_MAP) {
        return yaml_error(reader->yaml, root, reader->err, "a map with 'source' is expected");
    }
    name = yaml_get(root, "source");
    tables = yaml_get(root, "tables");
    ignore = yaml_get(root, "ignore");
    if (!yaml_only(reader->yaml, root, known, reader->err) ||
        !read_format(reader, root, &format)) {
        return false;
    }
    if (name == NULL || !org_code_is_valid(text_of(name->text))) {
        return yaml_error(reader->yaml, name == NULL ? root : name, reader->err,
                          "'source' is the system's name: lower-case letters, digits, '_', at "
                          "most %d",
                          ORG_CODE_MAX);
    }
    spec->name = keep(reader, name->text);
    if (tables == NULL || tables->kind != YAML_MAP || tables->nchildren == 0) {
        return yaml_error(reader->yaml, tables == NULL ? root : tables, reader->err,
                          "'tables' is a map of at least one table");
    }
    if (tables->nchildren > SOURCE_TABLES_MAX) {
        return yaml_error(reader->yaml, tables, reader->err, "more than %d tables",
                          SOURCE_TABLES_MAX);
    }
    spec->tables = arena_alloc(&spec->arena, tables->nchildren * sizeof(*spec->tables));
    for (const struct yaml_node *node = tables->child; node != NULL; node = node->next) {
        if (!read_table(reader, node, format, &spec->tables[spec->ntables++])) {
            return false;
        }
    }
    return ignore == NULL || read_list(reader, ignore, SOURCE_PATTERNS_MAX, &spec->ignore);
}

bool source_spec_load(struct source_spec *spec, const char *path, struct error *err)
{
    struct reader reader = {spec, NULL, err};
    struct yaml *yaml = yaml_load(path, err);
    bool ok;

    *spec = (struct source_spec){0};
    if (yaml == NULL) {
        return false;
    }
    reader.yaml = yaml;
    ok = read_spec(&reader, yaml_root(yaml));
    yaml_free(yaml);
    return ok;
}

void source_spec_release(struct source_spec *spec)
{
    arena_release(&spec->arena);
    *spec = (struct source_spec){0};
}

/* --- files named on the command line --- */

static struct text stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;

    return (struct text){name, strcspn(name, ".")};
}

static bool add_table(struct source_spec *spec, struct text name, struct source_table table,
                      struct error *err)
{
    if (!table_name_is_valid(name)) {
        error_set(err, ERROR_USAGE, "'%.*s' cannot be the name of a table", (int)name.len,
                  name.at);
        error_hint(err, "give one with --table");
        return false;
    }
    for (size_t i = 0; i < spec->ntables; i++) {
        if (text_is(name, spec->tables[i].name)) {
            error_set(err, ERROR_USAGE, "two files would be table '%s'", spec->tables[i].name);
            error_hint(err, "if they are one table, name it with --table");
            return false;
        }
    }
    table.name = arena_strdup(&spec->arena, name);
    spec->tables[spec->ntables++] = table;
    return true;
}

bool source_spec_of_files(struct source_spec *spec, const char *name, const char *table,
                          struct source_format format, struct source_list columns,
                          struct source_list files, struct error *err)
{
    *spec = (struct source_spec){.name = name};
    spec->tables = arena_alloc(&spec->arena, files.count * sizeof(*spec->tables));
    if (!org_code_is_valid(text_of(name))) {
        return error_set(err, ERROR_USAGE, "'%s' cannot be the name of a source system", name);
    }
    if (!charset_is_known(format.charset)) {
        return error_set(err, ERROR_CONFIG, "unknown charset '%s'", format.charset);
    }
    if (format.delimiter == format.quote) {
        return error_set(err, ERROR_USAGE, "delimiter and quote are the same character");
    }
    if (table != NULL) {
        struct source_table all = {.files = files, .columns = columns, .format = format};

        return add_table(spec, text_of(table), all, err);
    }
    for (size_t i = 0; i < files.count; i++) {
        struct source_table one = {
            .files = {&files.at[i], 1}, .columns = columns, .format = format};

        if (!add_table(spec, stem_of(files.at[i]), one, err)) {
            return false;
        }
    }
    return true;
}
