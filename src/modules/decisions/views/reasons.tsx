import type { VNode } from 'preact';
import { AIMS } from '#catalogue/aims.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { measureOf } from '#catalogue/measures.ts';
import { citation } from '#core/law.ts';
import { nameIn } from '#modules/directory/index.ts';
import { Callout } from '#web/callout.tsx';
import { formatDateTime, formatInterim, formatLongDate } from '#web/format.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { PrintPage, type Assets } from '#web/layout.tsx';
import type { DecisionPage } from '../types.ts';
import { CaseCounts, evidenceNote } from './draft.tsx';
import {
  chosenLocators, chosenRecipients, clockText, Competence, decisionPath, detailItems, evidenceNumber, isPublic, LocatorText, recipientNote, stateToday, termText, type ViewProps,
} from './parts.tsx';

/** The statement of reasons on paper: what S5 and S6 ask for, in the order one reads it. */
export function ReasonsPage(props: ViewProps & { page: DecisionPage; assets: Assets }): VNode {
  const { lang, t, page, today } = props;
  const { reasons, kv, states } = t.decisions;
  const state = stateToday(page, today);
  const decided = page.decidedAt !== null;
  return (
    <PrintPage lang={lang} title={reasons.title} assets={props.assets} back={{ label: reasons.back, href: decisionPath(page.id) }} operator={nameIn(page.agency, lang)}>
      <h1>{reasons.title}: {page.facts.title.trim() || page.case.title}</h1>
      {page.state === 'interim' && page.interimUntil ? <Callout kind="look" title={formatInterim(page.interimUntil, props.now, lang)} /> : !decided && <Callout kind="look" title={reasons.draftNote} />}
      {page.stayedAt && state === 'in_force' && <Callout kind="look" title={t.decisions.review.stayedSince(formatDateTime(page.stayedAt, lang))} />}
      <Kv items={[
        { label: kv.case, value: page.case.number },
        { label: kv.agency, value: nameIn(page.agency, lang) },
        { label: kv.actDate, value: page.actDate ? formatLongDate(page.actDate, lang) : t.decisions.none },
      ]} />
      <p>{reasons.stateNote(states[state])} {page.state === 'interim' ? reasons.oneOfficer(page.drafter) : <>{reasons.twoPeople(page.drafter, page.second ?? reasons.noSecond)} {reasons.automated}</>}</p>
      <Law {...props} />
      <Facts {...props} />
      <Reasoning {...props} />
      <Scope {...props} />
      <h2>{isPublic(page) ? reasons.publicText : reasons.statement}</h2>
      <p><b>{page.facts.title}</b></p>
      <Paragraphs text={page.facts.summary} />
      {isPublic(page) && <Paragraphs text={page.advice} />}
      <h2>{reasons.redress}</h2>
      <p>{reasons.redressText}</p>
      <p><small>{reasons.lawyer}</small></p>
    </PrintPage>
  );
}

/** @NOTE paper has the portal's styles, which keep no line breaks: each line is a paragraph. */
function Paragraphs({ text }: { text: string }): VNode {
  return <>{text.split('\n').filter((line) => line.trim()).map((line) => <p>{line}</p>)}</>;
}

function Law({ lang, t, page }: ViewProps & { page: DecisionPage }): VNode {
  const { reasons, kv } = t.decisions;
  const { basis } = page;
  return (
    <>
      <h2>{reasons.measure}</h2>
      <Kv items={[
        { label: kv.measure, value: measureOf(page.facts.measure).label[lang] },
        { label: kv.harm, value: categoryOf(page.facts.category).label[lang] },
        { label: kv.basis, value: basis ? `${citation(basis, lang)}: ${basis.what[lang]}` : t.decisions.none },
        { label: kv.competence, value: <Competence page={page} t={t} lang={lang} /> },
        { label: kv.aim, value: AIMS.find(({ code }) => code === page.facts.aim)?.label[lang] ?? t.decisions.none },
      ]} />
    </>
  );
}

/** What is asked, of whom, what exactly is named, where and how long. Numbers stand as far as the screen may show them. */
function Scope(props: ViewProps & { page: DecisionPage }): VNode {
  const { lang, t, page } = props;
  const { reasons, kv } = t.decisions;
  const locators = chosenLocators(page);
  const recipients = chosenRecipients(page);
  const clock = clockText(page, t, lang);
  const items: (KvItem | false)[] = [
    ...detailItems(page, lang),
    recipients.length > 0 && { label: kv.recipients, value: recipients.map((line) => <p>{lang === 'en' && line.nameEn ? line.nameEn : line.name} <small>({recipientNote(props, line)})</small></p>) },
    clock !== null && { label: kv.clock, value: clock },
    { label: kv.territory, value: page.facts.territory ?? t.decisions.none },
    { label: kv.term, value: measureOf(page.facts.measure).maxDays === null ? t.decisions.review.noEnd : termText(page, t, lang) },
    { label: kv.undo, value: measureOf(page.facts.measure).undo[lang] },
  ];
  return (
    <>
      <h2>{reasons.scope}</h2>
      {locators.length > 0 && <ul>{locators.map((line) => <li><LocatorText lang={lang} line={line} quiet /> ({t.decisions.granularity[line.granularity]})</li>)}</ul>}
      <Kv items={items.filter((item) => item !== false)} />
    </>
  );
}

function Facts(props: ViewProps & { page: DecisionPage }): VNode {
  const { page, t } = props;
  return (
    <>
      <h2>{t.decisions.reasons.facts}</h2>
      <CaseCounts {...props} />
      <Paragraphs text={page.facts.facts} />
      <ul>
        {page.evidence.filter(({ id }) => page.evidenceIds.includes(id)).map((line) => (
          <li>{t.decisions.review.proof(String(evidenceNumber(page, line.id)))}: {line.description} <small>({evidenceNote(props, line)})</small></li>
        ))}
      </ul>
    </>
  );
}

function Reasoning({ lang, t, page }: ViewProps & { page: DecisionPage }): VNode {
  const { reasons, sideEffectsTitle, noSideEffects } = t.decisions;
  return (
    <>
      <h2>{reasons.elements}</h2>
      {page.basis?.elements.map(({ code, label }) => (
        <>
          <h3>{label[lang]}</h3>
          <Paragraphs text={page.facts.elements[code] ?? t.decisions.none} />
          <p><small>{(page.facts.proofs[code] ?? []).map((id) => t.decisions.review.proof(String(evidenceNumber(page, id)))).join(', ')}</small></p>
        </>
      ))}
      <h2>{reasons.necessity}</h2>
      {measureOf(page.facts.measure).lesser.map(({ code, label }) => (
        <>
          <h3>{reasons.option(label[lang])}</h3>
          <Paragraphs text={page.facts.options[code] ?? t.decisions.none} />
        </>
      ))}
      {measureOf(page.facts.measure).lesser.length === 0 && <p>{t.decisions.review.noLesser}</p>}
      {measureOf(page.facts.measure).locators.length > 0 && <><h3>{sideEffectsTitle}</h3><Paragraphs text={page.sideEffects.trim() || noSideEffects} /></>}
    </>
  );
}
