import type { VNode } from 'preact';
import { CATEGORIES, categoryOf } from '#catalogue/categories.ts';
import { CHANNELS } from '#catalogue/channels.ts';
import { GATE_QUESTIONS } from '#catalogue/gate.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, ErrorSummary, Form, Select, TextArea } from '#web/form.tsx';
import { formatBytes, formatDate, formatDateTime, formatMoney, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { StatesHelp } from '#web/states-help.tsx';
import { VeiledImage } from '#web/veiled-image.tsx';
import type { MessageView, Picture, ReportLine, ReportView, Step } from '../queries.ts';
import type { ArrivalView, NoteView, Reach, ReadyText } from '../queries/conversation.ts';
import type { Likeness, RegroupingView } from '../queries/grouping.ts';
import { AlikePanel } from './alike.tsx';
import { ArrivalPanel } from './arrival.tsx';
import { CannedChoice } from './canned.tsx';
import { ConflictNote, errorsOf, Flash, valueOf, type Typed } from './flash.tsx';
import { RegroupDone } from './history.tsx';
import { Notes } from './notes.tsx';
import { Steps } from './steps.tsx';
import { CategoryBadge, DueLong, firstWords, Heading, ReportBadge, SafeText, Trace } from './words.tsx';

export interface ReportProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly report: ReportView;
  readonly messages: readonly MessageView[];
  readonly same: readonly ReportLine[];
  readonly steps: readonly Step[];
  readonly notes: readonly NoteView[];
  readonly arrivals: readonly ArrivalView[];
  readonly texts: readonly ReadyText[];
  readonly alike: readonly Likeness[];
  readonly reach: Reach;
  /** May sort, ask, answer. */
  readonly works: boolean;
  /** May be put into another case. */
  readonly moves: boolean;
  /** The move that the address says was just made. */
  readonly regrouped: RegroupingView | null;
  readonly done: string;
  readonly typed?: Typed;
}

/** The address of a report's page. */
export function reportHref(code: string, step = ''): string {
  return `/can-bo/phan-anh/${code}${step && `/${step}`}`;
}

/** Whether the gate is still open. */
export function beforeGate(report: Pick<ReportView, 'state'>): boolean {
  return report.state === 'received' || report.state === 'acknowledged' || report.state === 'need_info';
}

/** One report: what was told on the left, what to do on the right. */
export function ReportPage(props: ReportProps): VNode {
  const { lang, report } = props;
  const t = messages(lang).console;
  const stopped = report.state === 'stopped';
  return (
    <>
      <Heading
        title={t.report.title(report.code)}
        badges={<><ReportBadge lang={lang} state={report.state} /><StatesHelp lang={lang} entity="report" /><CategoryBadge lang={lang} code={report.category} /></>}
      />
      <Flash lang={lang} done={props.done}>
        {props.regrouped ? <RegroupDone lang={lang} one={props.regrouped} action={reportHref(report.code, 'hoan-tac')} />
          : <a href="/can-bo/phan-anh?muc=cho-phan-loai">{t.next}</a>}
      </Flash>
      <ConflictNote lang={lang} typed={props.typed} />
      {props.typed && !props.typed.conflict && <ErrorSummary lang={lang} errors={props.typed.errors} />}
      <Danger lang={lang} report={report} />
      {stopped && <Stopped lang={lang} report={report} />}
      <div class="split">
        <div>
          {!stopped && <Told {...props} />}
          {!stopped && <TracesPanel {...props} />}
          {report.pictures.length > 0 && <Pictures {...props} />}
          {props.moves && <AlikePanel lang={lang} alike={props.alike} stepOf={(one) => alikeStep(props, one)} />}
          <Messages {...props} />
          {!stopped && <Notes lang={lang} notes={props.notes} action={reportHref(report.code, 'ghi-chu')} keep={`ghi-chu-${report.code}`} writes={props.works} typed={props.typed} />}
        </div>
        <div>
          <Actions {...props} />
          <SameCase {...props} />
          {!stopped && <ArrivalPanel lang={lang} arrivals={props.arrivals} />}
          {!stopped && <Contact {...props} />}
          <Panel title={t.report.timeline}>
            <Steps lang={lang} steps={props.steps} />
          </Panel>
        </div>
      </div>
    </>
  );
}

/** Danger comes before everything else on the page. */
export function Danger({ lang, report }: { lang: Lang; report: Pick<ReportView, 'inDanger' | 'forChild'> }): VNode | null {
  const t = messages(lang).console.report;
  if (!report.inDanger) return null;
  return (
    <Callout kind="sos" title={report.forChild ? t.dangerChild : t.danger}>
      {report.forChild ? t.dangerChildHelp : t.dangerHelp}
    </Callout>
  );
}

function Stopped({ lang, report }: { lang: Lang; report: ReportView }): VNode {
  const t = messages(lang).console.report;
  const told = GATE_QUESTIONS.find(({ code }) => code === report.stopCode)?.told[lang];
  return (
    <Callout kind="note" title={t.stoppedTitle}>
      {told && <p>{t.stoppedTold} “{told}”</p>}
      {report.eraseAfter && <p>{t.stoppedErase(formatDate(report.eraseAfter))}</p>}
      <p>{t.stoppedSealed} {t.stoppedReview}</p>
    </Callout>
  );
}

/** The report's own text and facts; also beside the gate. */
export function Told({ lang, now, report, title }: Pick<ReportProps, 'lang' | 'now' | 'report'> & { title?: string }): VNode {
  const t = messages(lang).console.report;
  const place = (lang === 'vi' ? report.place : report.placeEn) ?? messages(lang).console.list.wholeProvince;
  const facts: (KvItem | false)[] = [
    { label: t.money, value: report.moneyLost === null ? t.noMoney : <strong>{formatMoney(report.moneyLost, lang)}</strong> },
    report.happenedOn !== null && { label: t.happened, value: formatDate(report.happenedOn) },
    report.forChild && { label: t.forChild, value: messages(lang).common.answer.yes },
    { label: t.place, value: place },
    { label: t.channel, value: CHANNELS.find(({ code }) => code === report.channel)?.label[lang] },
    { label: t.reporter, value: <Reporter lang={lang} report={report} /> },
    { label: t.received, value: formatDateTime(report.receivedAt, lang) },
    report.dueOn !== null && { label: t.due, value: <DueLong lang={lang} on={report.dueOn} now={now} /> },
    report.handling !== null && { label: t.handling, value: lang === 'vi' ? report.handling.name : report.handling.nameEn },
    report.language !== lang && { label: t.language, value: t.languages[report.language] },
  ];
  return (
    <Panel title={title ?? t.narrative}>
      <p class="told"><SafeText text={report.narrative} /></p>
      <Kv items={facts.filter((fact) => fact !== false)} />
    </Panel>
  );
}

function Reporter({ lang, report }: { lang: Lang; report: ReportView }): VNode {
  const kind = messages(lang).console.reporterKind[report.reporterKind];
  return <>{report.sender ? `${kind}: ${lang === 'vi' ? report.sender.name : report.sender.nameEn}` : kind}</>;
}

function TracesPanel({ lang, report }: ReportProps): VNode {
  const t = messages(lang).console;
  return (
    <Panel title={t.report.traces}>
      {report.traces.length === 0 ? <p class="hint">{t.report.noTraces}</p> : (
        <>
          <ul class="traces">
            {report.traces.map((trace) => (
              <li>
                <Badge tone="plain">{t.traceKind[trace.kind]}</Badge>{' '}
                <Trace lang={lang} trace={trace} />
                {trace.groups && <small> {t.report.groups}</small>}
                {!trace.specific && <small> {t.report.shared}</small>}
              </li>
            ))}
          </ul>
          <p class="hint">{t.report.tracesNote}</p>
        </>
      )}
    </Panel>
  );
}

function Pictures({ lang, report }: ReportProps): VNode {
  const t = messages(lang).console.report;
  return (
    <Panel title={t.pictures}>
      <div class="shots">
        {report.pictures.map((picture, index) => (
          <figure>
            <VeiledImage lang={lang} src={pictureHref(report.code, picture)} alt={t.pictureAlt(formatNumber(index + 1, lang))} width={picture.width} height={picture.height} />
            <figcaption>
              {formatBytes(picture.bytes, lang)} · <span class="mono">{shortHash(picture.sha256)}</span>
            </figcaption>
          </figure>
        ))}
      </div>
      <p class="hint">{t.picturesNote}</p>
    </Panel>
  );
}

/** The address of the copy of a picture. */
export function pictureHref(code: string, picture: Pick<Picture, 'id'>): string {
  return reportHref(code, `anh/${picture.id}`);
}

/** A hash short enough to compare by eye: `7f3a91…c21e04`. */
function shortHash(sha256: string): string {
  return `${sha256.slice(0, 8)}…${sha256.slice(-6)}`;
}

function Messages({ lang, messages: list }: ReportProps): VNode {
  const t = messages(lang).console.report;
  return (
    <Panel title={t.messages}>
      {list.length === 0 ? <p class="hint">{t.noMessages}</p> : (
        <ol class="talk">
          {list.map((message) => (
            <li class={message.sentBy}>
              <p class="hint">
                {message.sentBy === 'desk' ? t.fromDesk(message.officer ?? '') : t.fromReporter} · {formatDateTime(message.at, lang)}
                {message.sentBy === 'desk' && ` · ${message.readAt ? t.readAt(formatDateTime(message.readAt, lang)) : t.unread}`}
              </p>
              <p class="told"><SafeText text={message.body} /></p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

/** From a likeness to the step: this report into that case, or that lone report into this one's. */
function alikeStep({ lang, report }: ReportProps, one: Likeness): { href: string; label: string } | null {
  const t = messages(lang).console.alike;
  if (one.case) return one.case.state === 'closed' ? null : { href: `${reportHref(report.code, 'chuyen')}?den=${one.case.number}`, label: t.moveHere(one.case.number) };
  return report.caseNumber ? { href: `${reportHref(one.code, 'chuyen')}?den=${report.caseNumber}`, label: t.moveThere(one.code, report.caseNumber) } : null;
}

/** Why this report is never put together with others, or the way to do it. */
function MoveLink({ lang, report, works, moves }: ReportProps): VNode | null {
  const t = messages(lang).console.regroup;
  if (!works || report.state === 'stopped' || report.state === 'erased') return null;
  if (!categoryOf(report.category).linksCases) return <p class="hint">{t.neverLinked}</p>;
  if (!moves) return null;
  return <p><a href={reportHref(report.code, 'chuyen')}>{report.caseNumber ? t.moveThis : t.putInCase}</a></p>;
}

function SameCase(props: ReportProps): VNode | null {
  const { lang, report, same } = props;
  const t = messages(lang).console.report;
  if (!report.caseNumber) return null;
  const others = report.caseReports - 1;
  return (
    <Panel title={t.same} aside={<a href={`/can-bo/vu-viec/${report.caseNumber}`}>{report.caseNumber}</a>}>
      <p><strong>{report.caseTitle}</strong></p>
      {same.length === 0 ? <p class="hint">{t.sameAlone}</p> : (
        <ul class="lines">
          {same.map((line) => (
            <li>
              <a href={reportHref(line.code)}>{line.code}</a> <ReportBadge lang={lang} state={line.state} />
              <small><SafeText text={firstWords(line.words, 90)} /></small>
            </li>
          ))}
        </ul>
      )}
      {others > same.length && <p class="hint">{t.sameMore(formatNumber(others - same.length, lang))}</p>}
      <MoveLink {...props} />
    </Panel>
  );
}

function Actions(props: ReportProps): VNode | null {
  const { lang, report, works, typed } = props;
  const t = messages(lang).console;
  if (report.state === 'stopped' || report.state === 'erased') return null;
  if (!works) return <Panel title={t.report.actions}><p class="hint">{t.report.readOnly}</p><CaseLink {...props} /></Panel>;
  return (
    <Panel title={t.report.actions}>
      {beforeGate(report) && (
        <>
          <p><ButtonLink href={reportHref(report.code, 'cua-kiem-tra')}>{t.report.toGate}</ButtonLink></p>
          <p class="hint">{t.report.toGateHelp}</p>
          {report.state === 'need_info' ? <p class="hint">{t.report.notYetAsk}</p> : (
            <Disclosure kind="button" summary={t.ask.open} open={typed?.form === 'hoi'} group="do"><AskForm {...props} /></Disclosure>
          )}
          <p class="hint">{t.report.notYetAnswer}</p>
          <Disclosure summary={t.reclassify.open} open={typed?.form === 'nhom'} group="do"><ReclassifyForm {...props} /></Disclosure>
        </>
      )}
      {report.state === 'attached' && (
        <>
          <p class="hint">{t.report.inCase}</p>
          <CaseLink {...props} primary />
          <Disclosure kind="button" summary={t.answer.open} open={typed?.form === 'tra-loi'} group="do"><AnswerForm {...props} /></Disclosure>
        </>
      )}
      {report.state === 'answered' && <><p class="hint">{t.report.answeredAlready}</p><CaseLink {...props} /></>}
      {!report.caseNumber && <MoveLink {...props} />}
    </Panel>
  );
}

function CaseLink({ lang, report, primary }: ReportProps & { primary?: boolean }): VNode | null {
  if (!report.caseNumber || beforeGate(report)) return null;
  return <p><ButtonLink kind={primary ? 'primary' : 'quiet'} href={`/can-bo/vu-viec/${report.caseNumber}`}>{messages(lang).console.report.toCase}</ButtonLink></p>;
}

function ReclassifyForm({ lang, report, typed }: ReportProps): VNode {
  const t = messages(lang).console.reclassify;
  return (
    <Form action={reportHref(report.code, 'nhom')}>
      <Select lang={lang} name="category" label={t.label} hint={t.hint} prompt={false} value={valueOf(typed, 'nhom', 'category', report.category)}
        error={errorsOf(typed, 'nhom').category} options={CATEGORIES.map(({ code, label }) => ({ value: code, label: label[lang] }))} />
      <Button kind="quiet">{t.submit}</Button>
    </Form>
  );
}

function AskForm({ lang, report, texts, typed }: ReportProps): VNode {
  const t = messages(lang).console.ask;
  return (
    <Form action={reportHref(report.code, 'hoi')} keep={`hoi-${report.code}`} lang={lang}>
      <CannedChoice lang={lang} form="hoi" texts={texts} builtIn typed={typed} />
      <TextArea lang={lang} name="body" label={t.label} hint={t.hint} rows={4} maxlength={4000} value={valueOf(typed, 'hoi', 'body')} error={errorsOf(typed, 'hoi').body} />
      <ReadsIn lang={lang} report={report} />
      <Button kind="quiet" icon="mail">{t.submit}</Button>
    </Form>
  );
}

function AnswerForm({ lang, report, texts, typed }: ReportProps): VNode {
  const t = messages(lang).console.answer;
  return (
    <Form action={reportHref(report.code, 'tra-loi')} keep={`tra-loi-${report.code}`} lang={lang}>
      <CannedChoice lang={lang} form="tra-loi" texts={texts} typed={typed} />
      <TextArea lang={lang} name="body" label={t.label} hint={t.hint} rows={6} maxlength={5000} value={valueOf(typed, 'tra-loi', 'body')} error={errorsOf(typed, 'tra-loi').body} />
      <ReadsIn lang={lang} report={report} />
      <Button kind="quiet" icon="mail">{t.submit}</Button>
    </Form>
  );
}

/** Reminds an officer who writes to somebody in another language than the screen's. */
function ReadsIn({ lang, report }: Pick<ReportProps, 'lang' | 'report'>): VNode | null {
  const t = messages(lang).console.report;
  return report.language === 'vi' && lang === 'vi' ? null : <p class="hint">{t.readsIn(t.languages[report.language])}</p>;
}

function Contact({ lang, report, reach, works, typed }: ReportProps): VNode {
  const t = messages(lang).console.contact;
  const errors = errorsOf(typed, 'lien-he');
  return (
    <Panel title={t.title} aside={reach === 'call' && <Badge tone="amber">{t.call}</Badge>}>
      {reach === 'call' && <p>{t.callHelp}</p>}
      <p class="hint">{report.hasContact && report.contactUntil ? `${t.sealed(formatDate(report.contactUntil))} ${t.told[reach]}`.trim() : t.none}</p>
      {works && report.hasContact && (
        <Disclosure summary={t.open} open={typed?.form === 'lien-he'} group="do">
          <Form action={reportHref(report.code, 'lien-he')}>
            <TextArea lang={lang} name="reason" label={t.label} hint={t.hint} rows={2} maxlength={500} value={valueOf(typed, 'lien-he', 'reason')} error={errors.reason} />
            <Button kind="quiet" icon="lock">{t.submit}</Button>
          </Form>
        </Disclosure>
      )}
    </Panel>
  );
}

/** A contact that was just opened; shown once. */
export function OpenedContact(props: { lang: Lang; code: string; contact: { name?: string; email?: string; phone?: string } | null }): VNode {
  const { lang, code, contact } = props;
  const t = messages(lang).console.contact;
  const line = (label: string, value: string | undefined): KvItem[] => (value ? [{ label, value: <span class="mono">{value}</span> }] : []);
  const items = contact ? [...line(t.name, contact.name), ...line(t.phone, contact.phone), ...line(t.email, contact.email)] : [];
  return (
    <>
      <Heading title={t.shownTitle} lead={messages(lang).console.report.title(code)} />
      <Panel>
        {items.length > 0 ? <Kv rows items={items} /> : <p>{t.gone}</p>}
      </Panel>
      <Callout kind="look">{t.shownNote}</Callout>
      <p><ButtonLink kind="quiet" icon="back" href={reportHref(code)}>{t.back}</ButtonLink></p>
    </>
  );
}

/** The way back to a report. */
export function reportCrumbs(lang: Lang, report: Pick<ReportView, 'code' | 'state'>, last?: string): readonly { href?: string; label: string }[] {
  const t = messages(lang).console;
  const shelf = report.state === 'received' || report.state === 'acknowledged' ? 'cho-phan-loai' : 'tat-ca';
  const list = { href: `/can-bo/phan-anh?muc=${shelf}`, label: t.shelves[shelf] };
  return last ? [list, { href: reportHref(report.code), label: report.code }, { label: last }] : [list, { label: report.code }];
}
