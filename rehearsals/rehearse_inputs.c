#include "rehearsals/rehearse_inputs.h"

#include <glob.h>
#include <sys/stat.h>

/* What stands before the first pattern character, up to its last slash; variables are left as
 * they are written. */
static size_t fixed_length(const char *pattern)
{
    size_t fixed = 0;
    for (size_t i = 0; pattern[i] != '\0' && strchr("*?[", pattern[i]) == NULL; i++) {
        if (pattern[i] == '/') {
            fixed = i + 1;
        }
    }
    return fixed;
}

static bool each_match(const char *written, const char *pattern, const glob_t *matches,
                       bool (*each)(const char *name, const char *path, void *context,
                                    struct error *err),
                       void *context, int *files, struct error *err)
{
    size_t skip = fixed_length(pattern);
    bool ok = true;
    *files = 0;
    for (size_t i = 0; ok && i < matches->gl_pathc; i++) {
        const char *path = matches->gl_pathv[i];
        struct stat info;
        if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) {
            continue;
        }
        char *name = xasprintf("%.*s%s", (int)fixed_length(written), written, path + skip);
        ok = each(name, path, context, err);
        free(name);
        (*files)++;
    }
    return ok;
}

bool plan_each_input(struct plan *plan,
                     bool (*each)(const char *name, const char *path, void *context,
                                  struct error *err),
                     void *context, struct error *err)
{
    for (int i = 0; i < plan->ninputs; i++) {
        const char *pattern = plan_expand(plan, plan->inputs[i], err);
        glob_t matches = {0};
        int files = 0;
        if (pattern == NULL) {
            return false;
        }
        bool ok =
            glob(pattern, 0, NULL, &matches) != 0 ||
            each_match(plan->inputs[i]->text, pattern, &matches, each, context, &files, err);
        globfree(&matches);
        if (!ok) {
            return false;
        }
        if (files == 0) {
            return yaml_error(plan->yaml, plan->inputs[i], err, "no file matches '%s'",
                              pattern);
        }
    }
    return true;
}
