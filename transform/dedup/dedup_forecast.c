#include "transform/dedup/dedup_forecast.h"

#include <math.h>

/* Expected errors as the weights say, and when all of them err to the one or the other side. */
struct expected {
    double said;
    double least;
    double most;
};

static void interval(const struct expected *expected, double *low, double *high)
{
    *low = fmax(floor(expected->least - 1.96 * sqrt(expected->least)), 0.0);
    *high = ceil(expected->most + 1.96 * sqrt(expected->most));
}

/* A link is false with what is left of its probability. */
static void add_link(struct expected *expected, double weight)
{
    expected->said += weight_probability(-weight);
    expected->least += weight_probability(-weight - DOUBT_BITS);
    expected->most += fmax(weight_probability(-weight + DOUBT_BITS), 1.0 / UNSEEN_EACH);
}

/* Pairs below review are missed with their probability. */
static void add_missed(struct expected *expected, double weight, double pairs)
{
    expected->said += weight_probability(weight) * pairs;
    expected->least += weight_probability(weight - DOUBT_BITS) * pairs;
    expected->most += weight_probability(weight + DOUBT_BITS) * pairs;
}

void dedup_forecast_make(struct dedup_forecast *forecast, const struct dedup *dedup)
{
    struct expected links = {0};
    struct expected missed = {0};

    *forecast = (struct dedup_forecast){0};
    for (size_t i = 0; i < dedup->pairing.npairs; i++) {
        const struct pair *pair = &dedup->pairing.pairs[i];
        if (pair->band == BAND_LINK) {
            forecast->linked++;
            add_link(&links, (double)pair->weight);
        } else {
            forecast->in_review++;
            forecast->review_matches += weight_probability((double)pair->weight);
        }
    }
    for (int bin = 0; bin < WEIGHT_BINS; bin++) {
        double weight = (double)(WEIGHT_LEAST + bin) + 0.5;
        if (weight < dedup->scorer.review) {
            add_missed(&missed, weight, (double)dedup->pairing.bins[bin]);
        }
    }
    forecast->false_links = links.said;
    forecast->missed = missed.said;
    interval(&links, &forecast->false_low, &forecast->false_high);
    interval(&missed, &forecast->missed_low, &forecast->missed_high);
}
