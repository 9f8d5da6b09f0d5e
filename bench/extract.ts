import { extract } from '#core/indicators/index.ts';
import { normalise } from '#core/vietnamese.ts';
import type { BenchResult } from '../src/commands/bench.ts';
import { campaignReports } from './campaigns.ts';

const ORDER = { seed: 20_261_122, campaigns: 400, reports: 20_000 };
/** Characters of a report that is measured: what people write on the form, neither a cry nor a file. */
const LENGTH = { least: 150, most: 400 };
/** DESIGN.md: reports a second on one core. */
const LIMIT = 100_000;
const ROUNDS = 10;

/**
 * Reports a second of processor time (one core) through `extract`, the best of a few rounds over the same texts, and characters
 * a second beside one bare pass over the same characters.
 */
export function run(): Promise<BenchResult> {
  const texts = reportTexts();
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  let indicators = 0;
  const seconds = best(() => {
    indicators = texts.reduce((sum, text) => sum + extract(text).length, 0);
  });
  const passSeconds = best(() => texts.reduce((sum, text) => sum ^ codesOf(text), 0));
  const reportRate = texts.length / seconds;
  const rate = characters / seconds;
  const passRate = characters / passSeconds;
  return Promise.resolve({
    name: 'extract',
    figures: [
      { name: 'reports', value: reportRate, unit: 'reports/s', limit: LIMIT, ratio: reportRate / LIMIT },
      { name: 'characters', value: rate, unit: 'characters/s', limit: passRate, ratio: rate / passRate },
      { name: 'characters a report', value: characters / texts.length, unit: 'characters' },
      { name: 'indicators a report', value: indicators / texts.length, unit: 'indicators' },
    ],
  });
}

/** Reports of generated campaigns as intake has them: one spelling, narrative and traces together. */
function reportTexts(): string[] {
  const texts = campaignReports(ORDER).map(({ narrative, traces }) => normalise(`${narrative}\n${traces}`));
  return texts.filter(({ length }) => length >= LENGTH.least && length <= LENGTH.most);
}

/** Seconds of processor time, garbage collection included, of the fastest round after one that warms up. */
function best(work: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return Math.min(...rounds.slice(1));
}

/** Reads every character once: the least that any scan costs. */
function codesOf(text: string): number {
  let codes = 0;
  for (let at = 0; at < text.length; at += 1) codes ^= text.charCodeAt(at);
  return codes;
}
