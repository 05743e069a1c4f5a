/*
 * load_ucum.c - ucum-essence.xml as a pack: its units to look up, and the file itself, from
 * which terminology/ucum.h makes its tables.
 */
#include "terminology/load.h"
#include "terminology/ucum.h"

#include <stdio.h>

bool load_ucum(struct text content, struct pack_builder *builder, struct load_facts *facts,
               struct error *err)
{
    struct ucum *ucum = ucum_new(content, err);

    if (ucum == NULL) {
        return false;
    }
    for (size_t i = 0; i < ucum_count(ucum); i++) {
        struct code_entry entry = {.code = ucum_code(ucum, i),
                                   .display = ucum_name(ucum, i),
                                   .flags = CODE_BILLABLE,
                                   .from = CODE_NO_DAY,
                                   .until = CODE_NO_DAY};
        pack_builder_add(builder, &entry, (struct text){"", 0});
    }
    snprintf(facts->version, sizeof(facts->version), "%s", ucum_version(ucum));
    builder->blob = arena_copy(&builder->arena, content);
    ucum_free(ucum);
    return true;
}
