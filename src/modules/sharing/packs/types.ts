/** A pack that was made for the own agency and can be read now. */
export interface ReceivedPack {
  readonly id: string;
  readonly code: string;
  readonly byName: string;
  readonly readAt: Date | null;
  readonly expiresAt: Date;
}
