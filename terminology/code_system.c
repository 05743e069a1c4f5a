#include "terminology/code_system.h"

enum { ALIASES_MAX = 3 };

/* URIs: hl7.org/fhir/R4/terminologies-systems.html; aliases are written as folded below. */
static const struct {
    struct code_system system;
    const char *aliases[ALIASES_MAX];
} systems[] = {
    {{"loinc", "http://loinc.org"}, {"lnc", "ln"}},
    {{"snomed", "http://snomed.info/sct"}, {"snomedct", "sct"}},
    {{"icd10", "http://hl7.org/fhir/sid/icd-10"}, {"icd10who"}},
    {{"icd10-uk", "http://hl7.org/fhir/sid/icd-10-uk"}, {"icd10uk"}},
    {{"icd10-gm", "http://fhir.de/CodeSystem/bfarm/icd-10-gm"}, {"icd10gm"}},
    {{"icd10cm", "http://hl7.org/fhir/sid/icd-10-cm"}, {"i10"}},
    {{"icd10pcs", "http://www.cms.gov/Medicare/Coding/ICD10"}, {NULL}},
    {{"icd9cm", "http://hl7.org/fhir/sid/icd-9-cm"}, {"i9", "icd9cmdiagnosis"}},
    {{"icd9cm-procedure", "http://hl7.org/fhir/sid/icd-9-cm/procedure"},
     {"icd9cmprocedure", "icd9proc", "icd9cmproc"}},
    {{"atc", "http://www.whocc.no/atc"}, {"whoatc", "atcddd"}},
    {{"rxnorm", "http://www.nlm.nih.gov/research/umls/rxnorm"}, {"rxcui"}},
    {{"ndc", "http://hl7.org/fhir/sid/ndc"}, {NULL}},
    {{"cpt", "http://www.ama-assn.org/go/cpt"}, {"cpt4"}},
    {{"hcpcs", "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"}, {"hcpcslevelii"}},
    {{"cvx", "http://hl7.org/fhir/sid/cvx"}, {NULL}},
    {{"ucum", "http://unitsofmeasure.org"}, {NULL}},
};

/* Whether the name, without case and what joins its words, is that word. */
static bool folds_to(struct text name, const char *word)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (c == '-' || c == '_' || c == '.' || c == ' ') {
            continue;
        }
        if (*word == '-') { /* a name of ours with a dash */
            word++;
        }
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        }
        if (c != *word) {
            return false;
        }
        word++;
    }
    return *word == '\0';
}

const struct code_system *code_system_find(struct text name)
{
    for (size_t i = 0; i < sizeof(systems) / sizeof(systems[0]); i++) {
        const struct code_system *system = &systems[i].system;
        if (folds_to(name, system->name) || text_is(name, system->uri)) {
            return system;
        }
        for (int a = 0; a < ALIASES_MAX && systems[i].aliases[a] != NULL; a++) {
            if (folds_to(name, systems[i].aliases[a])) {
                return system;
            }
        }
    }
    return NULL;
}

struct text code_system_pack(struct text name)
{
    const struct code_system *system = code_system_find(name);

    return system == NULL ? name : text_of(system->name);
}
