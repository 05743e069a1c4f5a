#include "terminology/loinc_convert.h"

#include "terminology/molar_mass.h"

enum { SIBLINGS_MAX = 1 << 20, KEY_BYTES_MAX = 4096 };

static const char *const axes[] = {"COMPONENT", "TIME_ASPCT", "SYSTEM", "SCALE_TYP",
                                   "METHOD_TYP"};

void loinc_converter_init(struct loinc_converter *converter, const struct code_pack *pack,
                          struct ucum_cache *units)
{
    *converter = (struct loinc_converter){.pack = pack, .units = units};
    strmap_init(&converter->siblings, SIBLINGS_MAX);
}

void loinc_converter_release(struct loinc_converter *converter)
{
    strmap_release(&converter->siblings);
    *converter = (struct loinc_converter){0};
}

/* The axes of a row with a property in place of its own. */
static struct text sibling_key(const struct code_pack *pack, uint32_t row, struct text property,
                               struct strbuf *key)
{
    strbuf_clear(key);
    strbuf_add_text(key, property);
    for (size_t i = 0; i < sizeof(axes) / sizeof(axes[0]); i++) {
        strbuf_putc(key, '\x1f');
        strbuf_add_text(key, code_pack_value(pack, row, axes[i]));
    }
    return strbuf_text(key);
}

static void index_siblings(struct loinc_converter *converter)
{
    uint32_t count = code_pack_count(converter->pack);
    struct strbuf key;

    strbuf_init(&key, KEY_BYTES_MAX);
    for (uint32_t row = 0; row < count; row++) {
        struct code_entry entry = code_pack_entry(converter->pack, row);
        if (entry.status == CODE_ACTIVE || entry.status == CODE_TRIAL) {
            struct text property = code_pack_value(converter->pack, row, "PROPERTY");
            size_t before = converter->siblings.count;
            struct strmap_entry *slot = strmap_put(
                &converter->siblings, sibling_key(converter->pack, row, property, &key));
            if (slot != NULL) {
                slot->number = converter->siblings.count > before ? (uint64_t)row + 1 : 0;
            }
        }
    }
    strbuf_release(&key);
    converter->has_siblings = true;
}

static bool find_sibling(struct loinc_converter *converter, uint32_t row, const char *property,
                         uint32_t *sibling, const char **why)
{
    struct strmap_entry *slot;
    struct strbuf key;

    if (!converter->has_siblings) {
        index_siblings(converter);
    }
    strbuf_init(&key, KEY_BYTES_MAX);
    slot = strmap_find(&converter->siblings,
                       sibling_key(converter->pack, row, text_of(property), &key));
    strbuf_release(&key);
    if (slot == NULL || slot->number == 0) {
        *why = slot == NULL ? "no code has the same axes in that property"
                            : "several codes have the same axes in that property";
        return false;
    }
    *sibling = (uint32_t)(slot->number - 1);
    return true;
}

/* Between grams, moles and equivalents of one analyte. */
static bool convert_value(struct loinc_converter *converter, struct text component,
                          const struct ucum_parsed *from, const struct ucum_parsed *to,
                          ucum_real *value, const char **why)
{
    struct molar_mass analyte = {0};
    struct ucum_conversion how = {&from->unit, &to->unit, 0};
    bool is_known = molar_mass_find(component, &analyte);

    *why = ucum_cache_conflict(from, to);
    if (*why != NULL) {
        return false;
    }
    if (((from->marks ^ to->marks) & UCUM_CHARGE) != 0) {
        if (!is_known || analyte.charge == 0) {
            *why = "the charge of this analyte is not known";
            return false;
        }
        *value = (from->marks & UCUM_CHARGE) != 0 ? *value / analyte.charge
                                                  : *value * analyte.charge;
    }
    if (from->unit.mol == to->unit.mol) {
        *why = "the units do not measure the same";
        return ucum_convert(&from->unit, &to->unit, *value, value);
    }
    if (!is_known) {
        *why = "the molar mass of this analyte is not known";
        return false;
    }
    how.molar_mass = (ucum_real)analyte.grams;
    *why = "the units do not measure the same";
    return ucum_convert_molar(converter->units->ucum, &how, *value, value);
}

/* The row whose property the wanted unit has. */
static bool choose_row(struct loinc_converter *converter, uint32_t row,
                       const struct ucum_parsed *to, uint32_t *chosen, const char **why)
{
    struct text property = code_pack_value(converter->pack, row, "PROPERTY");
    const char *molar = property_molar(property);

    *chosen = row;
    if (property_fits(converter->units, property, to) == PROPERTY_FITS) {
        return true;
    }
    if (molar == NULL || property_fits(converter->units, text_of(molar), to) != PROPERTY_FITS) {
        *why = "the wanted unit goes with no property of this code's kind";
        return false;
    }
    return find_sibling(converter, row, molar, chosen, why);
}

bool loinc_convert(struct loinc_converter *converter, const struct loinc_value *from,
                   struct loinc_value *out, const char **why)
{
    uint32_t row = code_pack_find(converter->pack, from->code);
    struct ucum_parsed have = *ucum_cache_find(converter->units, from->unit);
    struct ucum_parsed want = *ucum_cache_find(converter->units, out->unit);
    uint32_t chosen;

    *why = row == CODE_NONE ? "no such LOINC code" : "not a unit of UCUM";
    if (row == CODE_NONE || have.fault != UCUM_OK || want.fault != UCUM_OK) {
        return false;
    }
    *why = "the unit does not go with the property of this code";
    if (property_fits(converter->units, code_pack_value(converter->pack, row, "PROPERTY"),
                      &have) != PROPERTY_FITS) {
        return false;
    }
    out->value = from->value;
    if (!choose_row(converter, row, &want, &chosen, why) ||
        !convert_value(converter, code_pack_value(converter->pack, row, "COMPONENT"), &have,
                       &want, &out->value, why)) {
        return false;
    }
    out->code = code_pack_entry(converter->pack, chosen).code;
    return true;
}
