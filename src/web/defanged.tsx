import type { VNode } from 'preact';
import { type Lang, messages } from './i18n/index.ts';

export interface DefangedProps {
  lang?: Lang;
  /** Scheme, user part and subdomains: `https://login.` */
  before?: string;
  /** The part somebody registered: `vneid-capnhat.example`; also a whole IP address. */
  registrable: string;
  /** Port, path, query. */
  after?: string;
  /** Without the highlight, inside dense lists. */
  quiet?: boolean;
}

// Characters that would make the address look like another: C0, DEL, C1, zero-width, direction marks and overrides.
// oxlint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

// Preact types the attribute as a boolean, and then leaves `false` out.
const NO_TRANSLATION = { translate: 'no' as unknown as boolean };

const show = (text: string): string => text.replace(HIDDEN, (c) => encodeURIComponent(c));
const dots = (text: string): string => text.replace(/(?<!\[)\.(?!\])/g, '[.]');

/** Makes a scheme harmless (`hxxps://`) and breaks the dots of the names after it; what is defanged already stays. */
function defangBefore(text: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:(?:\/\/)?/i.exec(text)?.[0] ?? '';
  return scheme.replace(/^http/i, 'hxxp').replace(/^ftp/i, 'fxp') + dots(text.slice(scheme.length));
}

/** An address under report: defanged, the registrable part highlighted, never a link. Takes it live or defanged already. */
export function Defanged({ lang, before = '', registrable, after = '', quiet }: DefangedProps): VNode {
  return (
    <span class={quiet ? 'url quiet' : 'url'} dir="ltr" {...NO_TRANSLATION}>
      {lang && <span class="vh">{messages(lang).common.defanged} </span>}
      {before && <i>{show(defangBefore(before))}</i>}
      <b>{show(dots(registrable))}</b>
      {after && <i>{show(after)}</i>}
    </span>
  );
}
