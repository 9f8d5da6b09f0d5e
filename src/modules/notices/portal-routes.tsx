import { parseCode } from '#core/codes.ts';
import { Invalid } from '#platform/errors.ts';
import type { Ctx, Route } from '#platform/http.ts';
import type { FieldErrors } from '#web/form.tsx';
import { frame } from '#web/portal-frame.ts';
import { openAccess, type OpenedAccess } from './access.ts';
import { reportEffect } from './commands/effect.ts';
import { PARTY_PATH } from './letter.ts';
import { partyView } from './queries.ts';
import { PartyForm, PartyPage } from './views/party.tsx';

const HOUR = 3_600_000;
/** No search engine, no cache: whoever has the code reads it, nobody else (robots of the page itself say the same). */
const PRIVATE = { 'X-Robots-Tag': 'noindex, nofollow' };

/** What the page seals for an hour, so that reporting the effect needs neither cookies nor typing. */
interface PartyToken {
  readonly code: string;
  readonly secret: string;
}

/** GET /quyet-dinh: where code and secret are typed; a letter's link brings the code. */
function ask(ctx: Ctx): Response {
  return ctx.page(<PartyForm frame={frame(ctx)} code={parseCode('TB', ctx.query('ma'))?.code ?? ''} secret="" wrong={false} expired={false} />, 200, PRIVATE);
}

/** POST /quyet-dinh: opens the decision, or takes a recipient's report of the effect. One answer for everything that is wrong. */
async function open(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  const sealed = body.get('t');
  if (!sealed) {
    const opened = await openAccess(ctx.desk, body.get('code'), body.get('secret'));
    return opened ? show(ctx, opened) : wrong(ctx, body.get('code'), body.get('secret'));
  }
  const read = ctx.desk.keys.readToken<PartyToken>('access', sealed, ctx.now);
  if (!read.ok) return ctx.page(<PartyForm frame={frame(ctx)} code="" secret="" wrong={false} expired />, 422, PRIVATE);
  const opened = await openAccess(ctx.desk, read.value.code, read.value.secret);
  if (!opened) return wrong(ctx, '', '');
  return body.get('go') === 'effect' ? effect(ctx, opened) : show(ctx, opened);
}

function wrong(ctx: Ctx, code: string, secret: string): Response {
  return ctx.page(<PartyForm frame={frame(ctx)} code={code.slice(0, 40)} secret={secret.slice(0, 60)} wrong expired={false} />, 422, PRIVATE);
}

async function show(ctx: Ctx, opened: OpenedAccess, more: { typed?: Readonly<Record<string, string>>; errors?: FieldErrors; taken?: boolean } = {}): Promise<Response> {
  const { typed = {}, errors = {}, taken = false } = more;
  const view = await partyView(ctx.desk, opened.accessId);
  const until = new Date(ctx.now.getTime() + HOUR);
  const token = ctx.desk.keys.token('access', { code: opened.code, secret: opened.secret } satisfies PartyToken, until);
  const status = Object.values(errors).some(Boolean) ? 422 : 200;
  return ctx.page(<PartyPage frame={frame(ctx)} secret={opened.secret} openUntil={until} {...{ view, token, typed, errors, taken }} />, status, PRIVATE);
}

async function effect(ctx: Ctx, opened: OpenedAccess): Promise<Response> {
  const body = await ctx.form();
  const { errors } = ctx.t.notices.party;
  try {
    await reportEffect(ctx.desk, opened.accessId, { effect: body.get('effect'), note: body.get('note') });
    return await show(ctx, opened, { taken: true });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const wrongFields = (error.details?.['fields'] ?? {}) as object;
    return show(ctx, opened, { typed: body.fields, errors: { effect: 'effect' in wrongFields ? errors.effect : undefined, note: 'note' in wrongFields ? errors.note : undefined } });
  }
}

const portal = { access: { kind: 'public' }, portal: true } as const;

/** The page a recipient or the person affected opens by code and secret; no account, no cookie, no script. */
export const partyRoutes: readonly Route[] = [
  { ...portal, method: 'GET', path: PARTY_PATH, handler: ask },
  { ...portal, method: 'POST', path: PARTY_PATH, limit: 'follow', handler: open },
];
