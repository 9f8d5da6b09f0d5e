/**
 * The agencies of Cao Bằng as a starting directory for the demonstration and for a first installation.
 * Names and dates: REGULATION.md (lead agency), Quyết định 14/2021/QĐ-UBND, the reorganisations of 01/3/2025 and 01/7/2025.
 * @NOTE every date, name and law here is to be checked by the deployment and by a lawyer (`lawyerChecked: false`).
 * Contacts are samples: addresses end in `.example`, telephone numbers are invented.
 */
import { CATEGORY_CODES, type CategoryCode } from './categories.ts';
import type { Label } from './label.ts';
import { LAST_DISTRICTS_04 } from './units/aliases-04.ts';
import { communesOf, UNITS_VALID_FROM } from './units/index.ts';

export const AGENCY_LEVELS = [
  'province', 'department', 'police', 'commune', 'district', 'company', 'bank', 'press', 'central',
] as const;
export type AgencyLevel = (typeof AGENCY_LEVELS)[number];

/** A name with its days of validity, both inclusive; `to: null` is today's name. */
export interface AgencyName {
  readonly name: string;
  readonly short: string;
  readonly nameEn: string;
  readonly from: string;
  readonly to: string | null;
}

/** A sample contact; never a real address or number. */
export interface AgencyContact {
  readonly kind: 'email' | 'phone';
  readonly value: string;
  readonly sample: true;
}

/** An agency with its lifetime (days inclusive), names and, when it has ended, the agencies its duties went to. */
export interface Agency {
  readonly key: string;
  readonly level: AgencyLevel;
  readonly names: readonly AgencyName[];
  readonly parentKey?: string;
  readonly from: string;
  readonly to: string | null;
  readonly successors?: readonly string[];
  readonly communeCode?: string;
  readonly contacts: readonly AgencyContact[];
}

/** `coordinate`: receives reports, runs the gate and decides measures for the province; `lead`: the field's own authority. */
export type CompetenceRole = 'coordinate' | 'lead' | 'support';

/** Where a competence holds: the province, one commune (GSO code), or a former district (agency key). */
export type Territory =
  | { readonly kind: 'province'; readonly code: string }
  | { readonly kind: 'commune'; readonly code: string }
  | { readonly kind: 'district'; readonly code: string };

/** One agency's part in one kind of harm, in one territory, between two days (inclusive), with why and by which law. */
export interface Competence {
  readonly agencyKey: string;
  readonly category: CategoryCode;
  readonly role: CompetenceRole;
  readonly territory: Territory;
  readonly from: string;
  readonly to: string | null;
  readonly reason: Label;
  readonly law: string;
  readonly lawyerChecked: false;
}

export const PROVINCE_CODE = '04';
/** The directory begins when the last ten districts all existed; it is no agency's founding day. */
export const DIRECTORY_FROM = '2020-03-01';
/** The coordination regulation's first day as the catalogue has it (`QD14`); the exact day is to be checked. */
export const REGULATION_FROM = '2021-07-01';
/** Sở Thông tin và Truyền thông merged into Sở Khoa học và Công nghệ; see the note at `so-tttt`. */
export const SO_TTTT_MERGED_ON = '2025-03-01';

const MERGER = SO_TTTT_MERGED_ON;
const BEFORE_MERGER = '2025-02-28';
const BEFORE_UNITS = '2025-06-30';

type NameRow = readonly [name: string, short: string, nameEn: string, from?: string, to?: string | null];

interface Row {
  readonly key: string;
  readonly level: AgencyLevel;
  readonly names: readonly NameRow[];
  readonly parentKey?: string;
  readonly from?: string;
  readonly to?: string;
  readonly successors?: readonly string[];
  readonly communeCode?: string;
}

const ROWS: readonly Row[] = [
  {
    key: 'hdnd-tinh', level: 'province',
    names: [['Hội đồng nhân dân tỉnh Cao Bằng', 'HĐND tỉnh', 'People’s Council of Cao Bang Province']],
  },
  {
    key: 'ubnd-tinh', level: 'province',
    names: [['Ủy ban nhân dân tỉnh Cao Bằng', 'UBND tỉnh', 'People’s Committee of Cao Bang Province']],
  },
  {
    key: 'so-vhttdl', level: 'department', parentKey: 'ubnd-tinh',
    names: [['Sở Văn hóa, Thể thao và Du lịch', 'Sở VHTTDL', 'Department of Culture, Sports and Tourism']],
  },
  {
    // Merged on 01/3/2025, yet the regulation's sources name it as lead until 01/7/2025: the directory keeps it to that day
    // so that a report about those months prints the lead the regulation names. @NOTE the four months are to be checked.
    key: 'so-tttt', level: 'department', parentKey: 'ubnd-tinh', to: BEFORE_UNITS,
    successors: ['so-vhttdl', 'so-khcn', 'cong-an-tinh'],
    names: [['Sở Thông tin và Truyền thông', 'Sở TTTT', 'Department of Information and Communications']],
  },
  {
    key: 'cong-an-tinh', level: 'police', parentKey: 'ubnd-tinh',
    names: [['Công an tỉnh Cao Bằng', 'Công an tỉnh', 'Cao Bang Provincial Police']],
  },
  {
    key: 'pa05', level: 'police', parentKey: 'cong-an-tinh',
    names: [[
      'Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao, Công an tỉnh Cao Bằng', 'PA05',
      'Cybersecurity and High-Tech Crime Prevention Division, Cao Bang Provincial Police',
    ]],
  },
  {
    key: 'so-cong-thuong', level: 'department', parentKey: 'ubnd-tinh',
    names: [['Sở Công Thương', 'Sở Công Thương', 'Department of Industry and Trade']],
  },
  {
    key: 'qltt', level: 'department', parentKey: 'so-cong-thuong',
    names: [
      ['Cục Quản lý thị trường tỉnh Cao Bằng', 'Cục QLTT', 'Cao Bang Market Surveillance Agency', DIRECTORY_FROM, BEFORE_MERGER],
      ['Chi cục Quản lý thị trường, Sở Công Thương tỉnh Cao Bằng', 'Chi cục QLTT', 'Market Surveillance Sub-Department, Cao Bang', MERGER],
    ],
  },
  {
    key: 'so-khcn', level: 'department', parentKey: 'ubnd-tinh',
    names: [['Sở Khoa học và Công nghệ', 'Sở KHCN', 'Department of Science and Technology']],
  },
  {
    key: 'so-tu-phap', level: 'department', parentKey: 'ubnd-tinh',
    names: [['Sở Tư pháp', 'Sở Tư pháp', 'Department of Justice']],
  },
  {
    key: 'so-y-te', level: 'department', parentKey: 'ubnd-tinh',
    names: [['Sở Y tế', 'Sở Y tế', 'Department of Health']],
  },
  {
    key: 'so-gddt', level: 'department', parentKey: 'ubnd-tinh',
    names: [['Sở Giáo dục và Đào tạo', 'Sở GDĐT', 'Department of Education and Training']],
  },
  {
    key: 'so-noi-vu', level: 'department', parentKey: 'ubnd-tinh',
    names: [['Sở Nội vụ', 'Sở Nội vụ', 'Department of Home Affairs']],
  },
  {
    key: 'so-ldtbxh', level: 'department', parentKey: 'ubnd-tinh', to: BEFORE_MERGER, successors: ['so-noi-vu', 'so-y-te'],
    names: [['Sở Lao động - Thương binh và Xã hội', 'Sở LĐTBXH', 'Department of Labour, Invalids and Social Affairs']],
  },
  {
    key: 'so-nnmt', level: 'department', parentKey: 'ubnd-tinh', from: MERGER,
    names: [['Sở Nông nghiệp và Môi trường', 'Sở NNMT', 'Department of Agriculture and Environment']],
  },
  {
    key: 'so-nnptnt', level: 'department', parentKey: 'ubnd-tinh', to: BEFORE_MERGER, successors: ['so-nnmt'],
    names: [['Sở Nông nghiệp và Phát triển nông thôn', 'Sở NNPTNT', 'Department of Agriculture and Rural Development']],
  },
  {
    key: 'so-tai-chinh', level: 'department', parentKey: 'ubnd-tinh',
    names: [['Sở Tài chính', 'Sở Tài chính', 'Department of Finance']],
  },
  {
    key: 'thanh-tra-tinh', level: 'department', parentKey: 'ubnd-tinh',
    names: [['Thanh tra tỉnh Cao Bằng', 'Thanh tra tỉnh', 'Cao Bang Provincial Inspectorate']],
  },
  {
    key: 'bo-chqs', level: 'central',
    names: [['Bộ Chỉ huy quân sự tỉnh Cao Bằng', 'Bộ CHQS tỉnh', 'Cao Bang Provincial Military Command']],
  },
  {
    key: 'bien-phong', level: 'central', parentKey: 'bo-chqs',
    names: [
      ['Bộ Chỉ huy Bộ đội Biên phòng tỉnh Cao Bằng', 'Bộ CH BĐBP tỉnh', 'Cao Bang Border Guard Command', DIRECTORY_FROM, BEFORE_UNITS],
      ['Ban Chỉ huy Bộ đội Biên phòng tỉnh Cao Bằng', 'Ban CH BĐBP tỉnh', 'Cao Bang Border Guard Command Board', UNITS_VALID_FROM],
    ],
  },
  {
    key: 'hai-quan', level: 'central',
    names: [
      ['Cục Hải quan tỉnh Cao Bằng', 'Hải quan Cao Bằng', 'Cao Bang Customs Department', DIRECTORY_FROM, BEFORE_MERGER],
      ['Chi cục Hải quan khu vực VI', 'Hải quan KV VI', 'Customs Sub-Department of Region VI', MERGER],
    ],
  },
  {
    key: 'nhnn', level: 'central',
    names: [
      ['Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Cao Bằng', 'NHNN Cao Bằng', 'State Bank of Vietnam, Cao Bang Branch', DIRECTORY_FROM, BEFORE_MERGER],
      ['Ngân hàng Nhà nước Việt Nam - Khu vực 5', 'NHNN KV 5', 'State Bank of Vietnam, Region 5', MERGER],
    ],
  },
  {
    key: 'bo-vhttdl', level: 'central',
    names: [['Bộ Văn hóa, Thể thao và Du lịch', 'Bộ VHTTDL', 'Ministry of Culture, Sports and Tourism']],
  },
  {
    key: 'a05', level: 'central',
    names: [[
      'Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao, Bộ Công an', 'A05',
      'Department of Cybersecurity and High-Tech Crime Prevention, Ministry of Public Security',
    ]],
  },
  {
    key: 'vnnic', level: 'central',
    names: [['Trung tâm Internet Việt Nam', 'VNNIC', 'Viet Nam Internet Network Information Center']],
  },
  {
    key: 'bao-ptth', level: 'press', from: UNITS_VALID_FROM,
    names: [['Báo và Phát thanh, Truyền hình Cao Bằng', 'Báo và PT, TH Cao Bằng', 'Cao Bang Newspaper, Radio and Television']],
  },
  {
    key: 'bao-cao-bang', level: 'press', to: BEFORE_UNITS, successors: ['bao-ptth'],
    names: [['Báo Cao Bằng', 'Báo Cao Bằng', 'Cao Bang Newspaper']],
  },
  {
    key: 'dai-ptth', level: 'press', to: BEFORE_UNITS, successors: ['bao-ptth'],
    names: [['Đài Phát thanh - Truyền hình Cao Bằng', 'Đài PTTH Cao Bằng', 'Cao Bang Radio and Television']],
  },
  { key: 'vnpt', level: 'company', names: [['VNPT Cao Bằng', 'VNPT', 'VNPT Cao Bang']] },
  { key: 'viettel', level: 'company', names: [['Viettel Cao Bằng', 'Viettel', 'Viettel Cao Bang']] },
  { key: 'mobifone', level: 'company', names: [['MobiFone tỉnh Cao Bằng', 'MobiFone', 'MobiFone Cao Bang']] },
  { key: 'fpt-telecom', level: 'company', names: [['FPT Telecom - Chi nhánh Cao Bằng', 'FPT Telecom', 'FPT Telecom, Cao Bang Branch']] },
  { key: 'dien-luc', level: 'company', names: [['Công ty Điện lực Cao Bằng', 'Điện lực', 'Cao Bang Power Company']] },
  { key: 'buu-dien', level: 'company', names: [['Bưu điện tỉnh Cao Bằng', 'Bưu điện tỉnh', 'Cao Bang Post']] },
  { key: 'vietcombank', level: 'bank', names: [['Vietcombank - Chi nhánh Cao Bằng', 'Vietcombank', 'Vietcombank, Cao Bang Branch']] },
  { key: 'agribank', level: 'bank', names: [['Agribank - Chi nhánh tỉnh Cao Bằng', 'Agribank', 'Agribank, Cao Bang Branch']] },
  { key: 'bidv', level: 'bank', names: [['BIDV - Chi nhánh Cao Bằng', 'BIDV', 'BIDV, Cao Bang Branch']] },
];

/** The agency key of a commune's People's Committee. */
export function communeAgencyKey(communeCode: string): string {
  return `ubnd-${communeCode}`;
}

/** The agency key of a former district's People's Committee, from the district's key in aliases-04.ts. */
export function districtAgencyKey(districtKey: string): string {
  return `ubnd-${districtKey}`;
}

/** "Xã Hòa An" → "xã Hòa An", "Phường" → "phường"; NĐ 30/2020 Phụ lục II writes the type small inside a longer name. */
function inner(fullName: string): string {
  return fullName.charAt(0).toLowerCase() + fullName.slice(1);
}

const COMMUNE_ROWS: readonly Row[] = communesOf(PROVINCE_CODE).map((unit) => ({
  key: communeAgencyKey(unit.code), level: 'commune', parentKey: 'ubnd-tinh', from: UNITS_VALID_FROM, communeCode: unit.code,
  names: [[`Ủy ban nhân dân ${inner(unit.fullName)}`, `UBND ${inner(unit.fullName)}`, `People’s Committee of ${unit.fullNameEn}`]],
}));

const DISTRICT_ROWS: readonly Row[] = LAST_DISTRICTS_04.map((district) => ({
  key: districtAgencyKey(district.key), level: 'district', parentKey: 'ubnd-tinh', to: district.to,
  successors: [...district.communes, ...district.partly].map(communeAgencyKey),
  names: [[`Ủy ban nhân dân ${inner(district.name)}`, `UBND ${inner(district.name)}`, `People’s Committee of ${district.nameEn}`]],
}));

/** Sample contacts; the running number makes the invented telephone number (0206 3850 000–099). */
function contactsOf(key: string, index: number): AgencyContact[] {
  const email: AgencyContact = { kind: 'email', value: `${key}@caobang.example`, sample: true };
  if (index > 99) return [email];
  return [email, { kind: 'phone', value: `0206 3850 ${String(index).padStart(3, '0')}`, sample: true }];
}

function agencyOf(row: Row, index: number): Agency {
  const from = row.from ?? DIRECTORY_FROM;
  const to = row.to ?? null;
  const names = row.names.map(([name, short, nameEn, nameFrom = from, nameTo = to]) => (
    { name, short, nameEn, from: nameFrom, to: nameTo }
  ));
  const { key, level, parentKey, successors, communeCode } = row;
  return { key, level, names, parentKey, from, to, successors, communeCode, contacts: contactsOf(key, index) };
}

/** All agencies of the directory: provincial and central ones, companies, banks, press, 56 communes, 10 former districts. */
export const AGENCIES: readonly Agency[] = [...ROWS, ...COMMUNE_ROWS, ...DISTRICT_ROWS].map(agencyOf);

const BY_KEY: ReadonlyMap<string, Agency> = new Map(AGENCIES.map((agency) => [agency.key, agency]));

/** The agency with this key, or undefined. */
export function agencyByKey(key: string): Agency | undefined {
  return BY_KEY.get(key);
}

/** Whether a period (days inclusive, ISO `yyyy-mm-dd`) holds on a day. */
export function holdsOn(period: { readonly from: string; readonly to: string | null }, day: string): boolean {
  return period.from <= day && (period.to === null || day <= period.to);
}

/** The agency's name on a day; for a day outside its life the nearest one, so that an old report always prints a name. */
export function agencyNameOn(agency: Agency, day: string): AgencyName {
  const current = agency.names.find((name) => holdsOn(name, day));
  return current ?? (day < agency.from ? agency.names[0]! : agency.names.at(-1)!);
}

/** Who coordinates (REGULATION.md, Actors): one lead agency on every day from the start of the regulation. */
export const COORDINATION_LEAD: readonly { readonly agencyKey: string; readonly from: string; readonly to: string | null }[] = [
  { agencyKey: 'so-tttt', from: REGULATION_FROM, to: BEFORE_UNITS },
  { agencyKey: 'so-vhttdl', from: UNITS_VALID_FROM, to: null },
];

/** The key of the lead agency on a day, or undefined before the regulation. */
export function leadAgencyOn(day: string): string | undefined {
  return COORDINATION_LEAD.find((period) => holdsOn(period, day))?.agencyKey;
}

// --- Competence: harm × territory × time -------------------------------------------------------------------------------

const QD14 = 'Quyết định 14/2021/QĐ-UBND';
const LAW_CHANGE = '2026-07-01';
const BEFORE_LAW_CHANGE = '2026-06-30';

/** A span of a competence: first day, last day, law. Split where the law changes, so that the date of the act finds the text in force. */
type Span = readonly [from: string, to: string | null, law: string];

interface CompetenceRow {
  readonly agencyKey: string;
  readonly categories: readonly CategoryCode[];
  readonly role: CompetenceRole;
  readonly reason: Label;
  readonly spans: readonly Span[];
}

const POLICE_LAW: readonly Span[] = [
  [REGULATION_FROM, BEFORE_LAW_CHANGE, `${QD14} Đ3.4, Đ5.4; Bộ luật Tố tụng hình sự 2015; Luật An ninh mạng 24/2018/QH14`],
  [LAW_CHANGE, null, `${QD14} Đ3.4, Đ5.4; Bộ luật Tố tụng hình sự 2015; Luật An ninh mạng 116/2025/QH15; NĐ 330/2026 (từ 19/8/2026)`],
];
const INFORMATION_LAW_BEFORE: Span = [REGULATION_FROM, BEFORE_UNITS, `${QD14} Đ5.1; NĐ 15/2020 sửa bởi NĐ 14/2022`];
const INFORMATION_LAW_AFTER: readonly Span[] = [
  [UNITS_VALID_FROM, BEFORE_LAW_CHANGE, `${QD14} Đ5.1; NĐ 15/2020 sửa bởi NĐ 14/2022; NĐ 147/2024 Đ24.4`],
  [LAW_CHANGE, null, `${QD14} Đ5.1; NĐ 174/2026 Chương VI mục 2; NĐ 147/2024 Đ24.4`],
];
const SINCE_REGULATION = (law: string): readonly Span[] => [[REGULATION_FROM, null, `${QD14} Đ5.7; ${law}`]];

const COMPETENCE_ROWS: readonly CompetenceRow[] = [
  {
    agencyKey: 'cong-an-tinh', role: 'lead', categories: ['scam', 'threat_harassment', 'intimate_images'], spans: POLICE_LAW,
    reason: {
      vi: 'Việc có dấu hiệu tội phạm do cơ quan Công an tiếp nhận và giải quyết.',
      en: 'Matters with signs of a crime are received and settled by the police.',
    },
  },
  {
    agencyKey: 'so-tttt', role: 'lead', categories: ['malware_attack'],
    spans: [[REGULATION_FROM, BEFORE_MERGER, `${QD14} Đ5.1; Luật An toàn thông tin mạng 86/2015/QH13; NĐ 15/2020`]],
    reason: {
      vi: 'Sở quản lý nhà nước về an toàn thông tin mạng trong tỉnh đến hết tháng 02/2025.',
      en: 'The department was responsible for network information security in the province until February 2025.',
    },
  },
  {
    agencyKey: 'cong-an-tinh', role: 'lead', categories: ['malware_attack'],
    spans: [
      [MERGER, BEFORE_LAW_CHANGE, `${QD14} Đ5.4; Luật An ninh mạng 24/2018/QH14; Luật An toàn thông tin mạng 86/2015/QH13`],
      [LAW_CHANGE, null, `${QD14} Đ5.4; Luật An ninh mạng 116/2025/QH15 Đ17, Đ18; NĐ 330/2026 Đ16, Đ19 (từ 19/8/2026)`],
    ],
    reason: {
      vi: 'Từ 01/3/2025, ngành Công an quản lý an toàn thông tin mạng và ứng cứu sự cố.',
      en: 'Since 1 March 2025 the police are responsible for network information security and incidents.',
    },
  },
  {
    agencyKey: 'so-tttt', role: 'lead', categories: ['personal_data_abuse'],
    spans: [[REGULATION_FROM, '2023-06-30', `${QD14} Đ5.1; Luật An toàn thông tin mạng 86/2015/QH13; NĐ 15/2020`]],
    reason: {
      vi: 'Trước Nghị định 13/2023, Sở xử lý vi phạm về thông tin cá nhân trên mạng.',
      en: 'Before Decree 13/2023 the department handled breaches of personal information online.',
    },
  },
  {
    agencyKey: 'cong-an-tinh', role: 'lead', categories: ['personal_data_abuse'],
    spans: [
      ['2023-07-01', '2025-12-31', `${QD14} Đ5.4; NĐ 13/2023`],
      ['2026-01-01', null, `${QD14} Đ5.4; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; NĐ 356/2025; NĐ 330/2026 Mục 6 (từ 19/8/2026)`],
    ],
    reason: {
      vi: 'Ngành Công an là cơ quan chuyên trách bảo vệ dữ liệu cá nhân.',
      en: 'The police are the dedicated authority for personal data protection.',
    },
  },
  {
    agencyKey: 'so-tttt', role: 'lead',
    categories: ['phishing_impersonation', 'illegal_gambling_ads', 'false_emergency_alert', 'spam_calls_messages'],
    spans: [INFORMATION_LAW_BEFORE],
    reason: {
      vi: 'Cơ quan chủ trì; quản lý thông tin trên mạng và viễn thông trong tỉnh.',
      en: 'Lead agency; responsible for online information and telecommunications in the province.',
    },
  },
  {
    agencyKey: 'so-vhttdl', role: 'lead',
    categories: ['phishing_impersonation', 'illegal_gambling_ads', 'false_emergency_alert'], spans: INFORMATION_LAW_AFTER,
    reason: {
      vi: 'Cơ quan chủ trì; quản lý thông tin điện tử và quảng cáo trong tỉnh.',
      en: 'Lead agency; responsible for online information and advertising in the province.',
    },
  },
  {
    agencyKey: 'so-khcn', role: 'lead', categories: ['spam_calls_messages'],
    spans: [
      [UNITS_VALID_FROM, BEFORE_LAW_CHANGE, `${QD14} Đ5.7; Luật Viễn thông 24/2023/QH15; NĐ 91/2020`],
      [LAW_CHANGE, null, `${QD14} Đ5.7; Luật Viễn thông 24/2023/QH15; NĐ 174/2026 Đ34; TT 08/2026/TT-BKHCN`],
    ],
    reason: {
      vi: 'Sở quản lý viễn thông trong tỉnh và làm việc với các nhà mạng.',
      en: 'The department is responsible for telecommunications in the province and works with the operators.',
    },
  },
  {
    agencyKey: 'qltt', role: 'lead', categories: ['counterfeit_unlicensed_goods'],
    spans: SINCE_REGULATION('Pháp lệnh Quản lý thị trường 11/2016/UBTVQH13; NĐ 98/2020 sửa bởi NĐ 17/2022'),
    reason: {
      vi: 'Quản lý thị trường kiểm tra, xử lý hàng giả, hàng cấm, hàng không rõ nguồn gốc.',
      en: 'Market surveillance inspects and handles counterfeit, banned and untraceable goods.',
    },
  },
  {
    agencyKey: 'so-tttt', role: 'support',
    categories: ['scam', 'counterfeit_unlicensed_goods', 'intimate_images', 'threat_harassment'], spans: [INFORMATION_LAW_BEFORE],
    reason: {
      vi: 'Cơ quan chủ trì phối hợp: tiếp nhận, phân loại, gửi đề nghị tới nền tảng.',
      en: 'Coordinating lead: receives, sorts, and sends requests to platforms.',
    },
  },
  {
    agencyKey: 'so-tttt', role: 'support', categories: ['personal_data_abuse'],
    spans: [['2023-07-01', BEFORE_UNITS, `${QD14} Đ5.1; NĐ 13/2023`]],
    reason: {
      vi: 'Cơ quan chủ trì phối hợp: tiếp nhận, phân loại, gửi đề nghị tới nền tảng.',
      en: 'Coordinating lead: receives, sorts, and sends requests to platforms.',
    },
  },
  {
    agencyKey: 'so-tttt', role: 'support', categories: ['malware_attack'], spans: [[MERGER, BEFORE_UNITS, `${QD14} Đ5.1`]],
    reason: {
      vi: 'Cơ quan chủ trì phối hợp: tiếp nhận, phân loại, gửi đề nghị tới nền tảng.',
      en: 'Coordinating lead: receives, sorts, and sends requests to platforms.',
    },
  },
  {
    agencyKey: 'so-vhttdl', role: 'support',
    categories: [
      'scam', 'malware_attack', 'personal_data_abuse', 'counterfeit_unlicensed_goods', 'spam_calls_messages',
      'intimate_images', 'threat_harassment',
    ],
    spans: INFORMATION_LAW_AFTER,
    reason: {
      vi: 'Cơ quan chủ trì phối hợp: tiếp nhận, phân loại, gửi đề nghị tới nền tảng.',
      en: 'Coordinating lead: receives, sorts, and sends requests to platforms.',
    },
  },
  {
    agencyKey: 'cong-an-tinh', role: 'support',
    categories: ['phishing_impersonation', 'illegal_gambling_ads', 'counterfeit_unlicensed_goods', 'spam_calls_messages'],
    spans: POLICE_LAW,
    reason: {
      vi: 'Tiếp nhận hồ sơ khi việc có dấu hiệu tội phạm và trả lời kết quả.',
      en: 'Takes over the file when there are signs of a crime, and replies with the result.',
    },
  },
  {
    agencyKey: 'so-khcn', role: 'support', categories: ['phishing_impersonation', 'malware_attack'],
    spans: [[MERGER, null, `${QD14} Đ5.7; Luật Viễn thông 24/2023/QH15; NĐ 147/2024 Đ12`]],
    reason: {
      vi: 'Đầu mối về tên miền, viễn thông và chuyển đổi số trong tỉnh.',
      en: 'Contact point for domain names, telecommunications and digital transformation in the province.',
    },
  },
  {
    agencyKey: 'so-cong-thuong', role: 'support', categories: ['counterfeit_unlicensed_goods', 'scam'],
    spans: SINCE_REGULATION('NĐ 52/2013 sửa bởi NĐ 85/2021 (thương mại điện tử)'),
    reason: {
      vi: 'Quản lý thương mại điện tử và bảo vệ người tiêu dùng trong tỉnh.',
      en: 'Responsible for e-commerce and consumer protection in the province.',
    },
  },
  {
    agencyKey: 'so-y-te', role: 'support', categories: ['counterfeit_unlicensed_goods', 'false_emergency_alert'],
    spans: SINCE_REGULATION('Luật Dược; Luật An toàn thực phẩm; Luật Phòng, chống bệnh truyền nhiễm (bản đang có hiệu lực)'),
    reason: {
      vi: 'Xác nhận thuốc, thực phẩm chức năng và thông tin chính thức về dịch bệnh.',
      en: 'Confirms medicines and supplements, and the official facts about epidemics.',
    },
  },
  {
    agencyKey: 'so-y-te', role: 'support', categories: ['intimate_images'],
    spans: [[MERGER, null, `${QD14} Đ5.7; Luật Trẻ em 102/2016/QH13`]],
    reason: {
      vi: 'Bảo vệ trẻ em và hỗ trợ người bị ảnh hưởng (nhận từ Sở LĐTBXH).',
      en: 'Child protection and support for the person affected (taken over from the labour department).',
    },
  },
  {
    agencyKey: 'so-ldtbxh', role: 'support', categories: ['intimate_images', 'threat_harassment'],
    spans: [[REGULATION_FROM, BEFORE_MERGER, `${QD14} Đ5.7; Luật Trẻ em 102/2016/QH13`]],
    reason: {
      vi: 'Bảo vệ trẻ em và hỗ trợ người bị ảnh hưởng trong tỉnh.',
      en: 'Child protection and support for the person affected in the province.',
    },
  },
  {
    agencyKey: 'so-noi-vu', role: 'support', categories: ['scam'],
    spans: [[MERGER, null, `${QD14} Đ5.7; Luật Người lao động Việt Nam đi làm việc ở nước ngoài 69/2020/QH14`]],
    reason: {
      vi: 'Xác nhận tin tuyển dụng, đưa người đi làm việc ở nước ngoài.',
      en: 'Confirms recruitment and labour-export offers.',
    },
  },
  {
    agencyKey: 'so-gddt', role: 'support', categories: ['threat_harassment', 'intimate_images', 'scam'],
    spans: SINCE_REGULATION('Luật Giáo dục 43/2019/QH14; Luật Trẻ em 102/2016/QH13'),
    reason: {
      vi: 'Hỗ trợ khi người bị ảnh hưởng là học sinh, giáo viên.',
      en: 'Supports when the person affected is a pupil or a teacher.',
    },
  },
  {
    agencyKey: 'so-nnmt', role: 'support', categories: ['false_emergency_alert', 'counterfeit_unlicensed_goods'],
    spans: [[MERGER, null, `${QD14} Đ5.7; Luật Phòng, chống thiên tai 33/2013/QH13; Luật Trồng trọt; Luật Chăn nuôi`]],
    reason: {
      vi: 'Cung cấp thông tin chính thức về thiên tai; xác nhận giống, phân bón, thuốc thú y.',
      en: 'Gives the official facts about disasters; confirms seeds, fertiliser and veterinary medicine.',
    },
  },
  {
    agencyKey: 'so-nnptnt', role: 'support', categories: ['false_emergency_alert', 'counterfeit_unlicensed_goods'],
    spans: [[REGULATION_FROM, BEFORE_MERGER, `${QD14} Đ5.7; Luật Phòng, chống thiên tai 33/2013/QH13; Luật Trồng trọt; Luật Chăn nuôi`]],
    reason: {
      vi: 'Cung cấp thông tin chính thức về thiên tai; xác nhận giống, phân bón, thuốc thú y.',
      en: 'Gives the official facts about disasters; confirms seeds, fertiliser and veterinary medicine.',
    },
  },
  {
    agencyKey: 'hai-quan', role: 'support', categories: ['counterfeit_unlicensed_goods'],
    spans: SINCE_REGULATION('Luật Hải quan 54/2014/QH13'),
    reason: { vi: 'Kiểm soát hàng hóa qua cửa khẩu.', en: 'Controls goods at the border gates.' },
  },
  {
    agencyKey: 'bien-phong', role: 'support', categories: ['scam', 'counterfeit_unlicensed_goods'],
    spans: SINCE_REGULATION('Luật Biên phòng Việt Nam 66/2020/QH14'),
    reason: {
      vi: 'Hỗ trợ việc lừa đưa người qua biên giới và hàng hóa ở khu vực biên giới.',
      en: 'Helps with luring people across the border and with goods in the border area.',
    },
  },
  {
    agencyKey: 'nhnn', role: 'support', categories: ['scam', 'phishing_impersonation', 'personal_data_abuse'],
    spans: SINCE_REGULATION('Luật Ngân hàng Nhà nước 46/2010/QH12; NĐ 52/2024 (từ 01/7/2024)'),
    reason: {
      vi: 'Đầu mối với các ngân hàng trong tỉnh khi cần chặn dòng tiền.',
      en: 'Contact point for the banks of the province when money must be stopped.',
    },
  },
  {
    agencyKey: 'so-tu-phap', role: 'support', categories: ['phishing_impersonation', 'personal_data_abuse'],
    spans: SINCE_REGULATION('Luật Xử lý vi phạm hành chính 15/2012/QH13 sửa bởi 67/2020/QH14'),
    reason: {
      vi: 'Cho ý kiến pháp lý khi các cơ quan hiểu thẩm quyền khác nhau.',
      en: 'Gives a legal opinion when agencies differ about competence.',
    },
  },
  ...['vnpt', 'viettel', 'mobifone', 'fpt-telecom'].map((agencyKey): CompetenceRow => ({
    agencyKey, role: 'support', categories: ['spam_calls_messages', 'phishing_impersonation', 'malware_attack'],
    spans: SINCE_REGULATION('NĐ 91/2020; NĐ 147/2024 Đ23.6 (từ 25/12/2024)'),
    reason: {
      vi: 'Nhà mạng chặn số, tên miền hoặc mã độc khi có yêu cầu đúng thẩm quyền.',
      en: 'The operator blocks a number, domain or malware on a competent request.',
    },
  })),
  ...['vietcombank', 'agribank', 'bidv'].map((agencyKey): CompetenceRow => ({
    agencyKey, role: 'support', categories: ['scam', 'phishing_impersonation'],
    spans: SINCE_REGULATION('Luật Các tổ chức tín dụng; NĐ 52/2024; TT 17/2024/TT-NHNN (bản đang có hiệu lực)'),
    reason: {
      vi: 'Ngân hàng tra soát giao dịch và cảnh báo khách hàng của mình.',
      en: 'The bank traces transfers and warns its own customers.',
    },
  })),
];

const PROVINCE: Territory = { kind: 'province', code: PROVINCE_CODE };
const LOCAL_REASON: Label = {
  vi: 'Xác minh, hỗ trợ người dân và báo kết quả trong địa bàn mình.',
  en: 'Verifies, helps people and reports the result within its own area.',
};

/** Communes support every category in their own area since 01/7/2025; districts did before (REGULATION.md R15). */
const LOCAL_COMPETENCES: readonly Competence[] = CATEGORY_CODES.flatMap((category) => [
  ...communesOf(PROVINCE_CODE).map((unit): Competence => ({
    agencyKey: communeAgencyKey(unit.code), category, role: 'support', territory: { kind: 'commune', code: unit.code },
    from: UNITS_VALID_FROM, to: null, reason: LOCAL_REASON, lawyerChecked: false,
    law: `${QD14} Đ5.7; Luật Tổ chức chính quyền địa phương 72/2025/QH15`,
  })),
  ...LAST_DISTRICTS_04.map((district): Competence => ({
    agencyKey: districtAgencyKey(district.key), category, role: 'support', territory: { kind: 'district', code: district.key },
    from: REGULATION_FROM, to: district.to, reason: LOCAL_REASON, lawyerChecked: false,
    law: `${QD14} Đ5.7; Luật Tổ chức chính quyền địa phương 77/2015/QH13`,
  })),
]);

/** The coordinating lead receives, verifies with others and warns, for every category (QĐ 14/2021 Đ5.1). */
const COORDINATION: readonly Competence[] = COORDINATION_LEAD.flatMap(({ agencyKey, from, to }) => CATEGORY_CODES.map((category): Competence => ({
  agencyKey, category, role: 'coordinate', territory: PROVINCE, from, to, lawyerChecked: false,
  law: `${QD14} Đ4.5, Đ5.1`,
  reason: {
    vi: 'Cơ quan chủ trì tiếp nhận, tổng hợp và cảnh báo trong địa bàn tỉnh.',
    en: 'The lead agency receives, coordinates and warns within the province.',
  },
})));

/** Which agency answers for which harm, where and when. One `lead` per category on every day from REGULATION_FROM. */
export const COMPETENCES: readonly Competence[] = [
  ...COMPETENCE_ROWS.flatMap(({ agencyKey, categories, role, reason, spans }) => categories.flatMap((category) => (
    spans.map(([from, to, law]): Competence => (
      { agencyKey, category, role, territory: PROVINCE, from, to, reason, law, lawyerChecked: false }
    ))
  ))),
  ...COORDINATION,
  ...LOCAL_COMPETENCES,
];

/** The competences for a category on a day: province-wide ones and, when a commune is given, that commune's. */
export function competencesOn(category: CategoryCode, day: string, communeCode?: string): readonly Competence[] {
  return COMPETENCES.filter((competence) => (
    competence.category === category && holdsOn(competence, day)
    && (competence.territory.kind === 'province' || competence.territory.code === communeCode)
  ));
}

/** The agency key that leads for a category on a day, or undefined before the regulation. */
export function leadFor(category: CategoryCode, day: string): string | undefined {
  return competencesOn(category, day).find((competence) => competence.role === 'lead')?.agencyKey;
}
