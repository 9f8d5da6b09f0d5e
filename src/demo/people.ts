import type { Role } from '#catalogue/roles.ts';

export interface DemoOfficer {
  readonly email: string;
  readonly name: string;
  readonly agency: string;
  readonly roles: readonly Role[];
}

/** One password for all demo accounts; they exist only where LACHAN_DEMO is set. */
export const DEMO_PASSWORD = 'La-Chan-2026-thu';

/** Invented officers of the sample province. */
export const DEMO_OFFICERS: readonly DemoOfficer[] = [
  { email: 'lan@demo.example', name: 'Nông Thị Lan', agency: 'so-vhttdl', roles: ['intake', 'case_officer'] },
  { email: 'nam@demo.example', name: 'Bế Văn Nam', agency: 'so-vhttdl', roles: ['intake'] },
  { email: 'ha@demo.example', name: 'Lý Thu Hà', agency: 'so-vhttdl', roles: ['case_officer'] },
  { email: 'tai@demo.example', name: 'Hoàng Văn Tài', agency: 'so-vhttdl', roles: ['reviewer'] },
  { email: 'huy@demo.example', name: 'Đàm Quang Huy', agency: 'so-vhttdl', roles: ['leader'] },
  { email: 'mai@demo.example', name: 'Triệu Thị Mai', agency: 'so-vhttdl', roles: ['spokesperson'] },
  { email: 'hoa@demo.example', name: 'Lục Thị Hoa', agency: 'so-vhttdl', roles: ['clerk'] },
  { email: 'yen@demo.example', name: 'Hoàng Thị Yến', agency: 'so-vhttdl', roles: ['legal'] },
  { email: 'son@demo.example', name: 'Mông Văn Sơn', agency: 'so-vhttdl', roles: ['administrator'] },
  { email: 'long@demo.example', name: 'Hà Đức Long', agency: 'cong-an-tinh', roles: ['focal'] },
  { email: 'kim@demo.example', name: 'Vi Thị Kim', agency: 'ubnd-01654', roles: ['focal'] },
  { email: 'binh@demo.example', name: 'Nguyễn Thanh Bình', agency: 'thanh-tra-tinh', roles: ['auditor'] },
  { email: 'anh@demo.example', name: 'Phạm Quốc Anh', agency: 'vnpt', roles: ['focal'] },
];
