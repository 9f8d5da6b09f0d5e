import type { Desk } from '#platform/desk.ts';
import { reportByCodes, reportByToken, reporterToken, type OpenedReport } from '#modules/intake/index.ts';
import type { FormBody } from '#platform/body.ts';
import { deskCalendar } from '#platform/calendar.ts';
import { Invalid } from '#platform/errors.ts';
import type { Ctx, Route } from '#platform/http.ts';
import type { FieldErrors } from '#web/form.tsx';
import { isoDay } from '#web/format.ts';
import { links } from '#web/links.ts';
import { frame } from '#web/portal-frame.ts';
import { fileRequest, noteAccess, withdrawContact } from './commands/requests.ts';
import { jsonCopy } from './copy.ts';
import { holdings, maskedContact } from './queries/holdings.ts';
import { DataCopy } from './views/copy.tsx';
import { ASKED, EnterPage, OwnDataPage } from './views/own.tsx';

/** GET /du-lieu-cua-toi: where the codes are typed. */
function enter(ctx: Ctx): Response {
  return ctx.page(<EnterPage frame={frame(ctx)} code="" secret="" wrong={false} expired={false} words="" kind="" />);
}

/** POST /du-lieu-cua-toi: opened by token or codes; then what was pressed. */
async function ownData(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  const opened = await open(ctx.desk, body);
  if (!opened) {
    const expired = body.get('t') !== '';
    return ctx.page(<EnterPage frame={frame(ctx)} code={body.get('code')} secret={body.get('secret')} wrong={!expired} expired={expired} words={body.get('words')} kind={body.get('kind')} />, 422);
  }
  switch (body.get('go')) {
    case 'json':
    case 'html':
      return copy(ctx, opened, body.get('go') === 'json');
    case 'ask':
      return ask(ctx, opened, body);
    case 'withdraw': {
      const { code } = await withdrawContact(ctx.desk, opened.reportId);
      return show(ctx, opened, { said: ctx.t.retention.own.withdrawn(code) });
    }
    default:
      return show(ctx, opened, { kind: body.get('kind'), words: body.get('words') });
  }
}

function open(desk: Desk, body: FormBody): Promise<OpenedReport | null> {
  return body.get('t') ? reportByToken(desk, body.get('t')) : reportByCodes(desk, body.get('code'), body.get('secret'));
}

async function show(ctx: Ctx, opened: OpenedReport, more: { kind?: string; words?: string; errors?: FieldErrors; said?: string } = {}): Promise<Response> {
  const { kind = '', words = '', errors = {}, said = null } = more;
  const found = await holdings(ctx.desk, opened.reportId);
  const { announced } = await deskCalendar(ctx.desk);
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return ctx.page(<OwnDataPage frame={frame(ctx)} holdings={found} token={reporterToken(ctx.desk, opened)} typed={{ kind, words, errors }} announced={announced} said={said} />, status);
}

async function ask(ctx: Ctx, opened: OpenedReport, body: FormBody): Promise<Response> {
  const t = ctx.t.retention.own;
  const kind = ASKED.find((one) => one === body.get('kind'));
  const words = body.get('words');
  if (!kind) return show(ctx, opened, { words, errors: { kind: t.issues.kind } });
  try {
    const { code } = await fileRequest(ctx.desk, opened.reportId, kind, words);
    return await show(ctx, opened, { said: t.filed(code) });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return show(ctx, opened, { kind, words, errors: { words: t.issues.words } });
  }
}

/** Everything that is kept, as a file; taking it counts as a request that was answered at once. */
async function copy(ctx: Ctx, { reportId, code }: OpenedReport, isJson: boolean): Promise<Response> {
  await noteAccess(ctx.desk, reportId);
  const found = await holdings(ctx.desk, reportId);
  const contact = found.contact ? await maskedContact(ctx.desk, reportId) : null;
  const disposition = { 'Content-Disposition': `attachment; filename="${code}-${isoDay(ctx.now)}.${isJson ? 'json' : 'html'}"` };
  if (!isJson) return ctx.page(<DataCopy lang={ctx.lang} now={ctx.now} holdings={found} contact={contact} />, 200, disposition);
  return ctx.c.body(jsonCopy(ctx.now, found, contact), 200, { 'Content-Type': 'application/json; charset=utf-8', ...disposition });
}

/** A person's own data, by the two codes of the receipt. */
export const ownDataRoutes: readonly Route[] = [
  { method: 'GET', path: links.ownData, portal: true, access: { kind: 'public' }, handler: enter },
  { method: 'POST', path: links.ownData, portal: true, access: { kind: 'public' }, limit: 'follow', handler: ownData },
];
