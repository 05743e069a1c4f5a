#include "load/segments.h"

#include "core/strbuf.h"

#include <inttypes.h>

enum { ARRAY_BYTES_MAX = 256 << 20, NUMBER_MAX = 24 };

static const char *keep_map(struct segments *segments, const char *map)
{
    for (size_t i = segments->count; i-- > 0;) {
        if (strcmp(segments->at[i].map, map) == 0) {
            return segments->at[i].map;
        }
        if (segments->count - i > 64) {
            break; /* far back; one more copy of a name costs less than the search */
        }
    }
    return arena_strdup(&segments->arena, text_of(map));
}

void segments_add(struct segments *segments, const char *map, uint64_t rows)
{
    struct segment *last = segments->count == 0 ? NULL : &segments->at[segments->count - 1];

    segments->rows += rows;
    if (last != NULL && strcmp(last->map, map) == 0) {
        last->upto = segments->rows;
        return;
    }
    if (segments->count == segments->size) {
        segments->size = segments->size == 0 ? 16 : segments->size * 2;
        segments->at = xrealloc(segments->at, segments->size * sizeof(*segments->at));
    }
    map = keep_map(segments, map);
    segments->at[segments->count++] = (struct segment){map, segments->rows};
}

/* A map's name is "system/name": it needs quotes and nothing more. */
static void add_element(struct strbuf *array, const char *text)
{
    strbuf_putc(array, array->len == 0 ? '{' : ',');
    strbuf_putc(array, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            strbuf_putc(array, '\\');
        }
        strbuf_putc(array, *text);
    }
    strbuf_putc(array, '"');
}

bool segments_save(const struct segments *segments, struct pg *pg, int run_id,
                   const char *entity, int lane, struct error *err)
{
    char id[NUMBER_MAX];
    char lane_text[NUMBER_MAX];
    struct strbuf maps;
    struct strbuf uptos;
    bool ok;

    if (segments->count == 0) {
        return true;
    }
    strbuf_init(&maps, ARRAY_BYTES_MAX);
    strbuf_init(&uptos, ARRAY_BYTES_MAX);
    for (size_t i = 0; i < segments->count; i++) {
        add_element(&maps, segments->at[i].map);
        strbuf_addf(&uptos, "%c%" PRIu64, i == 0 ? '{' : ',', segments->at[i].upto);
    }
    strbuf_putc(&maps, '}');
    strbuf_putc(&uptos, '}');
    snprintf(id, sizeof(id), "%d", run_id);
    snprintf(lane_text, sizeof(lane_text), "%d", lane);
    if (segments->count > SEGMENTS_MAX || strbuf_is_full(&maps) || strbuf_is_full(&uptos)) {
        ok =
            error_set(err, ERROR_LIMIT, "the maps of entity '%s' take turns too often", entity);
    } else {
        const char *const params[] = {id, entity, lane_text, maps.at, uptos.at};
        ok = pg_exec(pg,
                     "INSERT INTO mig.segment (run_id, entity, lane, map, upto) "
                     "SELECT $1, $2, $3, * FROM unnest($4::text[], $5::bigint[])",
                     5, params, err);
    }
    strbuf_release(&maps);
    strbuf_release(&uptos);
    return ok;
}

void segments_release(struct segments *segments)
{
    free(segments->at);
    arena_release(&segments->arena);
    *segments = (struct segments){0};
}
