import type { LetterKeys } from '#modules/notices/letter.ts';
import type { Said } from '#modules/notices/types.ts';

/** What a letter is written with beside what it says. */
export const SAMPLE_KEYS: LetterKeys = { address: 'https://lachan.example', secret: '7K2M-9QXR-4TVB-0NHC-3WPD', affectedSecret: 'H8ZQ-51MX-J0RK-6YVN-2BCT', numbers: new Map() };

/** A notice as a decision makes it. */
export function sampleSaid(changes: Partial<Said> = {}): Said {
  return {
    code: 'TB-04-261122-0001-4', affectedCode: 'TB-04-261122-0002-1', measure: 'NOTICE_REGISTRAR', category: 'phishing_impersonation',
    agency: { name: 'Sở Văn hóa, Thể thao và Du lịch', nameEn: 'Department of Culture, Sports and Tourism', shortName: 'Sở VHTTDL', parent: 'Ủy ban nhân dân tỉnh Cao Bằng' },
    province: { name: 'Cao Bằng', fullName: 'Tỉnh Cao Bằng', nameEn: 'Cao Bang' },
    recipient: { name: 'Công ty TNHH Tên miền Mẫu', nameEn: 'Sample Domains Ltd', kind: 'registrar', address: 'Số 1, đường Kim Đồng, phường Thục Phán, tỉnh Cao Bằng' },
    law: { citation: { vi: 'điểm a khoản 3 Điều 14 Nghị định 330/2026/NĐ-CP', en: 'Decree 330/2026/ND-CP, article 14, clause 3, point a' }, what: { vi: 'Thiết lập, sử dụng trang, tài khoản, giao diện gây nhầm lẫn về chủ thể', en: 'Setting up or using a page, account or interface that confuses about its owner' } },
    competence: { law: 'Quyết định 14/2021/QĐ-UBND', why: { vi: 'Cơ quan chủ trì về thông tin giả mạo trên địa bàn tỉnh.', en: 'Lead agency for impersonation in the province.' } },
    aim: 'protect_property', facts: 'Từ ngày 20/11/2026 có tin nhắn dẫn người dân đến trang bắt chước VNeID để lấy mã OTP.',
    summary: 'Trang bắt chước VNeID xin số định danh và mã OTP để chiếm tài khoản ngân hàng.',
    elements: [
      { label: { vi: 'Trang, tài khoản hoặc giao diện bắt chước chủ thể khác', en: 'A page, account or interface imitates somebody else' }, why: 'Giao diện, logo và câu chữ trùng với trang thật.' },
      { label: { vi: 'Làm người dùng nhầm lẫn', en: 'Users are led to confuse the two' }, why: 'Mười hai người đã nhập số định danh vì tưởng là trang thật.' },
    ],
    locators: [{ id: 'a', kind: 'url', shown: 'vneid-capnhat.example/otp' }, { id: 'b', kind: 'domain', shown: 'vneid-capnhat.example' }],
    detail: { asked: 'Tạm ngừng phân giải tên miền nêu trên.', ministry: 'Bộ Khoa học và Công nghệ', signs: 'Lấy mã OTP để rút tiền.', handed_by: 'Trưởng phòng Quản lý thông tin' },
    territory: 'Tỉnh Cao Bằng', startsOn: '2026-11-22', endsOn: '2026-12-22', interimUntil: null, on: '2026-11-22', effectDue: '2026-12-02', replaces: null, earlier: null,
    evidence: [{ what: 'Ảnh chụp màn hình trang giả', on: '2026-11-22', sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }, { what: 'Ghi nhận khi mở trang', on: '2026-11-22', sha256: null }],
    ...changes,
  };
}
