import { z } from 'zod';
import type { Route } from './http.ts';

/** What can go wrong with a request, each told as {@link Problem}. 401, 403 and 429 of token routes are added by themselves. */
export type ProblemStatus = 404 | 409 | 413 | 422 | 429;

/** One route as its users read it. English first, as tools show it; the description is Vietnamese. */
export interface ApiDoc {
  /** Name for generated clients, unique in the document. */
  readonly id: string;
  readonly tag: 'reports' | 'check' | 'agency' | 'gateway' | 'document';
  readonly summary: string;
  readonly description: string;
  /** Opened by the secret of one report; routes for tokens say so by their access. */
  readonly bySecret?: boolean;
  readonly headers?: z.ZodObject;
  /** What `:name` in the address stands for. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly request?: Body;
  /** Answers of success by status. */
  readonly answers: Readonly<Record<number, Body & { readonly says: string }>>;
  readonly problems?: readonly ProblemStatus[];
}

/** What a request or an answer carries. */
export interface Body {
  /** Default `application/json`. */
  readonly type?: string;
  readonly schema: z.ZodType;
  readonly example?: unknown;
}

/** A moment in UTC as the API writes it, RFC 3339. */
export const moment = z.string().meta({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' });
/** A day in Vietnam, yyyy-mm-dd. */
export const day = z.string().meta({ format: 'date', example: '2026-11-22' });

/** How every error is told: a stable code, a Vietnamese sentence for a log, facts about the failure. */
const PROBLEM = z.object({
  error: z.object({
    code: z.string().describe('Stable, for programs: invalid, not_found, conflict, too_many, too_large, unauthorized, scope, unavailable, internal'),
    message: z.string().describe('Vietnamese sentence for people'),
    details: z.record(z.string(), z.unknown()).optional().describe('`fields`: what is wrong by field; `reason`: why a whole source was not read; `retryAfter`: seconds to wait'),
  }),
});

const PROBLEMS: Readonly<Record<number, string>> = {
  401: 'No token, or one that has ended or was revoked.',
  403: 'The token lacks the scope.',
  404: 'There is no such thing, or it does not open with what was given.',
  409: 'The key came before with other content.',
  413: 'The body is larger than allowed.',
  422: 'Something is wrong with what was sent; `details.fields` says what.',
  429: 'Too many requests; wait for `Retry-After` seconds.',
};

const SECURITY = {
  token: { type: 'http', scheme: 'bearer', description: 'Token of an agency, made by its administrator under /can-bo/ket-noi. Scopes: reports:write, reports:read, figures:write, opinions:read, opinions:write.' },
  secret: { type: 'http', scheme: 'bearer', description: 'The secret on the receipt of one report.' },
} as const;

const TAGS: readonly { readonly name: ApiDoc['tag']; readonly description: string }[] = [
  { name: 'reports', description: 'Người dân gửi và theo dõi phản ánh' }, { name: 'check', description: 'Kiểm tra một địa chỉ, số điện thoại, tài khoản' },
  { name: 'agency', description: 'Hệ thống của cơ quan, bằng token' }, { name: 'gateway', description: 'Cổng tin nhắn của bàn điều phối' }, { name: 'document', description: 'Tài liệu này' },
];

type Json = Record<string, unknown>;

/** A zod schema as JSON Schema 2020-12; answers may gain fields within v1, so no object is closed. */
function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Json;
  return rest;
}

function content({ type = 'application/json', schema, example }: Body): Json {
  return { [type]: { schema: jsonSchema(schema), ...(example !== undefined && { example }) } };
}

function parameters(where: 'path' | 'query' | 'header', given: z.ZodObject | undefined): Json[] {
  return Object.entries(given?.shape ?? {}).map(([name, schema]) => {
    const { description, ...rest } = jsonSchema(schema);
    return { name, in: where, required: where === 'path' || !schema.safeParse(undefined).success, ...(description !== undefined && { description }), schema: rest };
  });
}

function problemStatuses({ access, limit, api }: Route): number[] {
  const own = access.kind === 'token' ? [401, 403, 429] : limit ? [429] : [];
  return [...new Set([...api!.problems ?? [], ...own])].sort((a, b) => a - b);
}

function operation(route: Route): Json {
  const api = route.api!;
  const security = route.access.kind === 'token' ? [{ token: [] }] : api.bySecret ? [{ secret: [] }] : [];
  const problem = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return {
    operationId: api.id, tags: [api.tag], summary: api.summary, security,
    description: route.access.kind === 'token' ? `${api.description}\n\nScope: \`${route.access.scope}\`` : api.description,
    parameters: [...parameters('path', api.params), ...parameters('query', api.query), ...parameters('header', api.headers)],
    ...(api.request && { requestBody: { required: true, content: content(api.request) } }),
    responses: {
      ...Object.fromEntries(Object.entries(api.answers).map(([status, answer]) => [status, { description: answer.says, content: content(answer) }])),
      ...Object.fromEntries(problemStatuses(route).map((status) => [String(status), { description: PROBLEMS[status], content: problem }])),
      default: { description: 'A failure on our side; send again later, with the same key.', content: problem },
    },
  };
}

/** Addresses with `:name` as OpenAPI writes them, `{name}`. */
function templated(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

/**
 * The OpenAPI 3.1 document of every route that carries `api`, in the order of the table.
 * Source: OpenAPI Specification 3.1.1, spec.openapis.org/oas/v3.1.1.html.
 */
export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) if (route.api) (paths[templated(route.path)] ??= {})[route.method.toLowerCase()] = operation(route);
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Lá Chắn', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      summary: 'Reports of online harm: send, follow, check; and for the systems of agencies.',
      description: 'API của bàn điều phối tác hại trên mạng. Trong phiên bản v1, trường mới có thể được thêm vào câu trả lời; trường đã có không đổi nghĩa và không mất đi.',
    },
    servers: [{ url: '/' }],
    tags: TAGS.filter(({ name }) => routes.some(({ api }) => api?.tag === name)),
    paths,
    components: { schemas: { Problem: jsonSchema(PROBLEM) }, securitySchemes: SECURITY },
  };
}

/** GET /api/v1/openapi.json: the document of a route table that this route is itself part of, hence the function. */
export function openApiRoute(routes: () => readonly Route[]): Route {
  let made: string | undefined;
  return {
    method: 'GET', path: '/api/v1/openapi.json', access: { kind: 'public' }, limit: 'api',
    api: {
      id: 'getDocument', tag: 'document', summary: 'This document', description: 'Tài liệu OpenAPI 3.1 của mọi địa chỉ trong API.',
      answers: { 200: { says: 'An OpenAPI 3.1 document.', schema: z.looseObject({ openapi: z.string() }) } },
    },
    handler: (ctx) => ctx.c.body(made ??= JSON.stringify(openApi(routes())), 200, { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' }),
  };
}
