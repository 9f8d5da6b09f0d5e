import { sql, type Transaction } from 'kysely';
import { CATEGORIES } from '#catalogue/categories.ts';
import { calendarRows } from '#catalogue/holidays.ts';
import { DOCUMENTS, ELEMENTS, EXCLUDED, LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { MEASURES, measureFits, type Measure, type MeasureCode } from '#catalogue/measures.ts';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { SOCIAL_SITES } from '#catalogue/social-sites.ts';
import { TRANSITIONS, type Entity } from '#core/transitions.ts';
import type { Db } from './db.ts';
import type { Database } from './schema.ts';

/**
 * Makes the catalogue tables equal to the typed catalogue of this version, in one transaction. Only the owner may write
 * them; the application reads. Legal bases that older decisions cite stay in the table; a changed clause is a new code. What an
 * approved proposal changed here (`local_change`) stays as it was approved, whatever a later release says.
 */
export async function syncCatalogue(owner: Db): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('lachan:catalogue'))`.execute(tx);
    await tx.insertInto('category').values(CATEGORIES.map((category) => ({
      code: category.code, links_cases: category.linksCases, interim: category.interim, stores_images: category.storesImages,
      positive_elements: category.positive.map((element) => element.code), legal_review: category.legalReview,
    }))).onConflict((conflict) => conflict.column('code').doUpdateSet((row) => ({
      links_cases: row.ref('excluded.links_cases'), interim: row.ref('excluded.interim'), stores_images: row.ref('excluded.stores_images'),
      positive_elements: row.ref('excluded.positive_elements'), legal_review: row.ref('excluded.legal_review'),
    }))).execute();
    await tx.insertInto('measure').values((MEASURES as readonly Measure[]).map((measure) => ({
      code: measure.code as MeasureCode, max_days: measure.maxDays, available: measure.available,
      categories: CATEGORY_CODES.filter((category) => measureFits(measure.code as MeasureCode, category)),
      lesser_options: measure.lesser.map((option) => option.code), locators: [...measure.locators], needs_locator: measure.needsLocator, recipients: [...measure.recipients],
      fields: measure.fields.filter((field) => field.required).map((field) => field.code), interim: measure.interim,
    }))).onConflict((conflict) => conflict.column('code').doUpdateSet((row) => ({
      max_days: row.ref('excluded.max_days'), available: row.ref('excluded.available'), categories: row.ref('excluded.categories'),
      lesser_options: row.ref('excluded.lesser_options'), locators: row.ref('excluded.locators'), needs_locator: row.ref('excluded.needs_locator'),
      recipients: row.ref('excluded.recipients'), fields: row.ref('excluded.fields'), interim: row.ref('excluded.interim'),
    }))).execute();
    await tx.deleteFrom('social_site').execute();
    await tx.insertInto('social_site').values(SOCIAL_SITES.map(({ host, items }) => ({ host, items: [...items] }))).execute();
    await tx.deleteFrom('state_transition').execute();
    await tx.insertInto('state_transition').values(transitionRows()).execute();
    await tx.insertInto('legal_document').values(DOCUMENTS.map((document) => ({
      code: document.code, name: document.name.vi, name_en: document.name.en, source: document.source, valid_from: document.validFrom, valid_to: document.validTo,
    }))).onConflict((conflict) => conflict.column('code').doUpdateSet((row) => ({
      name: row.ref('excluded.name'), name_en: row.ref('excluded.name_en'), source: row.ref('excluded.source'),
      valid_from: row.ref('excluded.valid_from'), valid_to: row.ref('excluded.valid_to'),
    })).where('legal_document.local_change', '=', false)).execute();
    await tx.insertInto('legal_element').values(ELEMENTS.map(({ code, label }) => ({ code, label_vi: label.vi, label_en: label.en })))
      .onConflict((conflict) => conflict.column('code').doUpdateSet((row) => ({ label_vi: row.ref('excluded.label_vi'), label_en: row.ref('excluded.label_en') }))
        .where('legal_element.origin', '=', 'release')).execute();
    await syncCalendar(tx);
    await tx.deleteFrom('excluded_provision').execute();
    await tx.insertInto('excluded_provision').values(EXCLUDED.map((provision) => ({
      document: provision.document, article: provision.article, clause: provision.clause ?? null, point: provision.point ?? null,
    }))).execute();
    await tx.insertInto('legal_basis').values(LEGAL_BASES.map((basis) => ({
      code: basis.code, document: basis.document, article: basis.article, clause: basis.clause ?? null, point: basis.point ?? null,
      category: basis.category, what: basis.what.vi, what_en: basis.what.en, elements: basis.elements.map((element) => element.code),
    }))).onConflict((conflict) => conflict.column('code').doUpdateSet((row) => ({
      what: row.ref('excluded.what'), what_en: row.ref('excluded.what_en'), elements: row.ref('excluded.elements'),
    })).where('legal_basis.local_change', '=', false)).execute();
  });
}

/** Years and days of the release; a year that was changed here keeps all its days. */
async function syncCalendar(tx: Transaction<Database>): Promise<void> {
  const { years, days } = calendarRows();
  await tx.insertInto('calendar_year').values(years).onConflict((conflict) => conflict.column('year').doUpdateSet((row) => ({ announced: row.ref('excluded.announced') }))
    .where('calendar_year.local_change', '=', false)).execute();
  const kept = new Set((await tx.selectFrom('calendar_year').select('year').where('local_change', '=', true).execute()).map(({ year }) => year));
  await tx.deleteFrom('holiday').where('origin', '=', 'release').where((eb) => eb.not(eb.exists(eb.selectFrom('calendar_year').select('year')
    .where('local_change', '=', true).where('year', '=', sql<number>`extract(year from holiday.day)`)))).execute();
  await tx.insertInto('holiday').values(days.filter(({ day }) => !kept.has(Number(day.slice(0, 4))))).onConflict((conflict) => conflict.column('day').doNothing()).execute();
}

/** One row for each starting state of a transition. */
function transitionRows() {
  return (Object.keys(TRANSITIONS) as Entity[]).flatMap((entity) => TRANSITIONS[entity].flatMap((transition) =>
    transition.from.map((from) => ({
      entity, action: transition.action, from_state: from, to_state: transition.to, performers: [...transition.by],
      reason_required: transition.reason === 'required',
    }))));
}
