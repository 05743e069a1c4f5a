/* tiny_pack.h - a small pack of tests that nobody publishes, for what ranks codes. */
#ifndef HMS_TESTS_TINY_PACK_H
#define HMS_TESTS_TINY_PACK_H

#include "tests/unit/unit.h"

#include "terminology/pack_builder.h"

#include <stdio.h>
#include <unistd.h>

struct tiny_code {
    const char *code, *component, *property, *time, *system, *scale, *method, *name;
    enum code_status status;
};

static const struct tiny_code tiny_codes[] = {
    {"1-1", "Glucose", "MCnc", "Pt", "Ser/Plas", "Qn", "", "Gluc SerPl-mCnc", CODE_ACTIVE},
    {"1-2", "Glucose", "SCnc", "Pt", "Ser/Plas", "Qn", "", "Gluc SerPl-sCnc", CODE_ACTIVE},
    {"1-3", "Glucose", "MCnc", "Pt", "Urine", "Qn", "", "Gluc Ur-mCnc", CODE_ACTIVE},
    {"1-4", "Glucose", "ACnc", "Pt", "Urine", "Ord", "Test strip", "Gluc Ur Ql Strip",
     CODE_ACTIVE},
    {"1-5", "Glucose", "MRat", "24H", "Urine", "Qn", "", "Gluc 24H Ur-mRate", CODE_ACTIVE},
    {"1-6", "Glucose^1H post meal", "MCnc", "Pt", "Ser/Plas", "Qn", "", "Gluc 1H p meal",
     CODE_ACTIVE},
    {"1-7", "Glucose", "MCnc", "Pt", "Ser", "Qn", "", "Deprecated Gluc Ser", CODE_DEPRECATED},
    {"2-1", "Creatinine", "MCnc", "Pt", "Ser/Plas", "Qn", "", "Creat SerPl-mCnc", CODE_ACTIVE},
    {"2-2", "Glucose/Creatinine", "MCrto", "Pt", "Urine", "Qn", "", "Gluc/creat Ur",
     CODE_ACTIVE},
    {"3-1", "Leukocytes", "NCnc", "Pt", "Bld", "Qn", "Automated count", "WBC # Bld Auto",
     CODE_ACTIVE},
    {"3-2", "Leukocytes", "NCnc", "Pt", "CSF", "Qn", "Manual count", "WBC # CSF Manual",
     CODE_ACTIVE},
    {"4-1", "Parathyrin.intact", "MCnc", "Pt", "Ser/Plas", "Qn", "", "PTH-Intact SerPl",
     CODE_ACTIVE},
    {"4-2", "Parathyrin Ab", "ACnc", "Pt", "Ser", "Ord", "", "PTH Ab Ser Ql", CODE_ACTIVE},
    {"5-1", "Herpes simplex virus 2 DNA", "ACnc", "Pt", "CSF", "Ord", "Probe.amp.tar",
     "HSV2 DNA CSF Ql PCR", CODE_ACTIVE},
    {"5-2", "Herpes simplex virus 2 Ab.IgG", "ACnc", "Pt", "Ser", "Qn", "EIA",
     "HSV2 IgG Ser EIA", CODE_ACTIVE},
    {"6-1", "Lactate", "SCnc", "Pt", "Bld", "Qn", "", "Lactate Bld-sCnc", CODE_ACTIVE},
    {"7-1", "Specimen source", "Prid", "Pt", "Specimen", "Nom", "", "Spec Source", CODE_ACTIVE},
    {"8-1", "Norclobazam", "MCnc", "Pt", "Ser/Plas", "Qn", "", "Norclobazam SerPl-mCnc",
     CODE_ACTIVE},
};

/* What was built, written and opened; releases the builder.  The caller owns the pack. */
static inline struct code_pack *opened_pack(struct pack_builder *builder)
{
    char path[] = "/tmp/hms-tiny-XXXXXX";
    int fd = mkstemp(path);
    struct error err = {0};
    struct code_pack *pack;
    struct strbuf out;

    strbuf_init(&out, 1 << 20);
    assert_true(pack_builder_write(builder, &out, &err));
    pack_builder_release(builder);
    assert_int_equal(write(fd, out.at, out.len), out.len);
    close(fd);
    pack = code_pack_open(path, &err);
    unlink(path);
    strbuf_release(&out);
    assert_non_null(pack);
    return pack;
}

static inline struct code_pack *tiny_pack(void)
{
    static const char *const names[] = {"COMPONENT", "PROPERTY",   "TIME_ASPCT", "SYSTEM",
                                        "SCALE_TYP", "METHOD_TYP", "SHORTNAME"};
    struct pack_builder builder;

    pack_builder_init(&builder);
    pack_builder_meta(&builder, "name", TEXT_LITERAL("tiny"));
    pack_builder_meta(&builder, "version", TEXT_LITERAL("1"));
    pack_builder_meta(&builder, "dialect", TEXT_LITERAL("plain"));
    for (size_t i = 0; i < COUNT_OF(tiny_codes); i++) {
        const struct tiny_code *code = &tiny_codes[i];
        const char *const values[] = {code->component, code->property, code->time, code->system,
                                      code->scale,     code->method,   code->name};
        struct code_entry entry = {.code = text_of(code->code),
                                   .display = text_of(code->name),
                                   .status = code->status,
                                   .flags = CODE_BILLABLE,
                                   .from = CODE_NO_DAY,
                                   .until = CODE_NO_DAY};
        pack_builder_add(&builder, &entry, (struct text){"", 0});
        for (size_t j = 0; j < COUNT_OF(names); j++) {
            pack_builder_property(&builder, names[j], text_of(values[j]));
        }
    }
    return opened_pack(&builder);
}

#endif
