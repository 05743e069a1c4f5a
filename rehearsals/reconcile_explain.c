#include "rehearsals/reconcile_explain.h"

static void explain(struct reconciliation *recon, const char *entity,
                    const struct decision_rule *rule, uint64_t rows)
{
    recon->explained += rows;
    for (size_t i = 0; i < recon->nexplanations; i++) {
        struct reconcile_explanation *known = &recon->explanations[i];
        if (strcmp(known->entity, entity) == 0 && strcmp(known->rule, rule->rule) == 0 &&
            strcmp(known->outcome, rule->outcome) == 0 &&
            strcmp(known->column, rule->column) == 0) {
            known->rows += rows;
            return;
        }
    }
    recon->explanations = xrealloc(recon->explanations,
                                   (recon->nexplanations + 1) * sizeof(*recon->explanations));
    recon->explanations[recon->nexplanations++] = (struct reconcile_explanation){
        .entity = entity,
        .outcome = arena_strdup(&recon->arena, text_of(rule->outcome)),
        .rule = arena_strdup(&recon->arena, text_of(rule->rule)),
        .column = arena_strdup(&recon->arena, text_of(rule->column)),
        .rows = rows,
    };
}

static void note_stray(const struct explaining *explaining, const struct decision *item)
{
    struct reconciliation *recon = explaining->recon;
    if (recon->ndifferences >= explaining->show) {
        return;
    }
    struct reconcile_difference *difference = &recon->differences[recon->ndifferences++];
    *difference = (struct reconcile_difference){
        .entity = entity_table[item->entity].name, .kind = DECISION_WITHOUT_ROW, .columns = ""};
    memcpy(difference->id.bytes, item->id, sizeof(difference->id.bytes));
}

/* The decisions about one id: `count` of them from `item` on. */
static void take_decided_id(struct explaining *explaining, const struct decisions *decisions,
                            const struct decision *item, size_t count)
{
    struct reconciliation *recon = explaining->recon;
    struct reconcile_entity *result = &recon->entities[item->entity];
    uint64_t taken = 0, merged = 0, repeats = 0;
    for (size_t i = 0; i < count; i++) {
        const struct decision_rule *rule = &decisions->rules[item[i].rule];
        if (item[i].kind != DECISION_TAKEN_OUT) {
            continue;
        }
        taken += item[i].used;
        merged += strcmp(rule->outcome, "merged") == 0 ? item[i].used : 0;
        repeats += strncmp(rule->rule, "key.", 4) == 0 ? item[i].used : 0;
    }
    bool gone = taken > 0 && !item->survived;
    result->source_keys += gone ? 1 : 0;
    /* A repeat needs another row of its key; a merged one, a row that it was merged into. */
    explaining->untrue += repeats > 0 && taken + (item->survived ? 1 : 0) < 2 ? repeats : 0;
    explaining->untrue += gone && merged == taken ? merged : 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t unused = item[i].rows - item[i].used;
        if (item[i].used > 0) {
            explain(recon, result->entity->name, &decisions->rules[item[i].rule], item[i].used);
        }
        if (item[i].kind == DECISION_BLANKED) {
            result->blanked += item[i].used;
            unused = gone ? 0 : unused; /* a field of a row that was taken out afterwards */
        }
        result->stray_decisions += unused;
        if (unused > 0) {
            note_stray(explaining, &item[i]);
        }
    }
}

void explain_decisions(struct explaining *explaining, const struct decisions *decisions)
{
    size_t next;
    for (size_t i = 0; i < decisions->count; i = next) {
        const struct decision *item = &decisions->items[i];
        for (next = i + 1; next < decisions->count; next++) {
            if (decisions->items[next].entity != item->entity ||
                memcmp(decisions->items[next].id, item->id, sizeof(item->id)) != 0) {
                break;
            }
        }
        take_decided_id(explaining, decisions, item, next - i);
    }
}

static int compare_explanations(const void *left, const void *right)
{
    const struct reconcile_explanation *a = left, *b = right;
    int order = strcmp(a->entity, b->entity);
    order = order != 0 ? order : strcmp(a->outcome, b->outcome);
    order = order != 0 ? order : strcmp(a->rule, b->rule);
    return order != 0 ? order : strcmp(a->column, b->column);
}

void explanations_sort(struct reconciliation *recon)
{
    if (recon->nexplanations > 0) {
        qsort(recon->explanations, recon->nexplanations, sizeof(*recon->explanations),
              compare_explanations);
    }
}
