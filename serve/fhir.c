#include "serve/fhir.h"

#include "core/calendar.h"
#include "serve/url.h"

/* Short names of the store, and the URIs of hl7.org/fhir/R4/terminologies-systems.html. */
static const struct {
    const char *name;
    const char *uri;
} systems[] = {
    {"loinc", "http://loinc.org"},
    {"snomed", "http://snomed.info/sct"},
    {"icd10", "http://hl7.org/fhir/sid/icd-10"},
    {"icd10cm", "http://hl7.org/fhir/sid/icd-10-cm"},
    {"icd9cm", "http://hl7.org/fhir/sid/icd-9-cm"},
    {"atc", "http://www.whocc.no/atc"},
    {"rxnorm", "http://www.nlm.nih.gov/research/umls/rxnorm"},
    {"ndc", "http://hl7.org/fhir/sid/ndc"},
    {"cpt", "http://www.ama-assn.org/go/cpt"},
    {"hcpcs", "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"},
    {"cvx", "http://hl7.org/fhir/sid/cvx"},
    {"ucum", "http://unitsofmeasure.org"},
};

static bool has_scheme(struct text name)
{
    size_t i = 0;

    while (i < name.len && ((name.at[i] >= 'a' && name.at[i] <= 'z') ||
                            (name.at[i] >= 'A' && name.at[i] <= 'Z'))) {
        i++;
    }
    return i > 1 && i < name.len && name.at[i] == ':';
}

void fhir_system_uri(struct strbuf *out, const char *organisation, struct text name)
{
    for (size_t i = 0; i < sizeof(systems) / sizeof(systems[0]); i++) {
        if (text_is(name, systems[i].name)) {
            strbuf_puts(out, systems[i].uri);
            return;
        }
    }
    if (has_scheme(name)) {
        url_encode(out, name, ":/?#[]@!$&'()*+,;=%");
        return;
    }
    strbuf_addf(out, "urn:hms:%s:", organisation);
    url_encode(out, name, "");
}

struct text fhir_system_name(struct arena *arena, struct text uri, const char *organisation)
{
    const char *urn = arena_printf(arena, "urn:hms:%s:", organisation);
    size_t len = strlen(urn);
    struct text name = uri;

    for (size_t i = 0; i < sizeof(systems) / sizeof(systems[0]); i++) {
        if (text_is(uri, systems[i].uri)) {
            return text_of(systems[i].name);
        }
    }
    if (uri.len > len && memcmp(uri.at, urn, len) == 0 &&
        !url_decode(arena, (struct text){uri.at + len, uri.len - len}, false, &name)) {
        return uri;
    }
    return name;
}

bool fhir_is_blank(struct text value)
{
    return text_trim(value).len == 0;
}

void fhir_list_item(struct fhir *fhir, const char *key, bool *is_open)
{
    if (!*is_open) {
        json_out_key(&fhir->out, key);
        json_out_array(&fhir->out);
        *is_open = true;
    }
}

void fhir_list_end(struct fhir *fhir, bool is_open)
{
    if (is_open) {
        json_out_end_array(&fhir->out);
    }
}

void fhir_text(struct fhir *fhir, const char *key, struct text value)
{
    if (!fhir_is_blank(value)) {
        json_out_member_text(&fhir->out, key, value);
    }
}

void fhir_text_list(struct fhir *fhir, const char *key, struct text value)
{
    if (!fhir_is_blank(value)) {
        json_out_key(&fhir->out, key);
        json_out_array(&fhir->out);
        json_out_text(&fhir->out, value);
        json_out_end_array(&fhir->out);
    }
}

bool fhir_is_code(struct text value)
{
    bool after_blank = true;

    for (size_t i = 0; i < value.len; i++) {
        bool blank = (unsigned char)value.at[i] <= ' ';
        if (blank && (after_blank || value.at[i] != ' ')) {
            return false;
        }
        after_blank = blank;
    }
    return !after_blank;
}

void fhir_code(struct fhir *fhir, const char *key, struct text value)
{
    if (fhir_is_code(value)) {
        json_out_member_text(&fhir->out, key, value);
    }
}

void fhir_bool(struct fhir *fhir, const char *key, struct text value)
{
    if (value.len > 0) {
        json_out_member_bool(&fhir->out, key, text_is(value, "true"));
    }
}

void fhir_coding(struct fhir *fhir, const char *system_uri, struct text code)
{
    json_out_object(&fhir->out);
    json_out_member(&fhir->out, "system", system_uri);
    json_out_member_text(&fhir->out, "code", code);
    json_out_end_object(&fhir->out);
}

static void named_coding(struct fhir *fhir, struct text system, struct text code)
{
    json_out_object(&fhir->out);
    if (system.len > 0) {
        struct strbuf uri;
        strbuf_init(&uri, 4096);
        fhir_system_uri(&uri, fhir->organisation, system);
        json_out_member_text(&fhir->out, "system", strbuf_text(&uri));
        strbuf_release(&uri);
    }
    json_out_member_text(&fhir->out, "code", code);
    json_out_end_object(&fhir->out);
}

bool fhir_concept_is_blank(const struct fhir_concept *concept)
{
    return !fhir_is_code(concept->code) && fhir_is_blank(concept->source_code) &&
           fhir_is_blank(concept->source_text);
}

void fhir_concept_value(struct fhir *fhir, const struct fhir_concept *concept)
{
    struct text source_code = text_trim(concept->source_code);
    bool has_code = fhir_is_code(concept->code);
    bool has_source = fhir_is_code(source_code);

    json_out_object(&fhir->out);
    if (has_code || has_source) {
        json_out_key(&fhir->out, "coding");
        json_out_array(&fhir->out);
        if (has_code) {
            named_coding(fhir, concept->system, concept->code);
        }
        if (has_source) {
            named_coding(fhir, concept->source_system, source_code);
        }
        json_out_end_array(&fhir->out);
    }
    if (!fhir_is_blank(concept->source_text)) {
        fhir_text(fhir, "text", concept->source_text);
    } else if (!has_source) { /* a code that FHIR's type `code` does not allow */
        fhir_text(fhir, "text", source_code);
    }
    json_out_end_object(&fhir->out);
}

void fhir_concept(struct fhir *fhir, const char *key, const struct fhir_concept *concept)
{
    if (!fhir_concept_is_blank(concept)) {
        json_out_key(&fhir->out, key);
        fhir_concept_value(fhir, concept);
    }
}

void fhir_concept_text(struct fhir *fhir, const char *key, struct text text)
{
    fhir_concept(fhir, key, &(struct fhir_concept){.source_text = text});
}

void fhir_reference(struct fhir *fhir, const char *key, const char *type, struct text id)
{
    char reference[64];

    if (id.len > 0) {
        snprintf(reference, sizeof(reference), "%s/%.*s", type, (int)id.len, id.at);
        json_out_key(&fhir->out, key);
        json_out_object(&fhir->out);
        json_out_member(&fhir->out, "reference", reference);
        json_out_end_object(&fhir->out);
    }
}

void fhir_elsewhere_value(struct fhir *fhir, const char *type, struct text id)
{
    char urn[64];

    snprintf(urn, sizeof(urn), "urn:uuid:%.*s", (int)id.len, id.at);
    json_out_object(&fhir->out);
    json_out_member(&fhir->out, "type", type);
    json_out_key(&fhir->out, "identifier");
    json_out_object(&fhir->out);
    json_out_member(&fhir->out, "system", "urn:ietf:rfc:3986");
    json_out_member(&fhir->out, "value", urn);
    json_out_end_object(&fhir->out);
    json_out_end_object(&fhir->out);
}

void fhir_reference_elsewhere(struct fhir *fhir, const char *key, const char *type,
                              struct text id)
{
    if (id.len > 0) {
        json_out_key(&fhir->out, key);
        fhir_elsewhere_value(fhir, type, id);
    }
}

void fhir_date(struct fhir *fhir, const char *key, struct text date, struct text precision)
{
    size_t len = text_is(precision, "Y") ? 4 : text_is(precision, "M") ? 7 : 10;
    int32_t days;

    if (calendar_parse_date(date, &days)) { /* not 'infinity', not a year before Christ */
        json_out_member_text(&fhir->out, key, (struct text){date.at, len});
    }
}

void fhir_when(struct fhir *fhir, const char *key, struct text at, struct text precision)
{
    struct strbuf text;
    int64_t us;

    if (precision.len > 0 && !text_is(precision, "T")) {
        fhir_date(fhir, key, at, precision);
        return;
    }
    if (calendar_parse_timestamp(at, &us)) {
        strbuf_init(&text, 64);
        calendar_format_timestamp(&text, us);
        json_out_member_text(&fhir->out, key, strbuf_text(&text));
        strbuf_release(&text);
    }
}

void fhir_period(struct fhir *fhir, const char *key, struct text from, struct text to)
{
    int32_t days;

    if (calendar_parse_date(from, &days) || calendar_parse_date(to, &days)) {
        json_out_key(&fhir->out, key);
        json_out_object(&fhir->out);
        fhir_date(fhir, "start", from, (struct text){"", 0});
        fhir_date(fhir, "end", to, (struct text){"", 0});
        json_out_end_object(&fhir->out);
    }
}

void fhir_decimal(struct fhir *fhir, const char *key, struct text number)
{
    if (number.len > 0 &&
        (number.at[0] == '-' || (number.at[0] >= '0' && number.at[0] <= '9'))) {
        json_out_key(&fhir->out, key);
        json_out_raw(&fhir->out, number);
    }
}

void fhir_begin(struct fhir *fhir, const char *type, struct text id, struct text source_system,
                struct text confidentiality)
{
    struct strbuf source;

    json_out_object(&fhir->out);
    json_out_member(&fhir->out, "resourceType", type);
    json_out_member_text(&fhir->out, "id", id);
    json_out_key(&fhir->out, "meta");
    json_out_object(&fhir->out);
    json_out_member(&fhir->out, "versionId", fhir->version);
    if (source_system.len > 0) {
        strbuf_init(&source, 1024);
        fhir_system_uri(&source, fhir->organisation, source_system);
        json_out_member_text(&fhir->out, "source", strbuf_text(&source));
        strbuf_release(&source);
    }
    if (fhir_is_code(confidentiality)) {
        json_out_key(&fhir->out, "security");
        json_out_array(&fhir->out);
        fhir_coding(fhir, "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                    confidentiality);
        json_out_end_array(&fhir->out);
    }
    json_out_end_object(&fhir->out);
}
