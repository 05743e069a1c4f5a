#include "terminology/suggest/calibration.h"

#include <math.h>
#include <string.h>

enum { NEWTON_STEPS = 25, BISECTIONS = 60 };

static const double pull = 1.0; /* as so many cases that say what was believed before */

struct calibration calibration_default(void)
{
    return (struct calibration){{-2.0, 0.6, 1.5, 1.0}};
}

double calibration_probability(const struct calibration *calibration,
                               const double inputs[CALIBRATION_INPUTS])
{
    double sum = 0;

    for (int i = 0; i < CALIBRATION_INPUTS; i++) {
        sum += calibration->weights[i] * inputs[i];
    }
    return 1 / (1 + exp(-sum));
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

void calibration_fit(struct calibration *calibration, const struct calibration_case *cases,
                     size_t ncases)
{
    struct calibration before = *calibration;

    for (int step = 0; step < NEWTON_STEPS; step++) {
        double bend[CALIBRATION_INPUTS][CALIBRATION_INPUTS] = {{0}};
        double slope[CALIBRATION_INPUTS];
        for (int i = 0; i < CALIBRATION_INPUTS; i++) {
            slope[i] = pull * (before.weights[i] - calibration->weights[i]);
            bend[i][i] = pull;
        }
        for (size_t n = 0; n < ncases; n++) {
            double p = calibration_probability(calibration, cases[n].inputs);
            for (int i = 0; i < CALIBRATION_INPUTS; i++) {
                slope[i] += (cases[n].right - p) * cases[n].inputs[i];
                for (int j = 0; j < CALIBRATION_INPUTS; j++) {
                    bend[i][j] +=
                        (p * (1 - p) + 1e-6) * cases[n].inputs[i] * cases[n].inputs[j];
                }
            }
        }
        solve(bend, slope);
        for (int i = 0; i < CALIBRATION_INPUTS; i++) {
            calibration->weights[i] += slope[i];
        }
    }
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
