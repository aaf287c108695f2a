// SPDX-License-Identifier: EUPL-1.2
// The description of the API against the design rules for it; before that, each rule is shown a
// sample that breaks it, so that we know that it can complain.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint, operations, rules } from './api-lint/lint.mjs';

const version = { 'API-Version': { schema: { type: 'string' } } };
const refusal = { description: 'no', headers: version, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
const answer = { description: 'yes', headers: version, content: { 'application/json': { schema: { type: 'object' } } } };

function goodSample() {
    return structuredClone({
        openapi: '3.1.0',
        info: { title: 'Things', version: '1.2.3', contact: { name: 'We', url: 'https://example.org' }, license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } },
        servers: [{ url: 'https://example.org/api/v1' }],
        tags: [{ name: 'things' }],
        paths: {
            '/openapi.json': { get: { operationId: 'getDescription', summary: 'This', tags: ['things'], security: [], responses: { 200: answer } } },
            '/used-things/{id}': {
                get: {
                    operationId: 'getThing', summary: 'One', tags: ['things'], security: [{ token: [] }],
                    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }, { name: 'firstDay', in: 'query', schema: { type: 'string', format: 'date' } }],
                    responses: { 200: answer, 400: refusal, 401: refusal, 403: refusal },
                },
            },
        },
        components: {
            securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
            schemas: {
                Problem: { type: 'object', properties: { status: { type: 'integer' }, title: { type: 'string' }, detail: { type: 'string' }, errors: { type: 'array', items: { type: 'object' } } } },
                Thing: { type: 'object', properties: { sold_on: { type: 'string', format: 'date' } } },
            },
        },
    });
}

const thing = (document) => document.paths['/used-things/{id}'].get;
const rename = (document, path) => {
    document.paths[path] = document.paths['/used-things/{id}'];
    delete document.paths['/used-things/{id}'];
};

/** Rule → what to do to the good sample so that the rule complains. */
const breaks = {
    'core/doc-openapi': (d) => (d.openapi = '2.0'),
    'core/doc-openapi-contact': (d) => delete d.info.contact,
    'core/semver': (d) => (d.info.version = '1'),
    'core/uri-version': (d) => (d.servers[0].url = 'https://example.org/api'),
    'core/transport-tls': (d) => (d.servers[0].url = 'http://example.org/api/v1'),
    'core/publish-openapi': (d) => (d.paths['/openapi.json'].get.security = [{ token: [] }]),
    'core/no-trailing-slash': (d) => rename(d, '/used-things/{id}/'),
    'core/path-segments-kebab-case': (d) => rename(d, '/usedThings/{id}'),
    'core/naming-collections': (d) => rename(d, '/used-thing/{id}'),
    'core/nested-child': (d) => rename(d, '/used-things/{id}/{part}'),
    'core/no-sensitive-uris': (d) => (thing(d).parameters[1].name = 'donorEmail'),
    'core/query-keys-camel-case': (d) => (thing(d).parameters[1].name = 'first_day'),
    'core/http-methods': (d) => (d.paths['/used-things/{id}'].buy = thing(d)),
    'core/http-safety': (d) => (thing(d).requestBody = { content: {} }),
    'core/http-response-code': (d) => delete thing(d).responses[200],
    'core/error-handling/problem-details': (d) => (thing(d).responses[400] = answer),
    'core/error-handling/problem-fields': (d) => delete d.components.schemas.Problem.properties.detail,
    'core/error-handling/invalid-input': (d) => delete thing(d).responses[400],
    'core/error-handling/all-errors': (d) => delete d.components.schemas.Problem.properties.errors,
    'core/version-header': (d) => delete thing(d).responses[403].headers,
    'core/date-time': (d) => delete d.components.schemas.Thing.properties.sold_on.format,
    'core/security': (d) => delete thing(d).responses[401],
    'own/documented': (d) => (thing(d).tags = ['others']),
    'own/unique-operation-ids': (d) => (thing(d).operationId = 'getDescription'),
    'own/path-parameters': (d) => thing(d).parameters.shift(),
    'own/references': (d) => delete d.components.schemas.Problem,
    'own/licence': (d) => delete d.info.license,
};

test('a document that follows the rules has no complaints', () => {
    assert.deepEqual(lint(goodSample()), []);
});

test('each rule complains about the sample that breaks it', () => {
    assert.deepEqual(Object.keys(breaks), Object.keys(rules));
    for (const [rule, breakIt] of Object.entries(breaks)) {
        // Each sample has parts of its own: a shared answer that one breaks would break others too.
        const document = JSON.parse(JSON.stringify(goodSample()));
        breakIt(document);
        assert.notEqual(rules[rule](document).length, 0, rule);
    }
});

test('the description that the server gives follows the rules, needs no token and is open to all sites', async (t) => {
    const { folder, serve } = await import('./program.mjs');
    const { url } = await serve(t, folder(t));
    const response = await fetch(`${url}/api/v1/openapi.json`, { headers: { origin: 'https://example.org' } });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.match(response.headers.get('api-version'), /^1\.\d+\.\d+$/);
    const document = await response.json();
    assert.ok(operations(document).length > 12);
    assert.deepEqual(lint(document), []);
});

test('the server keeps what the description says about who may ask', async (t) => {
    const { folder, serve } = await import('./program.mjs');
    const { url } = await serve(t, folder(t));
    const document = await (await fetch(`${url}/api/v1/openapi.json`)).json();
    for (const { path, method, operation } of operations(document)) {
        const address = `${url}/api/v1${path.replaceAll(/\{[^}]*\}/g, '1')}`;
        const { status, headers } = await fetch(address, { method: method.toUpperCase() });
        const where = `${method} ${path}`;
        assert.match(headers.get('api-version') ?? '', /^1\./, where);
        if (operation.security.length > 0) assert.equal(status, 401, where);
        else assert.notEqual(status, 401, where);
    }
});
