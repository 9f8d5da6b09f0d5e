import type { VNode } from 'preact';
import { STOP_CODES, type StopCode } from '#catalogue/gate.ts';
import type { RaisedQuestion } from '#core/loaded-words.ts';
import { Callout } from './callout.tsx';
import { messages, type Lang } from './i18n/index.ts';

/** Phrases named in one note; a text full of them says no more. */
const MOST_PHRASES = 5;

/**
 * Beside a question of the gate: the words in the text that should make it read twice; beside the first of them also that it is only a
 * reminder. Nothing when there are none.
 * @param props.draft the text is the draft of a decision, not a report
 */
export function LoadedWords({ lang, question, raised, draft }: { lang: Lang; question: StopCode; raised: readonly RaisedQuestion[]; draft?: boolean }): VNode | null {
  const own = raised.filter((one) => one.question === question);
  if (own.length === 0) return null;
  const t = messages(lang).gate.words;
  const phrases = [...new Map(own.map(({ phrase }) => [phrase.toLowerCase(), `“${phrase.replace(/\s+/g, ' ')}”`])).values()].slice(0, MOST_PHRASES);
  const uses = draft ? t.draftUses : t.uses;
  const isFirst = STOP_CODES.find((code) => raised.some((one) => one.question === code)) === question;
  return (
    <Callout kind="look" title={uses(phrases.join(', '), phrases.length === 1, String(STOP_CODES.indexOf(question) + 1))}>
      {[...new Set(own.map(({ why }) => why[lang]))].map((why) => <p>{why}</p>)}
      {isFirst && <p class="hint">{t.note}</p>}
    </Callout>
  );
}
