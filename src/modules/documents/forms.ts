import { registerKind } from '#catalogue/document-types.ts';
import { isSymbol, URGENCIES } from '#core/registers.ts';
import { normalise } from '#core/vietnamese.ts';
import type { FormBody } from '#platform/body.ts';
import type { FieldErrors } from '#web/form.tsx';
import { parseDate } from '#web/format.ts';
import type { Messages } from '#web/i18n/index.ts';
import type { PassedOn, Progress, NewIncoming } from './commands/incoming.ts';
import type { Dispatch, NewNumber, OutgoingContents } from './commands/outgoing.ts';

type Words = Messages['registers']['errors'];
/** What a form says, or what is wrong with it by field. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: FieldErrors };

const MOST_ADDRESSEES = 100;

/** Collects what is wrong while a form is read. */
class Reader {
  readonly errors: Record<string, string> = {};
  readonly #body: FormBody;
  readonly #words: Words;

  constructor(body: FormBody, words: Words) {
    this.#body = body;
    this.#words = words;
  }

  wrong(name: string, word: Exclude<keyof Words, 'long'>): void {
    this.errors[name] ??= this.#words[word];
  }

  text(name: string, most: number, isNeeded = false): string {
    const text = normalise(this.#body.get(name));
    if (isNeeded && text === '') this.wrong(name, 'required');
    if (text.length > most) this.errors[name] ??= this.#words.long(String(most));
    return text;
  }

  day(name: string): string | null {
    const text = this.#body.get(name).trim();
    const day = text === '' ? null : parseDate(text) ?? null;
    if (text !== '' && day === null) this.wrong(name, 'day');
    return day;
  }

  neededDay(name: string, today: string): string {
    const day = this.day(name);
    if (day === null) this.wrong(name, 'day');
    else if (day > today) this.wrong(name, 'ahead');
    return day ?? today;
  }

  whole(name: string, most: number, word: 'number' | 'copies'): number | null {
    const text = this.#body.get(name).trim();
    if (text === '') return null;
    const isWhole = /^\d{1,8}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
    if (!isWhole) this.wrong(name, word);
    return isWhole ? Number(text) : null;
  }

  urgency(): NewIncoming['urgency'] {
    return URGENCIES.find((one) => one === this.#body.get('urgency')) ?? null;
  }

  kind(): string {
    const kind = this.#body.get('kind');
    if (!registerKind(kind)) this.wrong('kind', 'kind');
    return kind;
  }

  done<T>(value: T): Read<T> {
    return Object.keys(this.errors).length === 0 ? { ok: true, value } : { ok: false, errors: this.errors };
  }
}

function contents(reader: Reader, body: FormBody): OutgoingContents {
  const addressees = body.get('addressees').split('\n').map((line) => normalise(line).replace(/^[-–]\s*/, '').replace(/[;.]$/, '')).filter(Boolean);
  if (addressees.length > MOST_ADDRESSEES || addressees.some((one) => one.length > 200)) reader.wrong('addressees', 'addressees');
  return { kind: reader.kind(), title: reader.text('title', 500, true), urgency: reader.urgency(), addressees, signer: reader.text('signer', 200) };
}

function dispatch(reader: Reader, today: string): Dispatch {
  const dispatchedOn = reader.day('dispatched');
  if (dispatchedOn !== null && dispatchedOn > today) reader.wrong('dispatched', 'ahead');
  return { copies: reader.whole('copies', 9999, 'copies'), keptBy: reader.text('kept_by', 200), dispatchedOn, receipt: reader.text('receipt', 200), note: reader.text('note', 500) };
}

/** A document by hand. */
export function readContents(body: FormBody, words: Words): Read<OutgoingContents> {
  const reader = new Reader(body, words);
  return reader.done(contents(reader, body));
}

/** A number to be issued. */
export function readNumber(body: FormBody, today: string, words: Words): Read<NewNumber> {
  const reader = new Reader(body, words);
  const number = reader.whole('number', 99_999_999, 'number');
  if (number === null) reader.wrong('number', 'number');
  const on = reader.neededDay('on', today);
  const symbol = normalise(body.get('symbol')).replace(/\s+/g, '');
  if (!isSymbol(symbol)) reader.wrong('symbol', 'symbol');
  const gapReason = reader.text('gap_reason', 500) || null;
  if (gapReason !== null && gapReason.length < 3) reader.wrong('gap_reason', 'reason');
  const value = { ...contents(reader, body), ...dispatch(reader, today), number: number ?? 0, symbol, on, gapReason };
  if (value.dispatchedOn !== null && value.dispatchedOn < on) reader.wrong('dispatched', 'early');
  return reader.done(value);
}

/** Dispatch and receipt. */
export function readDispatch(body: FormBody, today: string, words: Words): Read<Dispatch> {
  const reader = new Reader(body, words);
  return reader.done(dispatch(reader, today));
}

/** A document that came. */
export function readIncoming(body: FormBody, today: string, words: Words): Read<NewIncoming> {
  const reader = new Reader(body, words);
  const issuedOn = reader.day('issued');
  if (issuedOn !== null && issuedOn > today) reader.wrong('issued', 'ahead');
  return reader.done({
    number: reader.whole('number', 99_999_999, 'number'), arrivedOn: reader.neededDay('arrived', today), issuer: reader.text('issuer', 200, true), code: reader.text('code', 60), issuedOn,
    kind: reader.kind(), title: reader.text('title', 500, true), urgency: reader.urgency(), note: reader.text('note', 500),
  });
}

/** To whom a document goes. */
export function readPassedOn(body: FormBody, today: string, words: Words): Read<PassedOn> {
  const reader = new Reader(body, words);
  const recipient = reader.text('recipient', 200);
  const officerId = /^[0-9a-f-]{36}$/.test(body.get('officer')) ? body.get('officer') : null;
  if (recipient === '' && officerId === null) reader.wrong('recipient', 'required');
  return reader.done({ recipient, officerId, passedOn: reader.neededDay('passed', today), dueOn: reader.day('due'), receipt: reader.text('receipt', 200), note: reader.text('note', 500) });
}

/** How it goes. */
export function readProgress(body: FormBody, today: string, words: Words): Read<Progress> {
  const reader = new Reader(body, words);
  const answeredOn = reader.day('answered');
  if (answeredOn !== null && answeredOn > today) reader.wrong('answered', 'ahead');
  return reader.done({ progress: reader.text('progress', 1000), answerCode: reader.text('answer', 60), answeredOn });
}
