import type { StatusCode } from './status-codes.ts';

/** A field of text: its name here, its element there, its longest length in characters. */
type TextField = readonly [key: string, element: string, most: number];
type Texts<F extends readonly TextField[]> = { readonly [Key in F[number][0]]: string };

/*
 * Lengths are those of Nghị định 30/2020/NĐ-CP, annex VI, where it names the field (OrganId 13, OrganName 200, CodeNumber 11, CodeNotation 30,
 * Subject 500, TypeName 100, Position 100, FullName 50, Description 500, ToPlaces 1000 together); the others are ours.
 */

/** `From` and `To`. */
export const ORGAN_FIELDS = [
  ['organId', 'OrganId', 13], ['organizationInCharge', 'OrganizationInCharge', 200], ['organName', 'OrganName', 200], ['organAdd', 'OrganAdd', 250],
  ['email', 'Email', 100], ['telephone', 'Telephone', 50], ['fax', 'Fax', 50], ['website', 'Website', 100],
] as const satisfies readonly TextField[];

/** `Code`. */
export const CODE_FIELDS = [['codeNumber', 'CodeNumber', 11], ['codeNotation', 'CodeNotation', 30]] as const satisfies readonly TextField[];

/** `SignerInfo`. */
export const SIGNER_FIELDS = [
  ['competence', 'Competence', 100], ['position', 'Position', 100], ['fullName', 'FullName', 50],
] as const satisfies readonly TextField[];

/** `StaffInfo`: the clerk who sent, a contact of the office. */
export const STAFF_FIELDS = [
  ['department', 'Department', 200], ['staff', 'Staff', 100], ['mobile', 'Mobile', 50], ['email', 'Email', 100],
] as const satisfies readonly TextField[];

export type Organ = Texts<typeof ORGAN_FIELDS>;
export type Code = Texts<typeof CODE_FIELDS>;
export type SignerInfo = Texts<typeof SIGNER_FIELDS>;
export type StaffInfo = Texts<typeof STAFF_FIELDS>;

/** Lengths of the fields that stand alone. */
export const MOST = {
  documentId: 80, place: 100, typeName: 100, subject: 500, content: 20_000, toPlaces: 1000, sphere: 200, typerNotation: 50, appendix: 200,
  code: 42, reason: 500, description: 500, attachmentName: 255, contentType: 150, contentId: 150,
} as const;

/** Counts and sizes. A file beyond the last three is not read; of the other lists the first are kept, with a warning. */
export const LIMITS = {
  to: 500, toPlaces: 500, appendixes: 100, responseFor: 50, trace: 500, warnings: 100,
  attachments: 20, attachmentBytes: 40 * 1024 * 1024, fileBytes: 60 * 1024 * 1024,
} as const;

/** Priority 0 normal to 4. */
export const HIGHEST_PRIORITY = 4;

/** `OtherInfo`; null where the sender says nothing. */
export interface OtherInfo {
  readonly priority: number | null;
  readonly sphereOfPromulgation: string;
  readonly typerNotation: string;
  readonly promulgationAmount: number | null;
  readonly pageAmount: number | null;
  readonly direction: boolean | null;
  readonly appendixes: readonly string[];
}

/** A document this one answers. */
export interface ResponseFor {
  readonly organId: string;
  /** Number and notation in one, as `120/SVHTTDL-QLTTBCXB`. */
  readonly code: string;
  readonly promulgatedOn: string | null;
  readonly documentId: string;
}

/** A station of the document's way. */
export interface TraceHeader {
  readonly organId: string;
  readonly at: Date | null;
}

/** `Bussiness` (spelt so in the standard's implementations): what the sending is for. */
export interface Business {
  /** 0 new, 1 recall, 2 update, 3 replacement. */
  readonly docType: number | null;
  readonly reason: string;
  /** The document recalled, updated or replaced. */
  readonly documentId: string;
  /** 1 when paper follows. */
  readonly paper: number | null;
  readonly staff: StaffInfo | null;
}

export interface Attachment {
  /** Without `cid:`. */
  readonly contentId: string;
  readonly contentType: string;
  readonly name: string;
  readonly description: string;
  readonly content: Uint8Array;
}

/** Something in a readable file that is not as it should be; `at` is the element. */
export interface Warning {
  readonly at: string;
  readonly reason: 'missing' | 'too_long' | 'date_unreadable' | 'number_unreadable' | 'repeated' | 'too_many' | 'attachment_missing' | 'code_unknown';
}

/** An official document as it travels. Days are yyyy-mm-dd; texts are '' where the sender says nothing. */
export interface EDocument {
  readonly kind: 'document';
  readonly from: Organ;
  readonly to: readonly Organ[];
  /** `OrganId,yyyy/MM/dd,number/notation`; `documentIdOf` makes it. */
  readonly documentId: string;
  readonly code: Code;
  readonly place: string;
  readonly promulgatedOn: string | null;
  readonly documentType: { readonly type: number | null; readonly typeDetail: number | null; readonly typeName: string };
  readonly subject: string;
  readonly content: string;
  readonly signer: SignerInfo;
  readonly dueOn: string | null;
  readonly toPlaces: readonly string[];
  readonly other: OtherInfo;
  readonly responseFor: readonly ResponseFor[];
  /** 1 none, 2 steering, 3 report on steering. */
  readonly steeringType: number | null;
  readonly trace: readonly TraceHeader[];
  readonly business: Business | null;
  readonly attachments: readonly Attachment[];
  /** `Signature` or `DigitalSignature` as it stands in the file, NOT verified: it proves nothing here. */
  readonly signature: string | null;
  readonly warnings: readonly Warning[];
}

/** What a receiver reports about a document. */
export interface EStatus {
  readonly kind: 'status';
  readonly from: Organ;
  readonly responseFor: readonly ResponseFor[];
  /** Null when the file has a code that is not in the table. */
  readonly statusCode: StatusCode | null;
  readonly description: string;
  readonly at: Date | null;
  readonly staff: StaffInfo | null;
  readonly warnings: readonly Warning[];
}

/** A document to write: without what only reading gives. */
export type NewDocument = Omit<EDocument, 'kind' | 'signature' | 'warnings'>;
/** A status to write. */
export type NewStatus = Omit<EStatus, 'kind' | 'warnings' | 'statusCode'> & { readonly statusCode: StatusCode };
