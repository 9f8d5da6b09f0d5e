import type { CategoryCode } from '#catalogue/categories.ts';
import type { Channel } from '#catalogue/channels.ts';

/** How the desk may answer besides the follow-up page; sealed at once (S12). */
export interface Contact {
  readonly email?: string;
  readonly phone?: string;
  readonly name?: string;
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
}
