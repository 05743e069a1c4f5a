# schema_files.awk - puts load/schema/NNN_name/{deploy,verify,revert}.sql into the program, as the
# tables that load/schema_files.h describes.  One C string a line: longer ones are not portable.

function flush_file() {
    if (list != "")
        printf "    NULL,\n};\n\n"
}

FNR == 1 {
    flush_file()
    n = split(FILENAME, parts, "/")
    name = parts[n]
    step = parts[n - 1]
    sub(/\.sql$/, "", name)
    if (step !~ /^[0-9][0-9][0-9]_[a-z0-9_]+$/ || name !~ /^(deploy|verify|revert)$/) {
        print FILENAME ": not a file of a schema step" > "/dev/stderr"
        failed = 1
        exit 1
    }
    if (!(step in seen)) {
        seen[step] = 1
        steps[++nsteps] = step
    }
    has[step, name] = 1
    list = "step_" step "_" name
    if (nsteps == 1 && !headed++)
        print "/* Made by load/schema_files.awk; do not edit. */\n#include \"load/schema_files.h\"\n"
    printf "static const char *const %s[] = {\n", list
}

{
    line = $0
    gsub(/\\/, "&&", line)
    gsub(/"/, "\\\"", line)
    gsub(/\?\?/, "?\\?", line)
    printf "    \"%s\",\n", line
}

END {
    if (failed)
        exit 1
    flush_file()
    print "const struct schema_step schema_steps[] = {"
    for (i = 1; i <= nsteps; i++) {
        s = steps[i]
        if (!((s, "deploy") in has) || !((s, "verify") in has) || !((s, "revert") in has)) {
            print s ": deploy.sql, verify.sql and revert.sql belong together" > "/dev/stderr"
            exit 1
        }
        printf "    {\"%s\", step_%s_deploy, step_%s_verify, step_%s_revert},\n", s, s, s, s
    }
    print "};\n"
    printf "const size_t schema_step_count = %d;\n", nsteps
}
