// SPDX-License-Identifier: EUPL-1.2
// How long it takes to make the demo network. With FOLDER the books of the last size stay there.
//   node bench/program/demo.mjs SIZE [MOVEMENTS] [FOLDER]
import { inFolder, timed } from './program.mjs';

const [size = 'standard', movements, folder] = process.argv.slice(2);
const limits = { standard: 20 };
const words = ['demo', '--size', size, ...(movements && movements !== '-' ? ['--movements', movements] : [])];
const make = (data) => timed([...words, '--data', data]);
const done = folder ? make(folder) : await inFolder(make);
const limit = limits[size] ? `, ratio to the limit ${(done.seconds / limits[size]).toFixed(3)} (limit: ${limits[size]} s)` : '';
console.log(`demo ${size}: ${done.seconds.toFixed(1)} s${limit}; ${done.out.trim().split('\n').at(-1)}`);
