import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { categoryOf } from '#catalogue/categories.ts';
import { OFFICE } from '#catalogue/roles.ts';
import { localDate } from '#core/deadlines.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { agencyName, agencyNames, explain, listAgencies, nameIn, responsible } from '#modules/directory/index.ts';
import { holds } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { download } from '#platform/download.ts';
import { Invalid, NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import { fileAsEvidence, sayToParty, sendFile } from './commands/answers.ts';
import { endParty, includeParty, readShares, recallShare, shareItems, SHARED_PATH } from './commands/parties.ts';
import { choicesOf, crumbsOf, idOf, idsOf, numberParam, ownCase, PRIVATE, step, textOf } from './forms.ts';
import { packRoutes } from './pack-routes.tsx';
import { peerRoutes } from './peer-routes.tsx';
import { countPacks, receivedPacks } from './packs/queries.ts';
import { wellKnownRoutes } from './well-known-routes.ts';
import {
  caseItems, ledCase, partiesOf, partyCase, partyCases, previewItems, sentBack, sentFile, shareCounts, sharedFrom, sharedItems, sharedItemsOf, sharedPicture, shareMessages, shareRecords,
} from './queries.ts';
import type { LedCaseView, PartyCase, PartyRow } from './types.ts';
import { sharedPath } from './views/items.tsx';
import { INVITED_AS, PartiesPage, sharePath, ShareWithPage } from './views/lead.tsx';
import { SharedList } from './views/list.tsx';
import type { Typed } from './views/parts.tsx';
import { PartyPage } from './views/party.tsx';

/** Everybody who acts for an agency in coordination. */
const READ: Access = { kind: 'officer', roles: OFFICE };
/** Who shares what the agency leads. */
const SHARERS: Access = { kind: 'officer', roles: ['case_officer', 'leader'] };

const CASE = `${SHARED_PATH}/:number`;
const SHARE = `${CASE}/chia-se`;
const WITH = `${SHARE}/:agency`;

/** What agencies show each other of a case, what they say back, packs, and desks of other provinces. */
export const sharingRoutes: readonly Route[] = [
  ...peerRoutes,
  { method: 'GET', path: SHARED_PATH, access: READ, handler: list },
  { method: 'GET', path: CASE, access: READ, handler: (ctx) => showParty(ctx) },
  { method: 'GET', path: `${CASE}/anh/:id`, access: READ, handler: picture },
  { method: 'GET', path: `${CASE}/tep/:id`, access: READ, handler: sentBackFile },
  { method: 'POST', path: `${CASE}/da-doc`, access: READ, handler: receipt },
  { method: 'POST', path: `${CASE}/nhan-tin`, access: READ, handler: say },
  { method: 'POST', path: `${CASE}/gui-tep`, access: READ, handler: send },
  { method: 'GET', path: SHARE, access: SHARERS, handler: (ctx) => showParties(ctx) },
  { method: 'POST', path: `${SHARE}/them-co-quan`, access: SHARERS, handler: include },
  { method: 'GET', path: WITH, access: SHARERS, handler: (ctx) => showWith(ctx) },
  { method: 'POST', path: WITH, access: SHARERS, handler: share },
  { method: 'POST', path: `${WITH}/thu-hoi`, access: SHARERS, handler: recall },
  { method: 'POST', path: `${WITH}/thoi`, access: SHARERS, handler: end },
  { method: 'POST', path: `${WITH}/nhan-tin`, access: SHARERS, handler: answer },
  { method: 'POST', path: `${WITH}/chung-cu`, access: SHARERS, handler: fileIt },
  ...packRoutes,
  ...wellKnownRoutes,
];

// ── The party's side ────────────────────────────────────────────────────────────────────────────────────────────────

async function list(ctx: Ctx): Promise<Response> {
  const data = await asOfficer(ctx, async (tx) => {
    const cases = await partyCases(tx, ctx.officer);
    const counts = await shareCounts(tx, ctx.officer, cases.map(({ id }) => id));
    const names = await agencyNames(tx, cases.map(({ leadAgencyId }) => leadAgencyId), localDate(tx.now));
    return {
      forUs: cases.map((one) => ({ ...one, leadName: nameOf(ctx, names.get(one.leadAgencyId)), items: counts.get(one.id)?.all ?? 0, unread: counts.get(one.id)?.unread ?? 0 })),
      fromUs: holds(ctx.officer, 'case_officer', 'leader') ? await sharedFrom(tx, ctx.officer) : [], packs: await receivedPacks(tx, ctx.officer),
    };
  });
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.sharing.list.title, current: 'phoi-hop', children: <SharedList lang={ctx.lang} {...data} />,
  }));
}

function nameOf(ctx: Ctx, names: Parameters<typeof nameIn>[0] | null | undefined): string {
  return names ? nameIn(names, ctx.lang) : '';
}

async function showParty(ctx: Ctx, typed?: Typed, status: ContentfulStatusCode = 200): Promise<Response> {
  const number = numberParam(ctx);
  const data = await asOfficer(ctx, async (tx) => {
    if (holds(ctx.officer, 'case_officer', 'leader') && await leads(ctx, tx, number)) return null;
    const found = await partyCase(tx, ctx.officer, number);
    return {
      found, leadName: nameOf(ctx, await agencyName(tx, found.leadAgencyId, localDate(tx.now))), items: await sharedItems(tx, found.id, ctx.desk.keys),
      messages: await shareMessages(tx, found.id, ctx.officer.agencyId), files: await sentBack(tx, found.id, ctx.officer.agencyId),
    };
  });
  if (!data) return ctx.seeOther(sharePath(number));
  const done = ctx.query('xong');
  return ctx.page(await consoleFrame(ctx, {
    title: data.found.title, current: 'phoi-hop', crumbs: [{ href: SHARED_PATH, label: ctx.t.sharing.list.title }, { label: number }],
    clear: done === 'da-nhan-tin' ? `nhan-tin-${number}` : undefined, children: <PartyPage lang={ctx.lang} {...data} done={done} typed={typed} />,
  }), status);
}

async function leads(ctx: Ctx, tx: Tx, number: string): Promise<boolean> {
  return ledCase(tx, ctx.officer, number).then(() => true, (error: unknown) => {
    if (error instanceof NotFound) return false;
    throw error;
  });
}

async function picture(ctx: Ctx): Promise<Response> {
  const [number, id] = [numberParam(ctx), uuidParam(ctx)];
  const ref = await asOfficer(ctx, async (tx) => {
    await partyCase(tx, ctx.officer, number);
    return sharedPicture(tx, id);
  });
  if (!ref) throw new NotFound('picture');
  return ctx.c.body(new Uint8Array(await ctx.desk.files.get(ref)), 200, { ...PRIVATE, 'Content-Type': 'image/jpeg', 'Content-Disposition': 'inline; filename="anh.jpg"' });
}

/** A file that was sent back, for both sides: always saved, never opened inside the console. */
async function sentBackFile(ctx: Ctx): Promise<Response> {
  const [number, id] = [numberParam(ctx), uuidParam(ctx)];
  const file = await asOfficer(ctx, async (tx) => {
    const caseId = await leads(ctx, tx, number) ? (await ledCase(tx, ctx.officer, number)).id : (await partyCase(tx, ctx.officer, number)).id;
    return sentFile(tx, caseId, id);
  });
  if (!file) throw new NotFound('file');
  return download(ctx, await ctx.desk.files.get(file.ref), file.name, file.type);
}

async function ownPart(ctx: Ctx): Promise<PartyCase> {
  return asOfficer(ctx, (tx) => partyCase(tx, ctx.officer, numberParam(ctx)));
}

async function receipt(ctx: Ctx): Promise<Response> {
  const found = await ownPart(ctx);
  return step(ctx, 'da-doc', showParty, async (body) => {
    const shares = idsOf(body, 'share');
    if (shares.length === 0) throw new NotFound('share');
    await asOfficer(ctx, (tx) => readShares(tx, ctx.officer, found.id, shares));
    return `${sharedPath(found.number)}?xong=da-doc`;
  });
}

async function say(ctx: Ctx): Promise<Response> {
  const found = await ownPart(ctx);
  return step(ctx, 'nhan-tin', showParty, async (body) => {
    await asOfficer(ctx, (tx) => sayToParty(tx, ctx.officer, found, ctx.officer.agencyId, body.get('body')));
    return `${sharedPath(found.number)}?xong=da-nhan-tin#trao-doi`;
  });
}

async function send(ctx: Ctx): Promise<Response> {
  const found = await ownPart(ctx);
  return step(ctx, 'gui-tep', showParty, async (body) => {
    await sendFile(ctx.desk, ctx.officer, { ...found, storesImages: categoryOf(found.category).storesImages, closed: found.state === 'closed' }, body.files.find(({ field }) => field === 'file'));
    return `${sharedPath(found.number)}?xong=da-gui-tep#tep`;
  });
}

// ── The side of the agency that leads ───────────────────────────────────────────────────────────────────────────────

async function showParties(ctx: Ctx, typed?: Typed, status: ContentfulStatusCode = 200): Promise<Response> {
  const found = await ownCase(ctx);
  const data = await asOfficer(ctx, async (tx) => {
    const on = localDate(tx.now);
    const competent = await responsible(tx, { category: found.category, communeCode: null, provinceCode: ctx.desk.config.PROVINCE, on });
    const parties = await partiesOf(tx, found.id);
    const there = new Set([found.leadAgencyId, ...parties.filter(({ endedAt }) => endedAt === null).map(({ agencyId }) => agencyId)]);
    const agencies = (await listAgencies(tx, { on })).filter(({ id }) => !there.has(id))
      .map((agency) => ({ id: agency.id, name: nameIn(agency, ctx.lang), competent: competent.some(({ agencyId }) => agencyId === agency.id) }));
    return { parties, agencies, competence: explain(competent, ctx.lang), packs: await countPacks(tx, found.id) };
  });
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.sharing.lead.title, current: 'phoi-hop', crumbs: crumbsOf(ctx, found), children: <PartiesPage lang={ctx.lang} found={found} {...data} done={ctx.query('xong')} typed={typed} />,
  }), status);
}

async function include(ctx: Ctx): Promise<Response> {
  const found = await ownCase(ctx);
  return step(ctx, 'them-co-quan', showParties, async (body) => {
    const [agencyId] = idsOf(body, 'agency');
    const part = INVITED_AS.find((one) => one === body.get('part'));
    const fields = { ...(!agencyId && { agency: 'agency' }), ...(!part && { part: 'part' }) };
    if (!agencyId || !part) throw new Invalid('incomplete', { fields });
    await asOfficer(ctx, async (tx) => {
      if (!(await listAgencies(tx, { on: localDate(tx.now) })).some(({ id }) => id === agencyId)) throw new Invalid('unknown agency', { fields: { agency: 'agency' } });
      await includeParty(tx, ctx.officer, found.id, agencyId, part);
    });
    return `${sharePath(found.number, agencyId)}?xong=da-moi`;
  });
}

interface With { readonly found: LedCaseView; readonly party: PartyRow }

async function withParty(ctx: Ctx): Promise<With> {
  const found = await ownCase(ctx);
  const agencyId = uuidParam(ctx, 'agency');
  const party = (await asOfficer(ctx, (tx) => partiesOf(tx, found.id))).find((one) => one.agencyId === agencyId);
  if (!party) throw new NotFound('party');
  return { found, party };
}

async function showWith(ctx: Ctx, typed?: Typed, status: ContentfulStatusCode = 200, preview = false): Promise<Response> {
  const { found, party } = await withParty(ctx);
  const { keys } = ctx.desk;
  const chosen = preview ? choicesOf(await ctx.form()) : null;
  const data = await asOfficer(ctx, async (tx) => ({
    items: await caseItems(tx, found.id), sees: await sharedItemsOf(tx, found.id, party.agencyId, keys), preview: chosen && await previewItems(tx, found.id, chosen, keys),
    records: await shareRecords(tx, found.id, party.agencyId), messages: await shareMessages(tx, found.id, party.agencyId), files: await sentBack(tx, found.id, party.agencyId),
  }));
  const done = ctx.query('xong');
  const name = ctx.lang === 'vi' ? party.name : party.nameEn;
  return ctx.page(await consoleFrame(ctx, {
    title: name, current: 'phoi-hop', crumbs: crumbsOf(ctx, found, name), clear: done === 'da-chia-se' ? `chia-se-${found.number}-${party.agencyId}` : done === 'da-nhan-tin' ? `nhan-tin-${found.number}-${party.agencyId}` : undefined,
    children: <ShareWithPage lang={ctx.lang} found={found} party={party} {...data} done={done} typed={typed} />,
  }), status);
}

async function share(ctx: Ctx): Promise<Response> {
  const { found, party } = await withParty(ctx);
  const body = await ctx.form();
  // A look beforehand changes nothing and keeps the ticks.
  if (body.get('do') === 'xem-truoc') return showWith(ctx, { form: 'chia-se', values: body.fields, all: body.all, errors: {} }, 200, true);
  return step(ctx, 'chia-se', showWith, async () => {
    const items = choicesOf(body);
    const why = body.get('why');
    if (items.length === 0) throw new Invalid('nothing chosen', { fields: { item: 'items' } });
    await asOfficer(ctx, (tx) => shareItems(tx, ctx.officer, found.id, party.agencyId, items, why));
    return `${sharePath(found.number, party.agencyId)}?xong=da-chia-se`;
  });
}

/** One step on the page of one agency. */
async function withStep(ctx: Ctx, form: string | ((id: string) => string), done: string, work: (tx: Tx, where: With, body: Awaited<ReturnType<Ctx['form']>>) => Promise<void>): Promise<Response> {
  const where = await withParty(ctx);
  const body = await ctx.form();
  const name = typeof form === 'string' ? form : form(body.get('share') || body.get('file'));
  return step(ctx, name, showWith, async () => {
    await asOfficer(ctx, (tx) => work(tx, where, body));
    return `${sharePath(where.found.number, where.party.agencyId)}?xong=${done}`;
  });
}

function recall(ctx: Ctx): Promise<Response> {
  return withStep(ctx, (id) => `thu-hoi-${id}`, 'da-thu-hoi', (tx, { found }, body) => recallShare(tx, ctx.officer, found, idOf(body, 'share'), body.get('why')));
}

function end(ctx: Ctx): Promise<Response> {
  return withStep(ctx, 'thoi', 'da-thoi', (tx, { found, party }, body) => endParty(tx, ctx.officer, found, party.agencyId, body.get('why')));
}

function answer(ctx: Ctx): Promise<Response> {
  return withStep(ctx, 'nhan-tin', 'da-nhan-tin', (tx, { found, party }, body) => sayToParty(tx, ctx.officer, found, party.agencyId, body.get('body')));
}

function fileIt(ctx: Ctx): Promise<Response> {
  return withStep(ctx, (id) => `chung-cu-${id}`, 'da-vao-chung-cu', (tx, { found }, body) => fileAsEvidence(tx, ctx.officer, found, idOf(body, 'file'), textOf(body, 'description', 3, 2000)));
}
