import type { VNode } from 'preact';
import { DEADLINES } from '#core/deadlines.ts';
import { Trap } from '#modules/intake/index.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonRow, Checkbox, ErrorSummary, Form, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import { Panel } from '#web/panel.tsx';
import type { Frame } from '#web/portal-frame.ts';
import type { NoSubject, Subject } from '../types.ts';
import { DENOUNCE_PATH, FOLLOW_PATH, subjectLine } from './parts.tsx';

export interface AskPageProps {
  readonly frame: Frame;
  /** Typed and not opened. */
  readonly code: string;
  readonly secret: string;
  readonly problem: NoSubject | null;
  /** What was written about something that is not there any more; goes along with the codes. */
  readonly words: string;
}

/** What a review is, and three ways on: a warning, a decision by its codes, or somewhere else. */
export function AskPage({ frame, code, secret, problem, words }: AskPageProps): VNode {
  const { lang } = frame;
  const t = messages(lang).appeals.ask;
  return (
    <PortalPage {...frame} title={t.title} path={links.appeal} description={t.description} noindex={problem !== null}>
      <ErrorSummary lang={lang} errors={problem && problem !== 'no_warning' ? { code: t[problem] } : {}} />
      {problem === 'no_warning' && <Callout kind="look" role="status">{t.no_warning}</Callout>}
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <How lang={lang} />
      <h2>{t.aboutTitle}</h2>
      <Panel title={t.codes} level={3}>
        <p>{t.codesText}</p>
        <Form action={localPath(lang, links.appeal)}>
          <TextField lang={lang} name="code" label={t.code} hint={t.codeHint} value={code} maxlength={40} width="medium" autocomplete="off" code />
          <TextField lang={lang} name="secret" label={t.secret} hint={t.secretHint} value={secret} maxlength={60} autocomplete="off" code />
          {words && <TextArea lang={lang} name="words" label={t.kept} hint={t.keptHint} value={words} />}
          <ButtonRow>
            <Button>{t.go}</Button>
          </ButtonRow>
        </Form>
      </Panel>
      <Panel title={t.warning} level={3}>
        <p>{t.warningText}</p>
        <p>
          <a href={localPath(lang, links.warnings)}>{t.warningLink}</a>
        </p>
      </Panel>
      <Panel title={t.denounce} level={3}>
        <p>{t.denounceText}</p>
        <p>
          <a href={localPath(lang, DENOUNCE_PATH)}>{t.denounceLink}</a>
        </p>
      </Panel>
      <p>
        <a href={localPath(lang, FOLLOW_PATH)}>{t.follow}</a>
      </p>
      <Beside lang={lang} />
    </PortalPage>
  );
}

/** Who may ask, that it is free, and the clocks; folded where the form is the one thing of the page. */
function How({ lang, folded = false }: { lang: Lang; folded?: boolean }): VNode {
  const t = messages(lang).appeals.how;
  const days = (name: 'appealAccept' | 'appealDecide' | 'appealDecideComplex' | 'appealDecideRemoteComplex') => formatNumber(DEADLINES[name].amount, lang);
  const list = (
    <ul>
      <li>{t.who}</li>
      <li>{t.free}</li>
      <li>{t.other}</li>
      <li>{t.accept(days('appealAccept'))}</li>
      <li>{t.decide(days('appealDecide'), days('appealDecideComplex'), days('appealDecideRemoteComplex'))}</li>
      <li>{t.done}</li>
      <li>{t.window}</li>
    </ul>
  );
  return folded ? <Disclosure summary={t.title}>{list}</Disclosure> : <><h2>{t.title}</h2>{list}</>;
}

/** The statutory complaint and the court, which stand beside a review. */
function Beside({ lang }: { lang: Lang }): VNode {
  const t = messages(lang).appeals.how;
  return (
    <section>
      <h2>{t.besideTitle}</h2>
      <ul>
        <li>{t.complaint(formatNumber(DEADLINES.complaintWindow.amount, lang))}</li>
        <li>{t.court}</li>
      </ul>
      <p class="hint">{t.besideNote}</p>
    </section>
  );
}

/** What was typed into the form of an appeal. */
export interface AppealFields {
  readonly words: string;
  readonly stay: boolean;
  readonly stayWhy: string;
  readonly email: string;
}

export interface AppealFormPageProps {
  readonly frame: Frame;
  readonly subject: Subject;
  /** Seals what it is about, so that codes are typed once. */
  readonly about: string;
  readonly token: string;
  readonly fields: AppealFields;
  readonly errors: FieldErrors;
  readonly notice: string | null;
}

/** The one form of an appeal. */
export function AppealFormPage(props: AppealFormPageProps): VNode {
  const { frame, subject, fields, errors } = props;
  const { lang } = frame;
  const t = messages(lang).appeals.form;
  return (
    <PortalPage {...frame} title={t.title} path={links.appeal} noindex>
      <ErrorSummary lang={lang} errors={errors} />
      {props.notice && <Callout kind="look" role="status">{props.notice}</Callout>}
      <h1>{t.title}</h1>
      <p class="lead">{subjectLine(lang, subject)}</p>
      <p class="hint">{t.by(subject.agency)}</p>
      <How lang={lang} folded />
      <Form action={localPath(lang, links.appeal)} hidden={{ token: props.token, about: props.about }}>
        <TextArea lang={lang} name="words" label={t.words} hint={t.wordsHint} value={fields.words} error={errors.words} rows={8} maxlength={8000} />
        {subject.inForce && (
          <>
            <Checkbox lang={lang} name="stay" label={t.stay} hint={t.stayHint} checked={fields.stay} />
            <TextArea lang={lang} name="stay_why" label={t.stayWhy} value={fields.stayWhy} error={errors.stay_why} optional rows={3} maxlength={1000} />
          </>
        )}
        <TextField lang={lang} name="email" type="email" inputmode="email" label={t.email} hint={t.emailHint} value={fields.email} error={errors.email} optional maxlength={254} autocomplete="email" />
        <Trap lang={lang} />
        <ButtonRow>
          <Button>{t.send}</Button>
        </ButtonRow>
      </Form>
      <Beside lang={lang} />
      <p>
        {t.denounce} <a href={localPath(lang, DENOUNCE_PATH)}>{messages(lang).appeals.ask.denounceLink}</a>
      </p>
    </PortalPage>
  );
}

/** Where a denunciation of an official goes; there is no form here. */
export function DenouncePage({ frame }: { frame: Frame }): VNode {
  const { lang } = frame;
  const t = messages(lang).appeals.denounce;
  return (
    <PortalPage {...frame} title={t.title} path={DENOUNCE_PATH} description={t.lead}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <h2>{t.places}</h2>
      <ul>
        <li>{t.own}</li>
        <li>{t.inspectorate}</li>
        <li>{t.office}</li>
        <li>{t.police}</li>
      </ul>
      <h2>{t.know}</h2>
      <ul>
        <li>{t.name}</li>
        <li>{t.clock}</li>
      </ul>
      <p>
        <a href={localPath(lang, links.appeal)}>{t.back}</a>
      </p>
    </PortalPage>
  );
}
