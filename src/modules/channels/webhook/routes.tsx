import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { confirmSelf, identityPaths, proofNeeded } from '#modules/identity/index.ts';
import { inTransaction } from '#platform/db.ts';
import { Invalid, NotFound, TooMany } from '#platform/errors.ts';
import { uuidParam, type Ctx, type Route } from '#platform/http.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { frame } from '#web/portal-frame.ts';
import { createWebhook, noteSent, setStopped } from '../commands/webhooks.ts';
import { SecretPage, WebhooksPage, type WebhooksPageProps } from '../views/webhooks.tsx';
import { FAULTS, webhookAddress } from './address.ts';
import { deliveriesOf, webhooksOf, webhookTarget } from './queries.ts';
import { post } from './send.ts';
import { signedHeaders } from './signature.ts';

const PATH = identityPaths.webhooks;
const ADMINISTRATOR = { kind: 'officer', roles: ['administrator'] } as const;
const SHOWN = 20;
const DONE: Readonly<Record<string, WebhooksPageProps['done']>> = { thu: 'tested', dung: 'stopped', mo: 'started' };

type Outcome = Pick<WebhooksPageProps, 'done' | 'testFault' | 'typed' | 'error' | 'wrongProof' | 'wait'>;

async function show(ctx: Ctx, outcome: Outcome = {}, status: ContentfulStatusCode = 200, headers: Record<string, string> = {}): Promise<Response> {
  if (!ctx.signedIn) throw new NotFound('session');
  const { agencyId } = ctx.officer;
  const proof = await proofNeeded(ctx);
  const lists = await inTransaction(ctx.desk, ctx.officer, async (tx) => ({ webhooks: await webhooksOf(tx, agencyId), deliveries: await deliveriesOf(tx, agencyId, SHOWN) }));
  return ctx.page(<WebhooksPage frame={frame(ctx)} signedIn={ctx.signedIn} path={PATH} proof={proof} {...lists} {...outcome} />, status, headers);
}

/** GET /can-bo/ket-noi/webhook */
function page(ctx: Ctx): Promise<Response> {
  return show(ctx, { done: DONE[ctx.query('da')], testFault: FAULTS.find((fault) => fault === ctx.query('loi')) });
}

/** POST /can-bo/ket-noi/webhook: a new webhook; its secret is shown on the answer and nowhere else. */
async function add(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const typed = form.get('dia-chi').trim();
  const checked = webhookAddress(typed, ctx.desk.config.WEBHOOK_PRIVATE);
  if (!checked.ok) return show(ctx, { typed, error: checked.fault }, 422);
  try {
    if (!(await confirmSelf(ctx, form.get('xac-nhan')))) return await show(ctx, { typed, wrongProof: true }, 422);
    const { secret } = await inTransaction(ctx.desk, ctx.officer, (tx) => createWebhook(tx, ctx.desk.keys, ctx.officer, checked.url.href));
    return ctx.page(<SecretPage frame={frame(ctx)} signedIn={ctx.signedIn!} path={PATH} url={checked.url.href} secret={secret} />);
  } catch (error) {
    if (error instanceof Invalid) return show(ctx, { typed, error: 'many' }, 422);
    if (!(error instanceof TooMany)) throw error;
    const seconds = Math.ceil(Number(error.details?.retryAfter ?? 60));
    return show(ctx, { typed, wait: Math.ceil(seconds / 60) }, 429, { 'Retry-After': String(seconds) });
  }
}

/** POST …/:id/thu: sends a test at once and says what came of it. */
async function test(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const target = await inTransaction(ctx.desk, ctx.officer, (tx) => webhookTarget(tx, id));
  const secret = target && ctx.desk.keys.unseal('webhook', target.secretSealed, id)?.toString();
  if (!target || !secret) throw new NotFound('webhook');
  const body = JSON.stringify({ type: 'webhook.test', timestamp: ctx.now.toISOString(), data: {} });
  const headers = { 'content-type': 'application/json', 'user-agent': 'LaChan-Webhook/1', ...signedHeaders(secret, `msg_${uuidv7(ctx.now)}`, ctx.now, body) };
  const sent = await post(target.url, headers, body, ctx.desk.config.WEBHOOK_PRIVATE);
  await inTransaction(ctx.desk, ctx.officer, (tx) => noteSent(tx, id, sent));
  return ctx.seeOther(sent.ok ? `${PATH}?da=thu` : `${PATH}?loi=${sent.fault}`);
}

/** POST …/:id/dung and …/:id/mo */
async function stop(ctx: Ctx, stopped: boolean): Promise<Response> {
  await inTransaction(ctx.desk, ctx.officer, (tx) => setStopped(tx, ctx.officer, uuidParam(ctx), stopped));
  return ctx.seeOther(`${PATH}?da=${stopped ? 'dung' : 'mo'}`);
}

/** The administrator's page of webhooks, beside the one of tokens. */
export const webhookRoutes: readonly Route[] = [
  { method: 'GET', path: PATH, access: ADMINISTRATOR, handler: page },
  { method: 'POST', path: PATH, access: ADMINISTRATOR, handler: add },
  { method: 'POST', path: `${PATH}/:id/thu`, access: ADMINISTRATOR, handler: test },
  { method: 'POST', path: `${PATH}/:id/dung`, access: ADMINISTRATOR, handler: (ctx) => stop(ctx, true) },
  { method: 'POST', path: `${PATH}/:id/mo`, access: ADMINISTRATOR, handler: (ctx) => stop(ctx, false) },
];
