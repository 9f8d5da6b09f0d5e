import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { SignatureCheck, TemplateState } from '#platform/schema.ts';
import type { DocumentKind, Urgency } from '#web/docx/letter.ts';

export const REGISTER_PATH = '/can-bo/so-van-ban';
export const OUT_PATH = `${REGISTER_PATH}/di`;
export const IN_PATH = `${REGISTER_PATH}/den`;
export const FOLLOW_PATH = `${REGISTER_PATH}/theo-doi`;
export const TEMPLATES_PATH = '/can-bo/mau-van-ban';

/** From and to, both included, `yyyy-mm-dd`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** A row of the outgoing register, or one that waits for its number. */
export interface OutgoingRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly urgency: Urgency | null;
  readonly addressees: readonly string[];
  readonly signer: string;
  readonly href: string;
  readonly isByHand: boolean;
  readonly reservedBy: string;
  readonly reservedAt: Date;
  readonly number: number | null;
  readonly symbol: string;
  readonly issuedOn: string | null;
  readonly registeredAt: Date | null;
  readonly issuedBy: string | null;
  readonly gapReason: string | null;
  readonly copies: number | null;
  readonly keptBy: string;
  readonly dispatchedOn: string | null;
  readonly receipt: string;
  readonly note: string;
  readonly cancelReason: string | null;
  readonly cancelledAt: Date | null;
  readonly corrects: { readonly id: string; readonly number: number; readonly symbol: string } | null;
}

/** A row of the incoming register; what a channel numbered has no row of its own until somebody passes it on. */
export interface IncomingRow {
  /** Of the row, else of the arrival. */
  readonly id: string;
  readonly arrivalId: string | null;
  /** Whether the register has a row of its own for it. */
  readonly isOwn: boolean;
  /** How it arrived, for what a channel took. */
  readonly media: string | null;
  readonly reportCode: string | null;
  readonly year: number;
  readonly number: number;
  readonly arrivedOn: string;
  readonly issuer: string | null;
  readonly code: string;
  readonly issuedOn: string | null;
  readonly kind: string;
  readonly title: string | null;
  readonly urgency: Urgency | null;
  readonly recipient: string;
  readonly officerId: string | null;
  readonly officer: string | null;
  readonly passedOn: string | null;
  readonly receipt: string;
  readonly note: string;
  readonly dueOn: string | null;
  readonly progress: string;
  readonly answerCode: string;
  readonly answeredOn: string | null;
  readonly registeredAt: Date;
  readonly cancelReason: string | null;
}

/** What poppler found of one signature. */
export interface Signature {
  /** `valid`: nothing changed since; `altered`: changed after signing; `unclear`: could not be judged. */
  readonly result: 'valid' | 'altered' | 'unclear';
  /** Whether the certificate leads to one that this machine trusts; nothing is said about the signer when not. */
  readonly certificate: 'trusted' | 'unknown' | 'bad';
  /** Common name on the certificate. */
  readonly name: string;
  /** ISO 8601, as the signer's machine said. */
  readonly at: string | null;
  /** Whether the signature covers the whole file: something was added after it otherwise. */
  readonly whole: boolean;
}

/** A file of a row. */
export interface FiledDocument {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly by: string;
  readonly at: Date;
  readonly check: SignatureCheck;
  readonly signatures: readonly Signature[];
}

/** A template of an agency. */
export interface TemplateRow {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly bytes: number;
  readonly tags: readonly string[];
  readonly state: TemplateState;
  readonly uploadedBy: { readonly id: string; readonly name: string };
  readonly uploadedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

/** What an upper room does when a document is given to somebody; handed in by src/modules.ts, which knows the tasks. */
export interface FollowUp {
  /** Sets the task of an officer, in place of one that is open for the same document. */
  readonly open: (tx: Tx, actor: OfficerActor, task: {
    readonly officerId: string; readonly sourceId: string; readonly code: string; readonly title: string; readonly href: string; readonly dueOn: string; readonly urgent: boolean;
  }) => Promise<void>;
  /** Ends it: answered, or with the reason why nothing is left to do. */
  readonly end: (tx: Tx, actor: OfficerActor, sourceId: string, cancelled?: string) => Promise<void>;
}
