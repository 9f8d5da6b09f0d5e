import type { VNode } from 'preact';
import { CATEGORIES, type CategoryCode } from '#catalogue/categories.ts';
import { GATE_QUESTIONS } from '#catalogue/gate.ts';
import { ROLES } from '#catalogue/roles.ts';
import { TRANSITIONS, type Entity } from '#core/transitions.ts';
import type { Tone } from '#web/badge.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Timeline, type TimelineItem } from '#web/timeline.tsx';
import type { Step } from '../queries.ts';

/** Steps that say nothing beside the step they come with. */
const SILENT: ReadonlySet<string> = new Set(['report.desk_message']);

const TONES: Readonly<Record<string, Tone>> = {
  'report.stop': 'plain', 'report.open_identity': 'amber', 'report.ask': 'sky', 'report.answer': 'moss', 'report.pass_gate': 'moss', 'report.regroup': 'sky', 'case.regroup': 'sky', 'report.note': 'plain', 'case.note': 'plain',
  'case.close': 'plain', 'case.act': 'moss', 'decision.approve': 'moss', 'decision.return': 'amber', 'decision.stop': 'plain',
};

/** The journal in words: what, who (roles, agency), when, why. */
export function Steps({ lang, steps }: { lang: Lang; steps: readonly Step[] }): VNode {
  const items = steps.filter((step) => !SILENT.has(keyOf(step))).map((step): TimelineItem => ({
    at: step.at, title: what(step, lang), tone: TONES[keyOf(step)] ?? 'leaf',
    body: (
      <>
        <span class="by">{who(step, lang)}</span>
        {why(step, lang) && <p>{why(step, lang)}</p>}
      </>
    ),
  }));
  return <Timeline lang={lang} items={items} />;
}

const keyOf = (step: Step): string => `${step.entity}.${step.action}`;

function what(step: Step, lang: Lang): string {
  const { steps, stepOther } = messages(lang).console;
  const own = (steps as Readonly<Record<string, string>>)[keyOf(step)];
  if (own) return own;
  const table: readonly { action: string; label: { vi: string; en: string } }[] = TRANSITIONS[step.entity as Entity] ?? [];
  return table.find(({ action }) => action === step.action)?.label[lang] ?? stepOther;
}

function who(step: Step, lang: Lang): string {
  const { actors } = messages(lang).console;
  if (!step.officer) return (actors as Readonly<Record<string, string>>)[step.actorKind] ?? actors.system;
  const roles = ROLES.filter(({ code }) => step.roles.includes(code)).map(({ label }) => label[lang].toLowerCase()).join(', ');
  const standing = [roles, step.agency].filter(Boolean).join(', ');
  return standing ? `${step.officer} (${standing})` : step.officer;
}

function why(step: Step, lang: Lang): string | null {
  const t = messages(lang).console;
  const label = (code: unknown) => CATEGORIES.find((category) => category.code === (code as CategoryCode))?.label[lang] ?? '';
  switch (keyOf(step)) {
    case 'report.stop': return GATE_QUESTIONS.find(({ code }) => code === step.reason)?.told[lang] ?? null;
    case 'report.reclassify': case 'case.recategorise': return t.change(label(step.detail.from), label(step.detail.to));
    case 'report.open_identity': return step.reason?.startsWith('tell:') ? t.forMail : step.reason;
    case 'report.ask': case 'case.merge': case 'case.unmerge': return null;
    default: return step.reason;
  }
}
