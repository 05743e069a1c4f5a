# 10,000 generated conversions give what npm's @lhncbc/ucum-lhc gives.
set -u
npm=$("$HMS_ROOT/tests/npm/install") || exit 1
export NODE_PATH=$npm/node_modules
hms term build -q "$HMS_REAL_DATA/terminology/ucum" -o packs >/dev/null || exit 1
hms term install -q packs/*.hmspack --registry reg >/dev/null
hms term activate -q ucum-2.2 --registry reg
node "$HMS_ROOT/tests/npm/units.js" make 10000 >questions
hms term convert --registry reg - <questions >answers
node "$HMS_ROOT/tests/npm/units.js" compare questions answers
