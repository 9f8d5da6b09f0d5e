import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { apiRoutes } from '#modules/channels/api/routes.ts';
import { decideSecond, submitDraft } from '#modules/decisions/index.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { createToken, gatekeeper } from '#modules/identity/index.ts';
import { FIELDS } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { httpApp, type Route } from '#platform/http.ts';
import { memoryLimiter } from '#platform/limit.ts';
import { openApi, openApiRoute } from '#platform/openapi.ts';
import { ErrorPage } from '#web/error-page.tsx';
import { ROOT } from '../../src/app.ts';
import { openapi } from '../../src/commands/openapi.ts';
import { EFFECTS, ROUTES } from '../../src/modules.ts';
import xarf from '../data/xarf/reports.json' with { type: 'json' };
import { testDesk, type TestDesk } from '../support/desk.ts';
import { completeDraft, openOffice, PASSED, reportOf, verifiedCase } from '../support/decisions.ts';
import { ask as askOpinion, asking } from '../support/opinions.ts';
import { signIn } from '../support/people.ts';

/** The whole surface; what the house has not registered yet is tested all the same. */
const routes: readonly Route[] = [...ROUTES, ...[...apiRoutes, openApiRoute(() => routes)].filter((route) => !ROUTES.some(({ path, method }) => path === route.path && method === route.method))];

type Json = Record<string, unknown>;
interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security: readonly Json[];
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Json }[];
  readonly requestBody?: { required: boolean; content: Record<string, { schema: Json; example?: unknown }> };
  readonly responses: Record<string, { description: string; content: Record<string, { schema: Json }> }>;
}
interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly tags: readonly { name: string }[];
  readonly components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> };
}

const document_ = JSON.parse(JSON.stringify(openApi(routes))) as Document;
const operations = Object.entries(document_.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

describe('the document', () => {
  test('holds every route of the API', () => {
    const missing = routes.filter((route) => route.path.startsWith('/api/') && !route.api).map(({ method, path }) => `${method} ${path}`);
    expect(missing).toEqual([]);
    expect(operations.length).toBeGreaterThanOrEqual(12);
  });

  // Rules of the OpenAPI Specification 3.1.1 as far as this document uses it; each `must` there is a line here.
  test('is OpenAPI 3.1', () => {
    expect(document_.openapi).toMatch(/^3\.1\.\d+$/);
    expect([document_.info.title, document_.info.version].every(Boolean)).toBe(true);
    expect(Object.keys(document_).filter((key) => !['openapi', 'info', 'jsonSchemaDialect', 'servers', 'paths', 'components', 'tags'].includes(key))).toEqual([]);
    expect(new Set(document_.tags.map(({ name }) => name)).size).toBe(document_.tags.length);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of operations) {
      const at = `${method} ${path}`;
      expect([at, path.startsWith('/api/'), ['get', 'post'].includes(method)]).toEqual([at, true, true]);
      // Each name in the path is a parameter, and no other parameter is in the path.
      expect([at, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)]).toEqual([at, operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)]);
      for (const parameter of operation.parameters) {
        expect([at, parameter.name, ['path', 'query', 'header'].includes(parameter.in), parameter.in !== 'path' || parameter.required, typeof parameter.schema]).toEqual([at, parameter.name, true, true, 'object']);
        expect(['accept', 'content-type', 'authorization']).not.toContain(parameter.name.toLowerCase());
      }
      expect([at, new Set(operation.parameters.map((one) => `${one.in} ${one.name}`)).size]).toEqual([at, operation.parameters.length]);
      expect([at, Object.keys(operation.responses).every((status) => /^[1-5]\d\d$|^default$/.test(status)), Object.keys(operation.responses).some((status) => status.startsWith('2'))]).toEqual([at, true, true]);
      for (const response of Object.values(operation.responses)) expect([at, response.description.length > 0]).toEqual([at, true]);
      for (const scheme of operation.security.flatMap((one) => Object.keys(one))) expect(document_.components.securitySchemes).toHaveProperty(scheme);
      for (const tag of operation.tags) expect(document_.tags.map(({ name }) => name)).toContain(tag);
      expect([at, operation.requestBody !== undefined]).toEqual([at, method === 'post']);
    }
  });

  test('has only schemas of JSON Schema 2020-12, whose references lead somewhere and whose examples fit', () => {
    for (const { operation } of operations) {
      for (const { schema, example } of Object.values(operation.requestBody?.content ?? {})) {
        const validate = compile(schema);
        if (example !== undefined) expect([operation.operationId, validate(example), validate.errors]).toEqual([operation.operationId, true, null]);
      }
      for (const { content } of Object.values(operation.responses)) for (const { schema } of Object.values(content)) compile(schema);
      for (const { schema } of operation.parameters) compile(schema);
    }
  });

  test('asks for a token exactly where the route does, and says which scope', () => {
    for (const route of routes.filter(({ api }) => api)) {
      const operation = document_.paths[route.path.replace(/:(\w+)/g, '{$1}')]![route.method.toLowerCase()]!;
      expect([route.path, operation.security.some((one) => 'token' in one)]).toEqual([route.path, route.access.kind === 'token']);
      if (route.access.kind === 'token') {
        expect(operation.description).toContain(route.access.scope);
        expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', '429']));
      }
    }
  });

  test('names the answers of a report as the form does', () => {
    for (const id of ['createReport', 'agencySendReport']) {
      const { operation } = operations.find((one) => one.operation.operationId === id)!;
      const { properties } = operation.requestBody!.content['application/json']!.schema as { properties: Json };
      expect(Object.keys(properties).filter((name) => !['language', 'external_id'].includes(name)).toSorted()).toEqual([...FIELDS].toSorted());
    }
  });

  test('is printed by ./lachan openapi', async () => {
    const printed: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
    await openapi([]);
    log.mockRestore();
    expect(JSON.parse(printed.join(''))).toEqual(JSON.parse(JSON.stringify(openApi(ROUTES))));
  });
});

describe.each(['README.md', 'README.en.md'])('docs/api/%s', (name) => {
  const text = readFileSync(join(ROOT, 'docs/api', name), 'utf8');
  const blocks = (language: string) => [...text.matchAll(new RegExp(`^\\x60{3}${language}\n(.*?)^\\x60{3}$`, 'gms'))].map(([, block]) => block!);

  test('names the addresses there are, each with its way and scope, and no other', () => {
    const named = [...text.matchAll(/`(GET|POST) (\/api\/v1\/[\w/{}.]+)/g)].map(([, method, path]) => `${method} ${path}`);
    const wanted = operations.filter(({ operation }) => !operation.tags.includes('gateway')).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect([...new Set(named)].toSorted()).toEqual(wanted.toSorted());
    for (const { path, access } of routes) {
      if (access.kind === 'token') expect([path, text.split('\n').some((line) => line.includes(path.replace(/:(\w+)/g, '{$1}')) && line.includes(`\`${access.scope}\``))]).toEqual([path, true]);
    }
  });

  test('shows requests and answers as they are', () => {
    const schema = (id: string, status: number) => operations.find(({ operation }) => operation.operationId === id)!.operation.responses[status]!.content['application/json']!.schema;
    const [receipt, outcome, , , problem] = blocks('json').map((block) => JSON.parse(block) as unknown);
    for (const [shape, example] of [[schema('agencySendReport', 201), receipt], [schema('agencySendBatch', 200), outcome], [schema('agencySendReport', 422), problem]] as const) {
      const validate = compile(shape, true);
      expect([validate(example), validate.errors]).toEqual([true, null]);
    }
    const sent = blocks('sh').flatMap((block) => [...block.matchAll(/(\/api\/v1\/agency\/\w+)"[^']*'Content-Type: application\/json' -d '(\{.*?\n\})'/gs)]);
    expect(sent).toHaveLength(2);
    for (const [, path, body] of sent) {
      const validate = compile(document_.paths[path!]!.post!.requestBody!.content['application/json']!.schema, true);
      expect([path, validate(JSON.parse(body!)), validate.errors]).toEqual([path, true, null]);
    }
  });
});

/** Every object closed, so that a field the document does not name is an error here (for users it is open: fields may be added within v1). */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === 'example' ? value : closed(value)]));
  return 'properties' in schema && !('additionalProperties' in schema) ? { ...inner, additionalProperties: false } : inner;
}

function compile(schema: Json, strictly = false) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  formats.default(ajv);
  // Words of OpenAPI that are no words of JSON Schema.
  ajv.addVocabulary(['example']);
  const resolved = schema.$ref === '#/components/schemas/Problem' ? document_.components.schemas.Problem! : schema;
  return ajv.compile((strictly ? closed(resolved) : resolved) as AnySchema);
}

describe('the answers are as documented', () => {
  let desk: TestDesk;
  let app: ReturnType<typeof httpApp>;
  let token: string;
  const seen = new Set<string>();

  beforeAll(async () => {
    desk = await testDesk();
    app = httpApp({ desk, routes, gatekeeper: gatekeeper(desk), errorPage: ErrorPage, limiter: memoryLimiter(), assets: { href: (name) => name, files: new Map() } });
    await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
    const { actor } = await signIn(desk, 'vnpt', ['administrator']);
    token = (await inTransaction(desk, actor, (tx) => createToken(tx, actor, { name: 'Hệ thống thử', scopes: ['reports:write', 'reports:read', 'figures:write', 'opinions:read', 'opinions:write'], days: 30 }))).token;
  }, 60_000);

  /** Sends a request and holds the answer against the document; gives the body. */
  async function ask(id: string, sent: { query?: string; code?: string; body?: unknown; headers?: Record<string, string> }, status: number): Promise<Json> {
    const { path, method, operation } = operations.find((one) => one.operation.operationId === id)!;
    const response = await app.request(path.replace('{code}', sent.code ?? '') + (sent.query ?? ''), {
      method: method.toUpperCase(), headers: { Authorization: `Bearer ${token}`, ...sent.headers },
      ...(sent.body !== undefined && { body: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body) }),
    });
    const body = await response.json() as Json;
    expect([id, response.status, body]).toEqual([id, status, body]);
    expect([id, status, Object.keys(operation.responses)]).toEqual([id, status, expect.arrayContaining([String(status)])]);
    const validate = compile(operation.responses[status]!.content['application/json']!.schema, true);
    expect([id, status, validate(body), validate.errors]).toEqual([id, status, true, null]);
    if (status < 300) seen.add(id);
    return body;
  }

  const report = { category: 'scam', narrative: 'Bị lừa chuyển tiền đặt cọc thuê nhà qua mạng.', traces: 'https://dat-coc.example/nha', happened_on: '2026-11-20', money_lost: 1_500_000, commune: '01273' };
  const key = { 'Idempotency-Key': 'mot-khoa-rat-dai-0001' };

  test('of the public API', async () => {
    const { code, secret } = await ask('createReport', { body: report, headers: key }, 201) as { code: string; secret: string };
    await ask('createReport', { body: report, headers: key }, 200);
    await ask('createReport', { body: { ...report, narrative: 'Một câu chuyện khác hẳn chuyện trước.' }, headers: key }, 409);
    await ask('createReport', { body: { category: 7 }, headers: key }, 422);
    await ask('createReport', { body: 'x'.repeat(200_000), headers: key }, 413);
    await ask('readReport', { code, headers: { Authorization: `Bearer ${secret}` } }, 200);
    await ask('readReport', { code, headers: { Authorization: 'Bearer x' } }, 404);
    await ask('check', { query: '?q=chua-ai-noi.example' }, 200);
    await ask('check', { query: '?q=xin+chao' }, 200);
    await ask('check', { query: '' }, 422);
    await ask('getDocument', {}, 200);
  });

  test('of a warning', async () => {
    const office = await openOffice(desk);
    const { caseId } = await verifiedCase(desk, office);
    const decisionId = await completeDraft(desk, office, caseId);
    await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, decisionId));
    await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, decisionId, PASSED, [], EFFECTS));
    expect(await ask('check', { query: '?q=https://vneid-capnhat.example/otp' }, 200)).toMatchObject({ answer: 'warned' });
  });

  test('of the agencies’ API', async () => {
    await ask('agencySendReport', { body: { ...report, external_id: 'HS-1' } }, 201);
    await ask('agencySendReport', { body: { ...report, external_id: 'HS-1' } }, 200);
    await ask('agencySendReport', { body: { ...report, external_id: 'HS-1', narrative: 'Một câu chuyện khác hẳn chuyện trước.' } }, 409);
    await ask('agencySendReport', { body: report }, 422);
    await ask('agencySendReport', { body: 'x'.repeat(200_000) }, 413);
    await ask('agencySendBatch', { body: { reports: [{ ...report, external_id: 'HS-2' }, { ...report, external_id: 'HS-1' }, {}, { ...report, external_id: 'HS-3', category: 'x' }] } }, 200);
    await ask('agencySendBatch', { body: { reports: [] } }, 422);
    await ask('agencySendXarf', { body: [xarf.phishing, { ...xarf.fraud, evidence: [{ content_type: 'image/png', payload: 'iVBO' }] }, {}] }, 200);
    await ask('agencySendXarf', { body: [] }, 422);
    await ask('agencySendMisp', { body: { Event: { uuid: '5e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b', info: 'Mạo danh', Attribute: [{ type: 'domain', category: 'Network activity', to_ids: true, value: 'otp-nhanh.example' }] } } }, 200);
    await ask('agencySendMisp', { query: '?category=x', body: {} }, 422);
    await ask('agencySendList', { query: '?category=scam', body: 'mot.example\nkhông phải dấu vết\n' }, 200);
    await ask('agencySendList', { body: 'mot.example' }, 422);
    await ask('agencyListReports', { query: '?limit=2' }, 200);
    await ask('agencyListReports', { query: '?limit=2000' }, 422);
    await ask('agencyListReports', { headers: { Authorization: 'Bearer x' } }, 401);
    await ask('agencySendFigures', { body: { source: 'SOC', period: { from: '2026-10-01', to: '2026-10-31' }, figures: [{ kind: 'attacks', value: 3 }, { kind: 'x', value: 1 }] } }, 200);
    await ask('agencySendFigures', { body: {} }, 422);
    await ask('agencyListFigures', {}, 200);
    await ask('agencyListFigures', { query: '?from=hom-qua' }, 422);
  });

  test('of opinions', async () => {
    const office = await openOffice(desk);
    const { caseId } = await verifiedCase(desk, office, [reportOf({ narrative: 'Trang giả ở https://hoi-y-kien.example/otp' })]);
    const { code } = await askOpinion(desk, office.drafter, await asking(desk, caseId, {}, ['vnpt']));
    expect(await ask('agencyListOpinions', {}, 200)).toMatchObject({ opinions: [{ code, state: 'sent' }], next: null });
    await ask('agencyListOpinions', { query: '?state=x' }, 422);
    const body = { answer: 'agree_with_changes', reasons: 'Bổ sung thời hạn.', on_points: ['Đúng thẩm quyền'], document_number: '9/VNPT', document_on: '2026-11-21' };
    await ask('agencyAnswerOpinion', { code, body }, 201);
    await ask('agencyAnswerOpinion', { code, body }, 200);
    await ask('agencyAnswerOpinion', { code, body: { answer: 'disagree' } }, 422);
    await ask('agencyAnswerOpinion', { code, body: { answer: 'agree', files: [{ name: 'a.pdf', content: 'không phải base64' }] } }, 422);
    await ask('agencyAnswerOpinion', { code: 'YK-04-261122-0999-0', body }, 404);
    await ask('agencyListOpinions', { query: '?state=all' }, 200);
  });

  test('and none was left out', () => {
    expect([...seen].toSorted()).toEqual(operations.filter(({ operation }) => !operation.tags.includes('gateway')).map(({ operation }) => operation.operationId).toSorted());
  });
});
