import type { CategoryCode } from '#catalogue/categories.ts';
import type { PackTarget } from '#platform/schema.ts';

/** A pack that was made for the own agency and can be read now. */
export interface ReceivedPack {
  readonly id: string;
  readonly code: string;
  readonly byName: string;
  readonly readAt: Date | null;
  readonly expiresAt: Date;
}

/** How a pack stands, from its dates. */
export type PackState = 'draft' | 'refused' | 'approved' | 'made' | 'expired' | 'recalled';

/** A pack of the own agency. */
export interface PackRow {
  readonly id: string;
  readonly code: string;
  readonly state: PackState;
  readonly target: PackTarget;
  readonly recipientAgencyId: string | null;
  readonly recipientName: string;
  /** Code of the province whose desk may take it in. */
  readonly recipientProvince: string | null;
  readonly why: string;
  readonly legalGround: string;
  readonly withOriginals: boolean;
  readonly contactReportId: string | null;
  readonly contactReason: string | null;
  readonly days: number;
  readonly drafterId: string;
  readonly drafter: string;
  readonly draftedAt: Date;
  readonly approver: string | null;
  readonly approveReason: string | null;
  readonly madeAt: Date | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly expiresAt: Date | null;
  readonly readAt: Date | null;
  readonly receipt: { readonly number: string; readonly on: string; readonly office: string } | null;
  readonly recalledAt: Date | null;
  readonly recallReason: string | null;
}

/** One file of a pack. */
export interface PackFile {
  /** Path inside the ZIP: ASCII, forward slashes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a pack says of itself; signed as canonical JSON. */
export interface Manifest {
  readonly format: 'la-chan-pack/1';
  readonly id: string;
  readonly code: string;
  readonly case: string;
  /** ISO 8601 */
  readonly madeAt: string;
  readonly expiresAt: string;
  readonly by: { readonly name: string; readonly province: string; readonly publicKey: string };
  readonly for: string;
  /** Code of the province whose desk may take it in; left out for a recipient without one. */
  readonly forProvince?: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/** What a desk says of a pack it took back; signed as canonical JSON. */
export interface RecallNote {
  readonly format: 'la-chan-recall/1';
  readonly id: string;
  readonly code: string;
  /** ISO 8601 */
  readonly recalledAt: string;
  readonly reason: string;
  readonly by: { readonly name: string; readonly province: string; readonly publicKey: string };
}

/** A desk of another province. */
export interface PeerRow {
  readonly id: string;
  readonly name: string;
  readonly province: string;
  readonly publicKey: Buffer;
  readonly address: string | null;
  /** Name of the agency of the directory it belongs to. */
  readonly agency: string | null;
  readonly addedBy: string;
  readonly adder: string;
  readonly addedAt: Date;
  readonly confirmer: string | null;
  readonly confirmedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** A pack of another desk that was taken in. */
export interface IncomingRow {
  readonly id: string;
  readonly code: string;
  /** Number of the case at the sender. */
  readonly caseNumber: string;
  readonly peerName: string;
  readonly senderAgencyId: string | null;
  readonly sha256: string;
  readonly madeAt: Date;
  readonly importedAt: Date;
  readonly arrivalId: string | null;
  /** Null while it waits. */
  readonly outcome: 'accepted' | 'declined' | 'lapsed' | null;
  readonly category: CategoryCode | null;
  readonly decidedAt: Date | null;
  readonly declineReason: string | null;
  readonly reportId: string | null;
  readonly reportCode: string | null;
  readonly recalledAt: Date | null;
  readonly recallReason: string | null;
}
