/*
 * ucum_essence.c - reads ucum-essence.xml into tables and works out what each unit is worth.
 *
 * A definition may name units that stand further down, so definitions are read again and again
 * until a round resolves nothing more; what is left then is a circle or an unknown unit.
 */
#include "terminology/ucum_table.h"
#include "terminology/xml.h"

#include <stdlib.h>

struct essence_reader {
    struct ucum *ucum;
    struct ucum_atom *atom;     /* the unit that is open, or NULL */
    struct ucum_prefix *prefix; /* the prefix that is open, or NULL */
    struct strbuf text;         /* of the <name> that is open */
    bool in_name;
};

static const struct function_name {
    const char *name;
    enum ucum_function function;
} functions[] = {
#define X(name, function) {name, function},
    UCUM_FUNCTION_LIST(X)
#undef X
};

static struct text keep(struct essence_reader *reader, struct text text)
{
    return arena_copy(&reader->ucum->arena, text);
}

static bool open_atom(struct essence_reader *reader, const char *const *attributes,
                      bool is_base, struct error *err)
{
    struct ucum *ucum = reader->ucum;
    struct text code = keep(reader, xml_attribute(attributes, "Code"));
    struct ucum_atom *atom;
    struct strmap_entry *entry;

    if (ucum->natoms == UCUM_ATOMS_MAX || (is_base && ucum->nbases == UCUM_BASES)) {
        return error_set(err, ERROR_LIMIT, "too many units");
    }
    if (code.len == 0 || strmap_find(&ucum->by_code, code) != NULL) {
        return error_set(err, ERROR_SOURCE, "unit %zu has no code of its own", ucum->natoms);
    }
    atom = &ucum->atoms[ucum->natoms];
    *atom = (struct ucum_atom){.code = code, .name = code, .value = 1};
    atom->is_metric = is_base || text_is(xml_attribute(attributes, "isMetric"), "yes");
    atom->is_arbitrary = text_is(xml_attribute(attributes, "isArbitrary"), "yes");
    atom->is_special = text_is(xml_attribute(attributes, "isSpecial"), "yes");
    if (is_base) {
        atom->unit = ucum_unit_one();
        atom->unit.dim[ucum->nbases++] = 1;
        atom->is_resolved = true;
    }
    entry = strmap_put(&ucum->by_code, code);
    entry->number = ucum->natoms++;
    reader->atom = atom;
    return true;
}

static bool open_prefix(struct essence_reader *reader, const char *const *attributes,
                        struct error *err)
{
    struct ucum *ucum = reader->ucum;

    if (ucum->nprefixes == UCUM_PREFIXES_MAX) {
        return error_set(err, ERROR_LIMIT, "too many prefixes");
    }
    reader->prefix = &ucum->prefixes[ucum->nprefixes++];
    *reader->prefix = (struct ucum_prefix){
        .code = keep(reader, xml_attribute(attributes, "Code")),
        .value = 1,
    };
    return reader->prefix->code.len > 0 || error_set(err, ERROR_SOURCE, "a prefix has no code");
}

static bool read_value(struct text text, ucum_real *out, struct error *err)
{
    return (ucum_real_parse(text, out) && *out > 0) ||
           error_set(err, ERROR_SOURCE, "a value is no number above 0");
}

static bool open_value(struct essence_reader *reader, const char *const *attributes,
                       struct error *err)
{
    struct ucum_atom *atom = reader->atom;

    if (reader->prefix != NULL) {
        return read_value(xml_attribute(attributes, "value"), &reader->prefix->value, err);
    }
    if (atom == NULL || atom->is_special) { /* a special unit's <function> says it */
        return true;
    }
    atom->definition = keep(reader, xml_attribute(attributes, "Unit"));
    return read_value(xml_attribute(attributes, "value"), &atom->value, err);
}

static bool open_function(struct essence_reader *reader, const char *const *attributes,
                          struct error *err)
{
    struct text name = xml_attribute(attributes, "name");
    struct ucum_atom *atom = reader->atom;

    if (atom == NULL || !atom->is_special) {
        return error_set(err, ERROR_SOURCE, "a function stands outside of a special unit");
    }
    atom->definition = keep(reader, xml_attribute(attributes, "Unit"));
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        if (text_is(name, functions[i].name)) {
            atom->function = functions[i].function;
            return read_value(xml_attribute(attributes, "value"), &atom->value, err);
        }
    }
    return error_set(err, ERROR_SOURCE, "a function is not known");
}

static bool on_open(void *context, const char *name, const char *const *attributes,
                    struct error *err)
{
    struct essence_reader *reader = context;

    if (strcmp(name, "base-unit") == 0 || strcmp(name, "unit") == 0) {
        return open_atom(reader, attributes, name[0] == 'b', err);
    }
    if (strcmp(name, "prefix") == 0) {
        return open_prefix(reader, attributes, err);
    }
    if (strcmp(name, "value") == 0) {
        return open_value(reader, attributes, err);
    }
    if (strcmp(name, "function") == 0) {
        return open_function(reader, attributes, err);
    }
    if (strcmp(name, "name") == 0) {
        reader->in_name = true;
        strbuf_clear(&reader->text);
    } else if (strcmp(name, "root") == 0 && reader->ucum->version == NULL) {
        struct text version = xml_attribute(attributes, "version");
        reader->ucum->version = xstrndup(version.at, version.len);
    }
    return true;
}

static void on_text(void *context, struct text piece)
{
    struct essence_reader *reader = context;

    if (reader->in_name) {
        strbuf_add_text(&reader->text, piece);
    }
}

/* The first name is the one to show. */
static void close_name(struct essence_reader *reader)
{
    struct text name = text_trim(strbuf_text(&reader->text));

    reader->in_name = false;
    if (reader->prefix != NULL) {
        reader->prefix->name = keep(reader, name);
    } else if (reader->atom != NULL && reader->atom->name.at == reader->atom->code.at &&
               name.len > 0) {
        reader->atom->name = keep(reader, name);
    }
}

static bool on_close(void *context, const char *name, struct error *err)
{
    struct essence_reader *reader = context;

    (void)err;
    if (strcmp(name, "name") == 0) {
        close_name(reader);
    } else if (strcmp(name, "unit") == 0 || strcmp(name, "base-unit") == 0) {
        reader->atom = NULL;
    } else if (strcmp(name, "prefix") == 0) {
        reader->prefix = NULL;
    }
    return true;
}

/* False: a unit of its definition is not resolved yet, or the definition is wrong. */
static bool resolve_atom(struct ucum *ucum, size_t index)
{
    struct ucum_atom *atom = &ucum->atoms[index];
    struct ucum_unit unit;

    if (atom->is_special && atom->function == UCUM_NO_FUNCTION) {
        return false;
    }
    if (ucum_read(ucum, atom->definition, &unit, NULL) != UCUM_OK || unit.special != NULL) {
        return false;
    }
    unit.factor *= atom->value;
    if (atom->is_arbitrary && unit.narbitrary == 0) {
        unit.arbitrary[unit.narbitrary++] = (struct ucum_arbitrary){(uint16_t)index, 1};
    }
    if (text_is(atom->code, "mol")) {
        unit.mol = 1;
    }
    atom->unit = unit;
    atom->is_resolved = true;
    return true;
}

static bool resolve_all(struct ucum *ucum, struct error *err)
{
    size_t left;
    size_t before = SIZE_MAX;
    size_t last = 0;

    do {
        left = 0;
        for (size_t i = 0; i < ucum->natoms; i++) {
            if (!ucum->atoms[i].is_resolved && !resolve_atom(ucum, i)) {
                last = i;
                left++;
            }
        }
        if (left == before) {
            return error_set(err, ERROR_SOURCE,
                             "the definition of unit '%.*s' is wrong, or refers to itself",
                             (int)ucum->atoms[last].code.len, ucum->atoms[last].code.at);
        }
        before = left;
    } while (left > 0);
    return true;
}

struct ucum *ucum_new(struct text essence, struct error *err)
{
    struct ucum *ucum = xcalloc(1, sizeof(*ucum));
    struct essence_reader reader = {.ucum = ucum};
    struct xml_walk walk = {on_open, on_text, on_close, &reader};
    bool ok;

    ucum->atoms = xcalloc(UCUM_ATOMS_MAX, sizeof(*ucum->atoms));
    strmap_init(&ucum->by_code, UCUM_ATOMS_MAX);
    strbuf_init(&reader.text, UCUM_DEFINITION_MAX);
    ok = xml_parse(essence, &walk, err) && resolve_all(ucum, err) &&
         (ucum->nbases == UCUM_BASES ||
          error_set(err, ERROR_SOURCE, "%zu base units in place of seven", ucum->nbases));
    strbuf_release(&reader.text);
    if (!ok) {
        ucum_free(ucum);
        return NULL;
    }
    if (ucum->version == NULL) {
        ucum->version = xstrdup("");
    }
    return ucum;
}

void ucum_free(struct ucum *ucum)
{
    if (ucum != NULL) {
        strmap_release(&ucum->by_code);
        arena_release(&ucum->arena);
        free(ucum->atoms);
        free(ucum->version);
        free(ucum);
    }
}

const char *ucum_version(const struct ucum *ucum)
{
    return ucum->version;
}

size_t ucum_count(const struct ucum *ucum)
{
    return ucum->natoms;
}

struct text ucum_code(const struct ucum *ucum, size_t index)
{
    return ucum->atoms[index].code;
}

struct text ucum_name(const struct ucum *ucum, size_t index)
{
    return ucum->atoms[index].name;
}
