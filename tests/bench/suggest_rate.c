/*
 * suggest_rate.c - how good and how fast suggestions are for one catalogue; used by suggest.sh.
 *
 *   suggest_rate PACK CATALOGUE [quick]   one JSON line a figure; quick: without the slow ones
 *
 * Split     by a hash of the name in lower case, so that a name is in one half only: decisions of the
 *           one are learned from, those of the other are asked.
 * Scored    over the entries whose code the pack has, and the band both ways; `decisions` that name
 *           another code are learned as "there is none" in the one, left out in the other.
 * Peer      cosine of character trigrams, weighed by how seldom they are, between the name as it is
 *           written and COMPONENT or display: what the field's standard tool does.
 */
#include "core/file.h"
#include "terminology/code_check.h"
#include "terminology/suggest/calibration.h"
#include "terminology/suggest/suggest_entries.h"
#include "terminology/suggest/suggest_index.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { DEPTHS = 3, BINS = 5, PEER_GRAMS = 200 };

static const size_t depths[DEPTHS] = {1, 5, 20};

struct halves {
    struct suggest_decision *learned, *asked;
    size_t nlearned, nasked;
};

struct tally {
    uint64_t asked, scored;
    uint64_t hits[DEPTHS];
    uint64_t sure, sure_right, sure_scored;
    uint64_t binned[BINS], right[BINS];
    double believed[BINS];
};

static void figure(const char *way, const char *what, double value, const char *unit)
{
    printf("{\"bench\":\"suggest\",\"what\":\"%s.%s\",\"value\":%.4g,\"unit\":\"%s\"}\n", way,
           what, value, unit);
}

static double cpu_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static unsigned half_of(struct text name)
{
    unsigned hash = 5381;

    name = text_trim(name);
    for (size_t i = 0; i < name.len; i++) {
        unsigned byte = (unsigned char)name.at[i];
        hash = (hash * 33 + (byte >= 'A' && byte <= 'Z' ? byte + 32 : byte)) % 2147483648U;
    }
    return hash / 64 % 2;
}

static struct halves split(const struct suggest_entries *entries, const struct code_pack *pack,
                           bool known_only)
{
    struct halves halves = {
        .learned = xcalloc(entries->count + 1, sizeof(struct suggest_decision)),
        .asked = xcalloc(entries->count + 1, sizeof(struct suggest_decision)),
    };

    for (size_t i = 0; i < entries->count; i++) {
        bool known = code_look_up(pack, entries->at[i].code) != CODE_NONE;
        if (half_of(entries->at[i].query.name) == 1) {
            halves.asked[halves.nasked++] = entries->at[i];
        } else if (known || !known_only) {
            halves.learned[halves.nlearned++] = entries->at[i];
        }
    }
    return halves;
}

static void count_answers(struct tally *tally, const struct suggest_answer *answers,
                          size_t count, uint32_t row, double threshold)
{
    bool right = count > 0 && answers[0].row == row;

    tally->asked++;
    tally->scored += row != CODE_NONE;
    for (int i = 0; i < DEPTHS; i++) {
        for (size_t at = 0; at < count && at < depths[i]; at++) {
            tally->hits[i] += answers[at].row == row;
        }
    }
    if (count > 0) {
        int bin = (int)(answers[0].probability * BINS);
        bin = bin < BINS ? bin : BINS - 1;
        tally->binned[bin]++;
        tally->right[bin] += right;
        tally->believed[bin] += answers[0].probability;
        if (answers[0].probability >= threshold) {
            tally->sure++;
            tally->sure_scored += row != CODE_NONE;
            tally->sure_right += right;
        }
    }
}

static void print_depths(const char *way, const struct tally *tally)
{
    char what[32];

    figure(way, "scored", (double)tally->scored, "entries");
    for (int i = 0; i < DEPTHS; i++) {
        snprintf(what, sizeof(what), "top%zu", depths[i]);
        figure(way, what, (double)tally->hits[i] / (double)tally->scored, "share");
        snprintf(what, sizeof(what), "top%zu.low", depths[i]);
        figure(way, what, share_at_least(tally->hits[i], tally->scored, 0.975), "share");
        snprintf(what, sizeof(what), "top%zu.high", depths[i]);
        figure(way, what, share_at_most(tally->hits[i], tally->scored, 0.975), "share");
    }
}

static void print_band(const char *way, const char *name, const struct tally *tally)
{
    char what[48];

    snprintf(what, sizeof(what), "%s.accepted", name);
    figure(way, what, (double)tally->sure_scored / (double)tally->scored, "share");
    if (tally->sure_scored > 0) {
        snprintf(what, sizeof(what), "%s.precision", name);
        figure(way, what, (double)tally->sure_right / (double)tally->sure_scored, "share");
        snprintf(what, sizeof(what), "%s.precision.low", name);
        figure(way, what, share_at_least(tally->sure_right, tally->sure_scored, 0.975),
               "share");
    }
}

static void print_calibration(const char *way, const struct tally *tally)
{
    char what[48];

    for (int i = 0; i < BINS; i++) {
        if (tally->binned[i] > 0) {
            snprintf(what, sizeof(what), "bin%d.believed", i);
            figure(way, what, tally->believed[i] / (double)tally->binned[i], "share");
            snprintf(what, sizeof(what), "bin%d.right", i);
            figure(way, what, (double)tally->right[i] / (double)tally->binned[i], "share");
            snprintf(what, sizeof(what), "bin%d.entries", i);
            figure(way, what, (double)tally->binned[i], "entries");
        }
    }
}

static struct tally ask_all(const struct suggester *suggester, const struct code_pack *pack,
                            const struct halves *halves, double threshold)
{
    struct suggest_scratch *scratch = suggest_scratch_new(suggester);
    struct suggest_answer answers[SUGGEST_ANSWERS_MAX];
    struct tally tally = {0};

    for (size_t i = 0; i < halves->nasked; i++) {
        size_t count = suggest(suggester, scratch, &halves->asked[i].query, answers, 20);
        count_answers(&tally, answers, count, code_look_up(pack, halves->asked[i].code),
                      threshold);
    }
    suggest_scratch_free(scratch);
    return tally;
}

static void run(const char *way, struct suggester *suggester, const struct code_pack *pack,
                const struct halves *halves, bool quick)
{
    static const double bands[] = {0.99, 0.97, 0.95, 0.9};
    double start = cpu_s();
    struct tally tally = ask_all(suggester, pack, halves, 2);

    figure(way, "suggestions", (double)halves->nasked / (cpu_s() - start),
           "suggestions/s/core");
    print_depths(way, &tally);
    print_calibration(way, &tally);
    for (size_t i = 0;
         !quick && suggester_is_trained(suggester) && i < sizeof(bands) / sizeof(bands[0]);
         i++) {
        struct suggest_band band = suggester_band(suggester, bands[i]);
        char name[16];
        snprintf(name, sizeof(name), "band%.0f", bands[i] * 100);
        tally = ask_all(suggester, pack, halves, band.threshold);
        print_band(way, name, &tally);
    }
}

static void learn_and_run(const char *way, struct suggester *suggester,
                          const struct code_pack *pack, const struct suggest_entries *entries,
                          bool known_only, bool quick)
{
    struct halves halves = split(entries, pack, known_only);
    struct error err = {0};
    double start = cpu_s();

    if (suggester_train(suggester, halves.learned, halves.nlearned, &err)) {
        figure(way, "decisions", (double)halves.nlearned, "decisions");
        figure(way, "train", cpu_s() - start, "s");
        run(way, suggester, pack, &halves, quick);
    }
    free(halves.learned);
    free(halves.asked);
}

/* --- the peer --- */

struct peer {
    uint16_t *grams;
    uint32_t *at;
    uint32_t *row;
    float *norm;
    float weight[GRAMS];
    uint32_t count;
};

static int plain_grams(struct text text, uint16_t grams[PEER_GRAMS])
{
    char lower[PEER_GRAMS];
    size_t len = text.len < sizeof(lower) ? text.len : sizeof(lower);

    for (size_t i = 0; i < len; i++) {
        char byte = text.at[i];
        lower[i] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
    }
    return grams_of((struct text){lower, len}, grams, PEER_GRAMS);
}

static void peer_add(struct peer *peer, uint32_t row, struct text name)
{
    int count = plain_grams(name, peer->grams + peer->at[peer->count]);

    peer->row[peer->count] = row;
    peer->at[peer->count + 1] = peer->at[peer->count] + (uint32_t)count;
    peer->count++;
}

static void peer_fill(struct peer *peer, const struct code_pack *pack)
{
    uint32_t nrows = code_pack_count(pack);
    struct text name;
    struct text value;

    peer->grams = xcalloc((size_t)nrows * 2 * PEER_GRAMS, sizeof(uint16_t));
    peer->at = xcalloc((size_t)nrows * 2 + 1, sizeof(uint32_t));
    peer->row = xcalloc((size_t)nrows * 2, sizeof(uint32_t));
    peer->norm = xcalloc((size_t)nrows * 2, sizeof(float));
    for (uint32_t row = 0; row < nrows; row++) {
        peer_add(peer, row, code_pack_entry(pack, row).display);
        for (size_t at = 0; code_pack_property(pack, row, &at, &name, &value);) {
            if (text_is(name, "COMPONENT")) {
                peer_add(peer, row, value);
            }
        }
    }
    for (uint32_t i = 0; i < peer->at[peer->count]; i++) {
        peer->weight[peer->grams[i]]++;
    }
    for (int gram = 0; gram < GRAMS; gram++) {
        float idf = logf(1 + (float)peer->count / (peer->weight[gram] + 1));
        peer->weight[gram] = idf * idf;
    }
    for (uint32_t i = 0; i < peer->count; i++) {
        for (uint32_t at = peer->at[i]; at < peer->at[i + 1]; at++) {
            peer->norm[i] += peer->weight[peer->grams[at]];
        }
        peer->norm[i] = sqrtf(peer->norm[i]) + 1e-6F;
    }
}

/* The right row's place: how many other rows are more alike. */
static size_t peer_place(const struct peer *peer, struct text name, uint32_t right,
                         float *scores, size_t nrows)
{
    static bool asked[GRAMS];
    uint16_t grams[PEER_GRAMS];
    int count = plain_grams(name, grams);
    size_t place = 0;

    for (int i = 0; i < count; i++) {
        asked[grams[i]] = true;
    }
    memset(scores, 0, nrows * sizeof(float));
    for (uint32_t i = 0; i < peer->count; i++) {
        float sum = 0;
        for (uint32_t at = peer->at[i]; at < peer->at[i + 1]; at++) {
            sum += asked[peer->grams[at]] ? peer->weight[peer->grams[at]] : 0;
        }
        sum /= peer->norm[i];
        scores[peer->row[i]] = sum > scores[peer->row[i]] ? sum : scores[peer->row[i]];
    }
    for (int i = 0; i < count; i++) {
        asked[grams[i]] = false;
    }
    for (size_t row = 0; row < nrows; row++) {
        place += scores[row] > scores[right] || (scores[row] == scores[right] && row < right);
    }
    return place;
}

static void run_peer(const struct code_pack *pack, const struct halves *halves)
{
    struct peer *peer = xcalloc(1, sizeof(*peer));
    size_t nrows = code_pack_count(pack);
    float *scores = xcalloc(nrows, sizeof(float));
    struct tally tally = {0};

    peer_fill(peer, pack);
    for (size_t i = 0; i < halves->nasked; i++) {
        uint32_t row = code_look_up(pack, halves->asked[i].code);
        size_t place;
        if (row == CODE_NONE) {
            continue;
        }
        place = peer_place(peer, halves->asked[i].query.name, row, scores, nrows);
        tally.scored++;
        for (int d = 0; d < DEPTHS; d++) {
            tally.hits[d] += place < depths[d];
        }
    }
    print_depths("peer", &tally);
    free(scores);
    free(peer->grams);
    free(peer->at);
    free(peer->row);
    free(peer->norm);
    free(peer);
}

int main(int argc, char **argv)
{
    struct error err = {0};
    struct suggest_entries entries = {0};
    struct code_pack *pack = argc >= 3 ? code_pack_open(argv[1], &err) : NULL;
    struct suggester *suggester;
    struct strbuf content;
    struct rusage usage;
    struct halves halves;
    double start;

    strbuf_init(&content, 1 << 28);
    if (pack == NULL || !file_read(argv[2], 1 << 28, &content, &err) ||
        !suggest_entries_read(&entries, strbuf_text(&content), &err)) {
        fprintf(stderr, "suggest_rate: PACK CATALOGUE: %s\n", err.message);
        return 2;
    }
    start = cpu_s();
    suggester = suggester_new(pack);
    figure("index", "build", cpu_s() - start, "s");
    getrusage(RUSAGE_SELF, &usage);
    figure("index", "memory", (double)usage.ru_maxrss / 1024, "MiB");
    halves = split(&entries, pack, false);
    run("untrained", suggester, pack, &halves, argc != 3);
    learn_and_run("trained", suggester, pack, &entries, false, argc != 3);
    if (argc == 3) {
        learn_and_run("trained_known", suggester, pack, &entries, true, false);
    }
    getrusage(RUSAGE_SELF, &usage);
    figure("trained", "memory", (double)usage.ru_maxrss / 1024, "MiB");
    if (argc == 3) {
        run_peer(pack, &halves);
    }
    free(halves.learned);
    free(halves.asked);
    suggester_free(suggester);
    suggest_entries_release(&entries);
    strbuf_release(&content);
    code_pack_free(pack);
    return 0;
}
