import type { Label } from './label.ts';

/** What an agency may do at once without a provision to cite: in its own house alone (R5). */
export const OWN_POWERS = [
  { code: 'own_service', label: { vi: 'Trên dịch vụ do chính cơ quan vận hành', en: 'On a service the agency runs itself' } },
  { code: 'own_system', label: { vi: 'Biện pháp kỹ thuật bảo vệ hệ thống của cơ quan', en: 'A technical step that protects the agency’s own systems' } },
  { code: 'own_customers', label: { vi: 'Báo cho khách hàng, người dùng của cơ quan', en: 'Telling the agency’s own customers or users' } },
  { code: 'advice', label: { vi: 'Hướng dẫn, hỗ trợ người bị hại tại chỗ', en: 'Advice and help to the person harmed' } },
] as const satisfies readonly { code: string; label: Label }[];

export type OwnPower = (typeof OWN_POWERS)[number]['code'];
