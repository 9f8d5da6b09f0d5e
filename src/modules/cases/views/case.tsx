import type { ComponentChildren, VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { localDate } from '#core/deadlines.ts';
import type { DecisionState } from '#core/transitions.ts';
import type { CaseTask } from '#modules/tasks/index.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, Checkbox, ErrorSummary, Form, RadioCards, TextArea, TextField } from '#web/form.tsx';
import { formatDate, formatDateTime, formatInterim, formatMoney, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Pagination } from '#web/pagination.tsx';
import { Panel } from '#web/panel.tsx';
import { StatesHelp } from '#web/states-help.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { VeiledImage } from '#web/veiled-image.tsx';
import { mayMerge, type DraftBar } from '../policy.ts';
import type { CaseParts, CaseTrace, CaseView, EvidenceView, ReportLine, Step } from '../queries.ts';
import type { NoteView, ReadyText, Waiting } from '../queries/conversation.ts';
import type { Likeness, RegroupingView } from '../queries/grouping.ts';
import { AlikePanel } from './alike.tsx';
import { CannedChoice } from './canned.tsx';
import { caseHref } from './cases.tsx';
import { CoordinationLinks } from './coordination-links.tsx';
import { ConflictNote, errorsOf, Flash, valueOf, type Typed } from './flash.tsx';
import { HistoryPanel, RegroupDone } from './history.tsx';
import { Notes } from './notes.tsx';
import { pictureHref, reportHref } from './report.tsx';
import { Steps } from './steps.tsx';
import { CaseBadge, CategoryBadge, DecisionBadge, firstWords, Heading, ReportBadge, SafeText, Trace } from './words.tsx';

/** A task of the case that is not done, with the name of the agency that has it. */
export interface OpenTask extends CaseTask {
  readonly agency: string;
}

export interface CaseProps {
  readonly lang: Lang;
  readonly found: CaseView;
  readonly parts: CaseParts;
  readonly reports: readonly ReportLine[];
  readonly tasks: readonly OpenTask[];
  readonly steps: readonly Step[];
  /** Who answers for this harm here, in sentences of the directory. */
  readonly competence: string;
  readonly may: { readonly work: boolean; readonly regroup: boolean; readonly close: boolean; readonly reopen: boolean; readonly coordinate: boolean };
  readonly paging: { readonly page: number; readonly size: number; readonly allTicked: boolean };
  readonly notes: readonly NoteView[];
  readonly texts: readonly ReadyText[];
  readonly waiting: Waiting;
  readonly alike: readonly Likeness[];
  readonly history: { readonly rows: readonly RegroupingView[]; readonly total: number };
  /** Numbers of the cases that were merged into this one. */
  readonly mergedFrom: readonly string[];
  /** The regrouping that the address says was just made. */
  readonly regrouped: RegroupingView | null;
  /** The officer who looks is the one in charge. */
  readonly inCharge: boolean;
  readonly now: Date;
  /** The measures that may answer this harm, and why one cannot be drafted yet. */
  readonly drafts: readonly { readonly measure: MeasureCode; readonly bar: DraftBar | null }[];
  /** A text for all reporters when a warning is out. */
  readonly prepared: { readonly vi: string; readonly en: string };
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
        badges={<><CaseBadge lang={lang} state={found.state} /><StatesHelp lang={lang} entity="case" /><CategoryBadge lang={lang} code={found.category} /></>}
        lead={t.cases.title(found.number)}
      />
      <Flash lang={lang} done={props.done}>{props.regrouped && <RegroupDone lang={lang} one={props.regrouped} action={caseHref(found.number, 'hoan-tac')} />}</Flash>
      {found.mergedInto && <Callout kind="note" title={<>{t.regroup.mergedInto} <a href={caseHref(found.mergedInto)}>{found.mergedInto}</a></>}>{t.regroup.mergedHelp}</Callout>}
      <ConflictNote lang={lang} typed={props.typed} />
      {props.typed && !props.typed.conflict && <ErrorSummary lang={lang} errors={props.typed.errors} />}
      <div class="split">
        <div>
          <Facts {...props} />
          <Reports {...props} />
          {props.may.regroup && <AlikePanel lang={lang} alike={props.alike} stepOf={(one) => alikeStep(props, one)} />}
          <Traces {...props} />
          <Evidence {...props} />
          <Verifications {...props} />
          <Notes lang={lang} notes={props.notes} action={caseHref(found.number, 'ghi-chu')} keep={`ghi-chu-${found.number}`} writes={props.may.work} typed={props.typed} />
        </div>
        <div>
          <Actions {...props} />
          <Decisions {...props} />
          {props.may.coordinate && found.closedAt === null && <CoordinationLinks lang={lang} number={found.number} />}
          <HistoryPanel lang={lang} number={found.number} rows={props.history.rows} total={props.history.total} works={props.may.work} />
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
    props.mergedFrom.length > 0 && { label: t.regroup.receivedFrom, value: <CaseLinks numbers={props.mergedFrom} /> },
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

function CaseLinks({ numbers }: { numbers: readonly string[] }): VNode {
  return <>{numbers.map((number, index) => <>{index > 0 && ', '}<a href={caseHref(number)}>{number}</a></>)}</>;
}

/** From a likeness to the step: this case into that one, or a lone report into this one. */
function alikeStep({ lang, found }: CaseProps, one: Likeness): { href: string; label: string } | null {
  const t = messages(lang).console.alike;
  if (one.case) return one.case.state === 'closed' || !mayMerge(found) ? null : { href: `${caseHref(found.number, 'gop-tach')}?viec=gop&den=${one.case.number}`, label: t.mergeHere(one.case.number) };
  return { href: `${reportHref(one.code, 'chuyen')}?den=${found.number}`, label: t.moveThere(one.code, found.number) };
}

/** The reports of the case; with ticks for whoever may put them elsewhere. */
function Reports(props: CaseProps): VNode {
  const { lang, found, reports, may, paging } = props;
  const t = messages(lang).console;
  if (found.reports === 0) return <section id="phan-anh"><h2>{t.case.reports}</h2><p class="hint">{t.regroup.noReports}</p></section>;
  const pages = (page: number): string => `${caseHref(found.number)}${page > 1 ? `?trang=${page}` : ''}#phan-anh`;
  const before = (paging.page - 1) * paging.size;
  return (
    <section id="phan-anh">
      <h2>{t.case.reports}</h2>
      {may.regroup && reports.length > 0 ? (
        <Form action={caseHref(found.number, 'gop-tach')} method="get" label={t.regroup.chooseReports}>
          <ReportRows {...props} />
          <div class="acts">
            <a href={`${caseHref(found.number)}?${new URLSearchParams({ ...(paging.page > 1 && { trang: String(paging.page) }), ...(!paging.allTicked && { chon: 'trang' }) }).toString()}#phan-anh`}
              data-tick="phan-anh">{paging.allTicked ? t.regroup.tickNone : t.regroup.tickPage}</a>
            <Button kind="quiet" small name="viec" value="chuyen">{t.regroup.move}</Button>
            <Button kind="quiet" small name="viec" value="tach">{t.regroup.split}</Button>
          </div>
        </Form>
      ) : <ReportRows {...props} />}
      {may.work && !may.regroup && found.state !== 'closed' && <p class="hint">{t.regroup.neverLinked}</p>}
      <Pagination lang={lang} prevHref={paging.page > 1 ? pages(paging.page - 1) : undefined} nextHref={before + reports.length < found.reports ? pages(paging.page + 1) : undefined}
        from={before + 1} to={before + reports.length} total={found.reports} />
    </section>
  );
}

function ReportRows({ lang, reports, may, paging }: CaseProps): VNode {
  const t = messages(lang).console;
  const columns: Column<ReportLine>[] = [
    { key: 'code', label: t.list.code, cell: (row) => row.code },
    {
      key: 'content', label: t.list.content, card: 'title',
      cell: (row) => <><SafeText text={firstWords(row.words, 90)} /><small class="sub">{(lang === 'vi' ? row.place : row.placeEn) ?? t.list.wholeProvince}</small></>,
    },
    { key: 'state', label: t.cases.state, cell: (row) => <ReportBadge lang={lang} state={row.state} /> },
  ];
  if (may.regroup) {
    columns.push({
      key: 'tick', label: t.regroup.tick,
      cell: (row) => <label class="tick"><input type="checkbox" name="phan-anh" value={row.code} checked={paging.allTicked} /><span class="vh">{t.regroup.tickOne(row.code)}</span></label>,
    });
  }
  const table = (rows: readonly ReportLine[]): VNode => (
    <div class="work">
      <DataTable lang={lang} caption={t.case.reports} columns={columns} rows={rows} rowKey={(row) => row.id} rowHref={(row) => reportHref(row.code)} />
    </div>
  );
  return (
    <>
      {table(reports.slice(0, FIRST))}
      {reports.length > FIRST && (
        <Disclosure summary={t.case.moreRows(formatNumber(reports.length - FIRST, lang))} open={paging.allTicked || paging.page > 1}>{table(reports.slice(FIRST))}</Disclosure>
      )}
    </>
  );
}

function Traces({ lang, parts }: CaseProps): VNode | null {
  const t = messages(lang).console;
  if (parts.traces.length === 0) return null;
  const columns: Column<CaseTrace>[] = [
    { key: 'trace', label: t.case.trace, card: 'title', cell: (row) => (
      <>
        <Trace lang={lang} trace={row} />{row.groups && <small> {t.report.groups}</small>}
        {row.elsewhere.length > 0 && <small class="sub">{t.regroup.elsewhere} <CaseLinks numbers={row.elsewhere} /></small>}
      </>
    ) },
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

/** The state by the clock: a decision whose last day has passed is over, even if the job is late. */
function stateToday({ state, endsOn }: CaseParts['decisions'][number], now: Date): DecisionState {
  return state === 'in_force' && endsOn !== null && endsOn < localDate(now) ? 'expired' : state;
}

/** Whether the public page of its warning opens now. */
function isPublicNow(line: CaseParts['decisions'][number], now: Date): boolean {
  const state = stateToday(line, now);
  return !line.stayedAt && (state === 'in_force' || (state === 'interim' && line.interimUntil !== null && line.interimUntil > now));
}

function Decisions({ lang, parts, now }: CaseProps): VNode {
  const { console: { case: t }, decisions: words } = messages(lang);
  return (
    <Panel title={t.decisions} id="quyet-dinh">
      {parts.decisions.length === 0 ? <p class="hint">{t.noDecision}</p> : (
        <ul class="lines">
          {parts.decisions.map((line) => (
            <li>
              <a href={`/can-bo/quyet-dinh/${line.id}`}>{measureOf(line.measure).label[lang]}</a> <DecisionBadge lang={lang} state={stateToday(line, now)} />
              {line.stayedAt && stateToday(line, now) === 'in_force' && <> <Badge tone="amber">{words.stayed}</Badge></>}
              {line.state === 'interim' && line.interimUntil && <small>{formatInterim(line.interimUntil, now, lang)}</small>}
              <small>
                {t.draftedBy(line.drafter)} · {formatDate(line.at)}
                {line.renews && ` · ${words.onCase.renews}`}
                {line.endsOn && stateToday(line, now) === 'in_force' && ` · ${words.until(formatDate(line.endsOn))}`}
              </small>
              {line.warning && <small>{isPublicNow(line, now) ? <a href={`/canh-bao/${line.warning.slug}`}>{line.warning.title}</a> : line.warning.title}</small>}
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
      {may.regroup && <MergeAction {...props} />}
      {may.work && <p><ButtonLink kind="quiet" href={`/can-bo/phoi-hop/${found.number}/chia-se`}>{messages(lang).sharing.link}</ButtonLink></p>}
      {open ? <CloseAction {...props} /> : <ReopenAction {...props} />}
    </Panel>
  );
}

/** Which measure to draft, each with what it does; where none can begin yet, the one sentence why. */
function DraftAction({ lang, found, drafts, inCharge }: CaseProps): VNode {
  const { console: { case: t }, decisions: { onCase } } = messages(lang);
  const open = drafts.filter(({ bar }) => bar === null);
  const { route } = categoryOf(found.category);
  if (open.length === 0) return <p class="hint">{t.missing[drafts[0]?.bar ?? 'measure']}</p>;
  return (
    <Disclosure kind="button" summary={onCase.open} open={inCharge && found.state !== 'deciding' && found.state !== 'acting'} group="do" id="soan">
      <Form action={caseHref(found.number, 'quyet-dinh')}>
        <RadioCards lang={lang} name="measure" label={onCase.choose} hint={<>{route === 'support_and_police' && <>{onCase.support} </>}{route === 'correction' && <>{onCase.correction} </>}{onCase.chooseHint}</>}
          value={open.length === 1 ? open[0]!.measure : undefined}
          options={open.map(({ measure }) => ({ value: measure, label: measureOf(measure).label[lang], hint: `${measureOf(measure).does[lang]}.` }))} />
        <Button kind={inCharge || found.officerId ? 'primary' : 'quiet'}>{onCase.start}</Button>
      </Form>
    </Disclosure>
  );
}

function MergeAction({ lang, found }: CaseProps): VNode {
  const t = messages(lang).console.regroup;
  if (!mayMerge(found)) return <p class="hint">{t.notMergeable}</p>;
  return <p><ButtonLink kind="quiet" href={`${caseHref(found.number, 'gop-tach')}?viec=gop`}>{t.merge}</ButtonLink></p>;
}

function AnswerAll({ lang, found, prepared, waiting, texts, typed }: CaseProps): VNode {
  const t = messages(lang).console;
  if (found.waiting === 0) return <p class="hint">{t.case.answerAllNone}</p>;
  const errors = errorsOf(typed, 'tra-loi');
  const reached = (['mail', 'text', 'page', 'call'] as const).filter((way) => waiting.reach[way] > 0).map((way) => t.answer.reach[way](formatNumber(waiting.reach[way], lang)));
  return (
    <Disclosure kind="button" summary={t.case.answerAll(formatNumber(found.waiting, lang), found.waiting === 1)} open={typed?.form === 'tra-loi'} group="do">
      <Form action={caseHref(found.number, 'tra-loi')} keep={`tra-loi-${found.number}`} lang={lang}>
        <p class="hint">{t.answer.reached(reached.join(', '))}</p>
        <CannedChoice lang={lang} form="tra-loi" texts={texts} typed={typed} />
        <TextArea lang={lang} name="body" label={waiting.english > 0 ? t.answer.labelVi : t.answer.label} hint={t.case.answerAllHint} rows={8} maxlength={5000}
          value={valueOf(typed, 'tra-loi', 'body', prepared.vi)} error={errors.body} />
        {waiting.english > 0 && (
          <TextArea lang={lang} name="bodyEn" label={t.answer.labelEn} hint={t.answer.english(formatNumber(waiting.english, lang), waiting.english === 1)} optional rows={6} maxlength={5000}
            value={valueOf(typed, 'tra-loi', 'bodyEn', prepared.en)} error={errors.bodyEn} />
        )}
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
  return (
    <ReasonForm {...props} typed={typed} step="ket-thuc" summary={t.close} label={t.closeReason} hint={t.closeHint}>
      {props.tasks.length > 0 && <OpenTasks {...props} />}
    </ReasonForm>
  );
}

/** What still has to be done in a case that is to be closed, and the tick that drops it. */
function OpenTasks({ lang, tasks, typed }: CaseProps): VNode {
  const t = messages(lang).tasks.closing;
  return (
    <>
      <p class="of">{t.title(formatNumber(tasks.length, lang), tasks.length === 1)}</p>
      <ul class="lines">{tasks.map((task) => <li>{task.title}<small>{task.code} · {task.agency} · {formatDate(task.dueOn)}</small></li>)}</ul>
      <Checkbox lang={lang} name="dropTasks" label={t.tick} hint={t.hint} checked={valueOf(typed, 'ket-thuc', 'dropTasks') === '1'} />
    </>
  );
}

/** Not for a merged case: the way back is the undo of the merge. */
function ReopenAction(props: CaseProps): VNode | null {
  const t = messages(props.lang).console.case;
  if (props.found.mergedInto) return null;
  if (!props.may.reopen) return <Callout kind="note">{t.missing.closed}</Callout>;
  return <ReasonForm {...props} step="mo-lai" summary={t.reopen} label={t.reopenReason} hint={t.reopenHint} />;
}

function ReasonForm(props: CaseProps & { step: 'ket-thuc' | 'mo-lai'; summary: ComponentChildren; label: string; hint: string; children?: ComponentChildren }): VNode {
  const { lang, found, typed, step } = props;
  return (
    <Disclosure kind="button" summary={props.summary} open={typed?.form === step} group="do">
      <Form action={caseHref(found.number, step)} keep={`${step}-${found.number}`} lang={lang}>
        <TextArea lang={lang} name="reason" label={props.label} hint={props.hint} rows={3} maxlength={1000} value={valueOf(typed, step, 'reason')} error={errorsOf(typed, step).reason} />
        {props.children}
        <Button kind="quiet">{props.summary}</Button>
      </Form>
    </Disclosure>
  );
}

/** The way back to a case. */
export function caseCrumbs(lang: Lang, found: Pick<CaseView, 'number'>, last?: string): readonly { href?: string; label: string }[] {
  const list = { href: '/can-bo/vu-viec?muc=tat-ca', label: messages(lang).console.nav.cases };
  return last ? [list, { href: caseHref(found.number), label: found.number }, { label: last }] : [list, { label: found.number }];
}

