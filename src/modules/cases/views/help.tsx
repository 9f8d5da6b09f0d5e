import type { VNode } from 'preact';
import { GATE_QUESTIONS, type GateQuestion } from '#catalogue/gate.ts';
import { ROLES } from '#catalogue/roles.ts';
import { TRANSITIONS, type Entity, type Performer, type Transition } from '#core/transitions.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kbd } from '#web/kbd.tsx';
import { DataTable } from '#web/table.tsx';

/** Keys, states and the gate, all from the tables the product runs on. */
export function HelpPage({ lang }: { lang: Lang }): VNode {
  const { console: { help: t }, common: { keys } } = messages(lang);
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
      <h2>{t.states}</h2>
      <p class="hint">{t.statesLead}</p>
      <States lang={lang} entity="report" />
      <States lang={lang} entity="case" />
      <States lang={lang} entity="decision" />
      <h2>{t.gate}</h2>
      <p class="hint">{t.gateLead}</p>
      <DataTable lang={lang} caption={t.gate} rows={GATE_QUESTIONS} rowKey={(row: GateQuestion) => row.code} columns={[
        { key: 'question', label: t.gateQuestion, card: 'title', cell: (row) => row.question[lang] },
        { key: 'told', label: t.gateTold, cell: (row) => row.told[lang] },
      ]} />
    </>
  );
}

function States({ lang, entity }: { lang: Lang; entity: Entity }): VNode {
  const t = messages(lang).console;
  const names: Readonly<Record<string, string>> = { report: t.reportState, case: t.caseState, decision: t.decisionState }[entity];
  const rows = TRANSITIONS[entity] as readonly Transition<string>[];
  return (
    <DataTable lang={lang} caption={t.help.entity[entity]} showCaption rows={rows} rowKey={(row) => row.action} columns={[
      { key: 'action', label: t.help.action, card: 'title', cell: (row) => <b>{row.label[lang]}</b> },
      { key: 'from', label: t.help.from, cell: (row) => row.from.map((state) => names[state]).join(', ') },
      { key: 'to', label: t.help.to, cell: (row) => names[row.to] },
      { key: 'by', label: t.help.by, cell: (row) => row.by.map((performer) => performerName(lang, performer)).join(', ') },
      { key: 'reason', label: t.help.reason, cell: (row) => t.help.reasons[row.reason] },
    ]} />
  );
}

function performerName(lang: Lang, performer: Performer): string {
  const { actors } = messages(lang).console;
  if (performer === 'reporter' || performer === 'system') return actors[performer];
  return ROLES.find(({ code }) => code === performer)?.label[lang] ?? performer;
}
