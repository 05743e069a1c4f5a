/* Unit expressions: what is valid converts to itself. */
#include "terminology/ucum.h"
#include "tests/unit/terminology/essence.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct ucum *ucum;
    struct text expression = {(const char *)data, size};
    struct ucum_unit unit;
    struct error err = {0};
    struct strbuf words;
    ucum_real value = 1;
    size_t at;

    if (ucum == NULL) {
        ucum = ucum_new(TEXT_LITERAL(essence), &err);
    }
    strbuf_init(&words, 1 << 20);
    if (ucum_read(ucum, expression, &unit, &at) == UCUM_OK) {
        assert(at == size && ucum_describe(ucum, expression, &words) == UCUM_OK);
        assert(ucum_is_commensurable(&unit, &unit));
        if (ucum_convert(&unit, &unit, value, &value)) {
            ucum_real_format(&words, value, 15);
        }
    }
    assert(at <= size);
    (void)!ucum_real_parse(expression, &value);
    strbuf_release(&words);
    return 0;
}
