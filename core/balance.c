#include "core/balance.h"

#include "core/wire.h"

static const char *const names[] = {
#define X(outcome, name, text) [outcome] = (name),
    OUTCOME_LIST(X)
#undef X
};

const char *outcome_name(enum outcome outcome)
{
    return names[outcome];
}

bool outcome_parse(struct text name, enum outcome *outcome)
{
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        if (text_is(name, names[i])) {
            *outcome = (enum outcome)i;
            return true;
        }
    }
    return false;
}

void balance_init(struct balance *balance, const char *organisation, const char *map,
                  const char *release, const char *source_table, const char *entity)
{
    *balance = (struct balance){0};
    balance->organisation = arena_strdup(&balance->arena, text_of(organisation));
    balance->map = arena_strdup(&balance->arena, text_of(map));
    balance->release = arena_strdup(&balance->arena, text_of(release));
    balance->source_table = arena_strdup(&balance->arena, text_of(source_table));
    balance->entity = arena_strdup(&balance->arena, text_of(entity));
}

void balance_release(struct balance *balance)
{
    arena_release(&balance->arena);
    free(balance->lines);
    *balance = (struct balance){0};
}

static struct balance_line *balance_find(struct balance *balance, enum outcome outcome,
                                         const char *rule, const char *column)
{
    for (size_t i = 0; i < balance->nlines; i++) {
        struct balance_line *line = &balance->lines[i];
        if (line->outcome == outcome && strcmp(line->rule, rule) == 0 &&
            strcmp(line->column, column) == 0) {
            return line;
        }
    }
    return NULL;
}

void balance_count(struct balance *balance, enum outcome outcome, const char *rule,
                   const char *column, uint64_t rows)
{
    struct balance_line *line = balance_find(balance, outcome, rule, column);

    if (rows == 0) {
        return;
    }
    if (line == NULL) {
        balance->lines =
            xrealloc(balance->lines, (balance->nlines + 1) * sizeof(*balance->lines));
        line = &balance->lines[balance->nlines++];
        line->outcome = outcome;
        line->rule = arena_strdup(&balance->arena, text_of(rule));
        line->column = arena_strdup(&balance->arena, text_of(column));
        line->rows = 0;
    }
    line->rows += rows;
}

uint64_t balance_sum(const struct balance *balance)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < balance->nlines; i++) {
        if (balance->lines[i].outcome != OUTCOME_ISSUE) {
            sum += balance->lines[i].rows;
        }
    }
    return sum;
}

bool balance_is_closed(const struct balance *balance)
{
    return balance_sum(balance) == balance->rows_read;
}

void balance_write(const struct balance *balance, struct strbuf *out)
{
    wire_put_text(out, text_of(balance->organisation));
    wire_put_text(out, text_of(balance->map));
    wire_put_text(out, text_of(balance->release));
    wire_put_text(out, text_of(balance->source_table));
    wire_put_text(out, text_of(balance->entity));
    wire_put_u64(out, balance->rows_read);
    wire_put_varint(out, balance->nlines);
    for (size_t i = 0; i < balance->nlines; i++) {
        wire_put_u8(out, (uint8_t)balance->lines[i].outcome);
        wire_put_text(out, text_of(balance->lines[i].rule));
        wire_put_text(out, text_of(balance->lines[i].column));
        wire_put_u64(out, balance->lines[i].rows);
    }
}

bool balance_read(struct balance *balance, struct text bytes, struct error *err)
{
    struct wire wire = wire_of(bytes);
    const char *head[5];
    uint64_t nlines;

    *balance = (struct balance){0};
    for (int i = 0; i < 5; i++) {
        head[i] = arena_strdup(&balance->arena, wire_text(&wire));
    }
    balance->organisation = head[0];
    balance->map = head[1];
    balance->release = head[2];
    balance->source_table = head[3];
    balance->entity = head[4];
    balance->rows_read = wire_u64(&wire);
    nlines = wire_varint(&wire);
    if (nlines > BALANCE_LINES_MAX) {
        wire.bad = true;
    }
    for (uint64_t i = 0; i < nlines && !wire.bad; i++) {
        uint8_t outcome = wire_u8(&wire);
        const char *rule = arena_strdup(&balance->arena, wire_text(&wire));
        const char *column = arena_strdup(&balance->arena, wire_text(&wire));
        uint64_t rows = wire_u64(&wire);
        if (outcome >= OUTCOME_COUNT) {
            wire.bad = true;
        } else {
            balance_count(balance, (enum outcome)outcome, rule, column, rows);
        }
    }
    if (wire.bad || wire.at != wire.end) {
        balance_release(balance);
        return error_set(err, ERROR_INTEGRITY, "a balance block is malformed");
    }
    return true;
}
