#include "transform/dedup/dedup_forecast.h"

#include <math.h>

static void interval(double expected, double variance, double *low, double *high)
{
    double reach = 1.96 * sqrt(variance);

    *low = fmax(floor(expected - reach), 0.0);
    *high = ceil(expected + reach);
}

void dedup_forecast_make(struct dedup_forecast *forecast, const struct dedup *dedup)
{
    double false_variance = 0.0;
    double missed_variance = 0.0;

    *forecast = (struct dedup_forecast){0};
    for (size_t i = 0; i < dedup->pairing.npairs; i++) {
        const struct pair *pair = &dedup->pairing.pairs[i];
        double p = weight_probability((double)pair->weight);
        if (pair->band == BAND_LINK) {
            forecast->linked++;
            forecast->false_links += 1.0 - p;
            false_variance += p * (1.0 - p);
        } else {
            forecast->in_review++;
            forecast->review_matches += p;
        }
    }
    for (int bin = 0; bin < WEIGHT_BINS; bin++) {
        double weight = (double)(WEIGHT_LEAST + bin) + 0.5;
        double p = weight_probability(weight);
        if (weight < dedup->scorer.review) {
            forecast->missed += p * (double)dedup->pairing.bins[bin];
            missed_variance += p * (1.0 - p) * (double)dedup->pairing.bins[bin];
        }
    }
    interval(forecast->false_links, false_variance, &forecast->false_low,
             &forecast->false_high);
    interval(forecast->missed, missed_variance, &forecast->missed_low, &forecast->missed_high);
}
