// SPDX-License-Identifier: EUPL-1.2
// Counters that book while something breaks, and what has to be true afterwards.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../program.mjs';

/** Numbers that follow from a seed, below `most`. */
export function dice(seed) {
    let state = seed >>> 0;
    return (most) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * most);
    };
}

/** A seed that the run names, so that it can be run again: KRINGWERK_SEED. */
export const seed = Number(process.env.KRINGWERK_SEED ?? Date.now() % 1_000_000);

const header = 'id,data_provider,country,partner_product_category,product_category,product_category_id,brand,year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem';
const row = (group) => `${group}_1,Test,NLD,Lamp,Lamp,15,Unknown,,,Fixed,,${group},2020-03-14,`;

/** Books with two centres in them: an access code that opens everything. */
export function prepare(data, env = {}) {
    const file = join(data, 'repairs.csv');
    writeFileSync(file, [header, row('north'), row('south'), ''].join('\n'));
    for (const words of [['import', 'ords', file], ['admin', 'token', '--name', 'crowd', '--everything']]) {
        const done = run([...words, '--data', data], { env });
        assert.equal(done.status, 0, done.err);
        if (words[0] === 'admin') return /kw_\w+/.exec(done.out)[0];
    }
}

/** Posts as they were sent: what was answered, and what was not. */
export class Crowd {
    constructor(token, someSeed) {
        this.token = token;
        this.roll = dice(someSeed);
        this.sent = [];
        this.checked = 0; // of them: how many were looked for after the last fault
        this.urls = [];
        this.begun = Date.now();
    }

    /** One post at a server; true when it was answered as written. */
    async post(url, one) {
        const transfers = [{ book: 'goods', from: 'donated', to: 'sorting', key: 'furniture', grams: one.grams, basis: 'measured' }];
        const body = JSON.stringify({ id: one.id, kind: 'weigh-in', happened_at: one.at, transfers });
        const answer = await fetch(`${url}/api/v1/centres/${one.centre}/movements`, {
            method: 'POST',
            headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
            body,
            signal: AbortSignal.timeout(60_000),
        });
        const text = await answer.text();
        if (answer.status >= 500) return false; // told to come back
        assert.ok(answer.status === 200 || answer.status === 201, text);
        one.status = answer.status;
        return true;
    }

    next() {
        const number = this.sent.length;
        const ms = (this.begun + number).toString(16).padStart(12, '0');
        const tail = Array.from({ length: 15 }, () => this.roll(16).toString(16)).join('');
        const one = {
            id: `${ms.slice(0, 8)}-${ms.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${number.toString(16).padStart(12, '0')}`,
            centre: 1 + this.roll(2),
            grams: 1000 + this.roll(50_000),
            at: new Date(this.begun - 3_600_000).toISOString(),
            answered: false,
        };
        this.sent.push(one);
        return one;
    }

    /** `counters` book until `over` says so; what fails is left for later. */
    async book(counters, over) {
        const counter = async (which) => {
            while (!over()) {
                const one = this.next();
                try {
                    one.answered = await this.post(this.urls[which % this.urls.length], one);
                } catch (broke) {
                    if (broke instanceof assert.AssertionError) throw broke;
                    await new Promise((resolve) => setTimeout(resolve, 5));
                }
            }
        };
        await Promise.all(Array.from({ length: counters }, (_, which) => counter(which)));
    }

    answered() {
        return this.sent.filter((one) => one.answered).length;
    }

    /** Everybody asks again: what was answered is known, the rest is written now, and the books have each once. */
    async check(url, data, env = {}) {
        for (const one of this.sent.slice(this.checked)) {
            const known = one.answered;
            assert.ok(await this.post(url, one), `${one.id} can be sent again`);
            if (known) assert.equal(one.status, 200, `${one.id} was answered and is there`);
            one.answered = true;
        }
        this.checked = this.sent.length;
        for (const centre of [1, 2]) {
            const answer = await fetch(`${url}/api/v1/centres/${centre}/balances`, { headers: { authorization: `Bearer ${this.token}` } });
            const { balances } = await answer.json();
            const stands = balances.find((one) => one.place === 'sorting' && one.key === 'furniture')?.grams ?? 0;
            const sum = this.sent.filter((one) => one.centre === centre).reduce((grams, one) => grams + one.grams, 0);
            assert.equal(stands, sum, `each kilogram at centre ${centre} is there once`);
        }
        const proof = run(['verify', '--data', data], { env });
        assert.equal(proof.status, 0, proof.out + proof.err);
    }
}
