import type { ComponentChildren, VNode } from 'preact';
import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { displayParts, extract } from '#core/indicators/index.ts';
import type { CaseState, DecisionState, ReportState } from '#core/transitions.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Defanged } from '#web/defanged.tsx';
import { daysUntil, dueTone, formatDate, formatDayMonth, formatDue, isoDay } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { MainTrace } from '../queries.ts';

const CATEGORY_TONES: Readonly<Record<CategoryCode, Tone>> = {
  scam: 'amber', phishing_impersonation: 'amber', malware_attack: 'amber', personal_data_abuse: 'amber', illegal_gambling_ads: 'leaf',
  counterfeit_unlicensed_goods: 'leaf', spam_calls_messages: 'leaf', intimate_images: 'sky', threat_harassment: 'sky', false_emergency_alert: 'sky',
};
const REPORT_TONES: Readonly<Record<ReportState, Tone>> = {
  received: 'amber', acknowledged: 'amber', need_info: 'plain', stopped: 'plain', erased: 'plain', attached: 'sky', answered: 'moss',
};
const CASE_TONES: Readonly<Record<CaseState, Tone>> = {
  open: 'amber', verifying: 'sky', consulting: 'sky', deciding: 'sky', acting: 'leaf', closed: 'plain',
};
const DECISION_TONES: Readonly<Record<DecisionState, Tone>> = {
  draft: 'plain', second_review: 'amber', returned: 'amber', stopped: 'plain', interim: 'amber', in_force: 'moss', expired: 'plain', withdrawn: 'plain', reversed: 'plain',
};

/** The category as a badge. */
export function CategoryBadge({ lang, code }: { lang: Lang; code: CategoryCode }): VNode {
  return <Badge tone={CATEGORY_TONES[code]}>{categoryOf(code).label[lang]}</Badge>;
}

/** A report's state as a badge. */
export function ReportBadge({ lang, state }: { lang: Lang; state: ReportState }): VNode {
  return <Badge tone={REPORT_TONES[state]}>{messages(lang).console.reportState[state]}</Badge>;
}

/** A case's state as a badge. */
export function CaseBadge({ lang, state }: { lang: Lang; state: CaseState }): VNode {
  return <Badge tone={CASE_TONES[state]}>{messages(lang).console.caseState[state]}</Badge>;
}

/** A decision's state as a badge. */
export function DecisionBadge({ lang, state }: { lang: Lang; state: DecisionState }): VNode {
  return <Badge tone={DECISION_TONES[state]}>{messages(lang).decisions.states[state]}</Badge>;
}

/** A deadline for a dense list: "quá hạn 2 ngày", "hôm nay", else the day; always a word, red only when late. */
export function Due({ lang, on, now }: { lang: Lang; on: string; now: Date }): VNode {
  const days = daysUntil(on, now);
  if (days < 0) return <Badge tone="rose">{formatDue(on, now, lang)}</Badge>;
  if (days === 0) return <Badge tone="amber">{formatDue(on, now, lang)}</Badge>;
  return <time dateTime={isoDay(on)}>{formatDayMonth(on)}</time>;
}

/** A deadline in full: "25/11/2026, còn 2 ngày". */
export function DueLong({ lang, on, now }: { lang: Lang; on: string; now: Date }): VNode {
  return (
    <>
      {formatDate(on)}, <Badge tone={dueTone(on, now)}>{formatDue(on, now, lang)}</Badge>
    </>
  );
}

/** A trace: an address defanged with its owner's part marked, a person's number masked; never a link. */
export function Trace({ lang, trace, quiet }: { lang: Lang; trace: MainTrace; quiet?: boolean }): VNode {
  if ((trace.kind === 'url' || trace.kind === 'domain') && trace.value) {
    const parts = displayParts(trace.value);
    const after = parts.after === '/' ? '' : parts.after;
    if (parts.registrable) return <Defanged lang={lang} quiet={quiet} before={parts.before} registrable={parts.registrable} after={after} />;
  }
  return <span class="mono">{trace.display}</span>;
}

/** The reporter's own words, unchanged but for addresses, which are made harmless where they stand. */
export function SafeText({ text }: { text: string }): VNode {
  const found = extract(text).filter(({ kind }) => kind === 'url' || kind === 'domain').map(({ asSent }) => asSent);
  const parts = found.length === 0 ? [text] : splitAt(text, found);
  return (
    <>
      {parts.map((part, index) => (index % 2 === 0 ? part : harmless(part)))}
    </>
  );
}

/** Cuts a text into plain, address, plain, address, … */
function splitAt(text: string, addresses: readonly string[]): string[] {
  const longestFirst = [...new Set(addresses)].sort((a, b) => b.length - a.length);
  return text.split(new RegExp(`(${longestFirst.map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`, 'g'));
}

function harmless(address: string): VNode {
  const { before, registrable, after } = displayParts(address);
  return registrable ? <Defanged quiet before={before} registrable={registrable} after={after === '/' ? '' : after} /> : <span class="mono">{address}</span>;
}

/** The beginning of a text, cut at a word. */
export function firstWords(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length + 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > length / 2 ? space : length).replace(/[\s,.;:]+$/, '')}…`;
}

/** A heading with the badges that say where the thing stands. */
export function Heading({ title, badges, lead }: { title: ComponentChildren; badges?: ComponentChildren; lead?: ComponentChildren }): VNode {
  return (
    <header class="subject">
      <h1>{title}</h1>
      {badges && <div class="badges">{badges}</div>}
      {lead && <p class="hint">{lead}</p>}
    </header>
  );
}
