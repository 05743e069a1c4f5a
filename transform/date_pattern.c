#include "transform/date_pattern.h"

static const char *field_set_widths(struct date_field *field, int run)
{
    field->least = field->most = (uint8_t)run;
    switch (field->letter) {
    case 'y':
        return run == 2 || run == 4 ? NULL : "a year is written yyyy or yy";
    case 'M':
        if (run > 2) {
            return run <= 4 ? NULL : "a month is written M, MM, MMM or MMMM";
        }
        break;
    case 'S':
        field->most = run == 1 ? 9 : (uint8_t)run;
        return run <= 9 ? NULL : "a fraction has at most nine digits";
    case 'a':
    case 'X':
        return run == 1 ? NULL : "a and X stand alone";
    default:
        break;
    }
    field->most = 2;
    return run <= 2 ? NULL : "a field of more than two letters";
}

static const char *pattern_check(const struct date_pattern *pattern, const char *letters)
{
    if (strchr(letters, 'y') == NULL) {
        return "no year (yyyy or yy)";
    }
    if (pattern->has_day && !pattern->has_month) {
        return "a day (d) without a month (M)";
    }
    if ((strchr(letters, 'h') == NULL) != (strchr(letters, 'a') == NULL)) {
        return "h (hour 1-12) and a (AM or PM) come together";
    }
    if (strchr(letters, 'h') != NULL && strchr(letters, 'H') != NULL) {
        return "h and H both";
    }
    if (pattern->has_time && !pattern->has_day) {
        return "a time without a day";
    }
    if (!pattern->has_time && strpbrk(letters, "msSX") != NULL) {
        return "minutes, seconds or an offset without an hour (H or h)";
    }
    return NULL;
}

/* Digits that are always as many, or a literal that stands for itself. */
static bool field_is_fixed(const struct date_field *field)
{
    if (field->letter == 0) {
        return field->byte != ' ';
    }
    if (field->letter == 'y') {
        return field->most == 4;
    }
    return strchr("MdHms", field->letter) != NULL && field->least == 2 && field->most == 2;
}

static size_t fixed_width(const struct date_pattern *pattern)
{
    size_t width = 0;

    for (int i = 0; i < pattern->count; i++) {
        if (!field_is_fixed(&pattern->fields[i])) {
            return 0;
        }
        width += pattern->fields[i].most;
    }
    return width;
}

const char *date_pattern_compile(struct date_pattern *pattern, const char *text, int pivot)
{
    char letters[DATE_FIELDS_MAX + 1] = "";
    size_t nletters = 0;

    *pattern = (struct date_pattern){.pivot = pivot};
    while (*text != '\0') {
        struct date_field *field = &pattern->fields[pattern->count];
        int run = 1;
        if (pattern->count++ == DATE_FIELDS_MAX) {
            return "too many fields";
        }
        if (strchr("yMdHhmsSaX", *text) == NULL) {
            field->byte = *text++;
            field->most = 1;
            continue;
        }
        field->letter = *text;
        while (text[run] == *text && run < 16) {
            run++;
        }
        if (strchr(letters, *text) != NULL) {
            return "a field that stands twice";
        }
        const char *why = field_set_widths(field, run);
        if (why != NULL) {
            return why;
        }
        if (*text == 'y' && run == 2 && pivot == DATE_NO_PIVOT) {
            return "a two-digit year needs 'pivot=NN': years NN to 99 are 19NN to 1999";
        }
        letters[nletters++] = *text;
        text += run;
    }
    pattern->has_month = strchr(letters, 'M') != NULL;
    pattern->has_day = strchr(letters, 'd') != NULL;
    pattern->has_time = strpbrk(letters, "Hh") != NULL;
    pattern->has_offset = strchr(letters, 'X') != NULL;
    pattern->width = fixed_width(pattern);
    return pattern_check(pattern, letters);
}
