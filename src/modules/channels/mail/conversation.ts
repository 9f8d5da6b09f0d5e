/**
 * What in a mail's text the sender wrote, what they forwarded and what they merely quote. Mail programs mark these in
 * words, not in a format; the words are listed here in Vietnamese and English.
 */

/** A mail forwarded as text inside another; its header is what the forwarder's program wrote and may be altered. */
export interface InlineForward {
  readonly from: string | null;
  readonly subject: string;
  /** As written. */
  readonly date: string | null;
  readonly text: string;
}

export interface Conversation {
  /** What the sender wrote. */
  readonly reply: string;
  /** Earlier letters below it, without our marker. */
  readonly quoted: string;
  readonly forwards: readonly InlineForward[];
}

/** A line longer than this is no marker. */
const LONGEST_MARKER = 400;
const MOST_FORWARDS = 10;

const OUR_MARKER = /trả lời phía trên dòng này|reply above this line/i;

/** Between dashes: Gmail, Thunderbird, Zimbra. */
const FORWARDED_WORDS = [
  'forwarded message', 'chuyển tiếp thư', 'thư (?:đã |được )?chuyển tiếp', 'tin nhắn (?:đã |được )?chuyển tiếp', 'thông điệp chuyển tiếp',
] as const;
/** On a line of their own: Apple Mail. */
const FORWARDED_LINES = ['begin forwarded message', 'bắt đầu (?:thư|tin nhắn) (?:được |đã )?chuyển tiếp', 'bắt đầu chuyển tiếp thư'] as const;
/** Between dashes, for answers and forwards alike: Outlook. */
const ORIGINAL_WORDS = ['original message', 'original appointment', 'thư gốc', 'tin nhắn gốc', 'thông điệp gốc', 'thông báo gốc'] as const;
const DASHES = '[-–—_*\\s]{2,}';
const FORWARD = new RegExp(`^(?:${DASHES}(?:${FORWARDED_WORDS.join('|')})${DASHES}|(?:${FORWARDED_LINES.join('|')})\\s*:?)$`, 'i');
const ORIGINAL = new RegExp(`^${DASHES}(?:${ORIGINAL_WORDS.join('|')})${DASHES}$`, 'i');
const RULE = /^_{10,}$/;
const ATTRIBUTION_START = /^(?:on|vào|ngày|lúc|trong)\s/i;
const ATTRIBUTION_END = /(?:wrote|đã viết|viết)\s*:$/i;
/** An attribution wrapped by the sender's program. */
const ATTRIBUTION_LINES = 4;
const FIELD_NAMES = {
  from: ['from', 'từ', 'người gửi'],
  date: ['sent', 'date', 'đã gửi', 'ngày gửi', 'ngày', 'gửi lúc', 'gửi', 'thời gian'],
  subject: ['subject', 'chủ đề', 'tiêu đề', 'về việc', 'v/v'],
  other: [
    'to', 'cc', 'bcc', 'reply-to', 'đến', 'tới', 'người nhận', 'gửi đến', 'gửi tới', 'đồng gửi', 'đồng kính gửi', 'trả lời đến', 'importance', 'mức độ quan trọng',
    'attachments', 'tệp đính kèm',
  ],
} as const;
type Field = keyof typeof FIELD_NAMES;
const FIELDS = Object.fromEntries(Object.entries(FIELD_NAMES).map(([field, names]) =>
  [field, new RegExp(`^(?:${names.join('|')})\\s*:\\s*(.*)$`, 'i')])) as Record<Field, RegExp>;

/**
 * Splits a mail's text. Linear in the text; never throws; nothing is left out but markers and header lines.
 * @param isAnswer the mail answers another (In-Reply-To): then a bare header block is what it quotes, else what it forwards
 */
export function conversationOf(text: string, isAnswer: boolean): Conversation {
  const lines = text.split('\n');
  const own: string[] = [];
  const quoted: string[] = [];
  const forwards: InlineForward[] = [];
  let i = 0;
  while (i < lines.length) {
    const line = marker(lines[i]!);
    const begin = OUR_MARKER.test(line) ? 'ours' : beginning(lines, i, line, isAnswer);
    if (begin === 'ours') {
      for (const earlier of lines.slice(i + 1)) quoted.push(earlier);
      break;
    }
    if (begin === null) {
      (isQuote(lines[i]!) ? quoted : own).push(lines[i]!);
      i += 1;
      continue;
    }
    const block = blockFrom(lines, begin.from);
    if (begin.isForward && forwards.length < MOST_FORWARDS) forwards.push(...forwarded(block.lines, MOST_FORWARDS - forwards.length));
    else for (const earlier of [...lines.slice(i, begin.from), ...block.lines]) quoted.push(earlier);
    i = block.end;
  }
  const reply = trimmed(own);
  const isAllQuoted = reply === '' && forwards.length === 0 && !isAnswer;
  return isAllQuoted ? { reply: unquoted(text), quoted: '', forwards } : { reply, quoted: trimmed(quoted), forwards };
}

/** The line without quotation and emphasis signs, or nothing if it is too long for a marker. */
function marker(line: string): string {
  return line.length > LONGEST_MARKER ? '' : line.replace(/^[>\s]+/, '').replace(/^\*|\*(?=\s|:|$)/g, '').trim();
}

function isQuote(line: string): boolean {
  return line.startsWith('>');
}

interface Beginning {
  readonly isForward: boolean;
  /** First line after the marker. */
  readonly from: number;
}

function beginning(lines: readonly string[], at: number, line: string, isAnswer: boolean): Beginning | null {
  if (line === '') return null;
  // Apple Mail quotes its own marker.
  if (FORWARD.test(line) && !(isAnswer && isQuote(lines[at]!))) return { isForward: true, from: at + 1 };
  if (isQuote(lines[at]!)) return null;
  if (ORIGINAL.test(line) || RULE.test(line)) {
    const next = nextFilled(lines, at + 1);
    if (isHeaderBlock(lines, next)) return { isForward: !isAnswer, from: next };
    return ORIGINAL.test(line) ? { isForward: !isAnswer, from: at + 1 } : null;
  }
  if (isHeaderBlock(lines, at)) return { isForward: !isAnswer, from: at };
  const end = attributionEnd(lines, at, line);
  return end === null ? null : { isForward: false, from: end };
}

function nextFilled(lines: readonly string[], from: number): number {
  let at = from;
  while (at < Math.min(lines.length, from + 3) && marker(lines[at]!) === '') at += 1;
  return at;
}

function fieldOf(line: string): [Field, string] | null {
  for (const name of Object.keys(FIELDS) as Field[]) {
    const value = FIELDS[name].exec(line)?.[1];
    if (value !== undefined) return [name, value.trim()];
  }
  return null;
}

/** From, then among the next lines both a date and a subject: a person's own text has no such three. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (at >= lines.length || !FIELDS.from.test(marker(lines[at]!))) return false;
  const names = lines.slice(at + 1, at + 8).map((line) => fieldOf(marker(line))?.[0]);
  return names.includes('date') && names.includes('subject');
}

/** Where the text goes on after "Vào … đã viết:", which may be wrapped. */
function attributionEnd(lines: readonly string[], at: number, line: string): number | null {
  if (!ATTRIBUTION_START.test(line)) return null;
  let joined = line;
  for (let i = at + 1; i <= at + ATTRIBUTION_LINES; i += 1) {
    if (joined.length > LONGEST_MARKER) return null;
    // A digit: the date. "On this page he wrote:" is somebody's own sentence.
    if (ATTRIBUTION_END.test(joined)) return /\d/.test(joined) ? i : null;
    const next = marker(lines[i] ?? '');
    if (next === '') return null;
    joined += ` ${next}`;
  }
  return null;
}

/** Up to where a forwarded or quoted letter goes: while lines are quoted, if the first is; else to the end or our own marker. */
function blockFrom(lines: readonly string[], from: number): { lines: string[]; end: number } {
  const first = nextFilled(lines, from);
  if (!isQuote(lines[first] ?? '')) {
    const ours = lines.findIndex((line, i) => i >= from && OUR_MARKER.test(marker(line)));
    const end = ours === -1 ? lines.length : ours;
    return { lines: lines.slice(from, end), end };
  }
  let end = first;
  while (end < lines.length && (isQuote(lines[end]!) || lines[end]!.trim() === '')) end += 1;
  return { lines: lines.slice(first, end).map((line) => line.replace(/^> ?/, '')), end };
}

/** One forwarded letter, and those forwarded in it, outermost first. */
function forwarded(block: readonly string[], most: number): InlineForward[] {
  const fields: Record<Field, string | null> = { from: null, date: null, subject: null, other: null };
  let at = 0;
  while (at < block.length && marker(block[at]!) === '') at += 1;
  for (let last: Field | null = null; at < block.length; at += 1) {
    const line = marker(block[at]!);
    const field = line === '' ? null : fieldOf(line);
    if (field) fields[(last = field[0])] ??= field[1];
    // A folded address list goes on in the next line.
    else if (line === '' || last !== 'other' || !line.includes('@')) break;
  }
  const rest = block.slice(at);
  const inner = most <= 1 ? -1 : rest.findIndex((line) => FORWARD.test(marker(line)));
  const within = inner === -1 ? { lines: [], end: rest.length } : blockFrom(rest, inner + 1);
  const text = inner === -1 ? rest : [...rest.slice(0, inner), ...rest.slice(within.end)];
  const one = { from: fields.from, subject: fields.subject ?? '', date: fields.date, text: trimmed(text) };
  return inner === -1 ? [one] : [one, ...forwarded(within.lines, most - 1)];
}

function trimmed(lines: readonly string[]): string {
  return lines.join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

function unquoted(text: string): string {
  return text.split('\n').map((line) => line.replace(/^(?:> ?)+/, '')).join('\n').trim();
}
