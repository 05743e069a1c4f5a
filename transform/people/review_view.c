#include "transform/people/review_view.h"

#include "core/strbuf.h"
#include "transform/people/review_compare.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_LENGTH = 10, NOT_COMPARED = -1 };

/* Fields of mpi.review_values in the order of the screen; "identifier SYSTEM" goes by its first
 * word. */
static const struct {
    const char *name;
    int kind; /* enum people_kind or NOT_COMPARED */
} ranks[] = {
    {"organisation", NOT_COMPARED},
    {"record number", NOT_COMPARED},
    {"given name", PEOPLE_GIVEN},
    {"middle name", PEOPLE_MIDDLE},
    {"family name", PEOPLE_FAMILY},
    {"other name", PEOPLE_OTHER_NAME},
    {"birth date", PEOPLE_BIRTH_DATE},
    {"sex", PEOPLE_SEX},
    {"birth place", PEOPLE_PLACE},
    {"identifier", PEOPLE_IDENTIFIER},
    {"street", PEOPLE_STREET},
    {"postcode", PEOPLE_POSTCODE},
    {"city", PEOPLE_PLACE},
    {"phone", PEOPLE_PHONE},
    {"e-mail", PEOPLE_EMAIL},
    {"relative", PEOPLE_RELATIVE},
    {"died", NOT_COMPARED},
    {"hangs on it", NOT_COMPARED},
};

enum { RANKS = sizeof(ranks) / sizeof(ranks[0]) };

struct values {
    struct text at[REVIEW_VALUES_MAX];
    bool shared[REVIEW_VALUES_MAX]; /* the other side has it too */
    int count;
    int more;
};

struct both {
    const char *name;
    int rank;
    struct values sides[2];
    int level;
    bool swapped; /* given and family name changed places */
};

struct table {
    struct both fields[REVIEW_FIELDS_MAX];
    int count;
    int left_out;
};

static int rank_of(const char *name)
{
    for (int rank = 0; rank < RANKS; rank++) {
        size_t len = strlen(ranks[rank].name);
        if (strncmp(name, ranks[rank].name, len) == 0 &&
            (name[len] == '\0' ||
             (name[len] == ' ' && ranks[rank].kind == PEOPLE_IDENTIFIER))) {
            return rank;
        }
    }
    return RANKS - 1;
}

static struct both *field_named(struct table *table, const char *name, struct arena *arena)
{
    struct both *field;

    for (int i = 0; i < table->count; i++) {
        if (strcmp(table->fields[i].name, name) == 0) {
            return &table->fields[i];
        }
    }
    if (table->count == REVIEW_FIELDS_MAX) {
        return NULL;
    }
    field = &table->fields[table->count++];
    *field = (struct both){.name = arena_strdup(arena, text_of(name)), .rank = rank_of(name)};
    return field;
}

static void add_value(struct table *table, bool second, const char *name, struct text value,
                      struct arena *arena)
{
    struct both *field = field_named(table, name, arena);
    struct values *side;

    if (field == NULL) {
        table->left_out++;
        return;
    }
    side = &field->sides[second ? 1 : 0];
    if (side->count == REVIEW_VALUES_MAX) {
        side->more++;
        table->left_out++;
        return;
    }
    side->at[side->count++] = arena_copy(arena, value);
}

static int by_rank(const void *left, const void *right)
{
    const struct both *a = left;
    const struct both *b = right;

    return a->rank != b->rank ? a->rank - b->rank : strcmp(a->name, b->name);
}

/* A birth date of which only the year or month is known agrees with all that it may be. */
static int compare_days(struct review_comparer *comparer, struct text a, struct text b)
{
    size_t known = a.len < b.len ? a.len : b.len;

    if (known >= DAY_LENGTH || known == 0) {
        return review_compare(comparer, PEOPLE_BIRTH_DATE, a, b);
    }
    return memcmp(a.at, b.at, known) == 0 ? DATE_YEAR : DATE_DIFFERS;
}

static int compare_two(struct review_comparer *comparer, int kind, struct text a, struct text b)
{
    return kind == PEOPLE_BIRTH_DATE ? compare_days(comparer, a, b)
                                     : review_compare(comparer, (enum people_kind)kind, a, b);
}

/* The strongest level of any two values. */
static void compare_field(struct review_comparer *comparer, struct both *field)
{
    struct values *a = &field->sides[0];
    struct values *b = &field->sides[1];
    int kind = ranks[field->rank].kind;

    for (int i = 0; kind != NOT_COMPARED && i < a->count; i++) {
        for (int k = 0; k < b->count; k++) {
            int level = compare_two(comparer, kind, a->at[i], b->at[k]);
            if (level == LEVEL_EXACT) {
                a->shared[i] = b->shared[k] = true;
            }
            if (level != LEVEL_MISSING &&
                (field->level == LEVEL_MISSING || level < field->level)) {
                field->level = level;
            }
        }
    }
}

static struct both *of_kind(struct table *table, int kind)
{
    for (int i = 0; i < table->count; i++) {
        if (ranks[table->fields[i].rank].kind == kind && table->fields[i].sides[0].count > 0 &&
            table->fields[i].sides[1].count > 0) {
            return &table->fields[i];
        }
    }
    return NULL;
}

/* One fact, weighed once: the given name carries it, the family name is left out. */
static void find_swapped(struct review_comparer *comparer, struct table *table)
{
    struct both *given = of_kind(table, PEOPLE_GIVEN);
    struct both *family = of_kind(table, PEOPLE_FAMILY);
    int there;
    int back;

    if (given == NULL || family == NULL || given->level == LEVEL_EXACT ||
        family->level == LEVEL_EXACT) {
        return;
    }
    there =
        review_compare(comparer, PEOPLE_FAMILY, given->sides[0].at[0], family->sides[1].at[0]);
    back =
        review_compare(comparer, PEOPLE_FAMILY, family->sides[0].at[0], given->sides[1].at[0]);
    if (there != LEVEL_MISSING && back != LEVEL_MISSING && there <= NAME_TYPO &&
        back <= NAME_TYPO) {
        given->level = NAME_SWAPPED;
        family->level = LEVEL_MISSING;
        family->swapped = true;
    }
}

/* The beginning of a value that is too long for a screen. */
static void add_shown(struct strbuf *text, struct text value)
{
    size_t len = value.len <= REVIEW_SHOWN_MAX ? value.len : REVIEW_SHOWN_MAX;

    while (len < value.len && len > 0 && ((unsigned char)value.at[len] & 0xC0) == 0x80) {
        len--;
    }
    strbuf_add(text, value.at, len);
    strbuf_puts(text, len < value.len ? "..." : "");
}

static struct text shown(const struct values *side, bool revealed, struct arena *arena)
{
    struct strbuf text;
    struct text kept;

    strbuf_init(&text, 1 << 20);
    for (int i = 0; i < side->count; i++) {
        strbuf_puts(&text, i == 0 ? "" : "; ");
        if (side->shared[i] && !revealed) {
            strbuf_puts(&text, REVIEW_MASK);
        } else {
            add_shown(&text, side->at[i]);
        }
    }
    if (side->more > 0) {
        strbuf_addf(&text, "; and %d more", side->more);
    }
    kept = arena_copy(arena, strbuf_text(&text));
    strbuf_release(&text);
    return kept;
}

static bool is_named(const char *list, const char *name)
{
    size_t len = strlen(name);

    if (list == NULL || strcmp(list, "all") == 0) {
        return list != NULL;
    }
    for (const char *at = list; at != NULL; at = strchr(at, ',')) {
        at += *at == ',' ? 1 : 0;
        if (strncmp(at, name, len) == 0 && (at[len] == '\0' || at[len] == ',')) {
            return true;
        }
    }
    return false;
}

/* Nothing is uncovered that the store has not logged. */
static bool log_reveal(const struct review *review, const char *task, const char *field,
                       bool *logged, struct error *err)
{
    const char *const params[] = {task, review->by, field};
    PGresult *rows =
        pg_query(review->pg, "SELECT mpi.review_reveal($1, $2, $3) = 'done'", 3, params, err);

    if (rows == NULL) {
        return false;
    }
    *logged = PQgetvalue(rows, 0, 0)[0] == 't';
    PQclear(rows);
    return true;
}

static bool show_field(struct review_view *view, const struct review *review,
                       const struct review_comparer *comparer, const struct both *both,
                       const char *reveal, struct error *err)
{
    struct review_field *field = &view->fields[view->nfields++];
    int kind = ranks[both->rank].kind;
    bool revealed = false;

    *field = (struct review_field){.name = both->name};
    for (int side = 0; side < 2; side++) {
        for (int i = 0; i < both->sides[side].count; i++) {
            field->masked |= both->sides[side].shared[i];
        }
    }
    if (field->masked && is_named(reveal, both->name)) {
        if (!log_reveal(review, view->task, both->name, &revealed, err)) {
            return false;
        }
        field->masked = !revealed;
    }
    field->a = shown(&both->sides[0], revealed, &view->arena);
    field->b = shown(&both->sides[1], revealed, &view->arena);
    if (kind == NOT_COMPARED) {
        return true;
    }
    field->level = levels_of((enum people_kind)kind)[both->level].code;
    field->words = both->swapped ? "changed places with the given name"
                                 : levels_of((enum people_kind)kind)[both->level].words;
    if (both->level != LEVEL_MISSING) {
        field->weighed = true;
        field->weight = comparer->weights[kind][both->level];
        view->weight += field->weight;
    }
    return true;
}

static bool load_table(struct review_view *view, const struct review *review,
                       struct table *table, struct error *err)
{
    const char *const params[] = {view->task, review->by};
    PGresult *rows =
        pg_query(review->pg, "SELECT side = 'b', field, value FROM mpi.review_values($1, $2)",
                 2, params, err);

    if (rows == NULL) {
        return false;
    }
    for (int row = 0; row < PQntuples(rows); row++) {
        add_value(table, PQgetvalue(rows, row, 0)[0] == 't', PQgetvalue(rows, row, 1),
                  (struct text){PQgetvalue(rows, row, 2), (size_t)PQgetlength(rows, row, 2)},
                  &view->arena);
    }
    PQclear(rows);
    qsort(table->fields, (size_t)table->count, sizeof(table->fields[0]), by_rank);
    return true;
}

/* What the last run of the index has learned; empty when it is not kept. */
static PGresult *load_learned(const struct review *review, struct error *err)
{
    const char *const params[] = {review->index};

    return pg_query(review->pg, "SELECT mpi.review_learned($1)", 1, params, err);
}

bool review_view_load(struct review_view *view, const struct review *review, const char *task,
                      const char *reveal, struct error *err)
{
    struct review_comparer *comparer = xcalloc(1, sizeof(*comparer));
    struct table *table = xcalloc(1, sizeof(*table));
    PGresult *learned = load_learned(review, err);
    bool ok;

    *view = (struct review_view){0};
    snprintf(view->task, sizeof(view->task), "%s", task);
    review_comparer_init(comparer, text_of(learned == NULL ? "" : PQgetvalue(learned, 0, 0)));
    PQclear(learned);
    ok = learned != NULL && load_table(view, review, table, err);
    if (ok && table->count == 0) {
        ok = error_set(err, ERROR_STORE, "task %s is not leased to %s", view->task, review->by);
        error_hint(err, "'hms review next' hands out a task");
    }
    for (int i = 0; i < table->count; i++) {
        compare_field(comparer, &table->fields[i]);
    }
    find_swapped(comparer, table);
    for (int i = 0; ok && i < table->count; i++) {
        ok = show_field(view, review, comparer, &table->fields[i], reveal, err);
    }
    view->left_out = table->left_out;
    review_comparer_release(comparer);
    free(comparer);
    free(table);
    if (!ok) {
        review_view_release(view);
    }
    return ok;
}

void review_view_release(struct review_view *view)
{
    arena_release(&view->arena);
    *view = (struct review_view){0};
}
