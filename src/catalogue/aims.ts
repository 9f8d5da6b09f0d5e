import type { Label } from './label.ts';

/** The closed aims a measure may serve (S1), after ICCPR article 19(3); prestige of a public body is not among them. */
export const AIMS = [
  { code: 'protect_property', label: { vi: 'Bảo vệ tài sản của người dân', en: 'Protect people’s property' } },
  { code: 'protect_personal_data', label: { vi: 'Bảo vệ dữ liệu cá nhân', en: 'Protect personal data' } },
  { code: 'protect_life_health', label: { vi: 'Bảo vệ tính mạng, sức khỏe', en: 'Protect life and health' } },
  { code: 'protect_privacy_dignity', label: { vi: 'Bảo vệ đời sống riêng tư, nhân phẩm', en: 'Protect privacy and dignity' } },
  { code: 'protect_children', label: { vi: 'Bảo vệ trẻ em', en: 'Protect children' } },
  { code: 'protect_systems', label: { vi: 'Bảo vệ hệ thống, thiết bị', en: 'Protect systems and devices' } },
] as const satisfies readonly { code: string; label: Label }[];

export type AimCode = (typeof AIMS)[number]['code'];

/** All aim codes. */
export const AIM_CODES = AIMS.map((aim) => aim.code) as [AimCode, ...AimCode[]];
