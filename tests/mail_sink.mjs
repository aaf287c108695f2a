// SPDX-License-Identifier: EUPL-1.2
// A mail server on loopback that takes letters and keeps them.
import { createServer } from 'node:net';

/** { url, letters, arrived(count) }, gone with the test. */
export async function mailSink(t) {
    const letters = [];
    const sockets = new Set();
    const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        let waiting = '';
        let letter = null;
        const say = (line) => socket.write(`${line}\r\n`);
        const hear = (line) => {
            if (letter !== null && line === '.') {
                letters.push(letter);
                letter = null;
                say('250 taken');
            } else if (letter !== null) letter += `${line}\n`;
            else if (line === 'DATA') {
                letter = '';
                say('354 go on');
            } else if (line === 'QUIT') socket.end('221 bye\r\n');
            else say('250 fine');
        };
        say('220 sink ready');
        socket.on('data', (piece) => {
            waiting += piece;
            const lines = waiting.split('\r\n');
            waiting = lines.pop();
            lines.forEach(hear);
        });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
    });
    const arrived = async (count) => {
        for (let tries = 0; tries < 300 && letters.length < count; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
        return letters;
    };
    return { url: `smtp://127.0.0.1:${server.address().port}`, letters, arrived };
}
