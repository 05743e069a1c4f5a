#include "transform/key_place.h"

#include "core/file.h"
#include "core/raw_file.h"
#include "transform/row_key.h"

enum { MAP_END = 0x1F, KEY_MAX = 1 << 20 };

/* What is known of one key. */
struct found {
    uint64_t rows;
    struct key_place places[PLACES_PER_KEY];
};

void key_places_init(struct key_places *places, const struct map_set *maps)
{
    *places = (struct key_places){.maps = maps};
    strmap_init(&places->wanted, KEY_PLACES_MAX);
}

void key_places_release(struct key_places *places)
{
    strmap_release(&places->wanted);
    arena_release(&places->arena);
}

static struct strmap_entry *look(const struct key_places *places, const char *map,
                                 struct text key, struct strbuf *name)
{
    strbuf_clear(name);
    strbuf_puts(name, map);
    strbuf_putc(name, MAP_END);
    strbuf_add_text(name, key);
    return strmap_find(&places->wanted, strbuf_text(name));
}

bool key_places_want(struct key_places *places, const char *map, struct text key,
                     struct error *err)
{
    struct strbuf name;
    struct strmap_entry *entry;

    strbuf_init(&name, KEY_MAX);
    entry = look(places, map, key, &name);
    if (entry == NULL) {
        entry = strmap_put(&places->wanted, strbuf_text(&name));
        if (entry != NULL) {
            entry->pointer = arena_alloc(&places->arena, sizeof(struct found));
            memset(entry->pointer, 0, sizeof(struct found));
        }
    }
    strbuf_release(&name);
    return entry != NULL ||
           error_set(err, ERROR_LIMIT, "more than %d rows to look for", KEY_PLACES_MAX);
}

/* One raw table, for one of its maps. */
struct search {
    struct key_places *places;
    const struct map *map;
    struct view view;
    struct row_key key;
    struct arena arena; /* of the batch */
    struct strbuf name;
};

static void note_row(struct search *search, const struct raw_file *file, uint32_t row)
{
    const struct place *at = &file->batch.places[row];
    struct text key;
    struct strmap_entry *entry;
    struct found *found;

    if (row_key_make(&search->key, row, &search->arena, &key) != NULL) {
        return;
    }
    entry = look(search->places, search->map->name, key, &search->name);
    found = entry == NULL ? NULL : entry->pointer;
    if (found != NULL && found->rows++ < PLACES_PER_KEY) {
        found->places[found->rows - 1] = (struct key_place){
            .file = arena_strdup(&search->places->arena, text_of(file->shape.files[at->file])),
            .line = at->line,
            .offset = at->offset,
            .length = at->length};
    }
}

static bool search_rows(struct search *search, struct raw_file *file, struct error *err)
{
    int members = search->map->each.nmembers == 0 ? 1 : search->map->each.nmembers;
    enum next next;

    if (!view_bind(&search->view, &file->shape, file->batch.rows_max, err)) {
        return false;
    }
    while ((next = raw_file_next(file, err)) == NEXT_BLOCK) {
        arena_clear(&search->arena);
        for (int member = 0; member < members; member++) {
            view_turn(&search->view, &file->batch, member);
            for (uint32_t row = 0; row < file->batch.nrows; row++) {
                note_row(search, file, row);
            }
        }
    }
    return next == NEXT_END;
}

static bool search_map(struct key_places *places, const struct map *map, const char *raw_folder,
                       struct error *err)
{
    struct search search = {.places = places, .map = map};
    char *name = xasprintf("%s.hmb", map->table);
    char *path = path_join(raw_folder, name);
    struct raw_file file;
    bool ok = raw_file_open(&file, path, err);

    if (ok) {
        strbuf_init(&search.name, KEY_MAX);
        view_init(&search.view, map);
        row_key_init(&search.key, &search.view);
        ok = search_rows(&search, &file, err);
        view_release(&search.view);
        arena_release(&search.arena);
        strbuf_release(&search.name);
        raw_file_release(&file);
    }
    free(path);
    free(name);
    return ok;
}

/* Whether keys of that map are wanted. */
struct mention {
    struct text map;
    bool found;
};

static void note_mention(struct strmap_entry *entry, void *context)
{
    struct mention *mention = context;

    mention->found =
        mention->found ||
        (entry->key.len > mention->map.len && entry->key.at[mention->map.len] == MAP_END &&
         memcmp(entry->key.at, mention->map.at, mention->map.len) == 0);
}

bool key_places_find(struct key_places *places, const char *raw_folder, struct error *err)
{
    for (size_t i = 0; i < places->maps->count; i++) {
        const struct map *map = places->maps->maps[i];
        struct mention mention = {.map = text_of(map->name)};
        strmap_each(&places->wanted, note_mention, &mention);
        if (mention.found && !search_map(places, map, raw_folder, err)) {
            return false;
        }
    }
    return true;
}

uint64_t key_places_at(const struct key_places *places, const char *map, struct text key,
                       struct key_place out[PLACES_PER_KEY])
{
    struct strbuf name;
    const struct strmap_entry *entry;
    const struct found *found;

    strbuf_init(&name, KEY_MAX);
    entry = look(places, map, key, &name);
    strbuf_release(&name);
    if (entry == NULL) {
        return 0;
    }
    found = entry->pointer;
    memcpy(out, found->places, sizeof(found->places));
    return found->rows;
}
