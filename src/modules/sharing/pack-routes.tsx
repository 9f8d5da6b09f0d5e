import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { OFFICE } from '#catalogue/roles.ts';
import { parseCode } from '#core/codes.ts';
import { localDate } from '#core/deadlines.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { listAgencies, nameIn } from '#modules/directory/index.ts';
import { holds } from '#platform/actor.ts';
import type { FormBody } from '#platform/body.ts';
import { download } from '#platform/download.ts';
import { Invalid, NotFound } from '#platform/errors.ts';
import type { Access, Ctx, Route } from '#platform/http.ts';
import { asOfficer } from '#platform/http.ts';
import { parseDate } from '#web/format.ts';
import { decidePack, draftPack, makeApprovedPack, readPack, recallNote, recallPack, recordReceipt } from './commands/packs.ts';
import { SHARED_PATH } from './commands/parties.ts';
import { choicesOf, crumbsOf, idsOf, ownCase, step } from './forms.ts';
import { packFile, packRow, packsOf, receivedPacks } from './packs/queries.ts';
import type { PackRow } from './packs/types.ts';
import { caseItems } from './queries.ts';
import type { LedCaseView } from './types.ts';
import { PacksPage, packsPath, ReceivedPackPage, TARGETS } from './views/packs.tsx';
import type { Typed } from './views/parts.tsx';

const READERS: Access = { kind: 'officer', roles: ['case_officer', 'leader', 'reviewer'] };
const SHARERS: Access = { kind: 'officer', roles: ['case_officer', 'leader'] };
const DECIDERS: Access = { kind: 'officer', roles: ['reviewer', 'leader'] };
const MAKERS: Access = { kind: 'officer', roles: ['case_officer'] };
const RECEIVERS: Access = { kind: 'officer', roles: OFFICE };

const PACKS = `${SHARED_PATH}/:number/goi`;
const PACK = `${PACKS}/:pack`;
const RECEIVED = '/can-bo/goi-nhan/:code';

/** Packs of files handed over: drafted, approved by another, made, downloaded, receipted, recalled. */
export const packRoutes: readonly Route[] = [
  { method: 'GET', path: PACKS, access: READERS, handler: (ctx) => showPacks(ctx) },
  { method: 'POST', path: PACKS, access: SHARERS, handler: draft },
  { method: 'GET', path: `${PACK}/tep`, access: READERS, handler: (ctx) => ownFile(ctx) },
  { method: 'POST', path: `${PACK}/duyet`, access: DECIDERS, handler: decide },
  { method: 'POST', path: `${PACK}/tao`, access: MAKERS, handler: make },
  { method: 'POST', path: `${PACK}/thu-hoi`, access: SHARERS, handler: recall },
  { method: 'GET', path: `${PACK}/giay-thu-hoi`, access: READERS, handler: noteFile },
  { method: 'POST', path: `${PACK}/ky-nhan`, access: SHARERS, handler: receipt },
  { method: 'GET', path: RECEIVED, access: RECEIVERS, handler: showReceived },
  { method: 'GET', path: `${RECEIVED}/tep`, access: RECEIVERS, handler: receivedFile },
  { method: 'POST', path: `${RECEIVED}/da-nhan`, access: RECEIVERS, handler: received },
];

function packCode(ctx: Ctx, name: string): string {
  const code = parseCode('BG', ctx.param(name))?.code;
  if (!code) throw new NotFound('pack');
  return code;
}

async function showPacks(ctx: Ctx, typed?: Typed, status: ContentfulStatusCode = 200): Promise<Response> {
  const found = await ownCase(ctx);
  const { officer, lang } = ctx;
  const data = await asOfficer(ctx, async (tx) => ({
    packs: await packsOf(tx, found.id), items: await caseItems(tx, found.id),
    provinces: (await tx.selectFrom('province').select(['code', 'full_name', 'name_en']).where('code', '<>', ctx.desk.config.PROVINCE).orderBy('name').execute())
      .map((one) => ({ code: one.code, name: lang === 'vi' ? one.full_name : one.name_en })),
    agencies: (await listAgencies(tx, { on: localDate(tx.now) })).filter(({ id }) => id !== officer.agencyId).map((agency) => ({ id: agency.id, name: nameIn(agency, lang), competent: false })),
  }));
  const done = ctx.query('xong');
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.sharing.packs.title, current: 'phoi-hop', crumbs: crumbsOf(ctx, found, ctx.t.sharing.packs.title), clear: done === 'da-lap' ? `goi-${found.number}` : undefined,
    children: (
      <PacksPage lang={lang} found={found} {...data} officerId={officer.officerId} done={done} typed={typed}
        may={{ draft: holds(officer, 'case_officer', 'leader'), decide: holds(officer, 'reviewer', 'leader'), make: holds(officer, 'case_officer') }} />
    ),
  }), status);
}

async function draft(ctx: Ctx): Promise<Response> {
  const found = await ownCase(ctx);
  return step(ctx, 'lap', showPacks, async (body) => {
    const target = TARGETS.find((one) => one === body.get('target'));
    if (!target) throw new Invalid('no target', { fields: { target: 'target' } });
    const [agencyId] = target === 'agency' ? idsOf(body, 'agency') : [];
    if (target === 'agency' && !agencyId) throw new Invalid('no agency', { fields: { agency: 'agency' } });
    const recipientProvince = await provinceOf(ctx, body.get('province'));
    await asOfficer(ctx, (tx) => draftPack(ctx.desk, tx, ctx.officer, found, {
      target, recipientAgencyId: agencyId ?? null, recipientName: body.get('recipientName'), recipientProvince, why: body.get('why'), legalGround: body.get('legalGround'), withOriginals: body.get('originals') !== '',
      contactReportId: idsOf(body, 'contact')[0] ?? null, contactReason: body.get('contactReason'), days: Math.trunc(Number(body.get('days'))), items: choicesOf(body),
    }));
    return `${packsPath(found.number)}?xong=da-lap`;
  });
}

/** Another province by its code; null when none was chosen. */
async function provinceOf(ctx: Ctx, code: string): Promise<string | null> {
  if (code === '' || code === ctx.desk.config.PROVINCE) return null;
  return (await asOfficer(ctx, (tx) => tx.selectFrom('province').select('code').where('code', '=', code).executeTakeFirst()))?.code ?? null;
}

interface Own { readonly found: LedCaseView; readonly pack: PackRow }

async function ownPack(ctx: Ctx): Promise<Own> {
  const found = await ownCase(ctx);
  const pack = await asOfficer(ctx, (tx) => packRow(tx, found.id, packCode(ctx, 'pack')));
  if (!pack) throw new NotFound('pack');
  return { found, pack };
}

/** One step on a pack; a refusal comes back to the list with what was typed. */
async function packStep(ctx: Ctx, form: string, work: (own: Own, body: FormBody) => Promise<string>): Promise<Response> {
  const own = await ownPack(ctx);
  return step(ctx, `${form}-${own.pack.code}`, showPacks, async (body) => `${packsPath(own.found.number)}?xong=${await work(own, body)}#${own.pack.code}`);
}

function decide(ctx: Ctx): Promise<Response> {
  return packStep(ctx, 'duyet', async ({ found, pack }, body) => {
    const approves = body.get('do') !== 'tu-choi';
    await asOfficer(ctx, (tx) => decidePack(tx, ctx.officer, found, pack, approves, body.get('reason')));
    return approves ? 'da-duyet' : 'da-tu-choi';
  });
}

function make(ctx: Ctx): Promise<Response> {
  return packStep(ctx, 'tao', async ({ found, pack }) => {
    await makeApprovedPack(ctx.desk, ctx.officer, found, pack);
    return 'da-tao';
  });
}

function recall(ctx: Ctx): Promise<Response> {
  return packStep(ctx, 'thu-hoi', async ({ found, pack }, body) => {
    await recallPack(ctx.desk, ctx.officer, found, pack, body.get('why'));
    return 'da-thu-hoi-goi';
  });
}

function receipt(ctx: Ctx): Promise<Response> {
  return packStep(ctx, 'ky-nhan', async ({ found, pack }, body) => {
    await asOfficer(ctx, (tx) => recordReceipt(tx, ctx.officer, found, pack, { number: body.get('number'), on: parseDate(body.get('on')), office: body.get('office') }));
    return 'da-ghi-nhan';
  });
}

async function ownFile(ctx: Ctx): Promise<Response> {
  const { pack } = await ownPack(ctx);
  return fileOf(ctx, pack.code);
}

/** The signed note that a pack was taken back, for the desk that took it in. */
async function noteFile(ctx: Ctx): Promise<Response> {
  const { pack } = await ownPack(ctx);
  return download(ctx, await recallNote(ctx.desk, ctx.officer, pack), `thu-hoi-${pack.code}.zip`, 'application/zip');
}

async function fileOf(ctx: Ctx, code: string): Promise<Response> {
  const ref = await asOfficer(ctx, (tx) => packFile(tx, code));
  if (!ref) throw new NotFound('pack');
  return download(ctx, await ctx.desk.files.get(ref), `${code}.zip`, 'application/zip');
}

async function receivedPack(ctx: Ctx): Promise<Awaited<ReturnType<typeof receivedPacks>>[number]> {
  const code = packCode(ctx, 'code');
  const [pack] = await asOfficer(ctx, (tx) => receivedPacks(tx, ctx.officer, code));
  if (!pack) throw new NotFound('pack');
  return pack;
}

async function showReceived(ctx: Ctx): Promise<Response> {
  const pack = await receivedPack(ctx);
  return ctx.page(await consoleFrame(ctx, {
    title: pack.code, current: 'phoi-hop', crumbs: [{ href: SHARED_PATH, label: ctx.t.sharing.list.title }, { label: pack.code }], children: <ReceivedPackPage lang={ctx.lang} pack={pack} done={ctx.query('xong')} />,
  }));
}

async function receivedFile(ctx: Ctx): Promise<Response> {
  return fileOf(ctx, (await receivedPack(ctx)).code);
}

async function received(ctx: Ctx): Promise<Response> {
  const pack = await receivedPack(ctx);
  await asOfficer(ctx, (tx) => readPack(tx, ctx.officer, pack));
  return ctx.seeOther(`/can-bo/goi-nhan/${pack.code}?xong=da-nhan`);
}
