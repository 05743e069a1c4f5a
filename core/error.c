#include "core/error.h"

#include "core/banned.h"

#include <stdarg.h>

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
    va_list args;

    if (err->code != ERROR_NONE) {
        return false; /* the first error is the cause */
    }
    err->code = code;
    va_start(args, format);
    vsnprintf(err->message, sizeof(err->message), format, args);
    va_end(args);
    return false;
}

bool error_wrap(struct error *err, const char *format, ...)
{
    char context[sizeof(err->message)];
    char inner[sizeof(err->message)];
    va_list args;

    va_start(args, format);
    vsnprintf(context, sizeof(context), format, args);
    va_end(args);
    memcpy(inner, err->message, sizeof(inner));
    snprintf(err->message, sizeof(err->message), "%.400s: %.600s", context, inner);
    return false;
}

void error_hint(struct error *err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(err->hint, sizeof(err->hint), format, args);
    va_end(args);
}

const char *error_name(enum error_code code)
{
    switch (code) {
#define X(error, status, name, text)                                                           \
    case error:                                                                                \
        return name;
        ERROR_LIST(X)
#undef X
    }
    return "unknown";
}
