#include "rehearsals/grid.h"
#include "rehearsals/html.h"
#include "tests/unit/unit.h"

static struct strbuf out;

static int open_out(void **state)
{
    (void)state;
    strbuf_init(&out, 1 << 20);
    return 0;
}

static int close_out(void **state)
{
    (void)state;
    strbuf_release(&out);
    return 0;
}

static void hostile_text_stays_text(void **state)
{
    static const struct {
        const char *in;
        const char *out;
    } cases[] = {
        {"plain", "plain"},
        {"<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"},
        {"a\x01z\x7f", "a\xef\xbf\xbdz\xef\xbf\xbd"},
        {"two\nlines\tand tab", "two\nlines\tand tab"},
        {"\xd9\x85\xd8\xb1\xd9\x8a\xd9\x85", "\xd9\x85\xd8\xb1\xd9\x8a\xd9\x85"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        strbuf_clear(&out);
        html_escape(&out, text_of(cases[i].in));
        assert_string_equal(out.at, cases[i].out);
    }
}

/* A page fetches nothing and runs nothing: its policy says so, and it keeps it. */
static void a_page_is_self_contained(void **state)
{
    static const char *const forbidden[] = {
        "http:", "https:", "<script", " style=", "<link", "url(", "@import", " on"};
    (void)state;
    html_begin(&out, "A <title>");
    html_heading(&out, 2, "%s", "Head");
    html_paragraph(&out, "%d rows", 3);
    html_verdict(&out, true, "fine");
    html_end(&out);
    for (size_t i = 0; i < COUNT_OF(forbidden); i++) {
        if (strstr(out.at, forbidden[i]) != NULL) {
            fail_msg("the page holds '%s'", forbidden[i]);
        }
    }
    assert_non_null(strstr(out.at, "default-src 'none'; style-src 'sha256-"));
    assert_non_null(strstr(out.at, "<title>A &lt;title&gt;</title>"));
    assert_non_null(strstr(out.at, html_style()));
}

static const struct grid_column columns[] = {{"name", "the name", GRID_TEXT},
                                             {"rows", "rows", GRID_NUMBER},
                                             {"left", "left", GRID_ZERO},
                                             {0}};

static void fill(struct grid *grid)
{
    grid_init(grid, "thing", "Things", columns);
    grid_add(grid, "%s", "a<b");
    grid_add(grid, "%d", 12);
    grid_add(grid, "%s", "0.0000");
    grid_add(grid, "%s", "\xc3\xa9t\xc3\xa9");
    grid_add(grid, "%s", "");
    grid_add(grid, "%s", "+7");
}

static void a_grid_is_the_same_in_text_json_and_html(void **state)
{
    struct grid grid;
    (void)state;
    fill(&grid);
    grid_write_text(&grid, &out);
    assert_string_equal(out.at, "Things\n"
                                "  the name  rows    left\n"
                                "  a<b         12  0.0000\n"
                                "  \xc3\xa9t\xc3\xa9                 +7\n\n");
    strbuf_clear(&out);
    grid_write_json(&grid, "s/1", &out);
    assert_string_equal(
        out.at, "{\"schema\":\"s/1\",\"record\":\"thing\",\"name\":\"a<b\",\"rows\":12,"
                "\"left\":0.0000}\n"
                "{\"schema\":\"s/1\",\"record\":\"thing\",\"name\":\"\xc3\xa9t\xc3\xa9\","
                "\"rows\":null,\"left\":7}\n");
    strbuf_clear(&out);
    grid_write_html(&grid, &out);
    assert_non_null(strstr(out.at, "<td>a&lt;b</td>"));
    assert_non_null(strstr(out.at, "<td class=\"n g\">0.0000</td>"));
    assert_non_null(strstr(out.at, "<td class=\"n b\">+7</td>"));
    grid_release(&grid);
}

static void a_grid_without_rows_says_none(void **state)
{
    struct grid grid;
    (void)state;
    grid_init(&grid, "thing", "Things", columns);
    grid_write_text(&grid, &out);
    assert_string_equal(out.at, "Things\n  none\n\n");
    strbuf_clear(&out);
    grid_write_json(&grid, "s/1", &out);
    assert_int_equal(out.len, 0);
    grid_release(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hostile_text_stays_text, open_out, close_out),
        cmocka_unit_test_setup_teardown(a_page_is_self_contained, open_out, close_out),
        cmocka_unit_test_setup_teardown(a_grid_is_the_same_in_text_json_and_html, open_out,
                                        close_out),
        cmocka_unit_test_setup_teardown(a_grid_without_rows_says_none, open_out, close_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
