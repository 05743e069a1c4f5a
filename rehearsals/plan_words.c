/* plan_words.c - variables and shell words of a plan's scalars. */
#include "rehearsals/plan.h"

enum { EXPANDED_MAX = 64 << 10 };

/* Walks over a scalar; `offset` is where an error's caret goes. */
struct scanner {
    struct plan *plan;
    const struct yaml_node *node;
    size_t offset;
    struct strbuf out;
    struct error *err;
};

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static const char *variable_value(const struct plan *plan, struct text name)
{
    for (int i = 0; i < plan->nvariables; i++) {
        if (text_is(name, plan->variables[i].name)) {
            return plan->variables[i].value;
        }
    }
    return NULL;
}

/* At "${": appends the value and moves behind "}". */
static bool take_variable(struct scanner *scan)
{
    const char *start = scan->node->text + scan->offset + 2;
    size_t len = 0;
    while (is_name_byte(start[len])) {
        len++;
    }
    struct text name = {start, len};
    if (len == 0 || start[len] != '}') {
        return yaml_error_at(scan->plan->yaml, scan->node, (int)scan->offset, 2, scan->err,
                             "a variable is written ${name}");
    }
    const char *value = variable_value(scan->plan, name);
    if (value == NULL) {
        return yaml_error_at(scan->plan->yaml, scan->node, (int)scan->offset, (int)len + 3,
                             scan->err, "unknown variable '%.*s'", (int)len, start);
    }
    strbuf_puts(&scan->out, value);
    scan->offset += len + 3;
    return true;
}

/* One byte or one variable; inside '...' a '$' is a '$'. */
static bool take_one(struct scanner *scan, char quote)
{
    const char *at = scan->node->text + scan->offset;
    if (quote != '\'' && at[0] == '$' && at[1] == '{') {
        return take_variable(scan);
    }
    strbuf_putc(&scan->out, at[0]);
    scan->offset++;
    return true;
}

const char *plan_expand(struct plan *plan, const struct yaml_node *node, struct error *err)
{
    struct scanner scan = {.plan = plan, .node = node, .err = err};
    const char *expanded = NULL;
    strbuf_init(&scan.out, EXPANDED_MAX);
    while (node->text[scan.offset] != '\0') {
        if (!take_one(&scan, 0)) {
            goto out;
        }
    }
    if (strbuf_is_full(&scan.out)) {
        error_set(err, ERROR_LIMIT, "%s:%d: longer than %d bytes", plan->path, node->line,
                  EXPANDED_MAX);
    } else {
        expanded = arena_strdup(&plan->arena, strbuf_text(&scan.out));
    }
out:
    strbuf_release(&scan.out);
    return expanded;
}

/* From the first byte of a word to the byte behind it. */
static bool take_word(struct scanner *scan)
{
    const char *text = scan->node->text;
    char quote = 0;
    size_t opened = scan->offset;
    for (char c; (c = text[scan->offset]) != '\0';) {
        if (quote == 0 && (c == ' ' || c == '\t' || c == '\n')) {
            return true;
        }
        if (quote == 0 && strchr("|<>;&`", c) != NULL) {
            return yaml_error_at(scan->plan->yaml, scan->node, (int)scan->offset, 1, scan->err,
                                 "no shell runs a step, so '%c' has no meaning here: quote it, "
                                 "or run: sh -c '...'",
                                 c);
        }
        if (c == quote || (quote == 0 && (c == '\'' || c == '"'))) {
            quote = c == quote ? 0 : c;
            opened = scan->offset++;
            continue;
        }
        if (c == '\\' && quote != '\'' && text[scan->offset + 1] != '\0') {
            strbuf_putc(&scan->out, text[scan->offset + 1]);
            scan->offset += 2;
            continue;
        }
        if (!take_one(scan, quote)) {
            return false;
        }
    }
    return quote == 0 || yaml_error_at(scan->plan->yaml, scan->node, (int)opened, 1, scan->err,
                                       "this quote is never closed");
}

bool plan_step_words(struct plan *plan, const struct plan_step *step,
                     char *words[PLAN_WORDS_MAX + 1], struct error *err)
{
    struct scanner scan = {.plan = plan, .node = step->run, .err = err};
    bool ok = false;
    int count = 0;
    strbuf_init(&scan.out, EXPANDED_MAX);
    for (;;) {
        scan.offset += strspn(step->run->text + scan.offset, " \t\n");
        if (step->run->text[scan.offset] == '\0') {
            break;
        }
        if (count == PLAN_WORDS_MAX) {
            yaml_error_at(plan->yaml, step->run, (int)scan.offset, 1, err, "more than %d words",
                          PLAN_WORDS_MAX);
            goto out;
        }
        strbuf_clear(&scan.out);
        if (!take_word(&scan)) {
            goto out;
        }
        if (strbuf_is_full(&scan.out)) {
            error_set(err, ERROR_LIMIT, "%s:%d: a word longer than %d bytes", plan->path,
                      step->run->line, EXPANDED_MAX);
            goto out;
        }
        words[count++] = arena_strdup(&plan->arena, strbuf_text(&scan.out));
    }
    words[count] = NULL;
    ok = count > 0 ||
         yaml_error(plan->yaml, step->node, err, "step '%s' runs nothing", step->id);
out:
    strbuf_release(&scan.out);
    return ok;
}
