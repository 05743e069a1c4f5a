/* Maps as NDJSON, one record each. */
#include "core/json_out.h"
#include "mappings/map_doc.h"

static void put_list(struct json_out *out, const char *key, const char *const *names, int count)
{
    json_out_key(out, key);
    json_out_array(out);
    for (int i = 0; i < count; i++) {
        json_out_string(out, names[i]);
    }
    json_out_end_array(out);
}

static void put_step(struct json_out *out, const struct map_step *step)
{
    json_out_object(out);
    json_out_member(out, "step", step->spec->name);
    put_list(out, "args", step->args, step->nargs);
    json_out_member(out, "what", step->spec->what);
    json_out_end_object(out);
}

static void put_rule(struct json_out *out, const struct map *map, const struct map_rule *rule)
{
    json_out_object(out);
    json_out_member(out, "rule", rule->id);
    json_out_key(out, "to");
    json_out_array(out);
    for (int i = 0; i < rule->nto; i++) {
        json_out_string(out, map->target->columns[rule->to[i]].name);
    }
    json_out_end_array(out);
    put_list(out, "from", rule->from, rule->nfrom);
    json_out_key(out, "via");
    json_out_array(out);
    for (int i = 0; i < rule->nvia; i++) {
        put_step(out, &rule->via[i]);
    }
    json_out_end_array(out);
    json_out_member(out, "bad", outcome_name(rule->bad.outcome));
    json_out_member(out, "bad_rule", rule->bad.rule);
    json_out_member(out, "risk", rule->risk);
    json_out_member(out, "why", rule->why);
    json_out_member_int(out, "tests", rule->ntests);
    json_out_end_object(out);
}

static void put_only(struct json_out *out, const struct map_only *only)
{
    json_out_object(out);
    json_out_member(out, "when", only->when_text);
    json_out_member(out, "otherwise", outcome_name(only->outcome));
    json_out_member(out, "rule", only->rule);
    json_out_member(out, "why", only->why);
    json_out_end_object(out);
}

static void put_drop(struct json_out *out, const struct map_drop *drop)
{
    json_out_object(out);
    json_out_member(out, "column", drop->column);
    json_out_member(out, "why", drop->why);
    json_out_member(out, "by", drop->by);
    json_out_end_object(out);
}

static void put_each(struct json_out *out, const struct map_each *each)
{
    json_out_key(out, "each");
    json_out_object(out);
    put_list(out, "as", each->alias, each->nalias);
    json_out_key(out, "of");
    json_out_array(out);
    for (int m = 0; m < each->nmembers; m++) {
        json_out_array(out);
        for (int i = 0; i < each->nalias; i++) {
            json_out_string(out, each->members[m][i]);
        }
        json_out_end_array(out);
    }
    json_out_end_array(out);
    json_out_member(out, "ordinal", each->ordinal);
    json_out_end_object(out);
}

static void put_map(struct strbuf *sb, const struct map *map)
{
    static const char *const repeats[] = {"same", "first", "last"};
    struct json_out out;
    int nnulls = 0;

    while (map->nulls[nnulls]) {
        nnulls++;
    }
    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "map 1");
    json_out_member(&out, "map", map->name);
    json_out_member(&out, "release", map->release);
    json_out_member(&out, "table", map->table);
    json_out_member(&out, "entity", map->target->name);
    put_list(&out, "key", map->key, map->nkey);
    json_out_member(&out, "part", map->part);
    put_list(&out, "nulls", map->nulls, nnulls);
    json_out_member(&out, "zone", map->zone);
    json_out_member(&out, "repeats", repeats[map->repeats]);
    if (map->each.nmembers > 0) {
        put_each(&out, &map->each);
    }
    json_out_key(&out, "only");
    json_out_array(&out);
    for (int i = 0; i < map->nonly; i++) {
        put_only(&out, &map->only[i]);
    }
    json_out_end_array(&out);
    json_out_key(&out, "rules");
    json_out_array(&out);
    for (int i = 0; i < map->nrules; i++) {
        put_rule(&out, map, &map->rules[i]);
    }
    json_out_end_array(&out);
    json_out_key(&out, "drop");
    json_out_array(&out);
    for (int i = 0; i < map->ndrops; i++) {
        put_drop(&out, &map->drops[i]);
    }
    json_out_end_array(&out);
    json_out_end_object(&out);
    strbuf_putc(sb, '\n');
}

void map_doc_json(const struct map_set *set, struct strbuf *out)
{
    for (size_t i = 0; i < set->count; i++) {
        put_map(out, set->maps[i]);
    }
}
