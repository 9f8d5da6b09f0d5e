import type { ComponentChildren, VNode } from 'preact';
import { AIMS } from '#catalogue/aims.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { measureOf, RECIPIENT_KINDS, type MeasureField } from '#catalogue/measures.ts';
import { INTERIM_HOURS, missingIn, type Missing } from '#core/decision.ts';
import { citation } from '#core/law.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonRow, CheckboxList, DateField, ErrorSummary, fieldId, Form, RadioCards, TextArea, TextField } from '#web/form.tsx';
import { formatDate, formatDateTime, formatDays, formatMoney, formatNumber } from '#web/format.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { fieldOf, LENGTHS, type DraftValues, type Errors } from '../form.ts';
import { mayBeginInterim } from '../policy.ts';
import type { DecisionPage, EvidenceLine, LocatorLine, VerificationLine } from '../types.ts';
import { BasisEnds, brief, casePath, Checked, clockText, Competence, decisionPath, Earlier, isPublic, latestEnd, Locator, Preview, recipientNote, Say, type ViewProps } from './parts.tsx';

interface DraftProps extends ViewProps {
  /** Address of `decisions.css`, which only pages that set out a decision's reasons need. */
  readonly stylesheet: string;
  readonly page: DecisionPage;
  readonly actor: OfficerActor;
  readonly values: DraftValues;
  /** Why the interim measure cannot wait, as typed. */
  readonly interimReason: string;
  readonly errors: Errors;
  /** What the summary of errors is called: not submitted, or not even saved. */
  readonly errorTitle: string;
  /** Why a command was refused, in words. */
  readonly refused: string | null;
  readonly done: string | null;
}

/** Words for what is missing, as part of a sentence. */
export function missingWords({ t, lang }: Pick<ViewProps, 't' | 'lang'>, page: DecisionPage, missing: Missing): string {
  const words = t.decisions.missing;
  const element = (code: string) => page.basis?.elements.find((one) => one.code === code)?.label[lang] ?? code;
  const { lesser, fields } = measureOf(page.facts.measure);
  switch (missing.point) {
    case 'element': return words.element(element(missing.code));
    case 'proof': return words.proof(element(missing.code));
    case 'option': return words.option(lesser.find(({ code }) => code === missing.code)?.label[lang] ?? missing.code);
    case 'field': return words.field(fields.find(({ code }) => code === missing.code)?.label[lang] ?? missing.code);
    default: return words[missing.point];
  }
}

/** What is missing, said once: evidence that no element has yet is asked for at the elements. */
export function openPoints(page: DecisionPage, today: string): readonly Missing[] {
  return saidOnce(missingIn(page.facts, today, page.basis));
}

/** Without "evidence" where an element already asks for its own. */
export function saidOnce(missing: readonly Missing[]): readonly Missing[] {
  const elements = missing.some(({ point }) => point === 'proof');
  return missing.filter(({ point }) => point !== 'evidence' || !elements);
}

/** The guided draft: what is asked of whom; law, facts and necessity side by side; then the words, and what is still open. */
export function DraftView(props: DraftProps): VNode {
  const { lang, t, page } = props;
  const { draft, done } = t.decisions;
  const measure = measureOf(page.facts.measure);
  const returned = page.state === 'returned' ? page.steps.findLast(({ action }) => action === 'return') : undefined;
  const wrong = Object.keys(props.errors).length > 0;
  const open = openPoints(page, props.today).length;
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <p class="over">
        <a href={casePath(page.case.number)}>{page.case.number}</a> · {page.case.title} · <a href="#con-thieu">{open === 0 ? draft.nothingOpen : draft.open(open, open === 1)}</a>
      </p>
      <h1>{draft.title(measure.label[lang])}</h1>
      <p class="lead">{measure.does[lang]}. {draft.undo(measure.undo[lang])}</p>
      {props.done && props.done in done && <Callout kind="ok" role="status" title={done[props.done as keyof typeof done]} />}
      {props.refused && <Callout kind="look" role="alert" title={props.refused} />}
      {wrong && <ErrorSummary lang={lang} errors={props.errors} title={props.errorTitle} />}
      {returned && (
        <Callout kind="look" title={draft.returnedTitle(returned.officer ?? '', formatDateTime(returned.at, lang))}>
          <Say>{returned.reason ?? ''}</Say>
        </Callout>
      )}
      <Renewal {...props} />
      <Form action={decisionPath(page.id)} keep={keepId(page.id)} lang={lang} label={draft.title(measure.label[lang])}>
        <Asked {...props} />
        <div class="threefold">
          <Law {...props} />
          <Facts {...props} />
          <Need {...props} />
        </div>
        <Words {...props} />
        <Finish {...props} />
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

/** What this draft would take the place of, and that the old evidence does not carry it (S6). */
function Renewal({ t, lang, page }: DraftProps): VNode | null {
  const { draft } = t.decisions;
  if (!page.renews || !page.renewedAt) return null;
  return (
    <Callout kind={page.facts.freshEvidence ? 'note' : 'look'} title={draft.renews}>
      {draft.renewsFresh(formatDateTime(page.renewedAt, lang))} <a href={decisionPath(page.renews)}>{draft.renewsOld}</a>
      {page.evidence.every(({ at }) => at <= page.renewedAt!) && <> · <a href={`${casePath(page.case.number)}#chung-cu`}>{draft.evidenceAdd}</a></>}
    </Callout>
  );
}

// ── What is asked, of whom, how long ──────────────────────────────────────────────────────────────────────────────────

function Asked(props: DraftProps): VNode {
  const { lang, t, page, values, errors } = props;
  const { draft, panels } = t.decisions;
  const measure = measureOf(page.facts.measure);
  const latest = latestEnd(page);
  const clock = clockText(page, t, lang);
  const toldApart = measure.locators.length > 0 || measure.recipients.length > 0;
  return (
    <Panel title={panels.asked} id="dia-chi">
      <div class={toldApart ? 'asked' : undefined}>
        {toldApart && <div>
          {measure.locators.length > 0 && <Locators {...props} />}
          {measure.recipients.length > 0 && <Recipients {...props} />}
        </div>}
        <div>
          {clock && <Callout kind="note" title={clock} />}
          {measure.fields.map((field) => <MeasureInput lang={lang} field={field} value={values.detail[field.code]} error={errors[`detail.${field.code}`]} />)}
          {latest && (
            <DateField
              lang={lang} name="ends_on" label={draft.endsOn} hint={draft.endsOnHint(formatDays(latest.days, lang), formatDate(latest.on))} error={errors.ends_on}
              value={values.endsOn}
            />
          )}
          {!latest && <p class="hint">{draft.noEnd}</p>}
        </div>
      </div>
    </Panel>
  );
}

function Locators({ lang, t, page, values, errors }: DraftProps): VNode {
  const { draft } = t.decisions;
  const needed = measureOf(page.facts.measure).needsLocator;
  if (page.locators.length === 0) return <p id="f-locators"><b>{draft.locators}</b><br />{draft.locatorsNone}</p>;
  return (
    <CheckboxList
      lang={lang} name="locators" label={draft.locators} hint={draft.locatorsHint} error={errors.locators} values={values.locators} optional={!needed}
      options={page.locators.map((line) => ({
        value: line.id, disabled: !line.exact, label: <Locator lang={lang} t={t} line={line} />, hint: whyNot(t, line),
      }))}
    />
  );
}

/** Why a trace cannot be ticked, beside it. */
function whyNot(t: ViewProps['t'], { bar, exact }: LocatorLine): string | undefined {
  const { barred } = t.decisions;
  return bar ? barred[bar] : exact ? undefined : barred.shared;
}

function Recipients({ lang, t, page, values, errors }: DraftProps): VNode {
  const { draft } = t.decisions;
  if (page.recipients.length === 0) {
    const kinds = measureOf(page.facts.measure).recipients.map((kind) => RECIPIENT_KINDS.find(({ code }) => code === kind)!.label[lang]).join(', ');
    return <div id="f-recipients"><p class="of">{draft.recipients}</p><p>{draft.recipientsNone(kinds)} <a href="/can-bo/noi-nhan">{draft.recipientsWhere}</a></p></div>;
  }
  return (
    <CheckboxList
      lang={lang} name="recipients" label={draft.recipients} hint={draft.recipientsHint} error={errors.recipients} values={values.recipients}
      options={page.recipients.map((line) => ({ value: line.id, label: lang === 'en' && line.nameEn ? line.nameEn : line.name, hint: recipientNote({ t, lang }, line) }))}
    />
  );
}

/** The control that fits what a measure asks for. */
function MeasureInput({ lang, field, value, error }: { lang: ViewProps['lang']; field: MeasureField; value: string | undefined; error: string | undefined }): VNode {
  const common = { lang, name: `detail.${field.code}`, label: field.label[lang], hint: field.hint?.[lang], value, error, optional: !field.required };
  switch (field.kind) {
    case 'text': return <TextArea {...common} rows={3} maxlength={LENGTHS.text} />;
    case 'line': return <TextField {...common} maxlength={LENGTHS.line} />;
    case 'date': return <DateField {...common} />;
    case 'url': return <TextField {...common} code inputmode="url" autocomplete="off" />;
    case 'sha256': return <TextField {...common} code autocomplete="off" maxlength={80} />;
    case 'money': return <TextField {...common} inputmode="numeric" autocomplete="off" width="medium" maxlength={30} />;
  }
}

// ── Law, facts, necessity ─────────────────────────────────────────────────────────────────────────────────────────────

function Law(props: DraftProps): VNode {
  const { lang, t, page, values, errors } = props;
  const { draft, panels } = t.decisions;
  const { bases } = page;
  const chosen = bases.find(({ code }) => code === values.basis);
  const stored = page.facts.legalBasis;
  return (
    <Panel title={panels.law} id="can-cu">
      {stored && !bases.some(({ code }) => code === stored) && <Callout kind="look" title={draft.basisGone} />}
      <BasisEnds t={t} page={page} basis={chosen} />
      {bases.length === 0 ? <p>{draft.basisNone}</p> : (
        <>
          <RadioCards
            lang={lang} name="basis" label={draft.basis} hint={draft.basisHint} error={errors.basis} value={values.basis}
            options={bases.map((basis) => ({
              value: basis.code, label: basis.what[lang],
              hint: <>{citation(basis, lang)} <Badge tone="moss">{t.decisions.inForce}</Badge> <Checked t={t} basis={basis} /></>,
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
      <p class="of">{draft.evidence}</p>
      {page.evidence.length === 0 ? <p>{draft.evidenceNone}</p> : (
        <ol class="evidence">
          {page.evidence.map((line) => <li>{line.description}{page.renewedAt && line.at > page.renewedAt && <> <Badge tone="moss">{draft.fresh}</Badge></>}<small>{evidenceNote(props, line)}</small></li>)}
        </ol>
      )}
      <p><a href={`${casePath(page.case.number)}#chung-cu`}>{draft.evidenceAdd}</a></p>
      <Elements {...props} />
    </Panel>
  );
}

/** How the facts meet each element of the provision chosen, and which evidence shows it; until one is chosen, where to choose it. */
function Elements({ lang, t, page, values, errors }: DraftProps): VNode {
  const { draft } = t.decisions;
  const chosen = page.bases.find(({ code }) => code === values.basis);
  return (
    <div id="yeu-to">
      <h3>{draft.elements}</h3>
      <p class="hint">{chosen ? draft.elementHint : draft.elementsLater}</p>
      {chosen?.elements.map((element) => (
        <div class="element">
          <TextArea
            lang={lang} name={`element.${element.code}`} label={element.label[lang]} rows={3} error={errors[`element.${element.code}`]} value={values.elements[element.code]}
          />
          {page.evidence.length > 0 && (
            <CheckboxList
              lang={lang} name={`proof.${element.code}`} label={<>{draft.proof}<span class="vh">: {element.label[lang]}</span></>} error={errors[`proof.${element.code}`]}
              values={values.proofs[element.code]} options={page.evidence.map((line, index) => ({ value: line.id, label: `${index + 1}. ${brief(line)}` }))}
            />
          )}
        </div>
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

function Need({ lang, t, page, values, errors }: DraftProps): VNode {
  const { draft, panels, earlier } = t.decisions;
  const { lesser, needsLocator, locators } = measureOf(page.facts.measure);
  const names = page.locators.some(({ granularity }) => granularity === 'domain' || granularity === 'host');
  return (
    <Panel title={panels.need} id="can-thiet">
      {lesser.length > 0 && <><h3>{draft.options}</h3><p class="hint">{draft.optionsHint}</p></>}
      {lesser.map((option) => (
        <TextArea
          lang={lang} name={`option.${option.code}`} label={option.label[lang]} rows={3} error={errors[`option.${option.code}`]}
          value={values.options[option.code]}
        />
      ))}
      {locators.length > 0 && (
        <TextArea lang={lang} name="side_effects" label={draft.sideEffects} hint={names ? draft.sideEffectsShared : draft.sideEffectsHint} error={errors.side_effects}
          value={values.sideEffects} rows={4} optional={!needsLocator} />
      )}
      <h3>{earlier.title}</h3>
      <Earlier t={t} lang={lang} lines={page.earlier} />
    </Panel>
  );
}

// ── Words, and the end ────────────────────────────────────────────────────────────────────────────────────────────────

function Words(props: DraftProps): VNode {
  const { lang, t, page, values, errors } = props;
  const { draft, panels } = t.decisions;
  const publicly = isPublic(page);
  return (
    <div class="publictext">
      <Panel title={publicly ? panels.public : panels.statement}>
        <TextField lang={lang} name="title" label={publicly ? draft.titleField : draft.titleDecision} hint={publicly ? draft.titleHint : draft.titleDecisionHint} error={errors.title}
          value={values.title} maxlength={LENGTHS.title} />
        <TextArea lang={lang} name="summary" label={publicly ? draft.summary : draft.summaryDecision} hint={publicly ? draft.summaryHint : draft.summaryDecisionHint} error={errors.summary}
          value={values.summary} maxlength={LENGTHS.summary} />
        {publicly && <TextArea lang={lang} name="advice" label={draft.advice} hint={draft.adviceHint} error={errors.advice} value={values.advice} maxlength={LENGTHS.advice} optional />}
      </Panel>
      <Panel title={publicly ? panels.preview : panels.statementPreview}>
        <Preview {...props} title={values.title} summary={values.summary} advice={values.advice} locatorIds={values.locators} note={draft.previewNote} />
      </Panel>
    </div>
  );
}

/** The bar at the end: what is still open as one sentence, then the ways on. */
function Finish(props: DraftProps): VNode {
  const { t } = props;
  const { draft } = t.decisions;
  return (
    <section class="panel finish" id="con-thieu" aria-label={draft.finish}>
      <Completeness {...props} />
      <ButtonRow>
        <Button name="go" value="submit">{draft.submit}</Button>
        <Button kind="quiet" name="go" value="save">{draft.save}</Button>
      </ButtonRow>
      <p class="hint">{draft.submitNote}</p>
      {mayBeginInterim(props.actor, props.page) && <Interim {...props} />}
    </section>
  );
}

/** One sentence on what is still to do, each part leading to its place; never a percentage. */
function Completeness(props: DraftProps): VNode {
  const { t, page, today } = props;
  const missing = openPoints(page, today);
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

/** Where on the page a missing point is given; evidence is added on the case, then ticked at an element. */
export function anchorOf(missing: Missing, page: DecisionPage): string {
  if (missing.point === 'proof' && page.evidence.length === 0) return 'chung-cu';
  if (missing.point === 'evidence' || missing.point === 'fresh_evidence') return page.evidence.length === 0 || missing.point === 'fresh_evidence' ? 'chung-cu' : 'yeu-to';
  const field = fieldOf(missing);
  return field ? fieldId(field) : 'tham-quyen';
}

/** The one-officer measure (S7): what happens if, said before it can be pressed. */
function Interim({ lang, t, page, interimReason, errors }: DraftProps): VNode {
  const { interim } = t.decisions;
  const steps: ComponentChildren[] = [interim.now(measureOf(page.facts.measure).does[lang]), interim.dies(String(INTERIM_HOURS)), interim.second, interim.logged];
  return (
    <Disclosure kind="button" summary={interim.begin} open={!!errors.interim_reason} id="khan-cap">
      <p>{interim.lead}</p>
      <ul>{steps.map((step) => <li>{step}</li>)}</ul>
      <TextArea lang={lang} name="interim_reason" label={interim.reason} hint={interim.reasonHint} rows={3} maxlength={LENGTHS.reason} value={interimReason} error={errors.interim_reason} />
      <Button kind="quiet" formaction={decisionPath(page.id, '/khan-cap')}>{interim.beginNow}</Button>
    </Disclosure>
  );
}
