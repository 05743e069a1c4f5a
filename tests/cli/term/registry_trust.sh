# What is opened is what was activated: a key that comes later, another pack under the same name, a
# flipped bit are all refused when a pack is opened, and installing it again mends it.
order() { # YEAR TITLE
    printf '%05d %-7s %d %-60s %s\n' 1 A00 1 "$2" "$2" >order_$1.txt
}
export HMS_TERMINOLOGY=reg
openssl genpkey -algorithm ed25519 -out private.pem
openssl pkey -in private.pem -pubout -out public.pem
order 2031 Plain && hms term build order_2031.txt -o plain
order 2031 Plain && hms term build order_2031.txt -o signed --key private.pem
order 2032 Other && hms term build order_2032.txt -o signed --key private.pem
plain=$(hms term install plain/*.hmspack)
signed=$(hms term install signed/icd10cm-2031.hmspack)
hms term install signed/icd10cm-2032.hmspack >/dev/null
look() { hms term lookup icd10cm --on 2031-01-01 A00 2>&1 | sed 's/-[0-9a-f]\{8\}\.hmspack/-X.hmspack/'; }

echo "a key that comes later"
hms term activate -q "$plain" && look
cp public.pem reg/trusted.pem
look
hms term activate "$plain" 2>&1 | sed 's/-[0-9a-f]\{8\}\.hmspack/-X.hmspack/'
hms term activate -q "$signed" && look
openssl genpkey -algorithm ed25519 | openssl pkey -pubout -out reg/trusted.pem
look
cp public.pem reg/trusted.pem && look

echo "another pack, a flipped bit, a cut file"
cp reg/packs/"$signed" kept
cp signed/icd10cm-2032.hmspack reg/packs/"$signed" && look
cp kept reg/packs/"$signed" && printf '\001' | dd of=reg/packs/"$signed" bs=1 seek=300 conv=notrunc 2>/dev/null && look
head -c 400 kept >reg/packs/"$signed" && look
hms term install signed/icd10cm-2031.hmspack >/dev/null && look

echo "a damaged list"
list=reg/$(readlink reg/active)
cp "$list" list
for damage in 's/ [0-9a-f]*$//' 's/pack /pack ..\//' 's/^previous/before/' 's/pack .*/pack x/'; do
    sed "$damage" list >"$list" && look
done
head -c 30 list >"$list" && look
cp list "$list" && look
