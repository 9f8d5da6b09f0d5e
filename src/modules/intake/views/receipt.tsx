import type { VNode } from 'preact';
import type { Situation } from '#catalogue/first-aid.ts';
import { SPAM_SYNTAX, type SpamReportKind } from '#catalogue/hotlines.ts';
import { Callout } from '#web/callout.tsx';
import { formatDate, formatTime } from '#web/format.ts';
import { Button, ButtonLink, ButtonRow, Form } from '#web/form.tsx';
import { messages } from '#web/i18n/index.ts';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';
import { Slip } from '#web/slip.tsx';
import { Timeline } from '#web/timeline.tsx';
import { UrgentLine } from '#web/urgent-line.tsx';
import type { SpamNumber } from '../form-state.ts';
import { FirstAidNow, SpamTexts } from './first-aid.tsx';

export interface ReceiptPageProps {
  readonly frame: Frame;
  readonly code: string;
  readonly secret: string;
  readonly receivedAt: Date;
  /** Until when the secret is shown. */
  readonly shownUntil: Date;
  /** Address for the QR code: the follow-up page with the report code, never the secret. */
  readonly followUrl: string;
  /** The sealed token itself; opens the follow-up page without typing. */
  readonly token: string;
  readonly situation: Situation;
  /** A telephone number in the report that 156 may be told about. */
  readonly spam: SpamNumber | null;
  /** Last days: acknowledged, looked at, answered. */
  readonly due: { readonly acknowledge: Date; readonly gate: Date; readonly answer: Date };
}

/** The receipt: code and secret for an hour, what to do now, what happens next. Prints as one sheet. */
export function ReceiptPage(props: ReceiptPageProps): VNode {
  const { lang } = props.frame;
  const t = messages(lang).portal.receipt;
  return (
    <PortalPage {...props.frame} title={t.title} path={links.report} current="report" noindex>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Slip lang={lang} code={props.code} secret={props.secret} at={props.receivedAt} followUrl={props.followUrl} words={{ ...t, taken: t.received }} />
      <Callout kind="look" title={t.onceTitle}>
        {t.once(formatTime(props.shownUntil))}
      </Callout>
      <h2>{t.nowTitle}</h2>
      <FirstAidNow lang={lang} situation={props.situation} />
      {props.spam && (
        <>
          <h2>{t.spamTitle}</h2>
          <SpamTexts lang={lang} phone={props.spam.phone} texts={props.spam.kinds.map((kind) => ({ kind, content: contentOf(kind, props.situation) }))} />
        </>
      )}
      <h2>{t.nextTitle}</h2>
      <Timeline
        lang={lang}
        items={[
          { at: props.receivedAt, title: t.nextReceived, tone: 'moss' },
          { when: t.by(formatDate(props.due.acknowledge)), title: t.nextAcknowledge, open: true },
          { when: t.by(formatDate(props.due.gate)), title: t.nextGate, open: true },
          { when: t.by(formatDate(props.due.answer)), title: t.nextAnswer, open: true },
        ]}
      />
      <Form action={localPath(lang, links.follow)} hidden={{ t: props.token }}>
        <ButtonRow>
          <Button>{t.open}</Button>
          <ButtonLink kind="quiet" href={localPath(lang, links.home)}>
            {messages(lang).common.nav.home}
          </ButtonLink>
        </ButtonRow>
      </Form>
      <UrgentLine lang={lang} />
    </PortalPage>
  );
}

/** What the message to 156 says happened: as exactly as the situation does. */
function contentOf(kind: SpamReportKind, situation: Situation): string {
  return (situation.general ? undefined : situation.texts?.find((text) => text.kind === kind)?.content) ?? SPAM_SYNTAX[kind].content;
}

/** When the hour is over, or the address was cut. */
export function ReceiptExpiredPage({ frame }: { frame: Frame }): VNode {
  const { lang } = frame;
  const { portal, common } = messages(lang);
  const t = portal.receipt;
  return (
    <PortalPage {...frame} title={t.expiredTitle} path={links.follow} noindex>
      <h1>{t.expiredTitle}</h1>
      <p class="lead">{t.expired}</p>
      <ul>
        <li>{t.expiredHave}</li>
        <li>{t.expiredLost}</li>
      </ul>
      <ButtonRow>
        <ButtonLink href={localPath(lang, links.follow)}>{common.nav.follow}</ButtonLink>
        <ButtonLink kind="quiet" href={localPath(lang, links.report)}>
          {t.again}
        </ButtonLink>
      </ButtonRow>
      <UrgentLine lang={lang} />
    </PortalPage>
  );
}
