import type { VNode } from 'preact';
import { GATE_QUESTIONS, type GateQuestion } from '#catalogue/gate.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kbd } from '#web/kbd.tsx';
import { DataTable } from '#web/table.tsx';
import { StateLinks } from './states.tsx';

/** Keys, the way to the diagrams of states, and the gate from the table the product runs on. */
export function HelpPage({ lang }: { lang: Lang }): VNode {
  const { console: { help: t }, common: { keys }, machines } = messages(lang);
  const rows: { names: string[]; text: string }[] = [
    { names: ['j', 'k'], text: keys.moveLong }, { names: ['Enter'], text: keys.openLong }, { names: ['/'], text: keys.searchLong }, { names: ['?'], text: keys.helpLong },
  ];
  return (
    <>
      <h1>{t.title}</h1>
      <h2>{t.keys}</h2>
      <DataTable lang={lang} caption={t.keys} cards={false} rows={rows} rowKey={(row) => row.text} columns={[
        { key: 'key', label: t.key, nowrap: true, cell: (row) => row.names.map((name) => <><Kbd>{name}</Kbd>{' '}</>) },
        { key: 'does', label: t.does, cell: (row) => row.text },
      ]} />
      <h2>{machines.title}</h2>
      <p class="hint">{machines.lead}</p>
      <StateLinks lang={lang} />
      <h2>{t.gate}</h2>
      <p class="hint">{t.gateLead}</p>
      <DataTable lang={lang} caption={t.gate} rows={GATE_QUESTIONS} rowKey={(row: GateQuestion) => row.code} columns={[
        { key: 'question', label: t.gateQuestion, card: 'title', cell: (row) => row.question[lang] },
        { key: 'told', label: t.gateTold, cell: (row) => row.told[lang] },
      ]} />
    </>
  );
}
