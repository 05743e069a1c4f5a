#include "transform/people/review_figures.h"

#include <math.h>

static const double z = 1.959963984540054; /* of 95 % */

struct share share_of(double hits, double n)
{
    double p;
    double middle;
    double half;

    if (!(n > 0.0)) {
        return (struct share){0};
    }
    p = hits / n;
    middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    half = z / (1.0 + z * z / n) * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
    /* rounding must not take the ends past the estimate or the possible */
    return (struct share){true, p, fmax(0.0, fmin(p, middle - half)),
                          fmin(1.0, fmax(p, middle + half))};
}

struct kappa kappa_of(const double counts[KAPPA_ANSWERS][KAPPA_ANSWERS])
{
    double n = 0.0;
    double agreed = 0.0;
    double chance = 0.0;
    struct kappa kappa = {0};
    double half;

    for (int i = 0; i < KAPPA_ANSWERS; i++) {
        agreed += counts[i][i];
        for (int k = 0; k < KAPPA_ANSWERS; k++) {
            n += counts[i][k];
        }
    }
    for (int i = 0; i < KAPPA_ANSWERS; i++) {
        double row = 0.0;
        double column = 0.0;
        for (int k = 0; k < KAPPA_ANSWERS; k++) {
            row += counts[i][k];
            column += counts[k][i];
        }
        chance += n > 0.0 ? row / n * (column / n) : 0.0;
    }
    kappa.n = n;
    kappa.agreed = n > 0.0 ? agreed / n : 0.0;
    if (n < 2.0 || chance >= 1.0) {
        return kappa;
    }
    half =
        z * sqrt(kappa.agreed * (1.0 - kappa.agreed) / (n * (1.0 - chance) * (1.0 - chance)));
    kappa.known = true;
    kappa.value = (kappa.agreed - chance) / (1.0 - chance);
    kappa.low = fmax(-1.0, kappa.value - half);
    kappa.high = fmin(1.0, kappa.value + half);
    return kappa;
}

/* Two totals over strata, of pairs that are the same: in those that count for the share, and in
 * all. */
struct totals {
    double hits; /* same, in linked strata */
    double missed;
    double pairs; /* in linked strata */
    bool known;
};

static struct totals totals_of(const struct stratum *strata, size_t n)
{
    struct totals totals = {.known = true};

    for (size_t i = 0; i < n; i++) {
        double drawn = strata[i].same + strata[i].different;
        double same = drawn > 0.0 ? strata[i].pairs * strata[i].same / drawn : 0.0;
        totals.known = totals.known && (strata[i].pairs <= 0.0 || drawn > 0.0);
        totals.pairs += strata[i].linked ? strata[i].pairs : 0.0;
        totals.hits += strata[i].linked ? same : 0.0;
        totals.missed += strata[i].linked ? 0.0 : same;
    }
    return totals;
}

/* Share of the same in a stratum that is not quite what was seen, and the variance of the total. */
static double careful_share(const struct stratum *stratum)
{
    return (stratum->same + 0.5) / (stratum->same + stratum->different + 1.0);
}

static double variance_of(const struct stratum *stratum)
{
    double n = stratum->same + stratum->different;
    double p = careful_share(stratum);
    double unseen = fmax(0.0, 1.0 - n / stratum->pairs);

    return stratum->pairs * stratum->pairs * p * (1.0 - p) / n * unseen;
}

/* The estimate with Wilson's interval over as many simple draws as have the variance. */
static struct share interval_of(double value, double careful, double variance)
{
    struct share share;

    if (!(variance > 0.0)) {
        return (struct share){true, value, value, value};
    }
    share = share_of(value, 1.0);
    if (careful > 0.0 && careful < 1.0) {
        double draws = careful * (1.0 - careful) / variance;
        share = share_of(value * draws, draws);
    }
    return share;
}

static struct share precision_of(const struct stratum *strata, size_t n)
{
    struct totals totals = totals_of(strata, n);
    double careful = 0.0;
    double variance = 0.0;

    if (!totals.known || totals.pairs <= 0.0) {
        return (struct share){0};
    }
    for (size_t i = 0; i < n; i++) {
        if (strata[i].pairs > 0.0) {
            careful += strata[i].pairs * careful_share(&strata[i]);
            variance += variance_of(&strata[i]);
        }
    }
    return interval_of(totals.hits / totals.pairs, careful / totals.pairs,
                       variance / (totals.pairs * totals.pairs));
}

/* hits / (hits + missed): its variance by the first derivatives. */
static struct share recall_of(const struct stratum *strata, size_t n)
{
    struct totals totals = totals_of(strata, n);
    double hits = 0.0;
    double missed = 0.0;
    double hits_variance = 0.0;
    double missed_variance = 0.0;
    double all;

    if (!totals.known || totals.hits + totals.missed <= 0.0) {
        return (struct share){0};
    }
    for (size_t i = 0; i < n; i++) {
        if (strata[i].pairs > 0.0) {
            *(strata[i].linked ? &hits : &missed) +=
                strata[i].pairs * careful_share(&strata[i]);
            *(strata[i].linked ? &hits_variance : &missed_variance) += variance_of(&strata[i]);
        }
    }
    all = hits + missed;
    return interval_of(totals.hits / (totals.hits + totals.missed), hits / all,
                       (missed * missed * hits_variance + hits * hits * missed_variance) /
                           (all * all * all * all));
}

enum { STRATA_MOST = 16 };

enum unsure_as { UNSURE_LEFT_OUT, UNSURE_AGAINST, UNSURE_IN_FAVOUR };

/* Copies of the strata with what nobody could decide counted against dedup, for it, or not. */
static size_t take_unsure(struct stratum *out, const struct stratum *strata, size_t n,
                          enum unsure_as as, bool only_linked)
{
    size_t count = 0;

    for (size_t i = 0; i < n && count < STRATA_MOST; i++) {
        struct stratum stratum = strata[i];
        bool same = (as == UNSURE_IN_FAVOUR) == stratum.linked;
        if (only_linked && !stratum.linked) {
            continue;
        }
        if (as != UNSURE_LEFT_OUT) {
            *(same ? &stratum.same : &stratum.different) += stratum.unsure;
        }
        out[count++] = stratum;
    }
    return count;
}

static struct share audit(const struct stratum *strata, size_t n, bool only_linked,
                          struct share (*of)(const struct stratum *, size_t))
{
    struct stratum kept[STRATA_MOST];
    struct share share = of(kept, take_unsure(kept, strata, n, UNSURE_LEFT_OUT, only_linked));
    struct share low = of(kept, take_unsure(kept, strata, n, UNSURE_AGAINST, only_linked));
    struct share high = of(kept, take_unsure(kept, strata, n, UNSURE_IN_FAVOUR, only_linked));

    if (share.known) {
        share.low = fmin(share.low, low.low);
        share.high = fmax(share.high, high.high);
    }
    return share;
}

struct share audit_precision(const struct stratum *strata, size_t n)
{
    return audit(strata, n, true, precision_of);
}

struct share audit_recall(const struct stratum *strata, size_t n)
{
    return audit(strata, n, false, recall_of);
}

double decisions_left(double wanted, double read_by_two, double disagree, double planted)
{
    return (wanted + read_by_two * disagree) / (1.0 - fmin(planted, 0.5));
}

struct forecast forecast_of(double decisions, const struct pace *paces, size_t n, double hours)
{
    struct forecast forecast = {0};

    for (size_t i = 0; i < n; i++) {
        if (paces[i].decisions_a_day > 0.0) {
            forecast.decisions_a_day += paces[i].decisions_a_day;
        } else if (paces[i].seconds > 0.0) {
            forecast.decisions_a_day += hours * 3600.0 / paces[i].seconds;
            forecast.assumed = true;
        }
    }
    forecast.known = forecast.decisions_a_day > 0.0;
    forecast.days = forecast.known ? decisions / forecast.decisions_a_day : 0.0;
    return forecast;
}
