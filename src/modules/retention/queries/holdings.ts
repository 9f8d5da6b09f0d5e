import { sql } from 'kysely';
import { masked, type RequestKind, type RequestState } from '#core/data-requests.ts';
import { reporterView, type Contact, type ReporterView } from '#modules/intake/index.ts';
import { inTransaction } from '#platform/db.ts';
import { system } from '#platform/actor.ts';
import type { Desk } from '#platform/desk.ts';

/** A request as its person sees it. */
export interface OwnRequest {
  readonly code: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly words: string | null;
  readonly filedAt: Date;
  readonly answerBy: string;
  readonly doBy: string;
  readonly extendedUntil: string | null;
  readonly extensionReason: string | null;
  readonly outcome: string | null;
  readonly doneAt: Date | null;
}

/** Everything that is kept about one report and whoever sent it, without names of officers. */
export interface Holdings {
  readonly view: ReporterView;
  readonly channel: string;
  readonly language: string;
  /** Why the person asked to have a stop looked at again; null when they did not. */
  readonly reviewWords: string | null;
  readonly inDanger: boolean;
  readonly forChild: boolean;
  readonly contact: { readonly until: string; readonly hasEmail: boolean } | null;
  readonly caseUntil: string | null;
  readonly minimisedAt: Date | null;
  readonly openings: readonly { readonly at: Date; readonly byPerson: boolean }[];
  readonly requests: readonly OwnRequest[];
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: number; readonly at: Date; readonly sha256: string }[];
}

/** What is kept about the report its person opened. */
export async function holdings(desk: Desk, reportId: string): Promise<Holdings> {
  const view = await reporterView(desk, reportId);
  return inTransaction(desk, { kind: 'reporter', reportId }, async (tx) => {
    const { rows: [terms] } = await sql<{ has_contact: boolean; has_email: boolean; contact_until: string | null; case_until: string | null; minimised_at: Date | null }>`select * from own_terms()`.execute(tx);
    const { rows: opened } = await sql<{ at: Date; byPerson: boolean }>`select at, by_person as "byPerson" from own_openings()`.execute(tx);
    const report = await tx.selectFrom('report').select(['channel', 'language', 'in_danger', 'for_child']).where('id', '=', reportId).executeTakeFirstOrThrow();
    const review = await tx.selectFrom('stop_review').select('words').where('report_id', '=', reportId).executeTakeFirst();
    const requests = await tx.selectFrom('data_request').select(['code', 'kind', 'state', 'words', 'filed_at as filedAt', 'answer_by as answerBy', 'do_by as doBy', 'extended_until as extendedUntil',
      'extension_reason as extensionReason', 'outcome', 'done_at as doneAt']).where('report_id', '=', reportId).orderBy('filed_at', 'desc').limit(50).execute();
    const files = await tx.selectFrom('attachment').select(['name', 'media_type', 'bytes', 'at', 'original_sha256']).where('report_id', '=', reportId).orderBy('id').execute();
    return {
      view, channel: report.channel, language: report.language, reviewWords: review?.words ?? null, inDanger: report.in_danger, forChild: report.for_child,
      contact: terms?.has_contact ? { until: terms.contact_until!, hasEmail: terms.has_email } : null, caseUntil: terms?.case_until ?? null, minimisedAt: terms?.minimised_at ?? null,
      openings: opened, requests, files: files.map((file) => ({ name: file.name, type: file.media_type, bytes: file.bytes, at: file.at, sha256: file.original_sha256.toString('hex') })),
    };
  });
}

/**
 * The contact a report was left with, masked: whoever holds the receipt sees the page, and enough is left to recognise one's own.
 * The opening is journaled like every other. Null when there is none.
 */
export async function maskedContact(desk: Desk, reportId: string): Promise<Contact | null> {
  const { rows } = await inTransaction(desk, system('data-request'), (tx) => sql<{ sealed: Buffer | null }>`select open_identity(${reportId}::uuid, 'data_request:access') as sealed`.execute(tx));
  const plain = rows[0]?.sealed && desk.keys.unseal('identity', rows[0].sealed, reportId);
  if (!plain) return null;
  const contact = JSON.parse(plain.toString()) as Contact;
  return {
    ...(contact.email && { email: masked(contact.email) }), ...(contact.phone && { phone: masked(contact.phone) }), ...(contact.name && { name: `${contact.name[0]}•••` }),
  };
}
