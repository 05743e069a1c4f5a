#include "extract/claim.h"

#include "core/file.h"

static bool list_matches(const struct source_list *patterns, const char *name)
{
    for (size_t i = 0; i < patterns->count; i++) {
        if (text_match_glob(patterns->at[i], name)) {
            return true;
        }
    }
    return false;
}

/* NULL when nobody claims it; an error when two do. */
static bool claimant_find(const struct source_spec *spec, const char *name, size_t *table,
                          struct error *err)
{
    bool found = false;

    for (size_t i = 0; i < spec->ntables; i++) {
        if (!list_matches(&spec->tables[i].files, name)) {
            continue;
        }
        if (found) {
            return error_set(err, ERROR_SOURCE, "%s: claimed by two tables, '%s' and '%s'",
                             name, spec->tables[*table].name, spec->tables[i].name);
        }
        found = true;
        *table = i;
    }
    if (!found) {
        error_set(err, ERROR_SOURCE, "%s: no table of source '%s' claims this file", name,
                  spec->name);
        error_hint(err, "name it in 'tables', or in 'ignore' when it is none");
    }
    return found;
}

static bool patterns_are_met(const struct source_table *table, char *const *names, size_t count,
                             struct error *err)
{
    for (size_t i = 0; i < table->files.count && !table->optional; i++) {
        bool met = false;

        for (size_t j = 0; j < count && !met; j++) {
            met = text_match_glob(table->files.at[i], names[j]);
        }
        if (!met) {
            error_set(err, ERROR_SOURCE, "table '%s': no file '%s'", table->name,
                      table->files.at[i]);
            error_hint(err, "say 'optional: true' when the dump may be without it");
            return false;
        }
    }
    return true;
}

static void claim_add(struct source_list *claim, struct arena *arena, const char *folder,
                      const char *name, size_t room)
{
    if (claim->at == NULL) {
        claim->at = arena_alloc(arena, room * sizeof(*claim->at));
    }
    claim->at[claim->count++] = arena_printf(arena, "%s/%s", folder, name);
}

bool claim_files(const struct source_spec *spec, const char *folder, struct arena *arena,
                 struct source_list *claims, struct error *err)
{
    char **names;
    size_t count;
    bool ok = folder_list(folder, &names, &count, err);

    for (size_t i = 0; ok && i < count; i++) {
        size_t table = 0;

        if (list_matches(&spec->ignore, names[i])) {
            continue;
        }
        ok = claimant_find(spec, names[i], &table, err);
        if (ok) {
            claim_add(&claims[table], arena, folder, names[i], count);
        }
    }
    for (size_t i = 0; ok && i < spec->ntables; i++) {
        ok = patterns_are_met(&spec->tables[i], names, count, err);
    }
    folder_list_free(names, count);
    return ok;
}
