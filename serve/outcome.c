#include "serve/outcome.h"

#include "core/json_out.h"

#include <stdarg.h>

static const char *issue_type_name(enum issue_type type)
{
    static const char *const names[] = {
#define X(type, name) [type] = (name),
        ISSUE_TYPE_LIST(X)
#undef X
    };

    return names[type];
}

bool outcome_reply(struct reply *reply, unsigned status, enum issue_type type,
                   const char *format, ...)
{
    char diagnostics[512];
    struct json_out out;
    va_list args;

    va_start(args, format);
    vsnprintf(diagnostics, sizeof(diagnostics), format, args);
    va_end(args);

    reply->status = status;
    reply->content_type = "application/fhir+json";
    reply->etag[0] = '\0';
    strbuf_clear(&reply->body);
    json_out_init(&out, &reply->body);
    json_out_object(&out);
    json_out_member(&out, "resourceType", "OperationOutcome");
    json_out_key(&out, "issue");
    json_out_array(&out);
    json_out_object(&out);
    json_out_member(&out, "severity", status >= 500 ? "fatal" : "error");
    json_out_member(&out, "code", issue_type_name(type));
    json_out_member(&out, "diagnostics", diagnostics);
    json_out_end_object(&out);
    json_out_end_array(&out);
    json_out_end_object(&out);
    return false;
}
