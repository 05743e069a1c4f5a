#include "rehearsals/svg.h"
#include "tests/unit/unit.h"

static const char *const series[] = {"loaded", "rejected"};
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

static void draw(const struct svg_bar *bars, size_t nbars, enum svg_scale scale)
{
    struct svg_chart chart = {
        .id = "c",
        .title = "Title & <more>",
        .desc = "What \"it\" shows",
        .scale = scale,
        .series = series,
        .nseries = 2,
        .bars = bars,
        .nbars = nbars,
    };
    svg_bars(&out, &chart);
}

static int occurrences(const char *what)
{
    int count = 0;
    for (const char *at = out.at; (at = strstr(at, what)) != NULL; at++) {
        count++;
    }
    return count;
}

static void a_chart_has_title_desc_and_a_piece_for_each_value(void **state)
{
    const struct svg_bar bars[] = {{"patient", {90, 10}}, {"claim", {100, 0}}};
    (void)state;
    draw(bars, 2, SVG_SCALED);
    assert_non_null(strstr(out.at, "<title id=\"c-title\">Title &amp; &lt;more&gt;</title>"));
    assert_non_null(strstr(out.at, "<desc id=\"c-desc\">What &quot;it&quot; shows</desc>"));
    assert_non_null(strstr(out.at, "<title>patient, rejected: 10</title>"));
    assert_int_equal(occurrences("<rect"), 2 + 3); /* legend, and a zero draws nothing */
}

static void one_row_in_a_million_is_seen(void **state)
{
    const struct svg_bar bars[] = {{"result", {999999, 1}}};
    (void)state;
    draw(bars, 1, SVG_SHARES);
    assert_non_null(strstr(out.at, "class=\"s1\" x=\"719\""));
    assert_non_null(strstr(out.at, "width=\"1\" height"));
}

static void names_are_escaped_everywhere(void **state)
{
    const struct svg_bar bars[] = {{"<script>alert('x')</script>", {1, 1}}};
    (void)state;
    draw(bars, 1, SVG_SHARES);
    assert_null(strstr(out.at, "<script"));
    assert_non_null(strstr(out.at, "&lt;script&gt;alert(&#39;x&#39;)"));
}

static void an_empty_chart_draws_no_bar(void **state)
{
    const struct svg_bar bars[] = {{"nothing", {0, 0}}};
    (void)state;
    draw(bars, 1, SVG_SHARES);
    assert_int_equal(occurrences("<rect"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_chart_has_title_desc_and_a_piece_for_each_value,
                                        open_out, close_out),
        cmocka_unit_test_setup_teardown(one_row_in_a_million_is_seen, open_out, close_out),
        cmocka_unit_test_setup_teardown(names_are_escaped_everywhere, open_out, close_out),
        cmocka_unit_test_setup_teardown(an_empty_chart_draws_no_bar, open_out, close_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
