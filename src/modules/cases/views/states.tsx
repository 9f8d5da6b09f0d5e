import type { VNode } from 'preact';
import { MACHINES, type Machine, type MachineName } from '#core/machines.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { diagramOf, performersText, stateWord } from '#web/machine-words.ts';
import { Panel } from '#web/panel.tsx';
import { StateDiagram } from '#web/state-diagram.tsx';
import { statesHref } from '#web/states-help.tsx';
import { DataTable } from '#web/table.tsx';

/**
 * Every state machine as a picture and, below it, as a table: both from what the product runs on.
 * @param props.stylesheet address of `machines.css`, which only this page needs
 */
export function StatesPage({ lang, stylesheet }: { lang: Lang; stylesheet: string }): VNode {
  const t = messages(lang).machines;
  return (
    <>
      <link rel="stylesheet" href={stylesheet} />
      <h1>{t.title}</h1>
      <p class="hint">{t.lead}</p>
      <StateLinks lang={lang} />
      <p class="hint">{t.reading}</p>
      {MACHINES.map((machine) => <MachinePanel lang={lang} machine={machine} />)}
    </>
  );
}

/** A link to each diagram. */
export function StateLinks({ lang }: { lang: Lang }): VNode {
  return (
    <nav aria-label={messages(lang).machines.jump}>
      <ul class="filters">
        {MACHINES.map(({ entity, label }) => <li><a href={statesHref(entity)}>{label[lang]}</a></li>)}
      </ul>
    </nav>
  );
}

function MachinePanel({ lang, machine }: { lang: Lang; machine: Machine & { readonly entity: MachineName } }): VNode {
  const t = messages(lang).machines;
  const name = machine.label[lang];
  const word = (state: string): string => stateWord(lang, machine.entity, state);
  return (
    <Panel title={name} id={machine.entity}>
      <p class="hint">{t.what[machine.entity]}</p>
      <StateDiagram id={`machine-${machine.entity}`} title={t.picture(name)} input={diagramOf(lang, machine)}
        description={t.pictureText(machine.states.length, machine.transitions.length, word(machine.states[0]!))} />
      <DataTable lang={lang} caption={t.table(name)} showCaption rows={machine.transitions} rowKey={(row) => row.action} columns={[
        { key: 'action', label: t.action, card: 'title', cell: (row) => <b>{row.label[lang]}</b> },
        { key: 'from', label: t.from, cell: (row) => row.from.map(word).join(', ') },
        { key: 'to', label: t.to, nowrap: true, cell: (row) => word(row.to) },
        { key: 'by', label: t.by, cell: (row) => performersText(lang, row) },
        { key: 'reason', label: t.reason, nowrap: true, cell: (row) => t.reasons[row.reason] },
      ]} />
    </Panel>
  );
}
