import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import { LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { measureOf, RECIPIENT_KINDS, type MeasureCode, type MeasureField } from '#catalogue/measures.ts';
import { addDays } from '#core/deadlines.ts';
import type { GateAnswers } from '#core/gate.ts';
import { addObservation, addVerification, answerGate, takeCase } from '#modules/cases/index.ts';
import { saveDraft, startDraft, type DraftInput } from '#modules/decisions/index.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { submitReport, type NewReport } from '#modules/intake/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { TestDesk } from './desk.ts';
import { addOfficer } from './people.ts';

/** Seven times "no". */
export const PASSED = Object.fromEntries(STOP_CODES.map((code) => [code, false])) as unknown as GateAnswers;
const LEAD = 'so-vhttdl';
export const BASIS = LEGAL_BASES.find(({ code }) => code === 'N330.14.3.a/phishing_impersonation')!;
/** The day on which the test desk's clock stands. */
export const TODAY = '2026-11-22';

export interface Office {
  /** Answered the first gate; also a reviewer, so that only the person stands in the way. */
  readonly gate: OfficerActor;
  readonly drafter: OfficerActor;
  readonly reviewer: OfficerActor;
  readonly leader: OfficerActor;
  /** Same agency, no reviewing role. */
  readonly clerk: OfficerActor;
  /** Another agency. */
  readonly stranger: OfficerActor;
}

/** The agencies of the sample province and one officer for each part. */
export async function openOffice(desk: TestDesk): Promise<Office> {
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  return {
    gate: await addOfficer(desk, LEAD, ['intake', 'reviewer'], 'Lý Văn Cửa'),
    drafter: await addOfficer(desk, LEAD, ['case_officer', 'reviewer'], 'Nông Thị Lan'),
    reviewer: await addOfficer(desk, LEAD, ['reviewer'], 'Hoàng Văn Tài'),
    leader: await addOfficer(desk, LEAD, ['leader'], 'Bế Thị Hoa'),
    clerk: await addOfficer(desk, LEAD, ['clerk'], 'Đàm Văn Thư'),
    stranger: await addOfficer(desk, 'cong-an-tinh', ['case_officer', 'reviewer', 'leader'], 'Triệu Văn Xa'),
  };
}

let serial = 0;

/** A report as the portal hands it over. */
export function reportOf(changes: Partial<NewReport> = {}): NewReport {
  return {
    channel: 'web', category: 'phishing_impersonation', situation: null, narrative: 'Có trang giả VNeID bắt tôi cập nhật thông tin tại https://vneid-capnhat.example/otp',
    traces: '', happenedOn: '2026-11-21', moneyLost: null, inDanger: false, forChild: false, communeCode: '01273', contact: null, senderAgencyId: null,
    uploads: [], language: 'vi', idempotencyKey: `khoa-quyet-dinh-${serial++}`, ...changes,
  };
}

/** Reports through the first gate into one case, taken, with an observation and a verification. */
export async function verifiedCase(desk: TestDesk, office: Office, reports: readonly NewReport[] = [reportOf()]): Promise<{ caseId: string; reportIds: string[] }> {
  const reportIds: string[] = [];
  let caseId = '';
  for (const report of reports) {
    const { id } = await submitReport(desk, report);
    reportIds.push(id);
    const outcome = await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, id, PASSED, categoryOf(report.category).positive.map(({ code }) => code)));
    if (!outcome.caseId) throw new Error('the gate did not pass');
    caseId = outcome.caseId;
  }
  await inTransaction(desk, office.drafter, async (tx) => {
    await takeCase(tx, office.drafter, caseId);
    await addObservation(tx, office.drafter, caseId, 'Mở trang trên máy riêng lúc 09:40 ngày 22/11/2026: biểu mẫu xin số định danh và mã OTP, logo VNeID.');
    await addVerification(tx, office.drafter, caseId, {
      checked: 'So với trang chính thức vneid.gov.vn; tra tên miền, đăng ký ba ngày trước.',
      otherExplanation: 'Có thể là trang thử nghiệm của cơ quan chủ quản; đã hỏi, không phải.',
      finding: 'Trang bắt chước VNeID để lấy mã OTP của người dân.', confidence: 'high',
    });
  });
  return { caseId, reportIds };
}

/** One recipient of every kind, in the directory since the beginning of the year. */
export async function addRecipients(desk: TestDesk): Promise<void> {
  const names: Readonly<Record<(typeof RECIPIENT_KINDS)[number]['code'], string>> = {
    platform: 'Mạng xã hội Mẫu', hoster: 'Công ty Lưu trữ Mẫu', registrar: 'Nhà đăng ký tên miền Mẫu', telecom: 'Viễn thông Mẫu', bank: 'Ngân hàng Mẫu',
    provincial_committee: 'UBND tỉnh Cao Bằng', police: 'Phòng An ninh mạng, Công an tỉnh',
  };
  await desk.owner.insertInto('recipient').values(RECIPIENT_KINDS.map(({ code }) => ({
    kind: code, name: names[code], valid_from: '2026-01-01', email: code === 'registrar' || code === 'platform' ? `lienhe@${code}.example` : null, format: code === 'registrar' ? 'xarf' as const : 'letter' as const,
  }))).execute();
}

const ANSWERED: Readonly<Record<MeasureField['kind'], string>> = {
  line: 'Bộ Khoa học và Công nghệ', text: 'Đề nghị tạm ngừng phân giải tên miền nêu trên và giữ nhật ký truy cập.', date: '2026-11-20', url: 'https://soyte.caobang.example/cong-bo-12',
  sha256: 'a'.repeat(64), money: '12000000',
};

/** What a measure asks for, answered as it is kept. */
export function answeredFields(measure: MeasureCode): Record<string, string> {
  return Object.fromEntries(measureOf(measure).fields.map(({ code, kind }) => [code, ANSWERED[kind]]));
}

/** A draft on a verified case as its drafter would complete it, whatever its measure. */
export async function completeInput(desk: TestDesk, caseId: string, decisionId: string): Promise<DraftInput> {
  const { measure, category } = await desk.owner.selectFrom('decision').select(['measure', 'category']).where('id', '=', decisionId).executeTakeFirstOrThrow();
  const basis = category === BASIS.category ? BASIS : LEGAL_BASES.find((one) => one.category === category)!;
  const evidence = await desk.owner.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute();
  const locators = await desk.owner.selectFrom('decision_locator').select(['indicator_id', 'granularity']).where('decision_id', '=', decisionId).execute();
  const { recipients: kinds, defaultDays, lesser } = measureOf(measure);
  const recipients = kinds.length === 0 ? [] : await desk.owner.selectFrom('recipient').select('id').where('kind', 'in', [...kinds]).execute();
  return {
    legalBasis: basis.code, aim: 'protect_property',
    facts: 'Từ ngày 20/11/2026 có tin nhắn dẫn người dân đến trang bắt chước VNeID, xin số định danh và mã OTP. Cơ quan chủ quản xác nhận trang không phải của mình.',
    sideEffects: 'Đã xem trang chủ và các đường dẫn: không có nội dung của người khác trên tên miền này.',
    endsOn: defaultDays === null ? null : addDays(TODAY, defaultDays), title: 'Trang giả VNeID xin mã OTP',
    summary: 'Tin nhắn báo “tài khoản VNeID sắp hết hạn” dẫn đến một trang bắt chước, xin số định danh và mã OTP để chiếm tài khoản ngân hàng.',
    advice: 'Đừng bấm đường dẫn trong tin nhắn.\nChỉ dùng ứng dụng VNeID đã cài.\nNếu đã nhập mã OTP, gọi ngân hàng ngay.',
    elements: Object.fromEntries(basis.elements.map(({ code, label }) => [code, `${label.vi}: giao diện, logo và câu chữ trùng với trang thật.`])),
    options: Object.fromEntries(lesser.map(({ code }) => [code, 'Tin nhắn gửi hàng loạt, nhiều người chưa phản ánh vẫn đang gặp.'])),
    proofs: Object.fromEntries(basis.elements.map(({ code }) => [code, evidence.map(({ id }) => id)])),
    evidence: evidence.map(({ id }) => id), recipients: recipients.map(({ id }) => id), detail: answeredFields(measure),
    locators: locators.map(({ indicator_id: indicatorId, granularity }) => ({ indicatorId, granularity })),
  };
}

/** A complete draft, not yet submitted. */
export async function completeDraft(desk: TestDesk, office: Office, caseId: string, measure: MeasureCode = 'PUBLIC_WARNING'): Promise<string> {
  const id = await inTransaction(desk, office.drafter, (tx) => startDraft(tx, office.drafter, caseId, measure, 'Tỉnh Cao Bằng'));
  const input = await completeInput(desk, caseId, id);
  await inTransaction(desk, office.drafter, (tx) => saveDraft(tx, office.drafter, id, input));
  return id;
}
