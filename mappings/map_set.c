#include "core/file.h"
#include "mappings/map.h"
#include "mappings/map_check.h"

#include <string.h>

static bool is_yaml_name(const char *name)
{
    size_t len = strlen(name);

    return name[0] != '.' && ((len > 4 && strcmp(name + len - 4, ".yml") == 0) ||
                              (len > 5 && strcmp(name + len - 5, ".yaml") == 0));
}

static int by_name(const void *left, const void *right)
{
    const struct map *const *a = left;
    const struct map *const *b = right;
    int order = strcmp((*a)->name, (*b)->name);

    return order != 0 ? order : strcmp((*a)->path, (*b)->path);
}

void map_set_sort(struct map_set *set)
{
    if (set->count > 1) {
        qsort(set->maps, set->count, sizeof(*set->maps), by_name);
    }
}

void map_set_add(struct map_set *set, struct map *map)
{
    set->maps = xrealloc(set->maps, (set->count + 1) * sizeof(*set->maps));
    set->maps[set->count++] = map;
}

bool map_folder_each(const char *folder,
                     bool (*visit)(const char *path, void *context, struct error *err),
                     void *context, struct error *err)
{
    char **names = NULL;
    size_t count = 0;
    bool ok = true;

    if (!folder_list(folder, &names, &count, err)) {
        return false;
    }
    for (size_t i = 0; i < count && ok; i++) {
        struct error unread = {0};
        struct yaml *yaml;
        char *path;

        if (!is_yaml_name(names[i])) {
            continue;
        }
        path = path_join(folder, names[i]);
        yaml = yaml_load(path, &unread);
        if (!yaml || yaml_get(yaml_root(yaml), "map")) {
            ok = visit(path, context, err);
        }
        yaml_free(yaml);
        free(path);
    }
    folder_list_free(names, count);
    return ok;
}

static bool load_into(const char *path, void *context, struct error *err)
{
    struct map *map = map_load(path, err);

    if (map) {
        map_set_add(context, map);
    }
    return map != NULL;
}

bool map_set_load(struct map_set *set, const char *folder, struct error *err)
{
    *set = (struct map_set){0};
    if (!map_folder_each(folder, load_into, set, err)) {
        map_set_release(set);
        return false;
    }
    if (set->count == 0) {
        return error_set(err, ERROR_CONFIG, "%s: no map in this folder", folder);
    }
    map_set_sort(set);
    return true;
}

void map_set_release(struct map_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        map_free(set->maps[i]);
    }
    free(set->maps);
    *set = (struct map_set){0};
}
