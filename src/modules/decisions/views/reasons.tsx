import type { VNode } from 'preact';
import { AIMS } from '#catalogue/aims.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { citation } from '#catalogue/legal-bases.ts';
import { measureOf } from '#catalogue/measures.ts';
import { nameIn } from '#modules/directory/index.ts';
import { Callout } from '#web/callout.tsx';
import { Defanged } from '#web/defanged.tsx';
import { formatLongDate } from '#web/format.ts';
import { Kv } from '#web/kv.tsx';
import { PrintPage, type Assets } from '#web/layout.tsx';
import type { DecisionPage } from '../types.ts';
import { CaseCounts, evidenceNote } from './draft.tsx';
import { basisOf, chosenLocators, Competence, decisionPath, partsOf, stateToday, termText, type ViewProps } from './parts.tsx';

/** The statement of reasons on paper: what S5 and S6 ask for, in the order one reads it. */
export function ReasonsPage(props: ViewProps & { page: DecisionPage; assets: Assets }): VNode {
  const { lang, t, page, today } = props;
  const { reasons, kv, states } = t.decisions;
  const state = stateToday(page, today);
  const decided = page.decidedAt !== null;
  return (
    <PrintPage lang={lang} title={reasons.title} assets={props.assets} back={{ label: reasons.back, href: decisionPath(page.id) }} operator={nameIn(page.agency, lang)}>
      <h1>{reasons.title}: {page.facts.title.trim() || page.case.title}</h1>
      {!decided && <Callout kind="look" title={reasons.draftNote} />}
      <Kv items={[
        { label: kv.case, value: page.case.number },
        { label: kv.agency, value: nameIn(page.agency, lang) },
        { label: kv.actDate, value: page.actDate ? formatLongDate(page.actDate, lang) : t.decisions.none },
      ]} />
      <p>{reasons.stateNote(states[state])} {reasons.twoPeople(page.drafter, page.second ?? reasons.noSecond)} {reasons.automated}</p>
      <Law {...props} />
      <Facts {...props} />
      <Reasoning {...props} />
      <h2>{reasons.scope}</h2>
      <ul>
        {chosenLocators(page).map((line) => <li><Defanged lang={lang} quiet {...partsOf(line)} /> ({t.decisions.granularity[line.granularity]})</li>)}
      </ul>
      <Kv items={[{ label: kv.territory, value: page.facts.territory ?? t.decisions.none }, { label: kv.term, value: termText(page, t, lang) }]} />
      <h2>{reasons.publicText}</h2>
      <p><b>{page.facts.title}</b></p>
      <Paragraphs text={page.facts.summary} />
      <Paragraphs text={page.advice} />
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
  const basis = basisOf(page);
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

function Facts(props: ViewProps & { page: DecisionPage }): VNode {
  const { page, t } = props;
  return (
    <>
      <h2>{t.decisions.reasons.facts}</h2>
      <CaseCounts {...props} />
      <Paragraphs text={page.facts.facts} />
      <ol>
        {page.evidence.filter(({ id }) => page.evidenceIds.includes(id)).map((line) => <li>{line.description} <small>({evidenceNote(props, line)})</small></li>)}
      </ol>
    </>
  );
}

function Reasoning({ lang, t, page }: ViewProps & { page: DecisionPage }): VNode {
  const { reasons, sideEffectsTitle, noSideEffects } = t.decisions;
  return (
    <>
      <h2>{reasons.elements}</h2>
      {basisOf(page)?.elements.map(({ code, label }) => (
        <>
          <h3>{label[lang]}</h3>
          <Paragraphs text={page.facts.elements[code] ?? t.decisions.none} />
        </>
      ))}
      <h2>{reasons.necessity}</h2>
      {measureOf(page.facts.measure).lesser.map(({ code, label }) => (
        <>
          <h3>{reasons.option(label[lang])}</h3>
          <Paragraphs text={page.facts.options[code] ?? t.decisions.none} />
        </>
      ))}
      <h3>{sideEffectsTitle}</h3>
      <Paragraphs text={page.sideEffects.trim() || noSideEffects} />
    </>
  );
}
