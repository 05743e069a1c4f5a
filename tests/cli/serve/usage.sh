# What hms serve refuses, and the token that it makes and shows once.
try() {
    echo "--- hms serve $*"
    hms serve "$@" 2>&1
    echo "status $?"
}
try
try --tokens tokens.yml word
try --tokens tokens.yml --port eighty
try --tokens tokens.yml --new-token 'North Gate'
try --tokens nowhere.yml --store 'host=/nowhere'
echo "--- a token"
hms serve --tokens tokens.yml --new-token northgate --name desk --days 7 | sed 's/^hms_[A-Za-z0-9_-]\{43\}$/a token/'
stat -c %a tokens.yml
sed 's/[0-9a-f]\{64\}/64 digits/; s/20..-..-..T/DAY T/' tokens.yml
