import type { ComponentChildren, VNode } from 'preact';
import { measureOf } from '#catalogue/measures.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ErrorSummary, Form, RadioCards, TextArea, TextField } from '#web/form.tsx';
import { formatDate, formatDateTime, formatMoney, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { VeiledImage } from '#web/veiled-image.tsx';
import type { DraftBar } from '../policy.ts';
import type { CaseParts, CaseTrace, CaseView, EvidenceView, ReportLine, Step } from '../queries.ts';
import { caseHref } from './cases.tsx';
import { ConflictNote, errorsOf, Flash, valueOf, type Typed } from './flash.tsx';
import { pictureHref, reportHref } from './report.tsx';
import { Steps } from './steps.tsx';
import { CaseBadge, CategoryBadge, DecisionBadge, firstWords, Heading, ReportBadge, SafeText, Trace } from './words.tsx';

export interface CaseProps {
  readonly lang: Lang;
  readonly found: CaseView;
  readonly parts: CaseParts;
  readonly reports: readonly ReportLine[];
  readonly steps: readonly Step[];
  /** Who answers for this harm here, in sentences of the directory. */
  readonly competence: string;
  readonly may: { readonly work: boolean; readonly close: boolean; readonly reopen: boolean };
  /** The officer who looks is the one in charge. */
  readonly inCharge: boolean;
  readonly draftBar: DraftBar | null;
  /** A text for all reporters when a warning is out. */
  readonly prepared: string;
  readonly done: string;
  readonly typed?: Typed;
}

/** Rows of a table inside the page; the rest is folded. */
const FIRST = 8;

/** One case: what is known on the left, what to do on the right. */
export function CasePage(props: CaseProps): VNode {
  const { lang, found } = props;
  const t = messages(lang).console;
  return (
    <>
      <Heading
        title={found.title}
        badges={<><CaseBadge lang={lang} state={found.state} /><CategoryBadge lang={lang} code={found.category} /></>}
        lead={t.cases.title(found.number)}
      />
      <Flash lang={lang} done={props.done} />
      <ConflictNote lang={lang} typed={props.typed} />
      {props.typed && !props.typed.conflict && <ErrorSummary lang={lang} errors={props.typed.errors} />}
      <div class="split">
        <div>
          <Facts {...props} />
          <Reports {...props} />
          <Traces {...props} />
          <Evidence {...props} />
          <Verifications {...props} />
        </div>
        <div>
          <Actions {...props} />
          <Decisions {...props} />
          <Panel title={t.case.responsible}><p>{props.competence}</p></Panel>
          <Panel title={t.case.timeline}><Steps lang={lang} steps={props.steps} /></Panel>
        </div>
      </div>
    </>
  );
}

function Facts(props: CaseProps): VNode {
  const { lang, found, may, typed } = props;
  const t = messages(lang).console;
  const count = (value: number) => formatNumber(value, lang);
  const facts: (KvItem | false)[] = [
    { label: t.cases.reports, value: <strong>{count(found.reports)}</strong> },
    { label: t.cases.communes, value: count(found.communes) },
    found.money > 0 && { label: t.cases.money, value: <strong>{formatMoney(found.money, lang)}</strong> },
    found.ungated > 0 && { label: t.case.ungated, value: <Badge tone="amber">{count(found.ungated)}</Badge> },
    found.waiting > 0 && { label: t.case.waiting, value: <Badge tone="sky">{count(found.waiting)}</Badge> },
    { label: t.cases.officer, value: found.officer ?? t.cases.nobody },
    found.lead !== null && { label: t.case.lead, value: lang === 'vi' ? found.lead.name : found.lead.nameEn },
    { label: t.case.openedAt, value: formatDate(found.openedAt) },
    found.closedAt !== null && { label: t.case.closedAt, value: formatDate(found.closedAt) },
  ];
  return (
    <Panel title={t.case.facts}>
      <Kv items={facts.filter((fact) => fact !== false)} />
      {may.work && (
        <Disclosure summary={t.case.rename} open={typed?.form === 'ten'}>
          <Form action={caseHref(found.number, 'ten')}>
            <TextField lang={lang} name="title" label={t.case.renameLabel} hint={t.case.renameHint} maxlength={300}
              value={valueOf(typed, 'ten', 'title', found.title)} error={errorsOf(typed, 'ten').title} />
            <Button kind="quiet">{t.case.renameSubmit}</Button>
          </Form>
        </Disclosure>
      )}
    </Panel>
  );
}

function Reports({ lang, found, reports }: CaseProps): VNode {
  const t = messages(lang).console;
  const columns: Column<ReportLine>[] = [
    { key: 'code', label: t.list.code, cell: (row) => row.code },
    { key: 'content', label: t.list.content, card: 'title', cell: (row) => <SafeText text={firstWords(row.words, 90)} /> },
    { key: 'place', label: t.list.place, cell: (row) => (lang === 'vi' ? row.place : row.placeEn) ?? t.list.wholeProvince },
    { key: 'state', label: t.cases.state, cell: (row) => <ReportBadge lang={lang} state={row.state} /> },
  ];
  return (
    <section>
      <h2>{t.case.reports}</h2>
      <div class="work">
        <DataTable lang={lang} caption={t.case.reports} columns={columns} rows={reports.slice(0, FIRST)} rowKey={(row) => row.id} rowHref={(row) => reportHref(row.code)} />
      </div>
      {reports.length > FIRST && (
        <Disclosure summary={t.case.moreRows(formatNumber(reports.length - FIRST, lang))}>
          <div class="work">
            <DataTable lang={lang} caption={t.case.reports} columns={columns} rows={reports.slice(FIRST)} rowKey={(row) => row.id} rowHref={(row) => reportHref(row.code)} />
          </div>
        </Disclosure>
      )}
      {found.reports > reports.length && <p class="hint">{t.case.reportsMore(formatNumber(reports.length, lang), formatNumber(found.reports, lang))}</p>}
    </section>
  );
}

function Traces({ lang, parts }: CaseProps): VNode | null {
  const t = messages(lang).console;
  if (parts.traces.length === 0) return null;
  const columns: Column<CaseTrace>[] = [
    { key: 'trace', label: t.case.trace, card: 'title', cell: (row) => <><Trace lang={lang} trace={row} />{row.groups && <small> {t.report.groups}</small>}</> },
    { key: 'kind', label: t.case.kind, cell: (row) => t.traceKind[row.kind] },
    { key: 'reports', label: t.case.traceReports, numeric: true, cell: (row) => formatNumber(row.reports, lang) },
  ];
  return (
    <section>
      <h2>{t.case.traces}</h2>
      <DataTable lang={lang} caption={t.case.traces} columns={columns} rows={parts.traces.slice(0, FIRST)} rowKey={(row) => row.id} />
      {parts.traces.length > FIRST && (
        <Disclosure summary={t.case.moreRows(formatNumber(parts.traces.length - FIRST, lang))}>
          <DataTable lang={lang} caption={t.case.traces} columns={columns} rows={parts.traces.slice(FIRST)} rowKey={(row) => row.id} />
        </Disclosure>
      )}
      <p class="hint">{t.report.tracesNote}</p>
    </section>
  );
}

function Evidence(props: CaseProps): VNode {
  const { lang, found, parts, may, typed } = props;
  const t = messages(lang).console.case;
  const [errors, gated] = [errorsOf(typed, 'chung-cu'), found.reports > found.ungated];
  const kind = typed?.form === 'chung-cu' ? typed.values.kind : undefined;
  return (
    <Panel title={t.evidence} id="chung-cu">
      {parts.evidence.length === 0 ? <p class="hint">{t.noEvidence}</p> : <ol class="lines">{parts.evidence.map((one) => <EvidenceLine lang={lang} one={one} />)}</ol>}
      {may.work && found.state !== 'closed' && (gated ? (
        <>
          {parts.pictures.length > 0 && (
            <Disclosure summary={t.addPicture} open={kind === 'attachment'} group="add"><PictureForm {...props} errors={kind === 'attachment' ? errors : {}} /></Disclosure>
          )}
          <Disclosure summary={t.addObservation} open={kind === 'observation'} group="add">
            <Form action={caseHref(found.number, 'chung-cu')} keep={`chung-cu-${found.number}`} lang={lang} hidden={{ kind: 'observation' }}>
              <TextArea lang={lang} id="f-observation" name="description" label={t.observationLabel} hint={t.observationHint} rows={3} maxlength={2000}
                value={kind === 'observation' ? typed?.values.description : ''} error={kind === 'observation' ? errors.description : undefined} />
              <Button kind="quiet">{t.addObservationSubmit}</Button>
            </Form>
          </Disclosure>
        </>
      ) : <p class="hint">{t.needGate}</p>)}
    </Panel>
  );
}

function EvidenceLine({ lang, one }: { lang: Lang; one: EvidenceView }): VNode {
  const t = messages(lang).console.case;
  return (
    <li>
      <b>{t.evidenceKind[one.kind]}</b> {one.reportCode && one.attachmentId && <a href={reportHref(one.reportCode, `anh/${one.attachmentId}`)}>{one.reportCode}</a>}
      <p><SafeText text={one.description} /></p>
      <small>
        {one.officer} · {formatDateTime(one.at, lang)}
        {one.sha256 && <> · {t.sha256} <span class="mono hash">{one.sha256}</span></>}
      </small>
    </li>
  );
}

function PictureForm({ lang, found, parts, typed, errors }: CaseProps & { errors: ReturnType<typeof errorsOf> }): VNode {
  const { case: t, report } = messages(lang).console;
  return (
    <Form action={caseHref(found.number, 'chung-cu')} hidden={{ kind: 'attachment' }}>
      <RadioCards lang={lang} name="attachment" label={t.pictureLabel} value={valueOf(typed, 'chung-cu', 'attachment')} error={errors.attachment}
        options={parts.pictures.map((picture, index) => ({
          value: picture.id, label: t.pictureOption(picture.code, picture.name), hint: report.pictureAlt(formatNumber(index + 1, lang)),
        }))} />
      <div class="shots">
        {parts.pictures.map((picture, index) => (
          <VeiledImage lang={lang} src={pictureHref(picture.code, picture)} alt={report.pictureAlt(formatNumber(index + 1, lang))} width={picture.width} height={picture.height} />
        ))}
      </div>
      <TextArea lang={lang} name="description" label={t.descriptionLabel} hint={t.descriptionHint} rows={2} maxlength={2000}
        value={valueOf(typed, 'chung-cu', 'description')} error={errors.description} />
      <Button kind="quiet">{t.addPictureSubmit}</Button>
    </Form>
  );
}

function Verifications(props: CaseProps): VNode {
  const { lang, found, parts, may, typed } = props;
  const { case: t, confidence } = messages(lang).console;
  return (
    <Panel title={t.verifications} id="xac-minh">
      {parts.verifications.length === 0 && <p class="hint">{t.noVerification}</p>}
      {parts.verifications.map((one) => (
        <div class="finding">
          <Kv items={[
            { label: t.checked, value: <SafeText text={one.checked} /> }, { label: t.other, value: <SafeText text={one.other} /> },
            { label: t.finding, value: <strong><SafeText text={one.finding} /></strong> }, { label: t.confidence, value: confidence[one.confidence] },
          ]} />
          <small>{one.officer} · {formatDateTime(one.at, lang)}</small>
        </div>
      ))}
      {may.work && found.state !== 'closed' && (found.reports > found.ungated
        ? <Disclosure summary={t.addVerification} open={typed?.form === 'xac-minh'} group="add"><VerificationForm {...props} /></Disclosure>
        : <p class="hint">{t.needGate}</p>)}
    </Panel>
  );
}

function VerificationForm({ lang, found, typed }: CaseProps): VNode {
  const { case: t, confidence } = messages(lang).console;
  const errors = errorsOf(typed, 'xac-minh');
  const area = (name: 'checked' | 'otherExplanation' | 'finding', label: string, hint?: string): VNode => (
    <TextArea lang={lang} name={name} label={label} hint={hint} rows={3} maxlength={4000} value={valueOf(typed, 'xac-minh', name)} error={errors[name]} />
  );
  return (
    <Form action={caseHref(found.number, 'xac-minh')} keep={`xac-minh-${found.number}`} lang={lang}>
      {area('checked', t.checked)}
      {area('otherExplanation', t.other, t.otherHint)}
      {area('finding', t.finding)}
      <RadioCards lang={lang} inline name="confidence" label={t.confidence} value={valueOf(typed, 'xac-minh', 'confidence')} error={errors.confidence}
        options={(['low', 'medium', 'high'] as const).map((value) => ({ value, label: confidence[value] }))} />
      <Button kind="quiet">{t.addVerificationSubmit}</Button>
    </Form>
  );
}

function Decisions({ lang, parts }: CaseProps): VNode {
  const t = messages(lang).console.case;
  return (
    <Panel title={t.decisions}>
      {parts.decisions.length === 0 ? <p class="hint">{t.noDecision}</p> : (
        <ul class="lines">
          {parts.decisions.map((line) => (
            <li>
              <a href={`/can-bo/quyet-dinh/${line.id}`}>{measureOf(line.measure).label[lang]}</a> <DecisionBadge lang={lang} state={line.state} />
              <small>{t.draftedBy(line.drafter)} · {formatDate(line.at)}</small>
              {line.warning && <small><a href={`/canh-bao/${line.warning.slug}`}>{line.warning.title}</a></small>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What to do next on a case; the one filled button is the step that leads on. */
function Actions(props: CaseProps): VNode {
  const { lang, found, may, inCharge } = props;
  const t = messages(lang).console.case;
  if (!may.work && !may.close && !may.reopen) return <Panel title={t.actions}><p class="hint">{t.readOnly}</p></Panel>;
  const open = found.state !== 'closed';
  const gated = found.reports > found.ungated;
  return (
    <Panel title={t.actions}>
      {inCharge && open && <p class="hint">{t.mine}</p>}
      {may.work && open && !inCharge && (gated ? (
        <Form action={caseHref(found.number, 'nhan')}><Button kind={found.officerId ? 'quiet' : 'primary'}>{found.officerId ? t.takeOver : t.take}</Button></Form>
      ) : <p class="hint">{t.needGate}</p>)}
      {may.work && <DraftAction {...props} />}
      {may.work && <AnswerAll {...props} />}
      {open ? <CloseAction {...props} /> : <ReopenAction {...props} />}
    </Panel>
  );
}

function DraftAction({ lang, found, draftBar, inCharge }: CaseProps): VNode {
  const t = messages(lang).console.case;
  if (draftBar) return <p class="hint">{t.missing[draftBar]}</p>;
  return (
    <Form action={caseHref(found.number, 'quyet-dinh')} hidden={{ measure: 'PUBLIC_WARNING' }}>
      <Button kind={inCharge || found.officerId ? 'primary' : 'quiet'}>{t.draft}</Button>
      <p class="hint">{t.draftHelp}</p>
    </Form>
  );
}

function AnswerAll({ lang, found, prepared, typed }: CaseProps): VNode {
  const t = messages(lang).console;
  if (found.waiting === 0) return <p class="hint">{t.case.answerAllNone}</p>;
  return (
    <Disclosure kind="button" summary={t.case.answerAll(formatNumber(found.waiting, lang), found.waiting === 1)} open={typed?.form === 'tra-loi'} group="do">
      <Form action={caseHref(found.number, 'tra-loi')} keep={`tra-loi-${found.number}`} lang={lang}>
        <TextArea lang={lang} name="body" label={t.answer.label} hint={t.case.answerAllHint} rows={8} maxlength={5000}
          value={valueOf(typed, 'tra-loi', 'body', prepared)} error={errorsOf(typed, 'tra-loi').body} />
        <Button kind="quiet" icon="mail">{t.case.answerAllSubmit}</Button>
      </Form>
    </Disclosure>
  );
}

function CloseAction(props: CaseProps): VNode | null {
  const { lang, found, may, typed } = props;
  const t = messages(lang).console.case;
  const unanswered = found.waiting + found.ungated;
  if (unanswered > 0) return <p class="hint">{t.closeBlocked(formatNumber(unanswered, lang), unanswered === 1)}</p>;
  if (found.state === 'deciding') return <p class="hint">{t.closeDeciding}</p>;
  if (!may.close) return null;
  return <ReasonForm {...props} typed={typed} step="ket-thuc" summary={t.close} label={t.closeReason} hint={t.closeHint} />;
}

function ReopenAction(props: CaseProps): VNode | null {
  const t = messages(props.lang).console.case;
  if (!props.may.reopen) return <Callout kind="note">{t.missing.closed}</Callout>;
  return <ReasonForm {...props} step="mo-lai" summary={t.reopen} label={t.reopenReason} hint={t.reopenHint} />;
}

function ReasonForm(props: CaseProps & { step: 'ket-thuc' | 'mo-lai'; summary: ComponentChildren; label: string; hint: string }): VNode {
  const { lang, found, typed, step } = props;
  return (
    <Disclosure kind="button" summary={props.summary} open={typed?.form === step} group="do">
      <Form action={caseHref(found.number, step)} keep={`${step}-${found.number}`} lang={lang}>
        <TextArea lang={lang} name="reason" label={props.label} hint={props.hint} rows={3} maxlength={1000} value={valueOf(typed, step, 'reason')} error={errorsOf(typed, step).reason} />
        <Button kind="quiet">{props.summary}</Button>
      </Form>
    </Disclosure>
  );
}

/** The way back to a case. */
export function caseCrumbs(lang: Lang, found: Pick<CaseView, 'number'>): readonly { href?: string; label: string }[] {
  return [{ href: '/can-bo/vu-viec?muc=tat-ca', label: messages(lang).console.nav.cases }, { label: found.number }];
}

