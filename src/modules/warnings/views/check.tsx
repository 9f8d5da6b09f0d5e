import type { ComponentChildren, VNode } from 'preact';
import { generalSituation } from '#catalogue/first-aid.ts';
import { Callout } from '#web/callout.tsx';
import { Defanged } from '#web/defanged.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, TextField } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';
import { UrgentLine } from '#web/urgent-line.tsx';
import { Verdict } from '#web/verdict.tsx';
import type { AskedThing, CheckAnswer } from '../queries.ts';

/** Where one press reports what is known already (intake). */
export const MET_PATH = '/bao-cao/cung-gap';

/** What intake knows of the address that was checked. */
export interface MetBefore {
  /** Defanged. */
  readonly about: string;
  readonly reports: number;
  /** Of a form, so that one press is enough; never on a page that a cache keeps for others. */
  readonly token: string;
}

export interface CheckPageProps {
  readonly frame: Frame;
  readonly q: string;
  /** null before anything was asked */
  readonly answer: CheckAnswer | null;
  /** Left out where nobody reported it, and always of people's numbers. */
  readonly met?: MetBefore;
}

/** Paste something, get one of three answers; none of them is "safe". */
export function CheckPage({ frame, q, answer, met }: CheckPageProps): VNode {
  const { lang } = frame;
  const t = messages(lang).portal.check;
  const error = answer?.kind === 'unreadable' ? t.unreadable : undefined;
  return (
    <PortalPage {...frame} title={t.title} path={links.check} current="check" noindex={answer !== null} description={t.description}>
      {error && <ErrorSummary lang={lang} errors={{ q: t.unreadableText }} title={error} />}
      <h1>{t.title}</h1>
      <Form action={localPath(lang, links.check)} method="get">
        <TextField lang={lang} name="q" label={t.label} value={q} error={error && t.unreadableText} maxlength={2000} autocomplete="off" inputmode="url" code />
        <ButtonRow>
          <Button>{t.button}</Button>
        </ButtonRow>
      </Form>
      {answer?.kind === 'warned' && <Warned lang={lang} answer={answer} q={q} met={met} />}
      {answer?.kind === 'unknown' && <Unknown lang={lang} asked={answer.asked} q={q} met={met} />}
      <p class="hint">
        {t.privacy}
        {answer?.kind === 'warned' && (
          <>
            {' '}
            {t.owner} <a href={`${localPath(lang, `${links.warnings}/${answer.slug}`)}#xem-lai`}>{t.ownerLink}</a>
          </>
        )}
      </p>
      <UrgentLine lang={lang} />
    </PortalPage>
  );
}

function Asked({ lang, asked }: { lang: Lang; asked: AskedThing }): VNode | null {
  if (asked.registrable === '') return null;
  const isAddress = asked.kind === 'url' || asked.kind === 'domain';
  return <p>{isAddress ? <Defanged lang={lang} {...asked} /> : <b class="mono">{asked.registrable}</b>}</p>;
}

/** How many met it; small counts are not told exactly (S13). */
function Met({ lang, met }: { lang: Lang; met?: MetBefore }): VNode | null {
  const t = messages(lang).portal.report;
  if (!met || met.reports === 0) return null;
  return <p>{met.reports < 5 ? t.alreadySome(met.about) : t.already(formatNumber(met.reports, lang), met.about)}</p>;
}

interface WarnedProps {
  readonly lang: Lang;
  readonly answer: Extract<CheckAnswer, { kind: 'warned' }>;
  readonly q: string;
  readonly met?: MetBefore;
}

function Warned({ lang, answer, q, met }: WarnedProps): VNode {
  const t = messages(lang).portal.check;
  const situation = generalSituation(answer.category).key;
  return (
    <Verdict tone="rose" title={t.warned[answer.asked.kind]}>
      <Asked lang={lang} asked={answer.asked} />
      <p class="pre">{answer.summary}</p>
      <p>
        {t.since(answer.agency, formatDateTime(answer.since, lang))} {t.until(formatDate(answer.until))}{' '}
        <a href={localPath(lang, `${links.warnings}/${answer.slug}`)}>{t.read}</a>
      </p>
      <Met lang={lang} met={met} />
      <MetForm lang={lang} q={q} token={met?.token} label={met ? messages(lang).portal.metToo.send : t.met}>
        <ButtonLink href={localPath(lang, `${links.firstSteps}/${situation}`)}>{t.done[answer.asked.kind]}</ButtonLink>
      </MetForm>
    </Verdict>
  );
}

function Unknown({ lang, asked, q, met }: { lang: Lang; asked: AskedThing; q: string; met?: MetBefore }): VNode {
  const t = messages(lang).portal.check;
  const isPersonal = asked.kind === 'phone' || asked.kind === 'bank_account';
  const tips = isPersonal ? t.tips[asked.kind] : t.tips.link;
  return (
    <>
      <Verdict tone="plain" title={t.unknown}>
        <Asked lang={lang} asked={asked} />
        <p>
          <strong>{t.unknownNot}</strong>
        </p>
        {isPersonal ? <p>{t.unknownPersonal}</p> : <Met lang={lang} met={met} />}
      </Verdict>
      <Callout kind="look" title={t.unknownTitle}>
        <ul>
          {tips.map((tip) => (
            <li>{tip}</li>
          ))}
        </ul>
      </Callout>
      {isPersonal ? (
        <ButtonRow>
          <ButtonLink kind="quiet" href={localPath(lang, `${links.report}?traces=${encodeURIComponent(q.slice(0, 300))}`)}>
            {t.reportIt}
          </ButtonLink>
        </ButtonRow>
      ) : (
        <MetForm lang={lang} q={q} token={met?.token} label={met ? messages(lang).portal.metToo.send : t.reportIt} />
      )}
    </>
  );
}

interface MetFormProps {
  readonly lang: Lang;
  readonly q: string;
  readonly token?: string;
  readonly label: string;
  readonly children?: ComponentChildren;
}

/** Sends what was checked to intake, which knows whether others met it: one press there, or the whole form where nobody did. */
function MetForm({ lang, q, token, label, children }: MetFormProps): VNode {
  return (
    <Form class="btns" action={localPath(lang, MET_PATH)} hidden={{ token, trace: q.slice(0, 500) }}>
      {children}
      <Button kind="quiet">{label}</Button>
    </Form>
  );
}
