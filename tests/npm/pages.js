// pages.js URL TOKEN - walks a search from page to page and prints each resource's id on a line.
'use strict';
let [url, token] = process.argv.slice(2);

async function main() {
    let pages = 0;
    while (url) {
        const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
        const bundle = await response.json();
        if (response.status !== 200 || ++pages > 10000) {
            throw new Error(`status ${response.status} at page ${pages}`);
        }
        for (const entry of bundle.entry || []) {
            console.log(entry.resource.id);
        }
        const next = bundle.link.find(link => link.relation === 'next');
        url = next && next.url;
    }
    console.error(`${pages} pages`);
}
main().catch(error => { console.error(error.message); process.exit(1); });
