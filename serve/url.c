#include "serve/url.h"

#include "serve/digest.h"

bool url_decode(struct arena *arena, struct text encoded, bool plus, struct text *out)
{
    char *bytes = arena_bytes(arena, encoded.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < encoded.len; i++) {
        char c = encoded.at[i];
        if (c == '%') {
            uint8_t byte;
            if (i + 2 >= encoded.len ||
                !hex_parse((struct text){encoded.at + i + 1, 2}, &byte, 1)) {
                return false;
            }
            c = (char)byte;
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        bytes[len++] = c;
    }
    bytes[len] = '\0';
    *out = (struct text){bytes, len};
    return text_is_utf8(*out);
}

void url_encode(struct strbuf *out, struct text text, const char *keep)
{
    static const char unreserved[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c != '\0' && (strchr(unreserved, c) != NULL || strchr(keep, c) != NULL)) {
            strbuf_putc(out, c);
        } else {
            strbuf_addf(out, "%%%02X", (unsigned char)c);
        }
    }
}

/* The text before the first `mark`, which is taken off `rest` with it. */
static struct text cut_at(struct text *rest, char mark)
{
    const char *end = rest->len == 0 ? NULL : memchr(rest->at, mark, rest->len);
    struct text part = *rest;

    if (end == NULL) {
        *rest = (struct text){rest->at + rest->len, 0};
        return part;
    }
    part.len = (size_t)(end - part.at);
    rest->at += part.len + 1;
    rest->len -= part.len + 1;
    return part;
}

bool url_next_pair(struct text *query, struct text *name, struct text *value)
{
    while (query->len > 0) {
        *value = cut_at(query, '&');
        if (value->len > 0) {
            *name = cut_at(value, '=');
            return true;
        }
    }
    return false;
}

void url_split(struct text target, struct text *path, struct text *query)
{
    *query = target;
    *path = cut_at(query, '?');
}
