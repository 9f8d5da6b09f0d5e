import { createHash } from 'node:crypto';
import type { CategoryCode } from '#catalogue/categories.ts';
import type { Said } from './types.ts';

/** Types of XARF v4.2.0 that say what a category is; for the others the letter alone goes. */
const TYPES: Readonly<Partial<Record<CategoryCode, Readonly<Record<string, string>>>>> = {
  scam: { type: 'fraud', fraud_type: 'other' }, phishing_impersonation: { type: 'phishing' }, malware_attack: { type: 'malware' },
};

/** Who sends, beside the agency's name. */
export interface XarfSender {
  readonly contact: string;
  /** Words for people in the report: citation, page, code. At most 1000 characters. */
  readonly description: string;
}

/**
 * One XARF v4 report for each address a notice names (xarf.org, specification v4.2.0, content types), without evidence and without
 * anybody's words; empty where the category or the locators have no type there. The same notice gives the same reports.
 * @param noticeId names the reports; @param at when the notice was made
 */
export function xarfReports(says: Said, noticeId: string, at: Date, { contact, description }: XarfSender): Record<string, unknown>[] {
  const type = TYPES[says.category];
  if (!type) return [];
  const party = { org: (says.agency.nameEn || says.agency.name).slice(0, 200), contact, domain: contact.slice(contact.lastIndexOf('@') + 1) };
  return says.locators.filter(({ kind }) => kind === 'url' || kind === 'domain').map(({ id, kind, shown }) => {
    const host = shown.split(/[/?]/, 1)[0]!;
    return {
      xarf_version: '4.2.0', report_id: uuidOf(`${noticeId}|${id}`), timestamp: at.toISOString(), reporter: party, sender: party, source_identifier: host,
      category: 'content', ...type, url: new URL(`http://${shown}`).href, domain: host.replace(/:\d+$/, ''), description: description.slice(0, 1000),
      tags: [`measure:${says.measure.toLowerCase()}`, `scope:${kind}`],
    };
  });
}

/** A UUID made from a name, marked as version 4 since XARF takes no other (RFC 9562, 5.8 would be version 8). */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${((parseInt(hex[16]!, 16) & 3) | 8).toString(16)}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
