import type { VNode } from 'preact';
import { nameIn } from '#modules/directory/index.ts';
import { ATTENDANCES } from '#platform/schema.ts';
import { Callout } from '#web/callout.tsx';
import { Button, ButtonLink, ButtonRow, DateField, ErrorSummary, Form, RadioCards, Select, TextArea, TextField } from '#web/form.tsx';
import { formatDate, formatDateTime, formatTime } from '#web/format.ts';
import type { Lang, Messages } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import { meetingPath } from '../addresses.ts';
import { LENGTHS } from '../policy.ts';
import type { AgendaItem, Choice, MeetingPage } from '../types.ts';
import { errorIn, span, typedIn, type Typed } from './parts.tsx';

interface LiveProps {
  readonly lang: Lang;
  readonly t: Messages;
  readonly page: MeetingPage;
  readonly typed: Typed | null;
  /** Id of the item that two people wrote. */
  readonly conflict: string | null;
  /** Id of the item just saved. */
  readonly saved: string | null;
  readonly done: string | null;
  readonly refused: string | null;
}

/** The one page on which a meeting is written down: attendance, then each item by itself. */
export function LiveView(props: LiveProps): VNode {
  const { lang, t, page } = props;
  const words = t.meetings.live;
  const isHeld = page.state === 'held';
  return (
    <>
      <p class="over"><span class="mono">{page.code}</span> {span(lang, page.startsAt, page.endsAt)}</p>
      <h1>{words.title}</h1>
      <p class="hint">{page.title}. {words.lead}</p>
      {props.done && <Callout kind="ok" role="status" title={props.done} />}
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ErrorSummary lang={lang} errors={props.typed?.errors ?? {}} />
      <Attendance {...props} />
      {isHeld ? page.agenda.map((item, index) => <Item {...props} item={item} place={index + 1} />) : <p>{words.firstAttendance}</p>}
      {isHeld && <ButtonRow><ButtonLink href={meetingPath(page.code, '/ket-luan')}>{words.toConclusion}</ButtonLink></ButtonRow>}
    </>
  );
}

function Attendance({ lang, t, page, typed }: LiveProps): VNode {
  const { live: words, attendance } = t.meetings;
  const isFirst = page.state !== 'held';
  return (
    <Panel title={words.attendance} id="diem-danh">
      <p class="hint">{words.attendanceHint}</p>
      <Form action={meetingPath(page.code, '/co-mat')} keep={`hop-co-mat-${page.id}`} lang={lang}>
        {page.guests.map((guest) => {
          const name = (of: string) => `${of}-${guest.agencyId}`;
          return (
            <div class="two">
              <RadioCards
                lang={lang} name={name('attendance')} label={nameIn(guest, lang)} inline value={typedIn(typed, 'co-mat', name('attendance'), guest.attendance ?? '')}
                options={ATTENDANCES.map((value) => ({ value, label: attendance[value] }))}
              />
              <TextField lang={lang} name={name('came')} label={words.came} optional maxlength={LENGTHS.names} value={typedIn(typed, 'co-mat', name('came'), guest.came || guest.names)} error={errorIn(typed, 'co-mat', name('came'))} />
            </div>
          );
        })}
        <Button kind={isFirst ? 'primary' : 'quiet'}>{isFirst ? words.attendanceFirst : words.attendanceSave}</Button>
      </Form>
    </Panel>
  );
}

function Item(props: LiveProps & { item: AgendaItem; place: number }): VNode {
  const { lang, t, page, typed, item, place } = props;
  const { live: words, page: { discussion, statements, itemConclusion } } = t.meetings;
  const step = `bien-ban-${item.id}`;
  const { written } = item;
  const isBoth = props.conflict === item.id && written !== null;
  const field = (name: 'discussion' | 'statements' | 'conclusion') => ({
    lang, name, id: errorIn(typed, step, name) ? undefined : `f-${name}-${place}`, value: typedIn(typed, step, name, written?.[name] ?? ''), error: errorIn(typed, step, name),
  });
  const status = written ? words.saved(formatDateTime(written.savedAt, lang), written.savedBy) : words.notYet;
  return (
    <Panel title={`${place}. ${item.title}`} id={`muc-${item.id}`} aside={<small>{status}</small>}>
      {props.saved === item.id && <Callout kind="ok" role="status" title={words.done} />}
      {isBoth && (
        <Callout kind="look" role="alert" title={words.conflict}>
          <p>{words.conflictText}</p>
          <h4>{words.theirs(written.savedBy, formatDateTime(written.savedAt, lang))}</h4>
          {([['discussion', discussion], ['statements', statements], ['conclusion', itemConclusion]] as const).map(([name, label]) => written[name] && <p class="say"><b>{label}:</b> {written[name]}</p>)}
        </Callout>
      )}
      <Form action={meetingPath(page.code, '/bien-ban')} keep={step} lang={lang} hidden={{ item: item.id, version: written?.version ?? 0 }}>
        <TextArea {...field('discussion')} label={discussion} rows={4} maxlength={LENGTHS.words} />
        <TextArea {...field('statements')} label={statements} hint={words.statementsHint} rows={4} maxlength={LENGTHS.words} />
        <TextArea {...field('conclusion')} label={itemConclusion} rows={2} maxlength={LENGTHS.itemConclusion} />
        <Button kind="quiet">{words.save}</Button>
      </Form>
    </Panel>
  );
}

interface CloseProps {
  readonly lang: Lang;
  readonly t: Messages;
  readonly page: MeetingPage;
  readonly officers: readonly Choice[];
  readonly typed: Typed | null;
  /** Two people wrote the conclusion. */
  readonly isConflict: boolean;
  readonly done: string | null;
  readonly refused: string | null;
}

/** Conclusion, action items, and the step that freezes them. */
export function CloseView(props: CloseProps): VNode {
  const { lang, t, page, typed } = props;
  const words = t.meetings.close;
  return (
    <>
      <p class="over"><span class="mono">{page.code}</span> {page.title}</p>
      <h1>{words.title}</h1>
      <p class="hint">{words.lead}</p>
      {props.done && <Callout kind="ok" role="status" title={props.done} />}
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Panel title={words.body}>
        {props.isConflict && page.conclusion && <Callout kind="look" role="alert" title={words.conflict}><h4>{words.theirs}</h4><p class="say">{page.conclusion.body}</p></Callout>}
        <Form action={meetingPath(page.code, '/ket-luan')} keep={`ket-luan-${page.id}`} lang={lang} hidden={{ version: page.conclusion?.version ?? 0 }}>
          <TextArea lang={lang} name="body" label={words.body} hint={words.bodyHint} rows={8} maxlength={LENGTHS.conclusion} value={typedIn(typed, 'ket-luan', 'body', page.conclusion?.body ?? '')} error={errorIn(typed, 'ket-luan', 'body')} />
          <Button kind="quiet">{words.saveDraft}</Button>
        </Form>
      </Panel>
      <Actions {...props} />
      <Panel title={words.finish}>
        <p>{words.finishText}</p>
        {page.conclusion?.body
          ? (
            <Form action={meetingPath(page.code, '/ket-thuc')}>
              <TextField lang={lang} name="ended" label={words.ended} hint={t.meetings.form.timeHint} width="short" maxlength={8} value={typedIn(typed, 'ket-thuc', 'ended', formatTime(page.endsAt))} error={errorIn(typed, 'ket-thuc', 'ended')} />
              <Button>{words.finish}</Button>
            </Form>
          )
          : <p class="hint">{words.noBody}</p>}
      </Panel>
    </>
  );
}

function Actions({ lang, t, page, officers, typed }: CloseProps): VNode {
  const words = t.meetings.close;
  const agencies = [{ value: page.agencyId, label: nameIn(page.agency, lang) }, ...page.guests.map((guest) => ({ value: guest.agencyId, label: nameIn(guest, lang) }))];
  const cases = page.agenda.flatMap(({ caseId, caseNumber }) => (caseId && caseNumber ? [{ value: caseId, label: caseNumber }] : []));
  const field = (name: string, stands = '') => ({ lang, name, value: typedIn(typed, 'viec', name, stands), error: errorIn(typed, 'viec', name) });
  return (
    <Panel title={words.actions} id="viec">
      {page.actions.map((action) => (
        <Form action={meetingPath(page.code, '/viec/bo')} hidden={{ action: action.id }}>
          <p>
            <b>{action.what}</b> <small>{[action.agency, action.officer, formatDate(action.dueOn), action.caseNumber].filter(Boolean).join(' · ')}</small>{' '}
            <Button kind="plain" small>{words.remove}</Button>
          </p>
        </Form>
      ))}
      <h3>{words.addTitle}</h3>
      <Form action={meetingPath(page.code, '/viec')} keep={`hop-viec-${page.id}`} lang={lang}>
        <TextField {...field('what')} label={words.what} hint={words.whatHint} maxlength={LENGTHS.action} />
        <div class="two">
          <Select {...field('agency')} label={words.who} options={agencies} />
          <Select {...field('officer')} label={words.officer} hint={words.officerHint} optional options={officers} prompt={words.officerNone} />
        </div>
        <div class="two">
          <DateField {...field('due')} label={words.due} />
          <Select {...field('case', cases.length === 1 ? cases[0]!.value : '')} label={words.aboutCase} optional options={cases} prompt={words.aboutNone} />
        </div>
        <Button kind="quiet">{words.add}</Button>
      </Form>
    </Panel>
  );
}
