#include "terminology/suggest/calibration.h"

#include "core/text.h"

#include <math.h>
#include <stdlib.h>

enum { NEWTON_STEPS = 25, BISECTIONS = 60, CALIBRATION_CASES_MIN = 500 };

static const double pull = 1.0; /* as so many cases that say what was believed before */

struct calibration calibration_default(void)
{
    return (struct calibration){
        .weights = {-4.0, 0.7, 1.5, 1.0, 1.0, 0.3, 1.5, -0.5, 0.2, -0.5},
        /* a site that nobody knows: seventeen of twenty at the very best */
        .from = {0, 1},
        .to = {0, 0.85},
        .nsteps = 2,
    };
}

static double logistic(const struct calibration *calibration,
                       const double inputs[CALIBRATION_INPUTS])
{
    double sum = 0;

    for (int i = 0; i < CALIBRATION_INPUTS; i++) {
        sum += calibration->weights[i] * inputs[i];
    }
    return 1 / (1 + exp(-sum));
}

double calibration_probability(const struct calibration *calibration,
                               const double inputs[CALIBRATION_INPUTS])
{
    double p = logistic(calibration, inputs);
    int at = 0;

    if (calibration->nsteps == 0) {
        return p;
    }
    while (at < calibration->nsteps && calibration->from[at] < p) {
        at++;
    }
    if (at == 0 || at == calibration->nsteps) {
        double end = at == 0 ? 0 : 1;
        int edge = at == 0 ? 0 : at - 1;
        double away = (p - calibration->from[edge]) / (end - calibration->from[edge] + 1e-12);
        /* outwards it still rises, by a hundredth of the way: order is kept, no more is claimed */
        return calibration->to[edge] + 0.01 * away * (end - calibration->to[edge]);
    }
    return calibration->to[at - 1] + (calibration->to[at] - calibration->to[at - 1]) *
                                         (p - calibration->from[at - 1]) /
                                         (calibration->from[at] - calibration->from[at - 1]);
}

/* Solves a * x = b by elimination; `a` is positive definite. */
static void solve(double a[CALIBRATION_INPUTS][CALIBRATION_INPUTS],
                  double b[CALIBRATION_INPUTS])
{
    for (int i = 0; i < CALIBRATION_INPUTS; i++) {
        for (int j = i + 1; j < CALIBRATION_INPUTS; j++) {
            double times = a[j][i] / a[i][i];
            for (int k = i; k < CALIBRATION_INPUTS; k++) {
                a[j][k] -= times * a[i][k];
            }
            b[j] -= times * b[i];
        }
    }
    for (int i = CALIBRATION_INPUTS - 1; i >= 0; i--) {
        for (int j = i + 1; j < CALIBRATION_INPUTS; j++) {
            b[i] -= a[i][j] * b[j];
        }
        b[i] /= a[i][i];
    }
}

/* What is made small: surprise of the cases and distance from what was believed before. */
static double loss(const struct calibration *calibration, const struct calibration *before,
                   const struct calibration_case *cases, size_t ncases)
{
    double sum = 0;

    for (int i = 0; i < CALIBRATION_INPUTS; i++) {
        double off = calibration->weights[i] - before->weights[i];
        sum += pull * off * off / 2;
    }
    for (size_t n = 0; n < ncases; n++) {
        double p = logistic(calibration, cases[n].inputs);
        sum -= log(fmax(cases[n].right ? p : 1 - p, 1e-300));
    }
    return sum;
}

/* A Newton step, halved until it helps; false when it does not. */
static bool step(struct calibration *calibration, const struct calibration *before,
                 const struct calibration_case *cases, size_t ncases)
{
    double bend[CALIBRATION_INPUTS][CALIBRATION_INPUTS] = {{0}};
    double slope[CALIBRATION_INPUTS];
    double now = loss(calibration, before, cases, ncases);

    for (int i = 0; i < CALIBRATION_INPUTS; i++) {
        slope[i] = pull * (before->weights[i] - calibration->weights[i]);
        bend[i][i] = pull;
    }
    for (size_t n = 0; n < ncases; n++) {
        double p = logistic(calibration, cases[n].inputs);
        for (int i = 0; i < CALIBRATION_INPUTS; i++) {
            slope[i] += (cases[n].right - p) * cases[n].inputs[i];
            for (int j = 0; j < CALIBRATION_INPUTS; j++) {
                bend[i][j] += (p * (1 - p) + 1e-6) * cases[n].inputs[i] * cases[n].inputs[j];
            }
        }
    }
    solve(bend, slope);
    for (double part = 1; part > 1e-4; part /= 2) {
        struct calibration next = *calibration;
        for (int i = 0; i < CALIBRATION_INPUTS; i++) {
            next.weights[i] += part * slope[i];
        }
        if (loss(&next, before, cases, ncases) < now) {
            *calibration = next;
            return true;
        }
    }
    return false;
}

static void fit_logistic(struct calibration *calibration, const struct calibration_case *cases,
                         size_t ncases)
{
    struct calibration before = *calibration;

    for (int i = 0; i < NEWTON_STEPS && step(calibration, &before, cases, ncases); i++) {
    }
}

struct pool {
    double from, right, count;
};

struct outcome {
    double probability;
    bool right;
};

static int rising(const void *a, const void *b)
{
    double x = ((const struct outcome *)a)->probability;
    double y = ((const struct outcome *)b)->probability;

    return (x > y) - (x < y);
}

/* Cases in bins of equal size, neighbours pooled until they rise. */
static void fit_steps(struct calibration *calibration, struct outcome *outcomes, size_t count)
{
    struct pool pools[CALIBRATION_STEPS_MAX];
    int npools = 0;

    qsort(outcomes, count, sizeof(*outcomes), rising);
    for (size_t bin = 0; bin < CALIBRATION_STEPS_MAX; bin++) {
        struct pool pool = {0};
        for (size_t i = bin * count / CALIBRATION_STEPS_MAX;
             i < (bin + 1) * count / CALIBRATION_STEPS_MAX; i++) {
            pool.from += outcomes[i].probability;
            pool.right += outcomes[i].right;
            pool.count++;
        }
        if (pool.count == 0) {
            continue;
        }
        while (npools > 0 &&
               pools[npools - 1].right * pool.count >= pool.right * pools[npools - 1].count) {
            npools--;
            pool.from += pools[npools].from;
            pool.right += pools[npools].right;
            pool.count += pools[npools].count;
        }
        pools[npools++] = pool;
    }
    for (int i = 0; i < npools; i++) {
        double from = pools[i].from / pools[i].count;
        double to = (pools[i].right + 0.5) / (pools[i].count + 1);
        int at = calibration->nsteps;
        if (at == 0 || from > calibration->from[at - 1]) {
            calibration->from[at] = from;
            calibration->to[at] = at == 0 ? to : fmax(to, calibration->to[at - 1]);
            calibration->nsteps++;
        }
    }
}

void calibration_fit(struct calibration *calibration, const struct calibration_case *cases,
                     size_t ncases)
{
    struct outcome *outcomes;

    fit_logistic(calibration, cases, ncases);
    if (ncases < CALIBRATION_CASES_MIN) {
        return; /* too few for steps of their own: as cautious as before */
    }
    calibration->nsteps = 0;
    outcomes = xcalloc(ncases, sizeof(*outcomes));
    for (size_t i = 0; i < ncases; i++) {
        outcomes[i] = (struct outcome){logistic(calibration, cases[i].inputs), cases[i].right};
    }
    fit_steps(calibration, outcomes, ncases);
    free(outcomes);
}

/* P(X >= right) for X binomial of `total` with `share`. */
static double tail(uint64_t right, uint64_t total, double share)
{
    double sum = 0;

    for (uint64_t k = right; k <= total; k++) {
        double term = exp(lgamma((double)total + 1) - lgamma((double)k + 1) -
                          lgamma((double)(total - k) + 1) + (double)k * log(share) +
                          (double)(total - k) * log1p(-share));
        sum += term;
        if (term < sum * 1e-14 && (double)k > (double)total * share) {
            break;
        }
    }
    return sum;
}

double share_at_least(uint64_t right, uint64_t total, double confidence)
{
    double low = 0;
    double high = 1;

    if (right == 0 || total == 0) {
        return 0;
    }
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = (low + high) / 2;
        if (tail(right, total, middle) > 1 - confidence) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return low;
}

double share_at_most(uint64_t right, uint64_t total, double confidence)
{
    return 1 - share_at_least(total - right, total, confidence);
}
