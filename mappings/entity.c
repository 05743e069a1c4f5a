#include "mappings/entity.h"

#include "mappings/nearest.h"

const struct entity *entity_find(struct text name)
{
    for (size_t i = 0; i < entity_count; i++) {
        if (text_is(name, entity_table[i].name)) {
            return &entity_table[i];
        }
    }
    return NULL;
}

int entity_column_find(const struct entity *entity, struct text name)
{
    for (uint32_t i = 0; i < entity->ncols; i++) {
        if (text_is(name, entity->columns[i].name)) {
            return (int)i;
        }
    }
    return -1;
}

const char *entity_nearest(struct text name)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (size_t i = 0; i < entity_count; i++) {
        nearest_offer(&nearest, entity_table[i].name);
    }
    return nearest.best;
}
