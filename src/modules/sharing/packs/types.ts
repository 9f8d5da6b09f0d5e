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
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}
