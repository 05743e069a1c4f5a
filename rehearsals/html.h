/*
 * html.h - one self-contained HTML page, written as it is said.
 *
 * Promise   every text and attribute is escaped here and nowhere else; nothing is fetched from
 *           outside, there is no script and no style attribute, and the page carries its own
 *           Content-Security-Policy, which allows exactly the one style sheet in it.
 *           Readable on screen (light and dark) and on paper.
 * Privacy   callers give counts, names of tables, columns, rules and files; never cell values.
 */
#ifndef HMS_REHEARSALS_HTML_H
#define HMS_REHEARSALS_HTML_H

#include "core/strbuf.h"

/* How a cell is shown. */
enum html_cell { HTML_TEXT, HTML_NUMBER, HTML_GOOD, HTML_BAD, HTML_CODE };

void html_begin(struct strbuf *out, const char *title);
void html_end(struct strbuf *out);
/* Text as character data or attribute value: & < > " ' and control characters escaped. */
void html_escape(struct strbuf *out, struct text text);
void html_heading(struct strbuf *out, int level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void html_paragraph(struct strbuf *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The verdict in a box: good or bad. */
void html_verdict(struct strbuf *out, bool good, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* `headers` ends with NULL. */
void html_table_begin(struct strbuf *out, const char *caption, const char *const *headers);
void html_row_begin(struct strbuf *out);
void html_cell(struct strbuf *out, enum html_cell kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void html_row_end(struct strbuf *out);
void html_table_end(struct strbuf *out);
/* Exactly the bytes between <style> and </style>. */
const char *html_style(void);

#endif
