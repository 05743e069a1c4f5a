#include "terminology/pack_diff.h"

enum { WORDS_MAX = 64 };

static const struct {
    const char *name;
    bool is_stale;
} kinds[] = {
#define X(kind, name, stale) {name, stale},
    PACK_CHANGE_LIST(X)
#undef X
};

static const char *const axes[] = {"COMPONENT", "PROPERTY",  "TIME_ASPCT",
                                   "SYSTEM",    "SCALE_TYP", "METHOD_TYP"};

const char *pack_change_name(enum pack_change_kind kind)
{
    return kinds[kind].name;
}

bool pack_change_is_stale(enum pack_change_kind kind)
{
    return kinds[kind].is_stale;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte & 0x80) != 0;
}

static size_t split_words(struct text name, struct text words[WORDS_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < name.len && count < WORDS_MAX;) {
        size_t start = i;
        while (i < name.len && is_word_byte(name.at[i])) {
            i++;
        }
        if (i > start) {
            words[count++] = (struct text){name.at + start, i - start};
        } else {
            i++;
        }
    }
    return count;
}

/* Whether the names share at least half of their words. */
static bool names_agree(struct text old, struct text new)
{
    struct text a[WORDS_MAX];
    struct text b[WORDS_MAX];
    size_t na = split_words(old, a);
    size_t nb = split_words(new, b);
    size_t shared = 0;

    for (size_t i = 0; i < na; i++) {
        for (size_t k = 0; k < nb; k++) {
            if (b[k].len > 0 && text_equal_nocase(a[i], b[k])) {
                b[k].len = 0; /* each word once */
                shared++;
                break;
            }
        }
    }
    return 2 * shared >= (na > nb ? na : nb);
}

static const char *changed_axis(const struct code_pack *old, uint32_t i,
                                const struct code_pack *new, uint32_t j, bool *has_axes)
{
    const char *changed = NULL;

    *has_axes = false;
    for (size_t k = 0; k < sizeof(axes) / sizeof(axes[0]); k++) {
        struct text before = code_pack_value(old, i, axes[k]);
        struct text after = code_pack_value(new, j, axes[k]);
        *has_axes = *has_axes || before.len > 0;
        if (changed == NULL && !text_equal_nocase(before, after)) {
            changed = axes[k];
        }
    }
    return changed;
}

static void take_successors(const struct code_pack *pack, uint32_t row,
                            struct pack_change *change)
{
    size_t first;
    size_t count = code_pack_related(pack, row, &first);

    for (size_t i = 0; i < count && change->nsuccessors < PACK_SUCCESSORS_MAX; i++) {
        struct code_relation relation = code_pack_relation(pack, first + i);
        if (relation.kind == PACK_REPLACED_BY) {
            change->successors[change->nsuccessors++] = relation.target;
        }
    }
}

static enum pack_change_kind withdrawn_kind(const struct pack_change *change,
                                            enum pack_change_kind alone)
{
    return change->nsuccessors == 0   ? alone
           : change->nsuccessors == 1 ? PACK_REPLACED
                                      : PACK_SPLIT;
}

/* False: nothing has changed. */
static bool compare_codes(const struct code_pack *old, uint32_t i, const struct code_pack *new,
                          uint32_t j, struct pack_change *change)
{
    struct code_entry before = code_pack_entry(old, i);
    bool is_renamed;
    bool has_axes;

    change->entry = code_pack_entry(new, j);
    change->before = before.display;
    change->axis = changed_axis(old, i, new, j, &has_axes);
    is_renamed = !text_equal(before.display, change->entry.display);
    if (before.status != CODE_DEPRECATED && change->entry.status == CODE_DEPRECATED) {
        take_successors(new, j, change);
        change->kind = withdrawn_kind(change, PACK_DEPRECATED);
    } else if ((before.flags & CODE_BILLABLE) != 0 &&
               (change->entry.flags & CODE_BILLABLE) == 0) {
        change->kind = PACK_HEADING;
    } else if (change->axis != NULL || (is_renamed && !has_axes &&
                                        !names_agree(before.display, change->entry.display))) {
        change->kind = PACK_REMEANT;
    } else if (before.from != change->entry.from || before.until != change->entry.until) {
        change->kind = PACK_VALIDITY;
    } else if (is_renamed) {
        change->kind = PACK_RENAMED;
    } else {
        change->kind = PACK_CHANGED;
        return before.status != change->entry.status || before.flags != change->entry.flags;
    }
    return true;
}

uint64_t pack_diff(const struct code_pack *old, const struct code_pack *new,
                   void (*visit)(const struct pack_change *change, void *context),
                   void *context)
{
    uint32_t i = 0;
    uint32_t j = 0;
    uint64_t changes = 0;

    /* both are sorted by code: one walk */
    while (i < code_pack_count(old) || j < code_pack_count(new)) {
        struct pack_change change = {.kind = PACK_ADDED, .before = {"", 0}};
        bool is_change = true;
        int order = i == code_pack_count(old) ? 1 : j == code_pack_count(new) ? -1 : 0;
        if (order == 0) {
            order = text_compare(code_pack_entry(old, i).code, code_pack_entry(new, j).code);
        }
        if (order < 0) {
            change.entry = code_pack_entry(old, i);
            take_successors(old, i, &change);
            change.kind = withdrawn_kind(&change, PACK_REMOVED);
        } else if (order > 0) {
            change.entry = code_pack_entry(new, j);
        } else {
            is_change = compare_codes(old, i, new, j, &change);
        }
        i += order <= 0;
        j += order >= 0;
        if (is_change) {
            changes++;
            visit(&change, context);
        }
    }
    return changes;
}
