import type { Label } from './label.ts';

/** What an officer may be in an agency (issue: identity). A person may hold several roles, never all of them in one decision. */
export const ROLES = [
  { code: 'intake', label: { vi: 'Tiếp nhận', en: 'Intake' } },
  { code: 'case_officer', label: { vi: 'Người xử lý', en: 'Case officer' } },
  { code: 'reviewer', label: { vi: 'Người duyệt', en: 'Reviewer' } },
  { code: 'leader', label: { vi: 'Lãnh đạo', en: 'Leader' } },
  { code: 'spokesperson', label: { vi: 'Người phát ngôn', en: 'Spokesperson' } },
  { code: 'clerk', label: { vi: 'Văn thư', en: 'Clerk' } },
  { code: 'focal', label: { vi: 'Cán bộ đầu mối', en: 'Agency focal officer' } },
  { code: 'legal', label: { vi: 'Pháp chế', en: 'Legal officer' } },
  { code: 'auditor', label: { vi: 'Kiểm toán', en: 'Auditor' } },
  { code: 'administrator', label: { vi: 'Quản trị', en: 'Administrator' } },
] as const satisfies readonly { code: string; label: Label }[];

export type Role = (typeof ROLES)[number]['code'];

/** All role codes. */
export const ROLE_CODES = ROLES.map((role) => role.code) as [Role, ...Role[]];

/** Roles that act for an agency when agencies work together: everyone but its auditor and its administrator. */
export const OFFICE = ['intake', 'case_officer', 'reviewer', 'leader', 'spokesperson', 'clerk', 'focal', 'legal'] as const satisfies readonly Role[];
