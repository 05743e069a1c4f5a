#include "terminology/suggest/drug_words.h"

static bool begins(struct text text, const char *start)
{
    size_t len = strlen(start);

    return text.len >= len && memcmp(text.at, start, len) == 0;
}

unsigned drug_routes_of_word(struct text word)
{
    static const struct {
        const char *word;
        unsigned routes;
    } words[] = {
        {"tablet", ROUTE_ORAL},
        {"capsule", ROUTE_ORAL},
        {"syrup", ROUTE_ORAL},
        {"oral", ROUTE_ORAL},
        {"elixir", ROUTE_ORAL},
        {"chewable", ROUTE_ORAL},
        {"injection", ROUTE_INJECTED},
        {"ampoule", ROUTE_INJECTED},
        {"vial", ROUTE_INJECTED},
        {"infusion", ROUTE_INJECTED},
        {"syringe", ROUTE_INJECTED},
        {"intravenous", ROUTE_INJECTED},
        {"pen", ROUTE_INJECTED},
        {"bolus", ROUTE_INJECTED},
        {"d5w", ROUTE_INJECTED},
        {"intramuscular", ROUTE_INJECTED},
        {"drip", ROUTE_INJECTED},
        {"subcutaneous", ROUTE_INJECTED},
        {"suppository", ROUTE_RECTAL},
        {"rectal", ROUTE_RECTAL},
        {"nasal", ROUTE_NASAL},
        {"vaginal", ROUTE_VAGINAL},
        {"ophthalmic", ROUTE_EYE},
        {"otic", ROUTE_EAR},
        {"ointment", ROUTE_SKIN},
        {"cream", ROUTE_SKIN},
        {"lotion", ROUTE_SKIN},
        {"gel", ROUTE_SKIN},
        {"topical", ROUTE_SKIN},
        {"shampoo", ROUTE_SKIN},
        {"inhalation", ROUTE_INHALED},
        {"nebulizer", ROUTE_INHALED},
        {"sublingual", ROUTE_SUBLINGUAL},
        {"buccal", ROUTE_SUBLINGUAL},
        {"patch", ROUTE_PATCH},
        {"transdermal", ROUTE_PATCH},
        {"mouthwash", ROUTE_MOUTH},
        {"irrigation", ROUTE_WASH},
        {"implant", ROUTE_IMPLANT},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (text_is(word, words[i].word)) {
            return words[i].routes;
        }
    }
    return 0;
}

unsigned drug_routes_of_group(struct text code)
{
    static const struct {
        const char *group; /* the longest that fits stands first */
        unsigned routes;
    } groups[] = {
        {"A01", ROUTE_MOUTH},
        {"A06AG", ROUTE_RECTAL},
        {"A07E", ROUTE_ORAL | ROUTE_RECTAL},
        {"A07", ROUTE_ORAL},
        {"B05C", ROUTE_WASH},
        {"B05", ROUTE_INJECTED},
        {"C05A", ROUTE_RECTAL},
        {"C05BA", ROUTE_SKIN},
        {"D01B", 0},
        {"D05B", 0},
        {"D10B", 0},
        {"D", ROUTE_SKIN},
        {"G01", ROUTE_VAGINAL},
        {"G02A", ROUTE_VAGINAL | ROUTE_INJECTED},
        {"G02B", ROUTE_VAGINAL},
        {"J06", ROUTE_INJECTED},
        {"J07", ROUTE_INJECTED | ROUTE_ORAL},
        {"M02", ROUTE_SKIN},
        {"N01AB", ROUTE_INHALED},
        {"N01", ROUTE_INJECTED},
        {"P03", ROUTE_SKIN},
        {"R01A", ROUTE_NASAL},
        {"R02", ROUTE_MOUTH},
        {"R03A", ROUTE_INHALED},
        {"R03B", ROUTE_INHALED},
        {"S01", ROUTE_EYE},
        {"S02", ROUTE_EAR},
        {"S03", ROUTE_EYE | ROUTE_EAR},
        {"V08", ROUTE_INJECTED},
    };

    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        if (begins(code, groups[i].group)) {
            return groups[i].routes;
        }
    }
    return 0;
}

unsigned drug_routes_of_ddd(struct text adm)
{
    static const struct {
        const char *adm;
        unsigned routes;
    } all[] = {
        {"O", ROUTE_ORAL},       {"P", ROUTE_INJECTED},    {"R", ROUTE_RECTAL},
        {"N", ROUTE_NASAL},      {"V", ROUTE_VAGINAL},     {"SL", ROUTE_SUBLINGUAL},
        {"TD", ROUTE_PATCH},     {"Inhal", ROUTE_INHALED}, {"implant", ROUTE_IMPLANT},
        {"Instill", ROUTE_WASH}, {"oral", ROUTE_ORAL},     {"parenteral", ROUTE_INJECTED},
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (begins(adm, all[i].adm) &&
            (adm.len == strlen(all[i].adm) || adm.at[strlen(all[i].adm)] == '.')) {
            return all[i].routes;
        }
    }
    return begins(adm, "Inhal") ? ROUTE_INHALED : 0;
}

struct text drug_routes_text(unsigned routes, char out[ROUTES_TEXT_MAX])
{
    static const char *const names[] = {
#define X(bit, name) name,
        ROUTE_LIST(X)
#undef X
    };
    size_t used = 0;

    for (int bit = 0; bit < ROUTE_BITS; bit++) {
        size_t len = strlen(names[bit]);
        if ((routes >> bit & 1U) != 0 && used + len + 2 < ROUTES_TEXT_MAX) {
            if (used > 0) {
                memcpy(out + used, ", ", 2);
                used += 2;
            }
            memcpy(out + used, names[bit], len);
            used += len;
        }
    }
    return (struct text){out, used};
}

bool drug_word_is_idle(struct text word)
{
    static const char idle[] =
        "mg g gm gr mcg ug ng kg ml l dl cc iu ie ui u e unit meq mmol mval % h hr x w v "
        "in of for and y de und et con mit with box caja boite packung pack pk pkg bottle "
        "btl frasco flacon flasche blister bag tube tubo dose dosis unidad unidade stuck "
        "st sterile solution suspension powder release extended delayed drop oil "
        "hydrochloride hydrobromide maleate besylate mesylate tartrate succinate fumarate "
        "phosphate acetate sulfate sulphate citrate hyclate trihydrate monohydrate "
        "dihydrate potasico sodico sodica clorhidrato chlorhydrate hydrochlorid natrium "
        "kalium besilate mesilate n1 n2 n3 film coated retard forte adult pediatrico "
        "pediatrica pediatric generic brand conc konz im i prn stk pm am po";

    for (const char *at = idle; *at != '\0';) {
        size_t len = strcspn(at, " ");
        if (text_equal((struct text){at, len}, word)) {
            return true;
        }
        at += len + (at[len] == ' ');
    }
    return false;
}

const char *drug_class_of(struct text word)
{
    static const struct {
        const char *substance;
        const char *class;
    } classes[] = {
        {"clavulanate", "beta lactamase inhibitor"},
        {"sulbactam", "beta lactamase inhibitor"},
        {"tazobactam", "beta lactamase inhibitor"},
        {"avibactam", "beta lactamase inhibitor"},
        {"hydrochlorothiazide", "diuretic thiazide"},
        {"chlorthalidone", "diuretic thiazide"},
        {"indapamide", "diuretic"},
        {"bendroflumethiazide", "diuretic thiazide"},
        {"triamterene", "potassium sparing agent"},
        {"amiloride", "potassium sparing agent"},
        {"carbidopa", "decarboxylase inhibitor"},
        {"benserazide", "decarboxylase inhibitor"},
        {"ethinylestradiol", "estrogen"},
        {"estradiol", "estrogen"},
        {"neomycin", "antiinfective antibiotic"},
        {"gentamicin", "antiinfective antibiotic"},
        {"tobramycin", "antiinfective antibiotic"},
        {"chloramphenicol", "antiinfective antibiotic"},
        {"epinephrine", "combination"},
        {"glimepiride", "sulfonylurea"},
        {"glyburide", "sulfonylurea"},
        {"phenylephrine", "combination"},
    };

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (text_is(word, classes[i].substance)) {
            return classes[i].class;
        }
    }
    return NULL;
}
