#include "transform/dedup/learn.h"

#include "transform/dedup/learn_classes.h"
#include "transform/dedup/pattern_count.h"
#include "transform/dedup/team.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS_MAX = 60,
    OUTER_ROUNDS = 2,
    SESSION_PAIRS_LEAST = 50, /* fewer teach nothing */
    MATCHES_LEAST = 20,
};

static const double converged = 1e-4;
static const double prior_m_most = 0.9; /* some pairs always are of two people */
static const double prior_h_most = 0.05;
static const double conflict_most = 0.05; /* more is learned from relatives, not from slips */

struct round {
    double sums[PEOPLE_FIELDS_MAX][LEVELS_MAX];
    double matches;
    double households;
    double pairs;
};

/* Likelihood of a pattern in one class, without the fields in `leave_out`. */
static double likelihood(double (*shares)[LEVELS_MAX], uint64_t pattern, int nfields,
                         uint32_t leave_out)
{
    double product = 1.0;

    for (int field = 0; field < nfields; field++) {
        int level = pattern_level(pattern, field);
        if (level != LEVEL_MISSING && (leave_out >> field & 1) == 0) {
            product *= shares[field][level];
        }
    }
    return product;
}

static void add_levels(double (*sums)[LEVELS_MAX], uint64_t pattern, int nfields, double weight)
{
    for (int field = 0; field < nfields; field++) {
        sums[field][pattern_level(pattern, field)] += weight;
    }
}

/* The fields that a rule fixes, and with a name the other name: they are told together. */
static uint32_t fixed_fields(const struct people_model *model, const struct block_rule *rule)
{
    uint32_t fields = rule->fields;

    for (int i = 0; i < rule->nparts; i++) {
        if (rule->parts[i].how == BLOCK_YEAR || rule->parts[i].how == BLOCK_INITIAL) {
            fields |= UINT32_C(1) << rule->parts[i].field;
        }
    }
    for (int field = 0; field < model->nfields; field++) {
        enum people_kind kind = model->fields[field].kind;
        for (int other = 0; other < model->nfields; other++) {
            if ((rule->fields >> other & 1) != 0 && model->fields[other].kind == kind &&
                kind != PEOPLE_TEXT && kind != PEOPLE_IDENTIFIER) {
                fields |= UINT32_C(1) << field;
            }
        }
    }
    return fields;
}

struct teaching {
    const struct people_model *model;
    const struct pattern_count *patterns;
    const struct pair_classes *start; /* u, h and where m begins */
    double m[PEOPLE_FIELDS_MAX][LEVELS_MAX];
    double share_m;
    double share_h;
    uint32_t leave_out;
    uint32_t bit;
};

static void teach_once(struct teaching *teaching, struct round *round)
{
    struct pair_classes classes = *teaching->start;
    int nfields = teaching->model->nfields;

    memset(round, 0, sizeof(*round));
    for (size_t i = 0; i < teaching->patterns->count; i++) {
        const struct pattern_entry *entry = &teaching->patterns->at[i];
        if ((entry->rules & teaching->bit) == 0) {
            continue;
        }
        double m = teaching->share_m *
                   likelihood(teaching->m, entry->pattern, nfields, teaching->leave_out);
        double h = teaching->share_h *
                   likelihood(classes.h, entry->pattern, nfields, teaching->leave_out);
        double u = (1.0 - teaching->share_m - teaching->share_h) *
                   likelihood(classes.u, entry->pattern, nfields, teaching->leave_out);
        double sum = m + h + u;
        if (sum > 0.0) {
            add_levels(round->sums, entry->pattern, nfields, entry->lesson * m / sum);
            round->matches += entry->lesson * m / sum;
            round->households += entry->lesson * h / sum;
        }
        round->pairs += entry->lesson;
    }
}

/* Where a session begins: what the expectations of level.h and the priors say of its pairs, all
 * fields taken together.  From a share that is far too high the rounds would take namesakes for
 * matches, and stay there. */
static void begin_session(struct teaching *teaching)
{
    const struct pair_classes *start = teaching->start;
    struct pair_classes classes = *start;
    int nfields = teaching->model->nfields;
    double matches = 0.0;
    double households = 0.0;
    double pairs = 1.0;

    memcpy(teaching->m, start->m, sizeof(teaching->m));
    for (size_t i = 0; i < teaching->patterns->count; i++) {
        const struct pattern_entry *entry = &teaching->patterns->at[i];
        if ((entry->rules & teaching->bit) != 0) {
            double m = start->prior_m * likelihood(teaching->m, entry->pattern, nfields, 0);
            double h = start->prior_h * likelihood(classes.h, entry->pattern, nfields, 0);
            double u = likelihood(classes.u, entry->pattern, nfields, 0);
            matches += entry->lesson * m / (m + h + u);
            households += entry->lesson * h / (m + h + u);
            pairs += entry->lesson;
        }
    }
    teaching->share_m = fmin(fmax(matches / pairs, 1e-4), 0.4);
    teaching->share_h = fmin(fmax(households / pairs, 1e-4), 0.4);
}

/* A session on the pairs of one rule; what it learned is in teaching->m. */
static void run_session(struct teaching *teaching, struct session *session)
{
    struct round round;

    begin_session(teaching);
    for (session->rounds = 1; session->rounds < ROUNDS_MAX; session->rounds++) {
        double before = teaching->share_m;
        teach_once(teaching, &round);
        if (round.pairs < SESSION_PAIRS_LEAST) {
            session->discarded = "too few pairs";
            break;
        }
        teaching->share_m = fmin(fmax(round.matches / round.pairs, 1e-6), 0.999);
        teaching->share_h =
            fmin(fmax(round.households / round.pairs, 1e-6), 0.999 - teaching->share_m + 1e-6);
        for (int field = 0; field < teaching->model->nfields; field++) {
            if ((teaching->leave_out >> field & 1) == 0) {
                shares_from_counts(teaching->model->fields[field].kind, round.sums[field],
                                   teaching->m[field]);
            }
        }
        if (fabs(teaching->share_m - before) < converged * before) {
            break;
        }
    }
    session->pairs = (uint64_t)round.pairs;
    session->matches = round.matches;
    if (session->discarded == NULL && round.matches < MATCHES_LEAST) {
        session->discarded = "too few matches expected";
    }
}

/* Sessions are independent of each other: each thread takes the next. */
struct school {
    const struct blocking *blocking;
    const struct pattern_count *patterns;
    struct pair_classes start;
    struct session *sessions;
    struct teaching *teachings; /* one a session */
    int nsessions;
    atomic_int next;
};

static void run_school(void *context, int member)
{
    struct school *school = context;
    int i;

    (void)member;
    while ((i = atomic_fetch_add(&school->next, 1)) < school->nsessions) {
        struct teaching *teaching = &school->teachings[i];
        struct session *session = &school->sessions[i];
        *teaching = (struct teaching){.model = school->blocking->people->model,
                                      .patterns = school->patterns,
                                      .start = &school->start};
        teaching->bit = UINT32_C(1) << session->rule;
        teaching->leave_out =
            fixed_fields(teaching->model, &school->blocking->rules[session->rule]);
        run_session(teaching, session);
        if (session->discarded == NULL && !shares_are_sane(teaching->model, teaching->m)) {
            session->discarded = "it learned that one person's records seldom agree";
        }
    }
}

/* m of each field: what the sessions learned, by the matches each expects. */
static void average_sessions(struct learned *learned, const struct school *school, int nfields)
{
    for (int field = 0; field < nfields; field++) {
        double sums[LEVELS_MAX] = {0};
        double total = 0.0;
        for (int i = 0; i < school->nsessions; i++) {
            const struct teaching *teaching = &school->teachings[i];
            double weight = school->sessions[i].matches;
            if (school->sessions[i].discarded != NULL ||
                (teaching->leave_out >> field & 1) != 0) {
                continue;
            }
            total += weight;
            for (int level = 1; level < LEVELS_MAX; level++) {
                sums[level] += weight * teaching->m[field][level];
            }
        }
        for (int level = 1; level < LEVELS_MAX; level++) {
            learned->classes.m[field][level] =
                total > 0.0 ? sums[level] / total : school->start.m[field][level];
        }
        if (school->blocking->people->model->fields[field].kind == PEOPLE_IDENTIFIER) {
            double *conflict = &learned->classes.m[field][IDENTIFIER_DIFFERS];
            *conflict = fmin(*conflict, conflict_most);
        }
    }
}

static void run_sessions(struct learned *learned, const struct blocking *blocking,
                         const struct pattern_count *patterns, int jobs)
{
    const struct people_model *model = blocking->people->model;
    struct school school = {.blocking = blocking,
                            .patterns = patterns,
                            .start = learned->classes,
                            .sessions = learned->sessions};

    classes_expect_m(&school.start, model);
    for (int rule = 0; rule < blocking->nrules; rule++) {
        if (blocking->rules[rule].used) {
            learned->sessions[school.nsessions++] = (struct session){.rule = rule};
        }
    }
    learned->nsessions = school.nsessions;
    school.teachings = xcalloc(BLOCK_RULES_MAX, sizeof(*school.teachings));
    team_run(jobs, run_school, &school);
    average_sessions(learned, &school, model->nfields);
    free(school.teachings);
}

/* Whether the pair may be two of one household: one home, or one family name and one postcode. */
static bool is_of_household(const struct people_model *model, uint64_t pattern)
{
    bool home = false;
    bool area = false;
    bool family = people_model_find(model, PEOPLE_FAMILY) < 0;

    for (int field = 0; field < model->nfields; field++) {
        enum people_kind kind = model->fields[field].kind;
        bool same = pattern_level(pattern, field) == LEVEL_EXACT;
        home = home || (same && (kind == PEOPLE_STREET || kind == PEOPLE_PHONE));
        area = area || (same && (kind == PEOPLE_POSTCODE || kind == PEOPLE_PLACE));
        family = family || (same && kind == PEOPLE_FAMILY);
    }
    return home || (area && family);
}

/* Priors and household shares over the pairs of all rules, m held fixed. */
static void learn_households(struct learned *learned, const struct people_model *model,
                             const struct pattern_count *patterns)
{
    struct pair_classes *classes = &learned->classes;

    for (int rounds = 0; rounds < ROUNDS_MAX; rounds++) {
        double sums[PEOPLE_FIELDS_MAX][LEVELS_MAX] = {{0}};
        double matches = 0.0;
        double households = 0.0;
        double before = classes->prior_m;
        for (size_t i = 0; i < patterns->count; i++) {
            const struct pattern_entry *entry = &patterns->at[i];
            double m =
                classes->prior_m * likelihood(classes->m, entry->pattern, model->nfields, 0);
            double h =
                classes->prior_h * likelihood(classes->h, entry->pattern, model->nfields, 0);
            double u = (1.0 - classes->prior_m - classes->prior_h) *
                       likelihood(classes->u, entry->pattern, model->nfields, 0);
            double sum = m + h + u;
            if (sum > 0.0) {
                matches += entry->weight * m / sum;
            }
            if (sum > 0.0 && is_of_household(model, entry->pattern)) {
                households += entry->weight * h / sum;
                add_levels(sums, entry->pattern, model->nfields, entry->weight * h / sum);
            }
        }
        learned->matches = matches;
        classes->prior_m = fmin(fmax(matches, 1.0) / learned->all_pairs, prior_m_most);
        classes->prior_h = fmin(fmax(households, 1.0) / learned->all_pairs, prior_h_most);
        classes_set_h(classes, model, sums);
        if (fabs(classes->prior_m - before) < converged * before) {
            break;
        }
    }
}

void learn(struct learned *learned, const struct blocking *blocking, int jobs)
{
    const struct people *people = blocking->people;
    struct pattern_count patterns;
    struct random_levels random;
    double n = blocking->nreps;

    *learned = (struct learned){.all_pairs = fmax(n * (n - 1) / 2, 1.0)};
    learned->classes.prior_m = fmin(0.1, 1.0 / fmax(n, 2.0));
    learned->classes.prior_h = learned->classes.prior_m;
    classes_expect_m(&learned->classes, people->model);
    random_levels_count(&random, blocking, jobs);
    learned->random_pairs = random.pairs;
    learned->classes.prior_m =
        fmin(fmax(learned->classes.prior_m, random.one_person), prior_m_most);
    pattern_count_build(&patterns, blocking, jobs);
    for (int outer = 0; outer < OUTER_ROUNDS; outer++) {
        classes_set_u(&learned->classes, people, &random);
        if (outer == 0) {
            classes_expect_h(&learned->classes, people->model);
        }
        run_sessions(learned, blocking, &patterns, jobs);
        learn_households(learned, people->model, &patterns);
    }
    pattern_count_release(&patterns);
}
