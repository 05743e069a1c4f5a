/*
 * step_ident.c - steps for ids and keys.
 */
#include "core/ident.h"
#include "mappings/entity.h"
#include "transform/check_digit.h"
#include "transform/step_cell.h"

#include <inttypes.h>

enum { UUID_BYTES = 36 };

struct ref {
    struct text organisation;
    struct text system;
    struct text entity;
    struct text part; /* of the map that makes the row referred to; usually empty */
};

static bool ref_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct ref *ref = xcalloc(1, sizeof(*ref));
    const char *name = step->source->args[0];
    const char *nearest;

    step->data = ref;
    *ref = (struct ref){text_of(env->organisation), text_of(env->system), text_of(name),
                        text_of(step->source->nargs > 1 ? step->source->args[1] : "")};
    if (entity_find(ref->entity) == NULL) {
        nearest = entity_nearest(ref->entity);
        return step_error(step, err, "there is no entity '%s'%s%s%s", name,
                          nearest == NULL ? "" : "; did you mean '",
                          nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
    }
    return true;
}

/* The values, and `part` behind them, as one key; false: `*blank` says whether a value is
 * missing, else one holds a control character. */
static bool key_join(const struct step_cell *at, struct text part, struct text *key,
                     bool *blank)
{
    size_t room = 0;
    char *out;
    char *to;

    *blank = false;
    for (int n = 0; n < at->frame->nvalues; n++) {
        struct text value = cell_trimmed(cell_sibling(at, n));
        if (value.len == 0) {
            *blank = true;
            return false;
        }
        if (text_has_control(value)) {
            return false;
        }
        room += value.len + 1;
    }
    if (at->frame->nvalues == 1 && part.len == 0) {
        *key = cell_trimmed(at->cell);
        return true;
    }
    out = to = arena_bytes(cell_arena(at), room + part.len);
    for (int n = 0; n < at->frame->nvalues; n++) {
        struct text value = cell_trimmed(cell_sibling(at, n));
        to = mempcpy(to, value.at, value.len);
        *to++ = IDENT_KEY_PART;
    }
    to = mempcpy(to, part.at, part.len);
    *key = (struct text){out, (size_t)(to - out) - (part.len == 0 ? 1 : 0)};
    return true;
}

static void ref_row(const struct step_cell *at)
{
    const struct ref *ref = at->data;
    struct text key;
    bool blank;
    char *out;

    if (key_join(at, ref->part, &key, &blank)) {
        out = arena_bytes(cell_arena(at), UUID_BYTES + 1);
        ident_format(ident_of(ref->organisation, ref->system, ref->entity, key), out);
        cell_put(at->cell, (struct text){out, UUID_BYTES});
    } else if (blank) {
        cell_clear(at->cell);
    } else {
        cell_refuse(at, "key.control");
    }
}

STEP_RUN_ROW(ref, 1)

/* XXH3-128 over the trimmed values, each followed by 0x1E but the last, NULL as 0x1D. */
static void hash_key_row(const struct step_cell *at)
{
    size_t room = 0;
    bool blank = true;
    struct digest128 digest;
    char *bytes;
    char *to;

    for (int n = 0; n < at->frame->nvalues; n++) {
        room += cell_trimmed(cell_sibling(at, n)).len + 2;
    }
    bytes = to = arena_bytes(cell_arena(at), room);
    for (int n = 0; n < at->frame->nvalues; n++) {
        struct text part = cell_trimmed(cell_sibling(at, n));
        blank = blank && part.len == 0;
        if (n > 0) {
            *to++ = IDENT_KEY_PART;
        }
        if (part.len == 0) {
            *to++ = 0x1D;
        }
        to = mempcpy(to, part.at, part.len);
    }
    if (blank) {
        cell_clear(at->cell);
        return;
    }
    digest = digest_of(bytes, (size_t)(to - bytes));
    cell_put(at->cell, text_of(arena_printf(cell_arena(at), "%016" PRIx64 "%016" PRIx64,
                                            digest.high, digest.low)));
}

STEP_RUN_ROW(hash_key, 1)

static void uuid_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);
    char hyphens[UUID_BYTES];
    size_t used = 0;
    struct ident id;
    char *out;

    if (in.len > 2 && in.at[0] == '{' && in.at[in.len - 1] == '}') {
        in = (struct text){in.at + 1, in.len - 2};
    }
    if (in.len == 32) {
        for (size_t i = 0; i < in.len; i++) {
            if (i == 8 || i == 12 || i == 16 || i == 20) {
                hyphens[used++] = '-';
            }
            hyphens[used++] = in.at[i];
        }
        in = (struct text){hyphens, sizeof(hyphens)};
    }
    if (!ident_parse(in, &id)) {
        cell_refuse(at, "uuid.format");
        return;
    }
    out = arena_bytes(cell_arena(at), UUID_BYTES + 1);
    ident_format(id, out);
    cell_put(at->cell, (struct text){out, UUID_BYTES});
}

STEP_RUN_WORD(uuid)

struct check {
    const char *name;
    bool (*is_right)(struct text number);
};

static const struct check checks[] = {
    {"luhn", check_luhn},   {"npi", check_npi},     {"verhoeff", check_verhoeff},
    {"mod11", check_mod11}, {"mod97", check_mod97}, {"iban", check_iban},
};

static bool check_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct check *check = xcalloc(1, sizeof(*check));

    (void)env;
    step->data = check;
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        if (strcmp(checks[i].name, step->source->args[0]) == 0) {
            *check = checks[i];
            return true;
        }
    }
    return step_error(step, err, "there is no check '%s'; %s", step->source->args[0],
                      step->source->spec->args);
}

static void check_cell(const struct step_cell *at)
{
    const struct check *check = at->data;

    if (!check->is_right(cell_text(*at->cell))) {
        cell_refuse(at, "check.digit");
    }
}

STEP_RUN_WORD(check)

const struct step_impl step_ident_impls[] = {
    {"ref", ref_compile, ref_run, NULL},
    {"hash_key", NULL, hash_key_run, NULL},
    {"uuid", NULL, uuid_run, NULL},
    {"check", check_compile, check_run, NULL},
    {0},
};
