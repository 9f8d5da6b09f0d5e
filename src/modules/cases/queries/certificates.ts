import type { CertificateKind } from '#catalogue/certificates.ts';
import type { Tx } from '#platform/db.ts';
import { NotFound } from '#platform/errors.ts';

export interface CertificateView {
  readonly id: string;
  readonly number: string;
  readonly kind: CertificateKind;
  readonly at: Date;
  readonly week: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly places: Readonly<Record<string, boolean>>;
  /** The last day on which a backup may still hold it, YYYY-MM-DD. */
  readonly backups: string | null;
}

const ON_PAGE = 50;

/** Certificates, newest first, one page of them and whether more follow. @param page from 1 */
export async function certificates(tx: Tx, page: number): Promise<{ rows: CertificateView[]; more: boolean }> {
  const rows = await tx.selectFrom('erasure_certificate').selectAll().orderBy('id', 'desc').limit(ON_PAGE + 1).offset((page - 1) * ON_PAGE).execute();
  return { rows: rows.slice(0, ON_PAGE).map(toView), more: rows.length > ON_PAGE };
}

/** One certificate. @throws NotFound */
export async function certificate(tx: Tx, id: string): Promise<CertificateView> {
  const row = await tx.selectFrom('erasure_certificate').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new NotFound('certificate');
  return toView(row);
}

function toView(row: { id: string; number: string; kind: CertificateKind; at: Date; iso_week: string; counts: Record<string, number>; places: Record<string, boolean | string> }): CertificateView {
  const { backups, ...places } = row.places;
  return { id: row.id, number: row.number, kind: row.kind, at: row.at, week: row.iso_week, counts: row.counts, places: places as CertificateView['places'], backups: typeof backups === 'string' ? backups : null };
}
