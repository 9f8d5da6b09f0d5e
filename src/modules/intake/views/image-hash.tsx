import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Button, ButtonRow, Form, TextArea } from '#web/form.tsx';
import { messages } from '#web/i18n/index.ts';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';
import { UrgentLine } from '#web/urgent-line.tsx';
import type { Marks } from '../form-state.ts';
import type { Fields } from '../schema.ts';
import { hiddenAnswers, hiddenMarks } from './report.tsx';

export interface ImageHashPageProps {
  readonly frame: Frame;
  readonly token: string;
  /** The answers so far; they come back with the codes. */
  readonly fields: Fields;
  readonly marks: Marks;
  readonly fromCheck: boolean;
}

/**
 * Codes (SHA-256) of pictures, made on the reporter's own device (SCOPE, intimate images). The field for files stands outside
 * every form and has no name: with or without a script there is no way in which a file could be sent. What the script fills in
 * (islands/image-hash.ts) stays on the page until the reporter takes it to the report.
 */
export function ImageHashPage({ frame, token, fields, marks, fromCheck }: ImageHashPageProps): VNode {
  const { lang } = frame;
  const t = messages(lang).portal.imageHash;
  const hidden = { token, step: 3, from: fromCheck ? 'check' : undefined, ...hiddenMarks(marks), ...hiddenAnswers(fields, ['traces']) };
  return (
    <PortalPage {...frame} title={t.title} path="/bao-cao/ma-anh" current="report" noindex head={<script type="module" src={frame.assets('image-hash.js')} />}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ul>
        {t.how.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <p class="hint">{t.limit}</p>
      <div id="no-hash">
        <Callout kind="look" title={t.noScriptTitle}>
          <p>{t.noScript}</p>
          <p>
            {t.noScriptCall} <a href="tel:111">111</a>, <a href="tel:113">113</a>.
          </p>
        </Callout>
      </div>
      <div id="hash" class="f" hidden>
        <label for="hash-files">{t.choose}</label>
        <p class="hint" id="hash-hint">
          {t.chooseHint}
        </p>
        <input type="file" id="hash-files" class="t" multiple accept="image/*,video/*" aria-describedby="hash-hint" />
        <p id="hash-said" role="status" data-working={t.working} data-done={t.done} data-failed={t.failed} />
      </div>
      <Form action={localPath(lang, links.report)} hidden={hidden}>
        <TextArea lang={lang} name="traces" label={t.traces} hint={t.tracesHint} value={fields.traces} rows={4} />
        <p class="hint">{t.backHint}</p>
        <ButtonRow>
          <Button name="go" value={fromCheck ? 'edit-2' : 'back'}>
            {t.back}
          </Button>
        </ButtonRow>
      </Form>
      <UrgentLine lang={lang} />
    </PortalPage>
  );
}
