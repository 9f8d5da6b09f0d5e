import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import { LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { measureOf } from '#catalogue/measures.ts';
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
    const outcome = await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, id, PASSED, []));
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

/** A draft on a verified case as its drafter would complete it. */
export async function completeInput(desk: TestDesk, caseId: string, decisionId: string): Promise<DraftInput> {
  const evidence = await desk.owner.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute();
  const locators = await desk.owner.selectFrom('decision_locator').select(['indicator_id', 'granularity']).where('decision_id', '=', decisionId).execute();
  return {
    legalBasis: BASIS.code, aim: 'protect_property',
    facts: 'Từ ngày 20/11/2026 có tin nhắn dẫn người dân đến trang bắt chước VNeID, xin số định danh và mã OTP. Cơ quan chủ quản xác nhận trang không phải của mình.',
    sideEffects: 'Đã xem trang chủ và các đường dẫn: không có nội dung của người khác trên tên miền này.',
    endsOn: addDays(TODAY, 90), title: 'Trang giả VNeID xin mã OTP',
    summary: 'Tin nhắn báo “tài khoản VNeID sắp hết hạn” dẫn đến một trang bắt chước, xin số định danh và mã OTP để chiếm tài khoản ngân hàng.',
    advice: 'Đừng bấm đường dẫn trong tin nhắn.\nChỉ dùng ứng dụng VNeID đã cài.\nNếu đã nhập mã OTP, gọi ngân hàng ngay.',
    elements: Object.fromEntries(BASIS.elements.map(({ code, label }) => [code, `${label.vi}: giao diện, logo và câu chữ trùng với trang thật.`])),
    options: Object.fromEntries(measureOf('PUBLIC_WARNING').lesser.map(({ code }) => [code, 'Tin nhắn gửi hàng loạt, nhiều người chưa phản ánh vẫn đang gặp.'])),
    evidence: evidence.map(({ id }) => id),
    locators: locators.map(({ indicator_id: indicatorId, granularity }) => ({ indicatorId, granularity })),
  };
}

/** A complete draft of a public warning, not yet submitted. */
export async function completeDraft(desk: TestDesk, office: Office, caseId: string): Promise<string> {
  const id = await inTransaction(desk, office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng'));
  const input = await completeInput(desk, caseId, id);
  await inTransaction(desk, office.drafter, (tx) => saveDraft(tx, office.drafter, id, input));
  return id;
}
