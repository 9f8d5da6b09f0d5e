import type { CategoryCode } from '#catalogue/categories.ts';
import type { Channel } from '#catalogue/channels.ts';
import type { ArrivalMedia } from '#platform/schema.ts';

/** How the desk may answer besides the follow-up page; sealed at once (S12). */
export interface Contact {
  readonly email?: string;
  readonly phone?: string;
  readonly name?: string;
}

/** What came in by a channel other than the desk's own form, and from whom (R4); kept before it is read. */
export interface NewArrival {
  readonly channel: Channel;
  readonly media: ArrivalMedia;
  /** The desk's own address it was sent to: a mailbox, a number, the name of the counter. */
  readonly receiver: string;
  /** Address or number it came from, as far as known; sealed at once. */
  readonly sender: string | null;
  /** What the sender's system calls it (Message-ID, gateway id, form key); the same key is the same arrival. */
  readonly externalKey: string;
  /** As it came, byte by byte; null when the officer's words are all there is. */
  readonly original: Uint8Array | null;
  readonly officerId: string | null;
  /** Number in the register of incoming documents, and its year. */
  readonly document: { readonly number: number; readonly year: number } | null;
  readonly arrivedAt: Date;
  /** Facts about the way it came (results of SPF, DKIM, DMARC; size); no personal data. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A report as a channel hands it over, checked by `reportInput` (schema.ts). */
export interface NewReport {
  readonly channel: Channel;
  readonly category: CategoryCode;
  /** A first-aid situation key, so that the receipt says what to do now. */
  readonly situation: string | null;
  readonly narrative: string;
  /** What was typed as links, phones, accounts, one a line; searched for indicators beside the narrative. */
  readonly traces: string;
  readonly happenedOn: string | null;
  /** đồng */
  readonly moneyLost: number | null;
  readonly inDanger: boolean;
  readonly forChild: boolean;
  readonly communeCode: string | null;
  /** null = anonymous */
  readonly contact: Contact | null;
  readonly senderAgencyId: string | null;
  /** Ids from keepUpload, claimed by this report. */
  readonly uploads: readonly string[];
  readonly language: 'vi' | 'en';
  /** At least 16 characters of the sender's own; the same key with the same content gives the same receipt. */
  readonly idempotencyKey: string;
  /** Traces the reporter said are not the wrongdoer's: "kind key" of each; they are not kept. */
  readonly innocent?: readonly string[];
  /** The arrival this report was read from, by its id. */
  readonly arrivalId?: string | null;
}

export interface Receipt {
  readonly id: string;
  readonly code: string;
  /** Opens the follow-up page; shown once, stored as a hash. */
  readonly secret: string;
  readonly receivedAt: Date;
  /** True when this sending had arrived before. */
  readonly repeated: boolean;
}

/** A picture waiting for its report. */
export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

/** What the reporter sees by code and secret. */
export interface ReporterView {
  readonly id: string;
  readonly code: string;
  readonly state: 'received' | 'acknowledged' | 'need_info' | 'stopped' | 'erased' | 'attached' | 'answered';
  readonly category: CategoryCode;
  readonly situation: string | null;
  readonly receivedAt: Date;
  readonly dueOn: string | null;
  readonly narrative: string;
  readonly moneyLost: number | null;
  readonly happenedOn: string | null;
  readonly commune: string | null;
  readonly agency: string;
  readonly stopCode: string | null;
  readonly eraseAfter: Date | null;
  readonly attachments: readonly { id: string; name: string }[];
  /** Defanged or masked. */
  readonly indicators: readonly string[];
  readonly messages: readonly { id: string; sentBy: 'reporter' | 'desk'; body: string; at: Date }[];
  readonly steps: readonly { at: Date; to: string; reason: string | null }[];
  /** Warnings published from the case of this report. */
  readonly warnings: readonly { slug: string; title: string }[];
  /** Since when its contents are gone (S13). */
  readonly minimisedAt: Date | null;
  /** The look of another officer at a stop, asked for on this page; who it was is not told. */
  readonly review: StopReviewView | null;
}

export interface StopReviewView {
  readonly askedAt: Date;
  readonly dueOn: string;
  /** Null while it waits. */
  readonly outcome: 'kept' | 'lifted' | null;
  readonly reason: string | null;
  readonly decidedAt: Date | null;
}
