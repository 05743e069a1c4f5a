#include "mappings/step_table.h"

#include "mappings/map.h"
#include "mappings/nearest.h"

enum { MANY = MAP_FROM_MAX, SAME = STEP_OUT_SAME, WORDS = MAP_STEP_ARGS_MAX };

const struct step_spec step_table[] = {
    /* text: step_text.c */
    {"trim", 1, MANY, SAME, 0, 0, "", "",
     "takes spaces, tabs, line ends and no-break spaces off both ends; NULL when nothing is "
     "left",
     "  Anna ", "", "Anna"},
    {"collapse_spaces", 1, MANY, SAME, 0, 0, "", "",
     "trims, and makes each run of white space inside one space", " Anna   Maria ", "",
     "Anna Maria"},
    {"upper", 1, MANY, SAME, 0, 0, "", "", "upper case, by Unicode, in no language", "straße",
     "", "STRASSE"},
    {"lower", 1, MANY, SAME, 0, 0, "", "", "lower case, by Unicode, in no language", "ÀBC", "",
     "àbc"},
    {"title", 1, MANY, SAME, 0, 0, "", "", "first letter of each word upper case, others lower",
     "VAN DER BERG", "", "Van Der Berg"},
    {"nfc", 1, MANY, SAME, 0, 0, "", "", "composes letters and marks (Unicode form NFC)",
     "Zoe\xCC\x88", "", "Zo\xC3\xAB"},
    {"nfkc", 1, MANY, SAME, 0, 0, "", "",
     "as nfc, and full-width letters, ligatures and the like become plain (form NFKC)",
     "\xEF\xBC\xA1\xEF\xBC\x91", "", "A1"},
    {"nullif", 1, MANY, SAME, 1, WORDS, "'text' ...", "",
     "NULL when the value, outer spaces aside, is one of the texts", "99999999",
     "'99999999' '-'", "NULL"},
    {"default", 1, MANY, SAME, 1, 1, "'text'", "", "the text in place of NULL or a blank value",
     "NULL", "'unknown'", "unknown"},
    {"constant", 0, 0, 1, 1, 1, "'text'", "", "the text, for every row", "", "'KES'", "KES"},
    {"first", 1, MANY, 1, 0, 0, "", "", "the first value that is not blank", "NULL ; b ; c", "",
     "b"},
    {"join", 1, MANY, 1, 1, 1, "'separator'", "text.too_long",
     "the values that are not blank, with the separator between them", "a ; NULL ; c", "', '",
     "a, c"},
    {"template", 1, MANY, 1, 1, 1, "'text with {1} and {2}'", "text.too_long",
     "the text with the values in their places; NULL when one of the values is blank, also one "
     "without a place",
     "A17 ; 3", "'{1}-{2}'", "A17-3"},
    {"pick", 1, MANY, 1, 1, 1, "N", "", "the N-th value alone, counted from 1", "a ; b", "2",
     "b"},
    {"split", 1, 1, 1, 2, 2, "'separator' N", "",
     "the N-th part, trimmed; -1 is the last; NULL when there are fewer", "B001^3^A", "'^' 2",
     "3"},
    {"split2", 1, 1, 2, 1, 1, "'separator'", "",
     "what is before and what is behind the first separator, trimmed; without one, all and "
     "NULL",
     "Otieno, Mary Anne", "','", "Otieno ; Mary Anne"},
    {"substring", 1, 1, 1, 1, 2, "FROM [LENGTH]", "",
     "characters from the FROM-th on, counted from 1; NULL when there are none", "KE-0042",
     "4 2", "00"},
    {"replace", 1, MANY, SAME, 2, 2, "'old' 'new'", "text.too_long",
     "every 'old' becomes 'new'", "a.b.c", "'.' '-'", "a-b-c"},
    {"prefix", 1, MANY, SAME, 1, 1, "'text'", "",
     "the text in front of a value that is not blank", "17", "'D'", "D17"},
    {"suffix", 1, MANY, SAME, 1, 1, "'text'", "", "the text behind a value that is not blank",
     "17", "'/A'", "17/A"},
    {"pad_left", 1, MANY, SAME, 2, 2, "WIDTH 'character'", "",
     "fills up to WIDTH characters in front; longer values stay", "42", "6 '0'", "000042"},
    {"strip", 1, MANY, SAME, 1, 1, "'characters'", "",
     "takes these characters out wherever they stand; NULL when nothing is left", "12-34/5",
     "'-/'", "12345"},
    {"strip_left", 1, MANY, SAME, 1, 1, "'characters'", "",
     "takes these characters off the front; the last character always stays", "000042", "'0'",
     "42"},
    {"digits", 1, MANY, SAME, 0, 0, "", "",
     "keeps the decimal digits, Arabic-Indic ones as 0 to 9; NULL when there are none",
     "(020) ٤٢-7", "", "020427"},

    /* choice: step_choice.c */
    {"regex", 1, 1, 1, 1, 2, "'pattern' [GROUP]", "text.pattern",
     "what GROUP (else group 1, else all) of the first match holds; NULL without a match; "
     "refuses a search that takes too long",
     "Ward 7 bed 12", "'bed ([0-9]+)'", "12"},
    {"matches", 1, MANY, SAME, 1, 1, "'pattern'", "text.pattern",
     "refuses a value that does not match from its first to its last character", "AB123",
     "'[A-Z]{2}[0-9]{3}'", "AB123"},
    {"one_of", 1, MANY, SAME, 1, WORDS, "'word' ...", "text.set",
     "refuses a value that is none of the words", "final", "'final' 'draft'", "final"},
    {"map", 1, 1, 1, 2, WORDS, "'old' 'new' ...", "text.unmapped",
     "each old word becomes the new one behind it; '*' stands for any other, without it "
     "another is refused; '' makes NULL",
     "O", "'I' 'inpatient' 'O' 'outpatient'", "outpatient"},
    {"when", 2, 2, 1, 1, WORDS, "'word' ...", "",
     "the first value when the second is one of the words, else NULL", "I21.9 ; 10", "'10'",
     "I21.9"},
    {"boolean", 1, 1, 1, 0, 2, "['true words' 'false words']", "boolean.unknown",
     "true or false; words are separated by commas, case aside; otherwise the usual ones in "
     "English, German, French, Spanish",
     "Ja", "", "true"},
    {"sex", 1, 1, 1, 0, 0, "", "sex.unknown",
     "male, female, other or unknown, from the usual words and letters in English, German, "
     "French, Spanish, Swahili and Arabic, and HL7 table 0001",
     "weiblich", "", "female"},

    /* dates: step_date.c, step_time.c.  Pattern letters are those of transform/date_pattern.h */
    {"date", 1, 1, 1, 1, WORDS, "'pattern' ... ['pivot=NN']", "date.format",
     "YYYY-MM-DD by the first pattern that fits: d M y (dd MM yyyy two and four digits, yy "
     "needs a pivot: NN..99 are 19NN..1999), MMM a month's English name, time fields are "
     "checked and left out",
     "29/02/2024", "'dd/MM/yyyy'", "2024-02-29"},
    {"partial_date", 1, 1, 2, 1, WORDS, "'pattern' ... ['pivot=NN']", "date.format",
     "date and precision: D, or M or Y when the pattern has no day or month; then the date is "
     "the first day of the period",
     "03/1980", "'dd/MM/yyyy' 'MM/yyyy' 'yyyy'", "1980-03-01 ; M"},
    {"year_only_on", 1, 1, 2, 1, WORDS, "'MM-DD' ...", "date.format",
     "date and precision, where the source writes one of these days to say that only the year "
     "is known",
     "1956-01-01", "'01-01'", "1956-01-01 ; Y"},
    {"timestamp", 1, 1, 1, 1, WORDS, "'pattern' ... ['zone=NAME'] ['at=HH:MM'] ['pivot=NN']",
     "timestamp.format timestamp.gap timestamp.ambiguous",
     "local time of the map's zone as UTC; a pattern with X brings its own offset; an hour "
     "that the clocks left out is refused, one they repeated is flagged and taken as the "
     "earlier",
     "01/02/2024 10:30", "'dd/MM/yyyy HH:mm'", "2024-02-01T07:30:00Z"},
    {"epoch_seconds", 1, 1, 1, 0, 0, "", "timestamp.format", "seconds since 1970-01-01 UTC",
     "86400", "", "1970-01-02T00:00:00Z"},
    {"date_range", 1, 2, SAME, 2, 2, "'YYYY-MM-DD' 'YYYY-MM-DD'", "date.format date.range",
     "refuses a date or time before the first day or after the last; a precision behind it is "
     "handed on",
     "1980-02-01", "'1900-01-01' '2030-12-31'", "1980-02-01"},
    {"not_future", 1, 2, SAME, 0, 0, "", "date.format date.future",
     "refuses a date or time after the day of the run; a precision behind it is handed on",
     "2026-01-15", "", "2026-01-15"},

    /* numbers: step_number.c, step_result.c */
    {"number", 1, 1, 1, 0, 2, "['decimal mark' ['thousands mark']]", "number.format",
     "exact decimal with a point; thousands must stand in threes; digits behind the point stay "
     "as written",
     "1.234,50", "',' '.'", "1234.50"},
    {"money", 1, 1, 1, 0, 2, "['decimal mark' ['thousands mark']]", "money.format",
     "as number, with at most 4 digits behind the point; (1.50) and 1.50- are negative",
     "(1,234.5)", "'.' ','", "-1234.5"},
    {"integer", 1, 1, 1, 0, 0, "", "integer.format",
     "a whole number; a fraction of zeros is left out", "007.0", "", "7"},
    {"scale", 1, 1, 1, 1, 1, "FACTOR", "number.format number.range",
     "exact decimal product with the factor", "12.5", "0.001", "0.0125"},
    {"round", 1, 1, 1, 1, 1, "DIGITS", "number.format",
     "at most so many digits behind the point, half away from zero; for measures, not for "
     "money",
     "42.36877442769", "6", "42.368774"},
    {"abs", 1, 1, 1, 0, 0, "", "number.format", "the number without its sign", "-2.5", "",
     "2.5"},
    {"negate", 1, 1, 1, 0, 0, "", "number.format", "the number with the other sign", "2.5", "",
     "-2.5"},
    {"sum", 1, MANY, 1, 0, 0, "", "number.format number.range",
     "exact sum of the values that are not blank", "1.10 ; NULL ; 2.2", "", "3.30"},
    {"multiply", 2, 2, 1, 0, 0, "", "number.format number.range",
     "exact product; NULL when one is blank", "3 ; 2.50", "", "7.50"},
    {"comparator_split", 1, 1, 2, 0, 2, "['decimal mark' ['thousands mark']]",
     "number.format number.titre",
     "comparator (< <= > >=, or NULL) and number; a titre 1:40 is flagged and becomes 40",
     "<0,1", "','", "< ; 0.1"},
    {"result_split", 1, 1, 3, 0, 2, "['decimal mark' ['thousands mark']]", "number.titre",
     "comparator, number, text: as comparator_split, but what is no number becomes the text",
     "positive", "", "NULL ; NULL ; positive"},
    {"range_split", 1, 1, 2, 0, 2, "['decimal mark' ['thousands mark']]", "range.format",
     "low and high of 3.5-5.1, 3.5 - 5.1, <5.1 or >3.5; refuses when low is above high",
     "3.5-5.1", "", "3.5 ; 5.1"},
    {"unit", 1, 1, 1, 0, 0, "", "unit.unknown",
     "UCUM unit for the spellings usual in laboratories; an unknown one is flagged and kept",
     "mg/dl", "", "mg/dL"},
    {"currency", 1, 1, 1, 0, 0, "", "currency.unknown", "three-letter code of ISO 4217", "kes",
     "", "KES"},

    /* codes: step_code.c */
    {"code_map", 1, 1, 1, 1, 3, "'file.tsv' ['unmapped=keep'] ['take=COLUMN']",
     "code.unmapped code.proposed",
     "object_id of the code map's row for this subject_id; a code without one is flagged and "
     "becomes NULL, or stays; one of a row without a second reader goes on, flagged",
     "GLU", "'lab.tsv'", "2345-7"},
    {"icd10", 1, 1, 1, 0, 0, "", "code.format code.excel",
     "ICD-10 of WHO with its dot; dagger and asterisk are taken off; what a spreadsheet "
     "damaged is refused, never repaired",
     "i219", "", "I21.9"},
    {"icd10cm", 1, 1, 1, 0, 0, "", "code.format code.excel", "ICD-10-CM with its dot",
     "S72001A", "", "S72.001A"},
    {"icd9", 1, 1, 1, 0, 0, "", "code.format code.excel",
     "ICD-9-CM diagnosis with its dot; zeros at both ends mean something and are kept", "25000",
     "", "250.00"},
    {"loinc", 1, 1, 1, 0, 0, "", "code.format code.check code.excel",
     "LOINC number with a right check digit, or one of the 14 published with a wrong one",
     "2345-7", "", "2345-7"},
    {"atc", 1, 1, 1, 0, 0, "", "code.format code.excel", "ATC code of any of the five levels",
     "n02be01", "", "N02BE01"},
    {"snomed", 1, 1, 1, 0, 0, "", "code.format code.check code.excel",
     "SNOMED CT identifier with a right check digit", "22298006", "", "22298006"},

    /* identifiers: step_ident.c, step_contact.c, step_lookup.c */
    {"phone", 1, 1, 1, 1, 1, "'country code'", "phone.format",
     "+ and digits (E.164); a number without country gets this one", "0722 000-123", "'254'",
     "+254722000123"},
    {"email", 1, 1, 1, 0, 0, "", "email.format", "mail address, its domain in lower case",
     "A.Otieno@Example.ORG", "", "A.Otieno@example.org"},
    {"postcode", 1, 1, 1, 0, 1, "['country']", "postcode.format",
     "upper case with single spaces, in the shape of the country where that is known",
     "sw1a1aa", "'GB'", "SW1A 1AA"},
    {"check", 1, 1, 1, 1, 1, "luhn|npi|verhoeff|mod11|mod97|iban", "check.digit",
     "refuses a number whose check digit is wrong", "1234567893", "npi", "1234567893"},
    {"uuid", 1, 1, 1, 0, 0, "", "uuid.format", "lower case with hyphens, braces taken off",
     "{6BA7B8109DAD11D180B400C04FD430C8}", "", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
    {"ref", 1, MANY, 1, 1, 2, "'entity' ['part']", "key.control",
     "id of the row of that entity with this source key (several values are a composite key, "
     "the part is that of the map which makes the row); "
     "NULL when one is blank",
     "P17", "'patient'", "6ae9b72b-67b3-863f-8ebd-2190cb162ff3"},
    {"hash_key", 1, MANY, 1, 0, 0, "", "",
     "a stable key from all values, where the source has none; NULL when all are blank",
     "a ; NULL ; b", "", "5a023254edeb094f80e2ca7ed5e256ba"},
    {"lookup", 1, 1, 1, 3, 3, "'TABLE' 'KEY COLUMN' 'VALUE COLUMN'",
     "lookup.missing lookup.ambiguous",
     "the value from the row of another source table with this key; without one it is flagged "
     "and NULL",
     "D7", "'DOCTORS' 'DOC_ID' 'NAME'", "Anna Weber"},
};

const size_t step_count = sizeof(step_table) / sizeof(step_table[0]);

const struct step_spec *step_spec_find(struct text name)
{
    for (size_t i = 0; i < step_count; i++) {
        if (text_is(name, step_table[i].name)) {
            return &step_table[i];
        }
    }
    return NULL;
}

const char *step_nearest(struct text name)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (size_t i = 0; i < step_count; i++) {
        nearest_offer(&nearest, step_table[i].name);
    }
    return nearest.best;
}
