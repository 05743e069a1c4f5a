/*
 * reconcile_report.h - the result of a comparison as text, NDJSON or one HTML page.
 *
 * JSON      schema "hms.reconcile/1": records "check", "entity", "total", "explanation",
 *           "balance", "column", "difference", and last "summary".
 */
#ifndef HMS_REHEARSALS_RECONCILE_REPORT_H
#define HMS_REHEARSALS_RECONCILE_REPORT_H

#include "rehearsals/reconcile.h"

enum { REPORT_BYTES_MAX = 256 << 20 };

/* `all`: every check, not only those that failed. */
void reconcile_write_text(const struct reconciliation *recon, bool all, struct strbuf *out);
void reconcile_write_json(const struct reconciliation *recon, struct strbuf *out);
void reconcile_write_html(const struct reconciliation *recon, struct strbuf *out);

#endif
