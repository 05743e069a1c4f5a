/*
 * step_join.c - steps that make one value of several, or several of one.
 */
#include "transform/step_cell.h"

enum { TEMPLATE_PARTS_MAX = 64, SUBSTRING_MAX = 1000000 };

static const char rule_too_long[] = "text.too_long";

static void constant_row(const struct step_cell *at)
{
    const struct step_words *words = at->data;

    cell_put(at->cell, words->at[0]);
}

STEP_RUN_ROW(constant, 1)

static void first_run(const struct step *step, struct step_frame *frame)
{
    (void)step;
    for (uint32_t row = 0; row < frame->nrows; row++) {
        struct cell *first = &frame->values[0][row];
        for (int value = 0; value < frame->nvalues; value++) {
            struct text text = cell_trimmed(&frame->values[value][row]);
            if (text.len > 0 || value == frame->nvalues - 1) {
                cell_put(first, text);
                break;
            }
        }
    }
    frame->nvalues = 1;
}

static void join_row(const struct step_cell *at)
{
    const struct step_words *words = at->data;
    struct text separator = words->at[0];
    size_t room = 0;
    size_t used = 0;
    char *out;

    for (int value = 0; value < at->frame->nvalues; value++) {
        room += cell_trimmed(cell_sibling(at, value)).len + separator.len;
    }
    if (room > ROW_BYTES_MAX) {
        cell_refuse(at, rule_too_long);
        return;
    }
    out = arena_bytes(cell_arena(at), room);
    for (int value = 0; value < at->frame->nvalues; value++) {
        struct text part = cell_trimmed(cell_sibling(at, value));
        if (part.len > 0) {
            if (used > 0) {
                memcpy(out + used, separator.at, separator.len);
                used += separator.len;
            }
            memcpy(out + used, part.at, part.len);
            used += part.len;
        }
    }
    arena_trim(cell_arena(at), room - used);
    cell_put(at->cell, (struct text){out, used});
}

STEP_RUN_ROW(join, 1)

/* "Ward {2}, bed {1}" as literal "Ward ", value 1, literal ", bed ", value 0. */
struct template_part {
    struct text literal;
    int value; /* -1: the literal counts */
};

struct template
{
    int count;
    struct template_part parts[TEMPLATE_PARTS_MAX];
};

static bool template_compile(struct step *step, const struct step_env *env, struct error *err)
{
    const char *at = step->source->args[0];
    struct template *template = xcalloc(1, sizeof(*template));

    (void)env;
    step->data = template;
    while (*at != '\0') {
        struct template_part *part = &template->parts[template->count];
        if (template->count == TEMPLATE_PARTS_MAX) {
            return step_error(step, err, "more than %d parts", TEMPLATE_PARTS_MAX);
        }
        if (*at == '{') {
            part->value = at[1] - '1';
            if (part->value < 0 || part->value >= MAP_FROM_MAX || at[2] != '}') {
                return step_error(step, err, "after '{' comes a number from 1 to %d and '}'",
                                  MAP_FROM_MAX);
            }
            at += 3;
        } else {
            part->literal = (struct text){at, strcspn(at, "{")};
            part->value = -1;
            at += part->literal.len;
        }
        template->count++;
    }
    return true;
}

static struct text template_text(const struct step_cell *at, const struct template_part *part)
{
    if (part->value < 0) {
        return part->literal;
    }
    if (part->value >= at->frame->nvalues) {
        return (struct text){"", 0};
    }
    return cell_trimmed(cell_sibling(at, part->value));
}

/* Also when the template does not name that value: "D" says something about a value. */
static bool has_blank(const struct step_cell *at)
{
    for (int value = 0; value < at->frame->nvalues; value++) {
        if (cell_trimmed(cell_sibling(at, value)).len == 0) {
            return true;
        }
    }
    return false;
}

static void template_row(const struct step_cell *at)
{
    const struct template *template = at->data;
    size_t len = 0;
    char *out;
    char *to;

    if (has_blank(at)) {
        cell_clear(at->cell);
        return;
    }
    for (int i = 0; i < at->frame->nvalues; i++) { /* also one that the text does not name */
        if (cell_trimmed(cell_sibling(at, i)).len == 0) {
            cell_clear(at->cell);
            return;
        }
    }
    for (int i = 0; i < template->count; i++) {
        len += template_text(at, &template->parts[i]).len;
    }
    if (len > ROW_BYTES_MAX) {
        cell_refuse(at, rule_too_long);
        return;
    }
    out = to = arena_bytes(cell_arena(at), len);
    for (int i = 0; i < template->count; i++) {
        struct text text = template_text(at, &template->parts[i]);
        to = mempcpy(to, text.at, text.len);
    }
    cell_put(at->cell, (struct text){out, len});
}

STEP_RUN_ROW(template, 1)

static bool pick_compile(struct step *step, const struct step_env *env, struct error *err)
{
    int *number = xcalloc(1, sizeof(*number));

    (void)env;
    step->data = number;
    return step_arg_number(step, 0, 1, MAP_FROM_MAX, number, err);
}

static void pick_row(const struct step_cell *at)
{
    int number = *(const int *)at->data;

    if (number > at->frame->nvalues) {
        cell_clear(at->cell);
    } else {
        *at->cell = *cell_sibling(at, number - 1);
    }
}

STEP_RUN_ROW(pick, 1)

struct split {
    struct text separator;
    int number;
};

static bool split_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct split *split = xcalloc(1, sizeof(*split));

    (void)env;
    step->data = split;
    split->separator = text_of(step->source->args[0]);
    if (split->separator.len == 0) {
        return step_error(step, err, "the separator is empty");
    }
    if (step->source->nargs < 2) {
        return true;
    }
    if (!step_arg_number(step, 1, -1, 1000, &split->number, err)) {
        return false;
    }
    return split->number != 0 || step_error(step, err, "parts are counted from 1");
}

static void split_cell(const struct step_cell *at)
{
    const struct split *split = at->data;
    struct text rest = cell_text(*at->cell);

    for (int part = 1;; part++) {
        const char *hit = memmem(rest.at, rest.len, split->separator.at, split->separator.len);
        struct text here = {rest.at, hit == NULL ? rest.len : (size_t)(hit - rest.at)};
        if (part == split->number || (hit == NULL && split->number < 0)) {
            cell_put(at->cell, text_trim(here));
            return;
        }
        if (hit == NULL) {
            cell_clear(at->cell);
            return;
        }
        rest.at += here.len + split->separator.len;
        rest.len -= here.len + split->separator.len;
    }
}

STEP_RUN_TEXT(split)

static void split2_row(const struct step_cell *at)
{
    const struct split *split = at->data;
    struct cell *second = cell_sibling(at, 1);
    struct text all = cell_trimmed(at->cell);
    const char *hit = memmem(all.at, all.len, split->separator.at, split->separator.len);

    if (hit == NULL) {
        cell_put(at->cell, all);
        cell_clear(second);
    } else {
        size_t before = (size_t)(hit - all.at);
        size_t behind = before + split->separator.len;
        cell_put(at->cell, text_trim((struct text){all.at, before}));
        cell_put(second, text_trim((struct text){all.at + behind, all.len - behind}));
    }
}

STEP_RUN_ROW(split2, 2)

struct substring {
    int from;
    int length;
};

static bool substring_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct substring *substring = xcalloc(1, sizeof(*substring));

    (void)env;
    step->data = substring;
    substring->length = SUBSTRING_MAX;
    return step_arg_number(step, 0, 1, SUBSTRING_MAX, &substring->from, err) &&
           (step->source->nargs < 2 ||
            step_arg_number(step, 1, 1, SUBSTRING_MAX, &substring->length, err));
}

/* Bytes of the first `count` characters, or all there are. */
static size_t characters_width(struct text text, int count)
{
    size_t i = 0;

    while (i < text.len) {
        if ((text.at[i] & 0xC0) != 0x80 && count-- == 0) {
            break;
        }
        i++;
    }
    return i;
}

static void substring_cell(const struct step_cell *at)
{
    const struct substring *substring = at->data;
    struct text text = cell_text(*at->cell);
    size_t skip = characters_width(text, substring->from - 1);

    text = (struct text){text.at + skip, text.len - skip};
    text.len = characters_width(text, substring->length);
    cell_put(at->cell, text);
}

STEP_RUN_TEXT(substring)

const struct step_impl step_join_impls[] = {
    {"constant", step_compile_words, constant_run, NULL},
    {"first", NULL, first_run, NULL},
    {"join", step_compile_words, join_run, NULL},
    {"template", template_compile, template_run, NULL},
    {"pick", pick_compile, pick_run, NULL},
    {"split", split_compile, split_run, NULL},
    {"split2", split_compile, split2_run, NULL},
    {"substring", substring_compile, substring_run, NULL},
    {0},
};
