import type { VNode } from 'preact';
import { SafeText } from '#modules/cases/index.ts';
import type { CasePart } from '#platform/schema.ts';
import { Badge } from '#web/badge.tsx';
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, RadioCards, Select, TextArea } from '#web/form.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import type { CaseItem, LedCaseView, PartyRow, SentBack, SharedItem, ShareMessage, ShareRecord } from '../types.ts';
import { itemLine, ItemFacts, KINDS, SharedItems, sharedPath } from './items.tsx';
import { Outcome, SentFiles, Talk, typedIn, type Typed } from './parts.tsx';

/** Parts an agency is invited for; an opinion and a transfer have ways of their own. */
export const INVITED_AS: readonly CasePart[] = ['support', 'consulted', 'acting', 'referred'];

export interface AgencyChoice {
  readonly id: string;
  readonly name: string;
  readonly competent: boolean;
}

export interface PartiesPageProps {
  readonly lang: Lang;
  readonly found: LedCaseView;
  readonly parties: readonly PartyRow[];
  readonly agencies: readonly AgencyChoice[];
  /** Who is competent for this harm here, and by which law. */
  readonly competence: string;
  readonly packs: number;
  readonly done: string;
  readonly typed?: Typed;
}

/** Address of the page on which a case is shared; with an agency, the page of that agency. */
export function sharePath(number: string, agencyId?: string): string {
  return `${sharedPath(number)}/chia-se${agencyId ? `/${agencyId}` : ''}`;
}

/** Who takes part in a case, and how another agency is asked in. */
export function PartiesPage({ lang, found, parties, agencies, competence, packs, done, typed }: PartiesPageProps): VNode {
  const { sharing: t } = messages(lang);
  const own = typedIn(typed, 'them-co-quan');
  const options = (competent: boolean) => agencies.filter((one) => one.competent === competent).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Outcome lang={lang} done={done} typed={typed} />
      <h1>{t.lead.title}</h1>
      <p class="lead">{found.number} · {found.title}</p>
      <h2>{t.lead.parties}</h2>
      <DataTable lang={lang} caption={t.lead.parties} rows={parties} rowKey={({ agencyId }) => agencyId} rowHref={({ agencyId }) => sharePath(found.number, agencyId)}
        empty={<Empty title={t.lead.none}>{t.lead.noneText}</Empty>}
        columns={[
          { key: 'agency', label: t.lead.agency, cell: ({ name, nameEn }) => (lang === 'vi' ? name : nameEn), card: 'title' },
          { key: 'part', label: t.list.part, cell: ({ part, endedAt }) => (endedAt ? t.lead.ended(formatDate(endedAt)) : t.parts[part]) },
          { key: 'shares', label: t.lead.shares, cell: ({ shares }) => formatNumber(shares, lang), numeric: true },
          { key: 'unread', label: t.lead.unread, cell: ({ unread }) => (unread > 0 ? <Badge tone="amber">{formatNumber(unread, lang)}</Badge> : '0'), numeric: true },
          { key: 'since', label: t.list.since, cell: ({ since }) => formatDate(since), nowrap: true },
        ]} />
      {found.state === 'closed' ? <Callout kind="note">{t.errors.closed}</Callout> : (
        <Panel title={t.lead.include} id="moi">
          <Form action={`${sharePath(found.number)}/them-co-quan`}>
            <Select lang={lang} name="agency" label={t.lead.agency} hint={t.lead.includeHint} value={own.value('agency')} error={own.errors.agency}
              options={[{ label: t.lead.competentGroup, options: options(true) }, { label: t.lead.otherGroup, options: options(false) }].filter((group) => group.options.length > 0)} />
            <Disclosure summary={t.lead.competent}><p>{competence}</p></Disclosure>
            <RadioCards lang={lang} name="part" label={t.lead.part} value={own.value('part') || 'support'} error={own.errors.part} options={INVITED_AS.map((part) => ({ value: part, label: t.parts[part] }))} />
            <Button>{t.lead.includeButton}</Button>
          </Form>
        </Panel>
      )}
      <Panel title={t.lead.packs}>
        <p class="hint">{packs === 0 ? t.lead.packsNone : t.lead.packsHint}</p>
        <p><ButtonLink kind="quiet" href={`${sharedPath(found.number)}/goi`}>{t.lead.packsLink}{packs > 0 && ` (${formatNumber(packs, lang)})`}</ButtonLink></p>
      </Panel>
    </>
  );
}

export interface ShareWithPageProps {
  readonly lang: Lang;
  readonly found: LedCaseView;
  readonly party: PartyRow;
  /** Everything that may be shared. */
  readonly items: readonly CaseItem[];
  /** What the party sees now. */
  readonly sees: readonly SharedItem[];
  /** What it would see of the ticked items; null when nobody asked. */
  readonly preview: readonly CaseItem[] | null;
  readonly records: readonly ShareRecord[];
  readonly messages: readonly ShareMessage[];
  readonly files: readonly SentBack[];
  readonly done: string;
  readonly typed?: Typed;
}

/** One agency: what it sees, what else it may be shown, what it read, said and sent. */
export function ShareWithPage(props: ShareWithPageProps): VNode {
  const { lang, found, party, items, sees, preview, records, done, typed } = props;
  const { sharing: t } = messages(lang);
  const path = sharePath(found.number, party.agencyId);
  const takesPart = party.endedAt === null;
  return (
    <>
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Outcome lang={lang} done={done} typed={typed} />
      <h1>{lang === 'vi' ? party.name : party.nameEn}</h1>
      <p class="lead">{found.number} · {found.title} · {takesPart ? t.parts[party.part] : t.lead.ended(formatDate(party.endedAt!))}</p>
      {preview && (
        <Panel title={t.lead.wouldSee} id="xem-truoc">
          <p class="hint">{t.lead.wouldSeeHint}</p>
          {preview.length === 0 ? <p>{t.errors.items}</p> : preview.map((item) => <Panel level={3} title={t.kinds[item.kind]}><ItemFacts lang={lang} item={item} /></Panel>)}
        </Panel>
      )}
      {takesPart && found.state !== 'closed' && <ChooseForm {...props} path={path} />}
      <Panel title={t.lead.sees} id="dang-thay"><SharedItems lang={lang} number={found.number} items={sees} preview /></Panel>
      {records.length > 0 && (
        <Panel title={t.lead.record} id="da-chia-se">
          <ol class="lines">{records.map((record) => <Record lang={lang} record={record} action={`${path}/thu-hoi`} typed={typed} />)}</ol>
        </Panel>
      )}
      <Talk lang={lang} title={t.lead.messages} leads messages={props.messages} action={`${path}/nhan-tin`} keep={`nhan-tin-${found.number}-${party.agencyId}`} typed={typed} />
      <Panel title={t.lead.files} id="tep">
        {props.files.length === 0 ? <p class="hint">{t.lead.noFiles}</p> : <SentFiles lang={lang} number={found.number} files={props.files} fileAction={`${path}/chung-cu`} typed={typed} />}
      </Panel>
      {takesPart && (
        <Disclosure kind="danger" summary={t.lead.end} open={typed?.form === 'thoi'}>
          <p>{t.lead.endHint}</p>
          <Form action={`${path}/thoi`}>
            <TextArea lang={lang} name="why" id="f-why-end" label={t.lead.endWhy} rows={2} maxlength={500} value={typedIn(typed, 'thoi').value('why')} error={typedIn(typed, 'thoi').errors.why} />
            <Button kind="danger">{t.lead.end}</Button>
          </Form>
        </Disclosure>
      )}
      {items.length === 0 && <p class="hint">{t.lead.noItems}</p>}
    </>
  );
}

/** Every item of the case with a tick; a number is whole only where somebody ticks that as well. */
function ChooseForm({ lang, items, records, path, typed, found, party }: ShareWithPageProps & { readonly path: string }): VNode | null {
  const { sharing: t } = messages(lang);
  const own = typedIn(typed, 'chia-se');
  const back = typed?.form === 'chia-se' ? typed : undefined;
  const live = new Set(records.filter(({ recalledAt }) => recalledAt === null).map(({ kind, itemId }) => `${kind}.${itemId}`));
  if (items.length === 0) return null;
  return (
    <Panel title={t.lead.choose} id="chon">
      <p class="hint">{t.lead.chooseHint}</p>
      <Form action={path} lang={lang} keep={`chia-se-${found.number}-${party.agencyId}`}>
        {KINDS.map((kind) => ({ kind, own: items.filter((item) => item.kind === kind) })).filter((group) => group.own.length > 0).map((group) => (
          <ItemTicks lang={lang} title={t.kindsTitle[group.kind]} items={group.own} live={live} ticked={back?.all('item') ?? []} whole={back?.all('full') ?? []} />
        ))}
        <TextArea lang={lang} name="why" label={t.lead.why} hint={t.lead.whyHint} rows={2} maxlength={500} value={own.value('why')} error={own.errors.why} />
        <ButtonRow>
          <Button name="do" value="chia-se">{t.lead.share}</Button>
          <Button kind="quiet" name="do" value="xem-truoc">{t.lead.preview}</Button>
        </ButtonRow>
      </Form>
    </Panel>
  );
}

export interface ItemTicksProps {
  readonly lang: Lang;
  readonly title: string;
  readonly items: readonly CaseItem[];
  /** `kind.id` of what is shared already. */
  readonly live: ReadonlySet<string>;
  readonly ticked: readonly string[];
  readonly whole: readonly string[];
}

/** One kind of items to tick; used for sharing and for packs. */
export function ItemTicks({ lang, title, items, live, ticked, whole }: ItemTicksProps): VNode {
  const { sharing: t } = messages(lang);
  return (
    <fieldset class="f">
      <legend>{title}</legend>
      <div class="opts">
        {items.map((item) => {
          const value = `${item.kind}.${item.itemId}`;
          const line = itemLine(item, lang);
          const shared = live.has(value);
          const personal = item.kind === 'indicator' && (item.content.kind === 'phone' || item.content.kind === 'bank_account');
          return (
            <>
              <label class="opt">
                <input type="checkbox" name="item" value={value} checked={ticked.includes(value)} />
                <span><SafeText text={line} />{shared && <> <Badge tone="moss">{t.lead.already}</Badge></>}</span>
              </label>
              {personal && (
                <label class="opt">
                  <input type="checkbox" name="full" value={value} checked={whole.includes(value)} />
                  <span>{t.lead.full}: {line}</span>
                </label>
              )}
            </>
          );
        })}
      </div>
    </fieldset>
  );
}

function Record({ lang, record, action, typed }: { lang: Lang; record: ShareRecord; action: string; typed?: Typed }): VNode {
  const { sharing: t } = messages(lang);
  const own = typedIn(typed, `thu-hoi-${record.id}`);
  return (
    <li>
      <p><Badge tone={record.recalledAt ? 'plain' : 'leaf'}>{t.kinds[record.kind]}</Badge> {record.item ? <SafeText text={itemLine(record.item, lang)} /> : t.lead.gone} {record.full && <Badge tone="amber">{t.shown.whole}</Badge>}</p>
      <p class="hint">
        {t.shown.sharedOn(formatDateTime(record.sharedAt, lang))}: {record.why} · {record.readAt ? t.lead.readBy(record.readBy ?? '', formatDateTime(record.readAt, lang)) : t.lead.notRead}
        {record.recalledAt && <> · {t.lead.recalled(formatDateTime(record.recalledAt, lang), record.recallReason ?? '')}</>}
      </p>
      {record.recalledAt === null && (
        <Disclosure summary={t.lead.recall} open={Object.keys(own.errors).length > 0}>
          <Form action={action} hidden={{ share: record.id }}>
            <TextArea lang={lang} name="why" id={`f-why-${record.id}`} label={t.lead.recallWhy} rows={2} maxlength={500} value={own.value('why')} error={own.errors.why} />
            <Button kind="danger" small>{t.lead.recall}</Button>
          </Form>
        </Disclosure>
      )}
    </li>
  );
}
