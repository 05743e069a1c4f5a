# count.awk - turns ctest's JUnit report into the last line of `./dev test`, and its exit status.
# A test that could not run at all has failed; only one that said so itself (exit 77) is skipped.

/<testcase name=/ {
    match($0, /name="[^"]*"/)
    name = substr($0, RSTART + 6, RLENGTH - 7)
    is_server = name ~ /^postgres\//
}
/<testcase name=.* status="run"/ && !is_server { passed++ }
/<testcase name=.* status="fail"/ { failed++ }
/<testcase name=.* status="notrun"/ { failed++ }
/<skipped message="SKIP_RETURN_CODE/ { failed--; skipped++ }
END {
    if (failed == 0 && (passed == 0 || status != 0)) {
        failed = 1 # ctest itself says that something went wrong
    }
    printf "%d passed, %d failed", passed, failed
    print skipped ? ", " skipped " skipped" : ""
    exit failed > 0
}
