#include "cli/review_say.h"

#include "cli/shown.h"

#include <stdio.h>
#include <string.h>

enum { NAME_WIDTH = 20, VALUE_WIDTH = 26, BAR_WIDTH = 21, JSON_BYTES = 4 << 20 };

/* As much of the text as fits a line, broken at a space where there is one; what is left stays. */
static struct text take_line(struct text *text, int width)
{
    struct text line = {text->at, 0};
    size_t space = 0;

    for (int chars = 0; chars < width && line.len < text->len; chars++) {
        line.len += shown_char_bytes((struct text){text->at + line.len, text->len - line.len});
        if (line.len < text->len && text->at[line.len] == ' ') {
            space = line.len;
        }
    }
    if (line.len < text->len && space > 0) {
        line.len = space;
    }
    *text = (struct text){text->at + line.len, text->len - line.len};
    if (text->len > 0 && text->at[0] == ' ') {
        *text = (struct text){text->at + 1, text->len - 1};
    }
    return line;
}

static void put_cell(struct text line, int width)
{
    int chars = shown_print(line);

    printf("%*s ", chars < width ? width - chars : 0, "");
}

static void print_field(const struct review_field *field, int number, bool weights)
{
    struct text name = text_of(field->name);
    struct text a = field->a;
    struct text b = field->b;
    bool first = true;

    while (first || name.len > 0 || a.len > 0 || b.len > 0) {
        if (first && field->masked) {
            printf("%2d ", number);
        } else {
            printf("   ");
        }
        put_cell(take_line(&name, NAME_WIDTH), NAME_WIDTH);
        put_cell(take_line(&a, VALUE_WIDTH), VALUE_WIDTH);
        put_cell(take_line(&b, VALUE_WIDTH), VALUE_WIDTH);
        if (first && field->words != NULL) {
            if (weights && field->weighed) {
                printf("%+6.1f ", field->weight);
            } else if (weights) {
                printf("       ");
            }
            fputs(field->words, stdout);
        }
        printf("\n");
        first = false;
    }
}

/* One bar a field, each beginning where the one above ended. */
static void print_waterfall(const struct review_view *view)
{
    struct text name;
    double sum = 0.0;
    double low = 0.0;
    double high = 0.0;

    for (int i = 0; i < view->nfields; i++) {
        sum += view->fields[i].weight;
        low = sum < low ? sum : low;
        high = sum > high ? sum : high;
    }
    high = high > low + 1.0 ? high : low + 1.0;
    printf("\n");
    sum = 0.0;
    for (int i = 0; i < view->nfields; i++) {
        const struct review_field *field = &view->fields[i];
        double from = field->weight < 0.0 ? sum + field->weight : sum;
        double to = field->weight < 0.0 ? sum : sum + field->weight;
        int left = (int)((from - low) / (high - low) * BAR_WIDTH + 0.5);
        int right = (int)((to - low) / (high - low) * BAR_WIDTH + 0.5);
        if (!field->weighed) {
            continue;
        }
        name = text_of(field->name);
        printf("   ");
        put_cell(take_line(&name, NAME_WIDTH), NAME_WIDTH);
        printf("%+6.1f %*s", field->weight, left, "");
        for (int at = left; at < right || at == left; at++) {
            fputs(field->weight < 0.0 ? "-" : "#", stdout);
        }
        printf("\n");
        sum += field->weight;
    }
    printf("   %-*s %+6.1f bits, without how rare the values are\n", NAME_WIDTH, "sum",
           view->weight);
}

void review_print_view(const struct review_view *view, bool weights)
{
    static const char *const heads[] = {"", "first registration", "second registration"};

    printf("task %s\n\n   ", view->task);
    put_cell(text_of(heads[0]), NAME_WIDTH);
    put_cell(text_of(heads[1]), VALUE_WIDTH);
    put_cell(text_of(heads[2]), VALUE_WIDTH);
    printf("%sagreement\n", weights ? "  bits " : "");
    for (int i = 0; i < view->nfields; i++) {
        print_field(&view->fields[i], i + 1, weights);
    }
    if (view->left_out > 0) {
        printf("   %d more values are not shown\n", view->left_out);
    }
    if (weights) {
        print_waterfall(view);
    }
}

void review_put_number(struct json_out *out, const char *key, double value)
{
    char number[40];

    snprintf(number, sizeof(number), "%.6g", value);
    json_out_key(out, key);
    json_out_raw(out, text_of(number));
}

static void begin_record(struct json_out *out, struct strbuf *sb, const char *record)
{
    strbuf_init(sb, JSON_BYTES);
    json_out_init(out, sb);
    json_out_object(out);
    json_out_member(out, "record", record);
}

static void end_record(struct json_out *out, struct strbuf *sb)
{
    json_out_end_object(out);
    printf("%s\n", sb->at);
    strbuf_release(sb);
}

static void put_field(struct json_out *out, const struct review_field *field, bool weights)
{
    json_out_object(out);
    json_out_member(out, "field", field->name);
    json_out_member_text(out, "a", field->a);
    json_out_member_text(out, "b", field->b);
    json_out_member_bool(out, "masked", field->masked);
    json_out_member(out, "level", field->level);
    json_out_member(out, "agreement", field->words);
    if (weights && field->weighed) {
        review_put_number(out, "weight", field->weight);
    }
    json_out_end_object(out);
}

void review_print_view_json(const struct review_view *view, bool weights)
{
    struct strbuf sb;
    struct json_out out;

    begin_record(&out, &sb, "hms.review-task/1");
    json_out_member(&out, "task", view->task);
    json_out_key(&out, "fields");
    json_out_array(&out);
    for (int i = 0; i < view->nfields; i++) {
        put_field(&out, &view->fields[i], weights);
    }
    json_out_end_array(&out);
    json_out_member_int(&out, "left_out", view->left_out);
    if (weights) {
        review_put_number(&out, "weight", view->weight);
    }
    end_record(&out, &sb);
}

void review_print_history(const PGresult *rows)
{
    for (int row = 0; row < PQntuples(rows); row++) {
        printf("%s  %-12s %-10s%s", PQgetvalue(rows, row, 3), PQgetvalue(rows, row, 0),
               PQgetvalue(rows, row, 1),
               PQgetvalue(rows, row, 4)[0] == 't' ? " (withdrawn)" : "");
        put_cell((struct text){PQgetvalue(rows, row, 2), (size_t)PQgetlength(rows, row, 2)}, 0);
        printf("\n");
    }
}

void review_print_history_json(const PGresult *rows)
{
    static const char *const names[] = {"reviewer", "answer", "why", "decided_at"};

    for (int row = 0; row < PQntuples(rows); row++) {
        struct strbuf sb;
        struct json_out out;
        begin_record(&out, &sb, "hms.review-said/1");
        for (int i = 0; i < 4; i++) {
            json_out_member(&out, names[i],
                            PQgetisnull(rows, row, i) ? NULL : PQgetvalue(rows, row, i));
        }
        json_out_member_bool(&out, "withdrawn", PQgetvalue(rows, row, 4)[0] == 't');
        end_record(&out, &sb);
    }
}
