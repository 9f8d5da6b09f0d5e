import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { formatDate } from '#web/format.ts';
import { Button, ButtonRow, Form, TextArea, type FieldErrors } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { links, localPath } from '#web/links.ts';
import { Panel } from '#web/panel.tsx';
import type { ReporterView, StopReviewView } from '../types.ts';

export interface StopReviewProps {
  readonly lang: Lang;
  readonly view: Pick<ReporterView, 'state' | 'eraseAfter' | 'review'>;
  readonly token: string;
  /** The request as typed, and what became of sending it. */
  readonly words: string;
  readonly asked: 'sent' | 'late' | null;
  readonly errors: FieldErrors;
}

/** The look of another officer at a stop: the form that asks for it, that it waits, or what came of it; nothing for a report never stopped. */
export function StopReview(props: StopReviewProps): VNode | null {
  const { lang, view, words } = props;
  const t = messages(lang).gate.ask;
  return (
    <>
      {props.asked === 'sent' && <Callout kind="ok" title={t.sent} role="status" />}
      {props.asked === 'late' && <Callout kind="look" title={t.late} role="status">{words && <p class="pre">{words}</p>}</Callout>}
      {view.review ? <Standing lang={lang} review={view.review} /> : view.state === 'stopped' && view.eraseAfter && <AskForm {...props} until={view.eraseAfter} />}
    </>
  );
}

function AskForm({ lang, token, words, errors, until }: StopReviewProps & { until: Date }): VNode {
  const t = messages(lang).gate.ask;
  return (
    <Panel title={t.title} id="xem-lai">
      <p>{t.lead(formatDate(until))}</p>
      <Form action={localPath(lang, links.follow)} hidden={{ t: token }} label={t.title}>
        <TextArea lang={lang} name="words" label={t.words} hint={t.hint} rows={4} maxlength={2000} error={errors.words} value={words} />
        <ButtonRow>
          <Button kind="quiet" name="go" value="review">{t.send}</Button>
        </ButtonRow>
      </Form>
    </Panel>
  );
}

function Standing({ lang, review }: { lang: Lang; review: StopReviewView }): VNode {
  const t = messages(lang).gate.ask;
  const decided = review.decidedAt ? formatDate(review.decidedAt) : '';
  switch (review.outcome) {
    case null:
      return <Panel title={t.waitingTitle}><p>{t.waiting(formatDate(review.askedAt))} {t.due(formatDate(review.dueOn))}</p></Panel>;
    case 'kept':
      return <Panel title={t.keptTitle}><p>{t.kept(decided)}</p><blockquote class="pre">{review.reason}</blockquote><p>{t.keptThen}</p></Panel>;
    case 'lifted':
      return <Panel title={t.liftedTitle}><p>{t.lifted(decided)}</p><blockquote class="pre">{review.reason}</blockquote></Panel>;
  }
}
