/* unit.h - what every cmocka program of ours starts with. */
#ifndef HMS_TESTS_UNIT_H
#define HMS_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define assert_text(got, string)                                                               \
    do {                                                                                       \
        struct text unit_text_ = (got);                                                        \
        assert_int_equal(unit_text_.len, strlen(string));                                      \
        assert_memory_equal(unit_text_.at, (string), unit_text_.len);                          \
    } while (0)

#endif
