/*
 * fast_cpu.h - a function built twice: as every processor can run it, and for those that count
 * bits in one step.
 *
 * Use       the body is `static inline ALWAYS_INLINE`; one function around it is plain, another is
 *           marked FAST_CPU; who calls asks cpu_is_fast() once and keeps a pointer.
 */
#ifndef HMS_TRANSFORM_DEDUP_FAST_CPU_H
#define HMS_TRANSFORM_DEDUP_FAST_CPU_H

#include <stdbool.h>

#define ALWAYS_INLINE __attribute__((always_inline))

#ifdef __x86_64__
#define FAST_CPU __attribute__((target("popcnt,bmi,bmi2")))

static inline bool cpu_is_fast(void)
{
    return __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2");
}
#else
#define FAST_CPU

static inline bool cpu_is_fast(void)
{
    return false;
}
#endif

#endif
