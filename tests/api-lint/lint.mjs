// SPDX-License-Identifier: EUPL-1.2
// Checks an OpenAPI document against the REST API Design Rules of the Dutch government (NLGov),
// as far as a document shows them. As a program: node tests/api-lint/lint.mjs FILE-OR-ADDRESS
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
/** Nouns that are plural without an s at the end, or that stand for one thing on purpose. */
const plural_enough = new Set(['events', 'openapi.json']);

/** All operations as [{ path, method, operation }]. */
export function operations(document) {
    return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
        methods.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] })));
}

const segments = (path) => path.split('/').slice(1);
const isCapture = (segment) => /^\{.*\}$/.test(segment);
const isDescription = (path) => path === '/openapi.json';
const shown = ({ path, method }) => `${method.toUpperCase()} ${path}`;

function everySchema(document, visit) {
    const walk = (value, where) => {
        if (value === null || typeof value !== 'object') return;
        if (typeof value.$ref === 'string' || typeof value.type === 'string') visit(value, where);
        for (const [name, part] of Object.entries(value)) walk(part, `${where}/${name}`);
    };
    walk(document, '#');
}

function resolves(document, reference) {
    if (!reference.startsWith('#/')) return false;
    let at = document;
    for (const part of reference.slice(2).split('/')) at = at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    return at !== undefined;
}

/** Rule → complaints. Names are those of the design rules; `own/…` are ours. */
export const rules = {
    'core/doc-openapi': (document) => (/^3\.[01]\.\d+$/.test(document.openapi ?? '') ? [] : [`openapi is "${document.openapi}", not 3.0.x or 3.1.x`]),

    'core/doc-openapi-contact': ({ info = {} }) => ['name', 'url', 'email'].filter((field) => field !== 'email' && !info.contact?.[field]).map((field) => `info.contact has no ${field}`),

    'core/semver': ({ info = {} }) => (/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(info.version ?? '') ? [] : [`info.version is "${info.version}", not like 1.2.3`]),

    'core/uri-version': ({ servers = [], info = {} }) => {
        if (servers.length === 0) return ['there are no servers'];
        const major = `v${(info.version ?? '').split('.')[0]}`;
        return servers.filter(({ url }) => !url.replace(/\/$/, '').endsWith(`/${major}`)).map(({ url }) => `${url} does not end with the major version /${major}`);
    },

    'core/transport-tls': ({ servers = [] }) => servers.filter(({ url }) => url.startsWith('http://')).map(({ url }) => `${url} is not over TLS`),

    'core/publish-openapi': (document) => {
        const description = document.paths?.['/openapi.json']?.get;
        if (!description) return ['there is no GET /openapi.json in the base path'];
        return (description.security ?? document.security ?? []).length > 0 ? ['GET /openapi.json asks for a login'] : [];
    },

    'core/no-trailing-slash': (document) => Object.keys(document.paths ?? {}).filter((path) => path !== '/' && path.endsWith('/')),

    'core/path-segments-kebab-case': (document) => Object.keys(document.paths ?? {}).filter((path) => !isDescription(path))
        .flatMap((path) => segments(path).filter((segment) => !isCapture(segment) && !/^_?[a-z0-9]+(-[a-z0-9]+)*$/.test(segment)).map((segment) => `${path}: "${segment}"`)),

    'core/naming-collections': (document) => Object.keys(document.paths ?? {}).filter((path) => !isDescription(path))
        .flatMap((path) => segments(path).filter((segment) => !isCapture(segment) && !segment.startsWith('_') && !segment.endsWith('s') && !plural_enough.has(segment)).map((segment) => `${path}: "${segment}" is not plural`)),

    'core/nested-child': (document) => Object.keys(document.paths ?? {}).filter((path) => /\{[^}]*\}\/\{/.test(path)).map((path) => `${path}: two captures in a row`),

    'core/no-sensitive-uris': (document) => operations(document).flatMap((each) => (each.operation.parameters ?? [])
        .filter(({ in: place, name }) => place !== 'header' && /(name|mail|phone|birth|token|secret|password|bsn)$/i.test(name)).map(({ name }) => `${shown(each)}: ${name}`)),

    'core/query-keys-camel-case': (document) => operations(document).flatMap((each) => (each.operation.parameters ?? [])
        .filter(({ in: place, name }) => place === 'query' && !/^[a-z][a-z0-9]*([A-Z][a-z0-9]+)*$/.test(name)).map(({ name }) => `${shown(each)}: "${name}"`)),

    'core/http-methods': (document) => Object.entries(document.paths ?? {}).flatMap(([path, item]) => Object.keys(item)
        .filter((key) => !['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'parameters', 'summary', 'description'].includes(key)).map((key) => `${path}: ${key}`)),

    'core/http-safety': (document) => operations(document).filter(({ method, operation }) => ['get', 'head'].includes(method) && operation.requestBody).map((each) => `${shown(each)} takes a body`),

    'core/http-response-code': (document) => operations(document).flatMap((each) => {
        const codes = Object.keys(each.operation.responses ?? {});
        const odd = codes.filter((code) => !/^[1-5]\d\d$/.test(code)).map((code) => `${shown(each)}: ${code}`);
        return codes.some((code) => /^[23]\d\d$/.test(code)) ? odd : [...odd, `${shown(each)}: no answer for when it goes well`];
    }),

    'core/error-handling/problem-details': (document) => operations(document).flatMap((each) => Object.entries(each.operation.responses ?? {})
        .filter(([code, answer]) => /^[45]/.test(code) && !answer.content?.['application/problem+json']).map(([code]) => `${shown(each)}: ${code} is not application/problem+json`)),

    'core/error-handling/problem-fields': (document) => {
        const references = new Set();
        for (const { operation } of operations(document)) {
            for (const answer of Object.values(operation.responses ?? {})) {
                const reference = answer.content?.['application/problem+json']?.schema?.$ref;
                if (reference) references.add(reference.split('/').pop());
            }
        }
        return [...references].flatMap((name) => ['status', 'title', 'detail']
            .filter((field) => !document.components?.schemas?.[name]?.properties?.[field]).map((field) => `${name} has no ${field}`));
    },

    'core/error-handling/invalid-input': (document) => operations(document).flatMap((each) => {
        const responses = each.operation.responses ?? {};
        const found = '422' in responses ? [`${shown(each)} answers 422; wrong input is 400`] : [];
        const takes_input = each.operation.requestBody || (each.operation.parameters ?? []).some(({ in: place }) => place === 'query');
        return takes_input && !('400' in responses) ? [...found, `${shown(each)} takes input and has no 400`] : found;
    }),

    'core/error-handling/all-errors': (document) => {
        const problems = Object.entries(document.components?.schemas ?? {}).filter(([, schema]) => schema.properties?.title && schema.properties?.status && schema.properties?.detail);
        return problems.filter(([, schema]) => schema.properties.errors?.type !== 'array').map(([name]) => `${name} has no list of errors`);
    },

    'core/version-header': (document) => operations(document).flatMap((each) => Object.entries(each.operation.responses ?? {})
        .filter(([, answer]) => !answer.headers?.['API-Version']).map(([code]) => `${shown(each)}: ${code} has no API-Version`)),

    'core/date-time': (document) => {
        const complaints = [];
        everySchema(document, (schema, where) => {
            const name = where.split('/').pop();
            if (schema.type === 'string' && /(_at|_on|_day)$/.test(name) && !['date', 'date-time'].includes(schema.format)) complaints.push(`${where}: a moment or day without format`);
        });
        return complaints;
    },

    'core/security': (document) => operations(document).flatMap((each) => {
        const asked = each.operation.security ?? document.security;
        if (asked === undefined) return [`${shown(each)} does not say whether it needs a token`];
        const unknown = asked.flatMap(Object.keys).filter((scheme) => !document.components?.securitySchemes?.[scheme]);
        const complaints = unknown.map((scheme) => `${shown(each)}: no such scheme: ${scheme}`);
        const responses = each.operation.responses ?? {};
        return asked.length > 0 && !('401' in responses && '403' in responses) ? [...complaints, `${shown(each)} needs a token and has no 401 and 403`] : complaints;
    }),

    'own/documented': (document) => {
        const tags = new Set((document.tags ?? []).map(({ name }) => name));
        return operations(document).flatMap((each) => {
            const { operationId, summary, tags: used = [] } = each.operation;
            return [
                ...(operationId ? [] : [`${shown(each)} has no operationId`]),
                ...(summary ? [] : [`${shown(each)} has no summary`]),
                ...(used.length > 0 ? [] : [`${shown(each)} has no tag`]),
                ...used.filter((tag) => !tags.has(tag)).map((tag) => `${shown(each)}: tag ${tag} is not described`),
            ];
        });
    },

    'own/unique-operation-ids': (document) => {
        const ids = operations(document).map(({ operation }) => operation.operationId);
        return ids.filter((id, index) => ids.indexOf(id) !== index);
    },

    'own/path-parameters': (document) => operations(document).flatMap((each) => {
        const captures = [...each.path.matchAll(/\{([^}]+)\}/g)].map((found) => found[1]);
        const declared = (each.operation.parameters ?? []).filter(({ in: place }) => place === 'path');
        return [
            ...captures.filter((name) => !declared.some((parameter) => parameter.name === name && parameter.required)).map((name) => `${shown(each)}: {${name}} is not described`),
            ...declared.filter(({ name }) => !captures.includes(name)).map(({ name }) => `${shown(each)}: ${name} is not in the path`),
        ];
    }),

    'own/references': (document) => {
        const complaints = [];
        everySchema(document, (schema, where) => {
            if (schema.$ref && !resolves(document, schema.$ref)) complaints.push(`${where}: ${schema.$ref} leads nowhere`);
        });
        return complaints;
    },

    'own/licence': ({ info = {} }) => (info.license?.name && (info.license.identifier || info.license.url) ? [] : ['info.license is not complete']),
};

/** All complaints as "rule: complaint". */
export function lint(document) {
    return Object.entries(rules).flatMap(([rule, check]) => check(document).map((complaint) => `${rule}: ${complaint}`));
}

async function main(where) {
    if (!where) {
        console.error('usage: node tests/api-lint/lint.mjs FILE-OR-ADDRESS');
        process.exitCode = 64;
        return;
    }
    const text = /^https?:/.test(where) ? await (await fetch(where)).text() : readFileSync(where, 'utf8');
    const complaints = lint(JSON.parse(text));
    for (const complaint of complaints) console.log(complaint);
    console.log(`${Object.keys(rules).length} rules, ${complaints.length} complaints`);
    process.exitCode = complaints.length > 0 ? 1 : 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv[2]);
