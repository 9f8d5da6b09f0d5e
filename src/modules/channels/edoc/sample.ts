import { documentIdOf } from './edxml.ts';
import type { NewDocument, NewStatus, Organ } from './types.ts';

/** A one-page PDF with its cross-reference table, small enough to read (PDF 32000-1, 7.5). */
export function tinyPdf(): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  file += `xref\n0 4\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}

const code = { codeNumber: '47', codeNotation: 'BC-UBND' };
const noContact = { organAdd: '', email: '', telephone: '', fax: '', website: '' };

/** Made-up identifiers of a commune and of the department that leads; no real address. */
export const COMMUNE: Organ = {
  organId: '000.21.99.H14', organizationInCharge: 'UBND tỉnh Cao Bằng', organName: 'UBND xã Hòa An', organAdd: 'Xã Hòa An, tỉnh Cao Bằng',
  email: 'vanthu@hoaan.example', telephone: '0206 000 0000', fax: '', website: '',
};
export const DEPARTMENT: Organ = { ...noContact, organId: '000.00.98.H14', organizationInCharge: 'UBND tỉnh Cao Bằng',
  organName: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Cao Bằng' };

/** A commune reports a false bank site to the department, with one PDF. */
export const SAMPLE: NewDocument = {
  from: COMMUNE,
  to: [DEPARTMENT, { ...noContact, organId: '000.00.97.H14', organizationInCharge: '', organName: 'Công an tỉnh Cao Bằng' }],
  documentId: documentIdOf(COMMUNE.organId, '2026-11-20', code),
  code,
  place: 'Cao Bằng',
  promulgatedOn: '2026-11-20',
  documentType: { type: 14, typeDetail: 0, typeName: 'Báo cáo' },
  subject: 'Báo cáo về trang giả mạo ngân hàng lừa người dân xã Hòa An',
  content: 'Từ ngày 18/11/2026 một số người dân nhận tin nhắn kèm đường dẫn https://vietcombank-xacthuc.example/dang-nhap?ma=1&buoc=2 '
    + 'yêu cầu nhập mật khẩu và mã OTP.\nĐề nghị Sở xem xét, xử lý theo thẩm quyền./.',
  signer: { competence: 'TM. ỦY BAN NHÂN DÂN', position: 'CHỦ TỊCH', fullName: 'Nông Văn Mẫu' },
  dueOn: '2026-11-27',
  toPlaces: ['Như trên', 'Công an xã', 'Lưu: VT'],
  other: {
    priority: 1, sphereOfPromulgation: 'An ninh mạng', typerNotation: 'NVM', promulgationAmount: 2, pageAmount: 1, direction: false,
      appendixes: ['Ảnh chụp màn hình'],
  },
  responseFor: [{ organId: DEPARTMENT.organId, code: '120/SVHTTDL-QLTTBCXB', promulgatedOn: '2026-11-16',
    documentId: '000.00.98.H14,2026/11/16,120/SVHTTDL-QLTTBCXB' }],
  steeringType: 1,
  trace: [{ organId: COMMUNE.organId, at: new Date('2026-11-20T02:15:30Z') }],
  business: {
    docType: 0, reason: 'Văn bản điện tử mới', documentId: '', paper: 0,
    staff: { department: 'Văn phòng HĐND và UBND xã', staff: 'Văn thư', mobile: '', email: 'vanthu@hoaan.example' },
  },
  attachments: [{ contentId: 'bc-47-1', contentType: 'application/pdf', name: 'BC-47-trang-giả-mạo.pdf', description: 'Báo cáo ký số', content: tinyPdf() }],
};

/** The department's answer that it has the document. */
export const SAMPLE_STATUS: NewStatus = {
  from: DEPARTMENT,
  responseFor: [{ organId: COMMUNE.organId, code: '47/BC-UBND', promulgatedOn: '2026-11-20', documentId: SAMPLE.documentId }],
  statusCode: '03', description: 'Đã tiếp nhận văn bản', at: new Date('2026-11-20T03:00:00Z'),
  staff: { department: 'Văn phòng Sở', staff: 'Văn thư', mobile: '', email: '' },
};
