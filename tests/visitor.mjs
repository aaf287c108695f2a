// SPDX-License-Identifier: EUPL-1.2
// A person at a browser without scripts, for the tests beside this file.
import assert from 'node:assert/strict';

/** What a browser without JavaScript does: keeps cookies, follows redirects, sends forms. */
export class Visitor {
    constructor(url) {
        this.url = url;
        this.cookies = new Map();
    }

    async send(path, options = {}) {
        const headers = { accept: 'text/html', cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '), ...options.headers };
        const answer = await fetch(new URL(path, this.url), { ...options, headers, redirect: 'manual' });
        // Debian's Node 18 gives all cookies in one line, with a comma and a name before each.
        for (const line of (answer.headers.get('set-cookie') ?? '').split(/, (?=\w+=)/)) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
            if (name) this.cookies.set(name, value);
        }
        const onwards = answer.headers.get('location');
        return onwards ? this.send(onwards) : { status: answer.status, path, text: await answer.text() };
    }

    /** Sends a form: its hidden fields and what is checked as the page has it, then `fields`. */
    async fill(page, action, fields) {
        const form = page.text.split('<form').find((part) => part.includes(`action="${action}"`))?.split('</form>')[0];
        assert.ok(form, `${page.path} has a form for ${action}`);
        const body = new URLSearchParams();
        for (const [input] of form.matchAll(/<input [^>]*>/g)) {
            const [name, value] = ['name', 'value'].map((key) => new RegExp(` ${key}="([^"]*)"`).exec(input)?.[1]);
            if (/type="hidden"| checked/.test(input)) body.set(name, value);
        }
        for (const [name, value] of Object.entries(fields)) body.set(name, value);
        return this.send(action, { method: 'POST', body, headers: { origin: this.url } });
    }
}

/** Opens the link of the greeting and becomes the first administrator: the page that follows. */
export async function becomeFirst(server, visitor) {
    const welcome = await visitor.send(/\/welkom\?code=kwl_\w+/.exec(server.greeting())[0]);
    return visitor.fill(welcome, '/welkom', { name: 'Mara', email: 'mara@voorbeeld.nl', password: 'drie natte paarden' });
}
