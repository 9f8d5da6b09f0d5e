import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { ButtonLink } from '#web/form.tsx';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import type { Likeness } from '../queries/grouping.ts';
import { caseHref } from './cases.tsx';
import { CaseBadge, firstWords, SafeText } from './words.tsx';

/** From this resemblance on a story is "very" alike. */
const VERY = 0.8;
const FIRST_LINE = 150;

export interface AlikeProps {
  readonly lang: Lang;
  readonly alike: readonly Likeness[];
  /** Where the step begins that a suggestion leads to; null when there is none to take. */
  readonly stepOf: (one: Likeness) => { readonly href: string; readonly label: string } | null;
}

/** Cases whose story is told alike, side by side with the own; suggests, and says that it only does. */
export function AlikePanel({ lang, alike, stepOf }: AlikeProps): VNode | null {
  const t = messages(lang).console.alike;
  if (alike.length === 0) return null;
  const lines = (some: readonly Likeness[]): VNode => <ul class="lines">{some.map((one) => <li><LikeLine lang={lang} one={one} step={stepOf(one)} /></li>)}</ul>;
  return (
    <Panel title={t.title} id="cung-chieu">
      <p class="hint">{t.onlySuggests}</p>
      {lines(alike.slice(0, 1))}
      {alike.length > 1 && <Disclosure summary={t.more(String(alike.length - 1))}>{lines(alike.slice(1))}</Disclosure>}
    </Panel>
  );
}

function LikeLine({ lang, one, step }: { lang: Lang; one: Likeness; step: { readonly href: string; readonly label: string } | null }): VNode {
  const t = messages(lang).console;
  const { case: other } = one;
  return (
    <>
      <p>
        <Badge tone={one.score >= VERY ? 'sky' : 'plain'}>{one.score >= VERY ? t.alike.very : t.alike.like}</Badge>{' '}
        {other ? <><a href={caseHref(other.number)}>{other.number}</a> {other.title} · {t.regroup.reports(formatNumber(other.reports, lang), other.reports === 1)}</>
          : <><a href={`/can-bo/phan-anh/${one.code}`}>{one.code}</a> {t.alike.noCase}</>}
        {other?.state === 'closed' && <>{' '}<CaseBadge lang={lang} state={other.state} /></>}
      </p>
      <Stories lang={lang} one={one} />
      {step && <ButtonLink kind="quiet" small href={step.href}>{step.label}</ButtonLink>}
    </>
  );
}

/** How both begin. */
export function Stories({ lang, one }: { lang: Lang; one: Likeness }): VNode {
  const { alike } = messages(lang).console;
  const story = (code: string, text: string): VNode => (
    <div><small>{code}</small><p><SafeText text={firstWords(text, FIRST_LINE)} /></p></div>
  );
  return <div class="pair" role="group" aria-label={alike.sideBySide}>{story(one.ownCode, one.ownWords)}{story(one.code, one.words)}</div>;
}
