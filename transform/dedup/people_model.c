#include "transform/dedup/people_model.h"

#include "core/yaml.h"
#include "transform/dedup/model_blocks.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    bool shared;
} kinds[] = {
#define X(kind, word, shared) [kind] = {word, shared},
    PEOPLE_KIND_LIST(X)
#undef X
};

const char *people_kind_word(enum people_kind kind)
{
    return kinds[kind].word;
}

bool people_kind_is_shared(enum people_kind kind)
{
    return kinds[kind].shared;
}

bool people_kind_has_sound(enum people_kind kind)
{
    return kind == PEOPLE_GIVEN || kind == PEOPLE_FAMILY || kind == PEOPLE_FULL_NAME;
}

int people_model_columns(const struct people_model *model)
{
    int columns = 0;

    for (int i = 0; i < model->nfields; i++) {
        columns += model->fields[i].ncolumns;
    }
    return columns;
}

int people_model_find(const struct people_model *model, enum people_kind kind)
{
    for (int i = 0; i < model->nfields; i++) {
        if (model->fields[i].kind == kind) {
            return i;
        }
    }
    return -1;
}

static bool read_kind(const struct yaml *yaml, const struct yaml_node *node,
                      enum people_kind *kind, struct error *err)
{
    const struct yaml_node *word = yaml_get(node, "kind");

    if (word == NULL) {
        return yaml_error(yaml, node, err, "a field needs a kind");
    }
    for (int i = 0; i < PEOPLE_KIND_COUNT; i++) {
        if (strcmp(kinds[i].word, word->text) == 0) {
            *kind = (enum people_kind)i;
            return true;
        }
    }
    yaml_error(yaml, word, err, "unknown kind of field '%s'", word->text);
    error_hint(err, "docs/dedup.md lists the kinds");
    return false;
}

static bool read_order(const struct yaml *yaml, const struct yaml_node *node,
                       enum date_order *order, struct error *err)
{
    static const char *const words[] = {"ymd", "dmy", "mdy"};
    const struct yaml_node *word = yaml_get(node, "order");

    *order = DATE_ORDER_DMY;
    for (int i = 0; word != NULL && i < 3; i++) {
        if (strcmp(words[i], word->text) == 0) {
            *order = (enum date_order)i;
            return true;
        }
    }
    return word == NULL || yaml_error(yaml, word, err, "the order is ymd, dmy or mdy");
}

static bool read_columns(const struct yaml *yaml, const struct yaml_node *node,
                         struct people_field *field, struct error *err)
{
    const struct yaml_node *one = yaml_get(node, "column");
    const struct yaml_node *many = yaml_get(node, "columns");

    if ((one == NULL) == (many == NULL)) {
        return yaml_error(yaml, node, err, "a field needs either 'column' or 'columns'");
    }
    if (one != NULL) {
        field->columns[field->ncolumns++] = xstrdup(one->text);
        return true;
    }
    if (many->kind != YAML_LIST || many->nchildren == 0) {
        return yaml_error(yaml, many, err, "'columns' is a list of names");
    }
    for (one = many->child; one != NULL; one = one->next) {
        if (field->ncolumns == PEOPLE_COLUMNS_MAX) {
            return yaml_error(yaml, one, err, "more than %d columns in one field",
                              PEOPLE_COLUMNS_MAX);
        }
        field->columns[field->ncolumns++] = xstrdup(one->text);
    }
    return true;
}

static bool read_field(const struct yaml *yaml, const struct yaml_node *node,
                       struct people_model *model, struct error *err)
{
    static const char *const known[] = {"kind", "column", "columns", "order", NULL};
    struct people_field *field;

    if (model->nfields == PEOPLE_FIELDS_MAX) {
        return yaml_error(yaml, node, err, "more than %d fields", PEOPLE_FIELDS_MAX);
    }
    if (node->kind != YAML_MAP) {
        return yaml_error(yaml, node, err, "a field is {kind: ..., column: ...}");
    }
    field = &model->fields[model->nfields++];
    field->name = xstrdup(node->key);
    return yaml_only(yaml, node, known, err) && read_kind(yaml, node, &field->kind, err) &&
           read_order(yaml, node, &field->order, err) && read_columns(yaml, node, field, err);
}

static bool read_share(const struct yaml *yaml, const char *key, double *share,
                       struct error *err)
{
    const struct yaml_node *node = yaml_get(yaml_root(yaml), key);
    char *end;

    if (node == NULL) {
        return true;
    }
    *share = strtod(node->text, &end);
    if (end == node->text || *end != '\0' || !(*share > 0.0 && *share < 1.0)) {
        return yaml_error(yaml, node, err, "'%s' is a probability between 0 and 1", key);
    }
    return true;
}

static bool read_model(const struct yaml *yaml, struct people_model *model, struct error *err)
{
    static const char *const known[] = {"people", "record", "fields", "blocking",
                                        "link",   "review", NULL};
    const struct yaml_node *root = yaml_root(yaml);
    const struct yaml_node *fields;

    if (root->kind != YAML_MAP || yaml_get(root, "people") == NULL ||
        yaml_get(root, "record") == NULL || yaml_get(root, "fields") == NULL) {
        return yaml_error(yaml, root, err, "a model needs 'people', 'record' and 'fields'");
    }
    if (!yaml_only(yaml, root, known, err)) {
        return false;
    }
    model->name = xstrdup(yaml_get_text(root, "people", ""));
    model->record = xstrdup(yaml_get_text(root, "record", ""));
    fields = yaml_get(root, "fields");
    if (fields->kind != YAML_MAP || fields->nchildren == 0) {
        return yaml_error(yaml, fields, err, "'fields' names at least one field");
    }
    for (const struct yaml_node *node = fields->child; node != NULL; node = node->next) {
        if (!read_field(yaml, node, model, err)) {
            return false;
        }
    }
    if (!model_blocks_read(yaml, model, err)) {
        return false;
    }
    if (!read_share(yaml, "link", &model->link, err) ||
        !read_share(yaml, "review", &model->review, err)) {
        return false;
    }
    return model->review <= model->link ||
           yaml_error(yaml, root, err, "'review' is above 'link'");
}

static bool take_model(struct people_model *model, struct yaml *yaml, struct error *err)
{
    bool ok;

    *model = (struct people_model){.link = 0.95, .review = 0.01};
    if (yaml == NULL) {
        return false;
    }
    ok = read_model(yaml, model, err);
    yaml_free(yaml);
    if (!ok) {
        people_model_release(model);
    }
    return ok;
}

bool people_model_load(struct people_model *model, const char *path, struct error *err)
{
    return take_model(model, yaml_load(path, err), err);
}

bool people_model_parse(struct people_model *model, const char *name, struct text content,
                        struct error *err)
{
    return take_model(model, yaml_parse(name, content, err), err);
}

void people_model_release(struct people_model *model)
{
    for (int i = 0; i < model->nfields; i++) {
        free(model->fields[i].name);
        for (int c = 0; c < model->fields[i].ncolumns; c++) {
            free(model->fields[i].columns[c]);
        }
    }
    free(model->name);
    free(model->record);
    *model = (struct people_model){0};
}
