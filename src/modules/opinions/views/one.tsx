import type { ComponentChildren, VNode } from 'preact';
import { SafeText } from '#modules/cases/index.ts';
import type { IssuedNumber } from '#modules/documents/index.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, ButtonRow, DateField, ErrorSummary, Form, TextArea } from '#web/form.tsx';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import { answerLine, answerWords, tallySentences } from '../letter.ts';
import { answerPath, consultationPath, NEW_PATH, opinionPath } from '../paths.ts';
import { MOST, type ConsultationView, type OpinionView } from '../types.ts';
import { Asked } from './give.tsx';
import { AnswerWords, StateBadge, Words, type Returned } from './parts.tsx';

/** A document of the request in the register. */
export interface PaperState {
  readonly registered: boolean;
  readonly number: IssuedNumber | null;
}

export interface OneProps {
  readonly lang: Lang;
  readonly asked: ConsultationView;
  /** What the officer's own agency was asked; null when it leads the case. */
  readonly own: OpinionView | null;
  /** The round before, to stand beside this one. */
  readonly before: ConsultationView | null;
  readonly mayAsk: boolean;
  readonly mayKeep: boolean;
  readonly papers: { readonly letter: PaperState; readonly synthesis: PaperState };
  readonly done: string;
  readonly returned: Returned | null;
  readonly conflict: string | null;
}

/** One request: for the agency that asked, everything; for an asked one, the question, its own answer and what is shown to it. */
export function OnePage(props: OneProps): VNode {
  const { lang, asked, own, returned } = props;
  const t = messages(lang).opinions;
  const said: Readonly<Record<string, string>> = t.one.done;
  return (
    <>
      <header class="subject">
        <h1>{asked.title}</h1>
        <div class="badges"><Badge tone="leaf">{t.one.round(String(asked.round))}</Badge> {asked.closedAt && <Badge tone="plain">{t.list.closed}</Badge>}</div>
        <p class="hint mono">{asked.code}</p>
      </header>
      {Object.hasOwn(said, props.done) && <Callout kind="ok" role="status">{said[props.done]}</Callout>}
      {props.conflict && <Callout kind="look" role="alert">{props.conflict}</Callout>}
      {returned && <ErrorSummary lang={lang} errors={returned.errors} />}
      <div class="split">
        <div>
          {asked.leads ? <Led {...props} /> : own && <Own {...props} own={own} />}
        </div>
        <div>
          <Panel title={t.one.facts}><Kv items={factsOf(lang, asked)} /></Panel>
          <Asked lang={lang} asked={asked} />
          {asked.leads && <Papers {...props} />}
          {asked.leads && props.mayAsk && <Steps {...props} />}
        </div>
      </div>
    </>
  );
}

function factsOf(lang: Lang, asked: ConsultationView): KvItem[] {
  const t = messages(lang).opinions.one;
  const link = (code: string, words: string): ComponentChildren => <a href={consultationPath(code)}>{words}</a>;
  const facts: (KvItem | null)[] = [
    asked.caseNumber === '' ? null : { label: t.case, value: asked.leads ? <a href={`/can-bo/vu-viec/${asked.caseNumber}`}>{asked.caseNumber}</a> : asked.caseNumber },
    { label: t.asked, value: asked.askedBy }, { label: t.sent, value: formatDateTime(asked.sentAt, lang) }, { label: t.due, value: formatDate(asked.dueOn) },
    asked.before || asked.after ? { label: t.rounds, value: <>{asked.before && link(asked.before, t.before(asked.before))} {asked.after && link(asked.after, t.after(asked.after))}</> } : null,
  ];
  return facts.filter((fact) => fact !== null);
}

// ── For the agency that asked ───────────────────────────────────────────────────────────────────────────────────────

function Led(props: OneProps): VNode {
  const { lang, asked, before } = props;
  const t = messages(lang).opinions;
  return (
    <>
      <Panel title={t.one.resultTitle}>
        <ul>{tallySentences(asked, lang).map((sentence) => <li>{sentence}</li>)}</ul>
        <p class="hint">{t.one.silence}</p>
        {asked.summary !== '' && <Words text={asked.summary} />}
      </Panel>
      {asked.mails.length > 0 && (
        <Callout kind="look" title={t.one.mailsTitle}>
          {t.one.mailsLead}
          <ul>{asked.mails.map((mail) => <li><a href={opinionPath(asked.code, mail.opinionId)}>{t.agency.mailTitle(mail.sender)}</a></li>)}</ul>
        </Callout>
      )}
      <Panel title={t.one.tableTitle}><SideBySide lang={lang} asked={asked} linked /></Panel>
      {before && <Panel title={t.one.compareTitle}><Compare lang={lang} asked={asked} before={before} /></Panel>}
    </>
  );
}

function SideBySide({ lang, asked, linked }: { lang: Lang; asked: ConsultationView; linked: boolean }): VNode {
  const t = messages(lang).opinions;
  return (
    <DataTable lang={lang} caption={t.one.caption} rows={asked.opinions} rowKey={(row) => row.id} rowHref={linked ? (row) => opinionPath(asked.code, row.id) : undefined} columns={[
      { key: 'agency', label: t.one.agency, card: 'title', cell: (row) => row.agency },
      { key: 'answer', label: t.one.answer, cell: (row) => <><StateBadge lang={lang} state={row.state} late={row.versions[0]?.late} />{row.versions[0] && <small class="sub">{answerLine(row, lang)}</small>}</> },
      { key: 'reasons', label: t.one.reasons, cell: (row) => (row.versions[0] ? <span class="say"><SafeText text={answerWords(row.versions[0], lang) || '–'} /></span> : row.withdrawnWhy ? t.one.why(row.withdrawnWhy) : row.openedAt ? t.one.received : '–') },
    ]} />
  );
}

/** The same agencies in both rounds; one that was asked in one round only has a dash in the other. */
function Compare({ lang, asked, before }: { lang: Lang; asked: ConsultationView; before: ConsultationView }): VNode {
  const t = messages(lang).opinions.one;
  const agencies = [...new Map([...before.opinions, ...asked.opinions].map(({ agencyId, agency }) => [agencyId, agency]))].map(([id, name]) => ({ id, name }));
  const cell = (view: ConsultationView, id: string): VNode => {
    const found = view.opinions.find(({ agencyId }) => agencyId === id);
    return found ? <>{answerLine(found, lang)}<small class="sub say"><SafeText text={answerWords(found.versions[0], lang)} /></small></> : <>–</>;
  };
  return (
    <DataTable lang={lang} caption={t.compareCaption} rows={agencies} rowKey={({ id }) => id} columns={[
      { key: 'agency', label: t.agency, card: 'title', cell: ({ name }) => name },
      { key: 'before', label: t.lastRound(String(before.round)), cell: ({ id }) => cell(before, id) }, { key: 'now', label: t.lastRound(String(asked.round)), cell: ({ id }) => cell(asked, id) },
    ]} />
  );
}

function Papers({ lang, asked, papers, mayKeep }: OneProps): VNode {
  const t = messages(lang).opinions.one;
  const number = (state: PaperState, kind: string, words: string): VNode | null => {
    if (state.number) return <p class="hint">{t.numbered(`${state.number.number}/${state.number.symbol}`, formatDate(state.number.on))}</p>;
    if (state.registered) return <p class="hint">{t.waitingNumber}</p>;
    return mayKeep ? <Form action={consultationPath(asked.code, '/so')} hidden={{ loai: kind }}><Button kind="plain" small>{words}</Button></Form> : null;
  };
  return (
    <Panel title={t.papersTitle}>
      <p><ButtonLink kind="quiet" small icon="download" href={consultationPath(asked.code, '/cong-van.docx')} download>{t.letter}</ButtonLink></p>
      {number(papers.letter, 'cong_van', t.registerLetter)}
      <p><ButtonLink kind="quiet" small icon="download" href={consultationPath(asked.code, '/tong-hop.docx')} download>{t.synthesis}</ButtonLink></p>
      {number(papers.synthesis, 'bao_cao', t.registerSynthesis)}
      <p><ButtonLink kind="quiet" small icon="download" href={consultationPath(asked.code, '/tong-hop.xlsx')} download>{t.sheet}</ButtonLink></p>
    </Panel>
  );
}

function Steps({ lang, asked, returned }: OneProps): VNode {
  const t = messages(lang).opinions.one;
  const isOpen = asked.opinions.some(({ state }) => state === 'sent' || state === 'overdue');
  const value = (form: string, field: string) => (returned?.form === form ? returned.values[field] : undefined);
  const error = (form: string, field: string) => (returned?.form === form ? returned.errors[field] : undefined);
  return (
    <>
      {!asked.after && <Panel title={t.againTitle}><p class="hint">{t.againHint}</p><ButtonLink kind="quiet" href={`${NEW_PATH}?vu-viec=${asked.caseNumber}&tiep=${asked.code}`}>{t.again}</ButtonLink></Panel>}
      {asked.closedAt ? (
        <Panel title={t.closeTitle}><Form action={consultationPath(asked.code, '/mo')}><p class="hint">{t.closedAt(formatDateTime(asked.closedAt, lang))}</p><Button kind="quiet">{t.reopen}</Button></Form></Panel>
      ) : (
        <Panel title={t.closeTitle}>
          <Form action={consultationPath(asked.code, '/chot')}>
            <TextArea lang={lang} name="summary" label={t.summary} hint={t.summaryHint} rows={4} maxlength={MOST.summary} value={value('chot', 'summary') ?? asked.summary} error={error('chot', 'summary')} />
            <p class="hint">{t.closeHint}</p>
            <Button>{t.close}</Button>
          </Form>
        </Panel>
      )}
      <Panel title={t.showTitle}>
        <Form action={consultationPath(asked.code, '/cho-xem')} hidden={{ xem: asked.showsAnswers ? '0' : '1' }}><p class="hint">{asked.showsAnswers ? t.showOn : t.showOff}</p><Button kind="quiet">{asked.showsAnswers ? t.hide : t.show}</Button></Form>
      </Panel>
      {isOpen && !asked.closedAt && (
        <Disclosure summary={t.extendTitle} open={returned?.form === 'gia-han'}>
          <Form action={consultationPath(asked.code, '/gia-han')}>
            <DateField lang={lang} name="due" label={t.extendTo} value={value('gia-han', 'due')} error={error('gia-han', 'due')} />
            <TextArea lang={lang} name="reason" label={t.reason} hint={t.extendHint} rows={2} maxlength={500} value={value('gia-han', 'reason')} error={error('gia-han', 'reason')} />
            <Button kind="quiet">{t.extend}</Button>
          </Form>
        </Disclosure>
      )}
      {isOpen && (
        <Disclosure kind="danger" summary={t.withdrawTitle} open={returned?.form === 'rut'}>
          <Form action={consultationPath(asked.code, '/rut')}>
            <TextArea lang={lang} name="reason" label={t.reason} hint={t.withdrawHint} rows={3} maxlength={1000} value={value('rut', 'reason')} error={error('rut', 'reason')} />
            <Button kind="danger">{t.withdraw}</Button>
          </Form>
        </Disclosure>
      )}
    </>
  );
}

// ── For an agency that was asked ────────────────────────────────────────────────────────────────────────────────────

function Own({ lang, asked, own }: OneProps & { own: OpinionView }): VNode {
  const t = messages(lang).opinions;
  const others = asked.opinions.filter(({ id }) => id !== own.id);
  const mayAnswer = own.state !== 'withdrawn' && !asked.closedAt;
  return (
    <>
      <Panel title={t.one.ownTitle} aside={<StateBadge lang={lang} state={own.state} late={own.versions[0]?.late} />}>
        {own.withdrawnWhy && <p>{t.one.why(own.withdrawnWhy)}</p>}
        {own.versions.length === 0 && !own.withdrawnWhy && <p class="hint">{t.one.ownNone}</p>}
        {own.versions.map((answer, index) => (
          index === 0 ? <><p><b>{t.answers[answer.answer]}</b></p><AnswerWords lang={lang} code={asked.code} answer={answer} points={asked.points} /></>
            : <Disclosure summary={`${t.answers[answer.answer]} – ${formatDateTime(answer.at, lang)}`}><AnswerWords lang={lang} code={asked.code} answer={answer} points={asked.points} /></Disclosure>
        ))}
        {mayAnswer && <ButtonRow><ButtonLink href={answerPath(asked.code)} kind={own.versions.length === 0 ? 'primary' : 'quiet'}>{own.versions.length === 0 ? t.one.answerNow : t.one.correct}</ButtonLink></ButtonRow>}
      </Panel>
      <Panel title={t.one.othersTitle}>
        {others.length === 0 ? <p class="hint">{t.one.othersHidden}</p> : <><ul>{tallySentences(asked, lang).map((sentence) => <li>{sentence}</li>)}</ul><SideBySide lang={lang} asked={{ ...asked, opinions: others }} linked={false} /></>}
      </Panel>
    </>
  );
}
