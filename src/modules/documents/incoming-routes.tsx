import type { Calendar } from '#catalogue/holidays.ts';
import { localDate } from '#core/deadlines.ts';
import { isIncomingLate } from '#core/registers.ts';
import { deskCalendar } from '#platform/calendar.ts';
import { NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import type { Tx } from '#platform/db.ts';
import { incomingTitle, issuerWord } from './cells.ts';
import { checkedType, fileDocument } from './commands/filing.ts';
import { cancelIncoming, passOn, recordProgress, registerIncoming } from './commands/incoming.ts';
import { readIncoming, readPassedOn, readProgress, type Read } from './forms.ts';
import { repeatCheck, sendFile } from './outgoing-routes.tsx';
import { keepsRegister, mayPassOn, READERS } from './policy.ts';
import { alike, colleagues, filesOf, followUpRegister, incomingById, incomingRegister, MOST_ROWS } from './queries/registers.ts';
import { formWithFile, periodOf, refusal, type Given } from './reading.ts';
import { FOLLOW_PATH, IN_PATH, type IncomingRow } from './types.ts';
import { FollowBook, IncomingBook } from './views/books.tsx';
import { IncomingPage, RegisterPage } from './views/incoming.tsx';
import type { Typed } from './views/parts.tsx';

const READ: Access = { kind: 'officer', roles: READERS };
const CLERK: Access = { kind: 'officer', roles: ['clerk'] };
const PASS: Access = { kind: 'officer', roles: ['clerk', 'leader'] };

/** The incoming register, the follow-up register, and what is done with a document that came. */
export function incomingRoutes(given: Given): readonly Route[] {
  return [
    { method: 'GET', path: IN_PATH, access: READ, handler: (ctx) => list(ctx, given) },
    { method: 'GET', path: FOLLOW_PATH, access: READ, handler: (ctx) => followUp(ctx, given) },
    { method: 'GET', path: `${IN_PATH}/them`, access: CLERK, handler: (ctx) => registering(ctx, given) },
    { method: 'POST', path: `${IN_PATH}/them`, access: CLERK, handler: (ctx) => register(ctx, given) },
    { method: 'GET', path: `${IN_PATH}/:id`, access: READ, handler: (ctx) => show(ctx, given) },
    { method: 'POST', path: `${IN_PATH}/:id/chuyen`, access: PASS, handler: (ctx) => pass(ctx, given) },
    { method: 'POST', path: `${IN_PATH}/:id/tien-do`, access: READ, handler: (ctx) => progress(ctx, given) },
    { method: 'POST', path: `${IN_PATH}/:id/huy`, access: CLERK, handler: (ctx) => step(ctx, given, 'huy', (body) => ({ ok: true, value: body.get('reason').trim() }), async (tx, row, value) => {
      await cancelIncoming(tx, ctx.officer, row.id, value, given.follow);
      return row.id;
    }) },
    { method: 'POST', path: `${IN_PATH}/:id/tep`, access: CLERK, handler: (ctx) => addFile(ctx, given) },
    { method: 'GET', path: `${IN_PATH}/:id/tep/:tep`, access: READ, handler: sendFile },
    { method: 'POST', path: `${IN_PATH}/:id/tep/:tep`, access: CLERK, handler: (ctx) => repeatCheck(ctx, IN_PATH) },
  ];
}

function isLate(row: IncomingRow, today: string, calendar: Calendar): boolean {
  return row.cancelReason === null && isIncomingLate({ arrivedOn: row.arrivedOn, registeredOn: localDate(row.registeredAt), passedOn: row.passedOn ?? (row.isOwn ? null : row.arrivedOn) }, today, calendar);
}

async function list(ctx: Ctx, { frame }: Given): Promise<Response> {
  const { period, error } = periodOf(ctx);
  const today = localDate(ctx.now);
  const calendar = await deskCalendar(ctx.desk);
  const rows = await asOfficer(ctx, (tx) => incomingRegister(tx, period));
  return ctx.page(await frame(ctx, {
    title: ctx.t.registers.books.den, current: 'so-van-ban', children: (
      <IncomingBook lang={ctx.lang} period={period} periodError={error} keeps={keepsRegister(ctx.officer)} done={ctx.query('xong')} most={MOST_ROWS} rows={rows} isLate={(row) => isLate(row, today, calendar)} />
    ),
  }), error ? 422 : 200);
}

async function followUp(ctx: Ctx, { frame }: Given): Promise<Response> {
  const { period, error } = periodOf(ctx);
  const rows = await asOfficer(ctx, (tx) => followUpRegister(tx, period));
  return ctx.page(await frame(ctx, {
    title: ctx.t.registers.books['theo-doi'], current: 'so-van-ban', children: (
      <FollowBook lang={ctx.lang} period={period} periodError={error} keeps={keepsRegister(ctx.officer)} done={ctx.query('xong')} most={MOST_ROWS} rows={rows} today={localDate(ctx.now)} />
    ),
  }), error ? 422 : 200);
}

async function registering(ctx: Ctx, { frame }: Given, typed: Typed | null = null, same: readonly IncomingRow[] = []): Promise<Response> {
  const t = ctx.t.registers;
  return ctx.page(await frame(ctx, {
    title: t.incoming.add, current: 'so-van-ban', crumbs: [{ label: t.books.den, href: IN_PATH }, { label: t.incoming.add }],
    children: <RegisterPage lang={ctx.lang} today={localDate(ctx.now)} typed={typed} alike={same} />,
  }), typed ? 422 : 200);
}

async function register(ctx: Ctx, given: Given): Promise<Response> {
  const body = await formWithFile(ctx);
  const t = ctx.t.registers;
  const back = (errors: Typed['errors'], same: readonly IncomingRow[] = []) => registering(ctx, given, { form: 'them', values: body.fields, errors }, same);
  const read = readIncoming(body, localDate(ctx.now), t.errors);
  if (!read.ok) return back(read.errors);
  const [scan] = body.files;
  try {
    if (scan) checkedType(scan);
    const same = body.get('khac') === '1' ? [] : await asOfficer(ctx, (tx) => alike(tx, read.value));
    if (same.length > 0) return await back({ khac: t.incoming.alikeError }, same);
    const { id } = await asOfficer(ctx, (tx) => registerIncoming(tx, ctx.officer, read.value));
    if (scan) await fileDocument(ctx.desk, ctx.officer, { inId: id }, scan);
    return ctx.seeOther(`${IN_PATH}/${id}?xong=vao-so`);
  } catch (error) {
    return back(refusal(ctx, error));
  }
}

async function show(ctx: Ctx, { frame }: Given, typed: Typed | null = null): Promise<Response> {
  const id = uuidParam(ctx);
  const today = localDate(ctx.now);
  const { officer } = ctx;
  const passes = mayPassOn(officer);
  const found = await asOfficer(ctx, async (tx) => {
    const row = await incomingById(tx, id);
    if (!row) throw new NotFound('document');
    return { row, files: await filesOf(tx, { inId: row.id }), colleagues: passes ? await colleagues(tx, officer.agencyId) : [] };
  });
  const t = ctx.t.registers;
  const late = isLate(found.row, today, await deskCalendar(ctx.desk));
  const title = t.incoming.heading(`${found.row.number}/${found.row.year}`);
  return ctx.page(await frame(ctx, {
    title, current: 'so-van-ban', crumbs: [{ label: t.books.den, href: IN_PATH }, { label: title }],
    children: (
      <IncomingPage lang={ctx.lang} today={today} {...found} keeps={keepsRegister(officer)} passes={passes} handles={passes || found.row.officerId === officer.officerId} late={late}
        done={ctx.query('xong')} typed={typed} />
    ),
  }), typed ? 422 : 200);
}

/** One form of a document's page; gives the id of the row it is then. */
async function step<T>(
  ctx: Ctx, given: Given, form: string, read: (body: Awaited<ReturnType<Ctx['form']>>, today: string, words: Ctx['t']['registers']['errors']) => Read<T>,
  work: (tx: Tx, row: IncomingRow, value: T) => Promise<string>, done: string = form,
): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await ctx.form();
  const row = await asOfficer(ctx, (tx) => incomingById(tx, id));
  if (!row) throw new NotFound('document');
  const value = read(body, localDate(ctx.now), ctx.t.registers.errors);
  if (!value.ok) return show(ctx, given, { form, values: body.fields, errors: value.errors });
  try {
    const now = await asOfficer(ctx, async (tx) => work(tx, (await incomingById(tx, id))!, value.value));
    return ctx.seeOther(`${IN_PATH}/${now}?xong=${done}`);
  } catch (error) {
    return show(ctx, given, { form, values: body.fields, errors: refusal(ctx, error) });
  }
}

function pass(ctx: Ctx, given: Given): Promise<Response> {
  return step(ctx, given, 'chuyen', readPassedOn, (tx, row, value) => passOn(tx, ctx.officer, row, value, {
    issuer: issuerWord(row, 'vi'), title: incomingTitle(row, 'vi'), taskTitle: ctx.t.registers.incoming.task(`${row.number}/${row.year}`),
  }, given.follow));
}

function progress(ctx: Ctx, given: Given): Promise<Response> {
  return step(ctx, given, 'tien-do', readProgress, async (tx, row, value) => {
    // Whoever it was not given to does not find it here.
    if (!row.isOwn || !(mayPassOn(ctx.officer) || row.officerId === ctx.officer.officerId)) throw new NotFound('document');
    await recordProgress(tx, ctx.officer, row.id, value, given.follow);
    return row.id;
  }, 'luu');
}

async function addFile(ctx: Ctx, given: Given): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await formWithFile(ctx);
  try {
    await fileDocument(ctx.desk, ctx.officer, { inId: id }, body.files[0]);
    return ctx.seeOther(`${IN_PATH}/${id}?xong=tep#tep`);
  } catch (error) {
    return show(ctx, given, { form: 'tep', values: {}, errors: refusal(ctx, error) });
  }
}
