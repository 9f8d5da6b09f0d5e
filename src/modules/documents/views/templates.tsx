import type { VNode } from 'preact';
import { DOCX } from '#platform/download.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, ErrorSummary, FileField, Form, Select, type FieldErrors } from '#web/form.tsx';
import { formatBytes, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { DOCUMENT_TYPES, type DocumentKind } from '#web/docx/letter.ts';
import { requiredTags, TEMPLATE_TAGS, type TemplateTag } from '../template-tags.ts';
import { TEMPLATES_PATH, type TemplateRow } from '../types.ts';
import { Done } from './parts.tsx';

const KINDS = Object.keys(DOCUMENT_TYPES) as DocumentKind[];
const TONES: Readonly<Record<TemplateRow['state'], Tone>> = { proposed: 'amber', active: 'moss', refused: 'plain', retired: 'plain' };
const WORD_FILES = `.docx,${DOCX}`;
/** Needed for every kind that has a date and an addressee; the strictest list. */
const NEEDED: ReadonlySet<TemplateTag> = new Set(requiredTags('cong_van').map((group) => group[0]!));

/** Templates of the agency, one more, and the tags there are. */
export function TemplatesPage({ lang, rows, done, kind, errors }: { lang: Lang; rows: readonly TemplateRow[]; done: string; kind: string; errors: FieldErrors }): VNode {
  const { registers, paper } = messages(lang);
  const t = registers.templates;
  const columns: readonly Column<TemplateRow>[] = [
    { key: 'name', label: t.columns.name, card: 'title', cell: ({ name }) => name },
    { key: 'kind', label: t.columns.kind, cell: (row) => paper.kinds[row.kind] },
    { key: 'state', label: t.columns.state, cell: ({ state }) => <Badge tone={TONES[state]}>{t.states[state]}</Badge> },
    { key: 'by', label: t.columns.by, cell: (row) => row.uploadedBy.name },
    { key: 'decided', label: t.columns.decided, cell: (row) => row.decidedBy ?? '' },
  ];
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      <Done lang={lang} done={done} />
      <ErrorSummary lang={lang} errors={errors} />
      <DataTable lang={lang} caption={t.caption} columns={columns} rows={rows} rowKey={({ id }) => id} rowHref={({ id }) => `${TEMPLATES_PATH}/${id}`} empty={<Empty icon="leaf" title={t.empty}>{t.emptyHelp}</Empty>} />
      <Panel title={t.add} id="them">
        <Form action={TEMPLATES_PATH} multipart>
          <Select lang={lang} name="kind" label={t.kind} value={kind} error={errors['kind']} options={KINDS.map((one) => ({ value: one, label: paper.kinds[one] }))} />
          <FileField lang={lang} name="tep" label={t.file} hint={t.fileHint} accept={WORD_FILES} multiple={false} error={errors['tep']} />
          <Button>{t.send}</Button>
        </Form>
      </Panel>
      <Panel title={t.tagsTitle} id="cho-dien">
        <p>{t.tagsLead}</p>
        <DataTable lang={lang} caption={t.tagsTitle} rows={Object.keys(TEMPLATE_TAGS) as TemplateTag[]} rowKey={(tag) => tag} columns={[
          { key: 'tag', label: t.tagColumns.tag, card: 'title', nowrap: true, cell: (tag) => <code>{`{${tag}}`}</code> },
          { key: 'means', label: t.tagColumns.means, cell: (tag) => <>{t.tags[tag]} {NEEDED.has(tag) && <Badge tone="plain">{t.needed}</Badge>}</> },
        ]} />
        <p class="hint">{t.fallback}</p>
      </Panel>
    </>
  );
}

/** One template: its trial, and the step a second person takes. */
export function TemplatePage({ lang, row, isOwn, done, refused }: { lang: Lang; row: TemplateRow; isOwn: boolean; done: string; refused: boolean }): VNode {
  const { registers, paper } = messages(lang);
  const t = registers.templates;
  const path = `${TEMPLATES_PATH}/${row.id}`;
  return (
    <>
      <header class="subject">
        <div class="badges"><Badge tone={TONES[row.state]}>{t.states[row.state]}</Badge></div>
        <h1>{row.name}</h1>
      </header>
      <Done lang={lang} done={done} />
      {refused && <Callout kind="look" role="alert">{registers.errors.state}</Callout>}
      <Panel>
        <Kv rows items={[
          { label: t.columns.kind, value: paper.kinds[row.kind] }, { label: t.file, value: `${row.name} (${formatBytes(row.bytes, lang)})` },
          { label: t.columns.by, value: registers.files.by(row.uploadedBy.name, formatDateTime(row.uploadedAt, lang)) },
          ...(row.decidedBy && row.decidedAt ? [{ label: t.columns.decided, value: `${row.decidedBy}, ${formatDateTime(row.decidedAt, lang)}` }] : []),
          { label: t.used, value: row.tags.map((tag) => <><code>{`{${tag}}`}</code> </>) },
        ]} />
        <ButtonRow>
          <ButtonLink kind="quiet" href={`${path}/tep?ban=thu`} download>{t.trial}</ButtonLink>
          <ButtonLink kind="plain" href={`${path}/tep`} download>{t.original}</ButtonLink>
        </ButtonRow>
      </Panel>
      {row.state === 'proposed' && (
        <Form action={path}>
          {isOwn ? <Callout kind="note">{t.own}</Callout> : <p class="hint">{t.useLead}</p>}
          <ButtonRow>
            {!isOwn && <Button name="viec" value="use">{t.use}</Button>}
            <Button kind="danger" name="viec" value="refuse">{t.refuse}</Button>
          </ButtonRow>
        </Form>
      )}
      {row.state === 'active' && <Form action={path}><Button kind="danger" name="viec" value="retire">{t.retire}</Button></Form>}
    </>
  );
}
