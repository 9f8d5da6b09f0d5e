import type { VNode } from 'preact';
import { layoutDiagram, NARROW, WIDE, type Diagram, type DiagramInput, type Words } from './state-diagram-layout.ts';

export interface StateDiagramProps {
  /** Unique on the page; ids inside begin with it. */
  id: string;
  /** Spoken name of the picture, and what it shows. */
  title: string;
  description: string;
  /** States and steps in words. */
  input: DiagramInput;
}

/**
 * A state machine as a picture, drawn twice: for a wide screen and for a phone; the stylesheet shows one. A line leads from
 * each state into a step, an arrow out of it to the state that follows. The same must stand beside it as a table.
 */
export function StateDiagram(props: StateDiagramProps): VNode {
  return (
    <div class="machine">
      <Drawing {...props} id={`${props.id}-wide`} size="wide" diagram={layoutDiagram(props.input, WIDE)} />
      <Drawing {...props} id={`${props.id}-narrow`} size="narrow" diagram={layoutDiagram(props.input, NARROW)} />
    </div>
  );
}

function Drawing({ id, title, description, size, diagram }: StateDiagramProps & { size: 'wide' | 'narrow'; diagram: Diagram }): VNode {
  const { width, height, start, states, steps } = diagram;
  return (
    <svg class={size} role="img" aria-labelledby={`${id}-title`} aria-describedby={`${id}-desc`} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      <g class="begin">
        <circle cx={start.x} cy={start.y} r="5" />
        <path class="line" d={start.line} />
        <path class="head" d={start.head} />
      </g>
      {steps.map((step) => (
        <g class="step">
          <path class="line" d={step.into} />
          <path class="line" d={step.out} />
          <path class="head" d={step.head} />
          <rect x={step.x} y={step.y} width={step.width} height={step.height} rx="10" />
          <Lines kind="name" lines={step.name} />
          <Lines kind="by" lines={step.who} />
        </g>
      ))}
      {states.map((state) => (
        <g class={state.isLast ? 'state last' : state.isFirst ? 'state first' : 'state'}>
          <rect x={state.x} y={state.y} width={state.width} height={state.height} rx={Math.min(12, state.height / 2)} />
          {state.isLast && <rect class="inner" x={state.x + 3} y={state.y + 3} width={state.width - 6} height={state.height - 6} rx="9" />}
          <Lines kind="name" lines={state.lines} />
        </g>
      ))}
    </svg>
  );
}

function Lines({ kind, lines }: { kind: 'name' | 'by'; lines: readonly Words[] }): VNode {
  return <text class={kind}>{lines.map(({ x, y, text }) => <tspan x={x} y={y}>{text}</tspan>)}</text>;
}
