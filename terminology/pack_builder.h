/*
 * pack_builder.h - makes a pack of what a loader read (terminology/load_X.c).
 *
 * Use       init, meta, then for each code: add, then its properties and relations; a parent
 *           and a relation's source may come later than what refers to them; write.
 * Ownership texts are copied.
 * Errors    write(): ERROR_SOURCE: no code, a code twice, a circle of parents, a relation of an
 *           unknown code; ERROR_LIMIT: more than PACK_CODES_MAX codes or 4 GiB of text.
 */
#ifndef HMS_TERMINOLOGY_PACK_BUILDER_H
#define HMS_TERMINOLOGY_PACK_BUILDER_H

#include "core/arena.h"
#include "core/strbuf.h"
#include "terminology/code_pack.h"

enum { PACK_CODES_MAX = 10000000, PACK_PARENTS_MAX = 64 };

struct pack_builder {
    struct arena arena;
    struct built_code *codes;
    size_t ncodes, codes_size;
    struct built_rel *rels;
    size_t nrels, rels_size;
    struct strbuf meta;
    struct strbuf props; /* as it goes into the pack */
    struct strbuf open;  /* properties of the last code */
    struct text properties[PACK_PROPERTIES_MAX];
    int nproperties;
    struct text blob; /* the caller's */
};

void pack_builder_init(struct pack_builder *builder);
void pack_builder_release(struct pack_builder *builder);
void pack_builder_meta(struct pack_builder *builder, const char *key, struct text value);
/* `code.parent` is ignored; `parent` is its code, empty for none. */
void pack_builder_add(struct pack_builder *builder, const struct code_entry *code,
                      struct text parent);
void pack_builder_property(struct pack_builder *builder, const char *name, struct text value);
void pack_builder_relate(struct pack_builder *builder, struct text source,
                         const struct code_relation *relation);
bool pack_builder_write(struct pack_builder *builder, struct strbuf *out,
                        struct error *err) MUST_CHECK;

#endif
