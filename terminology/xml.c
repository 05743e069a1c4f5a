#include "terminology/xml.h"

#include <expat.h>

enum { XML_PIECE = 1 << 20 };

struct xml_state {
    XML_Parser expat;
    const struct xml_walk *walk;
    struct error *err;
    int depth;
};

static void stop(struct xml_state *state, const char *why)
{
    error_set(state->err, ERROR_SOURCE, "line %lu: %s",
              (unsigned long)XML_GetCurrentLineNumber(state->expat), why);
    XML_StopParser(state->expat, XML_FALSE);
}

static void XMLCALL on_open(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct xml_state *state = data;

    if (++state->depth > XML_DEPTH_MAX) {
        stop(state, "elements are nested too deeply");
    } else if (!state->walk->open(state->walk->context, name, (const char *const *)attributes,
                                  state->err)) {
        stop(state, "refused");
    }
}

static void XMLCALL on_close(void *data, const XML_Char *name)
{
    struct xml_state *state = data;

    state->depth--;
    if (!state->walk->close(state->walk->context, name, state->err)) {
        stop(state, "refused");
    }
}

static void XMLCALL on_text(void *data, const XML_Char *at, int len)
{
    struct xml_state *state = data;

    state->walk->text(state->walk->context, (struct text){at, (size_t)len});
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_internal_subset)
{
    (void)name;
    (void)system;
    (void)public;
    if (has_internal_subset) {
        stop(data, "a document type with declarations of its own is refused");
    }
}

static void XMLCALL on_entity(void *data, const XML_Char *name, int is_parameter)
{
    (void)name;
    (void)is_parameter;
    stop(data, "an entity that XML does not define is refused");
}

/* ucum-essence.xml calls itself "ascii", which expat knows under another name only. */
static int XMLCALL on_encoding(void *data, const XML_Char *name, XML_Encoding *encoding)
{
    (void)data;
    if (!text_equal_nocase(text_of(name), TEXT_LITERAL("ascii"))) {
        return XML_STATUS_ERROR;
    }
    for (int byte = 0; byte < 256; byte++) {
        encoding->map[byte] = byte < 128 ? byte : -1;
    }
    encoding->data = NULL;
    encoding->convert = NULL;
    encoding->release = NULL;
    return XML_STATUS_OK;
}

bool xml_parse(struct text document, const struct xml_walk *walk, struct error *err)
{
    struct xml_state state = {.expat = XML_ParserCreate(NULL), .walk = walk, .err = err};
    enum XML_Status status = XML_STATUS_OK;

    XML_SetUserData(state.expat, &state);
    XML_SetElementHandler(state.expat, on_open, on_close);
    XML_SetCharacterDataHandler(state.expat, on_text);
    XML_SetStartDoctypeDeclHandler(state.expat, on_doctype);
    XML_SetSkippedEntityHandler(state.expat, on_entity);
    XML_SetUnknownEncodingHandler(state.expat, on_encoding, NULL);
    XML_SetParamEntityParsing(state.expat, XML_PARAM_ENTITY_PARSING_NEVER);
    do {
        size_t len = document.len < XML_PIECE ? document.len : XML_PIECE;
        status = XML_Parse(state.expat, document.at, (int)len, len == document.len);
        document.at += len;
        document.len -= len;
    } while (status == XML_STATUS_OK && document.len > 0);
    if (status != XML_STATUS_OK) {
        error_set(err, ERROR_SOURCE, "line %lu: %s",
                  (unsigned long)XML_GetCurrentLineNumber(state.expat),
                  XML_ErrorString(XML_GetErrorCode(state.expat)));
    }
    XML_ParserFree(state.expat);
    return status == XML_STATUS_OK;
}

struct text xml_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2) {
        if (strcmp(attributes[0], name) == 0) {
            return text_of(attributes[1]);
        }
    }
    return (struct text){"", 0};
}

struct text xml_squeeze(struct strbuf *words)
{
    size_t len = 0;

    for (size_t i = 0; i < words->len; i++) {
        char byte = words->at[i];
        if (byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t') {
            if (len > 0 && words->at[len - 1] != ' ') {
                words->at[len++] = ' ';
            }
        } else {
            words->at[len++] = byte;
        }
    }
    words->len = len;
    return text_trim(strbuf_text(words));
}
