import type { VNode } from 'preact';
import { AIMS } from '#catalogue/aims.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { measureOf, RECIPIENT_KINDS } from '#catalogue/measures.ts';
import { addDays } from '#core/deadlines.ts';
import { displayParts } from '#core/indicators/index.ts';
import { basisNote, citation, inForce, type Basis } from '#core/law.ts';
import type { DecisionState } from '#core/transitions.ts';
import { nameIn } from '#modules/directory/index.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Defanged } from '#web/defanged.tsx';
import { daysUntil, formatDate, formatDays, formatNumber } from '#web/format.ts';
import type { Lang, Messages } from '#web/i18n/index.ts';
import type { KvItem } from '#web/kv.tsx';
import { shownDetail } from '../form.ts';
import type { DecisionPage, EarlierLine, EvidenceLine, LocatorLine, RecipientLine } from '../types.ts';

/** What every view of this room takes. */
export interface ViewProps {
  readonly lang: Lang;
  readonly t: Messages;
  readonly now: Date;
  /** Today in Vietnam, YYYY-MM-DD. */
  readonly today: string;
}

/** Address of a decision's page, or of what lies below it. */
export function decisionPath(id: string, below = ''): string {
  return `/can-bo/quyet-dinh/${id}${below}`;
}

/** Address of a case's page. */
export function casePath(number: string): string {
  return `/can-bo/vu-viec/${number}`;
}

const TONES: Readonly<Record<DecisionState, Tone>> = {
  draft: 'plain', second_review: 'amber', returned: 'amber', stopped: 'rose', interim: 'amber', in_force: 'moss', expired: 'plain', withdrawn: 'plain', reversed: 'plain',
};

/** The state as a word on a tint. */
export function StateBadge({ t, state }: { t: Messages; state: DecisionState }): VNode {
  return <Badge tone={TONES[state]}>{t.decisions.states[state]}</Badge>;
}

/** Whether the measure speaks to the public on a page of its own; the others write to recipients or only record. */
export function isPublic(page: DecisionPage): boolean {
  return measureOf(page.facts.measure).template === 'page';
}

/** Text as it was written, line by line. */
export function Say({ children }: { children: string }): VNode {
  return <p class="say">{children}</p>;
}

/** The state of a decision by the clock: its last day ends it, whether or not the job has run. */
export function stateToday(page: Pick<DecisionPage, 'state' | 'facts'>, today: string): DecisionState {
  return page.state === 'in_force' && page.facts.endsOn !== null && page.facts.endsOn < today ? 'expired' : page.state;
}

/** A basis that will not outlast the measure, or barely, as a sentence; nothing otherwise. */
export function BasisEnds({ t, page, basis }: { t: Messages; page: DecisionPage; basis: Basis | null | undefined }): VNode | null {
  const note = basis && basisNote(basis, page.facts.startsOn, page.facts.endsOn);
  return note && basis.validTo ? <Callout kind="look" title={t.law.notes[note](formatDate(basis.validTo))} /> : null;
}

/** Whether a lawyer has compared the provision with the gazette. */
export function Checked({ t, basis }: { t: Messages; basis: Basis }): VNode {
  return <Badge tone={basis.checkedOn ? 'moss' : 'amber'}>{basis.checkedOn && basis.checkedBy ? t.law.checked(basis.checkedBy, formatDate(basis.checkedOn)) : t.law.unchecked}</Badge>;
}

/** A provision with a word on whether it is in force on a day. */
function Cited({ lang, t, basis, on }: { lang: Lang; t: Messages; basis: Basis; on: string }): VNode {
  const holds = inForce(basis, on);
  return (
    <>
      {capital(citation(basis, lang))} <Badge tone={holds ? 'moss' : 'rose'}>{holds ? t.decisions.inForce : t.decisions.notInForce}</Badge> <Checked t={t} basis={basis} />
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

/** A trace without the means to use it: an address defanged, a number as far as the screen may show it, a hash whole. */
export function LocatorText({ lang, line, quiet }: { lang?: Lang; line: LocatorLine; quiet?: boolean }): VNode {
  if (line.kind !== 'url' && line.kind !== 'domain') return <span class="mono hash">{line.value}</span>;
  const parts = displayParts(line.value);
  return <Defanged lang={lang} quiet={quiet} {...parts} after={line.kind === 'url' ? parts.after : ''} />;
}

/** A trace, harmless, with its reach and how many reports name it. */
export function Locator({ lang, t, line }: { lang: Lang; t: Messages; line: LocatorLine }): VNode {
  return (
    <>
      <LocatorText lang={lang} line={line} />
      <small>
        {t.decisions.granularity[line.granularity]} · {t.decisions.reports(formatNumber(line.reports, lang), line.reports === 1)}
      </small>
    </>
  );
}

/** The traces that a decision names. */
export function Named({ lang, t, page }: Pick<ViewProps, 'lang' | 't'> & { page: DecisionPage }): VNode {
  const lines = chosenLocators(page);
  if (lines.length === 0) return <p class="hint">{t.decisions.review.namesNothing}</p>;
  return <ul class="plainlist">{lines.map((line) => <li><Locator lang={lang} t={t} line={line} /></li>)}</ul>;
}

/** What kind of recipient, and by which way a document reaches them. */
export function recipientNote({ t, lang }: Pick<ViewProps, 't' | 'lang'>, line: RecipientLine): string {
  const kind = RECIPIENT_KINDS.find(({ code }) => code === line.kind)!.label[lang];
  return `${kind} · ${line.email ? t.decisions.byMail(line.email) : t.decisions.byLetter}${line.format === 'xarf' ? ' · XARF' : ''}`;
}

/** Who a decision is addressed to. */
export function chosenRecipients(page: DecisionPage): readonly RecipientLine[] {
  return page.recipients.filter(({ id }) => page.recipientIds.includes(id));
}

/** What the measure itself asked for, answered, as facts by name. */
export function detailItems(page: DecisionPage, lang: Lang): KvItem[] {
  return measureOf(page.facts.measure).fields.flatMap((field) => {
    const kept = page.facts.detail[field.code] ?? '';
    const shown = shownDetail(field, kept, lang);
    return kept === '' ? [] : [{ label: field.label[lang], value: <span class={field.kind === 'sha256' || field.kind === 'url' ? 'mono hash' : 'say'}>{shown}</span> }];
  });
}

/** "24 giờ kể từ khi nhận (NĐ 147/2024/NĐ-CP)", or nothing when no law gives the recipient a time. */
export function clockText(page: DecisionPage, t: Messages, lang: Lang): string | null {
  const { clock } = measureOf(page.facts.measure);
  return clock && t.decisions.clock(formatNumber(clock.hours, lang), clock.source);
}

/** The pieces of evidence numbered as the case has them. */
export function evidenceNumber(page: DecisionPage, id: string): number {
  return page.evidence.findIndex((line) => line.id === id) + 1;
}

const SHORT = 72;

/** The beginning of a description, whole words. */
export function brief({ description }: EvidenceLine): string {
  return description.length <= SHORT ? description : `${description.slice(0, SHORT).replace(/\s+\S*$/, '')}…`;
}

/** Earlier decisions that named a trace of this case, and what became of them. */
export function Earlier({ t, lang, lines }: { t: Messages; lang: Lang; lines: readonly EarlierLine[] }): VNode {
  const { earlier, states } = t.decisions;
  if (lines.length === 0) return <p class="hint">{earlier.none}</p>;
  return (
    <ul class="plainlist">
      {lines.map((line) => (
        <li>
          <a href={decisionPath(line.id)}>{measureOf(line.measure).label[lang]}</a> <Badge tone={TONES[line.state]}>{states[line.state]}</Badge>
          <small>
            {[line.title || line.number, line.decidedAt && earlier.decided(formatDate(line.decidedAt)), line.endsOn && t.decisions.until(formatDate(line.endsOn))].filter(Boolean).join(' · ')}
          </small>
        </li>
      ))}
    </ul>
  );
}

/** The addresses a decision names. */
export function chosenLocators(page: DecisionPage, ids: readonly string[] = page.locatorIds): readonly LocatorLine[] {
  return page.locators.filter(({ id }) => ids.includes(id));
}

/** "90 ngày, đến hết ngày 20/02/2027". */
export function termText(page: DecisionPage, t: Messages, lang: Lang): string {
  const { startsOn, endsOn } = page.facts;
  if (!endsOn) return t.decisions.none;
  if (!startsOn) return t.decisions.until(formatDate(endsOn));
  return t.decisions.termUntil(formatDays(daysUntil(endsOn, new Date(`${startsOn}T00:00:00+07:00`)), lang), formatDate(endsOn));
}

/** The last day the measure may have. */
export function latestEnd(page: DecisionPage): { days: number; on: string } | null {
  const { maxDays } = measureOf(page.facts.measure);
  return maxDays === null || !page.facts.startsOn ? null : { days: maxDays, on: addDays(page.facts.startsOn, maxDays) };
}

/** Which law gives this agency the power, and why (S4); or the sentence that none does. */
export function Competence({ page, t, lang }: { page: DecisionPage; t: Messages; lang: Lang }): VNode {
  if (!page.competence) return <span class="late">{t.decisions.competenceNone}</span>;
  return (
    <>
      {nameIn(page.agency, lang)}
      <br /><small>{lang === 'vi' ? page.competence.whyVi : page.competence.whyEn}</small>
      <br /><small>{page.competence.law}</small>
    </>
  );
}

/** The facts of law in one list, for reading. */
export function lawItems({ page, t, lang, today }: ViewProps & { page: DecisionPage }): KvItem[] {
  const { kv } = t.decisions;
  const { basis } = page;
  return [
    { label: kv.harm, value: categoryOf(page.facts.category).label[lang] },
    { label: kv.basis, value: basis ? <><Cited lang={lang} t={t} basis={basis} on={page.actDate ?? today} /><br /><small>{basis.what[lang]}</small></> : t.decisions.none },
    { label: kv.competence, value: <Competence page={page} t={t} lang={lang} /> },
    { label: kv.aim, value: AIMS.find(({ code }) => code === page.facts.aim)?.label[lang] ?? t.decisions.none },
    { label: kv.territory, value: page.facts.territory ?? t.decisions.none },
    { label: kv.term, value: measureOf(page.facts.measure).maxDays === null ? t.decisions.review.noEnd : termText(page, t, lang) },
  ];
}

interface PreviewProps extends ViewProps {
  readonly page: DecisionPage;
  readonly title: string;
  readonly summary: string;
  readonly advice: string;
  readonly locatorIds?: readonly string[];
  readonly note?: string;
  /** Two columns where there is room. */
  readonly wide?: boolean;
}

/** The words as they will stand: on the public page, or in the statement that goes to recipients and to whoever is affected. */
export function Preview(props: PreviewProps): VNode {
  const { page, t, lang } = props;
  const { preview } = t.decisions;
  const { basis } = page;
  const { endsOn } = page.facts;
  const [publicly, locators, details] = [isPublic(page), chosenLocators(page, props.locatorIds), detailItems(page, lang)];
  return (
    <div class={props.wide ? 'preview wide' : 'preview'}>
      <div>
        {props.note && <p class="hint">{props.note}</p>}
        <p class="badges"><Badge tone="amber">{publicly ? categoryOf(page.facts.category).label[lang] : measureOf(page.facts.measure).label[lang]}</Badge></p>
        <h3>{props.title.trim() || preview.untitled}</h3>
        <p class="say">{props.summary.trim() || preview.unsummed}</p>
        <p class="hint">
          {(publicly ? preview.source : preview.decidedBy)(nameIn(page.agency, lang))} {endsOn && preview.until(formatDate(endsOn))} {basis && preview.basis(citation(basis, lang))}
        </p>
        <p class="hint">{publicly ? preview.appeal : preview.appealDecision}</p>
      </div>
      <div>
        {locators.length > 0 && (
          <>
            <p class="of">{publicly ? preview.addresses : preview.named}</p>
            <ul class="plainlist">{locators.map((line) => <li><LocatorText lang={lang} line={line} /></li>)}</ul>
          </>
        )}
        {details.map(({ label, value }) => <><p class="of">{label}</p><p>{value}</p></>)}
        {publicly && props.advice.trim() && (
          <>
            <p class="of">{preview.advice}</p>
            <p class="say">{props.advice.trim()}</p>
          </>
        )}
      </div>
    </div>
  );
}
