// SPDX-License-Identifier: EUPL-1.2
// Starts the real program in a folder of its own, with the demo network or without any books, on a
// free port, and stops exactly that.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const builds = ['release', 'dev'].map((preset) => fileURLToPath(new URL(`../../build/${preset}/kringwerk`, import.meta.url)));

/** The program to test, or null when none was built. One that was asked for by name must be there. */
export function findProgram() {
  const named = process.env.KRINGWERK_BINARY ?? process.env.KRINGWERK_TEST_PROGRAM;
  if (named) {
    if (!existsSync(named)) throw new Error(`there is no program at ${named}`);
    return named;
  }
  return builds.find((path) => existsSync(path)) ?? null;
}

/** Resolves once the server told the address that it listens on; `welcome`: the link for a first administrator. */
function greeting(server) {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`the server did not get ready:\n${said}`)), 30_000);
    const listen = (chunk) => {
      said += chunk;
      const address = /https?:\/\/[\d.]+:\d+/.exec(said);
      if (!address) return;
      clearTimeout(late);
      resolve({ address: address[0], welcome: /\S+\/welkom\?code=\w+/.exec(said)?.[0] });
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('exit', (code) => reject(new Error(`the server stopped with ${code}:\n${said}`)));
  });
}

/** The program reads KRINGWERK_* as its settings and refuses those it does not know: ours stay here. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KRINGWERK_')));

async function start(program, folder, data) {
  const server = spawn(program, ['serve', '--data', data, '--port', '0', '--secure-port', '0'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  return {
    ...(await greeting(server)),
    data,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 15_000))]);
      if (server.exitCode === null && server.signalCode === null) server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startProgram(program) {
  const folder = mkdtempSync(join(tmpdir(), 'kringwerk-browser-'));
  const data = join(folder, 'data');
  execFileSync(program, ['demo', '--data', data], { env, timeout: 300_000, stdio: ['ignore', 'ignore', 'inherit'] });
  return start(program, folder, data);
}

/** An access code that opens everything in the data of a running server. */
export function fullToken(program, data) {
  const made = execFileSync(program, ['admin', 'token', '--data', data, '--name', 'browser', '--everything'], { env, encoding: 'utf8' });
  return /kw_[\w-]+/.exec(made)[0];
}

/** Exit status 0 when the books are right; what it says otherwise. */
export function verify(program, data) {
  return execFileSync(program, ['verify', '--data', data], { env, encoding: 'utf8' });
}

/** Without any books; `token` of the answer is an access code that opens everything. `settings`: lines of kringwerk.toml. */
export async function startEmpty(program, settings = '') {
  const folder = mkdtempSync(join(tmpdir(), 'kringwerk-browser-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  writeFileSync(join(data, 'kringwerk.toml'), settings);
  const running = await start(program, folder, data);
  return { ...running, token: fullToken(program, data) };
}
