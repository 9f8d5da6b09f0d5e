import type { VNode } from 'preact';
import type { CompetenceRole } from '#catalogue/agencies-cao-bang.ts';
import { CATEGORIES, type CategoryCode } from '#catalogue/categories.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { type Lang, messages } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { ConsolePage } from '#web/layout.tsx';
import { Panel } from '#web/panel.tsx';
import { type Column, DataTable } from '#web/table.tsx';
import { Timeline } from '#web/timeline.tsx';
import type { AgencyDetail, AgencyLink, CompetenceRow } from '../types.ts';
import { nameIn } from '../words.ts';
import { agencyHref, type Frame } from './frame.ts';
import { periodText } from './list.tsx';

/** One agency: names over time, who came before and after, focal officers, what it answers for and by which law. */
export function DetailPage({ frame, agency }: { frame: Frame; agency: AgencyDetail }): VNode {
  const { lang } = frame;
  const t = messages(lang).directory;
  const title = nameIn(agency.current, lang);
  return (
    <ConsolePage {...frame} title={title} crumbs={[...frame.crumbs, { label: title }]}>
      <h1>{title}</h1>
      {agency.to && (
        <Callout kind="look" title={t.detail.ended(formatDate(agency.to))}>
          {agency.successors.length > 0 && (
            <>
              {t.detail.endedHelp} <Links lang={lang} agencies={agency.successors} />
            </>
          )}
        </Callout>
      )}
      <div class="two">
        <Panel title={t.detail.facts}>
          <Kv items={facts(agency, lang)} />
        </Panel>
        {!agency.to && (
          <Panel title={t.detail.focal}>
            <Focal lang={lang} agency={agency} />
          </Panel>
        )}
      </div>
      <Panel title={t.detail.names}>
        <Names lang={lang} agency={agency} />
      </Panel>
      <Panel title={t.detail.competence}>
        <DataTable
          lang={lang}
          caption={t.detail.competence}
          columns={columns(lang)}
          rows={groups(agency.competences)}
          rowKey={(row) => row.key}
          empty={<Empty title={t.detail.noCompetence}>{t.detail.noCompetenceHelp}</Empty>}
        />
      </Panel>
    </ConsolePage>
  );
}

function Links({ lang, agencies }: { lang: Lang; agencies: readonly AgencyLink[] }): VNode {
  return (
    <>
      {agencies.map((agency, index) => (
        <>
          {index > 0 && ', '}
          <a href={agencyHref(agency.id)}>{lang === 'vi' ? agency.name : agency.nameEn}</a>
        </>
      ))}
    </>
  );
}

function facts(agency: AgencyDetail, lang: Lang): KvItem[] {
  const t = messages(lang).directory.detail;
  const related: readonly (readonly [string, readonly AgencyLink[]])[] = [
    [t.parent, agency.parent ? [agency.parent] : []], [t.predecessors, agency.predecessors],
  ];
  return [
    { label: t.level, value: messages(lang).directory.levels[agency.level] },
    { label: messages(lang).directory.list.period, value: periodText(agency, lang) },
    ...related.filter(([, agencies]) => agencies.length > 0)
      .map(([label, agencies]) => ({ label, value: <Links lang={lang} agencies={agencies} /> })),
    ...agency.contacts.map(({ kind, value }) => (
      { label: t[kind], value: kind === 'email' ? <a href={`mailto:${value}`}>{value}</a> : value })),
    ...(agency.contacts.length === 0 ? [{ label: t.email, value: t.noContact }] : []),
  ];
}

function Focal({ lang, agency }: { lang: Lang; agency: AgencyDetail }): VNode {
  const t = messages(lang).directory.detail;
  if (agency.focal.length === 0) return <Empty icon="user" title={t.noFocal}>{t.noFocalHelp}</Empty>;
  return (
    <Kv
      items={agency.focal.map((officer) => ({
        label: officer.deputy ? `${officer.name} (${t.deputy})` : officer.name,
        value: (
          <>
            <a href={`mailto:${officer.email}`}>{officer.email}</a>, {t.since(formatDate(officer.from))}
          </>
        ),
      }))}
    />
  );
}

function Names({ lang, agency }: { lang: Lang; agency: AgencyDetail }): VNode {
  const t = messages(lang).directory.detail;
  const items = agency.names.map((name) => ({
    when: periodText(name, lang), title: nameIn(name, lang), body: t.shortName(name.shortName),
    tone: name.to ? ('plain' as const) : ('leaf' as const),
  }));
  return <Timeline lang={lang} items={items.reverse()} />;
}

/** Competences alike but for harm or commune, told in one line. */
interface CompetenceGroup extends CompetenceRow {
  readonly key: string;
  readonly categories: readonly CategoryCode[];
  readonly territories: readonly CompetenceRow[];
}

/** First the communes of one harm, then the harms with the same communes; reason, law and days are alike in a line. */
function groups(rows: readonly CompetenceRow[]): CompetenceGroup[] {
  const alike = (row: CompetenceRow): string => [row.role, row.law, row.whyVi, row.from, row.to].join('|');
  const byHarm = Map.groupBy(rows, (row) => `${row.category}|${alike(row)}`);
  const communesOf = (list: readonly CompetenceRow[]): string => list.map((row) => row.territory).join();
  const sameCommunes = Map.groupBy(byHarm.values(), (list) => `${alike(list[0]!)}|${communesOf(list)}`);
  return [...sameCommunes].map(([key, lists]) => (
    { ...lists[0]![0]!, key, categories: lists.map((list) => list[0]!.category), territories: lists[0]! }));
}

function columns(lang: Lang): Column<CompetenceGroup>[] {
  const t = messages(lang).directory;
  return [
    {
      key: 'harm', label: t.detail.harm, card: 'title',
      cell: (row) => row.categories.map((code) => harmName(code, lang)).join(', '),
    },
    { key: 'role', label: t.detail.role, cell: (row) => <RoleBadge lang={lang} role={row.role} /> },
    { key: 'territory', label: t.detail.territory, cell: (row) => territoryText(row.territories, lang) },
    {
      key: 'why', label: t.detail.why,
      cell: (row) => (
        <div>
          {lang === 'vi' ? row.whyVi : row.whyEn} <small class="hint">{row.law}</small>
        </div>
      ),
    },
    { key: 'period', label: t.detail.period, nowrap: true, cell: (row) => periodText(row, lang) },
  ];
}

function territoryText(rows: readonly CompetenceRow[], lang: Lang): string {
  if (rows.length > 3) return messages(lang).directory.detail.areas(formatNumber(rows.length, lang));
  return rows.map((row) => (lang === 'vi' ? row.territory : row.territoryEn)).join(', ');
}

/** The plain name of a harm. */
export function harmName(code: CategoryCode, lang: Lang): string {
  return CATEGORIES.find((category) => category.code === code)!.label[lang];
}

/** The part an agency has, as a word on a tint. */
export function RoleBadge({ lang, role }: { lang: Lang; role: CompetenceRole }): VNode {
  return <Badge tone={role === 'support' ? 'plain' : 'leaf'}>{messages(lang).directory.roles[role]}</Badge>;
}
