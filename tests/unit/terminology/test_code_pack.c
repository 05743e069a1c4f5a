/* What was built is found again; a pack with any byte changed is refused or, where its checksum was
 * made right again, does no harm. */
#include "tests/unit/unit.h"

#include "core/ident.h"
#include "terminology/code_check.h"
#include "terminology/gem.h"
#include "terminology/pack_builder.h"
#include "terminology/pack_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/hms-pack-XXXXXX";

static void add(struct pack_builder *builder, const char *code, const char *parent,
                unsigned flags)
{
    struct code_entry entry = {.code = text_of(code),
                               .display = text_of(code),
                               .flags = flags,
                               .from = CODE_NO_DAY,
                               .until = CODE_NO_DAY};

    pack_builder_add(builder, &entry, text_of(parent));
}

static void relate(struct pack_builder *builder, const char *target, unsigned flags,
                   int scenario, int choice)
{
    struct code_relation relation = {.kind = PACK_MAPS_TO,
                                     .target = text_of(target),
                                     .flags = flags,
                                     .scenario = scenario,
                                     .choice = choice};

    pack_builder_relate(builder, TEXT_LITERAL("A00"), &relation);
}

static void build(struct strbuf *out)
{
    struct pack_builder builder;
    struct error err = {0};

    pack_builder_init(&builder);
    pack_builder_meta(&builder, "name", TEXT_LITERAL("test"));
    pack_builder_meta(&builder, "dialect", TEXT_LITERAL("icd10"));
    pack_builder_meta(&builder, "from", TEXT_LITERAL("2020-01-01"));
    pack_builder_meta(&builder, "until", TEXT_LITERAL("2021-01-01"));
    add(&builder, "A001", "A00", CODE_BILLABLE);
    pack_builder_property(&builder, "note", TEXT_LITERAL("one"));
    pack_builder_property(&builder, "hint", TEXT_LITERAL("two"));
    add(&builder, "A00", "", 0);
    add(&builder, "A000", "A00", CODE_BILLABLE | CODE_ASTERISK);
    relate(&builder, "X", PACK_APPROXIMATE, 0, 0);
    relate(&builder, "B2", PACK_COMBINATION, 1, 2);
    relate(&builder, "B1", PACK_COMBINATION, 1, 2);
    relate(&builder, "C1", PACK_COMBINATION, 1, 1);
    relate(&builder, "D1", PACK_COMBINATION, 2, 1);
    assert_true(pack_builder_write(&builder, out, &err));
    pack_builder_release(&builder);
}

static struct code_pack *reopen(const struct strbuf *content, struct error *err)
{
    FILE *file = fopen(path, "wb");

    assert_int_equal(fwrite(content->at, 1, content->len, file), content->len);
    fclose(file);
    return code_pack_open(path, err);
}

static void collect(const struct gem_answer *answer, void *context)
{
    struct strbuf *out = context;

    for (int i = 0; i < answer->nparts; i++) {
        strbuf_addf(out, "%s%.*s", i > 0 ? "+" : " ", (int)answer->parts[i].len,
                    answer->parts[i].at);
    }
}

static void what_was_built_is_found_again(void **state)
{
    struct strbuf content;
    struct strbuf answers;
    struct error err = {0};
    struct code_pack *pack;
    struct code_entry entry;
    struct text name;
    struct text value;
    size_t at = 0;

    (void)state;
    strbuf_init(&content, 1 << 20);
    strbuf_init(&answers, 1000);
    build(&content);
    pack = reopen(&content, &err);
    assert_non_null(pack);
    assert_int_equal(code_pack_count(pack), 3);
    assert_int_equal(code_pack_find(pack, TEXT_LITERAL("A00")), 0);
    assert_int_equal(code_pack_find(pack, TEXT_LITERAL("A002")), CODE_NONE);
    entry = code_pack_entry(pack, code_pack_find(pack, TEXT_LITERAL("A001")));
    assert_int_equal(entry.parent, 0);
    assert_true(code_pack_property(pack, 2, &at, &name, &value));
    assert_text(name, "note");
    assert_true(code_pack_property(pack, 2, &at, &name, &value));
    assert_text(value, "two");
    assert_false(code_pack_property(pack, 2, &at, &name, &value));
    at = 0;
    assert_false(code_pack_property(pack, 0, &at, &name, &value));
    assert_true(gem_translate(pack, 0, collect, &answers, &err));
    assert_text(strbuf_text(&answers), " X C1+B2 C1+B1 D1");
    assert_int_equal(code_check(pack, TEXT_LITERAL("A00.1"), 18262).verdict, CODE_RIGHT);
    assert_int_equal(code_check(pack, TEXT_LITERAL("A00.1"), 18261).verdict, CODE_NOT_ON_DAY);
    assert_int_equal(code_check(pack, TEXT_LITERAL("A00.1"), 18628).verdict, CODE_NOT_ON_DAY);
    assert_int_equal(code_check(pack, TEXT_LITERAL("A00"), 18262).verdict, CODE_HEADING);
    assert_int_equal(code_check(pack, TEXT_LITERAL("A00.0"), 18262).verdict, CODE_NEVER_ALONE);
    code_pack_free(pack);
    strbuf_release(&content);
    strbuf_release(&answers);
}

/* Asks everything of a pack that let itself be opened. */
static void use(const struct code_pack *pack)
{
    for (uint32_t row = 0; row < code_pack_count(pack); row++) {
        struct code_entry entry = code_pack_entry(pack, row);
        struct error err = {0};
        struct strbuf answers;
        struct text name;
        struct text value;
        strbuf_init(&answers, 1 << 20);
        code_check(pack, entry.code, 0);
        for (size_t at = 0; code_pack_property(pack, row, &at, &name, &value);) {
        }
        (void)!gem_translate(pack, row, collect, &answers, &err);
        strbuf_release(&answers);
    }
}

static void a_changed_byte_is_refused_or_does_no_harm(void **state)
{
    const size_t skip = offsetof(struct pack_header, sections);
    struct strbuf content;

    (void)state;
    strbuf_init(&content, 1 << 20);
    build(&content);
    for (size_t i = 0; i < content.len; i++) {
        struct pack_header header;
        struct error err = {0};
        struct code_pack *pack;
        char before = content.at[i];

        content.at[i] = (char)(before ^ 0x41);
        assert_null(reopen(&content, &err));
        assert_int_equal(err.code, ERROR_INTEGRITY);

        if (i >= skip) { /* somebody who knows the checksum */
            memcpy(&header, content.at, sizeof(header));
            header.checksum = checksum_of(content.at + skip, content.len - skip);
            memcpy(content.at, &header, sizeof(header));
            pack = reopen(&content, &(struct error){0});
            if (pack != NULL) {
                use(pack);
            }
            code_pack_free(pack);
        }
        strbuf_clear(&content);
        build(&content);
    }
    strbuf_release(&content);
}

static int setup(void **state)
{
    int fd = mkstemp(path);

    (void)state;
    return fd < 0 || close(fd) != 0;
}

static int teardown(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_built_is_found_again),
        cmocka_unit_test(a_changed_byte_is_refused_or_does_no_harm),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
