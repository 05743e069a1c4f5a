/*
 * json_out.h - JSON written as it is said, without a tree.
 *
 * Shape     commas and nesting are kept by the writer; numbers that must stay exact are given
 *           as text (json_out_raw).  Strings must be UTF-8; control characters are escaped;
 *           bytes that are not UTF-8 become U+FFFD.
 * Limits    JSON_OUT_DEPTH_MAX levels (asserted).
 */
#ifndef HMS_CORE_JSON_OUT_H
#define HMS_CORE_JSON_OUT_H

#include "core/strbuf.h"

enum { JSON_OUT_DEPTH_MAX = 32 };

struct json_out {
    struct strbuf *sb;
    int depth;
    bool first[JSON_OUT_DEPTH_MAX];
    bool after_key;
};

void json_out_init(struct json_out *out, struct strbuf *sb);
void json_out_object(struct json_out *out);
void json_out_end_object(struct json_out *out);
void json_out_array(struct json_out *out);
void json_out_end_array(struct json_out *out);
void json_out_key(struct json_out *out, const char *key);
void json_out_text(struct json_out *out, struct text value);
void json_out_string(struct json_out *out, const char *value); /* NULL gives null */
void json_out_int(struct json_out *out, int64_t value);
void json_out_uint(struct json_out *out, uint64_t value);
void json_out_bool(struct json_out *out, bool value);
void json_out_null(struct json_out *out);
void json_out_raw(struct json_out *out, struct text json); /* written as it is */
/* key and value in one go */
void json_out_member(struct json_out *out, const char *key, const char *value);
void json_out_member_text(struct json_out *out, const char *key, struct text value);
void json_out_member_int(struct json_out *out, const char *key, int64_t value);
void json_out_member_uint(struct json_out *out, const char *key, uint64_t value);
void json_out_member_bool(struct json_out *out, const char *key, bool value);

#endif
