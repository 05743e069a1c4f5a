#include "mappings/map_load.h"

#include "mappings/nearest.h"

#include <stdarg.h>
#include <string.h>

bool map_key_error(const struct map *map, const struct yaml_node *member, struct error *err,
                   const char *format, ...)
{
    struct yaml_node key = *member;
    char message[512];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    if (member->key) {
        key.text = member->key;
        key.line = member->key_line;
        key.col = member->key_col;
        key.width = (int)strlen(member->key);
    }
    return yaml_error(map->yaml, &key, err, "%s", message);
}

bool map_is_map(const struct map *map, const struct yaml_node *node, const char *what,
                struct error *err)
{
    if (node->kind == YAML_MAP) {
        return true;
    }
    return yaml_error(map->yaml, node, err, "'%s' holds 'key: value' pairs", what);
}

bool map_known_keys(const struct map *map, const struct yaml_node *node,
                    const char *const *known, struct error *err)
{
    for (const struct yaml_node *member = node->child; member; member = member->next) {
        char phrase[NEAREST_PHRASE_MAX];
        size_t i = 0;

        while (known[i] && strcmp(known[i], member->key) != 0) {
            i++;
        }
        if (!known[i]) {
            return map_key_error(
                map, member, err, "unknown key '%s'%s", member->key,
                nearest_phrase(nearest_of(text_of(member->key), known), phrase));
        }
    }
    return true;
}

bool map_text(const struct map *map, const struct yaml_node *node, const char *what,
              const char **out, struct error *err)
{
    if (node->kind != YAML_SCALAR) {
        return yaml_error(map->yaml, node, err, "'%s' is one text, not a %s", what,
                          node->kind == YAML_LIST ? "list" : "map");
    }
    if (text_is_blank(text_of(node->text))) {
        return map_key_error(map, node, err, "'%s' is empty", what);
    }
    *out = node->text;
    return true;
}

int map_texts(const struct map *map, const struct yaml_node *node, const char *what,
              const char **out, int max, struct error *err)
{
    int count = 0;

    if (node->kind != YAML_LIST) {
        return map_text(map, node, what, out, err) ? 1 : -1;
    }
    if (node->nchildren == 0 || node->nchildren > (size_t)max) {
        (void)yaml_error(map->yaml, node, err, "'%s' lists 1 to %d names, this is %zu", what,
                         max, node->nchildren);
        return -1;
    }
    for (const struct yaml_node *item = node->child; item; item = item->next) {
        if (!map_text(map, item, what, &out[count++], err)) {
            return -1;
        }
    }
    return count;
}

/* lower-case words joined by dots: "patient.birth_date" */
static bool is_outcome_rule(const char *id)
{
    bool dotted = false;
    size_t len = strlen(id);

    for (size_t i = 0; i < len; i++) {
        bool is_letter = id[i] >= 'a' && id[i] <= 'z';
        bool is_later = i > 0 && id[i - 1] != '.';

        if (id[i] == '.') {
            dotted = true;
            if (!is_later || i + 1 == len) {
                return false;
            }
        } else if (!is_letter &&
                   !(is_later && (id[i] == '_' || (id[i] >= '0' && id[i] <= '9')))) {
            return false;
        }
    }
    return dotted && len <= RULE_ID_MAX;
}

static bool outcome_words_error(const struct map *map, const struct yaml_node *node, int width,
                                const struct map_outcome_word *words, struct error *err)
{
    char list[128] = "";
    size_t len = 0;

    for (const struct map_outcome_word *word = words; word->word; word++) {
        len += (size_t)snprintf(list + len, sizeof(list) - len, "%s'%s'",
                                len == 0       ? ""
                                : word[1].word ? ", "
                                               : " or ",
                                word->word);
    }
    return yaml_error_at(map->yaml, node, 0, width, err, "unknown outcome '%.*s'; it is %s",
                         width, node->text, list);
}

bool map_parse_outcome(struct map *map, const struct yaml_node *node,
                       const struct map_outcome_word *words, struct map_bad *out,
                       struct error *err)
{
    const struct map_outcome_word *word = words;
    const char *text = NULL;
    size_t width, offset;

    if (!map_text(map, node, node->key, &text, err)) {
        return false;
    }
    width = strcspn(text, " ");
    while (word->word && !text_is((struct text){text, width}, word->word)) {
        word++;
    }
    if (!word->word) {
        return outcome_words_error(map, node, (int)width, words, err);
    }
    out->outcome = word->outcome;
    offset = width + strspn(text + width, " ");
    if (text[offset] == '\0') {
        return true;
    }
    if (!is_outcome_rule(text + offset)) {
        return yaml_error_at(map->yaml, node, (int)offset, (int)strlen(text + offset), err,
                             "'%s' is no rule id; it is like 'patient.birth_date'",
                             text + offset);
    }
    out->rule = text + offset;
    return true;
}
