#include "rehearsals/plan.h"

static const char *const given[] = {"work", "number", "plan"};

static bool is_given(const char *name)
{
    for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
        if (strcmp(given[i], name) == 0) {
            return true;
        }
    }
    return false;
}

void plan_set(struct plan *plan, const char *name, const char *value)
{
    for (int i = 0; i < plan->nvariables; i++) {
        if (strcmp(plan->variables[i].name, name) == 0) {
            plan->variables[i].value = arena_strdup(&plan->arena, text_of(value));
        }
    }
}

static void add_given(struct plan *plan)
{
    for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
        plan->variables[plan->nvariables++] = (struct plan_variable){given[i], ""};
    }
    const char *slash = strrchr(plan->path, '/');
    struct text folder =
        slash == NULL ? text_of(".") : (struct text){plan->path, (size_t)(slash - plan->path)};
    plan->variables[plan->nvariables - 1].value = arena_strdup(&plan->arena, folder);
}

/* The value of "name=value" for this name, or NULL. */
static const char *setting_value(const char *const *settings, int nsettings, const char *name)
{
    size_t len = strlen(name);
    const char *value = NULL;
    for (int i = 0; i < nsettings; i++) {
        if (strncmp(settings[i], name, len) == 0 && settings[i][len] == '=') {
            value = settings[i] + len + 1;
        }
    }
    return value;
}

static bool add_variable(struct plan *plan, const struct yaml_node *node,
                         const char *const *settings, int nsettings, struct error *err)
{
    static const char *const known[] = {"default", "about", NULL};
    if (plan->nvariables == PLAN_VARIABLES_MAX) {
        return yaml_error(plan->yaml, node, err, "more than %d variables", PLAN_VARIABLES_MAX);
    }
    if (is_given(node->key)) {
        return yaml_error(plan->yaml, node, err, "variable '%s' is given by the toolkit",
                          node->key);
    }
    const struct yaml_node *initial = node;
    if (node->kind == YAML_MAP) {
        if (!yaml_only(plan->yaml, node, known, err)) {
            return false;
        }
        initial = yaml_get(node, "default");
    }
    const char *value = setting_value(settings, nsettings, node->key);
    if (value == NULL && (initial == NULL || initial->kind != YAML_SCALAR)) {
        return yaml_error(plan->yaml, node, err,
                          "variable '%s' has no default: give --set %s=...", node->key,
                          node->key);
    }
    if (value == NULL) {
        value = plan_expand(plan, initial, err);
    }
    if (value == NULL) {
        return false;
    }
    plan->variables[plan->nvariables++] =
        (struct plan_variable){node->key, arena_strdup(&plan->arena, text_of(value))};
    return true;
}

/* A --set that names no variable is a slip of the hand, not to be passed over. */
static bool check_settings(const struct plan *plan, const char *const *settings, int nsettings,
                           struct error *err)
{
    for (int i = 0; i < nsettings; i++) {
        bool found = false;
        for (int j = 0; j < plan->nvariables && !found; j++) {
            found = !is_given(plan->variables[j].name) &&
                    setting_value(&settings[i], 1, plan->variables[j].name) != NULL;
        }
        if (!found) {
            return error_set(err, ERROR_USAGE, "--set %s: plan '%s' has no such variable",
                             settings[i], plan->name);
        }
    }
    return true;
}

static bool add_inputs(struct plan *plan, const struct yaml_node *list, struct error *err)
{
    if (list == NULL) {
        return true;
    }
    if (list->kind != YAML_LIST) {
        return yaml_error(plan->yaml, list, err, "'inputs' is a list of file patterns");
    }
    for (const struct yaml_node *node = list->child; node != NULL; node = node->next) {
        if (plan->ninputs == PLAN_INPUTS_MAX) {
            return yaml_error(plan->yaml, node, err, "more than %d inputs", PLAN_INPUTS_MAX);
        }
        if (node->kind != YAML_SCALAR) {
            return yaml_error(plan->yaml, node, err, "a file pattern is one word");
        }
        if (plan_expand(plan, node, err) == NULL) {
            return false;
        }
        plan->inputs[plan->ninputs++] = node;
    }
    return true;
}

static bool read_allow(struct plan *plan, struct plan_step *step, const struct yaml_node *list,
                       struct error *err)
{
    if (list == NULL) {
        step->allow[step->nallow++] = 0;
        return true;
    }
    if (list->kind != YAML_LIST) {
        return yaml_error(plan->yaml, list, err, "'allow' is a list of exit statuses");
    }
    for (const struct yaml_node *node = list->child; node != NULL; node = node->next) {
        char *end;
        long status = strtol(node->text, &end, 10);
        if (node->kind != YAML_SCALAR || *end != '\0' || end == node->text || status < 0 ||
            status > 255 || step->nallow == PLAN_ALLOW_MAX) {
            return yaml_error(plan->yaml, node, err,
                              "an exit status is a number from 0 to 255, at most %d of them",
                              PLAN_ALLOW_MAX);
        }
        step->allow[step->nallow++] = (int)status;
    }
    return true;
}

static int step_index(const struct plan *plan, const char *id)
{
    for (int i = 0; i < plan->nsteps; i++) {
        if (strcmp(plan->steps[i].id, id) == 0) {
            return i;
        }
    }
    return -1;
}

/* Called when all ids are known. */
static bool read_step(struct plan *plan, struct plan_step *step, struct error *err)
{
    static const char *const known[] = {"run", "needs", "inputs", "allow", "about", NULL};
    char *words[PLAN_WORDS_MAX + 1];
    if (step->node->kind != YAML_MAP) {
        return yaml_error(plan->yaml, step->node, err,
                          "a step is written {run: ..., needs: [...]}");
    }
    if (!yaml_only(plan->yaml, step->node, known, err)) {
        return false;
    }
    step->run = yaml_get(step->node, "run");
    if (step->run == NULL || step->run->kind != YAML_SCALAR) {
        return yaml_error(plan->yaml, step->node, err, "step '%s' has no 'run'", step->id);
    }
    const struct yaml_node *needs = yaml_get(step->node, "needs");
    if (needs != NULL && needs->kind != YAML_LIST) {
        return yaml_error(plan->yaml, needs, err, "'needs' is a list of steps");
    }
    for (const struct yaml_node *node = needs ? needs->child : NULL; node; node = node->next) {
        int index = step_index(plan, node->text);
        if (index < 0) {
            return yaml_error(plan->yaml, node, err, "unknown step '%s'", node->text);
        }
        if (step->nneeds == PLAN_NEEDS_MAX) {
            return yaml_error(plan->yaml, node, err, "more than %d needs", PLAN_NEEDS_MAX);
        }
        step->needs[step->nneeds++] = index;
    }
    return read_allow(plan, step, yaml_get(step->node, "allow"), err) &&
           add_inputs(plan, yaml_get(step->node, "inputs"), err) &&
           plan_step_words(plan, step, words, err);
}

enum mark { MARK_NEW, MARK_OPEN, MARK_DONE };

/* Depth-first; a step met again while it is open closes a circle. */
static bool check_circle(const struct plan *plan, int index, enum mark *marks,
                         struct error *err)
{
    const struct plan_step *step = &plan->steps[index];
    marks[index] = MARK_OPEN;
    for (int i = 0; i < step->nneeds; i++) {
        int need = step->needs[i];
        if (marks[need] == MARK_OPEN) {
            return yaml_error(plan->yaml, step->node, err,
                              "step '%s' needs '%s', which needs '%s' in the end", step->id,
                              plan->steps[need].id, step->id);
        }
        if (marks[need] == MARK_NEW && !check_circle(plan, need, marks, err)) {
            return false;
        }
    }
    marks[index] = MARK_DONE;
    return true;
}

static bool id_is_valid(const char *id)
{
    size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    return len > 0 && len <= 63 && id[len] == '\0' && id[0] != '-';
}

static bool read_steps(struct plan *plan, const struct yaml_node *steps, struct error *err)
{
    enum mark marks[PLAN_STEPS_MAX] = {MARK_NEW};
    if (steps == NULL || steps->kind != YAML_MAP || steps->nchildren == 0) {
        return yaml_error(plan->yaml, steps ? steps : yaml_root(plan->yaml), err,
                          "a plan has 'steps', each with an id");
    }
    if (steps->nchildren > PLAN_STEPS_MAX) {
        return yaml_error(plan->yaml, steps, err, "more than %d steps", PLAN_STEPS_MAX);
    }
    plan->steps = arena_alloc(&plan->arena, steps->nchildren * sizeof(*plan->steps));
    for (const struct yaml_node *node = steps->child; node != NULL; node = node->next) {
        if (!id_is_valid(node->key)) {
            return yaml_error(plan->yaml, node, err,
                              "a step's id is made of a-z, 0-9, '-' and '_'");
        }
        plan->steps[plan->nsteps++] = (struct plan_step){.id = node->key, .node = node};
    }
    for (int i = 0; i < plan->nsteps; i++) {
        if (!read_step(plan, &plan->steps[i], err)) {
            return false;
        }
    }
    for (int i = 0; i < plan->nsteps; i++) {
        if (marks[i] == MARK_NEW && !check_circle(plan, i, marks, err)) {
            return false;
        }
    }
    return true;
}

static bool read_plan(struct plan *plan, const char *const *settings, int nsettings,
                      struct error *err)
{
    static const char *const known[] = {"plan", "about", "variables", "inputs", "steps", NULL};
    const struct yaml_node *root = yaml_root(plan->yaml);
    if (root == NULL || root->kind != YAML_MAP) {
        return error_set(err, ERROR_CONFIG, "%s: a plan is a map with 'plan' and 'steps'",
                         plan->path);
    }
    if (!yaml_only(plan->yaml, root, known, err)) {
        return false;
    }
    plan->name = yaml_get_text(root, "plan", NULL);
    plan->about = yaml_get_text(root, "about", "");
    if (plan->name == NULL || plan->name[0] == '\0') {
        return yaml_error(plan->yaml, root, err, "a plan has a name: 'plan: ...'");
    }
    add_given(plan);
    const struct yaml_node *variables = yaml_get(root, "variables");
    if (variables != NULL && variables->kind != YAML_MAP) {
        return yaml_error(plan->yaml, variables, err, "'variables' is a map of names");
    }
    for (const struct yaml_node *node = variables ? variables->child : NULL; node;
         node = node->next) {
        if (!add_variable(plan, node, settings, nsettings, err)) {
            return false;
        }
    }
    return check_settings(plan, settings, nsettings, err) &&
           add_inputs(plan, yaml_get(root, "inputs"), err) &&
           read_steps(plan, yaml_get(root, "steps"), err);
}

struct plan *plan_load(const char *path, const char *const *settings, int nsettings,
                       struct error *err)
{
    struct yaml *yaml = yaml_load(path, err);
    if (yaml == NULL) {
        return NULL;
    }
    struct plan *plan = xcalloc(1, sizeof(*plan));
    plan->yaml = yaml;
    plan->path = arena_strdup(&plan->arena, text_of(path));
    if (!read_plan(plan, settings, nsettings, err)) {
        plan_free(plan);
        return NULL;
    }
    return plan;
}

void plan_free(struct plan *plan)
{
    if (plan == NULL) {
        return;
    }
    yaml_free(plan->yaml);
    arena_release(&plan->arena);
    free(plan);
}

bool plan_step_allows(const struct plan_step *step, int status)
{
    for (int i = 0; i < step->nallow; i++) {
        if (step->allow[i] == status) {
            return true;
        }
    }
    return false;
}
