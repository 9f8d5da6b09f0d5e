import type { VNode } from 'preact';
import { SafeText } from '#modules/cases/index.ts';
import { OPINION_ANSWERS } from '#platform/schema.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, DateField, ErrorSummary, FileField, Form, RadioCards, Select, TextArea, TextField } from '#web/form.tsx';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import { answerPath, consultationPath } from '../paths.ts';
import type { AgencyChoice } from '../queries.ts';
import { MOST, type ConsultationView, type OpinionView } from '../types.ts';
import { FileList, Words, type Returned } from './parts.tsx';

export interface GiveProps {
  readonly lang: Lang;
  readonly today: string;
  readonly asked: ConsultationView;
  readonly own: OpinionView;
  readonly agencies: readonly AgencyChoice[];
  readonly values: Readonly<Record<string, string>>;
  readonly returned: Returned | null;
  readonly filesLost: boolean;
  readonly conflict: string | null;
}

/** The fields of an answer; the same on the agency's screen and where a letter is entered. */
export function AnswerFields({ lang, points, values, returned, agencies, isPaper }: { lang: Lang; points: readonly string[]; values: Readonly<Record<string, string>>; returned: Returned | null; agencies: readonly AgencyChoice[]; isPaper: boolean }): VNode {
  const t = messages(lang).opinions;
  const errors = returned?.errors ?? {};
  const remarks = points.map((point, index) => (
    <TextArea lang={lang} optional name={`point-${index}`} label={t.give.onPoint(String(index + 1), point)} rows={2} value={values[`point-${index}`]} error={index === 0 ? errors['onPoints'] : undefined} />
  ));
  return (
    <>
      <RadioCards lang={lang} name="answer" label={t.give.answer} value={values['answer']} error={errors['answer']} options={OPINION_ANSWERS.map((value) => ({ value, label: t.answers[value], hint: t.answerHints[value] }))} />
      <TextArea lang={lang} optional name="reasons" label={t.give.reasons} hint={t.give.reasonsHint} rows={5} maxlength={MOST.reasons} value={values['reasons']} error={errors['reasons']} />
      {remarks.length > 0 && <Disclosure summary={t.give.pointsTitle} open={!isPaper}>{remarks}</Disclosure>}
      <Disclosure summary={t.give.instead} open={values['answer'] === 'not_competent' || Boolean(errors['instead'])}>
        <Select lang={lang} optional name="instead" label={t.give.instead} hint={t.give.insteadHint} value={values['instead']} error={errors['instead']} prompt={t.give.insteadNone} options={agencies.map(({ id, name }) => ({ value: id, label: name }))} />
        <TextField lang={lang} optional name="insteadText" label={t.give.insteadText} value={values['insteadText']} error={errors['insteadText']} maxlength={300} autocomplete="off" />
      </Disclosure>
      <div class="pair">
        <TextField lang={lang} optional={!isPaper} name="documentNumber" label={t.give.number} value={values['documentNumber']} error={errors['documentNumber']} maxlength={60} autocomplete="off" />
        <DateField lang={lang} optional={!isPaper} name="documentOn" label={t.give.on} value={values['documentOn']} error={errors['documentOn']} />
      </div>
      <FileField lang={lang} optional name="tep" label={t.give.files} hint={t.ask.filesHint} accept=".pdf,.docx,.jpg,.jpeg,.png" error={errors['tep']} />
    </>
  );
}

/** The one screen on which an agency answers: what is asked above, the answer below. */
export function GivePage(props: GiveProps): VNode {
  const { lang, asked, own, returned } = props;
  const t = messages(lang).opinions.give;
  const bar = own.state === 'withdrawn' ? t.withdrawn : asked.closedAt ? t.closed : null;
  return (
    <>
      <header class="subject">
        <h1>{asked.title}</h1>
        <p>{t.lead(asked.askedBy, formatDate(asked.dueOn))}</p>
        <p class="hint mono">{asked.code}</p>
      </header>
      {returned && <ErrorSummary lang={lang} errors={returned.errors} />}
      {props.conflict && <Callout kind="look" role="alert">{props.conflict}</Callout>}
      {props.filesLost && <Callout kind="look">{messages(lang).opinions.ask.filesLost}</Callout>}
      {bar !== null && <Callout kind="note">{bar}</Callout>}
      {bar === null && asked.dueOn < props.today && <Callout kind="look">{t.late}</Callout>}
      {bar === null && own.versions.length > 0 && <Callout kind="note">{t.earlier}</Callout>}
      <Asked lang={lang} asked={asked} />
      {bar === null && (
        <Panel title={t.formTitle}>
          <Form action={answerPath(asked.code)} multipart lang={lang} keep={`answer-${asked.code}`}>
            <AnswerFields lang={lang} points={asked.points} values={props.values} returned={returned} agencies={props.agencies} isPaper={false} />
            <p class="hint">{t.sendNote}</p>
            <Button>{t.send}</Button>
          </Form>
        </Panel>
      )}
      {bar === null && own.versions.length === 0 && <Receipt lang={lang} code={asked.code} openedAt={own.openedAt} />}
    </>
  );
}

/** What is asked: question, points, draft and files. */
export function Asked({ lang, asked }: { lang: Lang; asked: ConsultationView }): VNode {
  const t = messages(lang).opinions.give;
  return (
    <Panel title={t.questionTitle}>
      <Words text={asked.question} />
      {asked.points.length > 0 && <ol>{asked.points.map((point) => <li><SafeText text={point} /></li>)}</ol>}
      {asked.draftText !== '' && <Disclosure summary={t.draftTitle}><Words text={asked.draftText} /></Disclosure>}
      {asked.files.length > 0 && <><h3>{t.filesTitle}</h3><FileList lang={lang} code={asked.code} files={asked.files} /></>}
      {!asked.leads && asked.caseNumber !== '' && <p><ButtonLink kind="quiet" small href={`/can-bo/phoi-hop/${asked.caseNumber}`}>{t.shared}</ButtonLink></p>}
    </Panel>
  );
}

function Receipt({ lang, code, openedAt }: { lang: Lang; code: string; openedAt: Date | null }): VNode {
  const t = messages(lang).opinions.give;
  if (openedAt) return <p class="hint">{t.gotDone(formatDateTime(openedAt, lang))}</p>;
  return <Form action={consultationPath(code, '/da-nhan')}><p class="hint">{t.gotHint}</p><Button kind="quiet">{t.got}</Button></Form>;
}
