import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const tokensOf = (block: string): Record<string, string> =>
  Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})\s*;/g)].map((m) => [m[1]!, m[2]!]));

const source = readFileSync(`${here}/_tokens.css`, 'utf8');
const [lightText, darkText] = source.split('@media (prefers-color-scheme: dark)');
const light = tokensOf(lightText!);
const dark = { ...light, ...tokensOf(darkText!.split('@media')[0]!) };

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
  const [r, g, b] = [0, 2, 4].map((i) => {
    const c = Number.parseInt(full.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const tones = ['leaf', 'amber', 'rose', 'moss', 'sky'];
const washes = [...tones.map((tone) => `${tone}-wash`), 'plain-wash'];
const text: [string, string][] = [
  ...['paper', 'card', ...washes].flatMap((ground) => ['ink', 'ink-2', 'leaf'].map((ink): [string, string] => [ink, ground])),
  ...tones.flatMap((tone): [string, string][] => [[tone, `${tone}-wash`], [tone, 'card'], [tone, 'paper']]),
  ['on-leaf', 'leaf'], ['on-leaf', 'leaf-2'], ['on-rose', 'rose'], ['leaf-2', 'paper'],
];

describe.each([['light', light], ['dark', dark]])('%s', (_scheme, tokens) => {
  it.each(text)('%s on %s reads at 4.5:1', (ink, ground) => {
    expect(contrast(tokens[ink]!, tokens[ground]!)).toBeGreaterThanOrEqual(4.5);
  });
  it.each([['line-2', 'card'], ['line-2', 'paper']])('edge %s on %s shows at 3:1', (edge, ground) => {
    expect(contrast(tokens[edge]!, tokens[ground]!)).toBeGreaterThanOrEqual(3);
  });
});

describe('weight', () => {
  it.each([['styles/portal.css', 6000], ['styles/console.css', 8000], ['styles/decisions.css', 1500], ['styles/machines.css', 1000], ['styles/counter.css', 2000], ['styles/registers.css', 1000], ['islands/console.ts', 2000]])('%s stays under %d bytes over the wire', async (file, limit) => {
    const out = await build({
      entryPoints: [`${here}/../${file}`], bundle: true, minify: true, write: false, format: 'esm', target: ['chrome80', 'firefox78', 'safari13'],
    });
    expect(gzipSync(out.outputFiles[0]!.contents, { level: 9 }).length).toBeLessThanOrEqual(limit);
  });
});
