# entities.awk - makes entity_table.c from load/schema/NNN_name/deploy.sql.
#
# Reads     CREATE TABLE hms.NAME ( ... ) with one column a line, and the rows of
#           INSERT INTO mig.entity (entity, lanes) and
#           INSERT INTO mig.reference (entity, column_name, parent), one tuple a line.
# Makes     an entity of each table named in mig.entity, in that order.
# Refuses   for an entity: a type that core/column.h does not know, first columns that are not
#           the fixed ones, a last one that is not run_id; and a row of mig.entity or
#           mig.reference that names nothing.  The build fails with file and line.
# Runs in   mawk and gawk.

function fail_at(place, message) {
    printf "%s: %s\n", place, message > "/dev/stderr"
    failed = 1
    exit 1
}

function fail(message) {
    fail_at(FILENAME ":" FNR, message)
}

# The texts between single quotes of `line`, from position `from`, into words[1..n].
function quoted_words(line, from, words,    n, rest, end) {
    n = 0
    rest = substr(line, from)
    while (match(rest, /'/)) {
        rest = substr(rest, RSTART + 1)
        end = index(rest, "'")
        if (end == 0)
            fail("a quote is not closed on its line")
        words[++n] = substr(rest, 1, end - 1)
        rest = substr(rest, end + 1)
    }
    return n
}

# "IN ('a', 'b')" of a CHECK on the column itself.
function value_set(line, column,    pattern, start, rest, close_at, words, n, i, out) {
    pattern = "CHECK \\(" column " IN \\("
    if (!match(line, pattern))
        return ""
    start = RSTART + RLENGTH
    rest = substr(line, start)
    close_at = index(rest, ")")
    if (close_at == 0)
        fail("the value set of '" column "' is not closed on its line")
    n = quoted_words(substr(rest, 1, close_at - 1), 1, words)
    out = ""
    for (i = 1; i <= n; i++)
        out = out "\"" words[i] "\", "
    return out
}

function column_line(line,    words, n, name, type, t) {
    n = split(line, words, /[ \t]+/)
    name = words[1]
    if (name !~ /^[a-z][a-z0-9_]*$/)
        fail("not a column name: '" name "'")
    type = words[2]
    if (type ~ /^numeric\(/ && type !~ /\)/)
        type = type words[3]
    sub(/,$/, "", type)
    t = ++ncols[table]
    col_name[table, t] = name
    col_type[table, t] = type
    col_place[table, t] = FILENAME ":" FNR
    col_required[table, t] = (line ~ / NOT NULL/ || line ~ / PRIMARY KEY/) ? "true" : "false"
    col_allowed[table, t] = value_set(line, name)
    col_at[table, name] = t
}

function check_entity(t,    i) {
    if (!(t in ncols))
        fail_at(entity_place[t], "'" t "' is no table of schema hms")
    for (i = 1; i <= 5; i++)
        if (col_name[t, i] != fixed[i])
            fail_at(col_place[t, i], "column " i " of '" t "' must be '" fixed[i] "'")
    for (i = 1; i <= ncols[t]; i++)
        if (!(col_type[t, i] in type_of))
            fail_at(col_place[t, i], "core/column.h does not know the type '" col_type[t, i] "'")
    if (col_name[t, ncols[t]] != "run_id")
        fail_at(col_place[t, ncols[t]], "the last column of '" t "' must be 'run_id'")
    ncols[t]--
    if (ncols[t] > 64)
        fail_at(col_place[t, 64], "'" t "' has more than 64 columns")
}

function print_entity(t,    c, name) {
    for (c = 1; c <= ncols[t]; c++)
        if (col_allowed[t, c] != "")
            printf "static const char *const %s__%s[] = {%sNULL};\n", t, col_name[t, c], \
                col_allowed[t, c]
    printf "static const struct entity_column %s_columns[] = {\n", t
    for (c = 1; c <= ncols[t]; c++) {
        name = col_name[t, c]
        printf "    {\"%s\", %s, %s, %s, %s},\n", name, type_of[col_type[t, c]], \
            col_required[t, c], ((t, name) in parent) ? "\"" parent[t, name] "\"" : "NULL", \
            (col_allowed[t, c] != "") ? t "__" name : "NULL"
    }
    print "};\n"
}

BEGIN {
    split("id org_id source_system source_key row_hash", fixed, " ")
    type_of["text"] = "COLUMN_TEXT"
    type_of["uuid"] = "COLUMN_UUID"
    type_of["date"] = "COLUMN_DATE"
    type_of["timestamptz"] = "COLUMN_TIMESTAMP"
    type_of["boolean"] = "COLUMN_BOOL"
    type_of["integer"] = "COLUMN_INT4"
    type_of["bigint"] = "COLUMN_INT8"
    type_of["numeric(18,4)"] = "COLUMN_MONEY"
    type_of["numeric(18,6)"] = "COLUMN_QUANTITY"
}

{
    sub(/[ \t\r]+$/, "")
    bare = $0
    sub(/^[ \t]+/, "", bare)
}

bare == "" || bare ~ /^--/ { next }

# Not part of a value set: the comment behind a column.
{ sub(/[ \t]+--.*$/, "", bare) }

table == "" && bare ~ /^CREATE TABLE hms\.[a-z_0-9]+ \($/ {
    table = bare
    sub(/^CREATE TABLE hms\./, "", table)
    sub(/ \($/, "", table)
    if (table in ncols)
        fail("table '" table "' is created twice")
    ncols[table] = 0
    next
}

table != "" && bare ~ /^\)/ { table = ""; next }
# A value set may stand on the line below its column, or at the end of the table.
table != "" && match(bare, /CHECK \([a-z][a-z0-9_]* IN \(/) && bare ~ /^(CHECK|CONSTRAINT)/ {
    name = substr(bare, RSTART + 7, RLENGTH - 12)
    if (!((table, name) in col_at))
        fail("a CHECK names '" name "', which is no column of '" table "'")
    col_allowed[table, col_at[table, name]] = value_set(bare, name)
    next
}
table != "" && bare ~ /^(PRIMARY KEY|CHECK|CONSTRAINT|FOREIGN KEY|UNIQUE)/ { next }
table != "" { column_line(bare); next }

bare ~ /^INSERT INTO mig\.reference / { rows = "reference"; next }
bare ~ /^INSERT INTO mig\.entity / { rows = "entity"; next }

rows != "" && bare ~ /^\(/ {
    n = quoted_words(bare, 1, words)
    if (rows == "reference") {
        if (n != 3)
            fail("a reference has three words: entity, column_name, parent")
        if (!((words[1], words[2]) in col_at))
            fail("a reference names '" words[1] "." words[2] "', which is no column")
        parent[words[1], words[2]] = words[3]
        parent_place[words[3]] = FILENAME ":" FNR
    } else {
        number = bare
        sub(/^[^,]*,[ \t]*/, "", number)
        sub(/[^0-9].*$/, "", number)
        lanes[words[1]] = number
        order[++nentities] = words[1]
        entity_place[words[1]] = FILENAME ":" FNR
    }
    if (bare ~ /;$/)
        rows = ""
    next
}
rows != "" && bare ~ /;$/ { rows = "" }

END {
    if (failed)
        exit 1
    for (name in parent_place)
        if (!(name in lanes))
            fail_at(parent_place[name], "'" name "' is no entity of mig.entity")
    for (i = 1; i <= nentities; i++)
        check_entity(order[i])
    print "/* Made by mappings/entities.awk from load/schema; do not edit. */"
    print "#include \"mappings/entity.h\"\n"
    for (i = 1; i <= nentities; i++)
        print_entity(order[i])
    print "const struct entity entity_table[] = {"
    for (i = 1; i <= nentities; i++)
        printf "    {\"%s\", %s_columns, %d, %d},\n", order[i], order[i], ncols[order[i]], \
            lanes[order[i]]
    if (nentities == 0)
        print "    {NULL, NULL, 0, 0},"
    print "};\n"
    printf "const size_t entity_count = %d;\n", nentities
}
