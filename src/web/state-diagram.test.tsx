import fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { finalStates, MACHINES } from '#core/machines.ts';
import { TRANSITIONS } from '#core/transitions.ts';
import { languages } from './i18n/index.ts';
import { diagramOf, stateWords } from './machine-words.ts';
import { layoutDiagram, NARROW, textWidth, WIDE, wrap, type Diagram, type DiagramInput, type Paper, type Place } from './state-diagram-layout.ts';
import { StateDiagram } from './state-diagram.tsx';

type Point = readonly [x: number, y: number];

/** Points along the M, V, L, H and C of a path, every few pixels. */
function pointsOf(path: string): Point[] {
  const points: Point[] = [];
  let [x, y] = [NaN, NaN];
  for (const [, command, rest] of path.matchAll(/([MVLHCZ])([^MVLHCZ]*)/g)) {
    const n = (rest!.match(/-?[\d.]+/g) ?? []).map(Number);
    const goal: Point = command === 'V' ? [x, n[0]!] : command === 'H' ? [n[0]!, y] : command === 'Z' ? [x, y] : [n.at(-2)!, n.at(-1)!];
    const [x1, y1, x2, y2] = command === 'C' ? [n[0]!, n[1]!, n[2]!, n[3]!] : [x, y, ...goal] as const;
    for (let t = command === 'M' ? 1 : 0; t <= 1; t += .05) {
      const s = 1 - t;
      const at = (a: number, b: number, c: number, d: number): number => (command === 'C' ? s ** 3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t ** 3 * d : s * a + t * d);
      points.push(command === 'M' ? goal : [at(x, x1, x2, goal[0]), at(y, y1, y2, goal[1])]);
    }
    [x, y] = goal;
  }
  return points;
}

const isInside = ([x, y]: Point, box: Place): boolean => x > box.x + .2 && x < box.x + box.width - .2 && y > box.y + .2 && y < box.y + box.height - .2;
const meets = (a: Place, b: Place): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** What every drawing must keep; empty when it does. */
function faults(input: DiagramInput, diagram: Diagram): string[] {
  const found: string[] = [];
  const claim = (holds: boolean, what: string): void => void (holds || found.push(what));
  claim(diagram.states.map(({ code }) => code).join() === input.states.map(({ code }) => code).join(), 'each state once');
  claim(diagram.steps.map(({ action }) => action).join() === input.steps.map(({ action }) => action).join(), 'each step once');
  const boxes: (Place & { name: string })[] = [...diagram.states.map((one) => ({ ...one, name: one.code })), ...diagram.steps.map((one, index) => ({ ...one, name: `${one.action} ${index}` }))];
  for (const [index, box] of boxes.entries()) {
    claim(box.x >= 0 && box.y >= 0 && box.x + box.width <= diagram.width && box.y + box.height <= diagram.height, `${box.name} on the paper`);
    for (const other of boxes.slice(index + 1)) claim(!meets(box, other), `${box.name} apart from ${other.name}`);
  }
  for (const { code, lines, ...box } of diagram.states) claim(lines.every(({ x, y, text }) => wordsIn(box, x, y, text, 14 * 1.06)), `words of ${code} in its box`);
  for (const { action, name, who, ...box } of diagram.steps) {
    claim(name.every(({ x, y, text }) => wordsIn(box, x, y, text, 13 * 1.06)) && who.every(({ x, y, text }) => wordsIn(box, x, y, text, 12)), `words of ${action} in its box`);
  }
  const paths = [['start', diagram.start.line + diagram.start.head] as const, ...diagram.steps.flatMap(({ action, into, out, head }) => [[action, into] as const, [action, out] as const, [action, head] as const])];
  for (const [action, path] of paths) {
    const points = pointsOf(path);
    claim(points.length > 2, `${action} is drawn`);
    claim(points.every(([x, y]) => x >= 0 && y >= 0 && x <= diagram.width && y <= diagram.height), `lines of ${action} on the paper`);
    for (const box of boxes) claim(!points.some((point) => isInside(point, box)), `a line of ${action} through ${box.name}`);
  }
  for (const [index, { from, to }] of input.steps.entries()) {
    const { head, pieces } = diagram.steps[index]!;
    for (const state of [...from, to]) claim(isJoined(pieces, `state:${state}`, `step:${index}`), `${state} joined with its step`);
    const [tipX, tipY] = /^M(\S+) ([^L]+)/.exec(head)!.slice(1).map(Number);
    const goal = diagram.states.find(({ code }) => code === to)!;
    claim(tipX! > goal.x && tipX! < goal.x + goal.width && (Math.abs(tipY! - goal.y) < .2 || Math.abs(tipY! - goal.y - goal.height) < .2), `the arrow to ${to} ends at it`);
  }
  return found;
}

function wordsIn(box: Place, x: number, y: number, text: string, size: number): boolean {
  const half = textWidth(text, size) / 2;
  return x - half >= box.x - .1 && x + half <= box.x + box.width + .1 && y - size * .8 >= box.y && y + size * .25 <= box.y + box.height;
}

function isJoined(pieces: Diagram['steps'][number]['pieces'], one: string, other: string): boolean {
  const reached = new Set([one]);
  for (const at of reached) for (const { upper, lower } of pieces) if (upper === at || lower === at) reached.add(upper === at ? lower : upper);
  return reached.has(other);
}

const PAPERS: readonly Paper[] = [WIDE, NARROW];
const REAL = MACHINES.flatMap((machine) => languages.flatMap((lang) => PAPERS.map((paper) => ({ machine, lang, paper, title: `${machine.entity}, ${lang}, ${paper.width} px` }))));

describe('the diagram of a state machine', () => {
  it.each(REAL)('keeps words, boxes and lines apart and fits its paper: $title', ({ machine, lang, paper }) => {
    const input = diagramOf(lang, machine);
    const diagram = layoutDiagram(input, paper);
    expect(faults(input, diagram)).toEqual([]);
    expect(diagram.width).toBeLessThanOrEqual(paper.width);
    expect(layoutDiagram(structuredClone(input), { ...paper })).toEqual(diagram);
    expect(diagram.states.filter(({ isLast }) => isLast).map(({ code }) => code)).toEqual(finalStates(machine));
  });

  it('keeps them apart for any machine', () => {
    const words = fc.array(fc.constantFrom('Xác', 'nhận', 'người', 'phản', 'ánh', 'lãnh', 'đạo', 'Acknowledgement', 'of', 'a'), { minLength: 1, maxLength: 7 }).map((all) => all.join(' '));
    const machine = fc.integer({ min: 1, max: 8 }).chain((count) => {
      const state = fc.integer({ min: 0, max: count - 1 }).map((one) => `s${one}`);
      return fc.record({
        states: fc.array(words, { minLength: count, maxLength: count }).map((labels) => labels.map((label, index) => ({ code: `s${index}`, label }))),
        steps: fc.array(fc.record({ action: fc.constantFrom('a', 'b', 'c'), label: words, who: words, from: fc.uniqueArray(state, { minLength: 1, maxLength: 4 }), to: state }), { maxLength: 9 }),
      });
    });
    fc.assert(fc.property(machine, fc.constantFrom(...PAPERS), (input, paper) => {
      expect(faults(input, layoutDiagram(input, paper))).toEqual([]);
    }), { numRuns: 150 });
  });

  it('sees a fault when there is one', () => {
    const input = diagramOf('vi', MACHINES[0]);
    const diagram = layoutDiagram(input, WIDE);
    const moved = { ...diagram, states: diagram.states.map((one, index) => (index === 1 ? { ...one, x: diagram.states[0]!.x, y: diagram.states[0]!.y } : one)) };
    expect(faults(input, moved)).toContain('received apart from acknowledged');
    expect(faults(input, moved)).toContain('the arrow to acknowledged ends at it');
    expect(faults(input, { ...diagram, width: 200 }).join()).toContain('on the paper');
    const crossing = { ...diagram, steps: diagram.steps.map((one, index) => (index === 0 ? { ...one, into: `M${diagram.width / 2} 0V${diagram.height}`, pieces: [] } : one)) };
    expect(faults(input, crossing).join()).toMatch(/a line of acknowledge through .*received joined with its step/);
  });

  it('refuses a step from or to nowhere', () => {
    const step = { action: 'go', label: 'Đi', who: 'Ai', from: ['a'], to: 'b' };
    expect(() => layoutDiagram({ states: [{ code: 'a', label: 'A' }], steps: [step] }, WIDE)).toThrow(new RangeError('step go names the unknown state b'));
  });

  it('breaks words into lines about equally long, none alone at the end', () => {
    expect(wrap('Hỏi thêm người phản ánh', 13, 150)).toEqual(['Hỏi thêm người', 'phản ánh']);
    expect(wrap('Một', 13, 10)).toEqual(['Một']);
    expect(textWidth('ấ', 10)).toBe(textWidth('a', 10));
  });

  it('is an image with a name, drawn for both screens, without inline style, words escaped', () => {
    const input = { states: [{ code: 'a', label: '<b>A</b>' }], steps: [] };
    const out = renderToString(<StateDiagram id="m" title="Sơ đồ" description="Một trạng thái" input={input} />);
    expect(out.match(/<svg class="(wide|narrow)" role="img" aria-labelledby="m-(wide|narrow)-title" aria-describedby/g)).toHaveLength(2);
    expect(out).not.toMatch(/ style=|<b>|url\(#/);
    expect(new Set(out.match(/ id="[^"]+"/g)).size).toBe(4);
  });
});

describe('the list of machines', () => {
  it('has every table of transitions, and a word in both languages for each state', () => {
    expect(Object.fromEntries(MACHINES.map(({ entity, transitions }) => [entity, transitions]))).toEqual(TRANSITIONS);
    for (const { entity, states, transitions } of MACHINES) {
      for (const lang of languages) expect(Object.keys(stateWords(lang)[entity]).toSorted()).toEqual([...states].toSorted());
      for (const { from, to } of transitions) expect([...states]).toEqual(expect.arrayContaining([...from, to]));
    }
  });
});
