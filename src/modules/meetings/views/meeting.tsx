import type { VNode } from 'preact';
import { localDate } from '#core/deadlines.ts';
import { nameIn } from '#modules/directory/index.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, ButtonRow, CheckboxList, ErrorSummary, Form, RadioCards, Select, TextArea, TextField } from '#web/form.tsx';
import { formatDate, formatDateTime } from '#web/format.ts';
import type { Lang, Messages } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import { meetingPath } from '../addresses.ts';
import { isOpen, LENGTHS } from '../policy.ts';
import { PAPERS, type ActionItem, type AgendaItem, type Choice, type Guest, type MeetingPage, type Paper } from '../types.ts';
import { errorIn, span, StateBadge, typedIn, type Typed } from './parts.tsx';

/** Rows for new items in the form of the agenda. */
const NEW_ITEMS = 2;
/** Names of the files of papers, as in their addresses. */
export const PAPER_FILES: Readonly<Record<Paper, string>> = { giay_moi: 'giay-moi', bien_ban: 'bien-ban', thong_bao: 'thong-bao' };

export interface MeetingViewProps {
  readonly lang: Lang;
  readonly t: Messages;
  readonly now: Date;
  readonly page: MeetingPage;
  /** Whether the viewer plans, invites and concludes for the inviting agency. */
  readonly runs: boolean;
  readonly ownAgencyId: string;
  /** The day is a day off. */
  readonly isDayOff: boolean;
  /** Cases and agencies to choose from; empty when nothing may be changed. */
  readonly cases: readonly Choice[];
  readonly agencies: { readonly province: readonly Choice[]; readonly communes: readonly Choice[] };
  readonly typed: Typed | null;
  /** Agencies that were ticked in a form that came back. */
  readonly ticked: readonly string[] | null;
  readonly done: string | null;
  readonly refused: string | null;
}

/** One meeting: what its inviting agency does next, or what an invited agency answers. */
export function MeetingView(props: MeetingViewProps): VNode {
  const { lang, t, page } = props;
  const words = t.meetings.page;
  return (
    <>
      <p class="over">
        <span class="mono">{page.code}</span> <StateBadge lang={lang} state={page.state} /> {!page.isOwn && words.invitedBy(nameIn(page.agency, lang))}
      </p>
      <h1>{page.title}</h1>
      {props.done && <Callout kind="ok" role="status" title={props.done} />}
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ErrorSummary lang={lang} errors={props.typed?.errors ?? {}} />
      {page.state === 'cancelled' && <Callout kind="look" title={words.cancelled}>{words.cancelReason(page.cancelReason ?? '')}</Callout>}
      {props.isDayOff && isOpen(page.state) && <Callout kind="look" title={t.meetings.dayOff(formatDate(page.startsAt))}>{t.meetings.dayOffText}</Callout>}
      <div class="split">
        <div>
          <Panel>
            <Kv items={factsOf(props)} />
            <ButtonRow>
              {page.state !== 'planned' && page.invitedAt && (
                <ButtonLink kind="quiet" small href={meetingPath(page.code, '/lich.ics')} download>{page.state === 'cancelled' ? words.calendarCancelled : words.calendar}</ButtonLink>
              )}
              {props.runs && isOpen(page.state) && <ButtonLink kind="plain" small href={meetingPath(page.code, '/sua')}>{words.edit}</ButtonLink>}
            </ButtonRow>
          </Panel>
          {!page.isOwn && <AnswerPanel {...props} />}
          <AgendaPanel {...props} />
          {page.state === 'concluded' && <Outcome {...props} />}
        </div>
        <div>
          {props.runs && <Next {...props} />}
          {page.isOwn && <Guests {...props} />}
          <Papers {...props} />
        </div>
      </div>
    </>
  );
}

function factsOf({ lang, t, page }: MeetingViewProps): KvItem[] {
  const words = t.meetings.page;
  return [
    { label: words.time, value: span(lang, page.startsAt, page.endsAt) }, { label: words.place, value: page.place },
    ...(page.onlineLink ? [{ label: words.link, value: <a href={page.onlineLink} rel="noreferrer">{page.onlineLink}</a> }] : []),
    { label: words.chair, value: page.chair }, { label: words.secretary, value: page.secretary },
  ];
}

// ── What an invited agency does ──────────────────────────────────────────────────────────────

function AnswerPanel(props: MeetingViewProps): VNode | null {
  const { lang, t, page, now } = props;
  const { page: words, answers } = t.meetings;
  const own = page.guests.find((guest) => guest.isOwn);
  if (!own || page.state === 'cancelled') return null;
  const said = own.answeredAt && words.answered(answers[own.answer], formatDateTime(own.answeredAt, lang));
  if (page.state !== 'invited' || page.startsAt <= now) return said || page.state === 'invited' ? <Callout kind="note">{said || words.answerOver}</Callout> : null;
  const form = <AnswerForm {...props} own={own} />;
  if (!said) return <Panel title={words.answerTitle}>{form}</Panel>;
  return (
    <Panel title={words.answerTitle}>
      <p>{said}</p>
      {own.isStale && <Callout kind="look" title={words.answerStale} />}
      {own.isStale || props.typed?.step === 'tra-loi' ? form : <Disclosure kind="button" summary={words.answerAgain}>{form}</Disclosure>}
    </Panel>
  );
}

function AnswerForm({ lang, t, page, own, typed }: MeetingViewProps & { own: Guest }): VNode {
  const { page: words, answers } = t.meetings;
  return (
    <Form action={meetingPath(page.code, '/tra-loi')} keep={`hop-tra-loi-${page.id}`} lang={lang}>
      <RadioCards
        lang={lang} name="answer" label={words.answerLabel} value={typedIn(typed, 'tra-loi', 'answer', own.answer === 'none' ? '' : own.answer)} error={errorIn(typed, 'tra-loi', 'answer')}
        options={(['coming', 'deputy', 'not_coming'] as const).map((value) => ({ value, label: answers[value], hint: words.answerHints[value] }))}
      />
      <TextField lang={lang} name="names" label={words.answerNames} hint={words.answerNamesHint} optional maxlength={LENGTHS.names} value={typedIn(typed, 'tra-loi', 'names', own.names)} error={errorIn(typed, 'tra-loi', 'names')} />
      <TextArea lang={lang} name="reason" label={words.answerReason} hint={words.answerReasonHint} rows={2} maxlength={LENGTHS.reason} value={typedIn(typed, 'tra-loi', 'reason', own.reason)} error={errorIn(typed, 'tra-loi', 'reason')} />
      <Button>{words.answerSend}</Button>
    </Form>
  );
}

// ── Agenda and minutes ─────────────────────────────────────────────────────────────────────────

function AgendaPanel(props: MeetingViewProps): VNode {
  const { t, page, runs, typed } = props;
  const words = t.meetings.page;
  return (
    <Panel title={words.agenda} id="chuong-trinh">
      <ol>
        {page.agenda.map((item) => (
          <li>
            <b>{item.title}</b>
            <small> {[item.presenter, item.minutes && words.minutes(String(item.minutes))].filter(Boolean).join(', ')}</small>{' '}
            {item.caseNumber && <a href={page.isOwn ? `/can-bo/vu-viec/${item.caseNumber}` : `/can-bo/phoi-hop/${item.caseNumber}`}>{page.isOwn ? words.toCase : words.toShared}</a>}
          </li>
        ))}
      </ol>
      {runs && isOpen(page.state) && (
        <Disclosure kind="button" summary={words.agendaEdit} open={typed?.step === 'chuong-trinh'}>
          <AgendaForm {...props} />
        </Disclosure>
      )}
    </Panel>
  );
}

function AgendaForm({ lang, t, page, cases, typed }: MeetingViewProps): VNode {
  const words = t.meetings.page;
  const rows: (AgendaItem | null)[] = [...page.agenda, ...Array.from({ length: NEW_ITEMS }, () => null)];
  return (
    <Form action={meetingPath(page.code, '/chuong-trinh')} keep={`hop-chuong-trinh-${page.id}`} lang={lang} hidden={{ rows: rows.length }}>
      <p class="hint" id="f-agenda">{words.agendaHint}</p>
      {rows.map((item, index) => {
        const at = (name: string, stands: string) => ({ lang, name: `${name}-${index}`, value: typedIn(typed, 'chuong-trinh', `${name}-${index}`, stands) });
        return (
          <fieldset class="f">
            <legend>{item ? words.item(String(index + 1)) : words.itemNew}</legend>
            {item && <input type="hidden" name={`id-${index}`} value={item.id} />}
            <TextField {...at('title', item?.title ?? '')} label={words.itemTitle} maxlength={LENGTHS.item} optional={!item} />
            {!item && <Select {...at('case', '')} label={words.itemCase} options={cases} prompt={words.itemFree} />}
            <div class="three">
              <TextField {...at('order', String(index + 1))} label={words.itemOrder} inputmode="numeric" width="short" maxlength={2} />
              <TextField {...at('minutes', item?.minutes ? String(item.minutes) : '')} label={words.itemMinutes} inputmode="numeric" width="short" maxlength={3} optional />
              <TextField {...at('presenter', item?.presenter ?? '')} label={words.itemPresenter} maxlength={LENGTHS.person} optional />
            </div>
          </fieldset>
        );
      })}
      <Button kind="quiet">{words.agendaSave}</Button>
    </Form>
  );
}

/** Minutes, conclusion and action items, as they were frozen, and corrections beside them. */
function Outcome(props: MeetingViewProps): VNode {
  const { lang, t, page } = props;
  const words = t.meetings.page;
  return (
    <>
      <Panel title={words.conclusion}>
        <p class="say">{page.conclusion?.body}</p>
        <Corrections {...props} part="conclusion" />
      </Panel>
      <Panel title={words.actions}>
        <DataTable
          lang={lang} caption={words.actions} rows={page.actions} rowKey={(row) => row.id} empty={<p class="hint">{words.noActions}</p>}
          columns={[
            { key: 'what', label: words.actionWhat, card: 'title', cell: (row) => row.what },
            { key: 'who', label: words.actionWho, cell: (row) => [row.agency, row.officer].filter(Boolean).join(', ') },
            { key: 'due', label: words.actionDue, nowrap: true, cell: (row) => formatDate(row.dueOn) },
            { key: 'state', label: words.actionState, cell: (row) => <ActionState {...props} action={row} /> },
          ]}
        />
      </Panel>
      <Panel title={words.minutesTitle}>
        {page.agenda.map((item) => (
          <section>
            <h3>{item.title}</h3>
            {item.written
              ? <Kv items={([['discussion', words.discussion], ['statements', words.statements], ['conclusion', words.itemConclusion]] as const)
                .flatMap(([key, label]) => (item.written![key] ? [{ label, value: <span class="say">{item.written![key]}</span> }] : []))} />
              : <p class="hint">{words.nothing}</p>}
          </section>
        ))}
        <h3>{words.presence}</h3>
        <Kv items={page.guests.map((guest) => ({ label: nameIn(guest, lang), value: [guest.attendance && t.meetings.attendance[guest.attendance], guest.came].filter(Boolean).join(': ') || '–' }))} />
        <Corrections {...props} part="minutes" />
      </Panel>
      {props.runs && <AddendumForm {...props} />}
    </>
  );
}

function ActionState({ t, page, ownAgencyId, action }: MeetingViewProps & { action: ActionItem }): VNode {
  const tones: Readonly<Record<'open' | 'done' | 'cancelled', Tone>> = { open: 'amber', done: 'moss', cancelled: 'plain' };
  return (
    <>
      {action.task ? <Badge tone={tones[action.task]}>{t.coordination.states.task[action.task]}</Badge> : <span class="none">–</span>}
      {action.task === 'open' && action.agencyId === ownAgencyId && (
        <Form action={meetingPath(page.code, '/viec/xong')} hidden={{ action: action.id }}>
          <Button kind="quiet" small>{t.meetings.page.actionDone}</Button>
        </Form>
      )}
    </>
  );
}

function Corrections({ lang, t, page, part }: MeetingViewProps & { part: 'minutes' | 'conclusion' }): VNode {
  const words = t.meetings.page;
  return (
    <>
      {page.addenda.filter((one) => one.part === part).map((one) => (
        <Callout kind="look" title={words.addendum(words.parts[part], formatDateTime(one.at, lang))}>
          <p class="say">{one.body}</p>
          <p class="hint">{words.because(one.reason)}</p>
        </Callout>
      ))}
    </>
  );
}

function AddendumForm({ lang, t, page, typed }: MeetingViewProps): VNode {
  const words = t.meetings.page;
  const step = 'dinh-chinh';
  return (
    <Disclosure kind="button" summary={words.addendumAdd} open={typed?.step === step}>
      <p>{words.addendumText}</p>
      <Form action={meetingPath(page.code, '/dinh-chinh')} keep={`hop-dinh-chinh-${page.id}`} lang={lang}>
        <RadioCards
          lang={lang} name="part" label={words.addendumPart} inline value={typedIn(typed, step, 'part', 'minutes')} error={errorIn(typed, step, 'part')}
          options={(['minutes', 'conclusion'] as const).map((value) => ({ value, label: words.parts[value] }))}
        />
        <TextArea lang={lang} name="body" label={words.addendumBody} rows={4} maxlength={LENGTHS.addendum} value={typedIn(typed, step, 'body')} error={errorIn(typed, step, 'body')} />
        <TextArea lang={lang} name="reason" label={words.addendumReason} rows={2} maxlength={LENGTHS.reason} value={typedIn(typed, step, 'reason')} error={errorIn(typed, step, 'reason')} />
        <Button kind="quiet">{words.addendumSend}</Button>
      </Form>
    </Disclosure>
  );
}

// ── What the inviting agency does ────────────────────────────────────────────────────────────

function Next(props: MeetingViewProps): VNode | null {
  const { t, page, now } = props;
  const words = t.meetings.page;
  if (page.state === 'cancelled' || page.state === 'concluded') return null;
  const isDay = localDate(page.startsAt) <= localDate(now);
  return (
    <Panel title={words.next}>
      {page.state === 'planned' && (page.guests.length === 0 ? <p>{words.inviteNeeds}</p> : (
        <>
          <p>{words.inviteText}</p>
          <Form action={meetingPath(page.code, '/moi')}>
            <Button>{words.invite}</Button>
          </Form>
        </>
      ))}
      {page.state !== 'planned' && (isDay || page.state === 'held'
        ? (
          <>
            <p>{words.toMinutesText}</p>
            <ButtonRow>
              <ButtonLink href={meetingPath(page.code, '/bien-ban')}>{words.toMinutes}</ButtonLink>
              {page.state === 'held' && <ButtonLink kind="quiet" href={meetingPath(page.code, '/ket-luan')}>{words.toConclusion}</ButtonLink>}
            </ButtonRow>
          </>
        )
        : <p>{words.toMinutesLater(formatDate(page.startsAt))}</p>)}
      {page.state === 'planned' && isDay && page.guests.length > 0 && <p><a href={meetingPath(page.code, '/bien-ban')}>{words.toMinutes}</a></p>}
      {isOpen(page.state) && <Cancel {...props} />}
    </Panel>
  );
}

function Cancel({ lang, t, page, typed }: MeetingViewProps): VNode {
  const words = t.meetings.page;
  const error = errorIn(typed, 'huy', 'reason');
  return (
    <Disclosure kind="danger" summary={words.cancel} open={typed?.step === 'huy'}>
      <Form action={meetingPath(page.code, '/huy')}>
        <TextArea lang={lang} name="reason" id={error ? undefined : 'f-huy'} label={words.cancelWhy} hint={words.cancelHint} rows={2} maxlength={LENGTHS.reason} value={typedIn(typed, 'huy', 'reason')} error={error} />
        <Button kind="danger">{words.cancelSend}</Button>
      </Form>
    </Disclosure>
  );
}

function Guests(props: MeetingViewProps): VNode {
  const { lang, t, page, runs, agencies, typed, ticked } = props;
  const words = t.meetings.page;
  const chosen = page.guests.map((guest) => guest.agencyId);
  const isPlanned = page.state === 'planned';
  const left = (options: readonly Choice[]) => (isPlanned ? options : options.filter(({ value }) => !chosen.includes(value)));
  const values = ticked ?? (isPlanned ? chosen : []);
  const isShown = runs && (isOpen(page.state) || page.state === 'held');
  return (
    <Panel title={words.guests} id="thanh-phan">
      {page.guests.length === 0 ? <p class="hint">{words.noGuests}</p> : <Kv items={page.guests.map((guest) => ({ label: nameIn(guest, lang), value: <Answered {...props} guest={guest} /> }))} />}
      {isShown && (
        <Disclosure kind="button" summary={isPlanned ? words.guestsEdit : words.guestsMore} open={typed?.step === 'thanh-phan' || (isPlanned && page.guests.length === 0)}>
          <Form action={meetingPath(page.code, '/thanh-phan')}>
            <p class="hint">{words.guestsHint}</p>
            <CheckboxList lang={lang} name="guests" label={words.provinceLevel} options={left(agencies.province)} values={values} error={errorIn(typed, 'thanh-phan', 'guests')} />
            <Disclosure summary={words.communes} open={agencies.communes.some(({ value }) => values.includes(value))}>
              <CheckboxList lang={lang} name="guests" id="f-guests-communes" label={words.communes} options={left(agencies.communes)} values={values} />
            </Disclosure>
            <Button kind="quiet">{isPlanned ? words.guestsSave : words.guestsAdd}</Button>
          </Form>
        </Disclosure>
      )}
    </Panel>
  );
}

function Answered({ t, page, guest }: MeetingViewProps & { guest: Guest }): VNode {
  const { page: words, answers, attendance } = t.meetings;
  const tones: Readonly<Record<Guest['answer'], Tone>> = { none: 'amber', coming: 'moss', deputy: 'sky', not_coming: 'rose' };
  return (
    <>
      {page.state !== 'planned' && <Badge tone={tones[guest.answer]}>{answers[guest.answer]}</Badge>} {guest.isStale && <small>{words.stale}</small>}
      {guest.names && <p>{words.comes(guest.names)}</p>}
      {guest.reason && <p>{words.because(guest.reason)}</p>}
      {guest.attendance && <p>{[attendance[guest.attendance], guest.came].filter(Boolean).join(': ')}</p>}
    </>
  );
}

function Papers({ t, page }: MeetingViewProps): VNode | null {
  const words = t.meetings.page;
  const shown = PAPERS.filter((kind) => hasPaper(page, kind));
  if (shown.length === 0) return null;
  return (
    <Panel title={words.papers}>
      <Kv items={shown.map((kind) => ({
        label: words.paperNames[kind],
        value: (
          <>
            <a href={meetingPath(page.code, `/${PAPER_FILES[kind]}.docx`)} download>{words.paperNames[kind]} (.docx)</a>
            <small> {page.numbers[kind] ? words.paperNumber(page.numbers[kind].number, formatDate(page.numbers[kind].on)) : words.paperOpen}</small>
          </>
        ),
      }))} />
    </Panel>
  );
}

/** Whether the viewer has a paper of the meeting: the invitation once it was sent, the others after the conclusion. */
export function hasPaper(page: MeetingPage, kind: Paper): boolean {
  return kind === 'giay_moi' ? page.invitedAt !== null : page.state === 'concluded';
}
