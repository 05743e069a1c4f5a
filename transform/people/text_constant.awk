# text_constant.awk - puts a text file into the program: awk -v name=NAME -f text_constant.awk FILE
# makes `const char NAME[]`.  One C string a line: longer ones are not portable.

BEGIN {
    print "/* Made by transform/people/text_constant.awk; do not edit. */"
    print "#include \"transform/people/store_model.h\"\n"
    print "const char " name "[] ="
}
{
    gsub(/\\/, "\\\\")
    gsub(/"/, "\\\"")
    gsub(/\?\?/, "?\\?")
    print "    \"" $0 "\\n\""
}
END { print "    \"\";" }
