// SPDX-License-Identifier: EUPL-1.2
// What no browser would send, over raw sockets to the real program: each case gets its status or the end
// of its connection, the memory stays where it was, and a neighbour who behaves hardly notices.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { folder, serve } from './program.mjs';

const most_memory_kb = 50 * 1024;
const most_p99_ms = 100;
/** Timing is told, and fails only far beyond its limit: machines that run tests are busy with others. */
const noise = 10;

const post = '/api/v1/centres/1/movements';
const head = (line, ...headers) => `${[line, 'Host: a', ...headers].join('\r\n')}\r\n\r\n`;
const chunked = (...chunks) => head(`POST ${post} HTTP/1.1`, 'Transfer-Encoding: chunked') + chunks.join('');
const long = (length) => 'x'.repeat(length);
const hidden = head('GET /hidden HTTP/1.1');

/** What is sent, and the status it gets; 'close' is an end without a word. */
const cases = [
    ['a length and chunks', head(`POST ${post} HTTP/1.1`, 'Content-Length: 5', 'Transfer-Encoding: chunked') + `0\r\n\r\n${hidden}`, 400],
    ['chunks and a length', head(`POST ${post} HTTP/1.1`, 'Transfer-Encoding: chunked', 'Content-Length: 5') + `0\r\n\r\n${hidden}`, 400],
    ['two lengths', head(`POST ${post} HTTP/1.1`, 'Content-Length: 5', 'Content-Length: 6') + `hallo${hidden}`, 400],
    ['the same length twice', head(`POST ${post} HTTP/1.1`, 'Content-Length: 5', 'Content-Length: 5') + `hallo${hidden}`, 400],
    ['a list of lengths', head(`POST ${post} HTTP/1.1`, 'Content-Length: 5, 5') + `hallo${hidden}`, 400],
    ['a length with a sign', head(`POST ${post} HTTP/1.1`, 'Content-Length: +5') + `hallo${hidden}`, 400],
    ['a length below nothing', head(`POST ${post} HTTP/1.1`, 'Content-Length: -1') + hidden, 400],
    ['a length in sixteens', head(`POST ${post} HTTP/1.1`, 'Content-Length: 0x5') + `hallo${hidden}`, 400],
    ['a length beyond 64 bits', head(`POST ${post} HTTP/1.1`, 'Content-Length: 18446744073709551621') + `hallo${hidden}`, 400],
    ['a length of 9 exabytes', head(`POST ${post} HTTP/1.1`, 'Content-Length: 9223372036854775807') + 'hallo', 413],
    ['a blank before the colon of a length', head(`POST ${post} HTTP/1.1`, 'Content-Length : 5') + `hallo${hidden}`, 400],
    ['a length with a bare CR in front', head(`POST ${post} HTTP/1.1`, '\rContent-Length: 5') + `hallo${hidden}`, 400],
    ['chunks by an unknown coding', head(`POST ${post} HTTP/1.1`, 'Transfer-Encoding: xchunked') + `0\r\n\r\n${hidden}`, 400],
    ['chunks inside another coding', head(`POST ${post} HTTP/1.1`, 'Transfer-Encoding: gzip, chunked') + `0\r\n\r\n${hidden}`, 400],
    ['chunks said twice', head(`POST ${post} HTTP/1.1`, 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked') + `0\r\n\r\n${hidden}`, 400],
    ['chunks behind a vertical tab', head(`POST ${post} HTTP/1.1`, 'Transfer-Encoding: \x0bchunked') + `0\r\n\r\n${hidden}`, 400],
    ['chunks on a folded line', head(`POST ${post} HTTP/1.1`, 'Transfer-Encoding:\r\n chunked') + `0\r\n\r\n${hidden}`, 400],
    ['a folded header', head('GET /over HTTP/1.1', 'X-A: b\r\n\tc'), 400],
    ['chunks from HTTP/1.0', `POST ${post} HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a chunk with 0x', chunked('0x5\r\nhallo\r\n', '0\r\n\r\n') + hidden, 400],
    ['a chunk below nothing', chunked('-1\r\nhallo\r\n', '0\r\n\r\n') + hidden, 400],
    ['a chunk with a sign', chunked('+5\r\nhallo\r\n', '0\r\n\r\n') + hidden, 400],
    ['a chunk without a size', chunked('\r\nhallo\r\n', '0\r\n\r\n') + hidden, 400],
    ['a chunk beyond 64 bits', chunked('10000000000000005\r\nhallo\r\n', '0\r\n\r\n') + hidden, 400],
    ['a chunk of all 64 bits', chunked('ffffffffffffffff\r\nhallo\r\n'), 413],
    ['a chunk that is longer than it says', chunked('3\r\nhallo\r\n', '0\r\n\r\n') + hidden, 400],
    ['a chunk ended by a bare LF', chunked('5\r\nhallo\n', '0\r\n\r\n') + hidden, 400],
    ['a chunk size ended by a bare LF', chunked('5\nhallo\r\n', '0\r\n\r\n') + hidden, 400],
    ['a bare LF inside a chunk extension', chunked('5;a\nb\r\nhallo\r\n', '0\r\n\r\n') + hidden, 400],
    ['a chunk extension without end', chunked(`5;${long(20_000)}`), 400],
    ['trailers without end', chunked('0\r\n', `X: ${long(20_000)}`), 400],
    ['a hundred thousand trailers', chunked('0\r\n', 'X: y\r\n'.repeat(100_000)), 400],
    ['a line ended by a bare LF', 'GET /over HTTP/1.1\nHost: a\r\n\r\n', 400],
    ['a header ended by a bare LF', 'GET /over HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n', 400],
    ['a head ended by bare LFs', `GET /over HTTP/1.1\r\nHost: a\n\n${hidden}`, 400],
    ['a bare CR in a header', head('GET /over HTTP/1.1', 'X-A: b\rX-B: c'), 400],
    ['no host', 'GET /over HTTP/1.1\r\n\r\n', 400],
    ['two hosts', head('GET /over HTTP/1.1', 'Host: b'), 400],
    ['a host with a path', 'GET /over HTTP/1.1\r\nHost: a/b\r\n\r\n', 400],
    ['a host with a user', 'GET /over HTTP/1.1\r\nHost: a@b\r\n\r\n', 400],
    ['a NUL in a header', head('GET /over HTTP/1.1', 'X-A: b\0c'), 400],
    ['a NUL in the name of a header', head('GET /over HTTP/1.1', 'X\0A: b'), 400],
    ['a NUL in the address', head('GET /ov\0er HTTP/1.1'), 400],
    ['a NUL behind percent', head('GET /ov%00er HTTP/1.1'), 400],
    ['a NUL in the query', head('GET /zoek?q=%00 HTTP/1.1'), 400],
    ['a line end behind percent', head('GET /over%0d%0aX: HTTP/1.1'), 400],
    ['raw bytes in the address', head('GET /\xff\xfe HTTP/1.1'), 400],
    ['bytes behind percent that are no text', head('GET /%ff%fe HTTP/1.1'), 400],
    ['bytes in the query that are no text', head('GET /zoek?q=%c3%28 HTTP/1.1'), 400],
    ['half of a pair of UTF-16', head('GET /%ed%a0%80 HTTP/1.1'), 400],
    ['half of an escape', head('GET /%2 HTTP/1.1'), 400],
    ['an escape that is none', head('GET /%zz HTTP/1.1'), 400],
    ['the way up', head('GET /static/../../etc/passwd HTTP/1.1'), 400],
    ['the way up behind percent', head('GET /static/%2e%2e/%2e%2e/etc/passwd HTTP/1.1'), 400],
    ['the way up, half behind percent', head('GET /static/.%2e/etc/passwd HTTP/1.1'), 400],
    ['the way up by an escaped slash', head('GET /static/..%2fetc/passwd HTTP/1.1'), 400],
    ['the way up, escaped twice', head('GET /static/%252e%252e/etc/passwd HTTP/1.1'), 404],
    ['the way up by backslashes', head('GET /static/..\\..\\etc\\passwd HTTP/1.1'), 404],
    ['the way up by escaped backslashes', head('GET /static/..%5c..%5cetc HTTP/1.1'), 404],
    ['the way up with too long a dot', head('GET /static/%c0%ae%c0%ae/etc/passwd HTTP/1.1'), 400],
    ['the way up with a wide dot', head('GET /static/%ef%bc%8e%ef%bc%8e/etc/passwd HTTP/1.1'), 404],
    ['the way up in a whole address', head('GET http://a/static/../etc/passwd HTTP/1.1'), 400],
    ['the root of the machine', head('GET //etc/passwd HTTP/1.1'), 404],
    ['a drive', head('GET /c:/windows/win.ini HTTP/1.1'), 404],
    ['an address without a slash', head('GET over HTTP/1.1'), 400],
    ['a method that nobody knows', head('BREW /over HTTP/1.1'), 501],
    ['a method in small letters', head('get /over HTTP/1.1'), 501],
    ['a way through to another server', head('CONNECT example.org:443 HTTP/1.1'), 501],
    ['an echo of what was sent', head('TRACE /over HTTP/1.1'), 501],
    ['HTTP/2 without an agreement', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['HTTP/0.9', 'GET /over\r\n', 400],
    ['two blanks in the first line', head('GET  /over HTTP/1.1'), 400],
    ['TLS on a port without', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['nothing but NULs', '\0'.repeat(20_000), 400],
    ['an address of 9 kB', head(`GET /${long(9_000)} HTTP/1.1`), 431],
    ['a header of 16 MB', `GET /over HTTP/1.1\r\nHost: a\r\nX: ${long(16 << 20)}`, 431],
    ['16 MB of small headers', `GET /over HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat((16 << 20) / 6)}`, 431],
    ['a cookie of 16 MB', `GET /over HTTP/1.1\r\nHost: a\r\nCookie: ${'a=b;'.repeat(4 << 20)}`, 431],
    ['a body of 16 MB', head(`POST ${post} HTTP/1.1`, `Content-Length: ${16 << 20}`) + long(16 << 20), 413],
    ['16 MB in one chunk', chunked(`${(16 << 20).toString(16)}\r\n${long(16 << 20)}`), 413],
    ['four million chunks of one byte', chunked('1\r\nx\r\n'.repeat(4 << 20)), 413],
    ['a body for a page without', head('GET /over HTTP/1.1', `Content-Length: ${16 << 20}`) + long(16 << 20), 413],
    ['a bomb of gzip', Buffer.concat([Buffer.from(head(`POST ${post} HTTP/1.1`, 'Content-Type: application/json', 'Content-Encoding: gzip', 'Transfer-Encoding: chunked')), bomb()]), 415],
    ['a coding that nobody knows', head('POST /aanmelden HTTP/1.1', 'Content-Encoding: x', 'Content-Length: 0'), 415],
    ['a websocket of nothing', head('GET /over HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==') + '\x81\x85\0\0\0\0hallo', [200, 400]],
    ['HTTP/2 asked for in the head', head('GET /over HTTP/1.1', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk'), 200],
    ['a wish that nobody knows', head(`POST ${post} HTTP/1.1`, 'Expect: tea', 'Content-Length: 2') + '{}', 417],
    ['JSON a hundred thousand deep', body('application/json', '['.repeat(100_000)), [401]],
    ['a form that is no text', body('application/x-www-form-urlencoded', 'email=%ff&password=%00', '/aanmelden'), 400],
    ['a form of a thousand fields', body('application/x-www-form-urlencoded', 'a&'.repeat(1_500), '/aanmelden'), 400],
    ['a form of parts without an end', body('multipart/form-data; boundary=x', '--x\r\n', '/aanmelden'), 400],
    ['a form of parts without a border', body('multipart/form-data', 'hallo', '/aanmelden'), 400],
    ['half a head', 'GET /over HTTP/1.1\r\nHo', 'close'],
    ['half a body', head('POST /aanmelden HTTP/1.1', 'Content-Length: 50') + 'hallo', 'close'],
    ['nothing', '', 'close'],
];

/** A hundred megabytes of nothing, small enough to be let in. */
function bomb() {
    const packed = gzipSync(Buffer.alloc(100 << 20));
    return Buffer.concat([Buffer.from(`${packed.length.toString(16)}\r\n`), packed, Buffer.from('\r\n0\r\n\r\n')]);
}

function body(type, text, path = post) {
    return head(`POST ${path} HTTP/1.1`, 'Sec-Fetch-Site: same-origin', `Content-Type: ${type}`, `Content-Length: ${text.length}`) + text;
}

/** Says these bytes and no more; all that comes back until the server ends the connection. */
function say(port, bytes, { ends = true, seconds = 20 } = {}) {
    return new Promise((resolve) => {
        const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        const pieces = [];
        const tell = (ended) => {
            clearTimeout(late);
            socket.destroy();
            resolve({ ended, said: Buffer.concat(pieces).toString('latin1') });
        };
        const late = setTimeout(() => tell(false), seconds * 1000);
        socket.on('data', (piece) => pieces.push(piece));
        socket.on('error', () => {}); // the server need not read to the end what it refused
        socket.on('end', () => tell(true));
        socket.on('close', () => tell(true));
        const sent = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
        if (ends) socket.end(sent);
        else socket.write(sent);
    });
}

const statuses = (said) => [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((found) => Number(found[1]));

/** A line of /proc/PID/status, in kB. */
function memory(pid, name) {
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

/** From now on VmHWM is the peak of what comes. */
const forget_peak = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** Opens the same page again and again, on a thread and from an address of its own, and says how long each took. */
function neighbour(t, url) {
    const code = `
        const http = require('node:http');
        const { parentPort, workerData } = require('node:worker_threads');
        const agent = new http.Agent({ keepAlive: false, maxSockets: 1 }); // somebody new each time
        const took = [], wrong = [];
        let asked = true;
        const ask = () => new Promise((resolve) => {
            const begun = performance.now();
            const done = (status) => { took.push(performance.now() - begun); if (status !== 200) wrong.push(String(status)); resolve(); };
            http.get(workerData, { agent, localAddress: '127.0.0.2' }, (answer) => { answer.resume(); answer.on('end', () => done(answer.statusCode)); }).on('error', done);
        });
        parentPort.on('message', () => { asked = false; });
        (async () => {
            while (asked || took.length < 30) { await ask(); await new Promise((resolve) => setTimeout(resolve, 5)); }
            agent.destroy();
            parentPort.postMessage({ took, wrong });
            process.exit();
        })();`;
    const worker = new Worker(code, { eval: true, workerData: `${url}/over` });
    t.after(() => worker.terminate());
    return () => new Promise((resolve, reject) => {
        worker.on('message', resolve);
        worker.on('error', reject);
        worker.postMessage('enough');
    });
}

/** Lets `attack` happen beside the neighbour, and checks what it cost. */
async function besides(t, server, attack) {
    const port = Number(new URL(server.url).port);
    await say(port, head('GET /over HTTP/1.1', 'Connection: close')); // what is made once is there
    const idle = memory(server.pid, 'VmRSS');
    forget_peak(server.pid);
    const enough = neighbour(t, server.url);
    try {
        await attack(port);
    } finally {
        const { took, wrong } = await enough();
        const peak = memory(server.pid, 'VmHWM') - idle;
        took.sort((a, b) => a - b);
        const p99 = took[Math.floor(took.length * 0.99)];
        t.diagnostic(`neighbour: ${took.length} pages, p99 ${p99.toFixed(1)} ms (limit ${most_p99_ms}); memory at most ${(peak / 1024).toFixed(1)} MB above idle (limit 50)`);
        assert.deepEqual(wrong, [], 'the neighbour got every page');
        assert.ok(p99 < most_p99_ms * noise, `a page took ${p99} ms`);
        assert.ok(peak < most_memory_kb, `memory rose by ${peak} kB`);
    }
}

test('each hostile request gets its status or a close, and nothing behind it is answered', async (t) => {
    const server = await serve(t, folder(t));
    await besides(t, server, async (port) => {
        for (const [name, bytes, wanted] of cases) {
            await t.test(name, async () => {
                const { ended, said } = await say(port, bytes);
                assert.ok(ended, 'the server ended the connection');
                assert.deepEqual(statuses(said), wanted === 'close' ? [] : [wanted].flat(), said.slice(0, 300));
            });
        }
    });
});

test('whatever drips is cut at its deadline, however many drip', async (t) => {
    const server = await serve(t, folder(t));
    await besides(t, server, async (port) => {
        const drip = async (begin) => {
            const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
            let said = '';
            const ended = new Promise((resolve) => socket.on('end', resolve).on('close', resolve));
            socket.on('data', (piece) => (said += piece)).on('error', () => {});
            socket.write(begin);
            const drops = setInterval(() => socket.writable && socket.write('x'), 500);
            const late = setTimeout(() => socket.destroy(new Error('for ever')), 30_000);
            await ended;
            clearInterval(drops);
            clearTimeout(late);
            socket.destroy();
            return statuses(said);
        };
        const slow = [];
        for (let i = 0; i < 200; i += 1) {
            slow.push(drip('GET /over HTTP/1.1\r\nHost: a\r\nX: '));
            slow.push(drip(head('POST /aanmelden HTTP/1.1', 'Content-Length: 4000')));
        }
        const told = (await Promise.all(slow)).flat();
        assert.equal(told.length, 400);
        // The rate limit of signing in counts the bodies of one address before they are there.
        assert.deepEqual([...new Set(told)].sort(), [408, 429]);
        assert.ok(told.filter((status) => status === 408).length >= 220);
    });
});

test('large bodies that never end get no more memory than there is for them', async (t) => {
    const server = await serve(t, folder(t));
    await besides(t, server, async (port) => {
        const large = head(`POST ${post} HTTP/1.1`, 'Content-Type: application/json', `Content-Length: ${2 << 20}`) + long(2_000_000);
        const told = await Promise.all(Array.from({ length: 200 }, () => say(port, large, { ends: false, seconds: 4 })));
        const refused = told.filter(({ said }) => said !== '');
        for (const { said } of refused) {
            assert.deepEqual(statuses(said), [503]);
            assert.match(said, /\r\nRetry-After: \d/);
        }
        assert.ok(refused.length > 150, `${refused.length} of 200 were refused`);
    });
    const small = await say(Number(new URL(server.url).port), body('application/json', '{}'));
    assert.deepEqual(statuses(small.said), [401], 'afterwards there is room again');
});

test('five thousand requests in one go are answered in order on their connection', async (t) => {
    const server = await serve(t, folder(t));
    await besides(t, server, async (port) => {
        const pages = ['/over', '/no-such-page'];
        const asked = Array.from({ length: 5_000 }, (_, i) => head(`HEAD ${pages[i % 2]} HTTP/1.1`)).join('');
        const { said, ended } = await say(port, asked, { seconds: 60 });
        assert.ok(ended);
        assert.deepEqual(statuses(said), Array.from({ length: 5_000 }, (_, i) => (i % 2 ? 404 : 200)));
    });
});

test('who asks for thousands of pages and reads none gets no memory for it', async (t) => {
    const server = await serve(t, folder(t));
    await besides(t, server, async (port) => {
        const asked = head('GET /zo-rekenen-we HTTP/1.1').repeat(1_000);
        const sockets = Array.from({ length: 20 }, () => {
            const socket = connect({ port, host: '127.0.0.1' });
            socket.pause();
            socket.on('error', () => {});
            socket.write(asked);
            return socket;
        });
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        for (const socket of sockets) socket.destroy();
    });
});

test('one address holds no more connections than its share, and others come in', async (t) => {
    const server = await serve(t, folder(t));
    await besides(t, server, async (port) => {
        let open = 0;
        let ended = 0;
        const sockets = Array.from({ length: 4_500 }, () => {
            const socket = connect({ port, host: '127.0.0.1' });
            socket.on('connect', () => (open += 1));
            socket.on('close', () => (ended += 1));
            socket.on('error', () => {});
            socket.resume();
            return socket;
        });
        for (let i = 0; i < 50 && open < sockets.length; i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        const held = open - ended;
        for (const socket of sockets) socket.destroy();
        assert.equal(open, sockets.length);
        assert.ok(held >= 500 && held <= 1_024, `one address holds ${held}`);
    });
});

test('a flood of wrong passwords costs its sender more than the neighbour', async (t) => {
    const server = await serve(t, folder(t));
    await besides(t, server, async (port) => {
        const guess = body('application/x-www-form-urlencoded', 'email=mara%40voorbeeld.nl&password=vier+natte+paarden', '/aanmelden');
        const told = await Promise.all(Array.from({ length: 100 }, () => say(port, guess)));
        const counted = told.flatMap(({ said }) => statuses(said));
        assert.equal(counted.filter((status) => status === 400).length, 20);
        assert.equal(counted.filter((status) => status === 429).length, 80);
    });
});
