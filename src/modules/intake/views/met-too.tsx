import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Button, ButtonLink, ButtonRow, Form } from '#web/form.tsx';
import { messages } from '#web/i18n/index.ts';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';
import { UrgentLine } from '#web/urgent-line.tsx';
import type { AlreadyReported } from '../queries.ts';
import { alreadyWords, Trap, WarningLine } from './report.tsx';

/** Where one press reports what is known already. */
export const MET_PATH = '/bao-cao/cung-gap';

export interface MetTooPageProps {
  readonly frame: Frame;
  readonly token: string;
  /** What was pressed on: the name of a warning, or the text that was checked. */
  readonly slug: string;
  readonly trace: string;
  readonly already: AlreadyReported;
  /** The words that will be sent. */
  readonly story: string;
  /** Why nothing was sent yet. */
  readonly notice: string | null;
}

/** "I met it too": what is known, what will be sent, one button. */
export function MetTooPage({ frame, token, slug, trace, already, story, notice }: MetTooPageProps): VNode {
  const { lang } = frame;
  const t = messages(lang).portal.metToo;
  return (
    <PortalPage {...frame} title={t.title} path={links.report} current="report" noindex>
      {notice && (
        <Callout kind="look" role="status">
          {notice}
        </Callout>
      )}
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Callout kind="note" title={alreadyWords(lang, already)}>
        <WarningLine lang={lang} already={already} />
        <p>
          {t.what} <q>{story}</q>
        </p>
      </Callout>
      <Form action={localPath(lang, MET_PATH)} hidden={{ token, warning: slug || undefined, trace: trace || undefined }}>
        <ButtonRow>
          <Button>{t.send}</Button>
          <ButtonLink kind="quiet" href={localPath(lang, `${links.report}?category=${already.category}&traces=${encodeURIComponent(trace || already.about)}`)}>
            {t.more}
          </ButtonLink>
        </ButtonRow>
        <Trap lang={lang} />
      </Form>
      <UrgentLine lang={lang} />
    </PortalPage>
  );
}
