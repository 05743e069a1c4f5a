/*
 * fuzz_map.c - any bytes as a map: refused with a place, or loaded; never a crash.
 *
 * What loads is checked, linted and written as a page.  What can be formatted is formatted
 * twice: the second time must change nothing.
 */
#include "mappings/map_check.h"
#include "mappings/map_doc.h"
#include "mappings/map_fmt.h"
#include "mappings/map_lint.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libfyaml 0.7.12 loses memory of its own on some broken documents. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

enum { OUTPUT_MAX = 16 << 20 };

static void load(struct text content)
{
    struct error err = {0};
    struct yaml *yaml = yaml_parse("m.yml", content, &err);
    struct map *map = yaml ? map_parse(yaml, &err) : NULL;
    struct map_findings findings = {0};
    struct map_set set = {0};
    struct strbuf page;

    if (!map) {
        assert(err.code == ERROR_CONFIG || err.code == ERROR_LIMIT);
        return;
    }
    map_set_add(&set, map);
    map_check(map, &findings);
    map_lint(&set, NULL, &findings);
    strbuf_init(&page, OUTPUT_MAX);
    map_doc_markdown(&set, &page);
    map_doc_json(&set, &page);
    strbuf_release(&page);
    map_findings_release(&findings);
    map_set_release(&set);
}

static void format(struct text content)
{
    struct error err = {0};
    struct strbuf once, twice;

    strbuf_init(&once, OUTPUT_MAX);
    strbuf_init(&twice, OUTPUT_MAX);
    if (map_fmt("m.yml", content, &once, &err)) {
        bool again = map_fmt("m.yml", strbuf_text(&once), &twice, &err);

        assert(again && text_equal(strbuf_text(&once), strbuf_text(&twice)));
    }
    strbuf_release(&once);
    strbuf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text content = {(const char *)data, size};

    load(content);
    format(content);
    return 0;
}
