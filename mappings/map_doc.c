#include "mappings/map_doc.h"

#include <string.h>

/* Text inside a cell of a table: no line ends, '|' escaped. */
static void put_cell(struct strbuf *out, const char *text)
{
    struct text trimmed = text_trim(text_of(text));

    for (size_t i = 0; i < trimmed.len; i++) {
        if (trimmed.at[i] == '|') {
            strbuf_puts(out, "\\|");
        } else {
            strbuf_putc(out, trimmed.at[i] == '\n' ? ' ' : trimmed.at[i]);
        }
    }
}

static void put_names(struct strbuf *out, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        strbuf_puts(out, i == 0 ? "" : i + 1 == count ? " and " : ", ");
        strbuf_putc(out, '`');
        put_cell(out, names[i]);
        strbuf_putc(out, '`');
    }
}

static bool is_bare_word(const char *arg)
{
    return *arg && strspn(arg, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "_.-") == strlen(arg);
}

static void put_step(struct strbuf *out, const struct map_step *step)
{
    strbuf_addf(out, "`%s", step->spec->name);
    for (int i = 0; i < step->nargs; i++) {
        const char *quote = is_bare_word(step->args[i]) ? "" : "'";

        strbuf_addf(out, " %s", quote);
        put_cell(out, step->args[i]);
        strbuf_puts(out, quote);
    }
    strbuf_putc(out, '`');
}

static void put_how(struct strbuf *out, const struct map_rule *rule)
{
    if (rule->nvia == 0) {
        strbuf_puts(out, "as it is");
    }
    for (int i = 0; i < rule->nvia; i++) {
        strbuf_puts(out, i == 0 ? "" : ", then ");
        put_step(out, &rule->via[i]);
    }
}

static const char *bad_words(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_REJECTED:
        return "the row is refused";
    case OUTCOME_EXCLUDED:
        return "the row is left out";
    case OUTCOME_ISSUE:
        return "the value is left empty and counted";
    case OUTCOME_QUARANTINED:
    case OUTCOME_LOADED:
    case OUTCOME_UPDATED:
    case OUTCOME_UNCHANGED:
    case OUTCOME_MERGED:
    case OUTCOME_SPLIT:
    case OUTCOME_DELETED:
    case OUTCOME_COUNT:
        break;
    }
    return "the row is kept aside for a person to decide";
}

static void put_bad(struct strbuf *out, const struct map_bad *bad)
{
    strbuf_puts(out, bad_words(bad->outcome));
    if (bad->rule) {
        strbuf_addf(out, " (`%s`)", bad->rule);
    }
}

static void put_rule(struct strbuf *out, const struct map *map, const struct map_rule *rule)
{
    const char *to[MAP_TO_MAX];

    for (int i = 0; i < rule->nto; i++) {
        to[i] = map->target->columns[rule->to[i]].name;
    }
    strbuf_addf(out, "| %s | ", rule->id);
    if (rule->nfrom > 0) {
        put_names(out, rule->from, rule->nfrom);
    } else {
        strbuf_puts(out, "(fixed)");
    }
    strbuf_puts(out, " | ");
    put_names(out, to, rule->nto);
    strbuf_puts(out, " | ");
    put_how(out, rule);
    strbuf_puts(out, " | ");
    put_bad(out, &rule->bad);
    strbuf_addf(out, " | %s | ", rule->risk);
    put_cell(out, rule->why);
    strbuf_puts(out, " |\n");
}

static void put_each(struct strbuf *out, const struct map_each *each)
{
    strbuf_addf(out, "Each row is read %d times, once for each of ", each->nmembers);
    for (int m = 0; m < each->nmembers; m++) {
        strbuf_puts(out, m == 0 ? "" : "; ");
        put_names(out, each->members[m], each->nalias);
    }
    strbuf_puts(out, "; the rules below call them ");
    put_names(out, each->alias, each->nalias);
    strbuf_addf(out, ", and `%s` says which one it is. One that is empty is left out.\n\n",
                each->ordinal);
}

static void put_source(struct strbuf *out, const struct map *map)
{
    static const char *const repeats[] = {
        "equal rows are taken as one, different ones are kept aside",
        "the first row stays and the others are taken as repeats",
        "the last row stays and the others are taken as repeats"};

    strbuf_puts(out, "Each row of ");
    put_names(out, &map->table, 1);
    strbuf_addf(out, " becomes one `%s`, known by its ", map->target->name);
    put_names(out, map->key, map->nkey);
    if (map->part) {
        strbuf_addf(out, " and the word \"%s\"", map->part);
    }
    strbuf_addf(out, ". When a key comes again, %s. Local times are those of %s.",
                repeats[map->repeats], map->zone);
    strbuf_puts(out, " These texts mean \"no value\":");
    for (size_t i = 0; map->nulls[i]; i++) {
        strbuf_puts(out, i == 0 ? " " : ", ");
        if (map->nulls[i][0]) {
            put_names(out, &map->nulls[i], 1);
        } else {
            strbuf_puts(out, "(nothing)");
        }
    }
    strbuf_puts(out, map->nulls[0] ? ".\n\n" : " none.\n\n");
}

static void put_only(struct strbuf *out, const struct map *map)
{
    static const char *const words[] = {[OUTCOME_EXCLUDED] = "left out",
                                        [OUTCOME_QUARANTINED] = "kept aside",
                                        [OUTCOME_REJECTED] = "refused"};

    for (int i = 0; i < map->nonly; i++) {
        const struct map_only *only = &map->only[i];

        strbuf_puts(out, "- Only rows with `");
        put_cell(out, only->when_text);
        strbuf_addf(out, "`; the others are %s as `%s`", words[only->outcome], only->rule);
        if (only->why[0]) {
            strbuf_puts(out, ": ");
            put_cell(out, only->why);
        }
        strbuf_putc(out, '\n');
    }
    strbuf_puts(out, map->nonly > 0 ? "\n" : "");
}

static void put_drops(struct strbuf *out, const struct map *map)
{
    if (map->ndrops == 0) {
        return;
    }
    strbuf_puts(out, "Columns that are not taken over:\n\n"
                     "| column | why | decided by |\n|---|---|---|\n");
    for (int i = 0; i < map->ndrops; i++) {
        strbuf_puts(out, "| ");
        put_names(out, &map->drops[i].column, 1);
        strbuf_puts(out, " | ");
        put_cell(out, map->drops[i].why);
        strbuf_puts(out, " | ");
        put_cell(out, map->drops[i].by);
        strbuf_puts(out, " |\n");
    }
    strbuf_putc(out, '\n');
}

static void put_empty(struct strbuf *out, const struct map *map)
{
    bool written[ENTITY_COLUMNS_MAX] = {false};
    bool first = true;

    for (int r = 0; r < map->nrules; r++) {
        for (int i = 0; i < map->rules[r].nto; i++) {
            written[map->rules[r].to[i]] = true;
        }
    }
    for (uint32_t i = ENTITY_FIXED_COLUMNS; i < map->target->ncols; i++) {
        if (!written[i]) {
            strbuf_addf(out, "%s`%s`", first ? "What stays empty: " : ", ",
                        map->target->columns[i].name);
            first = false;
        }
    }
    strbuf_puts(out, first ? "" : ".\n\n");
}

/* A map that takes nothing over. */
static void put_left_out(struct strbuf *out, const struct map *map)
{
    strbuf_puts(out, "No row of this table is taken over");
    for (int i = 0; i < map->nonly; i++) {
        strbuf_puts(out, i == 0 ? ": " : "; ");
        put_cell(out, map->only[i].why);
        strbuf_addf(out, " (`%s`)", map->only[i].rule);
    }
    strbuf_puts(out, ".\n\n");
}

static void put_map(struct strbuf *out, const struct map *map)
{
    strbuf_puts(out, "## ");
    put_cell(out, map->table);
    strbuf_addf(out, " → %s\n\nMap %s, release %s.\n\n", map->target->name, map->name,
                map->release);
    if (map_leaves_all(map)) {
        put_left_out(out, map);
        return;
    }
    put_source(out, map);
    if (map->each.nmembers > 0) {
        put_each(out, &map->each);
    }
    put_only(out, map);
    strbuf_puts(out, "| rule | from | to | how | a bad value | risk | why |\n"
                     "|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < map->nrules; i++) {
        put_rule(out, map, &map->rules[i]);
    }
    strbuf_putc(out, '\n');
    put_drops(out, map);
    put_empty(out, map);
}

static bool set_uses_step(const struct map_set *set, const struct step_spec *spec)
{
    for (size_t m = 0; m < set->count; m++) {
        for (int r = 0; r < set->maps[m]->nrules; r++) {
            for (int i = 0; i < set->maps[m]->rules[r].nvia; i++) {
                if (set->maps[m]->rules[r].via[i].spec == spec) {
                    return true;
                }
            }
        }
    }
    return false;
}

void map_doc_markdown(const struct map_set *set, struct strbuf *out)
{
    bool first = true;

    strbuf_addf(out, "# What becomes of the data of %s\n\n", set->maps[0]->system);
    for (size_t i = 0; i < set->count; i++) {
        put_map(out, set->maps[i]);
    }
    for (size_t i = 0; i < step_count; i++) {
        if (set_uses_step(set, &step_table[i])) {
            strbuf_puts(out, first ? "## What the steps do\n\n" : "");
            strbuf_addf(out, "- `%s`: %s\n", step_table[i].name, step_table[i].what);
            first = false;
        }
    }
}
