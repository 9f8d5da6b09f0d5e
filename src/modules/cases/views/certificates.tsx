import type { VNode } from 'preact';
import { ERASED_PLACES, ERASED_THINGS } from '#catalogue/certificates.ts';
import { Empty } from '#web/empty.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { PrintPage, type Assets } from '#web/layout.tsx';
import { Pagination } from '#web/pagination.tsx';
import { DataTable } from '#web/table.tsx';
import type { CertificateView } from '../queries/certificates.ts';
import { Heading } from './words.tsx';

export const CERTIFICATES_PATH = '/can-bo/xoa-du-lieu';

const ORDER = Object.keys(ERASED_THINGS);
const pageHref = (page: number): string => `${CERTIFICATES_PATH}?trang=${page}`;

/** Every erasure, newest first. @param props.page from 1 */
export function CertificateList({ lang, rows, more, page }: { lang: Lang; rows: readonly CertificateView[]; more: boolean; page: number }): VNode {
  const t = messages(lang).gate.certificates;
  return (
    <>
      <Heading title={t.title} lead={t.lead} />
      <DataTable lang={lang} caption={t.caption} rows={rows} rowKey={(row) => row.id} rowHref={(row) => `${CERTIFICATES_PATH}/${row.id}`} empty={<Empty title={t.empty}>{t.emptyHelp}</Empty>} columns={[
        { key: 'number', label: t.number, nowrap: true, card: 'title', cell: (row) => row.number },
        { key: 'kind', label: t.kind, cell: (row) => t.kinds[row.kind] },
        { key: 'at', label: t.at, nowrap: true, cell: (row) => formatDateTime(row.at, lang) },
        { key: 'reports', label: t.reports, numeric: true, cell: (row) => formatNumber(row.counts['report'] ?? 0, lang) },
        { key: 'backups', label: t.backups, nowrap: true, cell: (row) => (row.backups ? formatDate(row.backups) : '–') },
      ]} />
      <Pagination lang={lang} prevHref={page > 1 ? pageHref(page - 1) : undefined} nextHref={more ? pageHref(page + 1) : undefined} />
    </>
  );
}

/** One certificate on paper. */
export function CertificatePage({ lang, assets, certificate }: { lang: Lang; assets: Assets; certificate: CertificateView }): VNode {
  const t = messages(lang).gate.certificates;
  const counted = Object.entries(certificate.counts).filter(([, count]) => count > 0).sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const places = Object.entries(certificate.places).filter(([, there]) => there);
  return (
    <PrintPage lang={lang} title={t.pageTitle(certificate.number)} assets={assets} back={{ label: t.back, href: CERTIFICATES_PATH }}>
      <h1>{t.pageTitle(certificate.number)}</h1>
      <Kv items={[
        { label: t.kind, value: t.kinds[certificate.kind] },
        { label: t.at, value: formatDateTime(certificate.at, lang) },
        { label: t.week, value: certificate.week },
      ]} />
      <h2>{t.counts}</h2>
      <Kv items={counted.map(([thing, count]) => ({ label: ERASED_THINGS[thing]?.[lang] ?? thing, value: formatNumber(count, lang) }))} />
      <h2>{t.places}</h2>
      <ul>{places.map(([place]) => <li>{ERASED_PLACES[place]?.[lang] ?? place}</li>)}</ul>
      {certificate.backups && <p>{t.backupsUntil(formatDate(certificate.backups))}</p>}
      {certificate.kind === 'stopped' && <p>{t.stays}</p>}
    </PrintPage>
  );
}
