#include "tests/fuzz/step_noise.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    step_noise(bytes, len);
    return 0;
}
