import type { VNode } from 'preact';
import { DEADLINES } from '#core/deadlines.ts';
import { Callout } from '#web/callout.tsx';
import { Button, ButtonLink, ButtonRow, Form } from '#web/form.tsx';
import { formatDate, formatNumber, formatTime } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';
import { Slip } from '#web/slip.tsx';
import { Timeline } from '#web/timeline.tsx';
import { FOLLOW_PATH } from './parts.tsx';

export interface AppealReceiptProps {
  readonly frame: Frame;
  readonly code: string;
  readonly secret: string;
  readonly filedAt: Date;
  /** YYYY-MM-DD */
  readonly acceptBy: string;
  /** Until when the secret is shown. */
  readonly shownUntil: Date;
  /** Address for the QR code: the follow-up page with the code, never the secret. */
  readonly followUrl: string;
  /** The sealed token itself; opens the follow-up page without typing. */
  readonly token: string;
}

/** The receipt of an appeal: code and secret for an hour, and what happens next. Prints as one sheet. */
export function AppealReceiptPage(props: AppealReceiptProps): VNode {
  const { lang } = props.frame;
  const t = messages(lang).appeals.receipt;
  return (
    <PortalPage {...props.frame} title={t.title} path={links.appeal} noindex>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Slip lang={lang} code={props.code} secret={props.secret} at={props.filedAt} followUrl={props.followUrl} words={{ ...t, taken: t.filed }} />
      <Callout kind="look" title={t.onceTitle}>
        {t.once(formatTime(props.shownUntil))}
      </Callout>
      <h2>{t.next}</h2>
      <Timeline
        lang={lang}
        items={[
          { at: props.filedAt, title: t.nextFiled, tone: 'moss' },
          { when: t.by(formatDate(props.acceptBy)), title: t.nextAccept, open: true },
          { title: t.nextDecide(formatNumber(DEADLINES.appealDecide.amount, lang)), open: true },
        ]}
      />
      <Form action={localPath(lang, FOLLOW_PATH)} hidden={{ t: props.token }}>
        <ButtonRow>
          <Button>{t.open}</Button>
        </ButtonRow>
      </Form>
    </PortalPage>
  );
}

/** When the hour is over, or the address was cut. */
export function AppealReceiptExpiredPage({ frame }: { frame: Frame }): VNode {
  const { lang } = frame;
  const t = messages(lang).appeals.receipt;
  return (
    <PortalPage {...frame} title={t.expiredTitle} path={FOLLOW_PATH} noindex>
      <h1>{t.expiredTitle}</h1>
      <p class="lead">{t.expired}</p>
      <ul>
        <li>{t.expiredHave}</li>
        <li>{t.expiredLost}</li>
      </ul>
      <ButtonRow>
        <ButtonLink href={localPath(lang, FOLLOW_PATH)}>{t.open}</ButtonLink>
      </ButtonRow>
    </PortalPage>
  );
}
