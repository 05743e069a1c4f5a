#include "tests/fuzz/step_noise.h"

enum { NOISE_BYTES = 256, NOISE_ROUNDS = 400 };

/* xorshift64*: the same noise on every machine. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545F4914F6CDD1D);
}

/* Bytes that steps care about, more often than chance would give them. */
static uint8_t next_byte(uint64_t *state)
{
    static const char telling[] =
        "0123456789-+.,:/ TZEe<>()@{}'%#*\t\xFE\xFE\xFF\xC2\xA0\xD9\xA3";
    uint64_t random = next_random(state);

    return random % 3 == 0 ? (uint8_t)(random >> 32)
                           : (uint8_t)telling[(random >> 32) % (sizeof(telling) - 1)];
}

static void no_step_reads_past_its_value_or_uses_an_unlisted_rule(void **state)
{
    uint64_t random = 42;

    (void)state;
    for (size_t step = 0; step < step_count; step++) {
        for (int round = 0; round < NOISE_ROUNDS; round++) {
            uint8_t bytes[NOISE_BYTES];
            size_t len = 1 + next_random(&random) % (NOISE_BYTES - 1);
            for (size_t i = 0; i < len; i++) {
                bytes[i] = next_byte(&random);
            }
            bytes[0] = (uint8_t)step;
            step_noise(bytes, len);
        }
    }
    noise_release();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_step_reads_past_its_value_or_uses_an_unlisted_rule),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
