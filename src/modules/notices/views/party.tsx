import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { measureOf } from '#catalogue/measures.ts';
import { DEADLINES } from '#core/deadlines.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { formatDate, formatDateTime, formatTime } from '#web/format.ts';
import { Button, ButtonRow, ErrorSummary, Form, RadioCards, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { PortalPage } from '#web/layout.tsx';
import { localPath } from '#web/links.ts';
import { Panel } from '#web/panel.tsx';
import type { Frame } from '#web/portal-frame.ts';
import { PARTY_PATH, provinceName } from '../letter.ts';
import type { PartyView } from '../types.ts';
import { Locator } from './parts.tsx';

/** Where a review is asked for (the room above, appeals); code and secret go along in the form. */
const REVIEW_PATH = '/xem-xet-lai';

export interface PartyFormProps {
  readonly frame: Frame;
  readonly code: string;
  readonly secret: string;
  /** Code and secret were given and open nothing. */
  readonly wrong: boolean;
  /** The hour of the page is over. */
  readonly expired: boolean;
}

/** Where code and secret of a notice are typed. */
export function PartyForm({ frame, code, secret, wrong, expired }: PartyFormProps): VNode {
  const { lang } = frame;
  const t = messages(lang).notices.party;
  return (
    <PortalPage {...frame} title={t.title} path={PARTY_PATH} noindex>
      <ErrorSummary lang={lang} errors={wrong ? { code: t.wrong } : {}} />
      {expired && <Callout kind="look" role="status">{t.expired}</Callout>}
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Form action={localPath(lang, PARTY_PATH)}>
        <TextField lang={lang} name="code" label={t.code} hint={t.codeHint} value={code} maxlength={40} width="medium" autocomplete="off" code />
        <TextField lang={lang} name="secret" label={t.secret} hint={t.secretHint} value={secret} maxlength={60} autocomplete="off" code />
        <ButtonRow><Button>{t.open}</Button></ButtonRow>
      </Form>
      <Disclosure summary={t.lost}><p>{t.lostText}</p></Disclosure>
    </PortalPage>
  );
}

export interface PartyPageProps {
  readonly frame: Frame;
  readonly view: PartyView;
  readonly secret: string;
  /** Seals code and secret for an hour. */
  readonly token: string;
  readonly openUntil: Date;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
  /** An effect was just reported. */
  readonly taken: boolean;
}

/** What was decided, why, where it stands today and how to contest it; for a recipient also where to report the effect. */
export function PartyPage(props: PartyPageProps): VNode {
  const { frame, view, errors, taken } = props;
  const { lang } = frame;
  const t = messages(lang).notices.party;
  const { says, state } = view;
  return (
    <PortalPage {...frame} title={t.states[state]} path={PARTY_PATH} noindex>
      <ErrorSummary lang={lang} errors={errors} />
      {taken && <Callout kind="ok" title={t.effectTaken} role="status" />}
      <p class="over"><span class="mono" translate={false}>{view.code}</span></p>
      <h1>{t.states[state]}</h1>
      <p class="lead">{nextOf(lang, view)}</p>
      {view.party === 'recipient' && view.asked && <EffectForm {...props} lang={lang} asked={view.asked} />}
      <Kv rows items={[
        { label: t.measure, value: measureOf(says.measure).label[lang] },
        { label: t.agency, value: lang === 'en' && says.agency.nameEn ? says.agency.nameEn : says.agency.name },
        { label: t.decided, value: formatDate(says.on) },
        { label: t.law, value: `${says.law.citation[lang]}: ${says.law.what[lang]}` },
        { label: t.competence, value: `${says.competence.law}. ${says.competence.why[lang]}` },
        { label: t.harm, value: categoryOf(says.category).label[lang] },
        { label: t.to, value: lang === 'en' && says.recipient.nameEn ? says.recipient.nameEn : says.recipient.name },
        ...(says.detail['asked'] ? [{ label: t.asked, value: says.detail['asked'] }] : []),
        { label: t.term, value: says.endsOn ? `${formatDate(says.startsOn)} – ${formatDate(says.endsOn)}` : t.noTerm },
        { label: t.territory, value: says.territory },
      ]} />
      <h2>{t.reasons}</h2>
      <h3>{t.facts}</h3>
      <p class="pre">{view.party === 'affected' && says.summary !== '' ? says.summary : says.facts}</p>
      <h3>{t.elements}</h3>
      <ul>{says.elements.map(({ label, why }) => <li><b>{label[lang]}</b>: {why}</li>)}</ul>
      {says.locators.length > 0 && (
        <>
          <h3>{t.locators}</h3>
          <ul>{says.locators.map((locator) => <li><Locator lang={lang} locator={locator} /></li>)}</ul>
        </>
      )}
      <p>{state === 'interim' ? t.automaticInterim : says.interimUntil === null ? t.automatic : t.unconfirmed}</p>
      <Contest {...props} lang={lang} />
      <p class="hint">{t.keepOpen(formatTime(props.openUntil))}</p>
    </PortalPage>
  );
}

function nextOf(lang: Lang, { state, says }: PartyView): string {
  const t = messages(lang).notices.party;
  if (state === 'in_force') return t.next.in_force(says.endsOn ? t.until(formatDate(says.endsOn)) : t.noTerm);
  if (state === 'interim') return t.next.interim(says.interimUntil ? formatDateTime(new Date(says.interimUntil), lang) : '');
  return state === 'stayed' ? t.next.stayed : t.next.over;
}

function Contest({ lang, view, secret }: PartyPageProps & { lang: Lang }): VNode {
  const { party: t, letter } = messages(lang).notices;
  const { province } = view.says;
  return (
    <Panel title={t.contest}>
      <p>{t.contestText}</p>
      <Form action={localPath(lang, REVIEW_PATH)} hidden={{ code: view.code, secret }}>
        <Button kind={view.party === 'affected' ? 'primary' : 'quiet'}>{t.contestButton}</Button>
      </Form>
      <Disclosure summary={t.complaint}>
        <p>{letter.complaint(DEADLINES.complaintWindow.amount, letter.court(provinceName(province, lang)))}</p>
      </Disclosure>
    </Panel>
  );
}

function EffectForm({ lang, token, typed, errors, asked }: PartyPageProps & { lang: Lang; asked: NonNullable<PartyView['asked']> }): VNode {
  const { party: t, effects } = messages(lang).notices;
  return (
    <Panel title={t.effectTitle}>
      <p>{asked.effect && asked.on ? t.effectNow(effects[asked.effect], formatDate(asked.on)) : t.effectLead(formatDate(asked.due))}</p>
      <Form action={localPath(lang, PARTY_PATH)} hidden={{ t: token }}>
        <RadioCards lang={lang} name="effect" label={t.effect} value={typed['effect']} error={errors['effect']} options={(['done', 'partly', 'refused'] as const).map((value) => ({ value, label: effects[value] }))} />
        <TextArea lang={lang} name="note" label={t.effectNote} hint={t.effectNoteHint} rows={3} maxlength={2000} value={typed['note']} error={errors['note']} />
        <Button name="go" value="effect">{t.effectSend}</Button>
      </Form>
    </Panel>
  );
}
