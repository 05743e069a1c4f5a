/*
 * code_rate.c - what one core does with a pack; used by codes.sh.
 *
 *   code_rate PACK DAY   prints "opened_us lookups_per_s validations_per_s"
 *
 * Codes are asked in a shuffled order and as they are written (dotted), so that normalising them
 * is part of the figure and caches are not helped by their order.
 */
#include "core/calendar.h"
#include "core/progress.h"
#include "terminology/code_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUND_US = 1000000 };

struct asked {
    char text[CODE_FORM_MAX];
    size_t len;
};

static struct asked *shuffled(const struct code_pack *pack)
{
    uint32_t count = code_pack_count(pack);
    struct asked *codes = xcalloc(count, sizeof(*codes));
    uint64_t seed = 20260101;

    for (uint32_t i = 0; i < count; i++) {
        struct text code = code_pack_entry(pack, i).code;
        codes[i].len = code_dotted(code_pack_dialect(pack), code, codes[i].text).len;
    }
    for (uint32_t i = count; i > 1; i--) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint32_t other = (uint32_t)((seed >> 33) % i);
        struct asked swap = codes[i - 1];
        codes[i - 1] = codes[other];
        codes[other] = swap;
    }
    return codes;
}

/* Time that this process had a core: the machine may be busy with other things. */
static int64_t cpu_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static double rate(const struct code_pack *pack, const struct asked *codes, int32_t day,
                   bool validates)
{
    int64_t start = cpu_us();
    uint64_t asked = 0;
    uint64_t found = 0;

    do {
        for (uint32_t i = 0; i < code_pack_count(pack); i++) {
            struct text code = {codes[i].text, codes[i].len};
            found += validates ? code_check(pack, code, day).row != CODE_NONE
                               : code_look_up(pack, code) != CODE_NONE;
        }
        asked += code_pack_count(pack);
    } while (cpu_us() - start < ROUND_US);
    if (found != asked) {
        fprintf(stderr, "a code is not found\n");
        exit(1);
    }
    return (double)asked * 1e6 / (double)(cpu_us() - start);
}

int main(int argc, char **argv)
{
    struct error err = {0};
    struct code_pack *pack;
    struct asked *codes;
    int32_t day = CODE_NO_DAY;
    int64_t start = clock_us();
    int64_t opened;

    pack = argc < 2 ? NULL : code_pack_open(argv[1], &err);
    opened = clock_us() - start;
    if (pack == NULL || (argc > 2 && !calendar_parse_date(text_of(argv[2]), &day))) {
        fprintf(stderr, "usage: code_rate PACK [DAY]; %s\n", err.message);
        return 2;
    }
    codes = shuffled(pack);
    printf("%lld %.0f", (long long)opened, rate(pack, codes, day, false));
    printf(" %.0f\n", rate(pack, codes, day, true));
    free(codes);
    code_pack_free(pack);
    return 0;
}
