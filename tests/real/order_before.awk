# the order file of the year before, from a year's file and its addenda
function row(line) { return substr(line, 16, 7) " " substr(line, 14, 1) " " substr(line, 24) }
{ sub(/\r$/, "") }
FNR == NR && /^Add:/ { gone[substr($0, 16, 7)] = 1 }
FNR == NR && /^Delete:/ { back[substr($0, 16, 7)] = row($0) }
FNR == NR && /^Revise from:/ { back[substr($0, 16, 7)] = row($0) }
FNR == NR { next }
{
    code = substr($0, 7, 7)
    if (code in back) print back[code]
    else if (!(code in gone)) print substr($0, 7)
    delete back[code]
}
END { for (code in back) print back[code] }
