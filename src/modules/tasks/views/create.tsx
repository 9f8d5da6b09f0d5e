import type { VNode } from 'preact';
import { Button, DateField, ErrorSummary, Form, Select, TextField } from '#web/form.tsx';
import { messages } from '#web/i18n/index.ts';
import { LENGTHS } from '../lengths.ts';
import { Done, PATHS, Refused, typedValue, type TypedForm, type ViewProps } from './parts.tsx';

export interface CreateProps extends ViewProps {
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly colleagues: readonly { readonly id: string; readonly name: string }[];
  readonly agencyId: string;
  readonly typed: TypedForm | null;
}

/** A task by hand: what, who, by when. */
export function CreateView({ lang, stylesheet, agencies, colleagues, agencyId, typed }: CreateProps): VNode {
  const t = messages(lang).tasks.create;
  const value = (name: string, start = '') => typedValue(typed, 'moi', name, start);
  const errors = typed?.errors ?? {};
  return (
    <>
      <link rel="stylesheet" href={stylesheet} />
      <Refused lang={lang} typed={typed} />
      <ErrorSummary lang={lang} errors={errors} />
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Form action={PATHS.create} class="narrow" keep="giao-viec" lang={lang}>
        <TextField lang={lang} name="title" label={t.what} hint={t.whatHint} maxlength={LENGTHS.title} value={value('title')} error={errors.title} />
        <Select lang={lang} name="agency" label={t.agency} prompt={false} value={value('agency', agencyId)} error={errors.agency} options={agencies.map(({ id, name }) => ({ value: id, label: name }))} />
        <Select lang={lang} name="officer" label={t.officer} hint={t.officerHint} optional prompt={t.focal} value={value('officer')} error={errors.officer}
          options={colleagues.map(({ id, name }) => ({ value: id, label: name }))} />
        <DateField lang={lang} name="due" label={t.due} hint={t.dueHint} value={value('due')} error={errors.due} />
        <TextField lang={lang} name="case" label={t.case} hint={t.caseHint} optional code width="medium" maxlength={24} value={value('case')} error={errors.case} />
        <Button>{t.send}</Button>
      </Form>
    </>
  );
}

export interface SettingsProps {
  readonly lang: ViewProps['lang'];
  readonly leader: number;
  readonly coordinator: number;
  readonly typed: TypedForm | null;
  readonly done: string;
}

/** After how many working days lateness is told on. */
export function SettingsView({ lang, leader, coordinator, typed, done }: SettingsProps): VNode {
  const t = messages(lang).tasks.settings;
  const errors = typed?.errors ?? {};
  return (
    <>
      <Done lang={lang} done={done} />
      <Refused lang={lang} typed={typed} />
      <ErrorSummary lang={lang} errors={errors} />
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Form action={PATHS.settings}>
        <TextField lang={lang} name="leader" label={t.leader} hint={t.leaderHint} inputmode="numeric" width="short" value={typedValue(typed, 'cai-dat', 'leader', String(leader))} error={errors.leader} />
        <TextField lang={lang} name="coordinator" label={t.coordinator} hint={t.coordinatorHint} inputmode="numeric" width="short"
          value={typedValue(typed, 'cai-dat', 'coordinator', String(coordinator))} error={errors.coordinator} />
        <TextField lang={lang} name="reason" label={t.reason} maxlength={500} value={typedValue(typed, 'cai-dat', 'reason')} error={errors.reason} />
        <Button>{messages(lang).common.button.save}</Button>
      </Form>
    </>
  );
}
