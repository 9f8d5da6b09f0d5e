/**
 * Aggregated figures that a security operations centre or an agency reports for a period (regulation R23): counts, never cases. The lists are closed;
 * none of them counts people, opinions or posts.
 */
import type { Label } from './label.ts';

/** What is counted, with the word after a number. English has a form for one. */
export const UNITS = [
  { code: 'incident', label: { vi: 'vụ', en: 'incidents' }, one: 'incident' },
  { code: 'case', label: { vi: 'trường hợp', en: 'cases' }, one: 'case' },
  { code: 'connection', label: { vi: 'kết nối', en: 'connections' }, one: 'connection' },
  { code: 'domain', label: { vi: 'tên miền', en: 'domains' }, one: 'domain' },
  { code: 'machine', label: { vi: 'máy', en: 'machines' }, one: 'machine' },
  { code: 'site', label: { vi: 'trang', en: 'sites' }, one: 'site' },
  { code: 'dong', label: { vi: 'đồng', en: 'dong' }, one: 'dong' },
] as const satisfies readonly { code: string; label: Label; one: string }[];

export type UnitCode = (typeof UNITS)[number]['code'];

/** How exact a figure is, with the word before the number; the empty code is exact. */
export const QUALIFIERS = [
  { code: '', label: { vi: '', en: '' } },
  { code: 'more_than', label: { vi: 'hơn', en: 'more than' } },
  { code: 'about', label: { vi: 'khoảng', en: 'about' } },
  { code: 'less_than', label: { vi: 'dưới', en: 'fewer than' } },
] as const satisfies readonly { code: string; label: Label }[];

export type QualifierCode = (typeof QUALIFIERS)[number]['code'];

/** All qualifier codes. */
export const QUALIFIER_CODES = QUALIFIERS.map(({ code }) => code) as [QualifierCode, ...QualifierCode[]];

export interface FigureKind {
  readonly code: string;
  readonly label: Label;
  readonly unit: UnitCode;
}

/** The figures the desk takes, each in one unit. */
export const FIGURE_KINDS = [
  { code: 'phishing_sites', label: { vi: 'Trang giả mạo phát hiện', en: 'Phishing sites found' }, unit: 'site' },
  { code: 'domains_verified', label: { vi: 'Tên miền đang xác minh', en: 'Domains being verified' }, unit: 'domain' },
  { code: 'c2_connections', label: { vi: 'Kết nối tới máy chủ điều khiển mã độc (C&C)', en: 'Connections to command-and-control servers (C&C)' },
    unit: 'connection' },
  { code: 'miner_connections', label: { vi: 'Kết nối đào tiền ảo', en: 'Cryptocurrency miner connections' }, unit: 'connection' },
  { code: 'worm_connections', label: { vi: 'Kết nối của sâu máy tính (như WannaCry)', en: 'Worm connections (such as WannaCry)' }, unit: 'connection' },
  { code: 'botnet_connections', label: { vi: 'Kết nối mạng máy tính ma (botnet)', en: 'Botnet connections' }, unit: 'connection' },
  { code: 'infected_machines', label: { vi: 'Máy nhiễm mã độc', en: 'Machines infected with malware' }, unit: 'machine' },
  { code: 'attacks', label: { vi: 'Tấn công mạng ghi nhận', en: 'Network attacks recorded' }, unit: 'incident' },
  { code: 'vulnerabilities', label: { vi: 'Lỗ hổng cần khắc phục', en: 'Vulnerabilities to be fixed' }, unit: 'case' },
  { code: 'fraud_incidents', label: { vi: 'Lừa đảo trực tuyến ghi nhận', en: 'Online frauds recorded' }, unit: 'incident' },
  { code: 'fraud_loss', label: { vi: 'Thiệt hại do lừa đảo trực tuyến', en: 'Losses to online fraud' }, unit: 'dong' },
] as const satisfies readonly FigureKind[];

export type FigureCode = (typeof FIGURE_KINDS)[number]['code'];

/** All figure codes. */
export const FIGURE_CODES = FIGURE_KINDS.map(({ code }) => code) as [FigureCode, ...FigureCode[]];

/** The kind with this code. */
export function figureKind(code: FigureCode): (typeof FIGURE_KINDS)[number] {
  return FIGURE_KINDS.find((kind) => kind.code === code)!;
}
