import type { Calendar } from '#catalogue/holidays.ts';
import { localDate } from '#core/deadlines.ts';
import { agencyAbbreviation, gapsOf, isOutgoingLate, usualSymbol } from '#core/registers.ts';
import { agencyName } from '#modules/directory/index.ts';
import { deskCalendar } from '#platform/calendar.ts';
import { download } from '#platform/download.ts';
import { NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import type { Tx } from '#platform/db.ts';
import { isUuid } from '#platform/uuid.ts';
import { cancelOutgoing, enterByHand, issueNumber, recordDispatch } from './commands/outgoing.ts';
import { checkAgain, fileDocument } from './commands/filing.ts';
import { outgoingNumber } from './cells.ts';
import { readContents, readDispatch, readNumber, type Read } from './forms.ts';
import { keepsRegister, READERS } from './policy.ts';
import { fileOf, filesOf, MOST_ROWS, outgoingById, outgoingRegister, usedNumbers, waitingDocuments } from './queries/registers.ts';
import { formWithFile, periodOf, refusal, type Given } from './reading.ts';
import { OUT_PATH, REGISTER_PATH, type OutgoingRow } from './types.ts';
import { OutgoingBook } from './views/books.tsx';
import { AddPage, OutgoingPage } from './views/outgoing.tsx';
import type { Typed } from './views/parts.tsx';

const READ: Access = { kind: 'officer', roles: READERS };
const CLERK: Access = { kind: 'officer', roles: ['clerk'] };
/** Gaps named on the page. */
const MOST_GAPS = 20;

/** The outgoing register and what the clerk does with it. */
export function outgoingRoutes(given: Given): readonly Route[] {
  return [
    { method: 'GET', path: REGISTER_PATH, access: READ, handler: (ctx) => ctx.seeOther(OUT_PATH) },
    { method: 'GET', path: OUT_PATH, access: READ, handler: (ctx) => list(ctx, given) },
    { method: 'GET', path: `${OUT_PATH}/them`, access: CLERK, handler: (ctx) => adding(ctx, given) },
    { method: 'POST', path: `${OUT_PATH}/them`, access: CLERK, handler: (ctx) => add(ctx, given) },
    { method: 'GET', path: `${OUT_PATH}/:id`, access: READ, handler: (ctx) => show(ctx, given) },
    { method: 'POST', path: `${OUT_PATH}/:id/cap-so`, access: CLERK, handler: (ctx) => step(ctx, given, 'cap-so', readNumber, (tx, id, value) => issueNumber(tx, ctx.officer, id, value)) },
    { method: 'POST', path: `${OUT_PATH}/:id/chuyen`, access: CLERK, handler: (ctx) => step(ctx, given, 'chuyen', readDispatch, (tx, id, value) => recordDispatch(tx, ctx.officer, id, value), 'luu') },
    { method: 'POST', path: `${OUT_PATH}/:id/huy`, access: CLERK, handler: (ctx) => step(ctx, given, 'huy', (body) => ({ ok: true, value: body.get('reason').trim() }), (tx, id, value) => cancelOutgoing(tx, ctx.officer, id, value)) },
    { method: 'POST', path: `${OUT_PATH}/:id/tep`, access: CLERK, handler: (ctx) => addFile(ctx, given) },
    { method: 'GET', path: `${OUT_PATH}/:id/tep/:tep`, access: READ, handler: (ctx) => sendFile(ctx) },
    { method: 'POST', path: `${OUT_PATH}/:id/tep/:tep`, access: CLERK, handler: (ctx) => repeatCheck(ctx, OUT_PATH) },
  ];
}

function isLate(row: OutgoingRow, today: string, calendar: Calendar): boolean {
  if (row.issuedOn === null || row.cancelledAt) return false;
  return isOutgoingLate({ issuedOn: row.issuedOn, registeredOn: localDate(row.registeredAt!), dispatchedOn: row.dispatchedOn, isUrgent: row.urgency !== null }, today, calendar);
}

async function list(ctx: Ctx, { frame }: Given): Promise<Response> {
  const { period, error } = periodOf(ctx);
  const today = localDate(ctx.now);
  const calendar = await deskCalendar(ctx.desk);
  const year = period.to.slice(0, 4);
  const found = await asOfficer(ctx, async (tx) => (
    { waiting: await waitingDocuments(tx), rows: await outgoingRegister(tx, period), gaps: gapsOf(await usedNumbers(tx, ctx.officer.agencyId, Number(year))) }));
  const gaps = found.gaps.slice(0, MOST_GAPS).map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
  return ctx.page(await frame(ctx, {
    title: ctx.t.registers.books.di, current: 'so-van-ban', children: (
      <OutgoingBook lang={ctx.lang} period={period} periodError={error} keeps={keepsRegister(ctx.officer)} done={ctx.query('xong')} most={MOST_ROWS} waiting={found.waiting} rows={found.rows}
        isLate={(row) => isLate(row, today, calendar)} gaps={gaps === '' ? null : { list: gaps, year }} />
    ),
  }), error ? 422 : 200);
}

async function adding(ctx: Ctx, { frame }: Given, typed: Typed | null = null): Promise<Response> {
  const t = ctx.t.registers;
  const id = typed?.values['corrects'] ?? ctx.query('dinh-chinh');
  const corrects = isUuid(id) ? await asOfficer(ctx, (tx) => outgoingById(tx, id)) : null;
  const title = corrects ? t.out.correct : t.out.add;
  return ctx.page(await frame(ctx, {
    title, current: 'so-van-ban', crumbs: [{ label: t.books.di, href: OUT_PATH }, { label: title }], children: <AddPage lang={ctx.lang} typed={typed} corrects={corrects?.number ? corrects : null} />,
  }), typed ? 422 : 200);
}

async function add(ctx: Ctx, given: Given): Promise<Response> {
  const body = await ctx.form();
  const read = readContents(body, ctx.t.registers.errors);
  if (!read.ok) return adding(ctx, given, { form: 'them', values: body.fields, errors: read.errors });
  const corrects = body.get('corrects');
  const id = await asOfficer(ctx, async (tx) => {
    const corrected = isUuid(corrects) ? await outgoingById(tx, corrects) : null;
    return enterByHand(tx, ctx.officer, read.value, corrected?.number ? corrected.id : null);
  });
  return ctx.seeOther(`${OUT_PATH}/${id}?xong=them`);
}

async function show(ctx: Ctx, { frame }: Given, typed: Typed | null = null): Promise<Response> {
  const id = uuidParam(ctx);
  const today = localDate(ctx.now);
  const found = await asOfficer(ctx, async (tx) => {
    const row = await outgoingById(tx, id);
    if (!row) throw new NotFound('document');
    const numbers = row.number === null ? await usedNumbers(tx, ctx.officer.agencyId, Number(today.slice(0, 4))) : [];
    const names = row.number === null ? await agencyName(tx, ctx.officer.agencyId, today) : null;
    const symbol = usualSymbol(row.kind, agencyAbbreviation(names?.shortName ?? ''));
    return { row, files: await filesOf(tx, { outId: id }), proposed: { number: (numbers.at(-1) ?? 0) + 1, symbol, on: today } };
  });
  const t = ctx.t.registers;
  const title = outgoingNumber(found.row) || found.row.title;
  return ctx.page(await frame(ctx, {
    title, current: 'so-van-ban', crumbs: [{ label: t.books.di, href: OUT_PATH }, { label: title }],
    children: <OutgoingPage lang={ctx.lang} {...found} keeps={keepsRegister(ctx.officer)} late={isLate(found.row, today, await deskCalendar(ctx.desk))} done={ctx.query('xong')} typed={typed} />,
  }), typed ? 422 : 200);
}

/** One form of a document's page: read, done, or back with what was typed. */
async function step<T>(
  ctx: Ctx, given: Given, form: string, read: (body: Awaited<ReturnType<Ctx['form']>>, today: string, words: Ctx['t']['registers']['errors']) => Read<T>,
  work: (tx: Tx, id: string, value: T) => Promise<void>, done: string = form,
): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await ctx.form();
  const value = read(body, localDate(ctx.now), ctx.t.registers.errors);
  if (!value.ok) return show(ctx, given, { form, values: body.fields, errors: value.errors });
  try {
    await asOfficer(ctx, (tx) => work(tx, id, value.value));
    return ctx.seeOther(`${OUT_PATH}/${id}?xong=${done}`);
  } catch (error) {
    return show(ctx, given, { form, values: body.fields, errors: refusal(ctx, error) });
  }
}

async function addFile(ctx: Ctx, given: Given): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await formWithFile(ctx);
  try {
    await fileDocument(ctx.desk, ctx.officer, { outId: id }, body.files[0]);
    return ctx.seeOther(`${OUT_PATH}/${id}?xong=tep#tep`);
  } catch (error) {
    return show(ctx, given, { form: 'tep', values: {}, errors: refusal(ctx, error) });
  }
}

/** GET …/tep/:tep of either register: the file as it was filed. */
export async function sendFile(ctx: Ctx): Promise<Response> {
  const [id, fileId] = [uuidParam(ctx), uuidParam(ctx, 'tep')];
  const file = await asOfficer(ctx, (tx) => fileOf(tx, id, fileId));
  if (!file) throw new NotFound('file');
  const ending = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' }[file.mediaType] ?? 'bin';
  return download(ctx, await ctx.desk.files.get(file.ref), `van-ban-${fileId.slice(-8)}.${ending}`, file.mediaType);
}

/** POST …/tep/:tep: a check that could not be made is made again. */
export async function repeatCheck(ctx: Ctx, path: string): Promise<Response> {
  const [id, fileId] = [uuidParam(ctx), uuidParam(ctx, 'tep')];
  await checkAgain(ctx.desk, ctx.officer, id, fileId);
  return ctx.seeOther(`${path}/${id}#tep`);
}
