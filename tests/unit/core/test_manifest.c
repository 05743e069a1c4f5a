#include "core/manifest.h"

#include "core/file.h"
#include "tests/unit/unit.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void in_folder(const char *name, char *into, size_t size)
{
    snprintf(into, size, "%s/%s", folder, name);
}

static void put(const char *name, const char *content)
{
    char path[128];
    FILE *file;

    in_folder(name, path, sizeof(path));
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void seal(void)
{
    struct manifest manifest;
    struct manifest_file input = {"patient \"1\".csv", "PATIENT", 10, 3, 7};
    struct error err = {0};

    put("A.hmb", "one");
    put("B.hmb", "two");
    manifest_init(&manifest, "raw", "northgate", "");
    manifest_add_input(&manifest, &input);
    for (int i = 0; i < 2; i++) {
        struct manifest_file file = {i == 0 ? "A.hmb" : "B.hmb", i == 0 ? "A" : "B", 0, 5, 0};
        char path[128];

        in_folder(file.name, path, sizeof(path));
        assert_true(file_checksum(path, &file.checksum, &file.bytes, &err));
        manifest_add_file(&manifest, &file);
    }
    assert_true(manifest_write(&manifest, folder, &err));
    manifest_release(&manifest);
}

static void what_was_sealed_is_read_back(void **state)
{
    struct manifest manifest;
    struct error err = {0};

    (void)state;
    seal();
    assert_true(manifest_load(&manifest, folder, &err));
    assert_string_equal(manifest.kind, "raw");
    assert_string_equal(manifest.source, "northgate");
    assert_int_equal(strlen(manifest.made), strlen("2026-01-01T00:00:00Z"));
    assert_int_equal(manifest.ninputs, 1);
    assert_string_equal(manifest.inputs[0].name, "patient \"1\".csv");
    assert_int_equal(manifest.inputs[0].bytes, 10);
    assert_int_equal(manifest.inputs[0].rows, 3);
    assert_int_equal(manifest.inputs[0].checksum, 7);
    assert_int_equal(manifest.nfiles, 2);
    assert_string_equal(manifest.files[1].table, "B");
    assert_true(manifest_verify(&manifest, folder, &err));
    manifest_release(&manifest);
}

static void damage_is_named(void **state)
{
    static const struct {
        const char *a; /* NULL: missing */
        const char *message;
    } cases[] = {
        {"onf", "A.hmb was changed"},
        {"on", "A.hmb was cut"},
        {"ones", "A.hmb has grown"},
        {NULL, "A.hmb is missing"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct manifest manifest;
        struct error err = {0};
        char path[128];

        seal();
        in_folder("A.hmb", path, sizeof(path));
        if (cases[i].a == NULL) {
            unlink(path);
        } else {
            put("A.hmb", cases[i].a);
        }
        assert_true(manifest_load(&manifest, folder, &err));
        assert_false(manifest_verify(&manifest, folder, &err));
        assert_int_equal(err.code, ERROR_INTEGRITY);
        assert_string_equal(err.message + strlen(folder) + 2, cases[i].message);
        manifest_release(&manifest);
    }
}

static void a_manifest_with_any_changed_byte_is_refused(void **state)
{
    struct error err = {0};
    struct strbuf content;
    char path[128];

    (void)state;
    seal();
    in_folder("manifest.json", path, sizeof(path));
    strbuf_init(&content, 1 << 16);
    assert_true(file_read(path, 1 << 16, &content, &err));
    for (size_t i = 0; i + 1 < content.len; i++) { /* not the last line end */
        struct manifest manifest;

        content.at[i] ^= 1;
        put("manifest.json", content.at);
        memset(&err, 0, sizeof(err));
        assert_false(manifest_load(&manifest, folder, &err));
        assert_int_equal(err.code, ERROR_INTEGRITY);
        manifest_release(&manifest);
        content.at[i] ^= 1;
    }
    strbuf_release(&content);
}

static void a_folder_without_a_manifest_was_never_finished(void **state)
{
    struct manifest manifest;
    struct error err = {0};
    char path[128];

    (void)state;
    in_folder("manifest.json", path, sizeof(path));
    unlink(path);
    assert_false(manifest_load(&manifest, folder, &err));
    assert_int_equal(err.code, ERROR_INTEGRITY);
    manifest_release(&manifest);
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/hms-manifest-%ld", (long)getpid());
    return mkdir(folder, 0700);
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"A.hmb", "B.hmb", "manifest.json"};
    char path[128];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        in_folder(names[i], path, sizeof(path));
        unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_sealed_is_read_back),
        cmocka_unit_test(damage_is_named),
        cmocka_unit_test(a_manifest_with_any_changed_byte_is_refused),
        cmocka_unit_test(a_folder_without_a_manifest_was_never_finished),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
