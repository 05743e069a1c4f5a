// units.js make|compare - a second opinion on units: npm's @lhncbc/ucum-lhc.
//   make N       N lines "value TAB from TAB to TAB molar mass", always the same ones
//   compare QUESTIONS ANSWERS   such lines, and our answer to each
//
// Left out, because the package does otherwise on purpose or by mistake: arbitrary units, of which it
// converts none ([IU] to k[IU] neither), and degrees Reaumur, whose zero it puts elsewhere,
// and the electronvolt, of which it has an older value.
'use strict';
const fs = require('fs');
const { UcumLhcUtils } = require('@lhncbc/ucum-lhc');

const kinds = [ // units of one dimension each; what is multiplied and divided below
    ['m', 'cm', 'mm', 'km', '[in_i]', '[ft_i]', 'um', 'nm'],
    ['g', 'mg', 'kg', 'ug', 'ng', '[lb_av]', '[oz_av]', 'pg', 't'],
    ['s', 'min', 'h', 'd', 'ms', 'wk', 'a', 'mo'],
    ['L', 'mL', 'dL', 'uL', 'dm3', 'cm3', '[gal_us]', '[foz_us]', 'fL', 'm3'],
    ['mol', 'mmol', 'umol', 'nmol', 'pmol'],
    ['J', 'kJ', 'cal', 'kcal', 'N.m', 'W.s'],
    ['Pa', 'kPa', 'mm[Hg]', 'bar', 'cm[H2O]', 'mbar', 'atm', '[psi]'],
    ['U', 'kU', 'mU', 'umol/min', 'kat', 'ukat'],
];
let seed = 20260101;
const random = n => { // xorshift32
    seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5;
    return (seed >>> 0) % n;
};
const pick = list => list[random(list.length)];

function pair() { // two spellings of one dimension
    const terms = 1 + random(3);
    let from = '', to = '';
    for (let i = 0; i < terms; i++) {
        const kind = pick(kinds.filter(k => i === 0 || k.every(u => !/[./]/.test(u))));
        const sign = i === 0 ? '' : pick(['.', '/']);
        const power = random(8) === 0 && !/[./\d]/.test(kind.join('').replace(/\[[^\]]*\]/g, '')) ? pick(['2', '-1', '3']) : '';
        const wrap = u => (/[./]/.test(u) && i > 0 ? `(${u})` : u) + power;
        from += sign + wrap(pick(kind));
        to += sign + wrap(pick(kind));
    }
    if (random(10) === 0) from += '{note}';
    return [from, to];
}

function make(count) {
    for (let i = 0; i < count; i++) {
        const value = (1 + random(99999)) / pick([1, 10, 100, 1000]);
        const which = random(20);
        if (which === 0) {
            const scales = ['Cel', 'K', '[degF]', 'mK'];
            console.log([value, pick(scales), pick(scales), ''].join('\t'));
        } else if (which < 3) {
            const sides = [[pick(['mg', 'ug', 'ng', 'g']), pick(['dL', 'L', 'mL'])], [pick(['mmol', 'umol', 'nmol']), pick(['L', 'mL'])]];
            if (random(2)) sides.reverse();
            console.log([value, sides[0].join('/'), sides[1].join('/'), 10 + random(5000) / 10].join('\t'));
        } else if (which === 3) { // not commensurable, most of the time
            console.log([value, pick(pick(kinds)), pick(pick(kinds)), ''].join('\t'));
        } else {
            console.log([value, ...pair(), ''].join('\t'));
        }
    }
}

function compare(questions, answers) {
    const lhc = UcumLhcUtils.getInstance();
    let agreed = 0;
    questions.forEach((line, i) => {
        const [value, from, to, mass] = line.split('\t');
        const theirs = lhc.convertUnitTo(from, Number(value), to,
            mass === '' ? {} : { molecularWeight: Number(mass) });
        const ok = theirs.status === 'succeeded'
            ? Math.abs(Number(answers[i]) / theirs.toVal - 1) < 1e-8 || Math.abs(Number(answers[i]) - theirs.toVal) < 1e-9
            : answers[i].startsWith('refused');
        if (ok) agreed++;
        else console.log(`${line}: ours ${answers[i]}, theirs ${theirs.status} ${theirs.toVal}`);
    });
    console.log(`${agreed} of ${questions.length} agree`);
    process.exit(agreed === questions.length ? 0 : 1);
}

const lines = file => fs.readFileSync(file, 'utf8').trimEnd().split('\n');
if (process.argv[2] === 'make') make(Number(process.argv[3]));
else compare(lines(process.argv[3]), lines(process.argv[4]));
