#include "load/organisation.h"

#include "core/ident.h"

static const char loaded_sql[] =
    "SELECT count(*) FROM mig.entity e "
    "WHERE to_regclass(format('hms.%I', e.entity || '__' || $1)) IS NOT NULL";

/* Names of partitions are split at "__", so that must not be part of the code's own name. */
static bool code_names_tables(const char *code)
{
    return org_code_is_valid(text_of(code)) && strstr(code, "__") == NULL &&
           code[strlen(code) - 1] != '_';
}

bool organisation_check(struct pg *pg, const char *code, bool replace, struct error *err)
{
    char org_id[16];
    const char *const params[] = {org_id, code};
    int64_t count;

    if (!code_names_tables(code)) {
        error_set(err, ERROR_CONFIG, "'%s' is not the code of an organisation", code);
        error_hint(err, "a lower-case letter, then at most %d letters, digits and single _",
                   ORG_CODE_MAX - 1);
        return false;
    }
    snprintf(org_id, sizeof(org_id), "%d", org_id_of(text_of(code)));
    if (!pg_setting(pg, "hms.org_id", org_id, err) ||
        !pg_query_int(pg,
                      "SELECT count(*) FROM hms.organisation WHERE org_id = $1 AND code <> $2",
                      2, params, &count, err)) {
        return false;
    }
    if (count > 0) {
        return error_set(err, ERROR_CONFIG,
                         "organisation '%s' has the same number as another one; choose another "
                         "code",
                         code);
    }
    if (replace) {
        return true;
    }
    if (!pg_query_int(pg, loaded_sql, 1, params + 1, &count, err)) {
        return false;
    }
    if (count > 0) {
        error_set(err, ERROR_STORE, "organisation '%s' is loaded already", code);
        error_hint(err, "--replace puts this load in the place of the other");
        return false;
    }
    return true;
}

bool organisation_register(struct pg *pg, const char *code, const char *name, struct error *err)
{
    char org_id[16];
    const char *const params[] = {org_id, code, name};

    snprintf(org_id, sizeof(org_id), "%d", org_id_of(text_of(code)));
    return pg_setting(pg, "hms.org_id", org_id, err) &&
           pg_exec(pg,
                   "INSERT INTO hms.organisation AS o (org_id, code, name) "
                   "VALUES ($1, $2, COALESCE($3, $2)) "
                   "ON CONFLICT (org_id) DO UPDATE SET name = COALESCE($3, o.name)",
                   3, params, err);
}
