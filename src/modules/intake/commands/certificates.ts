import type { CertificateKind } from '#catalogue/certificates.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { isoWeek } from '#core/periods.ts';
import type { Actor } from '#platform/actor.ts';
import { takeNumbers } from '#platform/counter.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { writeJournal } from '#platform/journal.ts';
import { uuidv7 } from '#platform/uuid.ts';

/** What an erasure leaves behind: how many of what, and where. */
export interface Erasure {
  readonly kind: CertificateKind;
  /** By a name of ERASED_THINGS; those of nothing are left out. */
  readonly counts: Readonly<Record<string, number>>;
  /** By a name of ERASED_PLACES: whether something was removed there. */
  readonly places: Readonly<Record<string, boolean>>;
}

/**
 * Certifies an erasure in the transaction that erases, with a number `XN-<province>-<year>-<sequence>` and the day until which
 * backups may still hold it (BACKUP_DAYS). Holds counts only: no code, no name, no word, so that it says nothing about anybody.
 */
export async function certify(desk: Pick<Desk, 'config'>, tx: Tx, actor: Actor, { kind, counts, places }: Erasure): Promise<{ id: string; number: string }> {
  const { PROVINCE: province, BACKUP_DAYS } = desk.config;
  const today = localDate(tx.now);
  const sequence = await takeNumbers(tx, `certificate/${province}/${today.slice(0, 4)}`, 1);
  const [id, number] = [uuidv7(tx.now), `XN-${province}-${today.slice(0, 4)}-${String(sequence).padStart(4, '0')}`];
  await tx.insertInto('erasure_certificate').values({
    id, number, kind, at: tx.now, iso_week: isoWeek(today), counts: JSON.stringify(Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))) as never,
    places: JSON.stringify({ ...places, backups: addDays(today, BACKUP_DAYS) }) as never,
  }).execute();
  await writeJournal(tx, actor, [{ entity: 'certificate', entityId: id, action: 'certify', detail: { number, kind } }]);
  return { id, number };
}
