#include "serve/prepared.h"

#include "core/ident.h"

#include <inttypes.h>

uint64_t prepared_statement(const char *sql, int32_t org_id)
{
    return checksum_of(sql, strlen(sql)) ^ ((uint64_t)(uint32_t)org_id << 32);
}

bool prepared_has(const struct prepared *prepared, uint64_t statement)
{
    for (size_t i = 0; i < prepared->count; i++) {
        if (prepared->statements[i] == statement) {
            return true;
        }
    }
    return false;
}

bool prepared_add(struct prepared *prepared, uint64_t statement, uint64_t *evicted)
{
    if (prepared->count < PREPARED_MAX) {
        prepared->statements[prepared->count++] = statement;
        return false;
    }
    *evicted = prepared->statements[prepared->next];
    prepared->statements[prepared->next] = statement;
    prepared->next = (prepared->next + 1) % PREPARED_MAX;
    return true;
}

void prepared_forget(struct prepared *prepared, uint64_t statement)
{
    for (size_t i = 0; i < prepared->count; i++) {
        if (prepared->statements[i] == statement) {
            prepared->statements[i] = prepared->statements[--prepared->count];
            return;
        }
    }
}

void prepared_sql(const char *sql, int32_t org_id, struct strbuf *out)
{
    static const char mark[] = "{org}";

    for (const char *at = strstr(sql, mark); at != NULL; at = strstr(sql, mark)) {
        strbuf_add(out, sql, (size_t)(at - sql));
        strbuf_addf(out, "%" PRId32, org_id);
        sql = at + sizeof(mark) - 1;
    }
    strbuf_puts(out, sql);
}
