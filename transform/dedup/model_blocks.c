#include "transform/dedup/model_blocks.h"

#include <string.h>

static int find_field(const struct people_model *model, struct text name)
{
    for (int i = 0; i < model->nfields; i++) {
        if (text_is(name, model->fields[i].name)) {
            return i;
        }
    }
    return -1;
}

/* Takes `end` off the text, if it ends so. */
static bool take_end(struct text *text, const char *end)
{
    size_t len = strlen(end);
    bool has = text->len > len && memcmp(text->at + text->len - len, end, len) == 0;

    text->len -= has ? len : 0;
    return has;
}

static enum block_how take_how(struct text *text)
{
    if (take_end(text, " by sound")) {
        return BLOCK_SOUND;
    }
    if (take_end(text, " by initial")) {
        return BLOCK_INITIAL;
    }
    if (take_end(text, " by year")) {
        return BLOCK_YEAR;
    }
    return take_end(text, " in any order") ? BLOCK_ANY_ORDER : BLOCK_EXACT;
}

/* Whether values of the field can agree in that way. */
static bool fits(const struct people_model *model, int field, enum block_how how)
{
    enum people_kind kind;

    if (field < 0) {
        return false;
    }
    kind = model->fields[field].kind;
    return how == BLOCK_EXACT ||
           (how == BLOCK_YEAR ? kind == PEOPLE_BIRTH_DATE : people_kind_has_sound(kind));
}

static bool read_part(const struct yaml *yaml, const struct yaml_node *node,
                      const struct people_model *model, struct wanted_block *block,
                      struct error *err)
{
    struct text text = text_of(node->text);
    enum block_how how = take_how(&text);
    int other = -1;

    if (node->kind != YAML_SCALAR || block->nparts == BLOCK_PARTS_MAX) {
        return yaml_error(yaml, node, err, "a rule is a list of one to %d parts",
                          BLOCK_PARTS_MAX);
    }
    if (how == BLOCK_ANY_ORDER) {
        const char *and = memmem(text.at, text.len, " and ", 5);
        size_t len = and == NULL ? 0 : (size_t)(and-text.at);
        if (and != NULL) {
            other = find_field(model, (struct text){and+5, text.len - len - 5});
            text.len = len;
        }
    }
    block->parts[block->nparts].field = find_field(model, text);
    block->parts[block->nparts].other = other;
    block->parts[block->nparts].how = how;
    if (!fits(model, block->parts[block->nparts].field, how) ||
        (how == BLOCK_ANY_ORDER && !fits(model, other, how))) {
        yaml_error(yaml, node, err, "no field agrees in this way");
        error_hint(err, "a part is the name of a field, alone or with 'by sound', "
                        "'by initial', 'by year'");
        return false;
    }
    block->nparts++;
    return true;
}

bool model_blocks_read(const struct yaml *yaml, struct people_model *model, struct error *err)
{
    const struct yaml_node *rules = yaml_get(yaml_root(yaml), "blocking");

    if (rules == NULL) {
        return true;
    }
    if (rules->kind != YAML_LIST || rules->nchildren == 0) {
        return yaml_error(yaml, rules, err, "'blocking' is a list of rules");
    }
    for (const struct yaml_node *rule = rules->child; rule != NULL; rule = rule->next) {
        if (model->nblocks == BLOCK_RULES_MAX || rule->kind != YAML_LIST ||
            rule->nchildren == 0) {
            return yaml_error(yaml, rule, err, "'blocking' has at most %d rules, each a list",
                              BLOCK_RULES_MAX);
        }
        for (const struct yaml_node *part = rule->child; part != NULL; part = part->next) {
            if (!read_part(yaml, part, model, &model->blocks[model->nblocks], err)) {
                return false;
            }
        }
        model->nblocks++;
    }
    return true;
}
