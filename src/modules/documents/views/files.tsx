import type { VNode } from 'preact';
import { Badge, type Tone } from '#web/badge.tsx';
import { Button, FileField, Form } from '#web/form.tsx';
import { formatBytes, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import type { FiledDocument, Signature } from '../types.ts';
import { errorsOf, type Typed } from './parts.tsx';

const TONES: Readonly<Record<Signature['result'], Tone>> = { valid: 'moss', altered: 'rose', unclear: 'amber' };
export const FILE_ACCEPT = 'application/pdf,image/jpeg,image/png,image/webp';

/** Files of a row: what each is, what the check of its signatures found, and a form for one more. `path` is the page of the row. */
export function FilesPanel({ lang, path, files, adds, typed }: { lang: Lang; path: string; files: readonly FiledDocument[]; adds: boolean; typed: Typed | null }): VNode {
  const t = messages(lang).registers.files;
  return (
    <Panel title={t.title} id="tep">
      {files.length === 0 ? <p class="hint">{t.none}</p> : <ul class="filed">{files.map((file) => <li><OneFile lang={lang} path={path} file={file} adds={adds} /></li>)}</ul>}
      {adds && (
        <Form action={`${path}/tep`} multipart label={t.add}>
          <FileField lang={lang} name="tep" label={t.file} hint={t.hint} accept={FILE_ACCEPT} multiple={false} error={errorsOf(typed, 'tep')['tep']} />
          <Button kind="quiet">{t.add}</Button>
        </Form>
      )}
    </Panel>
  );
}

function OneFile({ lang, path, file, adds }: { lang: Lang; path: string; file: FiledDocument; adds: boolean }): VNode {
  const t = messages(lang).registers.files;
  const mayRepeat = adds && (file.check === 'unavailable' || file.check === 'failed');
  return (
    <>
      <p><a href={`${path}/tep/${file.id}`} download>{file.name}</a> ({formatBytes(file.bytes, lang)})</p>
      <p class="hint">{t.by(file.by, formatDateTime(file.at, lang))}</p>
      <p>{file.check === 'unavailable' || file.check === 'failed' ? <Badge tone="amber">{t.states[file.check]}</Badge> : t.states[file.check]}</p>
      {file.signatures.length > 0 && <ul>{file.signatures.map((one) => <li><OneSignature lang={lang} signature={one} /></li>)}</ul>}
      {mayRepeat && <Form action={`${path}/tep/${file.id}`}><Button kind="quiet" small>{t.again}</Button></Form>}
    </>
  );
}

function OneSignature({ lang, signature }: { lang: Lang; signature: Signature }): VNode {
  const t = messages(lang).registers.files;
  const when = signature.at === null ? t.noTime : formatDateTime(new Date(signature.at), lang);
  return (
    <>
      <Badge tone={TONES[signature.result]}>{t.results[signature.result]}</Badge> <bdi>{t.signedBy(signature.name || t.noName, when)}</bdi>
      <br /><small>{t.certificates[signature.certificate]}{!signature.whole && <>. {t.part}</>}</small>
    </>
  );
}
