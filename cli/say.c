#include "cli/main.h"
#include "cli/verb.h"

#include "core/banned.h"

#include <stdarg.h>

bool cli_json;
bool cli_quiet;
bool cli_verbose;
const char *cli_store_option;

void cli_say(const char *format, ...)
{
    va_list args;

    if (cli_quiet) {
        return;
    }
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}
