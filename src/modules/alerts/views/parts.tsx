import type { VNode } from 'preact';
import { ALERT_ANSWERS, ALERT_KINDS, type AlertAnswer } from '#catalogue/alerts.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Defanged } from '#web/defanged.tsx';
import { DateField, RadioCards, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { formatBytes, formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import type { AlertLetter, AlertLink, AlertState, AnswerLine } from '../types.ts';

/** Warning letters in the console. */
export const ALERTS_PATH = '/can-bo/thu-canh-bao';

/** Address of a letter or of what lies below it. */
export function alertPath(id: string, below = ''): string {
  return `${ALERTS_PATH}/${id}${below}`;
}

/** A form that came back: which one, what was typed, what is wrong. */
export interface TypedForm {
  readonly step: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
}

const STATE_TONES: Readonly<Record<AlertState, Tone>> = { draft: 'plain', submitted: 'amber', open: 'sky', closed: 'moss', recalled: 'plain', replaced: 'plain' };
const ANSWER_TONES: Readonly<Record<AlertAnswer, Tone>> = { not_affected: 'moss', nothing_found: 'moss', handled: 'moss', needs_help: 'rose', not_finished: 'amber' };

/** Where a letter stands, as a word on a tint. */
export function AlertStateBadge({ lang, state }: { lang: Lang; state: AlertState }): VNode {
  return <Badge tone={STATE_TONES[state]}>{messages(lang).alerts.states[state]}</Badge>;
}

/** What an agency answered, as a word on a tint. */
export function AnswerBadge({ lang, answer }: { lang: Lang; answer: AlertAnswer }): VNode {
  return <Badge tone={ANSWER_TONES[answer]}>{ALERT_ANSWERS.find(({ code }) => code === answer)!.label[lang]}</Badge>;
}

/** A subject, written small as documents want it, as a heading. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

/** What a letter is about. */
export function kindLabel(kind: AlertLetter['kind'], lang: Lang): string {
  return ALERT_KINDS.find(({ code }) => code === kind)!.label[lang];
}

/** Everything a letter says; domains defanged, never a link. */
export function LetterText({ lang, letter, sentence, more = [] }: { lang: Lang; letter: AlertLetter; /** Aim and basis. */ sentence: string; more?: readonly KvItem[] }): VNode {
  const t = messages(lang).alerts.view;
  return (
    <Panel title={t.known}>
      <p class="say">{letter.known}</p>
      <Marks lang={lang} letter={letter} />
      <h3>{t.actions}</h3>
      <ol>
        {letter.actions.map((action) => <li>{action}</li>)}
      </ol>
      <h3>{t.report}</h3>
      <p class="say">{letter.reportHow}</p>
      <h3>{t.aim}</h3>
      <p>{sentence}</p>
      <Kv items={[
        { label: t.from, value: lang === 'en' && letter.agency.nameEn ? letter.agency.nameEn : letter.agency.name },
        ...(letter.approvedAt ? [{ label: t.sentAt, value: formatDateTime(letter.approvedAt, lang) }] : []),
        { label: t.due, value: letter.dueOn ? <b>{formatDate(letter.dueOn)}</b> : t.dueDays(formatNumber(letter.days, lang)) },
        ...(letter.file ? [{ label: t.file, value: <a href={alertPath(letter.id, '/tep')}>{letter.file.name} ({formatBytes(letter.file.bytes, lang)})</a> }] : []),
        ...(letter.replaces ? [{ label: t.replaces, value: <LetterLink link={letter.replaces} /> }] : []),
        ...(letter.replacedBy ? [{ label: t.replacedBy, value: <LetterLink link={letter.replacedBy} /> }] : []),
        ...more,
      ]} />
    </Panel>
  );
}

function LetterLink({ link }: { link: AlertLink }): VNode {
  return <a href={alertPath(link.id)}>{link.code}</a>;
}

function Marks({ lang, letter }: { lang: Lang; letter: AlertLetter }): VNode | null {
  const t = messages(lang).alerts.marks;
  const { cves, products, domains, hashes } = letter;
  if (cves.length + products.length + domains.length + hashes.length === 0) return null;
  const list = (items: readonly (string | VNode)[]) => <ul class="plainlist">{items.map((item) => <li>{item}</li>)}</ul>;
  return (
    <>
      <h3>{t.title}</h3>
      <Kv rows items={[
        ...(cves.length > 0 ? [{ label: t.cves, value: list(cves) }] : []),
        ...(products.length > 0 ? [{ label: t.products, value: list(products) }] : []),
        ...(domains.length > 0 ? [{ label: t.domains, value: list(domains.map((host) => <Defanged lang={lang} registrable={host} />)) }] : []),
        ...(hashes.length > 0 ? [{ label: t.hashes, value: list(hashes.map((hash) => <span class="mono hash">{hash}</span>)) }] : []),
      ]} />
    </>
  );
}

/** What an agency said at one time. @param props.fileHref where its file is, if there is one */
export function AnswerText({ lang, line, fileHref }: { lang: Lang; line: AnswerLine; fileHref: string }): VNode {
  const { receiver: t } = messages(lang).alerts;
  const way = line.way === 'desk' ? line.officer : `${line.informant} · ${t.recordedBy(line.officer)}`;
  const { machinesChecked, machinesAffected } = line;
  return (
    <>
      <p>
        <AnswerBadge lang={lang} answer={line.answer} />
      </p>
      {line.untilOn && <p>{t.untilOn(formatDate(line.untilOn))}</p>}
      {machinesChecked !== null && <p>{t.machines(formatNumber(machinesChecked, lang), formatNumber(machinesAffected ?? 0, lang))}</p>}
      {line.words && <p class="say">{line.words}</p>}
      {line.file && <p><a href={fileHref}>{line.file.name} ({formatBytes(line.file.bytes, lang)})</a></p>}
      <p class="hint">
        {way} · {formatDateTime(line.at, lang)} · {t.version(formatNumber(line.version, lang))}
      </p>
    </>
  );
}

/** The fields of an answer: closed list, words, numbers, a day. */
export function AnswerFields({ lang, values, errors }: { lang: Lang; values: Readonly<Record<string, string>>; errors: FieldErrors }): VNode {
  const { receiver: t } = messages(lang).alerts;
  const at = (name: string) => ({ lang, name, value: values[name] ?? '', error: errors[name] });
  return (
    <>
      <RadioCards {...at('answer')} label={t.answer} options={ALERT_ANSWERS.map(({ code, label }) => ({ value: code, label: label[lang] }))} />
      <DateField {...at('until')} label={t.until} hint={t.untilHint} optional />
      <div class="pair">
        <TextField {...at('checked')} label={t.checked} inputmode="numeric" width="short" autocomplete="off" maxlength={10} optional />
        <TextField {...at('affected')} label={t.affected} inputmode="numeric" width="short" autocomplete="off" maxlength={10} optional />
      </div>
      <TextArea {...at('words')} label={t.words} hint={t.wordsHint} rows={3} maxlength={2000} optional />
    </>
  );
}

/** An answer as its fields show it again. */
export function answerValues(line: AnswerLine | null): Readonly<Record<string, string>> {
  if (!line) return {};
  return {
    answer: line.answer, words: line.words, checked: line.machinesChecked === null ? '' : String(line.machinesChecked), affected: line.machinesAffected === null ? '' : String(line.machinesAffected),
    until: line.untilOn ? formatDate(line.untilOn) : '',
  };
}
