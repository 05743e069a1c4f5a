// slow.js PORT - 50 connections that send a header byte by byte; prints after how many seconds the
// last of them was closed.
'use strict';
const net = require('net');
const port = Number(process.argv[2]);
const begun = Date.now();
let open = 50;

for (let i = 0; i < 50; i++) {
    const socket = net.connect(port, '127.0.0.1');
    const drip = setInterval(() => socket.write('a'), 500);
    socket.write('GET /healthz HTTP/1.1\r\nHost: ');
    socket.on('error', () => {});
    socket.on('close', () => {
        clearInterval(drip);
        if (--open === 0) {
            console.log(Math.round((Date.now() - begun) / 1000));
            process.exit(0);
        }
    });
}
setTimeout(() => { console.log(`${open} connections are still open`); process.exit(1); }, 60000);
