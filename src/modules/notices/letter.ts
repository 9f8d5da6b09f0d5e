import { measureOf, type LocatorKind } from '#catalogue/measures.ts';
import { DEADLINES } from '#core/deadlines.ts';
import { BANKS, defang, OTHER_WALLETS } from '#core/indicators/index.ts';
import { agencyAbbreviation } from '#core/registers.ts';
import type { NoticeEnding, NoticeKind, NoticePhase } from '#platform/schema.ts';
import { documentSymbol, type Block, type Letter } from '#web/docx/letter.ts';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { localPath } from '#web/links.ts';
import type { Earlier, Said } from './types.ts';

/** The page a party opens by code and secret. */
export const PARTY_PATH = '/quyet-dinh';

/** Which letter is to be written. */
export interface LetterOf {
  readonly kind: NoticeKind;
  readonly phase: NoticePhase;
  readonly ending: NoticeEnding | null;
}

/** What a letter needs beside what it says; known to the job that writes it alone. */
export interface LetterKeys {
  /** The desk's public address. */
  readonly address: string;
  readonly secret: string;
  readonly affectedSecret: string | null;
  /** Full numbers by id of the locator, for recipients who cannot act on a masked one. */
  readonly numbers: ReadonlyMap<string, string>;
}

type Words = ReturnType<typeof messages>['notices']['letter'];
interface Setting { readonly says: Said; readonly of: LetterOf; readonly keys: LetterKeys; readonly lang: Lang; readonly t: Words }

/** The letter of a notice in the layout of Decree 30/2020: a notice has the six elements as numbered parts, the others are fixed texts. */
export function noticeLetter(says: Said, of: LetterOf, keys: LetterKeys, lang: Lang): Letter {
  const t = messages(lang).notices.letter;
  const setting = { says, of, keys, lang, t };
  return { ...sheet(setting, subjectOf(setting)), kind: 'cong_van', number: { value: null, symbol: documentSymbol('cong_van', agencyAbbreviation(says.agency.shortName)) }, to: [recipientName(says, lang)], body: bodyOf(setting) };
}

/** Minutes of a hand-over with the manifest of what is handed over; nothing about who reported. */
export function handOverMinutes(says: Said, lang: Lang): Letter {
  const t = messages(lang).notices.letter;
  const { minutes: m } = t;
  const rows = says.evidence.map(({ what, on, sha256 }, index) => [String(index + 1), what, formatDate(on), sha256?.match(/.{8}/g)?.join(' ') ?? m.noHash]);
  return {
    ...sheet({ says, lang }, m.subject), kind: 'bien_ban', number: { value: null, symbol: documentSymbol('bien_ban', agencyAbbreviation(says.agency.shortName)) }, to: [],
    body: [
      { type: 'paragraph', text: m.begins }, { type: 'paragraph', text: m.place }, { type: 'heading', level: 1, text: m.parties },
      { type: 'facts', rows: [{ label: m.giver, value: `${says.agency.name}; ${says.detail['handed_by'] ?? ''}` }, { label: m.taker, value: m.takerOpen(recipientName(says, lang)) }] },
      { type: 'heading', level: 1, text: m.manifest },
      { type: 'table', columns: [{ head: m.columns.place, width: 1, isNumeric: true }, { head: m.columns.what, width: 5 }, { head: m.columns.on, width: 2.6 }, { head: m.columns.hash, width: 5 }], rows },
      { type: 'paragraph', text: m.identity }, { type: 'paragraph', text: m.code(says.code) }, { type: 'paragraph', text: m.ends },
    ],
    signature: { authority: [], title: m.takerSigns, name: null }, countersignature: { authority: [], title: m.giverSigns, name: null },
  };
}

function sheet({ says, lang }: Pick<Setting, 'says' | 'lang'>, subject: string) {
  const t = messages(lang).notices.letter;
  return {
    issuer: { parent: says.agency.parent, name: lang === 'en' && says.agency.nameEn ? says.agency.nameEn : says.agency.name }, place: says.province.name, date: says.on, urgency: null, subject,
    signature: { authority: [], title: t.signTitle, name: null }, recipients: [], annexes: [], language: lang, isUnofficialTranslation: lang === 'en',
  } as const;
}

/** The province inside a sentence: "tỉnh Cao Bằng". */
export function provinceName({ fullName, nameEn }: Said['province'], lang: Lang): string {
  return lang === 'en' ? nameEn : fullName.charAt(0).toLocaleLowerCase('vi') + fullName.slice(1);
}

function recipientName({ recipient }: Said, lang: Lang): string {
  return lang === 'en' && recipient.nameEn ? recipient.nameEn : recipient.name;
}

function issuerName({ agency }: Said, lang: Lang): string {
  return lang === 'en' && agency.nameEn ? agency.nameEn : agency.name;
}

/** What a letter is about, for its head and for the mail it travels in; names no address and nobody. */
export function subjectOf({ says, of, lang }: Pick<Setting, 'says' | 'of' | 'lang'>): string {
  const { subject } = messages(lang).notices.letter;
  const measure = measureOf(says.measure).label[lang];
  const small = lang === 'vi' ? measure.charAt(0).toLocaleLowerCase('vi') + measure.slice(1) : measure;
  if (of.kind !== 'notice') return subject[of.kind];
  if (of.phase === 'affected') return subject.affected;
  return of.phase === 'interim' ? subject.interim(small) : of.phase === 'confirmation' ? subject.confirmation(small) : subject.notice(small);
}

function bodyOf(setting: Setting): Block[] {
  const { of, says, t, lang } = setting;
  const agency = issuerName(says, lang);
  const earlier = says.earlier ? t.earlier(says.earlier.code, formatDate(says.earlier.on), says.earlier.number) : '';
  switch (of.kind) {
    case 'notice': return of.phase === 'affected' ? passingOn(setting, agency) : sixElements(setting, agency);
    case 'hand_over': return sixElements(setting, agency);
    case 'withdrawal': return paragraphs([
      t.withdrawal(t.endings[of.ending ?? 'withdrawn'], earlier), says.measure === 'REFERRAL_POLICE' ? t.undoPolice : t.undo,
      ...(says.effectDue ? [t.withdrawalReport(agency, formatDate(says.effectDue))] : []), t.thanks]);
    case 'stay': return paragraphs([t.stay(earlier), t.thanks]);
    case 'resumption': return paragraphs([t.resumption(earlier, says.endsOn && formatDate(says.endsOn)), t.thanks]);
    case 'reminder': return paragraphs([t.reminder(earlier, says.earlier?.effectDue ? formatDate(says.earlier.effectDue) : ''), t.thanks]);
  }
}

function paragraphs(texts: readonly string[]): Block[] {
  return texts.flatMap((text) => text.split('\n')).filter((text) => text.trim() !== '').map((text) => ({ type: 'paragraph', text }));
}

function sixElements(setting: Setting, agency: string): Block[] {
  const { says, of, t, lang } = setting;
  const to = recipientName(says, lang);
  const opening = of.phase === 'interim' ? t.openingInterim(agency, to) : t.opening(agency, to);
  const said = (replaced: Earlier) => t.replaces(replaced.code, formatDate(replaced.on), replaced.number);
  return [
    ...paragraphs([
      opening, ...(of.phase === 'confirmation' && says.earlier ? [t.openingConfirmation(says.earlier.code, formatDate(says.earlier.on))] : []), ...(says.replaces ? [said(says.replaces)] : []),
    ]),
    heading(t.parts.basis), ...paragraphs([t.basis(says.law.citation[lang], says.law.what[lang])]),
    heading(t.parts.why), ...why(setting),
    heading(t.parts.authority), ...paragraphs([t.authority(agency, says.competence.law, says.competence.why[lang])]),
    heading(t.parts.locators), ...where(setting),
    heading(t.parts.redress), ...redress(setting, agency),
    heading(t.parts.report), ...paragraphs([says.effectDue ? t.report(agency, formatDate(says.effectDue)) : t.reportAlready(agency), t.thanks]),
  ];
}

function heading(text: string): Block {
  return { type: 'heading', level: 2, text };
}

function why({ says, t, lang }: Setting): Block[] {
  const signs = says.detail['signs'];
  return [
    ...paragraphs([says.facts, ...(signs ? [t.signs(signs)] : []), t.why]),
    { type: 'list', marks: 'letter', items: says.elements.map(({ label, why: shown }) => `${label[lang]}: ${shown}`) },
  ];
}

function where({ says, of, keys, t, lang }: Setting): Block[] {
  const { asked, ministry } = says.detail;
  const { clock } = measureOf(says.measure);
  const rows = says.locators.map(({ id, kind, shown }, index) => [String(index + 1), t.locatorKinds[kind], written(kind, keys.numbers.get(id) ?? null, shown, t)]);
  const term = of.phase === 'interim' && says.interimUntil ? t.termInterim(formatDateTime(new Date(says.interimUntil), lang)) : says.endsOn ? t.term(formatDate(says.startsOn), formatDate(says.endsOn)) : '';
  const { columns } = t;
  return [
    ...(rows.length === 0 ? [] : [
      ...paragraphs([t.locators]),
      { type: 'table', columns: [{ head: columns.place, width: 1, isNumeric: true }, { head: columns.kind, width: 3 }, { head: columns.value, width: 9 }], rows } as const,
    ]),
    ...paragraphs([...(ministry ? [t.ministry(ministry)] : []), ...(asked ? [t.asked(asked)] : []), term, t.territory(says.territory), ...(clock ? [t.clock(clock.hours, clock.source)] : [])]),
  ];
}

/** A locator as its recipient needs it: addresses harmless, numbers in full where they were opened for this letter. */
function written(kind: LocatorKind, number: string | null, shown: string, t: Words): string {
  if (kind === 'url' || kind === 'domain') return defang(shown);
  if (number === null || kind !== 'bank_account') return number ?? shown;
  const [bin, account = ''] = number.split('|');
  const bank = [...BANKS, ...OTHER_WALLETS].find((one) => one.bin === bin);
  return t.account(account, bank ? `${bank.name} (${bank.bin})` : null);
}

function redress(setting: Setting, agency: string): Block[] {
  const { says, keys, t, lang } = setting;
  return [
    ...paragraphs([t.redressOwn(says.code)]), link(keys, says.code, lang), ...paragraphs([t.secret(says.code, keys.secret)]),
    ...affected(setting, agency),
    ...paragraphs([t.complaint(DEADLINES.complaintWindow.amount, t.court(provinceName(says.province, lang)))]),
  ];
}

/** The text to be passed on to the person affected, with code and secret of their own; or that it waits. */
function affected({ says, keys, t, lang }: Setting, agency: string): Block[] {
  if (says.affectedCode === null || keys.affectedSecret === null) return paragraphs([t.delayed]);
  return [
    ...paragraphs([t.redressAffected, t.relay(agency, measureOf(says.measure).label[lang])]), link(keys, says.affectedCode, lang), ...paragraphs([t.secret(says.affectedCode, keys.affectedSecret)]),
  ];
}

function passingOn(setting: Setting, agency: string): Block[] {
  const { says, t } = setting;
  return [...paragraphs([says.earlier ? t.affectedOpening(says.earlier.code, formatDate(says.earlier.on)) : '']), ...affected(setting, agency), ...paragraphs([t.thanks])];
}

function link({ address }: LetterKeys, code: string, lang: Lang): Block {
  const href = partyLink(address, code, lang);
  return { type: 'link', text: href, href };
}

/** Where a party opens its page; the code is filled in, the secret never travels in an address. */
export function partyLink(address: string, code: string, lang: Lang): string {
  return `${address}${localPath(lang, PARTY_PATH)}?ma=${code}`;
}
