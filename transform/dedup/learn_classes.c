#include "transform/dedup/learn_classes.h"

#include <math.h>
#include <string.h>

enum { EXPECTED_PAIRS = 20, RANDOM_EXPECTED = 5 };

void classes_expect_m(struct pair_classes *classes, const struct people_model *model)
{
    for (int field = 0; field < model->nfields; field++) {
        const struct level *levels = levels_of(model->fields[field].kind);
        for (int level = 1; level < level_count(model->fields[field].kind); level++) {
            classes->m[field][level] = levels[level].m;
        }
    }
}

/* How much of what a person's records share is also shared by a household. */
static double shared_part(enum people_kind kind)
{
    switch (kind) {
    case PEOPLE_FAMILY:
    case PEOPLE_STREET:
    case PEOPLE_POSTCODE:
    case PEOPLE_PLACE:
        return 0.9;
    case PEOPLE_PHONE:
    case PEOPLE_RELATIVE:
        return 0.6;
    case PEOPLE_TEXT:
    case PEOPLE_EMAIL:
    case PEOPLE_OTHER_NAME:
        return 0.3;
    case PEOPLE_GIVEN:
    case PEOPLE_MIDDLE:
    case PEOPLE_FULL_NAME:
    case PEOPLE_BIRTH_DATE:
    case PEOPLE_SEX:
    case PEOPLE_IDENTIFIER:
    case PEOPLE_KIND_COUNT:
        break;
    }
    return 0.0;
}

void classes_expect_h(struct pair_classes *classes, const struct people_model *model)
{
    for (int field = 0; field < model->nfields; field++) {
        enum people_kind kind = model->fields[field].kind;
        double part = shared_part(kind);
        for (int level = 1; level < level_count(kind); level++) {
            classes->h[field][level] =
                part * classes->m[field][level] + (1.0 - part) * classes->u[field][level];
        }
        if (kind == PEOPLE_BIRTH_DATE) {
            classes->h[field][LEVEL_EXACT] += 0.005; /* twins */
        } else if (kind == PEOPLE_FULL_NAME) {
            classes->h[field][NAME_ELSEWHERE] += 0.4; /* the family's name */
        }
    }
}

void classes_set_u(struct pair_classes *classes, const struct people *people,
                   const struct random_levels *random)
{
    double taken_off = random->one_person > 0.0 ? 0.0 : classes->prior_m;

    for (int field = 0; field < people->nfields; field++) {
        const struct level *levels = levels_of(people->model->fields[field].kind);
        int count = level_count(people->model->fields[field].kind);
        double known = 0.0;
        double sum = 0.0;
        for (int level = 1; level < count; level++) {
            known += random->counts[field][level];
        }
        for (int level = 1; level < count; level++) {
            double raw = (random->counts[field][level] + RANDOM_EXPECTED * levels[level].u) /
                         (known + RANDOM_EXPECTED);
            double other = raw - taken_off * classes->m[field][level];
            classes->u[field][level] = fmax(fmax(other, raw * 0.02), SHARE_LEAST);
            sum += classes->u[field][level];
        }
        for (int level = 1; level < count; level++) {
            classes->u[field][level] /= sum;
        }
    }
}

void classes_set_h(struct pair_classes *classes, const struct people_model *model,
                   double (*counts)[LEVELS_MAX])
{
    struct pair_classes start = *classes;

    classes_expect_h(&start, model);
    for (int field = 0; field < model->nfields; field++) {
        enum people_kind kind = model->fields[field].kind;
        double known = EXPECTED_PAIRS;
        for (int level = 1; level < level_count(kind); level++) {
            known += counts[field][level];
        }
        for (int level = 1; level < level_count(kind); level++) {
            double share =
                (counts[field][level] + EXPECTED_PAIRS * start.h[field][level]) / known;
            double u = classes->u[field][level];
            if (!people_kind_is_shared(kind) && kind != PEOPLE_SEX &&
                level != level_differs(kind)) {
                double most = 4.0 * u + 0.001;
                if (kind == PEOPLE_BIRTH_DATE && level == LEVEL_EXACT) {
                    most = 0.02;
                } else if (kind == PEOPLE_FULL_NAME && level == NAME_ELSEWHERE) {
                    most = 1.0;
                }
                share = fmin(share, most);
            } else if (level == LEVEL_EXACT) {
                share = fmax(share, 0.5 * start.h[field][level]);
            }
            classes->h[field][level] = fmin(fmax(share, SHARE_LEAST), 1.0);
        }
    }
}

void shares_from_counts(enum people_kind kind, const double *counts, double *shares)
{
    const struct level *levels = levels_of(kind);
    double known = EXPECTED_PAIRS;

    for (int level = 1; level < level_count(kind); level++) {
        known += counts[level];
    }
    for (int level = 1; level < level_count(kind); level++) {
        shares[level] =
            fmax((counts[level] + EXPECTED_PAIRS * levels[level].m) / known, SHARE_LEAST);
    }
}

bool shares_are_sane(const struct people_model *model, double (*m)[LEVELS_MAX])
{
    int agree = 0;
    int count = 0;

    for (int field = 0; field < model->nfields; field++) {
        int differs = level_differs(model->fields[field].kind);
        count++;
        agree += m[field][differs] < 0.5 ? 1 : 0;
    }
    return 2 * agree > count;
}
