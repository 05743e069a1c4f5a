# language.awk - takes the examples out of docs/LANGUAGE.md into numbered files of the folder `out`:
#   NNN.file     first line its name, then the content          <!-- file: NAME -->  ```yaml
#   NNN.example  first line its entity, then top-level keys     <!-- example[: ENTITY] -->  ```yaml
#   NNN.console  "$ command" and what it says                   ```console
# Every fenced block must be one of these.

/^<!-- file: / { kind = "file"; word = $3; next }
/^<!-- example -->/ { kind = "example"; word = "patient"; next }
/^<!-- example: / { kind = "example"; word = $3; next }

/^```/ && inside { inside = 0; close(path); kind = ""; next }
/^```/ {
    if ($0 == "```console")
        kind = "console"
    if (kind == "") {
        printf "LANGUAGE.md:%d: a block that no test runs\n", NR
        exit 1
    }
    inside = 1
    path = sprintf("%s/%03d.%s", out, ++number, kind)
    if (kind == "console")
        printf "" > path
    else
        print word > path
    next
}
inside { print > path }
