// SPDX-License-Identifier: EUPL-1.2
// Whether the books of a country can be spread over machines by centre: what each query does with tables
// whose rows live where their centre does.

/** Tables whose every key has the centre in it. */
export function tablesByCentre(files) {
    const tables = new Set();
    for (const [path, text] of files) {
        if (!/^migrations\/.*postgres\.sql$/.test(path)) continue;
        const bare = text.replace(/--[^\n]*/g, '');
        for (const [, table, body] of bare.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+) \(([\s\S]*?)\n\)/g)) {
            const lists = [...body.matchAll(/(?:PRIMARY KEY|UNIQUE) \(([^)]*)\)/g)].map((found) => found[1].split(/,\s*/));
            const single = [...body.matchAll(/^\s*(\w+) [^\n]*(?:PRIMARY KEY|UNIQUE)(?! \()/gm)].map((found) => [found[1]]);
            const keys = [...lists, ...single];
            if (keys.length > 0 && keys.every((key) => key.includes('centre'))) tables.add(table);
        }
    }
    return tables;
}

/** Name and text, as PostgreSQL gets it, of the queries of a file. */
export function queriesOf(text) {
    return text.split(/^-- name: /m).slice(1).map((part) => {
        const name = part.split('\n', 1)[0].trim();
        const versions = part.slice(name.length).split(/^-- for: postgres$/m);
        return { name, sql: versions.at(-1).replace(/--[^\n]*/g, '').replace(/\s+/g, ' ').trim() };
    });
}

const words = new Set(['WHERE', 'ON', 'JOIN', 'LEFT', 'GROUP', 'ORDER', 'SET', 'UNION', 'LIMIT', 'INNER', 'CROSS', 'SELECT', 'VALUES', 'USING', 'AND', 'FOR']);

/** SELECTs with what stands in their brackets taken out: { text, inner: [...] } for each, from the outermost in. */
function scopesOf(sql) {
    const scope = { text: '', inner: [] };
    let depth = 0;
    let start = 0;
    for (let i = 0; i < sql.length; i++) {
        if (sql[i] === '(' && depth++ === 0) start = i + 1;
        if (depth === 0) scope.text += sql[i];
        if (sql[i] !== ')' || --depth > 0) continue;
        const inside = sql.slice(start, i).trim();
        if (inside.startsWith('SELECT')) scope.inner.push(...inside.split(/ UNION(?: ALL)? /).map(scopesOf));
        else {
            const { text, inner } = scopesOf(inside); // columns, arithmetic: belong to what is around them
            scope.text += `(${text})`;
            scope.inner.push(...inner);
        }
    }
    return scope;
}

/** Each use of a table by centre, as a group of those that stand at the same centre. */
function groupsOf(scope, tables, outer, groups) {
    const here = [];
    for (const [, table, alias] of scope.text.matchAll(/(?:FROM|JOIN|UPDATE|INTO|,) (\w+)(?= (?:AS )?(\w+)|)/g)) {
        if (!tables.has(table)) continue;
        const use = { table, names: [table, alias && !words.has(alias.toUpperCase()) ? alias : table], group: groups.length };
        groups.push(use.group);
        here.push(use);
    }
    const seen = [...here, ...outer];
    const join = (one, other) => {
        const [from, to] = [groups[one.group], groups[other.group]];
        groups.forEach((group, i) => group === from && (groups[i] = to));
    };
    const named = (name) => (name ? seen.find((use) => use.names.includes(name)) : here[0]);
    for (const [, left, right] of scope.text.matchAll(/(\w+)\.centre = (\w+)\.centre/g)) {
        const [one, other] = [named(left), named(right)];
        if (one && other) join(one, other);
    }
    for (const [, name, parameter] of scope.text.matchAll(/(?:(\w+)\.)?\bcentre = (\$\d+)/g)) {
        const use = named(name);
        if (!use) continue;
        const same = seen.concat(groups.pinned).find((other) => other.pinned === parameter);
        if (same && same !== use) join(use, same);
        use.pinned = parameter;
        groups.pinned.push(use);
    }
    for (const inner of scope.inner) groupsOf(inner, tables, seen, groups);
}

/** What is wrong with a query, in words, or nothing. */
export function complaint(sql, tables) {
    const groups = Object.assign([], { pinned: [] });
    const scopes = sql.split(/ UNION(?: ALL)? (?![^(]*\))/).map(scopesOf);
    for (const scope of scopes) groupsOf(scope, tables, [], groups);
    if (new Set(groups).size > 1) return 'brings together rows that may live on different machines';
    const written = /^(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)/.exec(sql)?.[1];
    if (!tables.has(written)) return undefined;
    const columns = /^INSERT INTO \w+ \(([^)]*)\)/.exec(sql)?.[1];
    const one = columns ? columns.split(/,\s*/).includes('centre') : /\bcentre = \$\d/.test(sql);
    return one ? undefined : 'writes without saying at which centre';
}

/** The only queries that look at all centres at once and say so: each part of them is about one table. */
const everywhere = new Set(['next_centre']);

export function spread(files) {
    const tables = tablesByCentre(files);
    const complaints = [];
    for (const [path, text] of files) {
        if (!/^src\/.*queries\.sql$/.test(path)) continue;
        for (const { name, sql } of queriesOf(text)) {
            const wrong = everywhere.has(name) ? undefined : complaint(sql, tables);
            if (wrong) complaints.push(`${path}: "${name}" ${wrong}`);
        }
    }
    return complaints;
}
