import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { endsSoon, inForce, type Basis } from '#core/law.ts';
import type { LegalChangeKind } from '#platform/schema.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { Change } from '../types.ts';

/** Address of the catalogue. */
export const HOME = '/can-bo/phap-luat';

/** What every view of this room takes. */
export interface ViewProps {
  readonly lang: Lang;
  /** Today in Vietnam, YYYY-MM-DD. */
  readonly today: string;
}

/** Address of a document's page. */
export function documentHref(code: string): string {
  return `${HOME}/van-ban/${encodeURIComponent(code)}`;
}

/** Address of a basis: its code has the place and the harm. */
export function basisHref(code: string): string {
  return `${HOME}/${code.split('/').map(encodeURIComponent).join('/')}`;
}

/** Address of a proposal. */
export function changeHref(id: string): string {
  return `${HOME}/de-xuat/${id}`;
}

/** Where what a proposal is about is shown, or null when the catalogue does not have it (yet). */
export function targetHref({ kind, target, outcome }: Pick<Change, 'kind' | 'target' | 'outcome'>): string | null {
  if ((kind === 'add_document' || kind === 'add_basis') && outcome !== 'approved') return null;
  return kind.endsWith('document') ? documentHref(target) : basisHref(target);
}

/** Address of the form of a proposal. */
export function proposeHref(kind: LegalChangeKind, target = ''): string {
  return `${HOME}/de-xuat?${new URLSearchParams({ viec: kind, ...(target && { muc: target }) }).toString()}`;
}

/** "điểm a khoản 3 Điều 14": the place alone, where the document stands above it. */
export function placeText({ article, clause, point }: Pick<Basis, 'article' | 'clause' | 'point'>, lang: Lang): string {
  const t = messages(lang).law.form;
  const parts: readonly (string | null)[] = [point && `${t.point.toLowerCase()} ${point}`, clause && `${t.clause.toLowerCase()} ${clause}`, `${t.article} ${article}`];
  const said = lang === 'vi' ? parts.filter(Boolean).join(' ') : parts.toReversed().filter(Boolean).join(', ');
  return said.charAt(0).toLocaleUpperCase('vi') + said.slice(1);
}

/** "từ 19/08/2026", "01/07/2026 – 31/12/2026". */
export function periodText({ validFrom, validTo }: { readonly validFrom: string; readonly validTo: string | null }, lang: Lang): string {
  const t = messages(lang).law;
  return validTo ? t.period(formatDate(validFrom), formatDate(validTo)) : t.from(formatDate(validFrom));
}

/** How something dated stands today, in a word on a tint. */
export function StateBadge({ lang, of, today }: { lang: Lang; of: { readonly validFrom: string; readonly validTo: string | null }; today: string }): VNode {
  const { states } = messages(lang).law;
  if (of.validFrom > today) return <Badge tone="plain">{states.later}</Badge>;
  if (!inForce(of, today)) return <Badge tone="rose">{states.ended}</Badge>;
  return endsSoon(of, today) ? <Badge tone="amber">{states.endsOn(formatDate(of.validTo!))}</Badge> : <Badge tone="moss">{states.inForce}</Badge>;
}

/** Who compared a provision with the gazette; until somebody has, that nobody has. */
export function CheckBadge({ lang, basis }: { lang: Lang; basis: Pick<Basis, 'checkedOn' | 'checkedBy'> }): VNode {
  return <Badge tone={basis.checkedOn ? 'moss' : 'amber'}>{checkText(basis, lang)}</Badge>;
}

/** The same without a tint, for dense lists. */
export function checkText({ checkedOn, checkedBy }: Pick<Basis, 'checkedOn' | 'checkedBy'>, lang: Lang): string {
  const t = messages(lang).law;
  return checkedOn && checkedBy ? t.checked(checkedBy, formatDate(checkedOn)) : t.unchecked;
}

/** The sentence on top of every page of the law. */
export function LawyerNote({ lang }: { lang: Lang }): VNode {
  const t = messages(lang).law;
  return <Callout kind="look" title={t.lawyerTitle}>{t.lawyer}</Callout>;
}

/** What was just done, when the address says so. */
export function Done({ lang, done }: { lang: Lang; done: string }): VNode | null {
  const words = messages(lang).law.done;
  return done in words ? <Callout kind="ok" role="status" title={words[done as keyof typeof words]} /> : null;
}

/** A proposal in a line: what, for what, and how it stands. */
export function changeTitle({ kind, target }: Pick<Change, 'kind' | 'target'>, lang: Lang): string {
  return `${messages(lang).law.kinds[kind]}: ${targetText(target, lang)}`;
}

/** "N330.14.3.a, Mạo danh": a code for reading. */
export function targetText(target: string, lang: Lang): string {
  const [place, harm] = target.split('/');
  if (!harm) return target;
  const [category, since] = harm.split('@');
  const label = categoryOf(category as never)?.label[lang] ?? category;
  return [place, label, since && messages(lang).law.from(formatDate(since))].filter(Boolean).join(', ');
}

const TONES = { open: 'amber', approved: 'moss', refused: 'plain' } as const;

/** How a proposal stands. */
export function OutcomeBadge({ lang, change }: { lang: Lang; change: Pick<Change, 'outcome'> }): VNode {
  const outcome = change.outcome ?? 'open';
  return <Badge tone={TONES[outcome]}>{messages(lang).law.proposal.outcomes[outcome]}</Badge>;
}
