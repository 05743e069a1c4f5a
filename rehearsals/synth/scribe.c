#include "rehearsals/synth/scribe.h"

#include "rehearsals/synth/catalog.h"

void scribe_key(struct scribe *scribe, const char *prefix, uint64_t number, int width)
{
    char *to = scribe->key;
    char digits[20];
    int n = 0;

    dump_key(scribe->dump, prefix, number, width);
    while (*prefix != '\0') {
        *to++ = *prefix++;
    }
    do {
        digits[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || n < width);
    while (n > 0) {
        *to++ = digits[--n];
    }
    *to = '\0';
}

void scribe_key_part(struct scribe *scribe, uint64_t number)
{
    size_t len = strlen(scribe->key);

    dump_uint(scribe->dump, number);
    (void)snprintf(scribe->key + len, sizeof(scribe->key) - len, "/%llu",
                   (unsigned long long)number);
}

void scribe_no_key(struct scribe *scribe)
{
    dump_blank(scribe->dump);
    scribe->key[0] = '\0';
}

void scribe_end_row(struct scribe *scribe, enum plant plant)
{
    if (plant != PLANT_NONE) {
        truth_bad_row(scribe->truth, &(struct truth_bad_row){
                                         .organisation = scribe->org->code,
                                         .table = scribe->table,
                                         .key = scribe->key,
                                         .line = scribe->dump->line,
                                         .plant = plant,
                                     });
    }
    if (plant == PLANT_ENCOUNTER_RAGGED || plant == PLANT_RESULT_RAGGED) {
        dump_word(scribe->dump, "0");
    }
    dump_end_row(scribe->dump);
}

void scribe_ref(struct scribe *scribe, const char *prefix, uint64_t number, uint64_t first,
                int width)
{
    if (number == CARE_NONE) {
        dump_blank(scribe->dump);
    } else {
        dump_key(scribe->dump, prefix, number + first, width);
    }
}

void scribe_value(struct scribe *scribe, const struct result *result, const char *const *words)
{
    const struct catalog_test *test = &catalog_tests[result->test];
    const char *comparator = result->comparator == '<'   ? "<"
                             : result->comparator == '>' ? ">"
                                                         : "";

    if (*test->unit == '\0') {
        dump_word(scribe->dump, words[result->value]);
    } else {
        dump_decimal(scribe->dump, comparator, result->value, test->decimals);
    }
}

void scribe_range(struct scribe *scribe, const struct result *result)
{
    const struct catalog_test *test = &catalog_tests[result->test];

    if (*test->unit == '\0') {
        dump_blank(scribe->dump);
        dump_blank(scribe->dump);
    } else {
        dump_decimal(scribe->dump, "", test->low, test->decimals);
        dump_decimal(scribe->dump, "", test->high, test->decimals);
    }
}

void scribe_flag(struct scribe *scribe, const struct result *result)
{
    dump_word(scribe->dump, (char[2]){(char)result->flag, '\0'});
}

void scribe_spoil(struct scribe *scribe, const struct result *result)
{
    if (result->plant == PLANT_RESULT_BYTE || result->plant == PLANT_RESULT_NUL) {
        dump_spoil(scribe->dump,
                   result->plant == PLANT_RESULT_NUL ? SPOIL_NUL : SPOIL_BAD_BYTE);
    }
}

void scribe_claim_amounts(struct scribe *scribe, const struct claim *claim,
                          const char *currency)
{
    dump_money(scribe->dump, currency, claim->total);
    if (claim->has_approved) {
        dump_money(scribe->dump, currency, claim->approved);
    } else {
        dump_blank(scribe->dump);
    }
}

void scribe_charge(struct scribe *scribe, const struct claim_line *line, const char *currency,
                   const char *spoilt)
{
    dump_uint(scribe->dump, line->quantity);
    dump_money(scribe->dump, currency, line->price);
    if (line->plant == PLANT_CLAIM_AMOUNT) {
        dump_word(scribe->dump, spoilt);
    } else {
        dump_money(scribe->dump, currency, line->amount);
    }
}

void scribe_item_name(struct scribe *scribe, const struct item *item,
                      const char *const *supplies, const char *before, const char *behind)
{
    char pack[48];

    (void)snprintf(pack, sizeof(pack), "%s%u%s", before, item->pack, behind);
    dump_join(scribe->dump, "",
              (const char *const[]){
                  item->is_drug ? catalog_drugs[item->code].name : supplies[item->code], pack},
              2);
}
