import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Role } from '#catalogue/roles.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { outgoingTrouble } from '#modules/notifications/index.ts';
import type { Tx } from '#platform/db.ts';
import { download } from '#platform/download.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import { isoDay } from '#web/format.ts';
import { arrivalDetail, channelRows, PAGE, quarantine, SHELVES } from './arrivals-queries.ts';
import { channelState } from './channel-state.ts';
import { discardArrival, mayOpenOriginal, openOriginal, retryArrival } from './commands/quarantine.ts';
import { counterRoutes } from './counter/routes.tsx';
import { documentRoutes } from './documents-routes.tsx';
import { figureRoutes } from './figures-routes.tsx';
import { foreignReceiver, pageOf } from './office-reading.ts';
import { ChannelsPage, CHANNELS_PATH, QUARANTINE_PATH, type ShownChannel } from './views/channels.tsx';
import { QuarantinedPage, QuarantinePage } from './views/quarantine.tsx';

const LOOKERS: readonly Role[] = ['intake', 'case_officer', 'administrator', 'clerk'];
const LOOK: Access = { kind: 'officer', roles: LOOKERS };

// ── Channels ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /can-bo/kenh */
async function channels(ctx: Ctx): Promise<Response> {
  const { IMAP_URL, SMS_SECRET, SMS_NUMBER } = ctx.desk.config;
  const configured: Readonly<Partial<Record<string, boolean>>> = { email: Boolean(IMAP_URL), sms: Boolean(SMS_SECRET) };
  const endpoints: Readonly<Partial<Record<string, string>>> = { ...(IMAP_URL && { email: ctx.desk.mail.address }), ...(SMS_NUMBER && { sms: SMS_NUMBER }) };
  const foreign = await foreignReceiver(ctx);
  const { rows, outgoing, counts } = await asOfficer(ctx, async (tx) => ({
    rows: foreign === null ? await channelRows(tx, ctx.officer.agencyId) : [], outgoing: foreign === null ? await outgoingTrouble(tx) : null, counts: (await quarantine(tx, 'cach-ly', 1)).counts,
  }));
  const shown = rows.map((row): ShownChannel => (
    { ...row, state: channelState({ ...row, configured: configured[row.channel] ?? true }, ctx.now), endpoint: endpoints[row.channel] ?? null }));
  return ctx.page(await consoleFrame(ctx, { title: ctx.t.channels.channels.title, current: 'kenh', children: <ChannelsPage lang={ctx.lang} now={ctx.now} channels={shown} {...{ counts, foreign, outgoing }} /> }));
}

// ── The quarantine ──────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /can-bo/kenh/cach-ly */
async function list(ctx: Ctx): Promise<Response> {
  const shelf = SHELVES.find((one) => one === ctx.query('muc')) ?? 'cach-ly';
  const page = pageOf(ctx);
  const found = await asOfficer(ctx, (tx) => quarantine(tx, shelf, page));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.channels.quarantine.title, current: 'kenh', crumbs: [{ href: CHANNELS_PATH, label: ctx.t.channels.channels.title }, { label: ctx.t.channels.quarantine.title }],
    children: <QuarantinePage lang={ctx.lang} {...{ shelf, page, ...found }} size={PAGE} />,
  }));
}

/** GET /can-bo/kenh/cach-ly/:id, and what a step that failed shows. */
async function show(ctx: Ctx, failed: { typed?: string; conflict?: boolean } = {}, status: ContentfulStatusCode = 200): Promise<Response> {
  const arrival = await asOfficer(ctx, (tx) => arrivalDetail(tx, uuidParam(ctx)));
  if (!arrival) throw new NotFound('arrival');
  const t = ctx.t.channels;
  return ctx.page(await consoleFrame(ctx, {
    title: t.quarantine.detail, current: 'kenh',
    crumbs: [{ href: CHANNELS_PATH, label: t.channels.title }, { href: QUARANTINE_PATH, label: t.quarantine.title }, { label: t.quarantine.detail }],
    children: <QuarantinedPage lang={ctx.lang} arrival={arrival} mayOpen={mayOpenOriginal(ctx.officer, arrival.media)} done={ctx.query('xong')} typed={failed.typed ?? null} conflict={failed.conflict ?? false} />,
  }), status);
}

/** Takes a step and goes back to the arrival; what was too little or too late is said on its page. */
async function step(ctx: Ctx, done: string, work: (tx: Tx, id: string) => Promise<void>): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await ctx.form();
  try {
    await asOfficer(ctx, (tx) => work(tx, id));
    return ctx.seeOther(`${QUARANTINE_PATH}/${id}?xong=${done}`);
  } catch (error) {
    if (error instanceof Conflict) return show(ctx, { conflict: true }, 409);
    if (error instanceof Invalid) return show(ctx, { typed: body.get('reason') }, 422);
    throw error;
  }
}

/** POST …/:id/bo */
function discard(ctx: Ctx): Promise<Response> {
  return step(ctx, 'bo', async (tx, id) => discardArrival(tx, ctx.officer, id, (await ctx.form()).get('reason')));
}

const ENDINGS: Readonly<Partial<Record<string, string>>> = { mail: 'eml', sms: 'json', edxml: 'edxml', letter: 'pdf', xarf: 'json', misp: 'json' };

/** POST …/:id/ban-goc: the original as it came, under a name nothing opens by itself. */
async function original(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const { ref, media, arrivedAt } = await asOfficer(ctx, (tx) => openOriginal(tx, ctx.officer, id));
  const bytes = await ctx.desk.files.get(ref);
  const name = `arrival-${isoDay(arrivedAt)}-${id.slice(-8)}.${ENDINGS[media] ?? 'bin'}.nguy-hiem`;
  return download(ctx, bytes, name, 'application/octet-stream');
}

/** What an officer does where reports come in otherwise than by the portal. */
export const officeRoutes: readonly Route[] = [
  ...counterRoutes,
  { method: 'GET', path: CHANNELS_PATH, access: LOOK, handler: channels },
  { method: 'GET', path: QUARANTINE_PATH, access: LOOK, handler: list },
  { method: 'GET', path: `${QUARANTINE_PATH}/:id`, access: LOOK, handler: (ctx) => show(ctx) },
  { method: 'POST', path: `${QUARANTINE_PATH}/:id/thu-lai`, access: LOOK, handler: (ctx) => step(ctx, 'thu-lai', (tx, id) => retryArrival(ctx.desk, tx, ctx.officer, id)) },
  { method: 'POST', path: `${QUARANTINE_PATH}/:id/bo`, access: LOOK, handler: discard },
  { method: 'POST', path: `${QUARANTINE_PATH}/:id/ban-goc`, access: LOOK, handler: original },
  ...documentRoutes,
  ...figureRoutes,
];
