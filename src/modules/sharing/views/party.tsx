import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { Button, ErrorSummary, FileField, Form } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import type { PartyCase, SentBack, SharedItem, ShareMessage } from '../types.ts';
import { SharedItems, sharedPath } from './items.tsx';
import { Outcome, SentFiles, Talk, typedIn, type Typed } from './parts.tsx';

export interface PartyPageProps {
  readonly lang: Lang;
  readonly found: PartyCase;
  readonly leadName: string;
  readonly items: readonly SharedItem[];
  readonly messages: readonly ShareMessage[];
  readonly files: readonly SentBack[];
  readonly done: string;
  readonly typed?: Typed;
}

const FILE_TYPES = '.pdf,.docx,.xlsx,.txt,image/jpeg,image/png,image/webp';

/** A case as an agency that takes part sees it: its heading, what is shared, what was said. */
export function PartyPage({ lang, found, leadName, items, messages: said, files, done, typed }: PartyPageProps): VNode {
  const { sharing: t, console } = messages(lang);
  const unread = items.filter(({ readAt }) => readAt === null);
  const path = sharedPath(found.number);
  const category = categoryOf(found.category);
  return (
    <>
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Outcome lang={lang} done={done} typed={typed} />
      <h1>{found.title}</h1>
      <Kv items={[
        { label: t.list.number, value: <span class="mono">{found.number}</span> }, { label: t.list.lead, value: leadName }, { label: t.list.part, value: t.parts[found.part] },
        { label: t.list.harm, value: category.label[lang] }, { label: t.packs.state, value: console.caseState[found.state] },
      ]} />
      <Panel title={t.party.items} id="muc">
        {unread.length > 0 && (
          <Form action={`${path}/da-doc`}>
            {unread.map(({ id }) => <input type="hidden" name="share" value={id} />)}
            <p class="hint">{t.party.readHint}</p>
            <Button>{t.party.readAll}</Button>
          </Form>
        )}
        <SharedItems lang={lang} number={found.number} items={items} receipts={unread.length > 1} />
      </Panel>
      <Talk lang={lang} title={t.party.messages} leads={false} messages={said} action={`${path}/nhan-tin`} keep={`nhan-tin-${found.number}`} typed={typed} />
      <Panel title={t.party.files} id="tep">
        <SentFiles lang={lang} number={found.number} files={files} />
        {category.storesImages && found.state !== 'closed' ? (
          <Form action={`${path}/gui-tep`} multipart>
            <FileField lang={lang} name="file" label={t.party.file} hint={t.party.fileHint} accept={FILE_TYPES} multiple={false} error={typedIn(typed, 'gui-tep').errors.file} />
            <Button kind="quiet">{t.party.upload}</Button>
          </Form>
        ) : <p class="hint">{category.storesImages ? t.errors.closed : t.party.noFiles}</p>}
      </Panel>
    </>
  );
}
