# people.awk - made-up people with households, twins, moves and slips of the pen, as CSV, for
# measuring `hms dedup`.  -v records=N -v truth=FILE (record,person)
function pick(n) { return int(rand() * n) }
function word(k,    w) {
    w = ""
    while (k-- > 0) {
        w = w heads[1 + pick(nheads)] tails[1 + pick(ntails)]
    }
    return w ends[1 + pick(nends)]
}
function common(n) { return int(n ^ rand()) } # low numbers often
function slip(s,    i, r) {
    if (length(s) < 3) {
        return s
    }
    i = 1 + pick(length(s) - 1)
    r = rand()
    if (r < 0.3) {
        return substr(s, 1, i - 1) substr(s, i + 1)
    }
    if (r < 0.6) {
        return substr(s, 1, i - 1) substr(s, i + 1, 1) substr(s, i, 1) substr(s, i + 2)
    }
    return substr(s, 1, i - 1) substr("abcdefghijklmnopqrstuvwxyz", 1 + pick(26), 1) substr(s, i + 1)
}
function day() { return sprintf("%04d-%02d-%02d", 1930 + pick(92), 1 + pick(12), 1 + pick(28)) }
function put(given, family, born, sex, street, town, code, phone, number,    id) {
    if (made == records) {
        return
    }
    id = sprintf("%08d", (made * 7919 + 13) % 99999989)
    print id "," given "," family "," born "," sex "," street "," town "," code "," phone "," number
    print id "," person > truth
    made++
}
function copies(given, family, born, sex, street, town, code, phone, number,    p) {
    put(given, family, born, sex, street, town, code, phone, number)
    while (rand() < 0.15) {
        if (rand() < 0.15) {
            p = pick(3000)
            put(given, family, born, sex, (1 + pick(199)) " " streets[pick(20000)], towns[p], codes[p], phone, number)
        } else {
            put(rand() < 0.2 ? slip(given) : given, rand() < 0.2 ? slip(family) : family,
                rand() < 0.05 ? substr(born, 1, 8) sprintf("%02d", 1 + pick(28)) : born, sex,
                rand() < 0.1 ? slip(street) : street, town, code, rand() < 0.3 ? "" : phone, rand() < 0.4 ? "" : number)
        }
    }
}
BEGIN {
    srand(1)
    nheads = split("b d k l m n r s t v sh th gr br h j p w", heads, " ")
    ntails = split("a e i o u ai ou", tails, " ")
    nends = split("n r s l m", ends, " ")
    nkinds = split("street road lane avenue", kinds, " ")
    for (i = 0; i < 4000; i++) givens[i] = word(2)
    for (i = 0; i < 60000; i++) families[i] = word(2 + pick(2))
    for (i = 0; i < 20000; i++) streets[i] = word(3) " " kinds[1 + pick(nkinds)]
    for (i = 0; i < 3000; i++) { towns[i] = word(3); codes[i] = sprintf("%05d", pick(100000)) }
    print "id,given,family,born,sex,street,town,postcode,phone,national"
    while (made < records) {
        family = families[common(60000)]
        street = (1 + pick(199)) " " streets[pick(20000)]
        place = pick(3000)
        phone = sprintf("07%08d", pick(100000000))
        born = ""
        for (i = 1 + pick(4); i > 0; i--) {
            born = born != "" && rand() < 0.02 ? born : day() # now and then twins
            person++
            copies(givens[common(4000)], family, born, rand() < 0.5 ? "M" : "F", street, towns[place], codes[place],
                   rand() < 0.7 ? phone : "", rand() < 0.6 ? sprintf("%09d", pick(1000000000)) : "")
        }
    }
}
