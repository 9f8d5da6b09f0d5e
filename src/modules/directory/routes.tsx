import { CATEGORY_CODES, type CategoryCode } from '#catalogue/categories.ts';
import { searchKey } from '#core/vietnamese.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { type Access, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import { formatDate, isoDay, parseDate } from '#web/format.ts';
import { addRecipient, endRecipient } from './commands.ts';
import { agencyDetail, communeByCode, findPlaces, listAgencies, responsible } from './queries.ts';
import { keepsDirectory, listRecipients } from './recipients.ts';
import type { Place } from './types.ts';
import { type Answer, AskPage } from './views/ask.tsx';
import { DetailPage } from './views/detail.tsx';
import { frame, PATHS } from './views/frame.ts';
import { ListPage } from './views/list.tsx';
import { RecipientsPage, type RecipientsProps } from './views/recipients.tsx';
import { LEVELS } from './words.ts';

const KEEPERS: Access = { kind: 'officer', roles: ['administrator'] };
/** Who drafts is led here when no recipient fits, and reads whom there is; only keepers change it. */
const RECIPIENT_READERS: Access = { kind: 'officer', roles: ['administrator', 'case_officer'] };

/** The directory in the console; every officer may read it. */
export const directoryRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.list, access: { kind: 'officer' }, handler: showList },
  { method: 'GET', path: PATHS.ask, access: { kind: 'officer' }, handler: showAnswer },
  { method: 'GET', path: `${PATHS.list}/:id`, access: { kind: 'officer' }, handler: showAgency },
  { method: 'GET', path: PATHS.recipients, access: RECIPIENT_READERS, handler: (ctx) => showRecipients(ctx) },
  { method: 'POST', path: PATHS.recipients, access: KEEPERS, handler: saveRecipient },
  { method: 'POST', path: `${PATHS.recipients}/:id/ngung`, access: KEEPERS, handler: stopRecipient },
];

async function showList(ctx: Ctx): Promise<Response> {
  const { day, text } = dayOf(ctx);
  const level = LEVELS.find((one) => one === ctx.query('level'));
  const filter = { search: ctx.query('q'), on: day ?? isoDay(ctx.now), onText: text, level };
  const rows = await inTransaction(ctx.desk, ctx.actor, (tx) => listAgencies(tx, filter));
  const errors = day ? {} : { on: ctx.t.directory.ask.dateWrong };
  return ctx.page(<ListPage frame={frame(ctx)} filter={filter} errors={errors} rows={rows} />, day ? 200 : 422);
}

async function showAgency(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const agency = await inTransaction(ctx.desk, ctx.actor, (tx) => agencyDetail(tx, id));
  if (!agency) throw new NotFound('agency');
  return ctx.page(<DetailPage frame={frame(ctx)} agency={agency} />);
}

async function showAnswer(ctx: Ctx): Promise<Response> {
  const { day, text } = dayOf(ctx);
  const question = { harm: ctx.query('harm'), place: ctx.query('place'), on: text };
  const base = { frame: frame(ctx), question, places: [], answer: null };
  const isBlank = question.harm === '' && question.place === '' && ctx.query('on') === '';
  if (isBlank) return ctx.page(<AskPage {...base} errors={{}} />);
  const category = CATEGORY_CODES.find((code) => code === question.harm);
  const { PROVINCE } = ctx.desk.config;
  const places = await inTransaction(ctx.desk, ctx.actor, (tx) => placesFor(tx, question.place, PROVINCE));
  const { harmMissing, placeUnknown, dateWrong } = ctx.t.directory.ask;
  const errors = {
    harm: category ? undefined : harmMissing,
    place: places.length > 0 ? undefined : placeUnknown,
    on: day ? undefined : dateWrong,
  };
  if (!category || !day || places.length === 0) return ctx.page(<AskPage {...base} errors={errors} />, 422);
  if (places.length > 1) {
    return ctx.page(<AskPage {...base} errors={errors} places={places.filter((place) => place !== null)} />);
  }
  const place = places[0] ?? null;
  const understood = { ...question, place: place?.fullName ?? '' };
  const answer = await answerFor(ctx, category, place, day);
  return ctx.page(<AskPage {...base} errors={errors} question={understood} answer={answer} />);
}

/** Most places offered to choose from: a former district never had as many communes. */
const MOST_PLACES = 30;

/** The places meant: `[null]` the whole province, one when it is clear, several to choose from, none when unknown. */
async function placesFor(tx: Tx, text: string, provinceCode: string): Promise<(Place | null)[]> {
  if (text.trim() === '') return [null];
  if (/^\d{5}$/.test(text)) {
    const commune = await communeByCode(tx, text);
    return commune?.provinceCode === provinceCode ? [{ ...commune, formerDistrict: null }] : [];
  }
  const places = await findPlaces(tx, text, provinceCode, MOST_PLACES);
  const exact = places.filter((place) => searchKey(place.fullName) === searchKey(text));
  return exact.length === 1 ? exact : places;
}

async function answerFor(ctx: Ctx, category: CategoryCode, place: Place | null, on: string): Promise<Answer> {
  const provinceCode = ctx.desk.config.PROVINCE;
  return inTransaction(ctx.desk, ctx.actor, async (tx) => ({
    category, on, rows: await responsible(tx, { category, communeCode: place?.code ?? null, provinceCode, on }),
    place: (ctx.lang === 'vi' ? place?.fullName : place?.fullNameEn) ?? ctx.t.directory.ask.wholeProvince,
  }));
}

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day in the address, as a form (22/11/2026) or a link (2026-11-22) gives it; today when there is none. */
function dayOf(ctx: Ctx): { day: string | undefined; text: string } {
  const text = ctx.query('on').trim();
  if (text === '') return { day: isoDay(ctx.now), text: formatDate(ctx.now) };
  const written = ISO_DAY.test(text) ? text.split('-').reverse().join('/') : text;
  return { day: parseDate(written), text: written };
}

// ── Recipients ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function showRecipients(ctx: Ctx, typed: RecipientsProps['typed'] = null, status: 200 | 422 = 200): Promise<Response> {
  const today = isoDay(ctx.now);
  const { rows, keeps } = await inTransaction(ctx.desk, ctx.actor, async (tx) => ({ rows: await listRecipients(tx, today), keeps: await keepsDirectory(tx) }));
  return ctx.page(<RecipientsPage frame={frame(ctx)} rows={rows} today={today} keeps={keeps} done={ctx.query('xong')} typed={typed} />, status);
}

async function saveRecipient(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  const { errors: words } = ctx.t.notices.recipients;
  try {
    await inTransaction(ctx.desk, ctx.actor, async (tx) => {
      if (!await keepsDirectory(tx)) throw new NotFound('recipients');
      await addRecipient(tx, ctx.actor, {
        kind: body.get('kind'), name: body.get('name'), nameEn: body.get('nameEn'), address: body.get('address'), email: body.get('email'), source: body.get('source'),
        language: body.get('language') === 'en' ? 'en' : 'vi', format: body.get('format') === 'xarf' ? 'xarf' : 'letter',
      });
    });
    return ctx.seeOther(`${PATHS.recipients}?xong=them`);
  } catch (error) {
    if (error instanceof Conflict) return showRecipients(ctx, { values: body.fields, errors: { name: words.repeated } }, 422);
    if (!(error instanceof Invalid)) throw error;
    const fields = Object.keys((error.details?.['fields'] ?? {}) as object) as (keyof typeof words)[];
    return showRecipients(ctx, { values: body.fields, errors: Object.fromEntries(fields.map((field) => [field, words[field]])) }, 422);
  }
}

async function stopRecipient(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  await inTransaction(ctx.desk, ctx.actor, async (tx) => {
    if (!await keepsDirectory(tx)) throw new NotFound('recipients');
    await endRecipient(tx, ctx.actor, id);
  });
  return ctx.seeOther(`${PATHS.recipients}?xong=ngung`);
}
