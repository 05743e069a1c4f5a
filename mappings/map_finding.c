#include "mappings/map_finding.h"

#include <ctype.h>
#include <stdarg.h>

static struct map_finding *new_finding(struct map_findings *findings,
                                       enum map_severity severity)
{
    if (severity == MAP_ERROR) {
        findings->errors++;
    } else {
        findings->warnings++;
    }
    if (findings->count == MAP_FINDINGS_MAX) {
        return NULL;
    }
    if (!findings->at) {
        findings->at = xcalloc(MAP_FINDINGS_MAX, sizeof(*findings->at));
    }
    findings->at[findings->count].severity = severity;
    return &findings->at[findings->count++];
}

static const char *severity_name(enum map_severity severity)
{
    return severity == MAP_ERROR ? "error" : "warning";
}

/* The same thing said twice of one place (two columns of one look-up) is said once. */
static void drop_repeat(struct map_findings *findings)
{
    const struct map_finding *last = &findings->at[findings->count - 1];

    if (findings->count > 1 && strcmp(last->shown, last[-1].shown) == 0) {
        findings->count--;
        findings->errors -= last->severity == MAP_ERROR;
        findings->warnings -= last->severity == MAP_WARNING;
    }
}

/* "path:LINE:COL: rest" taken apart; false when the message has no place. */
static bool split_place(struct map_findings *findings, struct map_finding *finding,
                        const char *path, const char *message)
{
    size_t len = strlen(path);
    const char *first_line_end;
    int used = 0;

    if (strncmp(message, path, len) != 0 ||
        sscanf(message + len, ":%d:%d: %n", &finding->line, &finding->col, &used) != 2 ||
        used == 0) {
        return false;
    }
    message += len + (size_t)used;
    first_line_end = message + strcspn(message, "\n");
    finding->message = arena_strdup(&findings->arena,
                                    (struct text){message, (size_t)(first_line_end - message)});
    finding->shown = arena_printf(&findings->arena, "%s:%d:%d: %s: %s%s%s%s%s", path,
                                  finding->line, finding->col, severity_name(finding->severity),
                                  finding->message, finding->id[0] ? " [" : "", finding->id,
                                  finding->id[0] ? "]" : "", first_line_end);
    return true;
}

static void fill(struct map_findings *findings, struct map_finding *finding, const char *path,
                 const char *message)
{
    finding->path = arena_strdup(&findings->arena, text_of(path));
    finding->located = arena_strdup(&findings->arena, text_of(message));
    if (!split_place(findings, finding, path, message)) {
        finding->message = arena_strdup(&findings->arena, text_of(message));
        finding->shown =
            arena_printf(&findings->arena, "%s: %s", severity_name(finding->severity), message);
    }
}

void map_findings_add(struct map_findings *findings, enum map_severity severity, const char *id,
                      struct map_spot spot, const char *format, ...)
{
    struct map_finding *finding = new_finding(findings, severity);
    struct yaml_node key;
    struct error located = {0};
    char message[768];
    va_list args;

    if (!finding) {
        return;
    }
    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    if (spot.at_key && spot.node->key) {
        key = *spot.node;
        key.text = key.key;
        key.line = key.key_line;
        key.col = key.key_col;
        key.width = (int)strlen(key.key);
        spot.node = &key;
    }
    if (spot.width > 0 && spot.node->width < (int)strlen(spot.node->text)) {
        spot.offset = spot.width = 0; /* folded over several lines */
    }
    finding->id = id;
    (void)yaml_error_at(spot.yaml, spot.node, spot.offset, spot.width, &located, "%s", message);
    fill(findings, finding, yaml_path(spot.yaml), located.message);
    drop_repeat(findings);
}

void map_findings_take(struct map_findings *findings, const char *path, const struct error *err)
{
    struct map_finding *finding = new_finding(findings, MAP_ERROR);

    if (finding) {
        finding->id = "";
        fill(findings, finding, path, err->message);
    }
}

static int compare(const void *left, const void *right)
{
    const struct map_finding *a = left, *b = right;
    int order = strcmp(a->path, b->path);

    if (order != 0) {
        return order;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    if (a->col != b->col) {
        return a->col < b->col ? -1 : 1;
    }
    if (a->severity != b->severity) {
        return a->severity == MAP_ERROR ? -1 : 1;
    }
    return strcmp(a->message, b->message);
}

void map_findings_sort(struct map_findings *findings)
{
    if (findings->count > 1) {
        qsort(findings->at, findings->count, sizeof(*findings->at), compare);
    }
}

bool map_findings_none(const struct map_findings *findings, struct error *err)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct map_finding *finding = &findings->at[i];

        if (finding->severity == MAP_ERROR) {
            return error_set(err, ERROR_CONFIG, "%s", finding->located);
        }
    }
    return true;
}

void map_findings_release(struct map_findings *findings)
{
    free(findings->at);
    arena_release(&findings->arena);
    *findings = (struct map_findings){0};
}
