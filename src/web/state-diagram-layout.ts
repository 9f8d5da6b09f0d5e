/**
 * Places a state machine on paper, top to bottom. States and steps are both things of a layer (a step is the label of
 * its arrow), so no label can lie on a box; lines run only between layers and, through a layer, in a lane of their own, so
 * no line can cross a word. After Sugiyama, Tagawa, Toda, “Methods for Visual Understanding of Hierarchical System
 * Structures”, IEEE Trans. SMC 11 (1981): layers, order against crossings, then places.
 */

/** What is to be drawn: words and connections. */
export interface DiagramInput {
  /** The first is where the thing begins. */
  readonly states: readonly { readonly code: string; readonly label: string }[];
  readonly steps: readonly DiagramStep[];
}

export interface DiagramStep {
  readonly action: string;
  readonly label: string;
  /** Who may, in words. */
  readonly who: string;
  readonly from: readonly string[];
  readonly to: string;
}

/** The paper, in CSS pixels. */
export interface Paper {
  /** What the drawing should not exceed. One that cannot be folded further becomes wider. */
  readonly width: number;
  /** Widest line of words at a step. */
  readonly words: number;
  /** Space between neighbours of a layer. */
  readonly gap: number;
  /** Space between layers, at least. */
  readonly rise: number;
}

/** For screens with room, and for the inside of a card on a phone of 360 px. */
export const WIDE: Paper = { width: 760, words: 150, gap: 26, rise: 30 };
export const NARROW: Paper = { width: 294, words: 112, gap: 12, rise: 24 };

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of words, `y` its baseline; `x` its middle. */
export interface Words {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface StateBox extends Place {
  readonly code: string;
  readonly lines: readonly Words[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A piece of a line between two things of neighbouring layers; bend points have names of their own. */
export interface Piece {
  readonly upper: string;
  readonly lower: string;
}

export interface StepDrawing extends Place {
  readonly action: string;
  readonly name: readonly Words[];
  readonly who: readonly Words[];
  /** Lines from the states into the step, and the one out of it: data of an SVG path. */
  readonly into: string;
  readonly out: string;
  /** The head of the arrow, at the state. */
  readonly head: string;
  /** The drawn pieces by name, for checks: `state:<code>`, `step:<number>`, bends. */
  readonly pieces: readonly Piece[];
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  /** The dot before the first state and its arrow. */
  readonly start: { readonly x: number; readonly y: number; readonly line: string; readonly head: string };
  readonly states: readonly StateBox[];
  readonly steps: readonly StepDrawing[];
}

const MARGIN = 8;
const HEAD = 8;
const START = 30;
const LANE = 14;
const STATE = { size: 14, line: 19, padX: 14, padY: 9, widest: 140, bold: 1.06 } as const;
const NAME = { size: 13, line: 17, bold: 1.06 } as const;
const WHO = { size: 12, line: 16, bold: 1 } as const;
const PAD = { x: 8, y: 6 } as const;

/** A thing of a layer; a bend has no size. */
interface Thing {
  readonly id: string;
  readonly kind: 'state' | 'step' | 'bend';
  readonly width: number;
  readonly height: number;
}

/** A piece of a step's lines. Two tails that share a lane share its pieces. */
interface Link extends Piece {
  readonly step: number;
  readonly part: 'into' | 'out';
  /** Drawn upwards: against the reading direction. */
  readonly isUp: boolean;
}

/**
 * Lays a state machine out. Pure and deterministic: the same words on the same paper give the same drawing.
 * @param input states and steps; every `from` and `to` must be among the states
 * @param paper {@link WIDE} or {@link NARROW}
 * @throws {RangeError} when a step names a state that is not there
 */
export function layoutDiagram(input: DiagramInput, paper: Paper): Diagram {
  const known = new Set(input.states.map(({ code }) => code));
  for (const { action, from, to } of input.steps) {
    const stranger = [...from, to].find((code) => !known.has(code));
    if (stranger !== undefined) throw new RangeError(`step ${action} names the unknown state ${stranger}`);
  }
  const things = thingsOf(input, paper);
  const { layers, links } = folded(input, things, paper);
  const ordered = untangled(layers, links);
  const middles = placed(ordered, links, things, paper);
  return drawn(input, ordered, links, middles, things, paper);
}

// ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const WIDTHS = new Map([['ijl.,:;\'’|!() ', .32], ['fIrt-', .42], ['mwMW', .92], ['ABCDEFGHJKLNOPQRSTUVXYZĐ', .72]].flatMap(([letters, width]) =>
  [...letters as string].map((letter) => [letter, width as number] as const)));

/**
 * Width of a line in pixels, rounded up: the server has no fonts, so letters are counted in classes of a wide sans-serif.
 * @param size font size in pixels
 */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text.normalize('NFD').replace(/\p{M}/gu, '')) width += (WIDTHS.get(letter) ?? .6) * size;
  return Math.ceil(width);
}

/** Breaks words into as few lines of at most `width` pixels as it takes, about equally long; a longer word stands alone. */
export function wrap(text: string, size: number, width: number): string[] {
  const lines = filled(text, size, width);
  for (let best = lines; lines.length > 1;) {
    const narrower = Math.max(...best.map((line) => textWidth(line, size))) - 1;
    const tried = filled(text, size, narrower);
    if (tried.length > lines.length || tried.some((line) => textWidth(line, size) > narrower)) return best;
    best = tried;
  }
  return lines;
}

function filled(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

interface Font { readonly size: number; readonly line: number; readonly bold: number }

const widest = (lines: readonly string[], { size, bold }: Font): number => Math.max(0, ...lines.map((line) => Math.ceil(textWidth(line, size) * bold)));
const linesOf = (text: string, { size, bold }: Font, width: number): string[] => wrap(text, size * bold, width);

const stateId = (code: string): string => `state:${code}`;
const stepId = (index: number): string => `step:${index}`;

function thingsOf(input: DiagramInput, paper: Paper): ReadonlyMap<string, Thing> {
  const states = input.states.map(({ code, label }): Thing => {
    const lines = linesOf(label, STATE, STATE.widest);
    return { id: stateId(code), kind: 'state', width: Math.max(84, widest(lines, STATE) + 2 * STATE.padX), height: lines.length * STATE.line + 2 * STATE.padY };
  });
  const steps = input.steps.map(({ label, who }, index): Thing => {
    const [name, by] = [linesOf(label, NAME, paper.words), linesOf(who, WHO, paper.words)];
    return {
      id: stepId(index), kind: 'step', width: Math.max(widest(name, NAME), widest(by, WHO)) + 2 * PAD.x,
      height: name.length * NAME.line + by.length * WHO.line + 2 * PAD.y,
    };
  });
  return new Map([...states, ...steps].map((thing) => [thing.id, thing]));
}

// ── Layers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How far each state is from the beginning: the longest way that never turns back. */
function ranks(input: DiagramInput): ReadonlyMap<string, number> {
  const edges = input.steps.flatMap(({ from, to }) => from.map((one) => [one, to] as const));
  const onward = new Map(input.states.map(({ code }) => [code, [] as string[]]));
  // Nothing stands before the beginning, whatever leads back to it.
  const first = input.states[0]!.code;
  const open = new Set([first]);
  const done: string[] = [];
  const visit = (code: string): void => {
    open.add(code);
    for (const [from, to] of edges) {
      if (from !== code || open.has(to)) continue;
      onward.get(code)!.push(to);
      if (!done.includes(to)) visit(to);
    }
    if (code !== first) open.delete(code);
    done.push(code);
  };
  for (const { code } of input.states) if (!done.includes(code)) visit(code);
  const rank = new Map(input.states.map(({ code }) => [code, 0]));
  for (const code of done.toReversed()) for (const to of onward.get(code)!) rank.set(to, Math.max(rank.get(to)!, rank.get(code)! + 1));
  return rank;
}

/** States on even layers, each step on an odd one on its way, where there is most room. */
function firstLayers(input: DiagramInput): string[][] {
  const rank = ranks(input);
  const layers: string[][] = Array.from({ length: 2 * Math.max(...rank.values()) + 2 }, () => []);
  for (const { code } of input.states) layers[2 * rank.get(code)!]!.push(stateId(code));
  for (const [index, { from, to }] of input.steps.entries()) {
    const [goal, sources] = [rank.get(to)!, from.map((code) => rank.get(code)!)];
    const before = sources.filter((one) => one < goal);
    const [low, high] = before.length > 0 ? [2 * Math.max(...before) + 1, 2 * goal - 1] : [2 * goal + 1, Math.max(2 * goal + 1, 2 * Math.min(...sources) - 1)];
    const slots = layers.slice(low, high + 1).filter((_, offset) => offset % 2 === 0);
    slots.toSorted((a, b) => a.length - b.length)[0]!.push(stepId(index));
  }
  return layers.filter((layer) => layer.length > 0);
}

interface Folded {
  readonly layers: readonly (readonly string[])[];
  readonly links: readonly Link[];
}

/** Splits layers until each fits the paper or holds one thing; bends included. */
function folded(input: DiagramInput, things: ReadonlyMap<string, Thing>, paper: Paper): Folded {
  let real = firstLayers(input);
  for (;;) {
    const whole = withBends(input, real);
    const [excess, at] = mostExcess(whole.layers, real, things, paper);
    if (excess <= 0) return whole;
    const half = Math.ceil(real[at]!.length / 2);
    real = [...real.slice(0, at), real[at]!.slice(0, half), real[at]!.slice(half), ...real.slice(at + 1)];
  }
}

function mostExcess(whole: readonly (readonly string[])[], real: readonly (readonly string[])[], things: ReadonlyMap<string, Thing>, paper: Paper): [number, number] {
  const excesses = whole.map((layer, index): [number, number] => {
    const width = layer.reduce((sum, id, place) => sum + (things.get(id)?.width ?? 0) + (place > 0 ? spaceBetween(layer[place - 1]!, id, paper) : 0), 0);
    return [real[index]!.length > 1 ? width - (paper.width - 2 * MARGIN) : 0, index];
  });
  return excesses.toSorted((a, b) => b[0] - a[0] || a[1] - b[1])[0]!;
}

const isBend = (id: string): boolean => id.startsWith('bend:');

function spaceBetween(left: string, right: string, paper: Paper): number {
  if (isBend(left) && isBend(right)) return LANE;
  return isBend(left) || isBend(right) ? Math.min(LANE, paper.gap) : paper.gap;
}

/** Adds a bend to each layer a line passes. Tails of one step share their lane, so that they join as early as they can. */
function withBends(input: DiagramInput, real: readonly (readonly string[])[]): Folded {
  const layers = real.map((layer) => [...layer]);
  const layerOf = new Map(real.flatMap((layer, index) => layer.map((id) => [id, index] as const)));
  const links = new Map<string, Link>();
  for (const [step, { from, to }] of input.steps.entries()) {
    const home = layerOf.get(stepId(step))!;
    const lane = (part: Link['part'], layer: number): string => {
      if (layer === home) return stepId(step);
      const id = `bend:${step}:${part}:${layer}`;
      if (!layers[layer]!.includes(id)) layers[layer]!.push(id);
      return id;
    };
    const run = (part: Link['part'], state: string): void => {
      const end = layerOf.get(stateId(state))!;
      const toward = Math.sign(end - home);
      for (let at = home; at !== end; at += toward) {
        const [near, far] = [lane(part, at), at + toward === end ? stateId(state) : lane(part, at + toward)];
        const [upper, lower] = toward > 0 ? [near, far] : [far, near];
        links.set(`${step}:${part}:${upper}:${lower}`, { step, part, upper, lower, isUp: part === 'out' ? toward < 0 : toward > 0 });
      }
    };
    for (const state of from) run('into', state);
    run('out', to);
  }
  return { layers, links: [...links.values()] };
}

// ── Order against crossings ─────────────────────────────────────────────────────────────────────────────────────────

type Order = readonly (readonly string[])[];

const SWEEPS = 12;

/** Orders each layer by the mean place of its neighbours, down and up, then swaps neighbours while that helps. */
function untangled(layers: Order, links: readonly Link[]): Order {
  const above = neighbours(links, 'lower', 'upper');
  const below = neighbours(links, 'upper', 'lower');
  let best = layers;
  let fewest = Infinity;
  for (const start of [layers, layers.map((layer) => layer.toReversed()), layers.map((layer) => [...layer.filter(isBend), ...layer.filter((id) => !isBend(id))])]) {
    let order: Order = start;
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      order = swept(order, sweep % 2 === 0 ? above : below, sweep % 2 === 0);
      const settled = swapped(order, above, below);
      const crossings = settled.reduce((sum, layer, index) => sum + (index > 0 ? crossingsOf(settled[index - 1]!, places(layer), below) : 0), 0);
      if (crossings < fewest) [best, fewest] = [settled, crossings];
    }
  }
  return best;
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighbours(links: readonly Link[], of: 'upper' | 'lower', other: 'upper' | 'lower'): Neighbours {
  const map = new Map<string, string[]>();
  for (const link of links) map.set(link[of], [...map.get(link[of]) ?? [], link[other]]);
  return map;
}

function swept(order: Order, beside: Neighbours, isDown: boolean): Order {
  const next = order.map((layer) => [...layer]);
  const indices = isDown ? next.map((_, index) => index).slice(1) : next.map((_, index) => index).toReversed().slice(1);
  for (const index of indices) {
    const fixed = places(next[isDown ? index - 1 : index + 1]!);
    const layer = next[index]!;
    const own = places(layer);
    const mean = (id: string): number => {
      const around = beside.get(id) ?? [];
      return around.length === 0 ? own.get(id)! / layer.length : around.reduce((sum, one) => sum + fixed.get(one)!, 0) / around.length / fixed.size;
    };
    next[index] = layer.toSorted((a, b) => mean(a) - mean(b) || own.get(a)! - own.get(b)!);
  }
  return next;
}

function swapped(order: Order, above: Neighbours, below: Neighbours): Order {
  const next = order.map((layer) => [...layer]);
  for (let round = 0, isBetter = true; isBetter && round < SWEEPS; round += 1) {
    isBetter = false;
    for (const [index, layer] of next.entries()) {
      const [over, under] = [places(next[index - 1] ?? []), places(next[index + 1] ?? [])];
      const cost = (pair: readonly string[]): number => crossingsOf(pair, over, above) + crossingsOf(pair, under, below);
      for (let at = 0; at + 1 < layer.length; at += 1) {
        const [left, right] = [layer[at]!, layer[at + 1]!];
        if (cost([right, left]) >= cost([left, right])) continue;
        [layer[at], layer[at + 1]] = [right, left];
        isBetter = true;
      }
    }
  }
  return next;
}

const places = (layer: readonly string[]): Map<string, number> => new Map(layer.map((id, index) => [id, index]));

/** Crossings between a layer and one next to it, whose places are `at`; `beside` gives the neighbours there. */
function crossingsOf(layer: readonly string[], at: ReadonlyMap<string, number>, beside: Neighbours): number {
  const ends = layer.map((id) => (beside.get(id) ?? []).map((one) => at.get(one)!));
  let count = 0;
  for (const [index, left] of ends.entries()) {
    for (const right of ends.slice(index + 1)) for (const a of left) for (const b of right) count += a > b ? 1 : 0;
  }
  return count;
}

// ── Places across ───────────────────────────────────────────────────────────────────────────────────────────────────

const ROUNDS = 60;

/** Things that stand exactly one above the other, of one width: bends of a lane, or one thing alone. */
interface Block {
  x: number;
  readonly members: string[];
}

/** How far two neighbours of a layer stay apart, middle to middle. */
interface Apart {
  readonly left: string;
  readonly right: string;
  readonly least: number;
}

/** The middle of each thing. Lanes become rigid blocks, so that they run straight; then every block is pulled toward what it is tied to. */
function placed(order: Order, links: readonly Link[], things: ReadonlyMap<string, Thing>, paper: Paper): Map<string, number> {
  const half = (id: string): number => (things.get(id)?.width ?? 0) / 2;
  const room = paper.width - 2 * MARGIN;
  const aparts = order.flatMap((layer) => layer.slice(1).map((right, index): Apart => {
    const left = layer[index]!;
    return { left, right, least: half(left) + spaceBetween(left, right, paper) + half(right) };
  }));
  const blocks = blocksOf(order, links, aparts, half, room);
  pullTogether(blocks, links, aparts, half, room);
  return new Map([...blocks].map(([id, { x }]) => [id, x]));
}

/** Joins bend to bend along each lane unless blocks would then stand in each other's way or need more room than the paper has. */
function blocksOf(order: Order, links: readonly Link[], aparts: readonly Apart[], half: (id: string) => number, room: number): Map<string, Block> {
  let blocks = new Map(order.flat().map((id) => [id, { x: 0, members: [id] } as Block]));
  let packed = packLeft(blocks, aparts, half, Infinity)!;
  const limit = Math.max(room, ...[...packed].map(([{ members }, x]) => x + half(members[0]!)));
  for (const { upper, lower } of links) {
    const [one, other] = [blocks.get(upper)!, blocks.get(lower)!];
    if (!isBend(upper) || !isBend(lower) || one === other) continue;
    const joined: Block = { x: 0, members: [...one.members, ...other.members] };
    const tried = new Map([...blocks].map(([id, block]) => [id, block === one || block === other ? joined : block]));
    const fits = packLeft(tried, aparts, half, limit);
    if (fits) [blocks, packed] = [tried, fits];
  }
  for (const [block, x] of packed) block.x = x;
  return blocks;
}

/** Every block as far left as its neighbours let it; null when two block each other or the paper is too narrow. */
function packLeft(blocks: ReadonlyMap<string, Block>, aparts: readonly Apart[], half: (id: string) => number, room: number): Map<Block, number> | null {
  const all = new Set(blocks.values());
  const packed = new Map([...all].map((block) => [block, half(block.members[0]!)]));
  for (let round = 0; round <= all.size; round += 1) {
    let isMoved = false;
    for (const { left, right, least } of aparts) {
      const x = packed.get(blocks.get(left)!)! + least;
      if (x <= packed.get(blocks.get(right)!)!) continue;
      packed.set(blocks.get(right)!, x);
      isMoved = true;
    }
    if (!isMoved) return [...packed].some(([{ members }, x]) => x + half(members[0]!) > room) ? null : packed;
  }
  return null;
}

/** Moves blocks, with those they push along, while the pull on them is not even. */
function pullTogether(blocks: ReadonlyMap<string, Block>, links: readonly Link[], aparts: readonly Apart[], half: (id: string) => number, room: number): void {
  const all = [...new Set(blocks.values())];
  const ties = new Map(all.map((block) => [block, [] as { readonly other: Block; readonly pull: number }[]]));
  for (const { upper, lower } of links) {
    const [one, other] = [blocks.get(upper)!, blocks.get(lower)!];
    if (one === other) continue;
    const pull = isBend(upper) && isBend(lower) ? 8 : isBend(upper) || isBend(lower) ? 2 : 3;
    ties.get(one)!.push({ other, pull });
    ties.get(other)!.push({ other: one, pull });
  }
  const between = new Map(all.map((block) => [block, { left: [] as [Block, number][], right: [] as [Block, number][] }]));
  for (const { left, right, least } of aparts) {
    between.get(blocks.get(left)!)!.right.push([blocks.get(right)!, least]);
    between.get(blocks.get(right)!)!.left.push([blocks.get(left)!, least]);
  }
  const force = (block: Block): number => ties.get(block)!.reduce((sum, { other, pull }) => sum + pull * (other.x - block.x), 0);
  const stiffness = (block: Block): number => ties.get(block)!.reduce((sum, { pull }) => sum + pull, 0);
  const wall = Math.max(room, ...all.map(({ x, members }) => x + half(members[0]!)));
  const slackOf = (block: Block, neighbour: Block, least: number): number => Math.abs(neighbour.x - block.x) - least;
  for (let round = 0, farthest = Infinity; round < ROUNDS && farthest > .2; round += 1) {
    farthest = 0;
    for (const block of round % 2 === 0 ? all : all.toReversed()) {
      const side = force(block) > 0 ? 'right' : 'left';
      const pushed = new Set([block]);
      for (const one of pushed) for (const [neighbour, least] of between.get(one)![side]) if (slackOf(one, neighbour, least) < .01) pushed.add(neighbour);
      const total = [...pushed].reduce((sum, one) => sum + force(one), 0);
      if (side === 'right' ? total <= 0 : total >= 0) continue;
      const free = [...pushed].flatMap((one) => [
        ...between.get(one)![side].filter(([neighbour]) => !pushed.has(neighbour)).map(([neighbour, least]) => slackOf(one, neighbour, least)),
        ...one.members.map((id) => (side === 'right' ? wall - one.x - half(id) : one.x - half(id))),
      ]);
      const step = Math.min(Math.abs(total) / [...pushed].reduce((sum, one) => sum + stiffness(one), 0), ...free);
      for (const one of pushed) one.x += side === 'right' ? step : -step;
      farthest = Math.max(farthest, step);
    }
  }
}

// ── Drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Band { readonly top: number; readonly bottom: number }

function drawn(input: DiagramInput, order: Order, links: readonly Link[], rawMiddles: ReadonlyMap<string, number>, things: ReadonlyMap<string, Thing>, paper: Paper): Diagram {
  const edges = order.flat().map((id) => [rawMiddles.get(id)! - (things.get(id)?.width ?? 0) / 2, rawMiddles.get(id)! + (things.get(id)?.width ?? 0) / 2] as const);
  const shift = MARGIN - Math.min(...edges.map(([left]) => left));
  const width = Math.ceil(Math.max(...edges.map(([, right]) => right)) + shift + MARGIN);
  const middles = new Map([...rawMiddles].map(([id, x]) => [id, x + shift]));
  const bands = bandsOf(order, links, middles, things, paper);
  const bandOf = new Map(order.flatMap((layer, index) => layer.map((id) => [id, bands[index]!] as const)));
  const ports = portsOf(links, middles, things);
  const placeOf = (id: string): Place => {
    const [{ width: across, height: down }, band] = [things.get(id)!, bandOf.get(id)!];
    return { x: round(middles.get(id)! - across / 2), y: round((band.top + band.bottom - down) / 2), width: across, height: down };
  };
  const edgeOf = (id: string, side: 'top' | 'bottom'): number => {
    if (isBend(id)) return bandOf.get(id)![side];
    const { y, height } = placeOf(id);
    return side === 'top' ? y : y + height;
  };
  const pathOf = (link: Link): { line: string; head: string } => {
    const [x1, x2] = [ports.get(link)!.upper, ports.get(link)!.lower];
    const [top, bottom] = [bandOf.get(link.upper)!.bottom, bandOf.get(link.lower)!.top];
    const [start, end] = [edgeOf(link.upper, 'bottom'), edgeOf(link.lower, 'top')];
    const arrives = link.part === 'out' && (link.isUp ? link.upper : link.lower).startsWith('state:');
    const [from, to] = [arrives && link.isUp ? start + HEAD : start, arrives && !link.isUp ? end - HEAD : end];
    const [curveTop, curveEnd] = [Math.max(top, from), Math.min(bottom, to)];
    const middle = round((curveTop + curveEnd) / 2);
    // A bend goes on through its own layer: each bend is drawn with the piece above it.
    const through = isBend(link.lower) ? `V${round(bandOf.get(link.lower)!.bottom)}` : '';
    const line = `M${round(x1)} ${round(from)}V${round(curveTop)}C${round(x1)} ${middle} ${round(x2)} ${middle} ${round(x2)} ${round(curveEnd)}V${round(to)}${through}`;
    return { line, head: arrives ? headAt(link.isUp ? x1 : x2, link.isUp ? start : end, link.isUp) : '' };
  };
  const last = new Set(input.steps.flatMap(({ from }) => from));
  const states = input.states.map(({ code, label }, index): StateBox => {
    const place = placeOf(stateId(code));
    return { ...place, code, lines: wordsAt(linesOf(label, STATE, STATE.widest), STATE, place, place.y + STATE.padY), isFirst: index === 0, isLast: !last.has(code) };
  });
  const steps = input.steps.map(({ action, label, who }, index): StepDrawing => {
    const place = placeOf(stepId(index));
    const name = linesOf(label, NAME, paper.words);
    const own = links.filter(({ step }) => step === index);
    const paths = own.map((link) => ({ part: link.part, ...pathOf(link) }));
    const lineOf = (part: Link['part']): string => paths.filter((path) => path.part === part).map(({ line }) => line).join('');
    return {
      ...place, action, name: wordsAt(name, NAME, place, place.y + PAD.y),
      who: wordsAt(linesOf(who, WHO, paper.words), WHO, place, place.y + PAD.y + name.length * NAME.line),
      into: lineOf('into'), out: lineOf('out'), head: paths.map(({ head }) => head).join(''), pieces: own.map(({ upper, lower }) => ({ upper, lower })),
    };
  });
  const first = states[0]!;
  const x = round(first.x + first.width / 2);
  return {
    width, height: round(bands.at(-1)!.bottom + MARGIN), states, steps,
    start: { x, y: MARGIN + 5, line: `M${x} ${MARGIN + 10}V${round(first.y - HEAD)}`, head: headAt(x, first.y, false) },
  };
}

/** Layers from top to bottom; where lines go far across, they get more height to do it in. */
function bandsOf(order: Order, links: readonly Link[], middles: ReadonlyMap<string, number>, things: ReadonlyMap<string, Thing>, paper: Paper): Band[] {
  const bands: Band[] = [];
  let y = MARGIN + START;
  for (const layer of order) {
    const height = Math.max(...layer.map((id) => things.get(id)?.height ?? 0));
    bands.push({ top: y, bottom: y + height });
    const far = Math.max(0, ...links.filter(({ upper }) => layer.includes(upper)).map(({ upper, lower }) => Math.abs(middles.get(upper)! - middles.get(lower)!)));
    y += height + round(Math.min(2.2 * paper.rise, paper.rise + far * .1));
  }
  return bands;
}

/** Where each piece leaves and enters, beside each other on a side of a box, in the order of where they go. */
function portsOf(links: readonly Link[], middles: ReadonlyMap<string, number>, things: ReadonlyMap<string, Thing>): ReadonlyMap<Link, { upper: number; lower: number }> {
  const ports = new Map(links.map((link) => [link, { upper: middles.get(link.upper)!, lower: middles.get(link.lower)! }]));
  for (const [side, other] of [['upper', 'lower'], ['lower', 'upper']] as const) {
    for (const [id, thing] of things) {
      const own = links.filter((link) => link[side] === id).toSorted((a, b) => middles.get(a[other])! - middles.get(b[other])! || a.step - b.step || (a.part < b.part ? -1 : 1));
      const space = Math.min(18, (thing.width - 28) / Math.max(1, own.length - 1));
      for (const [index, link] of own.entries()) ports.get(link)![side] += (index - (own.length - 1) / 2) * space;
    }
  }
  return ports;
}

function headAt(x: number, y: number, isUp: boolean): string {
  const base = isUp ? y + HEAD : y - HEAD;
  return `M${round(x)} ${round(y)}L${round(x - 4.5)} ${round(base)}H${round(x + 4.5)}Z`;
}

function wordsAt(lines: readonly string[], { size, line }: Font, place: Place, top: number): Words[] {
  return lines.map((text, index) => ({ text, x: round(place.x + place.width / 2), y: round(top + index * line + (line + size * .7) / 2) }));
}

const round = (value: number): number => Math.round(value * 10) / 10;
