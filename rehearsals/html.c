#include "rehearsals/html.h"

#include <stdarg.h>

/* The policy names the SHA-256 of STYLE; tests/unit/rehearsals/test_html.c recomputes it. */
#define STYLE                                                                                  \
    ":root{color-scheme:light dark;--ink:#1c2430;--paper:#fff;--line:#c9d1db;--soft:#f2f5f8;"  \
    "--good:#1b6e3c;--bad:#a3161b}"                                                            \
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e9ef;--paper:#12161c;--line:#3b4654;"    \
    "--soft:#1b222b;--good:#67c98c;--bad:#ff8a85}}"                                            \
    "body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);"        \
    "max-width:64rem;margin:2rem auto;padding:0 1rem}"                                         \
    "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.2rem;"                               \
    "border-bottom:1px solid var(--line)}h3{font-size:1rem}"                                   \
    ".scroll{overflow-x:auto}table{border-collapse:collapse;margin:.8rem 0}"                   \
    "figure{margin:.8rem 0}caption,figcaption{text-align:left;font-weight:600;padding:.3rem "  \
    "0}"                                                                                       \
    "th,td{border-bottom:1px solid var(--line);padding:.25rem .7rem;text-align:left;"          \
    "vertical-align:top}thead th{background:var(--soft)}"                                      \
    "td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"              \
    "td.g{color:var(--good);font-weight:600}td.b{color:var(--bad);font-weight:600}"            \
    "td.c{font-family:ui-monospace,monospace;font-size:.92em}"                                 \
    ".verdict{border:2px solid;border-radius:.4rem;padding:.6rem 1rem;font-weight:600}"        \
    ".verdict.g{color:var(--good)}.verdict.b{color:var(--bad)}"                                \
    "svg{max-width:100%;height:auto}svg text{font-size:12px;fill:var(--ink)}"                  \
    ".s0{fill:#3577b8}.s1{fill:#5ba86a}.s2{fill:#c99a2e}.s3{fill:#8a63b5}.s4{fill:#7b8794}"    \
    ".s5{fill:#c8553d}.s6{fill:#2f9c95}.s7{fill:#b54b86}"                                      \
    "@media print{body{font-size:10pt;max-width:none;margin:0}h2,h3,caption{"                  \
    "break-after:avoid}tr,svg{break-inside:avoid}thead{display:table-header-group}"            \
    ".scroll{overflow:visible}}"
#define STYLE_SHA256 "sh9U5iNDb9aMFv1XZpqcRQooZTxPic9GTJGSqxvj8Nw="

const char *html_style(void)
{
    return STYLE;
}

void html_escape(struct strbuf *out, struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '&') {
            strbuf_puts(out, "&amp;");
        } else if (c == '<') {
            strbuf_puts(out, "&lt;");
        } else if (c == '>') {
            strbuf_puts(out, "&gt;");
        } else if (c == '"') {
            strbuf_puts(out, "&quot;");
        } else if (c == '\'') {
            strbuf_puts(out, "&#39;");
        } else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) {
            strbuf_puts(out, "\xef\xbf\xbd");
        } else {
            strbuf_putc(out, (char)c);
        }
    }
}

__attribute__((format(printf, 2, 0))) static void put_escaped(struct strbuf *out,
                                                              const char *format, va_list args)
{
    char *text = NULL;
    if (vasprintf(&text, format, args) < 0) {
        abort();
    }
    html_escape(out, text_of(text));
    free(text);
}

void html_begin(struct strbuf *out, const char *title)
{
    strbuf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                     "'none'; style-src 'sha256-" STYLE_SHA256 "'\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                     "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    html_escape(out, text_of(title));
    strbuf_puts(out, "</title>\n<style>" STYLE "</style>\n</head>\n<body>\n<main>\n<h1>");
    html_escape(out, text_of(title));
    strbuf_puts(out, "</h1>\n");
}

void html_end(struct strbuf *out)
{
    strbuf_puts(out, "</main>\n</body>\n</html>\n");
}

void html_heading(struct strbuf *out, int level, const char *format, ...)
{
    va_list args;
    strbuf_addf(out, "<h%d>", level);
    va_start(args, format);
    put_escaped(out, format, args);
    va_end(args);
    strbuf_addf(out, "</h%d>\n", level);
}

void html_paragraph(struct strbuf *out, const char *format, ...)
{
    va_list args;
    strbuf_puts(out, "<p>");
    va_start(args, format);
    put_escaped(out, format, args);
    va_end(args);
    strbuf_puts(out, "</p>\n");
}

void html_verdict(struct strbuf *out, bool good, const char *format, ...)
{
    va_list args;
    strbuf_addf(out, "<p class=\"verdict %s\">", good ? "g" : "b");
    va_start(args, format);
    put_escaped(out, format, args);
    va_end(args);
    strbuf_puts(out, "</p>\n");
}

void html_table_begin(struct strbuf *out, const char *caption, const char *const *headers)
{
    strbuf_puts(out, "<div class=\"scroll\"><table>\n<caption>");
    html_escape(out, text_of(caption));
    strbuf_puts(out, "</caption>\n<thead><tr>");
    for (; *headers != NULL; headers++) {
        strbuf_puts(out, "<th scope=\"col\">");
        html_escape(out, text_of(*headers));
        strbuf_puts(out, "</th>");
    }
    strbuf_puts(out, "</tr></thead>\n<tbody>\n");
}

void html_row_begin(struct strbuf *out)
{
    strbuf_puts(out, "<tr>");
}

void html_cell(struct strbuf *out, enum html_cell kind, const char *format, ...)
{
    static const char *const classes[] = {
        [HTML_TEXT] = "",
        [HTML_NUMBER] = " class=\"n\"",
        [HTML_GOOD] = " class=\"n g\"",
        [HTML_BAD] = " class=\"n b\"",
        [HTML_CODE] = " class=\"c\"",
    };
    va_list args;
    strbuf_addf(out, "<td%s>", classes[kind]);
    va_start(args, format);
    put_escaped(out, format, args);
    va_end(args);
    strbuf_puts(out, "</td>");
}

void html_row_end(struct strbuf *out)
{
    strbuf_puts(out, "</tr>\n");
}

void html_table_end(struct strbuf *out)
{
    strbuf_puts(out, "</tbody></table></div>\n");
}
