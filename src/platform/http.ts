import { Hono, type Context } from 'hono';
import { compress } from 'hono/compress';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { VNode } from 'preact';
import type { Role } from '#catalogue/roles.ts';
import { messages, type Lang, type Messages } from '#web/i18n/index.ts';
import { renderPage } from '#web/html.ts';
import { PUBLIC, type Actor, type AgencyActor, type OfficerActor } from './actor.ts';
import { readForm, type FormBody } from './body.ts';
import { inTransaction, type Tx } from './db.ts';
import type { Desk } from './desk.ts';
import { Forbidden, LachanError, NotFound, TooMany, Unavailable } from './errors.ts';
import { serveAsset, type AssetServer } from './assets.ts';
import type { Limiter, LimitName } from './limit.ts';
import type { ApiDoc } from './openapi.ts';
import type { Scope } from './schema.ts';
import { isUuid } from './uuid.ts';

/** Who may enter a route; a further look at the thing itself (own agency, state) is made by the module's policy and by the database. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'officer'; readonly roles?: readonly Role[] }
  // An agency's own system: a bearer token (RFC 6750) with this scope; cookies count for nothing there.
  | { readonly kind: 'token'; readonly scope: Scope };

export interface Route {
  readonly method: 'GET' | 'POST';
  /** Hono path; portal paths are served in English under /en as well. */
  readonly path: string;
  readonly access: Access;
  readonly portal?: boolean;
  readonly limit?: LimitName;
  /** What the OpenAPI document says of the route; every route under /api/ has one. */
  readonly api?: ApiDoc;
  readonly handler: (context: Ctx) => Promise<Response> | Response;
}

/** A signed-in officer as the session says; made by the identity module. */
export interface SignedIn {
  readonly actor: OfficerActor;
  readonly lang: Lang;
  readonly agencyShort: string;
}

/** An agency's system as its token says. */
export interface AgencySystem {
  readonly actor: AgencyActor;
  readonly scopes: readonly Scope[];
}

/** No token, or one that was never given out, has ended or was revoked: one answer for all of them. */
class Unauthorized extends LachanError {
  override readonly code: string = 'unauthorized';
  override readonly status: number = 401;
}

/** The token is good, but not for this; `details.scope` says what is missing. */
class MissingScope extends Forbidden {
  override readonly code: string = 'scope';
}

/** What identity gives to the server: who is this request, and what to answer when nobody is. */
export interface Gatekeeper {
  identify(request: Request): Promise<SignedIn | null>;
  /** The agency's system behind an `Authorization` header; null for every header that does not open. */
  identifySystem?(authorization: string | undefined): Promise<AgencySystem | null>;
  /** Sign-in page that keeps what was typed. */
  askToSignIn(context: Ctx): Promise<Response>;
}

/** Pages for errors; made by src/web so that platform knows no words. */
export type ErrorPage = (context: Ctx, error: LachanError) => VNode;

/** One request, as handlers see it. */
export class Ctx {
  readonly c: Context;
  readonly desk: Desk;
  readonly lang: Lang;
  readonly t: Messages;
  readonly assets: (name: string) => string;
  readonly signedIn: SignedIn | null;
  readonly #system: AgencySystem | null;
  #body: Promise<FormBody> | undefined;

  constructor(c: Context, desk: Desk, lang: Lang, assets: (name: string) => string, signedIn: SignedIn | null, system: AgencySystem | null = null) {
    this.c = c;
    this.desk = desk;
    this.lang = lang;
    this.t = messages(lang);
    this.assets = assets;
    this.signedIn = signedIn;
    this.#system = system;
  }

  /** The acting officer; only in routes for officers. */
  get officer(): OfficerActor {
    if (!this.signedIn) throw new Forbidden('not signed in');
    return this.signedIn.actor;
  }

  /** The agency's system that asks; only in routes for tokens. */
  get agency(): AgencyActor {
    if (!this.#system) throw new Unauthorized('no token');
    return this.#system.actor;
  }

  get actor(): Actor {
    return this.signedIn?.actor ?? this.#system?.actor ?? PUBLIC;
  }

  get now(): Date {
    return this.desk.clock.now();
  }

  param(name: string): string {
    return this.c.req.param(name) ?? '';
  }

  query(name: string): string {
    return this.c.req.query(name) ?? '';
  }

  /** The form that was sent; read once, kept for a second look. */
  form(): Promise<FormBody> {
    this.#body ??= readForm(this.c.req.raw);
    return this.#body;
  }

  page(vnode: VNode, status: ContentfulStatusCode = 200, headers: Record<string, string> = {}): Response {
    return this.c.body(renderPage(vnode), status, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
  }

  /** 303: after a POST the browser fetches what follows. Only local addresses. */
  seeOther(path: string): Response {
    if (!/^\/(?![/\\])/.test(path)) throw new Error('redirect only within the desk');
    return this.c.body(null, 303, { Location: path });
  }
}

/** Reads or writes as the officer who asks, in one transaction. */
export function asOfficer<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(ctx.desk, ctx.officer, work);
}

/** A UUID from an address; anything else does not exist. */
export function uuidParam(ctx: Ctx, name = 'id'): string {
  const value = ctx.param(name);
  if (!isUuid(value)) throw new NotFound(name);
  return value;
}

const CSP = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const SECURITY_HEADERS: Record<string, string> = {
  'Content-Security-Policy': CSP,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
};

export interface HttpParts {
  readonly desk: Desk;
  readonly routes: readonly Route[];
  readonly gatekeeper: Gatekeeper;
  readonly errorPage: ErrorPage;
  readonly assets: AssetServer;
  readonly limiter: Limiter;
}

/** The web server: every route goes through the same chain, readable top to bottom in {@link enter}. */
export function httpApp(parts: HttpParts): Hono {
  const app = new Hono();
  app.use(compress({ threshold: 1024 }));
  app.use(async (c, next) => {
    await next();
    // A download may be stricter than a page, never looser: it sets its own.
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
  app.get('/tinh/:name', (c) => serveAsset(parts.assets, c));
  for (const route of parts.routes) {
    for (const [prefix, lang] of route.portal ? ([['', 'vi'], ['/en', 'en']] as const) : ([['', 'vi']] as const)) {
      const path = prefix && route.path === '/' ? prefix : prefix + route.path;
      app.on(route.method, path, (c) => enter(parts, route, lang, c));
    }
  }
  app.notFound((c) => fail(parts, new Ctx(c, parts.desk, langOf(c), parts.assets.href, null), new NotFound(c.req.path)));
  app.onError((error, c) => fail(parts, new Ctx(c, parts.desk, langOf(c), parts.assets.href, null), error));
  return app;
}

/** limit → authenticate → authorise → handle (parse, command or query, render or redirect). */
async function enter(parts: HttpParts, route: Route, lang: Lang, c: Context): Promise<Response> {
  const { desk, assets } = parts;
  let ctx = new Ctx(c, desk, lang, assets.href, null);
  try {
    if (route.limit) {
      const wait = parts.limiter.take(route.limit, sourceOf(c, desk.config.TRUST_PROXY), ctx.now);
      if (wait > 0) throw new TooMany('rate limit', { retryAfter: wait });
    }
    if (route.access.kind === 'token') ctx = new Ctx(c, desk, lang, assets.href, null, await systemOf(parts, c, route.access.scope, ctx.now));
    if (route.access.kind === 'officer') {
      if (route.method === 'POST') refuseForeignOrigin(c);
      const signedIn = await parts.gatekeeper.identify(c.req.raw);
      if (!signedIn) return await parts.gatekeeper.askToSignIn(ctx);
      ctx = new Ctx(c, desk, signedIn.lang, assets.href, signedIn);
      const { roles } = route.access;
      // What one may not do is not there: no hint that the page exists (DESIGN, hard to break).
      if (roles && !roles.some((role) => signedIn.actor.roles.includes(role))) throw new NotFound(route.path);
    }
    return await route.handler(ctx);
  } catch (error) {
    return fail(parts, ctx, error);
  }
}

/** The agency's system behind the token of a request: limited by source until the token is known, then by token. */
async function systemOf(parts: HttpParts, c: Context, scope: Scope, now: Date): Promise<AgencySystem> {
  const limit = (key: string) => {
    const wait = parts.limiter.take('agency', key, now);
    if (wait > 0) throw new TooMany('rate limit', { retryAfter: wait });
  };
  limit(sourceOf(c, parts.desk.config.TRUST_PROXY));
  const system = await parts.gatekeeper.identifySystem?.(c.req.header('authorization'));
  if (!system) throw new Unauthorized('token');
  limit(system.actor.tokenId);
  if (!system.scopes.includes(scope)) throw new MissingScope(scope, { scope });
  return system;
}

/** Cross-site request forgery: an officer's POST must come from our own pages (Fetch Metadata, else Origin). */
export function refuseForeignOrigin(c: Context): void {
  const site = c.req.header('sec-fetch-site');
  if (site === 'same-origin') return;
  const origin = c.req.header('origin');
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  if (!site && origin && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new Forbidden('foreign origin');
}

/** The address a request came from: the socket, or the last entry the trusted proxy added. */
export function sourceOf(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  const socket = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress;
  return forwarded || socket || 'local';
}

function langOf(c: Context): Lang {
  return /^\/en(\/|$)/.test(c.req.path) ? 'en' : 'vi';
}

/** Connection failures (Node's codes) and "shutting down", "starting up", "connection lost" (PostgreSQL classes 08 and 57P). */
function isDatabaseAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|08...|57P..)$/.test(code) || /^Connection terminated|timeout exceeded when trying to connect/.test(message);
}

/** The one place where errors become answers. Unknown errors are logged and shown without detail. */
async function fail(parts: HttpParts, ctx: Ctx, error: unknown): Promise<Response> {
  const known = error instanceof LachanError ? error : isDatabaseAway(error) ? new Unavailable('database', { retryAfter: 5 }) : new LachanError('internal error', undefined, { cause: error });
  if (known.status >= 500) parts.desk.log.error({ err: error, path: ctx.c.req.path }, 'request failed');
  const headers: Record<string, string> = {};
  if (typeof known.details?.retryAfter === 'number') headers['Retry-After'] = String(Math.ceil(known.details.retryAfter));
  // RFC 6750, 3: how to come in, and what the token lacks.
  if (known instanceof Unauthorized) headers['WWW-Authenticate'] = 'Bearer realm="lachan"';
  if (known instanceof MissingScope) headers['WWW-Authenticate'] = `Bearer realm="lachan", error="insufficient_scope", scope="${String(known.details?.scope)}"`;
  const status = known.status as ContentfulStatusCode;
  if (ctx.c.req.path.startsWith('/api/')) {
    const message = ctx.t.connections.refused[known.code] ?? ctx.t.errors.api(known.code);
    return ctx.c.json({ error: { code: known.code, message, details: known.details } }, status, headers);
  }
  return ctx.page(parts.errorPage(ctx, known), status, headers);
}
