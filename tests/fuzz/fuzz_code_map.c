/*
 * fuzz_code_map.c - any bytes as a code map (SSSOM) and as a ConceptMap (FHIR): refused with a
 * place, or read; never a crash.
 */
#include "transform/code_map.h"
#include "transform/codes/concept_map.h"

#include <assert.h>
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libfyaml 0.7.12 loses memory of its own on some broken documents. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

static void load_table(const char *path)
{
    struct error err = {0};
    struct code_map map;
    struct text target;

    if (!code_map_load(&map, path, "object_id", &err)) {
        assert(err.code == ERROR_CONFIG || err.code == ERROR_LIMIT);
        return;
    }
    code_map_find(&map, TEXT_LITERAL("GLU"), &target);
    code_map_release(&map);
}

static bool take(const char *list, const struct code_mapping *mapping, void *context,
                 struct error *err)
{
    size_t *count = context;

    (void)err;
    assert(list[0] != '\0' && mapping->at[CODE_MAPPING_source_code].len > 0);
    assert(mapping->at[CODE_MAPPING_predicate].len > 0);
    *count += 1;
    return true;
}

static void read_concept_map(struct text content)
{
    struct error err = {0};
    size_t count = 0;
    const struct concept_map_visit visit = {NULL, take, &count};

    if (!concept_map_read("map.json", content, &visit, &err)) {
        assert(err.code == ERROR_CONFIG || err.code == ERROR_LIMIT);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    FILE *file;

    snprintf(path, sizeof(path), "/tmp/fuzz_code_map.%d", (int)getpid());
    file = fopen(path, "w");
    assert(file != NULL);
    fwrite(data, 1, size, file);
    fclose(file);
    load_table(path);
    unlink(path);
    read_concept_map((struct text){(const char *)data, size});
    return 0;
}
