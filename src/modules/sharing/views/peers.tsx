import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ErrorSummary, Form, Select, TextArea, TextField } from '#web/form.tsx';
import { formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { fingerprint } from '../packs/signing.ts';
import type { PeerRow } from '../packs/types.ts';
import { Outcome, typedIn, type Typed } from './parts.tsx';

export const PEERS_PATH = '/can-bo/phoi-hop/noi-trao-doi';

export interface PeersPageProps {
  readonly lang: Lang;
  readonly publicKey: Uint8Array;
  readonly peers: readonly PeerRow[];
  readonly provinces: readonly { readonly code: string; readonly name: string }[];
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly officerId: string;
  readonly done: string;
  readonly typed?: Typed;
}

/** The own key and the desks whose signature is believed. */
export function PeersPage(props: PeersPageProps): VNode {
  const { lang, publicKey, peers, done, typed } = props;
  const { list: t, done: words } = messages(lang).peers;
  return (
    <>
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Outcome lang={lang} done={done} typed={typed} words={words} />
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Panel title={t.own}><p>{t.ownText}</p><KeyFacts lang={lang} publicKey={publicKey} /></Panel>
      {peers.length === 0 && <Empty title={t.none}>{t.noneText}</Empty>}
      {peers.map((peer) => <OnePeer {...props} peer={peer} />)}
      <AddForm {...props} />
    </>
  );
}

function KeyFacts({ lang, publicKey }: { lang: Lang; publicKey: Uint8Array }): VNode {
  const t = messages(lang).peers.list;
  return <Kv items={[{ label: t.fingerprint, value: <b class="mono">{fingerprint(publicKey)}</b> }, { label: t.key, value: <span class="mono hash">{Buffer.from(publicKey).toString('base64')}</span> }]} />;
}

function OnePeer({ lang, peer, officerId, typed }: PeersPageProps & { readonly peer: PeerRow }): VNode {
  const t = messages(lang).peers.list;
  const state = peer.endedAt ? 'ended' : peer.confirmedAt ? 'confirmed' : 'waiting';
  const ending = typedIn(typed, `ngung-${peer.id}`);
  return (
    <Panel title={peer.name} id={peer.id} aside={<Badge tone={state === 'confirmed' ? 'moss' : state === 'waiting' ? 'amber' : 'plain'}>{t.states[state]}</Badge>}>
      <KeyFacts lang={lang} publicKey={peer.publicKey} />
      <Kv items={[
        { label: t.province, value: peer.province }, ...(peer.address ? [{ label: t.address, value: <span class="mono hash">{peer.address}</span> }] : []), { label: t.agency, value: peer.agency ?? t.noAgency },
        { label: t.adder, value: `${peer.adder}, ${formatDateTime(peer.addedAt, lang)}` }, ...(peer.confirmer ? [{ label: t.confirmer, value: `${peer.confirmer}, ${formatDateTime(peer.confirmedAt!, lang)}` }] : []),
        ...(peer.endedAt ? [{ label: t.ended, value: `${formatDateTime(peer.endedAt, lang)}: ${peer.endReason}` }] : []),
      ]} />
      {state === 'waiting' && (peer.addedBy === officerId ? <p class="hint">{t.ownAdded}</p> : (
        <Form action={`${PEERS_PATH}/${peer.id}/xac-nhan`}><p class="hint">{t.confirmHint}</p><Button>{t.confirm}</Button></Form>
      ))}
      {state !== 'ended' && (
        <Disclosure kind="danger" summary={t.end} open={Object.keys(ending.errors).length > 0}>
          <p class="hint">{t.endHint}</p>
          <Form action={`${PEERS_PATH}/${peer.id}/ngung`}>
            <TextArea lang={lang} name="reason" id={`f-reason-${peer.id}`} label={t.reason} rows={2} maxlength={500} value={ending.value('reason')} error={ending.errors.reason} />
            <Button kind="danger">{t.end}</Button>
          </Form>
        </Disclosure>
      )}
    </Panel>
  );
}

function AddForm({ lang, provinces, agencies, typed }: PeersPageProps): VNode {
  const t = messages(lang).peers.list;
  const own = typedIn(typed, 'them');
  return (
    <Panel title={t.add} id="them">
      <Form action={PEERS_PATH}>
        <TextField lang={lang} name="name" label={t.name} hint={t.nameHint} maxlength={300} value={own.value('name')} error={own.errors.name} />
        <Select lang={lang} name="province" label={t.province} prompt={t.prompt} value={own.value('province')} error={own.errors.province} options={provinces.map(({ code, name }) => ({ value: code, label: name }))} />
        <TextField lang={lang} name="key" label={t.key} hint={t.keyHint} maxlength={60} autocomplete="off" value={own.value('key')} error={own.errors.key} />
        <TextField lang={lang} name="address" label={t.address} hint={t.addressHint} optional maxlength={300} value={own.value('address')} error={own.errors.address} />
        <Select lang={lang} name="agency" label={t.agency} hint={t.agencyHint} prompt={t.noAgency} optional value={own.value('agency')} options={agencies.map(({ id, name }) => ({ value: id, label: name }))} />
        <Button>{t.submit}</Button>
      </Form>
    </Panel>
  );
}
