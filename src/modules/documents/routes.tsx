import { agencyName } from '#modules/directory/index.ts';
import type { ConsoleFrame } from '#modules/law/index.ts';
import { download } from '#platform/download.ts';
import { NotFound } from '#platform/errors.ts';
import type { Access, Ctx, Route } from '#platform/http.ts';
import type { Tx } from '#platform/db.ts';
import { asOfficer } from '#platform/http.ts';
import { BOOKS, followCells, incomingCells, outgoingCells, type Book } from './cells.ts';
import { incomingRoutes } from './incoming-routes.tsx';
import { outgoingRoutes } from './outgoing-routes.tsx';
import { READERS } from './policy.ts';
import { followUpRegister, incomingRegister, MOST_EXPORTED, MOST_ROWS, outgoingRegister } from './queries/registers.ts';
import { periodOf } from './reading.ts';
import { FORMATS, MEDIA, registerFile } from './register-files.ts';
import { templateRoutes } from './template-routes.tsx';
import type { FollowUp, Period } from './types.ts';
import { PrintedBook } from './views/books.tsx';
import { BOOK_PATHS } from './views/parts.tsx';

const READ: Access = { kind: 'officer', roles: READERS };

/**
 * Registers of documents and templates.
 * @param frame a console page around its content @param follow what the tasks do when a document is given to somebody
 */
export function documentRoutes(frame: ConsoleFrame, follow: FollowUp): readonly Route[] {
  const styled: ConsoleFrame = (ctx, { children, ...page }) => frame(ctx, { ...page, children: <><link rel="stylesheet" href={ctx.assets('registers.css')} />{children}</> });
  const given = { frame: styled, follow };
  return [
    // Before `:id`, which no export is.
    ...BOOKS.map((book): Route => ({ method: 'GET', path: `${BOOK_PATHS[book]}/xuat`, access: READ, handler: (ctx) => send(ctx, book) })),
    ...outgoingRoutes(given), ...incomingRoutes(given), ...templateRoutes(given),
  ];
}

/** The cells of a register of a period. */
async function cellsOf(tx: Tx, book: Book, period: Period, most: number, { lang }: Ctx): Promise<string[][]> {
  if (book === 'di') return (await outgoingRegister(tx, period, most)).map((row) => outgoingCells(row, lang));
  if (book === 'den') return (await incomingRegister(tx, period, most)).map((row) => incomingCells(row, lang));
  return (await followUpRegister(tx, period, most)).map((row) => followCells(row, lang));
}

/** GET …/xuat?dang=docx|xlsx|csv|in&tu=&den=: a register as a file, or to be printed, under the agency's name at the end of the period. */
async function send(ctx: Ctx, book: Book): Promise<Response> {
  const { period } = periodOf(ctx);
  const asked = ctx.query('dang');
  const format = FORMATS.find((one) => one === asked);
  if (!format && asked !== 'in') throw new NotFound('format');
  const most = format === 'xlsx' || format === 'csv' ? MOST_EXPORTED : MOST_ROWS;
  const { rows, agency } = await asOfficer(ctx, async (tx) => (
    { rows: await cellsOf(tx, book, period, most, ctx), agency: (await agencyName(tx, ctx.officer.agencyId, period.to))?.name ?? '' }));
  if (!format) return ctx.page(<PrintedBook lang={ctx.lang} book={book} agency={agency} period={period} rows={rows} assets={ctx.assets} />);
  return download(ctx, await registerFile({ book, agency, period, rows, lang: ctx.lang }, format), `so-van-ban-${book}-${period.from}-${period.to}.${format}`, MEDIA[format]);
}
