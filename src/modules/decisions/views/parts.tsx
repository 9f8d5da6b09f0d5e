import type { VNode } from 'preact';
import { AIMS } from '#catalogue/aims.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { citation, DOCUMENTS, LEGAL_BASES, type LegalBasis } from '#catalogue/legal-bases.ts';
import { measureOf } from '#catalogue/measures.ts';
import { addDays } from '#core/deadlines.ts';
import { displayParts } from '#core/indicators/index.ts';
import type { DecisionState } from '#core/transitions.ts';
import { nameIn } from '#modules/directory/index.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Defanged } from '#web/defanged.tsx';
import { daysUntil, formatDate, formatDays, formatNumber } from '#web/format.ts';
import type { Lang, Messages } from '#web/i18n/index.ts';
import type { KvItem } from '#web/kv.tsx';
import type { DecisionPage, LocatorLine } from '../types.ts';

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
  draft: 'plain', second_review: 'amber', returned: 'amber', stopped: 'rose', in_force: 'moss', expired: 'plain', withdrawn: 'plain', reversed: 'plain',
};

/** The state as a word on a tint. */
export function StateBadge({ t, state }: { t: Messages; state: DecisionState }): VNode {
  return <Badge tone={TONES[state]}>{t.decisions.states[state]}</Badge>;
}

/** Text as it was written, line by line. */
export function Say({ children }: { children: string }): VNode {
  return <p class="say">{children}</p>;
}

/** The state of a decision by the clock: its last day ends it, whether or not the job has run. */
export function stateToday(page: Pick<DecisionPage, 'state' | 'facts'>, today: string): DecisionState {
  return page.state === 'in_force' && page.facts.endsOn !== null && page.facts.endsOn < today ? 'expired' : page.state;
}

/** The legal basis of a decision, if one is chosen. */
export function basisOf(page: DecisionPage): LegalBasis | undefined {
  return LEGAL_BASES.find(({ code }) => code === page.facts.legalBasis);
}

/** A provision with a word on whether it is in force on a day. */
function Cited({ lang, t, basis, on }: { lang: Lang; t: Messages; basis: LegalBasis; on: string }): VNode {
  const document = DOCUMENTS.find(({ code }) => code === basis.document);
  const holds = !!document && document.validFrom <= on && (document.validTo === null || on <= document.validTo);
  return (
    <>
      {capital(citation(basis, lang))} <Badge tone={holds ? 'moss' : 'rose'}>{holds ? t.decisions.inForce : t.decisions.notInForce}</Badge>
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

/** An address cut for the screen; a name alone has no path. */
export function partsOf(line: LocatorLine): { before: string; registrable: string; after: string } {
  const parts = displayParts(line.value);
  return line.granularity === 'url' ? parts : { ...parts, after: '' };
}

/** An address, harmless, with its scope and how many reports name it. */
export function Locator({ lang, t, line }: { lang: Lang; t: Messages; line: LocatorLine }): VNode {
  return (
    <>
      <Defanged lang={lang} {...partsOf(line)} />
      <small>
        {t.decisions.granularity[line.granularity]} · {t.decisions.reports(formatNumber(line.reports, lang), line.reports === 1)}
      </small>
    </>
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
  const basis = basisOf(page);
  return [
    { label: kv.harm, value: categoryOf(page.facts.category).label[lang] },
    { label: kv.basis, value: basis ? <><Cited lang={lang} t={t} basis={basis} on={page.actDate ?? today} /><br /><small>{basis.what[lang]}</small></> : t.decisions.none },
    { label: kv.competence, value: <Competence page={page} t={t} lang={lang} /> },
    { label: kv.aim, value: AIMS.find(({ code }) => code === page.facts.aim)?.label[lang] ?? t.decisions.none },
    { label: kv.territory, value: page.facts.territory ?? t.decisions.none },
    { label: kv.term, value: termText(page, t, lang) },
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

/** The public page's words as they will stand there. */
export function Preview(props: PreviewProps): VNode {
  const { page, t, lang } = props;
  const { preview } = t.decisions;
  const basis = basisOf(page);
  const { endsOn } = page.facts;
  const locators = chosenLocators(page, props.locatorIds);
  return (
    <div class={props.wide ? 'preview wide' : 'preview'}>
      <div>
        {props.note && <p class="hint">{props.note}</p>}
        <p class="badges"><Badge tone="amber">{categoryOf(page.facts.category).label[lang]}</Badge></p>
        <h3>{props.title.trim() || preview.untitled}</h3>
        <p class="say">{props.summary.trim() || preview.unsummed}</p>
        <p class="hint">
          {preview.source(nameIn(page.agency, lang))} {endsOn && preview.until(formatDate(endsOn))} {basis && preview.basis(citation(basis, lang))}
        </p>
        <p class="hint">{preview.appeal}</p>
      </div>
      <div>
        {locators.length > 0 && (
          <>
            <p class="of">{preview.addresses}</p>
            <ul class="plainlist">{locators.map((line) => <li><Defanged lang={lang} {...partsOf(line)} /></li>)}</ul>
          </>
        )}
        {props.advice.trim() && (
          <>
            <p class="of">{preview.advice}</p>
            <p class="say">{props.advice.trim()}</p>
          </>
        )}
      </div>
    </div>
  );
}
