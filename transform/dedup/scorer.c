#include "transform/dedup/scorer.h"

#include <math.h>

static const struct {
    const char *word;
    const char *text;
} cautions[] = {
#define X(code, word, text) {word, text},
    CAUTION_LIST(X)
#undef X
};

const char *caution_word(enum caution caution)
{
    return cautions[caution].word;
}

const char *caution_text(enum caution caution)
{
    return cautions[caution].text;
}

const char *band_word(enum band band)
{
    static const char *const words[] = {"not", "review", "link"};

    return words[band];
}

double weight_probability(double weight)
{
    return 1.0 / (1.0 + exp2(-weight));
}

/* What may gain by being rare (1), only lose by being common (-1), or neither (0). */
static int rarity_of_kind(enum people_kind kind)
{
    switch (kind) {
    case PEOPLE_GIVEN:
    case PEOPLE_FAMILY:
    case PEOPLE_MIDDLE:
    case PEOPLE_OTHER_NAME:
    case PEOPLE_RELATIVE:
    case PEOPLE_FULL_NAME:
    case PEOPLE_PLACE:
    case PEOPLE_TEXT:
    case PEOPLE_POSTCODE:
        return 1;
    case PEOPLE_IDENTIFIER:
    case PEOPLE_PHONE:
    case PEOPLE_STREET:
    case PEOPLE_EMAIL:
    case PEOPLE_BIRTH_DATE:
        return -1;
    case PEOPLE_SEX:
    case PEOPLE_KIND_COUNT:
        break;
    }
    return 0;
}

static double rarity_of_count(const struct scorer *scorer, int field, uint32_t count)
{
    static const double most = 8.0; /* bits */
    int way = scorer->rare[field];
    /* those who are one person are not counted against their own value */
    double others = (double)count - (way < 0 ? 3.0 : 1.0);
    double u = fmax(others, 0.5) / fmax(scorer->present[field], 1.0);
    double rarity = log2(scorer->u_exact[field] / u);

    rarity = fmin(fmax(rarity, -2.0 * most), way > 0 ? most : 0.0);
    return way == 0 || (way < 0 && others < 1.0) ? 0.0 : rarity;
}

double scorer_rarity(const struct scorer *scorer, int field, uint32_t value)
{
    uint32_t count = scorer->people->dicts[field].counts[value];

    return count < RARITY_COUNTS ? (double)scorer->rarity[field][count]
                                 : rarity_of_count(scorer, field, count);
}

void scorer_init(struct scorer *scorer, const struct people *people,
                 const struct learned *learned)
{
    const struct pair_classes *classes = &learned->classes;

    *scorer = (struct scorer){.people = people};
    for (int field = 0; field < people->nfields; field++) {
        enum people_kind kind = people->model->fields[field].kind;
        for (int level = 1; level < level_count(kind); level++) {
            scorer->m[field][level] = log2(classes->m[field][level]);
            scorer->u[field][level] = log2(classes->u[field][level]);
            scorer->h[field][level] = log2(classes->h[field][level]);
        }
        scorer->rare[field] = rarity_of_kind(kind);
        scorer->shared[field] = people_kind_is_shared(kind) || kind == PEOPLE_BIRTH_DATE;
        scorer->u_exact[field] = classes->u[field][LEVEL_EXACT];
        scorer->present[field] = (double)people->dicts[field].present - 1.0;
        for (uint32_t count = 0; count < RARITY_COUNTS; count++) {
            scorer->rarity[field][count] = (float)rarity_of_count(scorer, field, count);
        }
    }
    for (int i = 0; i < GAP_MOST * GAP_STEPS + 2; i++) {
        scorer->gaps[i] = (float)log2(1.0 + exp2(-(double)i / GAP_STEPS));
    }
    scorer->prior_m = log2(classes->prior_m);
    scorer->prior_h = log2(classes->prior_h);
    scorer->prior_r = log2(1.0 - classes->prior_m - classes->prior_h);
    scorer->link = log2(people->model->link / (1.0 - people->model->link));
    scorer->review = log2(people->model->review / (1.0 - people->model->review));
}

/* log2(2^a + 2^b) */
static double add_logs(double a, double b)
{
    double high = a > b ? a : b;
    double gap = a > b ? a - b : b - a;

    return gap > 20.0 ? high : high + log2(1.0 + exp2(-gap));
}

void pattern_weigh(const struct scorer *scorer, uint64_t pattern, struct pattern_weight *out)
{
    *out = (struct pattern_weight){
        .pattern = pattern, .m = scorer->prior_m, .r = scorer->prior_r, .h = scorer->prior_h};
    for (int field = 0; pattern != 0; field++, pattern >>= 4) {
        int level = (int)(pattern & 15);
        out->m += scorer->m[field][level];
        out->r += scorer->u[field][level];
        out->h += scorer->h[field][level];
        if (level == LEVEL_EXACT && scorer->rare[field] != 0) {
            out->rare |= UINT32_C(1) << field;
        }
    }
}

/* What speaks against one person: random people in r, a household in h. */
static void against(const struct scorer *scorer, const struct pattern_weight *weight,
                    const uint32_t *row_a, double *r, double *h)
{
    *r = weight->r;
    *h = weight->h;
    for (uint32_t rare = weight->rare; rare != 0; rare &= rare - 1) {
        int field = __builtin_ctz(rare);
        double rarity = scorer_rarity(scorer, field, row_a[field]);
        *r -= rarity;
        *h -= scorer->shared[field] ? 0.0 : rarity;
    }
}

double pattern_score(const struct scorer *scorer, const struct pattern_weight *weight,
                     const uint32_t *row_a)
{
    double r;
    double h;

    against(scorer, weight, row_a, &r, &h);
    return weight->m - add_logs(r, h);
}

double pattern_score_about(const struct scorer *scorer, const struct pattern_weight *weight,
                           const uint32_t *row_a)
{
    double r;
    double h;
    double gap;

    against(scorer, weight, row_a, &r, &h);
    gap = (r > h ? r - h : h - r) * GAP_STEPS;
    gap = gap < GAP_MOST * GAP_STEPS ? gap : GAP_MOST * GAP_STEPS;
    const float *at = &scorer->gaps[(int)gap];
    return weight->m - (r > h ? r : h) -
           ((double)at[0] + (gap - (double)(int)gap) * (double)(at[1] - at[0]));
}

double score_pattern(const struct scorer *scorer, uint64_t pattern, const uint32_t *row_a)
{
    struct pattern_weight weight;

    pattern_weigh(scorer, pattern, &weight);
    return pattern_score(scorer, &weight, row_a);
}

/* What the fields of a pattern say, gathered once. */
struct findings {
    bool identifier_same, identifier_near, identifier_conflict;
    bool given_known, given_slips, given_close, given_differs, family_differs, middle_differs,
        generation_differs;
    bool birth_known, birth_exact, birth_differs;
    bool sex_differs;
    bool home_agrees; /* street, postcode, phone, place or e-mail */
};

static void find_name(struct findings *found, enum people_kind kind, int level)
{
    bool differs = level >= NAME_LIKE;

    found->given_known |= kind == PEOPLE_GIVEN || kind == PEOPLE_FULL_NAME;
    found->given_slips |= level != LEVEL_EXACT && level != NAME_VARIANT && kind == PEOPLE_GIVEN;
    found->given_close |= level == NAME_CLOSE && kind == PEOPLE_GIVEN;
    found->given_differs |= differs && (kind == PEOPLE_GIVEN || kind == PEOPLE_FULL_NAME);
    found->generation_differs |= level == NAME_GENERATION;
    found->family_differs |= differs && kind == PEOPLE_FAMILY;
    found->middle_differs |= differs && kind == PEOPLE_MIDDLE;
}

static void find_contact(struct findings *found, enum people_kind kind, int level)
{
    bool agrees = level != level_differs(kind);

    if (kind == PEOPLE_POSTCODE) {
        agrees = level <= POSTCODE_EDIT;
    } else if (kind == PEOPLE_PLACE || kind == PEOPLE_TEXT) {
        agrees = level <= WORDS_CLOSE;
    }
    found->home_agrees |= agrees;
}

static struct findings find(const struct people_model *model, uint64_t pattern)
{
    struct findings found = {0};

    for (int field = 0; field < model->nfields; field++) {
        enum people_kind kind = model->fields[field].kind;
        int level = pattern_level(pattern, field);
        if (level == LEVEL_MISSING) {
            continue;
        }
        switch (kind) {
        case PEOPLE_GIVEN:
        case PEOPLE_FAMILY:
        case PEOPLE_FULL_NAME:
        case PEOPLE_MIDDLE:
        case PEOPLE_OTHER_NAME:
            find_name(&found, kind, level);
            break;
        case PEOPLE_BIRTH_DATE:
            found.birth_known = true;
            found.birth_exact = level == LEVEL_EXACT;
            found.birth_differs = level >= DATE_YEAR;
            break;
        case PEOPLE_SEX:
            found.sex_differs = level == SEX_DIFFERS;
            break;
        case PEOPLE_IDENTIFIER:
            found.identifier_same |= level == LEVEL_EXACT;
            found.identifier_near |= level == IDENTIFIER_EDIT;
            found.identifier_conflict |= level == IDENTIFIER_DIFFERS;
            break;
        case PEOPLE_POSTCODE:
        case PEOPLE_PHONE:
        case PEOPLE_PLACE:
        case PEOPLE_STREET:
        case PEOPLE_EMAIL:
        case PEOPLE_TEXT:
            find_contact(&found, kind, level);
            break;
        case PEOPLE_RELATIVE: /* siblings have the same */
        case PEOPLE_KIND_COUNT:
            break;
        }
    }
    return found;
}

/* What must not be joined unseen though nothing contradicts: too little is known. */
static enum caution lacks(const struct people_model *model, const struct findings *found)
{
    bool same = found->identifier_same;
    bool has_given = people_model_find(model, PEOPLE_GIVEN) >= 0 ||
                     people_model_find(model, PEOPLE_FULL_NAME) >= 0;

    if (has_given && !found->given_known && !(same && found->birth_exact)) {
        return CAUTION_NAMELESS;
    }
    if (!found->birth_known && !same) {
        return CAUTION_BIRTH_UNKNOWN;
    }
    return same || found->home_agrees || (found->identifier_near && found->given_known)
               ? CAUTION_NONE
               : CAUTION_EVIDENCE;
}

enum caution pattern_caution(const struct people_model *model, uint64_t pattern)
{
    struct findings found = find(model, pattern);
    bool same = found.identifier_same;

    if ((found.identifier_conflict && !(same && found.home_agrees)) ||
        (found.identifier_near && !same &&
         found.given_slips)) { /* twins are numbered in turn */
        return CAUTION_IDENTIFIER;
    }
    if (found.given_differs) {
        return found.birth_exact ? CAUTION_TWINS : CAUTION_GIVEN;
    }
    if (found.given_close && found.birth_exact && !same) {
        return CAUTION_TWINS;
    }
    if (found.generation_differs) {
        return CAUTION_GENERATION;
    }
    if (found.birth_differs) {
        return CAUTION_BIRTH;
    }
    if (found.sex_differs && !same) {
        return CAUTION_SEX;
    }
    if (found.family_differs && !(same && found.home_agrees)) {
        return CAUTION_FAMILY;
    }
    if (found.middle_differs && !same) {
        return CAUTION_MIDDLE;
    }
    return lacks(model, &found);
}

enum band pair_band(const struct scorer *scorer, double weight, enum caution caution)
{
    if (weight < scorer->review) {
        return BAND_NOT;
    }
    return weight >= scorer->link && caution == CAUTION_NONE ? BAND_LINK : BAND_REVIEW;
}

struct copy_weight copy_weigh(const struct scorer *scorer, const uint32_t *row, uint32_t count)
{
    double records = fmax((double)scorer->people->nrecords, 2.0);
    uint64_t pattern = row_pattern(scorer->people, row);
    struct copy_weight copy = {.caution = pattern_caution(scorer->people->model, pattern)};

    copy.weight = score_pattern(scorer, pattern, row) - scorer->prior_m - log2(records);
    if (copy.caution != CAUTION_NONE && count > 2) {
        copy.weight -= log2((double)count - 1.0);
    }
    copy.band = pair_band(scorer, copy.weight, copy.caution);
    return copy;
}
