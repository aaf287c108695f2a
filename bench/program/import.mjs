// SPDX-License-Identifier: EUPL-1.2
// How long the import of about 24,000 repair records takes, into new books each time.
//   node bench/program/import.mjs [ROUNDS] [FILE...]
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, median, timed } from './program.mjs';

const limit = 10;
const enough = 24_000;
const rounds = Number(process.argv[2] ?? 3);
const folder = process.env.KRINGWERK_BENCH_ORDS ?? '../shared/data/ords';
const isRecords = (name) => /^ords_[A-Z].*\.csv(\.zst)?$/.test(name);
const files = process.argv.length > 3 ? process.argv.slice(3) : readdirSync(folder).filter(isRecords).sort().map((name) => join(folder, name));

const rowsSaid = (out) => Number(/^[^\d]*([\d.,]+)/m.exec(out)[1].replace(/[.,]/g, ''));

const times = [];
let rows = 0;
let used = 0;
for (let round = 0; round < rounds; ++round) {
    const seconds = await inFolder((data) => {
        let total = 0;
        rows = used = 0;
        for (const file of files) {
            if (rows >= enough) break;
            const done = timed(['import', 'ords', file, '--data', data]);
            rows += rowsSaid(done.out);
            total += done.seconds;
            ++used;
        }
        return total;
    });
    times.push(seconds);
    console.log(`${rows} rows of ${used} files in ${seconds.toFixed(2)} s`);
}
const middle = median(times);
// A file may hold fewer: then the limit is for as many rows as there are.
const scaled = limit * Math.min(1, rows / enough);
console.log(`median of ${rounds} rounds: ${middle.toFixed(2)} s for ${rows} rows, ${Math.round(rows / middle)} rows/s, ratio to the limit ${(middle / scaled).toFixed(3)} (limit: ${limit} s for ${enough} rows)`);
