import { citation } from '#core/law.ts';
import { localDate } from '#core/deadlines.ts';
import type { LocatorKind } from '#catalogue/measures.ts';
import { letterhead } from '#modules/directory/index.ts';
import { basisByCode } from '#modules/law/index.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { NotFound } from '#platform/errors.ts';
import { withoutContacts } from './masked.ts';
import type { Said } from './types.ts';

/** What every notice of a decision says alike; the rest depends on the recipient and the letter. */
export type Shared = Omit<Said, 'code' | 'affectedCode' | 'recipient' | 'effectDue' | 'replaces' | 'earlier' | 'on'>;

/** Reads a decision as its notices say it, numbers of people masked. @throws NotFound */
export async function sharedContent(desk: Desk, tx: Tx, decisionId: string): Promise<Shared> {
  const row = await tx.selectFrom('decision').leftJoin('competence', 'competence.id', 'competence_id').selectAll('decision')
    .select(['law', 'why_vi', 'why_en']).where('decision.id', '=', decisionId).executeTakeFirst();
  if (!row) throw new NotFound('decision');
  const elements = await tx.selectFrom('decision_element').select(['element', 'why']).where('decision_id', '=', decisionId).execute();
  const basis = row.legal_basis === null ? null : await basisByCode(tx, row.legal_basis);
  return {
    measure: row.measure, category: row.category, aim: row.aim, agency: await agencyOf(desk, tx, row.agency_id), province: await provinceOf(desk, tx),
    law: { citation: basis ? { vi: capital(citation(basis, 'vi')), en: capital(citation(basis, 'en')) } : { vi: row.legal_basis ?? '', en: row.legal_basis ?? '' }, what: basis?.what ?? { vi: '', en: '' } },
    competence: { law: row.law ?? '', why: { vi: row.why_vi ?? '', en: row.why_en ?? '' } },
    facts: withoutContacts(row.facts), summary: withoutContacts(row.public_summary), elements: elementsOf(basis?.elements ?? [], elements),
    locators: await locatorsOf(tx, decisionId), detail: Object.fromEntries(Object.entries(row.detail).map(([field, value]) => [field, withoutContacts(value)])),
    territory: row.territory ?? '', startsOn: row.starts_on ?? localDate(tx.now), endsOn: row.ends_on,
    interimUntil: row.state === 'interim' ? row.interim_until!.toISOString() : null, evidence: row.measure === 'REFERRAL_POLICE' ? await evidenceOf(tx, decisionId) : [],
  };
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

/** In the order of the clause; what the clause does not name any more comes last, by its code. */
function elementsOf(known: readonly { code: string; label: { vi: string; en: string } }[], given: readonly { element: string; why: string }[]): Said['elements'] {
  const place = ({ element }: { element: string }) => (known.findIndex(({ code }) => code === element) + known.length + 1) % (known.length + 1);
  return given.toSorted((a, b) => place(a) - place(b)).map(({ element, why }) => ({ label: known.find(({ code }) => code === element)?.label ?? { vi: element, en: element }, why: withoutContacts(why) }));
}

async function agencyOf(desk: Desk, tx: Tx, agencyId: string): Promise<Said['agency']> {
  const { name, nameEn, shortName, parent } = await letterhead(desk, tx, agencyId, localDate(tx.now));
  return { name, nameEn, shortName, parent };
}

async function provinceOf(desk: Desk, tx: Tx): Promise<Said['province']> {
  const row = await tx.selectFrom('province').select(['name', 'full_name', 'name_en']).where('code', '=', desk.config.PROVINCE).executeTakeFirst();
  return { name: row?.name ?? '', fullName: row?.full_name ?? '', nameEn: row?.name_en ?? '' };
}

async function locatorsOf(tx: Tx, decisionId: string): Promise<Said['locators']> {
  const rows = await tx.selectFrom('decision_locator').innerJoin('indicator', 'indicator.id', 'indicator_id').select(['indicator.id', 'kind', 'value', 'display'])
    .where('decision_id', '=', decisionId).orderBy('kind').orderBy('display').execute();
  return rows.map(({ id, kind, value, display }) => ({ id, kind: kind as LocatorKind, shown: value ?? display }));
}

async function evidenceOf(tx: Tx, decisionId: string): Promise<Said['evidence']> {
  const rows = await tx.selectFrom('decision_evidence').innerJoin('evidence', 'evidence.id', 'evidence_id').select(['description', 'sha256', 'at'])
    .where('decision_id', '=', decisionId).orderBy('at').orderBy('evidence.id').execute();
  return rows.map(({ description, sha256, at }) => ({ what: withoutContacts(description), on: localDate(at), sha256: sha256?.toString('hex') ?? null }));
}
