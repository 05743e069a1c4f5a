/*
 * fhir_metadata.h - the CapabilityStatement, made from the table of routes.
 */
#ifndef HMS_SERVE_FHIR_METADATA_H
#define HMS_SERVE_FHIR_METADATA_H

#include "core/strbuf.h"

void fhir_metadata_write(const char *base_url, struct strbuf *out);

#endif
