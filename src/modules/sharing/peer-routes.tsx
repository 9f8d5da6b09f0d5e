import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { localDate } from '#core/deadlines.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { agencyName, listAgencies, nameIn } from '#modules/directory/index.ts';
import { receivingAgency } from '#modules/intake/index.ts';
import { INTAKE } from '#platform/actor.ts';
import { FORM_LIMITS, readForm } from '#platform/body.ts';
import { inTransaction } from '#platform/db.ts';
import { Invalid, NotFound, TooLarge } from '#platform/errors.ts';
import { asOfficer, uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { Callout } from '#web/callout.tsx';
import { acceptPack, declinePack, importPack } from './commands/incoming.ts';
import { addPeer, confirmPeer, endPeer } from './commands/peers.ts';
import { idsOf, PRIVATE, step, type Show } from './forms.ts';
import { incomingRow, incomingRows, openIncoming, peerRows, waitingOriginal } from './packs/incoming.ts';
import { MOST_PACK_BYTES, packEntry, PackRefused } from './packs/reading.ts';
import { publicKeyOf } from './packs/signing.ts';
import { IncomingListPage, IncomingPage, INCOMING_PATH } from './views/incoming.tsx';
import type { Typed } from './views/parts.tsx';
import { PeersPage, PEERS_PATH } from './views/peers.tsx';

const ADMINISTRATORS: Access = { kind: 'officer', roles: ['administrator'] };
const TAKERS: Access = { kind: 'officer', roles: ['intake', 'case_officer', 'clerk'] };
const PACK = `${INCOMING_PATH}/:id`;

/** Desks of other provinces, and the packs they signed; both belong to the agency that coordinates. */
export const peerRoutes: readonly Route[] = [
  { method: 'GET', path: PEERS_PATH, access: ADMINISTRATORS, handler: (ctx) => showPeers(ctx) },
  { method: 'POST', path: PEERS_PATH, access: ADMINISTRATORS, handler: add },
  { method: 'POST', path: `${PEERS_PATH}/:id/xac-nhan`, access: ADMINISTRATORS, handler: confirm },
  { method: 'POST', path: `${PEERS_PATH}/:id/ngung`, access: ADMINISTRATORS, handler: end },
  { method: 'GET', path: INCOMING_PATH, access: TAKERS, handler: (ctx) => showIncoming(ctx) },
  { method: 'POST', path: INCOMING_PATH, access: TAKERS, handler: take },
  { method: 'GET', path: PACK, access: TAKERS, handler: (ctx) => showPack(ctx) },
  { method: 'GET', path: `${PACK}/anh/:place`, access: TAKERS, handler: picture },
  { method: 'POST', path: `${PACK}/tiep-nhan`, access: TAKERS, handler: accept },
  { method: 'POST', path: `${PACK}/khong-nhan`, access: TAKERS, handler: decline },
];

/** The name of the agency that coordinates here; null when it is the officer's own. */
function elsewhere(ctx: Ctx): Promise<string | null> {
  return inTransaction(ctx.desk, INTAKE, async (tx) => {
    const receiver = await receivingAgency(ctx.desk, tx);
    return receiver === ctx.officer.agencyId ? null : (await agencyName(tx, receiver, localDate(tx.now)))?.name ?? '';
  });
}

/** What is not this agency's work is not there for it. @throws NotFound */
async function requireOwn(ctx: Ctx): Promise<void> {
  if (await elsewhere(ctx) !== null) throw new NotFound('not the coordinating agency');
}

async function otherwhere(ctx: Ctx, title: string, current: string, name: string): Promise<Response> {
  return ctx.page(await consoleFrame(ctx, { title, current, children: <><h1>{title}</h1><Callout kind="look" title={ctx.t.peers.elsewhere(name)} /></> }));
}

// ── Desks of other provinces ────────────────────────────────────────────────────────────────────────────────────────

async function showPeers(ctx: Ctx, typed?: Typed, status: ContentfulStatusCode = 200): Promise<Response> {
  const { title } = ctx.t.peers.list;
  const foreign = await elsewhere(ctx);
  if (foreign !== null) return otherwhere(ctx, title, 'noi-trao-doi', foreign);
  const publicKey = await publicKeyOf(ctx.desk);
  const data = await asOfficer(ctx, async (tx) => ({
    peers: await peerRows(tx),
    provinces: (await tx.selectFrom('province').select(['code', 'full_name', 'name_en']).where('code', '<>', ctx.desk.config.PROVINCE).orderBy('name').execute())
      .map(({ code, full_name: name, name_en: english }) => ({ code, name: ctx.lang === 'vi' ? name : english })),
    agencies: (await listAgencies(tx, { on: localDate(tx.now) })).filter(({ id }) => id !== ctx.officer.agencyId).map((agency) => ({ id: agency.id, name: nameIn(agency, ctx.lang) })),
  }));
  return ctx.page(await consoleFrame(ctx, {
    title, current: 'noi-trao-doi', children: <PeersPage lang={ctx.lang} publicKey={publicKey} {...data} officerId={ctx.officer.officerId} done={ctx.query('xong')} typed={typed} />,
  }), status);
}

async function add(ctx: Ctx): Promise<Response> {
  await requireOwn(ctx);
  return step(ctx, 'them', showPeers, async (body) => {
    const peer = { name: body.get('name'), provinceCode: body.get('province'), publicKey: body.get('key'), address: body.get('address'), agencyId: idsOf(body, 'agency')[0] ?? null };
    await asOfficer(ctx, (tx) => addPeer(tx, ctx.officer, ctx.desk.config.PROVINCE, peer));
    return `${PEERS_PATH}?xong=da-them`;
  }, ctx.t.peers.errors);
}

async function confirm(ctx: Ctx): Promise<Response> {
  await requireOwn(ctx);
  const id = uuidParam(ctx);
  return step(ctx, `xac-nhan-${id}`, showPeers, async () => {
    await asOfficer(ctx, (tx) => confirmPeer(tx, ctx.officer, id));
    return `${PEERS_PATH}?xong=da-xac-nhan#${id}`;
  }, ctx.t.peers.errors);
}

async function end(ctx: Ctx): Promise<Response> {
  await requireOwn(ctx);
  const id = uuidParam(ctx);
  return step(ctx, `ngung-${id}`, showPeers, async (body) => {
    await asOfficer(ctx, (tx) => endPeer(tx, ctx.officer, id, body.get('reason')));
    return `${PEERS_PATH}?xong=da-ngung#${id}`;
  }, ctx.t.peers.errors);
}

// ── Packs they signed ───────────────────────────────────────────────────────────────────────────────────────────────

async function showIncoming(ctx: Ctx, fault?: string): Promise<Response> {
  const { title } = ctx.t.peers.incoming;
  const foreign = await elsewhere(ctx);
  if (foreign !== null) return otherwhere(ctx, title, 'goi-nhan', foreign);
  const rows = await asOfficer(ctx, (tx) => incomingRows(tx));
  return ctx.page(await consoleFrame(ctx, { title, current: 'goi-nhan', children: <IncomingListPage lang={ctx.lang} rows={rows} done={fault ? '' : ctx.query('xong')} fault={fault} /> }), fault ? 422 : 200);
}

/** POST /can-bo/goi-nhan/nhap */
async function take(ctx: Ctx): Promise<Response> {
  await requireOwn(ctx);
  const { faults } = ctx.t.peers;
  try {
    const body = await readForm(ctx.c.req.raw, { ...FORM_LIMITS, fileBytes: MOST_PACK_BYTES, files: 1, totalBytes: MOST_PACK_BYTES + 1024 * 1024 });
    const { kind, id } = await importPack(ctx.desk, ctx.officer, body.files.find(({ field }) => field === 'tep'));
    return ctx.seeOther(`${INCOMING_PATH}/${id}?xong=${kind === 'pack' ? 'da-nhap' : 'da-ghi-thu-hoi'}`);
  } catch (error) {
    if (error instanceof PackRefused) return showIncoming(ctx, faults[error.fault]);
    if (error instanceof TooLarge) return showIncoming(ctx, faults.too_large);
    throw error;
  }
}

const showPack: Show = async (ctx, typed?: Typed, status: ContentfulStatusCode = 200) => {
  const id = uuidParam(ctx);
  const pack = await asOfficer(ctx, (tx) => incomingRow(tx, id));
  if (!pack) throw new NotFound('pack');
  const ref = pack.outcome === null ? await asOfficer(ctx, (tx) => waitingOriginal(tx, id)) : null;
  const contents = ref === null ? null : (await openIncoming(ctx.desk, ref)).contents;
  return ctx.page(await consoleFrame(ctx, {
    title: pack.code, current: 'goi-nhan', crumbs: [{ href: INCOMING_PATH, label: ctx.t.peers.incoming.title }, { label: pack.code }],
    children: <IncomingPage lang={ctx.lang} pack={pack} contents={contents} done={ctx.query('xong')} typed={typed} />,
  }), status);
};

/** Longest side of a picture as it is shown, pixels. */
const SHOWN = 1600;
const MOST_PIXELS = 50_000_000;

/** A viewing copy of a pack that waits, encoded anew: its bytes are another desk's. */
async function picture(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const place = /^[1-9]\d{0,3}$/.test(ctx.param('place')) ? Number(ctx.param('place')) : 0;
  const ref = await asOfficer(ctx, (tx) => waitingOriginal(tx, id));
  const { archive, contents } = await openIncoming(ctx.desk, ref);
  const name = contents.pictures[place - 1];
  if (!name) throw new NotFound('picture');
  const { default: sharp } = await import('sharp');
  const copy = await sharp(await packEntry(archive, name), { limitInputPixels: MOST_PIXELS }).resize({ width: SHOWN, height: SHOWN, fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 82 }).toBuffer()
    .catch((error: unknown) => { throw new NotFound('no picture', undefined, { cause: error }); });
  return ctx.c.body(new Uint8Array(copy), 200, { ...PRIVATE, 'Content-Type': 'image/jpeg', 'Content-Disposition': 'inline; filename="anh.jpg"' });
}

async function accept(ctx: Ctx): Promise<Response> {
  await requireOwn(ctx);
  const id = uuidParam(ctx);
  return step(ctx, 'tiep-nhan', showPack, async (body) => {
    const category = CATEGORY_CODES.find((code) => code === body.get('category'));
    if (!category) throw new Invalid('no category', { fields: { category: 'category' } });
    await acceptPack(ctx.desk, ctx.officer, id, category);
    return `${INCOMING_PATH}/${id}?xong=da-tiep-nhan`;
  }, ctx.t.peers.errors);
}

async function decline(ctx: Ctx): Promise<Response> {
  await requireOwn(ctx);
  const id = uuidParam(ctx);
  return step(ctx, 'khong-nhan', showPack, async (body) => {
    await asOfficer(ctx, (tx) => declinePack(tx, ctx.officer, id, body.get('reason')));
    return `${INCOMING_PATH}/${id}?xong=khong-nhan`;
  }, ctx.t.peers.errors);
}
