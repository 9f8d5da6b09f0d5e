import type { CompetenceRole } from '#catalogue/agencies-cao-bang.ts';
import type { CategoryCode } from '#catalogue/categories.ts';
import type { AgencyLevel } from '#platform/schema.ts';

// Days are `yyyy-mm-dd`, calendar days in Vietnam; every `to` is the last day (inclusive), null = still so.

/** What an agency is called on some day. */
export interface AgencyNames {
  readonly name: string;
  readonly shortName: string;
  readonly nameEn: string;
}

/** Who writes a letter and where it sits, as printed at its top. */
export interface Letterhead extends AgencyNames {
  /** The agency directly above, if any: "Ủy ban nhân dân tỉnh Cao Bằng". */
  readonly parent: string | null;
  readonly parentEn: string | null;
  /** "Cao Bằng" */
  readonly place: string;
  readonly placeEn: string;
}

/** A harm, a place (a commune, or only the province) and the day that counts: of the facts, or of the act. */
export interface CompetenceQuestion {
  readonly category: CategoryCode;
  readonly communeCode: string | null;
  readonly provinceCode: string;
  readonly on: string;
}

/** One agency's part in the answer to a {@link CompetenceQuestion}. */
export interface Responsible extends AgencyNames {
  readonly competenceId: string;
  readonly agencyId: string;
  readonly level: AgencyLevel;
  /** The strongest part the agency has. */
  readonly role: CompetenceRole;
  /** Whether it is also the one that receives and coordinates for the province (an agency may lead and coordinate). */
  readonly coordinates: boolean;
  readonly scope: 'commune' | 'province';
  /** Full name of the commune or province for which the competence holds. */
  readonly territory: string;
  readonly territoryEn: string;
  readonly law: string;
  readonly whyVi: string;
  readonly whyEn: string;
  readonly from: string;
  readonly to: string | null;
  /** The agency that held this part and ended before the day, when it came to this one by succession. */
  readonly formerly: (AgencyNames & { readonly agencyId: string; readonly endedOn: string }) | null;
}

/** A commune found by what people write; `formerDistrict` when it was found by the district it lay in until 2025. */
export interface Place {
  readonly code: string;
  readonly provinceCode: string;
  readonly name: string;
  readonly fullName: string;
  readonly fullNameEn: string;
  readonly formerDistrict: string | null;
}

/** A commune with the key under which it is searched (`searchKey` of its full name, then of its name). */
export interface CommuneRow extends Omit<Place, 'formerDistrict'> {
  readonly search: string;
}

/** An agency in the list. */
export interface AgencyListRow extends AgencyNames {
  readonly id: string;
  readonly key: string;
  readonly level: AgencyLevel;
  /** Short name of the agency above it. */
  readonly parent: string | null;
  readonly parentEn: string | null;
  readonly from: string;
  readonly to: string | null;
  /** Whether it acted on the day asked for; a search also finds those that had ended. */
  readonly acting: boolean;
}

/** An agency as another one refers to it. */
export interface AgencyLink {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
}

export interface NamePeriod extends AgencyNames {
  readonly from: string;
  readonly to: string | null;
}

/** A competence of one agency; the same reason and law for several communes or harms are several rows. */
export interface CompetenceRow {
  readonly category: CategoryCode;
  readonly role: CompetenceRole;
  readonly territory: string;
  readonly territoryEn: string;
  readonly law: string;
  readonly whyVi: string;
  readonly whyEn: string;
  readonly from: string;
  readonly to: string | null;
}

export interface AgencyDetail {
  readonly id: string;
  readonly key: string;
  readonly level: AgencyLevel;
  readonly from: string;
  readonly to: string | null;
  readonly names: readonly NamePeriod[];
  /** Today's name; the last one of an agency that has ended. */
  readonly current: AgencyNames;
  readonly parent: AgencyLink | null;
  readonly successors: readonly AgencyLink[];
  readonly predecessors: readonly AgencyLink[];
  readonly contacts: readonly { readonly kind: 'email' | 'phone'; readonly value: string }[];
  readonly competences: readonly CompetenceRow[];
  /** Focal officers of today (R3, R8), the first one before deputies; empty for contexts that may not see officers. */
  readonly focal: readonly FocalOfficer[];
}

export interface FocalOfficer {
  readonly name: string;
  readonly email: string;
  readonly deputy: boolean;
  readonly from: string;
}
