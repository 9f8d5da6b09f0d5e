import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ErrorSummary, Form, TextArea, TextField } from '#web/form.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import type { TextView } from '../queries/conversation.ts';
import { ConflictNote, errorsOf, Flash, valueOf, type Typed } from './flash.tsx';
import { Heading } from './words.tsx';

export interface TextsProps {
  readonly lang: Lang;
  readonly texts: readonly TextView[];
  /** Who looks: a drafter does not approve the own text. */
  readonly officerId: string;
  readonly writes: boolean;
  readonly done: string;
  readonly typed?: Typed;
}

const HREF = '/can-bo/cau-mau';
const TONES = { proposed: 'amber', approved: 'moss', retired: 'plain' } as const;

/** The texts to answer with: those that wait for a second reader first, then those in use; the retired are folded. */
export function TextsPage(props: TextsProps): VNode {
  const { lang, texts, writes, typed } = props;
  const t = messages(lang).console.texts;
  const of = (state: TextView['state']): TextView[] => texts.filter((text) => text.state === state);
  const [proposed, approved, retired] = [of('proposed'), of('approved'), of('retired')];
  return (
    <>
      <Heading title={t.title} lead={t.lead} />
      <Flash lang={lang} done={props.done} />
      <ConflictNote lang={lang} typed={typed} />
      {typed && !typed.conflict && <ErrorSummary lang={lang} errors={typed.errors} />}
      {writes && (
        <Disclosure kind="button" summary={t.propose} open={typed?.form === 'moi'} id="de-xuat"><ProposeForm {...props} /></Disclosure>
      )}
      {proposed.length > 0 && <><h2>{t.waiting}</h2>{proposed.map((text) => <Text {...props} text={text} />)}</>}
      <h2>{t.inUse}</h2>
      {approved.length > 0 ? approved.map((text) => <Text {...props} text={text} />) : <Empty icon="mail" title={t.empty}>{t.emptyHelp}</Empty>}
      {retired.length > 0 && (
        <Disclosure summary={t.retired(String(retired.length), retired.length === 1)}>{retired.map((text) => <Text {...props} text={text} />)}</Disclosure>
      )}
    </>
  );
}

function Text(props: TextsProps & { text: TextView }): VNode {
  const { lang, text } = props;
  const t = messages(lang).console.texts;
  const { languages } = messages(lang).console.report;
  return (
    <Panel title={text.title} level={3} aside={<Badge tone={TONES[text.state]}>{t.states[text.state]}</Badge>}>
      <div class="pair">
        <div><small>{languages.vi}</small><p class="told" lang="vi">{text.bodyVi}</p></div>
        <div><small>{languages.en}</small><p class="told" lang="en">{text.bodyEn}</p></div>
      </div>
      <p class="hint">
        {t.draftedBy(text.drafter, formatDate(text.createdAt))}
        {text.approver && text.decidedAt && text.state === 'approved' && ` ${t.approvedBy(text.approver, formatDate(text.decidedAt))}`}
        {text.state === 'retired' && text.decidedAt && ` ${t.retiredOn(formatDate(text.decidedAt))}`}
        {text.reason && ` ${t.because(text.reason)}`}
      </p>
      {props.writes && text.state !== 'retired' && <Decide {...props} />}
    </Panel>
  );
}

function Decide({ lang, text, officerId, typed }: TextsProps & { text: TextView }): VNode {
  const t = messages(lang).console.texts;
  const form = `bo-${text.id}`;
  const own = text.drafterId === officerId;
  return (
    <div class="acts">
      {text.state === 'proposed' && (own ? <p class="hint">{t.ownText}</p> : (
        <Form action={`${HREF}/${text.id}/duyet`}><Button kind="quiet">{t.approve}<span class="vh"> {text.title}</span></Button></Form>
      ))}
      <Disclosure summary={<>{t.retire}<span class="vh"> {text.title}</span></>} open={typed?.form === form}>
        <Form action={`${HREF}/${text.id}/bo`}>
          <TextArea lang={lang} id={`f-bo-${text.id}`} name="reason" label={t.retireReason} hint={t.retireHint} rows={2} maxlength={500} value={valueOf(typed, form, 'reason')} error={errorsOf(typed, form).reason} />
          <Button kind="quiet">{t.retire}</Button>
        </Form>
      </Disclosure>
    </div>
  );
}

function ProposeForm({ lang, typed }: TextsProps): VNode {
  const t = messages(lang).console.texts;
  const errors = errorsOf(typed, 'moi');
  const { languages } = messages(lang).console.report;
  return (
    <Form action={HREF} keep="cau-mau-moi" lang={lang}>
      <TextField lang={lang} name="textTitle" label={t.name} hint={t.nameHint} maxlength={100} value={valueOf(typed, 'moi', 'textTitle')} error={errors.textTitle} />
      <div class="pair">
        <TextArea lang={lang} name="bodyVi" label={languages.vi} rows={6} maxlength={4000} value={valueOf(typed, 'moi', 'bodyVi')} error={errors.bodyVi} />
        <TextArea lang={lang} name="bodyEn" label={languages.en} rows={6} maxlength={4000} value={valueOf(typed, 'moi', 'bodyEn')} error={errors.bodyEn} />
      </div>
      <p class="hint">{t.proposeHint}</p>
      <Button>{t.proposeSubmit}</Button>
    </Form>
  );
}
