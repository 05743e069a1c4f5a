# cluster_f1.awk - pairwise F1 of clusters against the truth: awk -F, -f cluster_f1.awk TRUTH CLUSTERS
# TRUTH is record,person without a header; CLUSTERS as `hms dedup` writes it.
FNR == NR { truth[$1] = $2; next }
FNR == 1 { next }
{ found[$2]++; real[truth[$1]]++; both[$2 "," truth[$1]]++ }
function pairs(counts,    key, sum) {
    for (key in counts) sum += counts[key] * (counts[key] - 1) / 2
    return sum
}
END { printf "%.5f\n", 2 * pairs(both) / (pairs(found) + pairs(real)) }
