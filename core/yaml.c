#include "core/yaml.h"

#include "core/arena.h"
#include "core/file.h"

#include <stdarg.h>

#include <libfyaml.h>

struct yaml {
    char *path;
    struct strbuf content; /* for the line under an error */
    struct yaml_node *root;
    struct arena arena;
    bool shows_lines; /* in messages: it is a file of ours */
};

/* While parsing: one level for each open list or map. */
struct yaml_builder {
    struct yaml *yaml;
    struct error *err;
    int depth;
    int nodes;
    struct yaml_level {
        struct yaml_node *node;
        struct yaml_node *last;
        const struct yaml_node *key; /* read, its value not yet */
    } levels[YAML_DEPTH_MAX + 1];
};

const struct yaml_node *yaml_root(const struct yaml *yaml)
{
    return yaml->root;
}

const char *yaml_path(const struct yaml *yaml)
{
    return yaml->path;
}

void yaml_free(struct yaml *yaml)
{
    if (yaml != NULL) {
        strbuf_release(&yaml->content);
        arena_release(&yaml->arena);
        free(yaml->path);
        free(yaml);
    }
}

/* The text of line `number` without its end. */
static struct text line_of(const struct yaml *yaml, int number)
{
    const char *at = strbuf_text(&yaml->content).at;
    const char *end = at + yaml->content.len;
    const char *stop;

    for (int line = 1; line < number && at < end; line++) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        at = next == NULL ? end : next + 1;
    }
    stop = memchr(at, '\n', (size_t)(end - at));
    return (struct text){at, (size_t)((stop == NULL ? end : stop) - at)};
}

/* "path:line:col: message", the line, and carets under `width` of its characters. */
static bool located(const struct yaml *yaml, int line, int col, int width, struct error *err,
                    const char *message)
{
    struct text source = line_of(yaml, line);
    struct strbuf sb;
    int margin;

    strbuf_init(&sb, sizeof(err->message) - 1);
    strbuf_addf(&sb, "%s:%d:%d: %.400s", yaml->path, line, col, message);
    margin = snprintf(NULL, 0, "  %d | ", line);
    if (yaml->shows_lines && source.len > 0 && source.len < 200) {
        strbuf_addf(&sb, "\n  %d | %.*s\n%*s| ", line, (int)source.len, source.at, margin - 2,
                    "");
        strbuf_addf(&sb, "%*s", col - 1, "");
        for (int i = 0; i < (width < 1 ? 1 : width) && i < 80; i++) {
            strbuf_putc(&sb, '^');
        }
    }
    error_set(err, ERROR_CONFIG, "%s", strbuf_text(&sb).at);
    strbuf_release(&sb);
    return false;
}

bool yaml_error_at(const struct yaml *yaml, const struct yaml_node *node, int offset, int width,
                   struct error *err, const char *format, ...)
{
    char message[512];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    return located(yaml, node->line, node->col + offset, width > 0 ? width : node->width, err,
                   message);
}

bool yaml_error(const struct yaml *yaml, const struct yaml_node *node, struct error *err,
                const char *format, ...)
{
    char message[512];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    return located(yaml, node->line, node->col, node->width, err, message);
}

static bool refuse(struct yaml_builder *builder, const struct fy_mark *mark, const char *what)
{
    return located(builder->yaml, mark == NULL ? 1 : mark->line + 1,
                   mark == NULL ? 1 : mark->column + 1, 1, builder->err, what);
}

/* A scalar in the place of a key: it is kept until its value comes. */
static bool take_key(struct yaml_builder *builder, struct yaml_level *level,
                     const struct yaml_node *node)
{
    if (node->kind != YAML_SCALAR) {
        return yaml_error(builder->yaml, node, builder->err, "a key must be a word");
    }
    if (yaml_get(level->node, node->text) != NULL) {
        return yaml_error(builder->yaml, node, builder->err, "the key '%s' is given twice",
                          node->text);
    }
    level->key = node;
    return true;
}

static bool attach(struct yaml_builder *builder, struct yaml_node *node)
{
    struct yaml_level *level = &builder->levels[builder->depth];

    if (level->node == NULL) {
        builder->yaml->root = node;
        return true;
    }
    if (level->node->kind == YAML_MAP) {
        if (level->key == NULL) {
            return take_key(builder, level, node);
        }
        node->key = level->key->text;
        node->key_line = level->key->line;
        node->key_col = level->key->col;
        if (node->line == 0) {
            node->line = level->key->line;
            node->col = level->key->col;
        }
        level->key = NULL;
    }
    if (level->last == NULL) {
        level->node->child = node;
    } else {
        level->last->next = node;
    }
    level->last = node;
    level->node->nchildren++;
    return true;
}

static struct yaml_node *new_node(struct yaml_builder *builder, enum yaml_kind kind,
                                  const struct fy_mark *start, const struct fy_mark *end)
{
    struct yaml_node *node = arena_alloc(&builder->yaml->arena, sizeof(*node));

    *node = (struct yaml_node){.kind = kind, .text = ""};
    node->line = start == NULL ? 0 : start->line + 1; /* 0: an empty value, see attach() */
    node->col = start == NULL ? 0 : start->column + 1;
    node->width = 1;
    if (kind == YAML_SCALAR && start != NULL && end != NULL && end->line == start->line &&
        end->column > start->column) {
        node->width = end->column - start->column;
    }
    return node;
}

static bool take_scalar(struct yaml_builder *builder, struct fy_event *event,
                        struct yaml_node *node)
{
    struct fy_token *token = event->scalar.value;
    size_t len = 0;
    const char *text = token == NULL ? "" : fy_token_get_text(token, &len);
    enum fy_scalar_style style = token == NULL ? FYSS_PLAIN : fy_scalar_token_get_style(token);

    node->text = arena_strdup(&builder->yaml->arena, (struct text){text, len});
    node->quoted = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
    return attach(builder, node);
}

static bool open_level(struct yaml_builder *builder, struct yaml_node *node)
{
    if (!attach(builder, node)) {
        return false;
    }
    if (builder->depth == YAML_DEPTH_MAX) {
        return yaml_error(builder->yaml, node, builder->err, "more than %d levels",
                          YAML_DEPTH_MAX);
    }
    builder->levels[++builder->depth] = (struct yaml_level){.node = node};
    return true;
}

static bool take_event(struct yaml_builder *builder, struct fy_event *event)
{
    const struct fy_mark *start = fy_event_start_mark(event);

    if (fy_event_get_anchor_token(event) != NULL || fy_event_get_tag_token(event) != NULL ||
        event->type == FYET_ALIAS) {
        return refuse(builder, start,
                      "anchors, aliases and tags are not part of this language");
    }
    if (++builder->nodes > YAML_NODES_MAX) {
        return refuse(builder, start, "the file has too many values");
    }
    switch (event->type) {
    case FYET_SCALAR:
        return take_scalar(builder, event,
                           new_node(builder, YAML_SCALAR, start, fy_event_end_mark(event)));
    case FYET_SEQUENCE_START:
        return open_level(builder, new_node(builder, YAML_LIST, start, NULL));
    case FYET_MAPPING_START:
        return open_level(builder, new_node(builder, YAML_MAP, start, NULL));
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        builder->depth--;
        return true;
    case FYET_DOCUMENT_START:
        return builder->yaml->root == NULL || refuse(builder, start, "a second document");
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_END:
    case FYET_ALIAS:
        break;
    }
    return true;
}

static void report_syntax(struct yaml_builder *builder, struct fy_diag *diag)
{
    void *iterator = NULL;
    const struct fy_diag_error *first = fy_diag_errors_iterate(diag, &iterator);

    if (first != NULL && first->line > 0) {
        located(builder->yaml, first->line, first->column, 1, builder->err, first->msg);
    } else {
        error_set(builder->err, ERROR_CONFIG, "%s: not YAML", builder->yaml->path);
    }
}

static bool build(struct yaml_builder *builder)
{
    struct fy_diag_cfg diag_config;
    struct fy_diag *diag;
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG};
    struct fy_parser *parser;
    struct fy_event *event;
    struct text content = strbuf_text(&builder->yaml->content);
    bool ended = false;
    bool ok;

    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL;
    diag = fy_diag_create(&diag_config);
    fy_diag_set_collect_errors(diag, true);
    config.diag = diag;
    parser = fy_parser_create(&config);
    ok = parser != NULL && fy_parser_set_string(parser, content.at, content.len) == 0;
    while (ok && (event = fy_parser_parse(parser)) != NULL) {
        ended = ended || event->type == FYET_STREAM_END;
        ok = take_event(builder, event);
        fy_parser_event_free(parser, event);
    }
    if (builder->err->code == ERROR_NONE && (!ok || !ended)) {
        report_syntax(builder, diag);
        ok = false;
    }
    if (parser != NULL) {
        fy_parser_destroy(parser);
    }
    fy_diag_destroy(diag);
    return ok;
}

static struct yaml *parse(const char *name, struct text content, bool shows_lines,
                          struct error *err)
{
    struct yaml *yaml = xcalloc(1, sizeof(*yaml));
    struct yaml_builder builder = {.yaml = yaml, .err = err};

    yaml->path = xstrdup(name);
    yaml->shows_lines = shows_lines;
    strbuf_init(&yaml->content, YAML_BYTES_MAX);
    strbuf_add_text(&yaml->content, content);
    if (strbuf_is_full(&yaml->content)) {
        error_set(err, ERROR_LIMIT, "%s: larger than %d bytes", name, YAML_BYTES_MAX);
    } else if (!text_is_utf8(content)) {
        error_set(err, ERROR_CONFIG, "%s: not UTF-8, or holds a NUL byte", name);
    } else if (build(&builder)) {
        if (yaml->root != NULL) {
            return yaml;
        }
        error_set(err, ERROR_CONFIG, "%s: the file is empty", name);
    }
    yaml_free(yaml);
    return NULL;
}

struct yaml *yaml_parse(const char *name, struct text content, struct error *err)
{
    return parse(name, content, true, err);
}

struct yaml *yaml_parse_data(const char *name, struct text content, struct error *err)
{
    return parse(name, content, false, err);
}

struct yaml *yaml_load(const char *path, struct error *err)
{
    struct strbuf content;
    struct yaml *yaml = NULL;

    strbuf_init(&content, YAML_BYTES_MAX);
    if (file_read(path, YAML_BYTES_MAX, &content, err)) {
        yaml = parse(path, strbuf_text(&content), true, err);
    } else if (err->code == ERROR_SOURCE) {
        err->code = ERROR_CONFIG; /* no legacy source, but a file of ours */
    }
    strbuf_release(&content);
    return yaml;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
    if (map == NULL || map->kind != YAML_MAP) {
        return NULL;
    }
    for (const struct yaml_node *node = map->child; node != NULL; node = node->next) {
        if (strcmp(node->key, key) == 0) {
            return node;
        }
    }
    return NULL;
}

const char *yaml_get_text(const struct yaml_node *map, const char *key, const char *otherwise)
{
    const struct yaml_node *node = yaml_get(map, key);

    return node == NULL || node->kind != YAML_SCALAR ? otherwise : node->text;
}

bool yaml_only(const struct yaml *yaml, const struct yaml_node *map, const char *const *known,
               struct error *err)
{
    for (const struct yaml_node *node = map->child; node != NULL; node = node->next) {
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], node->key) != 0) {
            i++;
        }
        if (known[i] == NULL) {
            char message[256];
            snprintf(message, sizeof(message), "unknown key '%.60s'", node->key);
            return located(yaml, node->key_line, node->key_col, (int)strlen(node->key), err,
                           message);
        }
    }
    return true;
}
