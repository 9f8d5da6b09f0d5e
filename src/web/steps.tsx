import type { VNode } from 'preact';
import { type Lang, messages } from './i18n/index.ts';

/** Where one is in a form of several pages: "Bước 1 / 5" above a bar. `step` counts from 1. */
export function Steps({ lang, step, total }: { lang: Lang; step: number; total: number }): VNode {
  return (
    <div class="steps">
      <p>{messages(lang).common.steps.progress(step, total)}</p>
      <svg width="100%" height="6" aria-hidden="true">
        <rect class="track" width="100%" height="6" rx="3" />
        <rect width={`${Math.round((Math.min(Math.max(step, 0), total) / total) * 100)}%`} height="6" rx="3" />
      </svg>
    </div>
  );
}
