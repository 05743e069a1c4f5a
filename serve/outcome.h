/*
 * outcome.h - every error is an OperationOutcome and nothing else.
 *
 * Source    FHIR R4, OperationOutcome (hl7.org/fhir/R4/operationoutcome.html) and its value set
 *           IssueType (hl7.org/fhir/R4/valueset-issue-type.html).
 * Privacy   diagnostics are sentences of ours; they never hold a value from the request or the
 *           store.  Names of search parameters are ours, so they may be told.
 */
#ifndef HMS_SERVE_OUTCOME_H
#define HMS_SERVE_OUTCOME_H

#include "core/error.h"
#include "serve/request.h"

#define ISSUE_TYPE_LIST(X)                                                                     \
    X(ISSUE_STRUCTURE, "structure")                                                            \
    X(ISSUE_REQUIRED, "required")                                                              \
    X(ISSUE_VALUE, "value")                                                                    \
    X(ISSUE_INVARIANT, "invariant")                                                            \
    X(ISSUE_LOGIN, "login")                                                                    \
    X(ISSUE_NOT_SUPPORTED, "not-supported")                                                    \
    X(ISSUE_NOT_FOUND, "not-found")                                                            \
    X(ISSUE_TOO_LONG, "too-long")                                                              \
    X(ISSUE_TIMEOUT, "timeout")                                                                \
    X(ISSUE_TRANSIENT, "transient")                                                            \
    X(ISSUE_EXCEPTION, "exception")

enum issue_type {
#define X(type, name) type,
    ISSUE_TYPE_LIST(X)
#undef X
};

/* Makes the reply that error; always false, so that failing is one line. */
bool outcome_reply(struct reply *reply, unsigned status, enum issue_type type,
                   const char *format, ...) PRINTF_LIKE(4, 5);

#endif
