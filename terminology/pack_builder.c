#include "terminology/pack_builder.h"

#include "core/ident.h"
#include "core/wire.h"
#include "terminology/pack_layout.h"

#include <assert.h>
#include <stdlib.h>

struct built_code {
    struct code_entry entry;
    struct text parent;
    uint32_t props_at;
};

struct built_rel {
    struct text source_code;
    uint32_t source;
    size_t order; /* as it was added, so that the sort is stable */
    struct code_relation relation;
};

enum { PACK_BYTES_MAX = INT32_MAX };

void pack_builder_init(struct pack_builder *builder)
{
    *builder = (struct pack_builder){0};
    strbuf_init(&builder->meta, 1 << 20);
    strbuf_init(&builder->props, PACK_BYTES_MAX);
    strbuf_init(&builder->open, 1 << 20);
}

void pack_builder_release(struct pack_builder *builder)
{
    strbuf_release(&builder->meta);
    strbuf_release(&builder->props);
    strbuf_release(&builder->open);
    arena_release(&builder->arena);
    free(builder->codes);
    free(builder->rels);
    *builder = (struct pack_builder){0};
}

void pack_builder_meta(struct pack_builder *builder, const char *key, struct text value)
{
    wire_put_text(&builder->meta, text_of(key));
    wire_put_text(&builder->meta, value);
}

static void close_properties(struct pack_builder *builder)
{
    if (builder->open.len > 0) {
        builder->codes[builder->ncodes - 1].props_at = (uint32_t)builder->props.len;
        wire_put_text(&builder->props, strbuf_text(&builder->open));
        builder->props.full = builder->props.full || strbuf_is_full(&builder->open);
        strbuf_clear(&builder->open);
    }
}

void pack_builder_add(struct pack_builder *builder, const struct code_entry *code,
                      struct text parent)
{
    struct built_code *built;

    close_properties(builder);
    if (builder->ncodes > PACK_CODES_MAX) {
        return; /* one too many is enough for write() to refuse it */
    }
    if (builder->ncodes == builder->codes_size) {
        builder->codes_size = builder->codes_size == 0 ? 1024 : builder->codes_size * 2;
        builder->codes =
            xrealloc(builder->codes, builder->codes_size * sizeof(*builder->codes));
    }
    built = &builder->codes[builder->ncodes++];
    *built = (struct built_code){.entry = *code, .props_at = UINT32_MAX};
    built->entry.code = arena_copy(&builder->arena, code->code);
    built->entry.display = arena_copy(&builder->arena, code->display);
    built->parent = arena_copy(&builder->arena, parent);
}

static int property_number(struct pack_builder *builder, const char *name)
{
    int i = 0;

    while (i < builder->nproperties && !text_is(builder->properties[i], name)) {
        i++;
    }
    if (i == builder->nproperties) {
        assert(i < PACK_PROPERTIES_MAX); /* loaders know their properties */
        builder->properties[builder->nproperties++] =
            arena_copy(&builder->arena, text_of(name));
        pack_builder_meta(builder, "property", text_of(name));
    }
    return i;
}

void pack_builder_property(struct pack_builder *builder, const char *name, struct text value)
{
    if (value.len > 0) {
        wire_put_u8(&builder->open, (uint8_t)property_number(builder, name));
        wire_put_text(&builder->open, value);
    }
}

void pack_builder_relate(struct pack_builder *builder, struct text source,
                         const struct code_relation *relation)
{
    struct built_rel *built;

    if (builder->nrels == builder->rels_size) {
        builder->rels_size = builder->rels_size == 0 ? 1024 : builder->rels_size * 2;
        builder->rels = xrealloc(builder->rels, builder->rels_size * sizeof(*builder->rels));
    }
    built = &builder->rels[builder->nrels];
    *built = (struct built_rel){.relation = *relation, .order = builder->nrels++};
    built->source_code = arena_copy(&builder->arena, source);
    built->relation.target = arena_copy(&builder->arena, relation->target);
    built->relation.note = arena_copy(&builder->arena, relation->note);
}

static int by_code(const void *a, const void *b)
{
    return text_compare(((const struct built_code *)a)->entry.code,
                        ((const struct built_code *)b)->entry.code);
}

static int by_source(const void *a, const void *b)
{
    const struct built_rel *x = a;
    const struct built_rel *y = b;
    const struct code_relation *r = &x->relation;
    const struct code_relation *s = &y->relation;

    if (x->source != y->source) {
        return x->source < y->source ? -1 : 1;
    }
    if (r->scenario != s->scenario) {
        return r->scenario - s->scenario;
    }
    if (r->choice != s->choice) {
        return r->choice - s->choice;
    }
    return x->order < y->order ? -1 : 1;
}

static uint32_t find_code(const struct pack_builder *builder, struct text code)
{
    const struct built_code key = {.entry.code = code};
    const struct built_code *found =
        bsearch(&key, builder->codes, builder->ncodes, sizeof(*builder->codes), by_code);

    return found == NULL ? CODE_NONE : (uint32_t)(found - builder->codes);
}

/* A parent that is not in the pack is no error: national lists leave groups out. */
static bool link_parents(struct pack_builder *builder, struct error *err)
{
    for (size_t i = 0; i < builder->ncodes; i++) {
        builder->codes[i].entry.parent = builder->codes[i].parent.len == 0
                                             ? CODE_NONE
                                             : find_code(builder, builder->codes[i].parent);
    }
    for (size_t i = 0; i < builder->ncodes; i++) {
        uint32_t at = builder->codes[i].entry.parent;
        for (int depth = 0; at != CODE_NONE; depth++) {
            if (depth == PACK_PARENTS_MAX) {
                return error_set(err, ERROR_SOURCE, "code '%.*s' is its own ancestor",
                                 (int)builder->codes[i].entry.code.len,
                                 builder->codes[i].entry.code.at);
            }
            at = builder->codes[at].entry.parent;
        }
    }
    return true;
}

static bool sort_codes(struct pack_builder *builder, struct error *err)
{
    close_properties(builder);
    if (builder->ncodes > PACK_CODES_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d codes", PACK_CODES_MAX);
    }
    if (builder->ncodes == 0) {
        return error_set(err, ERROR_SOURCE, "there is no code in it");
    }
    if (builder->ncodes > 1) {
        qsort(builder->codes, builder->ncodes, sizeof(*builder->codes), by_code);
    }
    for (size_t i = 0; i < builder->ncodes; i++) {
        struct text code = builder->codes[i].entry.code;
        if (code.len == 0 || code.len > UINT8_MAX) {
            return error_set(err, ERROR_SOURCE, "a code is empty or longer than 255 bytes");
        }
        if (i > 0 && text_equal(code, builder->codes[i - 1].entry.code)) {
            return error_set(err, ERROR_SOURCE, "code '%.*s' stands there twice", (int)code.len,
                             code.at);
        }
    }
    return link_parents(builder, err);
}

static bool sort_rels(struct pack_builder *builder, struct error *err)
{
    for (size_t i = 0; i < builder->nrels; i++) {
        struct built_rel *rel = &builder->rels[i];
        rel->source = find_code(builder, rel->source_code);
        if (rel->source == CODE_NONE) {
            return error_set(err, ERROR_SOURCE, "a relation starts at '%.*s', no such code",
                             (int)rel->source_code.len, rel->source_code.at);
        }
        if (rel->relation.target.len > UINT8_MAX) {
            return error_set(err, ERROR_SOURCE, "a target is longer than 255 bytes");
        }
    }
    if (builder->nrels > 1) {
        qsort(builder->rels, builder->nrels, sizeof(*builder->rels), by_source);
    }
    return true;
}

/* Place of a text in TEXT; long ones are cut at 65,535 bytes. */
static uint32_t put_text(struct strbuf *text, struct text *value)
{
    uint32_t at = (uint32_t)text->len;

    value->len = value->len > UINT16_MAX ? UINT16_MAX : value->len;
    strbuf_add_text(text, *value);
    return at;
}

static void put_rows(struct pack_builder *builder, struct strbuf *rows, struct strbuf *text)
{
    for (size_t i = 0; i < builder->ncodes; i++) {
        struct built_code *code = &builder->codes[i];
        struct pack_row row = {
            .code_at = put_text(text, &code->entry.code),
            .code_len = (uint8_t)code->entry.code.len,
            .props_at = code->props_at,
            .parent = code->entry.parent,
            .from = code->entry.from,
            .until = code->entry.until,
            .flags = (uint16_t)code->entry.flags,
            .status = (uint8_t)code->entry.status,
        };
        row.display_at = put_text(text, &code->entry.display);
        row.display_len = (uint16_t)code->entry.display.len;
        strbuf_add(rows, &row, sizeof(row));
    }
}

static void put_rels(struct pack_builder *builder, struct strbuf *rels, struct strbuf *text)
{
    for (size_t i = 0; i < builder->nrels; i++) {
        struct code_relation *relation = &builder->rels[i].relation;
        struct pack_rel rel = {
            .source = builder->rels[i].source,
            .target_at = put_text(text, &relation->target),
            .target_len = (uint8_t)relation->target.len,
            .kind = (uint8_t)relation->kind,
            .scenario = (uint8_t)relation->scenario,
            .choice = (uint8_t)relation->choice,
            .flags = (uint16_t)relation->flags,
        };
        rel.note_at = put_text(text, &relation->note);
        rel.note_len = (uint16_t)relation->note.len;
        strbuf_add(rels, &rel, sizeof(rel));
    }
}

/* At most half of the slots are taken. */
static void put_hash(const struct pack_builder *builder, struct strbuf *hash)
{
    size_t nslots = 8;
    struct pack_slot *slots;

    while (nslots < builder->ncodes * 2 + 1) {
        nslots *= 2;
    }
    slots = xcalloc(nslots, sizeof(*slots));
    for (size_t i = 0; i < nslots; i++) {
        slots[i].row = CODE_NONE;
    }
    for (size_t i = 0; i < builder->ncodes; i++) {
        struct text code = builder->codes[i].entry.code;
        size_t at = checksum_of(code.at, code.len) & (nslots - 1);
        while (slots[at].row != CODE_NONE) {
            at = (at + 1) & (nslots - 1);
        }
        slots[at].row = (uint32_t)i;
        slots[at].flags = (uint16_t)builder->codes[i].entry.flags;
        slots[at].status = (uint8_t)builder->codes[i].entry.status;
        slots[at].is_dated = builder->codes[i].entry.from != CODE_NO_DAY ||
                             builder->codes[i].entry.until != CODE_NO_DAY;
        memcpy(slots[at].head, code.at,
               code.len < sizeof(slots[at].head) ? code.len : sizeof(slots[at].head));
    }
    strbuf_add(hash, slots, nslots * sizeof(*slots));
    free(slots);
}

static void put_section(struct strbuf *out, struct pack_header *header, int which,
                        struct text content)
{
    static const char zeros[8];

    header->sections[which].at = out->len;
    header->sections[which].len = content.len;
    strbuf_add_text(out, content);
    strbuf_add(out, zeros, (8 - out->len % 8) % 8);
}

bool pack_builder_write(struct pack_builder *builder, struct strbuf *out, struct error *err)
{
    const size_t skip = offsetof(struct pack_header, sections);
    struct pack_header header = {0};
    struct strbuf parts[PACK_SECTIONS];
    bool ok = sort_codes(builder, err) && sort_rels(builder, err);

    memcpy(header.magic, PACK_MAGIC, sizeof(header.magic));
    for (int i = 0; i < PACK_SECTIONS; i++) {
        strbuf_init(&parts[i], PACK_BYTES_MAX);
    }
    if (ok) {
        put_rows(builder, &parts[PACK_ROWS], &parts[PACK_TEXT]);
        put_rels(builder, &parts[PACK_RELS], &parts[PACK_TEXT]);
        put_hash(builder, &parts[PACK_HASH]);
        strbuf_add_text(&parts[PACK_META], strbuf_text(&builder->meta));
        strbuf_add_text(&parts[PACK_PROPS], strbuf_text(&builder->props));
        strbuf_add_text(&parts[PACK_BLOB], builder->blob);
        strbuf_add(out, &header, sizeof(header));
        for (int i = 0; i < PACK_SECTIONS; i++) {
            ok = ok && !strbuf_is_full(&parts[i]);
            put_section(out, &header, i, strbuf_text(&parts[i]));
        }
        ok = ok && !strbuf_is_full(out) && !strbuf_is_full(&builder->props);
        if (!ok) {
            error_set(err, ERROR_LIMIT, "the pack would be larger than 2 GiB");
        }
    }
    if (ok) {
        header.size = out->len;
        memcpy(out->at, &header, sizeof(header));
        header.checksum = checksum_of(out->at + skip, out->len - skip);
        memcpy(out->at, &header, sizeof(header));
    }
    for (int i = 0; i < PACK_SECTIONS; i++) {
        strbuf_release(&parts[i]);
    }
    return ok;
}
