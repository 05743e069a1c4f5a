// hostile.js PORT TOKEN PATIENT STRANGER - sends what no well-meaning client sends, and what its
// writers may have forgotten.  STRANGER is a patient of another organisation.  Every answer must be a
// refusal (an OperationOutcome, or a bare one of the HTTP library), an empty result or a closed
// connection, and never hold patient data.
'use strict';
const net = require('net');
const [port, token, patient, stranger] = process.argv.slice(2);
const auth = `Authorization: Bearer ${token}\r\n`;
let failed = 0;
let sent = 0;

// The answer, when it has ended or nothing more comes; the first byte may take a busy machine long.
function exchange(bytes, wait = 20000) {
    return new Promise(resolve => {
        const socket = net.connect(Number(port), '127.0.0.1');
        const parts = [];
        const done = () => { socket.destroy(); resolve(Buffer.concat(parts).toString('latin1')); };
        socket.setTimeout(wait, done);
        socket.on('data', part => { parts.push(part); socket.setTimeout(3000); });
        socket.on('end', done);
        socket.on('error', done);
        socket.write(Buffer.from(bytes, 'latin1'));
    });
}

const request = (target, headers = '') =>
    `GET ${target} HTTP/1.1\r\nHost: x\r\n${auth}${headers}Connection: close\r\n\r\n`;

function complain(name, answer) {
    failed++;
    console.log(`FAILED: ${name}: ${JSON.stringify(answer.slice(0, 300))}`);
}

// expected: list of statuses; 0 is a connection closed without an answer; 'html' allows the
// library's own page
async function refuses(name, bytes, expected, html = false) {
    const answer = await exchange(bytes, expected.includes(0) ? 3000 : 20000);
    const status = answer === '' ? 0 : Number((/^HTTP\/1\.1 (\d+)/.exec(answer) || [])[1]);
    const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
    sent++;
    if (!expected.includes(status) || /ZZPHI|O'Brien|NG-0001/.test(answer)) {
        return complain(name, answer);
    }
    if (status >= 400 && !(html && body.includes('<html>'))) {
        try {
            if (JSON.parse(body).resourceType !== 'OperationOutcome') complain(name, answer);
        } catch { complain(name, answer); }
    }
}

// a search that must find nothing, or be refused
async function findsNothing(name, query) {
    const answer = await exchange(request(`/fhir/Patient?${query}`));
    const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
    sent++;
    try {
        const json = JSON.parse(body);
        const empty = json.resourceType === 'Bundle' && !json.entry;
        if (!empty && !(json.resourceType === 'OperationOutcome' && /^HTTP\/1\.1 4/.test(answer))) {
            complain(name, answer);
        }
    } catch { complain(name, answer); }
}

async function alive(after) {
    const answer = await exchange(request(`/fhir/Patient/${patient}`));
    if (!answer.startsWith('HTTP/1.1 200')) complain(`alive after ${after}`, answer);
}

async function main() {
    const raw = text => text.replace(/\n/g, '\r\n');
    // framing
    await refuses('CL and TE', raw(`GET /fhir/Patient/${patient} HTTP/1.1\nHost: x\n${auth.trim()}\nContent-Length: 4\nTransfer-Encoding: chunked\n\n0\n\n`), [400], true);
    await refuses('TE alone', raw(`GET /fhir/metadata HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n0\n\n`), [400], true);
    await refuses('TE in disguise', raw(`GET /fhir/metadata HTTP/1.1\nHost: x\nTransfer-Encoding: xchunked\n\n`), [400], true);
    await refuses('two CL', raw(`GET /fhir/metadata HTTP/1.1\nHost: x\nContent-Length: 0\nContent-Length: 5\n\nhello`), [400], true);
    await refuses('CL not a number', raw(`GET /fhir/metadata HTTP/1.1\nHost: x\nContent-Length: -1\n\n`), [400], true);
    await refuses('CL +5', raw(`GET /fhir/metadata HTTP/1.1\nHost: x\nContent-Length: +5\n\nhello`), [400], true);
    await refuses('a body', raw(`GET /fhir/metadata HTTP/1.1\nHost: x\nContent-Length: 5\n\nhello`), [400]);
    await refuses('POST with a form', raw(`POST /fhir/Patient/_search HTTP/1.1\nHost: x\n${auth.trim()}\nContent-Type: application/x-www-form-urlencoded\nContent-Length: 5\n\nname=`), [400, 404, 405]);
    await refuses('a smuggled second request', raw(`GET /healthz HTTP/1.1\nHost: x\nContent-Length: 43\n\nGET /fhir/Patient?name=ZZPHI HTTP/1.1\nHost: x\n\n`), [400]);
    await refuses('no Host', raw(`GET /fhir/metadata HTTP/1.1\n\n`), [400], true);
    await refuses('no version', raw(`GET /fhir/metadata\n\n`), [400, 0], true);
    await refuses('HTTP/9.9', raw(`GET /fhir/metadata HTTP/9.9\nHost: x\n\n`), [505, 400, 0], true);
    await refuses('noise', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', [400, 0], true);
    await refuses('only line ends', '\r\n'.repeat(5000), [0, 400, 431], true);
    await refuses('two tokens', raw(`GET /fhir/Patient/${patient} HTTP/1.1\nHost: x\n${auth.trim()}\nAuthorization: Bearer x\n\n`), [400]);
    // size
    await refuses('a long address', request('/fhir/Patient?name=' + 'a'.repeat(9000)), [414]);
    await refuses('a very long address', request('/fhir/Patient?name=' + 'a'.repeat(200000)), [414, 431, 413, 0], true);
    await refuses('long headers', request('/fhir/metadata', 'X: ' + 'a'.repeat(33000) + '\r\n'), [431]);
    await refuses('very long headers', request('/fhir/metadata', 'X: ' + 'a'.repeat(300000) + '\r\n'), [431, 413, 0], true);
    await refuses('101 headers', request('/fhir/metadata', 'X: y\r\n'.repeat(101)), [431]);
    await refuses('10,000 headers', request('/fhir/metadata', 'X: y\r\n'.repeat(10000)), [431, 413, 0], true);
    await refuses('4,000 empty parameters', request('/fhir/Patient?' + 'a&'.repeat(4000)), [400]);
    await refuses('10,000 parameters', request('/fhir/Patient?' + Array.from({ length: 10000 }, (_, i) => `p${i}=1`).join('&')), [414, 431, 413, 0], true);
    await refuses('20 names', request('/fhir/Patient?' + 'name=a&'.repeat(20)), [400]);
    await refuses('200 alternatives', request('/fhir/Patient?name=' + 'a,'.repeat(200) + 'b'), [400]);
    await refuses('a long value', request('/fhir/Patient?name=' + 'a'.repeat(300)), [400]);
    // encoding
    for (const bad of ['%00', 'a%00b', '%', '%4', '%zz', '%c0%af', '%c1%81', '%e0%80%80', '%ed%a0%80', '%f5%80%80%80', '%ff', '\xff']) {
        await refuses(`value ${bad}`, request(`/fhir/Patient?name=${bad}`), [400], true);
        await refuses(`path ${bad}`, request(`/fhir/Patient/${bad}`), [400], true);
        await refuses(`name ${bad}`, request(`/fhir/Patient?na${bad}me=x`), [400], true);
    }
    // paths
    for (const path of ['/', '/fhir', '/fhir/', '/fhir/Patient/', `/fhir/Patient/${patient}/`, `/fhir//Patient/${patient}`,
        `/fhir/Patient/../Patient/${patient}`, '/fhir/Patient/..%2f..%2fetc%2fpasswd', '/fhir/patient/' + patient, '/fhir/Practitioner',
        `/fhir/Patient/${patient}/_history`, `/fhir/Patient/${patient}%00`, `/fhir/Patient/${patient}%0a`, `/fhir/Patient/{id}`,
        `/fhir/Patient/$everything`, `/fhir/Patient/${patient.toUpperCase()}x`, '/healthz/', '//healthz', '/%2e%2e/healthz']) {
        await refuses(`path ${path}`, request(path), [404, 400]);
    }
    await refuses('absolute form', request(`http://x/fhir/Patient/${patient}`), [400]);
    await refuses('asterisk form', raw(`OPTIONS * HTTP/1.1\nHost: x\nConnection: close\n\n`), [400, 405]);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'get', 'X'.repeat(100)]) {
        await refuses(`method ${method}`, `${method} /fhir/Patient/${patient} HTTP/1.1\r\nHost: x\r\n${auth}Connection: close\r\n\r\n`, [405]);
    }
    // another organisation's patient, however it is asked for
    for (const path of [`/fhir/Patient/${stranger}`, `/fhir/Encounter?patient=${stranger}`, `/fhir/Observation?patient=Patient/${stranger}`]) {
        await refuses(`stranger ${path}`, request(path), [404]);
    }
    await findsNothing('stranger by _id', `_id=${stranger}`);
    await findsNothing('stranger by name', 'name=ZZPHI');
    await findsNothing('stranger by identifier', 'identifier=ZZPHI-ID');
    await findsNothing('stranger by identifier and system', 'identifier=urn:hms:lindenhof:mrn%7CZZPHI-LH-1');
    // values that are SQL, patterns, arrays
    for (const value of ["'", "''", "' OR '1'='1", "'; DROP TABLE hms.patient; --", '%25', '_', '*', '\\', '\\\\', '$1', '{org}', '{"a","b"}', '{', '}', '","', 'NULL', '${jndi:ldap://x}', '../../etc/passwd', '<script>', '\u202e', '0x41', '1e400']) {
        await findsNothing(`name ${value}`, 'name=' + encodeURIComponent(value + 'zz'));
        await findsNothing(`identifier ${value}`, 'identifier=' + encodeURIComponent(value));
        await findsNothing(`system ${value}`, 'identifier=' + encodeURIComponent(value + '|' + value));
    }
    for (const query of ['_id=x', `_id=${patient},x`, '_id=', 'birthdate=x', 'birthdate=2020-13', 'birthdate=2020-02-30', 'birthdate=ge', 'birthdate=eq1980,1981', 'birthdate=ap1980', 'birthdate=99999',
        'birthdate=2020-01-01T25:00:00Z', '_count=-1', '_count=x', '_count=99999999999', '_total=maybe', 'identifier=%7C', 'identifier=a%7C', 'name=', 'name:exact=x', 'name:contains=x', 'birthdate:missing=true',
        '_cursor=', '_cursor=x', '_cursor=AAAA', '_cursor=' + 'A'.repeat(200), '_cursor=AQ', '_cursor=%2b%2f']) {
        await refuses(query, request(`/fhir/Patient?${query}`), [400]);
    }
    for (const query of ['', 'code=718-7', 'patient=', 'patient=x', 'patient=Group/' + patient, `patient=${patient},${patient}`, `patient=${patient}&date=x`, `patient:identifier=${patient}`]) {
        await refuses(`Observation ${query}`, request(`/fhir/Observation?${query}`), [400]);
    }
    // tokens
    for (const header of ['Basic eDp5', 'Bearer', 'Bearer ', `Bearer  ${token}`, `Bearer ${token}x`, `Bearer ${token.slice(0, -1)}`, `bearer${token}`, `Token ${token}`, 'Bearer ' + 'a'.repeat(5000), `Bearer ${token}, Bearer ${token}`]) {
        await refuses(`token ${header.slice(0, 12)}`, `GET /fhir/Patient/${patient} HTTP/1.1\r\nHost: x\r\nAuthorization: ${header}\r\nConnection: close\r\n\r\n`, [401]);
    }
    await refuses('token in the address', `GET /fhir/Patient/${patient}?access_token=${token} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, [401]);
    // what is accepted
    for (const accept of ['text/html', 'application/fhir+xml', 'application/fhir+json;q=0', 'text/html, application/xml;q=0.9']) {
        await refuses(`accept ${accept}`, request(`/fhir/Patient/${patient}`, `Accept: ${accept}\r\n`), [406]);
    }
    await refuses('_format=xml', request('/fhir/Patient?_format=xml'), [406]);
    await alive('everything');
    console.log(`${sent} requests, ${failed} failures`);
    process.exit(failed === 0 ? 0 : 1);
}
main();
