import type { VNode } from 'preact';
import { OPINION_ANSWERS } from '#platform/schema.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ErrorSummary, Form, RadioCards, TextArea } from '#web/form.tsx';
import { formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import { opinionPath } from '../paths.ts';
import type { AgencyChoice } from '../queries.ts';
import type { ConsultationView, OpinionView, WaitingMail } from '../types.ts';
import { AnswerFields } from './give.tsx';
import { AnswerWords, FileList, StateBadge, Words, type Returned } from './parts.tsx';

export interface AgencyProps {
  readonly lang: Lang;
  readonly asked: ConsultationView;
  readonly opinion: OpinionView;
  readonly agencies: readonly AgencyChoice[];
  readonly mayAsk: boolean;
  readonly mayKeep: boolean;
  readonly done: string;
  readonly returned: Returned | null;
  readonly filesLost: boolean;
  readonly conflict: string | null;
}

/** What one agency was asked and said, for the agency that asked: every version, mails to read, a letter to enter. */
export function AgencyPage(props: AgencyProps): VNode {
  const { lang, asked, opinion, returned } = props;
  const t = messages(lang).opinions;
  const said: Readonly<Record<string, string>> = t.one.done;
  const [newest, ...older] = opinion.versions;
  const isOpen = !asked.closedAt && opinion.state !== 'withdrawn';
  return (
    <>
      <header class="subject">
        <h1>{t.agency.title(opinion.agency)}</h1>
        <div class="badges"><StateBadge lang={lang} state={opinion.state} late={newest?.late} /></div>
        <p class="hint">{asked.title} · <span class="mono">{asked.code}</span></p>
      </header>
      {Object.hasOwn(said, props.done) && <Callout kind="ok" role="status">{said[props.done]}</Callout>}
      {props.conflict && <Callout kind="look" role="alert">{props.conflict}</Callout>}
      {returned && <ErrorSummary lang={lang} errors={returned.errors} />}
      {props.filesLost && <Callout kind="look">{t.ask.filesLost}</Callout>}
      {asked.mails.filter((mail) => mail.opinionId === opinion.id).map((mail) => <MailPanel {...props} mail={mail} />)}
      <Panel title={t.agency.answerTitle}>
        {newest ? <><p><b>{t.answers[newest.answer]}</b></p><AnswerWords lang={lang} code={asked.code} answer={newest} points={asked.points} /></> : <p class="hint">{t.agency.none}</p>}
        {opinion.withdrawnWhy && <p>{t.one.why(opinion.withdrawnWhy)}</p>}
        {older.map((answer) => <Disclosure summary={`${t.answers[answer.answer]} – ${formatDateTime(answer.at, lang)}`}><AnswerWords lang={lang} code={asked.code} answer={answer} points={asked.points} /></Disclosure>)}
        <p class="hint">{opinion.mailedAt ? t.agency.mailed(formatDateTime(opinion.mailedAt, lang)) : t.agency.notMailed}</p>
      </Panel>
      {isOpen && props.mayAsk && newest?.way === 'mail' && (newest.answer === 'to_read' || returned?.form === 'danh-dau') && (
        <Panel title={t.agency.markTitle}>
          <p class="hint">{t.agency.markLead}</p>
          <Form action={opinionPath(asked.code, opinion.id, '/danh-dau')}>
            <RadioCards lang={lang} name="answer" label={t.give.answer} error={returned?.form === 'danh-dau' ? returned.errors['answer'] : undefined} options={OPINION_ANSWERS.map((value) => ({ value, label: t.answers[value] }))} />
            <Button>{t.agency.mark}</Button>
          </Form>
        </Panel>
      )}
      {isOpen && props.mayKeep && (
        <Disclosure kind="button" summary={t.agency.paperTitle} open={returned?.form === 'giay'}>
          <p class="hint">{t.agency.paperLead}</p>
          <Form action={opinionPath(asked.code, opinion.id, '/giay')} multipart>
            <AnswerFields lang={lang} points={asked.points} values={returned?.form === 'giay' ? returned.values : {}} returned={returned?.form === 'giay' ? returned : null} agencies={props.agencies} isPaper />
            <Button>{t.agency.paper}</Button>
          </Form>
        </Disclosure>
      )}
      {isOpen && props.mayAsk && (opinion.state === 'sent' || opinion.state === 'overdue') && (
        <Disclosure kind="danger" summary={t.one.withdrawTitle} open={returned?.form === 'rut'}>
          <Form action={opinionPath(asked.code, opinion.id, '/rut')}>
            <TextArea lang={lang} name="reason" label={t.one.reason} hint={t.one.withdrawHint} rows={3} maxlength={1000} value={returned?.form === 'rut' ? returned.values['reason'] : undefined} error={returned?.form === 'rut' ? returned.errors['reason'] : undefined} />
            <Button kind="danger">{t.one.withdraw}</Button>
          </Form>
        </Disclosure>
      )}
    </>
  );
}

function MailPanel({ lang, asked, opinion, mail, mayAsk, returned }: AgencyProps & { mail: WaitingMail }): VNode {
  const t = messages(lang).opinions.agency;
  const { answers } = messages(lang).opinions;
  const own = returned?.form === 'thu' && returned.values['mail'] === mail.id ? returned : null;
  return (
    <Panel title={t.mailTitle(mail.sender)}>
      <p class="hint">{formatDateTime(mail.at, lang)}. {t.mailWhy[mail.why]}</p>
      <Words text={mail.body} />
      <FileList lang={lang} code={asked.code} files={mail.files} />
      {mayAsk && (
        <Form action={opinionPath(asked.code, opinion.id, '/thu')} hidden={{ mail: mail.id }}>
          <RadioCards lang={lang} name="answer" label={t.mailChoice} value={own?.values['answer']} error={own?.errors['answer']} options={[...OPINION_ANSWERS.map((value) => ({ value, label: answers[value] })), { value: 'khong', label: t.notTheirs }]} />
          <Button>{t.decide}</Button>
        </Form>
      )}
    </Panel>
  );
}
