import type { VNode } from 'preact';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { consoleFrame } from '#modules/cases/index.ts';
import { communeOptions } from '#modules/intake/index.ts';
import { holds } from '#platform/actor.ts';
import { readForm, type FormBody } from '#platform/body.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { download, XLSX } from '#platform/download.ts';
import { Invalid, NotFound } from '#platform/errors.ts';
import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { cancelSheet, headerHash, MOST_SHEET_BYTES, openSheet, retrySheet, startSheet, uploadSheet } from '../commands/sheets.ts';
import { refusedRows, savedMappingOf, seesReports, sheetsOf, sheetView, type SheetView } from '../sheet-queries.ts';
import { SheetList } from '../views/sheet-list.tsx';
import { MappingPage } from '../views/sheet-mapping.tsx';
import { CancelledPage, DonePage, ExpiredPage, QuarantinedPage, RunningPage } from '../views/sheet-pages.tsx';
import { beginning, harmless, issueWords, placeWords, sheetHref, SHEETS } from '../views/sheet-words.tsx';
import { faultsOf, mappingOf, proposal, rowOf, type MappingFaults } from './form.ts';
import { columnsOf, firstRows, headOf, tryRows, unknownWords, type Head } from './look.ts';
import type { Mapping } from './mapping.ts';
import { readRows, type SheetRow } from './rows.ts';
import { errorSheet, templateSheet, type WrongRow } from './template.ts';

const SENDERS: Access = { kind: 'officer', roles: ['intake', 'case_officer', 'clerk', 'focal'] };
const MEGABYTES = Math.floor(MOST_SHEET_BYTES / 1024 / 1024);
/** A file beyond its limit is drained, so that the page can say so; past the total the request is cut off. */
const UPLOAD_LIMITS = { fileBytes: MOST_SHEET_BYTES, files: 1, fieldBytes: 4096, totalBytes: 300 * 1024 * 1024 };
const LIST_PAGE = 25;
const REFUSED_PAGE = 50;
const MOST_PAGES = 4000;
/** Rows of the sheet to correct; all of it is held in memory while it is written. */
const MOST_TO_CORRECT = 5000;
const REFRESH_SECONDS = 3;
const HEADING_WORDS = 80;

/** Reports that come in as spreadsheets: upload, columns, progress, what to correct. */
export const sheetRoutes: readonly Route[] = [
  { method: 'GET', path: SHEETS, access: SENDERS, handler: (ctx) => list(ctx) },
  { method: 'POST', path: SHEETS, access: SENDERS, handler: upload },
  { method: 'GET', path: `${SHEETS}/mau.xlsx`, access: SENDERS, handler: template },
  { method: 'GET', path: `${SHEETS}/:id`, access: SENDERS, handler: page },
  { method: 'POST', path: `${SHEETS}/:id/cot`, access: SENDERS, handler: review },
  { method: 'POST', path: `${SHEETS}/:id/bat-dau`, access: SENDERS, handler: begin },
  { method: 'POST', path: `${SHEETS}/:id/dung`, access: SENDERS, handler: stop },
  { method: 'POST', path: `${SHEETS}/:id/thu-lai`, access: SENDERS, handler: retry },
  { method: 'POST', path: `${SHEETS}/:id/tep-goc`, access: SENDERS, handler: original },
  { method: 'GET', path: `${SHEETS}/:id/can-sua.xlsx`, access: SENDERS, handler: toCorrect },
];

const read = <T,>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(ctx.desk, ctx.officer, work);

function pageOf(ctx: Ctx): number {
  const number = Number(ctx.query('trang'));
  return Number.isInteger(number) && number >= 1 && number <= MOST_PAGES ? number : 1;
}

/** The spreadsheet of the address, of the officer's own agency. @throws NotFound */
function own(ctx: Ctx): Promise<SheetView> {
  const id = uuidParam(ctx);
  return read(ctx, (tx) => sheetView(tx, id));
}

async function framed(ctx: Ctx, { name }: SheetView, children: VNode, status: ContentfulStatusCode = 200, headers: Record<string, string> = {}): Promise<Response> {
  const crumbs = [{ href: SHEETS, label: ctx.t.sheets.nav }, { label: name }];
  return ctx.page(await consoleFrame(ctx, { title: name, current: 'bang-tinh', crumbs, children }), status, headers);
}

// ── The list ────────────────────────────────────────────────────────────────────────────────────────────────────────

async function list(ctx: Ctx, error?: 'empty' | 'too_large'): Promise<Response> {
  const number = pageOf(ctx);
  const { rows, more } = await read(ctx, (tx) => sheetsOf(tx, LIST_PAGE, number));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.sheets.title, current: 'bang-tinh',
    children: <SheetList lang={ctx.lang} rows={rows} page={number} more={more} megabytes={MEGABYTES} error={error} />,
  }), error ? 422 : 200);
}

async function upload(ctx: Ctx): Promise<Response> {
  const form = await readForm(ctx.c.req.raw, UPLOAD_LIMITS);
  const file = form.files.find(({ field }) => field === 'tep');
  if (!file) return list(ctx, 'empty');
  try {
    return ctx.seeOther(sheetHref(await uploadSheet(ctx.desk, ctx.officer, file)));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return list(ctx, error.details?.reason === 'too_large' ? 'too_large' : 'empty');
  }
}

async function template(ctx: Ctx): Promise<Response> {
  return download(ctx, await templateSheet(), 'mau-phan-anh.xlsx', XLSX);
}

// ── One spreadsheet ─────────────────────────────────────────────────────────────────────────────────────────────────

/** GET …/:id, by the state of the import. */
async function page(ctx: Ctx): Promise<Response> {
  const sheet = await own(ctx);
  const { lang } = ctx;
  switch (sheet.state) {
    case 'uploaded': return sheet.ref ? showColumns(ctx, sheet) : framed(ctx, sheet, <ExpiredPage lang={lang} sheet={sheet} />);
    case 'quarantined': return framed(ctx, sheet, <QuarantinedPage lang={lang} sheet={sheet} retried={ctx.query('xong') === 'da-thu-lai'} />);
    case 'running': {
      const refreshing = ctx.query('cap-nhat') !== 'khong';
      return framed(ctx, sheet, <RunningPage lang={lang} sheet={sheet} refreshing={refreshing} />, 200, refreshing ? { Refresh: String(REFRESH_SECONDS) } : {});
    }
    case 'cancelled': return framed(ctx, sheet, <CancelledPage lang={lang} sheet={sheet} {...await refusedOf(ctx, sheet)} />);
    case 'done': {
      const reports = await reachOf(ctx, sheet);
      return framed(ctx, sheet, <DonePage lang={lang} sheet={sheet} reports={reports} {...await refusedOf(ctx, sheet)} />);
    }
  }
}

/** Where the reports of an import are for the one who asks: in their own lists, with another agency, or there are none to show. */
async function reachOf(ctx: Ctx, { id, taken, repeated }: SheetView): Promise<'seen' | 'elsewhere' | 'none'> {
  if (taken + repeated === 0) return 'none';
  if (!await read(ctx, (tx) => seesReports(tx, id))) return 'elsewhere';
  return holds(ctx.officer, 'intake', 'case_officer', 'focal') ? 'seen' : 'none';
}

async function refusedOf(ctx: Ctx, { id }: SheetView) {
  const number = pageOf(ctx);
  const refused = await read(ctx, (tx) => refusedRows(tx, id, { limit: REFUSED_PAGE, offset: (number - 1) * REFUSED_PAGE }));
  return { refused, page: number, size: REFUSED_PAGE, most: MOST_TO_CORRECT };
}

async function stop(ctx: Ctx): Promise<Response> {
  const { id } = await own(ctx);
  await read(ctx, (tx) => cancelSheet(tx, ctx.officer, id));
  return ctx.seeOther(sheetHref(id));
}

async function retry(ctx: Ctx): Promise<Response> {
  const { id } = await own(ctx);
  const readable = await retrySheet(ctx.desk, ctx.officer, id);
  return ctx.seeOther(sheetHref(id) + (readable ? '' : '?xong=da-thu-lai'));
}

/** POST …/tep-goc: the quarantined file as it came, under a name that no program opens. */
async function original(ctx: Ctx): Promise<Response> {
  const { id } = await own(ctx);
  const { ref, name } = await read(ctx, (tx) => openSheet(tx, ctx.officer, id));
  return download(ctx, await ctx.desk.files.get(ref), `${name}.nguy-hiem`, 'application/octet-stream');
}

// ── Columns ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A mapping and where it comes from. */
interface Shown {
  readonly head: Head;
  readonly mapping: Mapping;
  readonly from: 'saved' | 'guessed' | 'form';
}

/** The rows at the top of a file whose columns are still to be mapped. @throws NotFound when it is not waiting for that, or was deleted */
async function topRows(ctx: Ctx, { state, ref, name }: SheetView): Promise<SheetRow[]> {
  if (state !== 'uploaded' || !ref) throw new NotFound('sheet to map');
  return firstRows({ name, bytes: await ctx.desk.files.get(ref) });
}

async function proposed(ctx: Ctx, head: Head): Promise<Shown> {
  const saved = head.headerRow === 0 ? null : await read(ctx, (tx) => savedMappingOf(tx, ctx.officer.agencyId, headerHash(head.header)));
  return { head, mapping: proposal(head, saved), from: saved ? 'saved' : 'guessed' };
}

/** The mapping of a form that was sent; other headings are proposed anew. */
async function sent(ctx: Ctx, sheet: SheetView, body: FormBody): Promise<Shown> {
  const { row, changed } = rowOf(body);
  const head = headOf(await topRows(ctx, sheet), row);
  return changed ? proposed(ctx, head) : { head, mapping: mappingOf(body, head), from: 'form' };
}

async function showColumns(ctx: Ctx, sheet: SheetView, shown?: Shown, faults: MappingFaults | null = null): Promise<Response> {
  const { head, mapping, from } = shown ?? await proposed(ctx, headOf(await topRows(ctx, sheet), null));
  const communes = await communeOptions(ctx.desk);
  const trial = tryRows(head, mapping, { now: ctx.now, communes });
  return framed(ctx, sheet, (
    <MappingPage lang={ctx.lang} id={sheet.id} mapping={mapping} from={from} columns={columnsOf(head)} words={unknownWords(head, mapping)} trial={trial} faults={faults}
      choices={head.choices.map(({ number, cells }) => ({ number, words: beginning(harmless(cells.filter(Boolean).join(' | ')), HEADING_WORDS) }))}
      communes={new Map(communes.map(({ code, name }) => [code, name]))} />
  ), faults ? 422 : 200);
}

/** POST …/cot: the same page with what was chosen. */
async function review(ctx: Ctx): Promise<Response> {
  const sheet = await own(ctx);
  return showColumns(ctx, sheet, await sent(ctx, sheet, await ctx.form()));
}

/** POST …/bat-dau */
async function begin(ctx: Ctx): Promise<Response> {
  const sheet = await own(ctx);
  if (sheet.state !== 'uploaded') return ctx.seeOther(sheetHref(sheet.id));
  const shown = await sent(ctx, sheet, await ctx.form());
  const faults = faultsOf(shown.mapping);
  // Headings that changed with this very step were never seen with their columns.
  if (shown.from !== 'form') return showColumns(ctx, sheet, shown);
  if (faults) return showColumns(ctx, sheet, shown, faults);
  await read(ctx, (tx) => startSheet(ctx.desk, tx, ctx.officer, sheet.id, shown.mapping, shown.head.header));
  return ctx.seeOther(sheetHref(sheet.id));
}

// ── What to correct ─────────────────────────────────────────────────────────────────────────────────────────────────

/** GET …/can-sua.xlsx: the rows that were not taken, as they stand in the sheet, with what to correct. */
async function toCorrect(ctx: Ctx): Promise<Response> {
  const sheet = await own(ctx);
  const refused = await read(ctx, (tx) => refusedRows(tx, sheet.id, { limit: MOST_TO_CORRECT }));
  if (!sheet.ref || !sheet.mapping || refused.length === 0) throw new NotFound('rows to correct');
  const lang = 'vi';
  const wrong = new Map(refused.map(({ number, problems }) =>
    [number, problems.map((problem) => `${placeWords(problem, lang)}. ${issueWords(problem.issue, lang)}`)]));
  const { header, rows } = await cellsOf({ name: sheet.name, bytes: await ctx.desk.files.get(sheet.ref) }, sheet.mapping.headerRow, wrong);
  return download(ctx, await errorSheet(header, rows), 'can-sua.xlsx', XLSX);
}

/** The headings and the wanted rows of a file. */
async function cellsOf(file: { name: string; bytes: Buffer }, headerRow: number, wrong: ReadonlyMap<number, string[]>): Promise<{ header: string[]; rows: WrongRow[] }> {
  const last = Math.max(...wrong.keys());
  const rows: WrongRow[] = [];
  let header: readonly string[] = [];
  for await (const { number, cells } of readRows(file)) {
    if (number === headerRow) header = cells;
    const errors = wrong.get(number);
    if (errors) rows.push({ number, cells, errors });
    if (number >= last) break;
  }
  const width = Math.max(header.length, ...rows.map(({ cells }) => cells.length));
  return { header: Array.from({ length: width }, (_, column) => header[column] ?? ''), rows };
}
