import type { VNode } from 'preact';
import { AIMS } from '#catalogue/aims.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { citation } from '#catalogue/legal-bases.ts';
import { measureOf } from '#catalogue/measures.ts';
import { basesInForce, missingIn, type Missing } from '#core/decision.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonRow, CheckboxList, DateField, ErrorSummary, fieldId, Form, RadioCards, TextArea, TextField } from '#web/form.tsx';
import { formatDate, formatDateTime, formatDays, formatMoney, formatNumber } from '#web/format.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { fieldOf, LENGTHS, type DraftValues, type Errors } from '../form.ts';
import type { DecisionPage, EvidenceLine, VerificationLine } from '../types.ts';
import { basisOf, casePath, Competence, decisionPath, latestEnd, Locator, Preview, Say, type ViewProps } from './parts.tsx';

interface DraftProps extends ViewProps {
  readonly page: DecisionPage;
  readonly values: DraftValues;
  readonly errors: Errors;
  /** What the summary of errors is called: not submitted, or not even saved. */
  readonly errorTitle: string;
  readonly done: string | null;
}

/** Words for what is missing, as part of a sentence. */
export function missingWords({ t, lang }: Pick<ViewProps, 't' | 'lang'>, page: DecisionPage, missing: Missing): string {
  const words = t.decisions.missing;
  if (missing.point === 'element') return words.element(basisOf(page)?.elements.find(({ code }) => code === missing.code)?.label[lang] ?? missing.code);
  if (missing.point === 'option') return words.option(measureOf(page.facts.measure).lesser.find(({ code }) => code === missing.code)?.label[lang] ?? missing.code);
  return words[missing.point];
}

/** The guided draft: law, facts and necessity side by side, then the words for the public. */
export function DraftView(props: DraftProps): VNode {
  const { lang, t, page } = props;
  const { draft, done } = t.decisions;
  const returned = page.state === 'returned' ? page.steps.findLast(({ action }) => action === 'return') : undefined;
  const wrong = Object.keys(props.errors).length > 0;
  return (
    <>
      <p class="over">
        <a href={casePath(page.case.number)}>{page.case.number}</a> · {page.case.title}
      </p>
      <h1>{draft.title(measureOf(page.facts.measure).label[lang])}</h1>
      {props.done && props.done in done && <Callout kind="ok" role="status" title={done[props.done as keyof typeof done]} />}
      {wrong && <ErrorSummary lang={lang} errors={props.errors} title={props.errorTitle} />}
      {returned && (
        <Callout kind="look" title={draft.returnedTitle(returned.officer ?? '', formatDateTime(returned.at, lang))}>
          <Say>{returned.reason ?? ''}</Say>
        </Callout>
      )}
      {!wrong && <Completeness {...props} />}
      <Form action={decisionPath(page.id)} keep={keepId(page.id)} lang={lang} label={draft.title(measureOf(page.facts.measure).label[lang])}>
        <div class="threefold">
          <Law {...props} />
          <Facts {...props} />
          <Need {...props} />
        </div>
        <PublicText {...props} />
        <p class="hint">{draft.submitNote}</p>
        <ButtonRow>
          <Button name="go" value="submit">{draft.submit}</Button>
          <Button kind="quiet" name="go" value="save">{draft.save}</Button>
        </ButtonRow>
      </Form>
      <Disclosure summary={draft.drop} open={!!props.errors.drop_reason} id="bo">
        <Form action={`${decisionPath(page.id)}/bo`} lang={lang}>
          <TextArea lang={lang} name="drop_reason" label={draft.dropLabel} hint={draft.dropHint} rows={2} maxlength={LENGTHS.reason} error={props.errors.drop_reason} />
          <Button kind="danger" small>{draft.dropSend}</Button>
        </Form>
      </Disclosure>
    </>
  );
}

/** Name under which the browser keeps an unfinished draft. */
export function keepId(id: string): string {
  return `quyet-dinh-${id.slice(-12)}`;
}

/** One sentence on what is still to do, each part leading to its place; never a percentage. */
function Completeness(props: DraftProps): VNode {
  const { t, page, today } = props;
  const missing = missingIn(page.facts, today);
  if (missing.length === 0) return <p class="completeness full">{t.decisions.draft.complete}</p>;
  return (
    <div class="completeness">
      <p>
        <b>{t.decisions.draft.missing(missing.length, missing.length === 1)}</b>{' '}
        {missing.map((one, index) => (
          <>
            <a href={`#${anchorOf(one, page)}`}>{missingWords(props, page, one)}</a>
            {index < missing.length - 1 ? '; ' : '. '}
          </>
        ))}
        <small>{t.decisions.draft.savedNote}</small>
      </p>
    </div>
  );
}

function anchorOf(missing: Missing, page: DecisionPage): string {
  if (missing.point === 'evidence' && page.evidence.length === 0) return 'chung-cu';
  if (missing.point === 'locators' && page.locators.every(({ exact }) => !exact)) return 'dia-chi';
  const field = fieldOf(missing);
  return field ? fieldId(field) : 'tham-quyen';
}

function Law(props: DraftProps): VNode {
  const { lang, t, page, values, errors, today } = props;
  const { draft, panels } = t.decisions;
  const bases = basesInForce(page.facts.category, today);
  const chosen = bases.find(({ code }) => code === values.basis);
  const stored = page.facts.legalBasis;
  return (
    <Panel title={panels.law} id="can-cu">
      {stored && !bases.some(({ code }) => code === stored) && <Callout kind="look" title={draft.basisGone} />}
      {bases.length === 0 ? <p>{draft.basisNone}</p> : (
        <>
          <RadioCards
            lang={lang} name="basis" label={draft.basis} hint={draft.basisHint} error={errors.basis} value={values.basis}
            options={bases.map((basis) => ({
              value: basis.code, label: basis.what[lang],
              hint: <>{citation(basis, lang)} <Badge tone="moss">{t.decisions.inForce}</Badge></>,
            }))}
          />
          <p class="then">
            <Button kind="quiet" small name="go" value="basis">{draft.chooseBasis}</Button>
            {!chosen && <small>{draft.chooseBasisHint}</small>}
          </p>
        </>
      )}
      <RadioCards
        lang={lang} name="aim" label={draft.aim} error={errors.aim} value={values.aim}
        options={AIMS.map((aim) => ({ value: aim.code, label: aim.label[lang] }))}
      />
      <div id="tham-quyen">
        <Kv items={[
          { label: t.decisions.kv.harm, value: categoryOf(page.facts.category).label[lang] },
          { label: t.decisions.kv.competence, value: <Competence page={page} t={t} lang={lang} /> },
          { label: t.decisions.kv.territory, value: page.facts.territory ?? t.decisions.none },
        ]} />
      </div>
    </Panel>
  );
}

function Facts(props: DraftProps): VNode {
  const { lang, t, page, values, errors } = props;
  const { draft, panels } = t.decisions;
  return (
    <Panel title={panels.facts} id="chung-cu">
      <Disclosure summary={draft.caseNotes} open={!values.facts.trim()}>
        <CaseCounts {...props} />
        {page.verifications.length === 0 ? <p class="hint">{draft.noVerification}</p> : page.verifications.map((line) => <Note {...props} line={line} />)}
      </Disclosure>
      <TextArea lang={lang} name="facts" label={draft.facts} hint={draft.factsHint} error={errors.facts} value={values.facts} rows={8} maxlength={LENGTHS.facts} />
      {page.evidence.length === 0 ? (
        <p>
          <b>{draft.evidence}</b><br />
          {draft.evidenceNone} <a href={casePath(page.case.number)}>{draft.evidenceAdd}</a>
        </p>
      ) : (
        <CheckboxList
          lang={lang} name="evidence" label={draft.evidence} error={errors.evidence} values={values.evidence}
          options={page.evidence.map((line) => ({ value: line.id, label: line.description, hint: evidenceNote(props, line) }))}
        />
      )}
      <Elements {...props} />
    </Panel>
  );
}

/** How the facts meet each element of the provision chosen; until one is chosen, where to choose it. */
function Elements({ lang, t, page, values, errors, today }: DraftProps): VNode {
  const { draft } = t.decisions;
  const chosen = basesInForce(page.facts.category, today).find(({ code }) => code === values.basis);
  return (
    <div id="yeu-to">
      <h3>{draft.elements}</h3>
      <p class="hint">{chosen ? draft.elementHint : draft.elementsLater}</p>
      {chosen?.elements.map((element) => (
        <TextArea
          lang={lang} name={`element.${element.code}`} label={element.label[lang]} rows={3} error={errors[`element.${element.code}`]} value={values.elements[element.code]}
        />
      ))}
    </div>
  );
}

/** What kind of evidence, by whom, when, and the beginning of its hash. */
export function evidenceNote({ t, lang }: Pick<ViewProps, 't' | 'lang'>, line: EvidenceLine): string {
  const { evidenceKinds, evidenceNote: by, hash } = t.decisions;
  return [evidenceKinds[line.kind], by(line.officer, formatDateTime(line.at, lang)), line.sha256 && hash(line.sha256)].filter(Boolean).join(' · ');
}

/** How much was reported, from how many places, since when. */
export function CaseCounts({ t, lang, page }: Pick<ViewProps, 't' | 'lang'> & { page: DecisionPage }): VNode {
  const { case: of } = page;
  return (
    <p class="counts">
      <b>{t.decisions.reportsFrom(formatNumber(of.reports, lang), formatNumber(of.communes, lang), of.reports === 1)}</b>
      {of.firstAt && of.lastAt && <> {span(t, formatDate(of.firstAt), formatDate(of.lastAt))}</>}
      {of.moneyLost > 0 && <><br />{t.decisions.moneyLost(formatMoney(of.moneyLost, lang))}</>}
    </p>
  );
}

function span(t: ViewProps['t'], first: string, last: string): string {
  return first === last ? t.decisions.onDay(first) : t.decisions.firstToLast(first, last);
}

/** One verification, to read while writing. */
export function Note({ t, lang, line }: Pick<ViewProps, 't' | 'lang'> & { line: VerificationLine }): VNode {
  const { checked, otherExplanation, finding, confidence } = t.decisions;
  return (
    <div class="casenote">
      <p class="hint">{line.officer}, {formatDateTime(line.at, lang)} · {confidence[line.confidence]}</p>
      <p class="say"><b>{finding}:</b> {line.finding}</p>
      <p class="say"><b>{checked}:</b> {line.checked}</p>
      <p class="say"><b>{otherExplanation}:</b> {line.otherExplanation}</p>
    </div>
  );
}

function Need(props: DraftProps): VNode {
  const { lang, t, page, values, errors } = props;
  const { draft, panels } = t.decisions;
  const latest = latestEnd(page);
  return (
    <Panel title={panels.need} id="dia-chi">
      {page.locators.length === 0 ? <p><b>{draft.locators}</b><br />{draft.locatorsNone}</p> : (
        <CheckboxList
          lang={lang} name="locators" label={draft.locators} hint={draft.locatorsHint} error={errors.locators} values={values.locators}
          options={page.locators.map((line) => ({
            value: line.id, disabled: !line.exact, label: <Locator lang={lang} t={t} line={line} />, hint: line.exact ? undefined : draft.locatorShared,
          }))}
        />
      )}
      {measureOf(page.facts.measure).lesser.length > 0 && <h3>{draft.options}</h3>}
      {measureOf(page.facts.measure).lesser.map((option) => (
        <TextArea
          lang={lang} name={`option.${option.code}`} label={option.label[lang]} rows={3} error={errors[`option.${option.code}`]}
          value={values.options[option.code]}
        />
      ))}
      <TextArea lang={lang} name="side_effects" label={draft.sideEffects} hint={draft.sideEffectsHint} error={errors.side_effects} value={values.sideEffects} rows={3} optional />
      {latest && (
        <DateField
          lang={lang} name="ends_on" label={draft.endsOn} hint={draft.endsOnHint(formatDays(latest.days, lang), formatDate(latest.on))} error={errors.ends_on}
          value={values.endsOn}
        />
      )}
    </Panel>
  );
}

function PublicText(props: DraftProps): VNode {
  const { lang, t, values, errors } = props;
  const { draft, panels } = t.decisions;
  return (
    <div class="publictext">
      <Panel title={panels.public}>
        <TextField lang={lang} name="title" label={draft.titleField} hint={draft.titleHint} error={errors.title} value={values.title} maxlength={LENGTHS.title} />
        <TextArea lang={lang} name="summary" label={draft.summary} hint={draft.summaryHint} error={errors.summary} value={values.summary} maxlength={LENGTHS.summary} />
        <TextArea lang={lang} name="advice" label={draft.advice} hint={draft.adviceHint} error={errors.advice} value={values.advice} maxlength={LENGTHS.advice} optional />
      </Panel>
      <Panel title={panels.preview}>
        <Preview {...props} title={values.title} summary={values.summary} advice={values.advice} locatorIds={values.locators} note={draft.previewNote} />
      </Panel>
    </div>
  );
}
