import { sql, type Insertable, type RawBuilder, type Transaction } from 'kysely';
import type { Agency, Competence, CompetenceRole } from '#catalogue/agencies-cao-bang.ts';
import type { CategoryCode } from '#catalogue/categories.ts';
import { FORMER_DISTRICTS_04 } from '#catalogue/units/aliases-04.ts';
import { RECIPIENT_KINDS, type RecipientKind } from '#catalogue/measures.ts';
import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import type { AgencyLevel, Database } from '#platform/schema.ts';
import { mayKeepDirectory } from './policy.ts';

// Every `valid_to` is the last day on which a thing held, as in the catalogue and in the guards of the database.

/** Rows of the three tables of units. */
export interface UnitRows {
  readonly provinces: readonly Insertable<Database['province']>[];
  readonly communes: readonly Insertable<Database['commune']>[];
  readonly aliases: readonly Insertable<Database['area_alias']>[];
}

/** Writes the units of the catalogue, as owner, in one statement a table; two at once wait for each other. */
export async function writeUnits(tx: Transaction<Database>, { provinces, communes, aliases }: UnitRows): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('lachan:units'))`.execute(tx);
  await sql`insert into province (code, name, full_name, name_en, search)
    select * from ${recordset(provinces, 'code text, name text, full_name text, name_en text, search text')}
    on conflict (code) do update set name = excluded.name, full_name = excluded.full_name, name_en = excluded.name_en,
      search = excluded.search`.execute(tx);
  await sql`insert into commune (code, province_code, name, full_name, full_name_en, search)
    select * from ${recordset(communes, `code text, province_code text, name text, full_name text, full_name_en text,
      search text`)}
    on conflict (code) do update set province_code = excluded.province_code, name = excluded.name,
      full_name = excluded.full_name, full_name_en = excluded.full_name_en, search = excluded.search`.execute(tx);
  await tx.deleteFrom('area_alias').execute();
  await sql`insert into area_alias (alias, search, commune_code)
    select * from ${recordset(aliases, 'alias text, search text, commune_code text')}`.execute(tx);
}

/** Rows of ours as a table `row` in a statement; they travel as one parameter. */
function recordset(rows: readonly object[], columns: string): RawBuilder<unknown> {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (${sql.raw(columns)})`;
}

/** How many rows of each kind an import added or changed. */
export interface ImportResult {
  readonly agencies: number;
  readonly names: number;
  readonly contacts: number;
  readonly successors: number;
  readonly competences: number;
}

/**
 * Brings agencies and competences into the directory, found again by key; a second run changes nothing. What has ended
 * since stays ended, and a period in which an administrator entered another name keeps that name.
 * One journal entry for each agency touched.
 * @throws Forbidden unless {@link mayKeepDirectory}
 */
export async function importAgencies(
  tx: Tx, actor: Actor, agencies: readonly Agency[], competences: readonly Competence[],
): Promise<ImportResult> {
  requireKeeper(actor);
  const touched = {
    agencies: [...await importBodies(tx, agencies), ...await importParents(tx, agencies)],
    names: await importNames(tx, agencies),
    contacts: await importContacts(tx, agencies),
    successors: await importSuccessors(tx, agencies),
    competences: await importCompetences(tx, competences),
  };
  const ids = new Set(Object.values(touched).flat());
  await writeJournal(tx, actor, [...ids].map((entityId) => (
    { entity: 'agency', entityId, action: 'import', detail: mapValues(touched, (list) => count(list, entityId)) })));
  return mapValues(touched, (list) => list.length);
}

function mapValues<K extends string, A, B>(record: Record<K, A>, give: (value: A) => B): Record<K, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, give(value as A)])) as Record<K, B>;
}

function count(list: readonly string[], wanted: string): number {
  return list.filter((id) => id === wanted).length;
}

/** Runs a statement that ends in `returning … as agency_id`. */
async function touching(tx: Tx, statement: RawBuilder<{ agency_id: string }>): Promise<string[]> {
  return (await statement.execute(tx)).rows.map((row) => row.agency_id);
}

async function importBodies(tx: Tx, agencies: readonly Agency[]): Promise<string[]> {
  const rows = agencies.map(({ key, level, communeCode, from, to }) => (
    { key, level, commune_code: communeCode, valid_from: from, valid_to: to }));
  return touching(tx, sql`insert into agency (key, level, commune_code, valid_from, valid_to)
    select * from ${recordset(rows, 'key text, level text, commune_code text, valid_from date, valid_to date')}
    on conflict (key) do update set level = excluded.level, commune_code = excluded.commune_code,
      valid_from = excluded.valid_from, valid_to = coalesce(agency.valid_to, excluded.valid_to)
    where (agency.level, agency.commune_code, agency.valid_from, agency.valid_to) is distinct from
      (excluded.level, excluded.commune_code, excluded.valid_from, coalesce(agency.valid_to, excluded.valid_to))
    returning id as agency_id`);
}

async function importParents(tx: Tx, agencies: readonly Agency[]): Promise<string[]> {
  const rows = agencies.flatMap(({ key, parentKey }) => (parentKey ? [{ key, parent_key: parentKey }] : []));
  return touching(tx, sql`update agency set parent_id = parent.id
    from ${recordset(rows, 'key text, parent_key text')} join agency parent on parent.key = row.parent_key
    where agency.key = row.key and agency.parent_id is distinct from parent.id returning agency.id as agency_id`);
}

async function importNames(tx: Tx, agencies: readonly Agency[]): Promise<string[]> {
  const rows = agencies.flatMap(({ key, names }) => names.map(({ name, short, nameEn, from, to }) => (
    { key, name, short_name: short, name_en: nameEn, valid_from: from, valid_to: to })));
  const source = recordset(rows, 'key text, name text, short_name text, name_en text, valid_from date, valid_to date');
  const changed = await touching(tx, sql`update agency_name n set name = row.name, short_name = row.short_name,
      name_en = row.name_en, valid_to = coalesce(n.valid_to, row.valid_to)
    from ${source} join agency on agency.key = row.key
    where n.agency_id = agency.id and n.valid_from = row.valid_from
      and (n.name, n.short_name, n.name_en, n.valid_to)
        is distinct from (row.name, row.short_name, row.name_en, coalesce(n.valid_to, row.valid_to))
    returning n.agency_id`);
  const added = await touching(tx, sql`
    insert into agency_name (agency_id, name, short_name, name_en, valid_from, valid_to)
    select agency.id, row.name, row.short_name, row.name_en, row.valid_from, row.valid_to
    from ${source} join agency on agency.key = row.key
    where not exists (select from agency_name n where n.agency_id = agency.id
      and daterange(n.valid_from, n.valid_to, '[]') && daterange(row.valid_from, row.valid_to, '[]'))
    returning agency_id`);
  return [...changed, ...added];
}

async function importContacts(tx: Tx, agencies: readonly Agency[]): Promise<string[]> {
  const rows = agencies.flatMap(({ key, contacts }) => contacts.map(({ kind, value }) => ({ key, kind, value })));
  return touching(tx, sql`insert into agency_contact (agency_id, kind, value)
    select agency.id, row.kind, row.value
    from ${recordset(rows, 'key text, kind text, value text')} join agency on agency.key = row.key
    on conflict do nothing returning agency_id`);
}

async function importSuccessors(tx: Tx, agencies: readonly Agency[]): Promise<string[]> {
  const rows = agencies.flatMap(({ key, successors = [] }) => successors.map((heir) => ({ key, heir })));
  return touching(tx, sql`insert into agency_successor (from_agency, to_agency)
    select agency.id, heir.id from ${recordset(rows, 'key text, heir text')}
      join agency on agency.key = row.key join agency heir on heir.key = row.heir
    on conflict do nothing returning from_agency as agency_id`);
}

async function importCompetences(tx: Tx, competences: readonly Competence[]): Promise<string[]> {
  const rows = competences.flatMap(({ agencyKey: key, category, role, territory, law, reason, from, to }) => {
    const rest = { key, category, role, law, why_vi: reason.vi, why_en: reason.en, valid_from: from, valid_to: to };
    return areasOf(territory).map((area) => ({ ...area, ...rest }));
  });
  const source = recordset(rows, `key text, category text, role text, province_code text, commune_code text, law text,
    why_vi text, why_en text, valid_from date, valid_to date`);
  return touching(tx, sql`insert into competence
      (agency_id, category, role, province_code, commune_code, law, why_vi, why_en, valid_from, valid_to)
    select agency.id, row.category, row.role, row.province_code, row.commune_code, row.law, row.why_vi, row.why_en,
      row.valid_from, row.valid_to
    from ${source} join agency on agency.key = row.key
    on conflict (agency_id, category, role, coalesce(province_code, ''), coalesce(commune_code, ''), valid_from)
    do update set law = excluded.law, why_vi = excluded.why_vi, why_en = excluded.why_en,
      valid_to = coalesce(competence.valid_to, excluded.valid_to)
    where (competence.law, competence.why_vi, competence.why_en, competence.valid_to) is distinct from
      (excluded.law, excluded.why_vi, excluded.why_en, coalesce(competence.valid_to, excluded.valid_to))
    returning agency_id`);
}

interface Area {
  readonly province_code: string | null;
  readonly commune_code: string | null;
}

/** A former district is the communes that lie in it, wholly or in part: people point at the map of today. */
function areasOf({ kind, code }: Competence['territory']): readonly Area[] {
  if (kind === 'province') return [{ province_code: code, commune_code: null }];
  if (kind === 'commune') return [{ province_code: null, commune_code: code }];
  const district = FORMER_DISTRICTS_04.find(({ key }) => key === code);
  if (!district) throw new Invalid('unknown district', { district: code });
  return [...district.communes, ...district.partly].map((commune_code) => ({ province_code: null, commune_code }));
}

/** Names of an agency as an administrator gives them. */
export interface NameInput {
  readonly name: string;
  readonly shortName: string;
  readonly nameEn: string;
}

export interface AgencyInput extends NameInput {
  readonly key: string;
  readonly level: AgencyLevel;
  readonly from: string;
  readonly parentId?: string;
  readonly communeCode?: string;
  readonly contacts?: readonly { readonly kind: 'email' | 'phone'; readonly value: string }[];
}

/**
 * Adds an agency under a key that is still free.
 * @throws Forbidden, Invalid (empty name), Conflict (key taken)
 */
export async function addAgency(tx: Tx, actor: Actor, input: AgencyInput): Promise<{ id: string }> {
  requireKeeper(actor);
  const names = cleanNames(input);
  const agency = await tx.insertInto('agency').values({
    key: input.key, level: input.level, parent_id: input.parentId ?? null, commune_code: input.communeCode ?? null,
    valid_from: input.from, valid_to: null,
  }).onConflict((conflict) => conflict.column('key').doNothing()).returning('id').executeTakeFirst();
  if (!agency) throw new Conflict('agency key taken', { key: input.key });
  const agency_id = agency.id;
  await tx.insertInto('agency_name').values({ agency_id, ...names, valid_from: input.from, valid_to: null }).execute();
  if (input.contacts?.length) {
    await tx.insertInto('agency_contact').values(input.contacts.map((contact) => (
      { agency_id, ...contact, valid_from: input.from, valid_to: null }))).execute();
  }
  await note(tx, actor, agency_id, 'add', { key: input.key, from: input.from });
  return agency;
}

/**
 * Gives an agency another name from a day on; papers about the days before keep the old one.
 * @throws Forbidden, NotFound, Invalid (empty name), Conflict (ended, or a name already starts that day or later)
 */
export async function renameAgency(
  tx: Tx, actor: Actor, input: NameInput & { agencyId: string; from: string },
): Promise<void> {
  requireKeeper(actor);
  const { agencyId: agency_id, from } = input;
  const names = cleanNames(input);
  await lockLiving(tx, agency_id);
  const { numUpdatedRows } = await tx.updateTable('agency_name').set({ valid_to: shiftDay(from, -1) })
    .where('agency_id', '=', agency_id).where('valid_to', 'is', null).where('valid_from', '<', from).executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Conflict('a name already starts on this day or later', { from });
  await tx.insertInto('agency_name').values({ agency_id, ...names, valid_from: from, valid_to: null }).execute();
  await note(tx, actor, agency_id, 'rename', { name: names.name, from });
}

/**
 * Ends an agency; what it had to do passes to its successors, which `responsible` follows.
 * @param input.lastDay the last day on which it acts
 * @param input.successors ids of agencies that act on the day after; at least one, or a duty would have no owner
 * @throws Forbidden, NotFound, Invalid (no successor, or one that does not act then), Conflict (ended already)
 */
export async function endAgency(
  tx: Tx, actor: Actor, input: { agencyId: string; lastDay: string; successors: readonly string[] },
): Promise<void> {
  requireKeeper(actor);
  const { agencyId, lastDay } = input;
  const successors = [...new Set(input.successors)].filter((id) => id !== agencyId);
  const agency = await lockLiving(tx, agencyId);
  if (lastDay <= agency.valid_from) throw new Invalid('ends before it begins', { fields: { lastDay: 'too_early' } });
  await requireActing(tx, successors, shiftDay(lastDay, 1));
  await tx.updateTable('agency').set({ valid_to: lastDay }).where('id', '=', agencyId).execute();
  await tx.updateTable('agency_name').set({ valid_to: lastDay })
    .where('agency_id', '=', agencyId).where('valid_to', 'is', null).where('valid_from', '<=', lastDay).execute();
  await tx.insertInto('agency_successor').values(successors.map((to_agency) => ({ from_agency: agencyId, to_agency })))
    .onConflict((conflict) => conflict.doNothing()).execute();
  await note(tx, actor, agencyId, 'end', { lastDay, successors });
}

export interface CompetenceInput {
  readonly agencyId: string;
  readonly category: CategoryCode;
  readonly role: CompetenceRole;
  readonly territory: { readonly kind: 'province' | 'commune'; readonly code: string };
  readonly from: string;
  readonly to: string | null;
  readonly law: string;
  readonly whyVi: string;
  readonly whyEn: string;
}

/**
 * Gives an agency a part in one kind of harm, in one territory. Two that lead, or two that coordinate, at once for the
 * same harm in the same territory are refused: overlapping competence is what the directory is to end (REGULATION, R1).
 * @throws Forbidden, NotFound (agency), Invalid (law or reason missing), Conflict (another one, or the same entry)
 */
export async function addCompetence(tx: Tx, actor: Actor, input: CompetenceInput): Promise<{ id: string }> {
  requireKeeper(actor);
  const words = { law: normalise(input.law), why_vi: normalise(input.whyVi), why_en: normalise(input.whyEn) };
  requireText(words);
  await lockLiving(tx, input.agencyId);
  const [area] = areasOf(input.territory);
  const { agencyId, category, role, territory, from, to } = input;
  if (role !== 'support') await refuseSecond(tx, input, area!);
  const row = await tx.insertInto('competence').values({
    agency_id: agencyId, category, role, ...area!, ...words, valid_from: from, valid_to: to,
  }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
  if (!row) throw new Conflict('this competence is already there');
  const detail = { competence: row.id, category, role, territory: territory.code, from, to };
  await note(tx, actor, agencyId, 'add_competence', detail);
  return row;
}

async function refuseSecond(tx: Tx, { category, role, from, to }: CompetenceInput, area: Area): Promise<void> {
  const other = await tx.selectFrom('competence').select('agency_id').where('category', '=', category).where('role', '=', role)
    .where('province_code', 'is not distinct from', area.province_code)
    .where('commune_code', 'is not distinct from', area.commune_code)
    .where(sql<boolean>`daterange(valid_from, valid_to, '[]') && daterange(${from}::date, ${to}::date, '[]')`)
    .executeTakeFirst();
  if (other) throw new Conflict('another agency has this part in these days', { agencyId: other.agency_id });
}

/** A recipient as an administrator enters it. */
export interface RecipientInput {
  readonly kind: string;
  readonly name: string;
  readonly nameEn: string;
  readonly address: string;
  /** Empty when it is written to on paper. */
  readonly email: string;
  readonly language: 'vi' | 'en';
  readonly format: 'letter' | 'xarf';
  readonly source: string;
}

/** Those who read XARF; a bank or an office reads letters. */
const MACHINE_READERS: readonly RecipientKind[] = ['platform', 'hoster', 'registrar'];
/** RFC 5321, 4.5.3.1, as far as a register needs it; the database asks for the same. */
const EMAIL = /^[^\s@]{1,64}@[^\s@]+\.[^\s@.]+$/;

/**
 * Adds a recipient from today on. Who drafts decisions cannot (SCOPE 6).
 * @throws Forbidden, Invalid with the fields, Conflict when it is there already
 */
export async function addRecipient(tx: Tx, actor: Actor, input: RecipientInput): Promise<{ id: string }> {
  requireKeeper(actor);
  const kind = RECIPIENT_KINDS.find(({ code }) => code === input.kind)?.code;
  const [name, nameEn, address, email, source] = [input.name, input.nameEn, input.address, input.email, input.source].map((text) => normalise(text)) as [string, string, string, string, string];
  const fields = {
    ...(!kind && { kind: 'missing' }), ...((name.length < 3 || name.length > 200) && { name: 'length' }), ...(nameEn.length > 200 && { nameEn: 'length' }), ...(address.length > 400 && { address: 'length' }),
    ...(email !== '' && (email.length > 254 || !EMAIL.test(email)) && { email: 'wrong' }), ...((source === '' || source.length > 300) && { source: 'length' }),
    ...(kind && input.format === 'xarf' && !MACHINE_READERS.includes(kind) && { format: 'kind' }),
  };
  if (!kind || Object.keys(fields).length > 0) throw new Invalid('recipient', { fields });
  const row = await tx.insertInto('recipient').values({
    kind, name, name_en: nameEn, address, email: email || null, language: input.language, format: input.format, agency_id: null, source, valid_from: localDate(tx.now), valid_to: null,
  }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
  if (!row) throw new Conflict('this recipient is there', { name });
  await writeJournal(tx, actor, [{ entity: 'recipient', entityId: row.id, action: 'add', detail: { kind, name, format: input.format } }]);
  return row;
}

/** Ends a recipient with today; decisions already addressed to it go on. @throws Forbidden, NotFound, Conflict when it has ended */
export async function endRecipient(tx: Tx, actor: Actor, recipientId: string): Promise<void> {
  const row = await tx.selectFrom('recipient').select(['valid_from', 'valid_to']).where('id', '=', recipientId).executeTakeFirst();
  if (!row) throw new NotFound('recipient');
  requireKeeper(actor);
  if (row.valid_to !== null) throw new Conflict('this recipient has ended', { lastDay: row.valid_to });
  const { numUpdatedRows } = await tx.updateTable('recipient').set({ valid_to: localDate(tx.now) }).where('id', '=', recipientId).executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Forbidden('only administrators keep the directory');
  await writeJournal(tx, actor, [{ entity: 'recipient', entityId: recipientId, action: 'end' }]);
}

async function note(
  tx: Tx, actor: Actor, entityId: string, action: string, detail: Record<string, unknown>,
): Promise<void> {
  await writeJournal(tx, actor, [{ entity: 'agency', entityId, action, detail }]);
}

function requireKeeper(actor: Actor): void {
  if (!mayKeepDirectory(actor)) throw new Forbidden('only administrators keep the directory');
}

function cleanNames(input: NameInput): { name: string; short_name: string; name_en: string } {
  const [name, short_name, name_en] = [normalise(input.name), normalise(input.shortName), normalise(input.nameEn)];
  const names = { name, short_name, name_en };
  requireText(names);
  return names;
}

function requireText(texts: Readonly<Record<string, string>>): void {
  const missing = Object.keys(texts).filter((field) => texts[field] === '');
  const fields = Object.fromEntries(missing.map((field) => [field, 'required']));
  if (missing.length > 0) throw new Invalid('text missing', { fields });
}

async function lockLiving(tx: Tx, id: string): Promise<{ valid_from: string }> {
  const agency = await tx.selectFrom('agency').select(['valid_from', 'valid_to']).where('id', '=', id)
    .forUpdate().executeTakeFirst();
  if (!agency) throw new NotFound('agency');
  if (agency.valid_to !== null) throw new Conflict('this agency has ended', { lastDay: agency.valid_to });
  return agency;
}

async function requireActing(tx: Tx, ids: readonly string[], on: string): Promise<void> {
  const acting = ids.length === 0 ? [] : await tx.selectFrom('agency').select('id')
    .where('id', 'in', ids).where('valid_from', '<=', on)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', on)])).execute();
  if (acting.length === 0 || acting.length < ids.length) {
    throw new Invalid('successors must be agencies that act on the day after', { fields: { successors: 'required' } });
  }
}

/** A calendar day, `days` later or earlier. */
function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
