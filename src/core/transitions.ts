import type { Label } from '#catalogue/label.ts';
import { OFFICE, type Role } from '#catalogue/roles.ts';

/** Who performs a transition when it is not an officer: the reporter or appellant on the portal, an agency's own system by token, or a job. */
export type Performer = Role | 'reporter' | 'appellant' | 'agency' | 'system';

export interface Transition<State extends string> {
  readonly action: string;
  readonly from: readonly State[];
  readonly to: State;
  readonly label: Label;
  readonly by: readonly Performer[];
  /** A reason the actor must write, kept in the journal. */
  readonly reason: 'none' | 'optional' | 'required';
}

export const REPORT_STATES = ['received', 'acknowledged', 'need_info', 'stopped', 'erased', 'attached', 'answered'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export const CASE_STATES = ['open', 'verifying', 'consulting', 'deciding', 'acting', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const DECISION_STATES = ['draft', 'second_review', 'returned', 'stopped', 'interim', 'in_force', 'expired', 'withdrawn', 'reversed'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

export const APPEAL_STATES = ['filed', 'accepted', 'not_accepted', 'routed', 'decided', 'taken_back'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

export const TASK_STATES = ['open', 'done', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const OPINION_STATES = ['sent', 'overdue', 'answered', 'withdrawn'] as const;
export type OpinionState = (typeof OPINION_STATES)[number];

export const TRANSFER_STATES = ['proposed', 'accepted', 'refused', 'withdrawn'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

export const MEETING_STATES = ['planned', 'invited', 'held', 'concluded', 'cancelled'] as const;
export type MeetingState = (typeof MEETING_STATES)[number];

/** Report: received → acknowledged → gated → attached → answered (DESIGN.md, things and states). */
export const REPORT_TRANSITIONS: readonly Transition<ReportState>[] = [
  { action: 'acknowledge', from: ['received'], to: 'acknowledged', label: { vi: 'Xác nhận đã nhận', en: 'Acknowledge' }, by: ['system', 'intake'], reason: 'none' },
  { action: 'pass_gate', from: ['received', 'acknowledged', 'need_info'], to: 'attached', label: { vi: 'Qua cửa kiểm tra', en: 'Pass the gate' }, by: ['intake', 'case_officer'], reason: 'none' },
  { action: 'ask', from: ['received', 'acknowledged'], to: 'need_info', label: { vi: 'Hỏi thêm người phản ánh', en: 'Ask the reporter' }, by: ['intake', 'case_officer'], reason: 'required' },
  { action: 'supply', from: ['need_info'], to: 'acknowledged', label: { vi: 'Đã bổ sung', en: 'Information supplied' }, by: ['reporter'], reason: 'none' },
  { action: 'stop', from: ['received', 'acknowledged', 'need_info', 'attached'], to: 'stopped', label: { vi: 'Dừng lại', en: 'Stop' }, by: ['intake', 'case_officer', 'reviewer'], reason: 'required' },
  { action: 'lift', from: ['stopped'], to: 'attached', label: { vi: 'Bỏ việc dừng sau khi cán bộ khác xem lại', en: 'Lift the stop after review by another officer' }, by: ['intake', 'case_officer', 'reviewer', 'leader'], reason: 'none' },
  { action: 'erase', from: ['stopped'], to: 'erased', label: { vi: 'Xóa hẳn', en: 'Erase' }, by: ['system'], reason: 'none' },
  { action: 'answer', from: ['attached'], to: 'answered', label: { vi: 'Trả lời người phản ánh', en: 'Answer the reporter' }, by: ['intake', 'case_officer', 'system'], reason: 'none' },
  { action: 'reopen', from: ['answered'], to: 'attached', label: { vi: 'Mở lại', en: 'Reopen' }, by: ['case_officer', 'reporter'], reason: 'required' },
];

/** Case: open → verifying ⇄ consulting → deciding → acting → closed; reopened. */
export const CASE_TRANSITIONS: readonly Transition<CaseState>[] = [
  { action: 'verify', from: ['open'], to: 'verifying', label: { vi: 'Bắt đầu xác minh', en: 'Start verifying' }, by: ['case_officer', 'intake'], reason: 'none' },
  { action: 'consult', from: ['verifying'], to: 'consulting', label: { vi: 'Lấy ý kiến', en: 'Consult' }, by: ['case_officer', 'leader'], reason: 'none' },
  { action: 'resume', from: ['consulting'], to: 'verifying', label: { vi: 'Quay lại xác minh', en: 'Back to verifying' }, by: ['case_officer'], reason: 'optional' },
  { action: 'draft', from: ['verifying', 'consulting', 'acting'], to: 'deciding', label: { vi: 'Soạn quyết định', en: 'Draft a decision' }, by: ['case_officer'], reason: 'none' },
  { action: 'withdraw_draft', from: ['deciding'], to: 'verifying', label: { vi: 'Bỏ dự thảo', en: 'Drop the draft' }, by: ['case_officer', 'reviewer', 'leader', 'system'], reason: 'required' },
  { action: 'act', from: ['deciding'], to: 'acting', label: { vi: 'Thực hiện', en: 'Act' }, by: ['reviewer', 'leader'], reason: 'none' },
  { action: 'keep_acting', from: ['deciding'], to: 'acting', label: { vi: 'Bỏ dự thảo, biện pháp khác vẫn còn', en: 'Drop the draft, another measure goes on' }, by: ['case_officer', 'reviewer', 'leader', 'system'], reason: 'none' },
  { action: 'close', from: ['open', 'verifying', 'consulting', 'acting'], to: 'closed', label: { vi: 'Kết thúc vụ việc', en: 'Close' }, by: ['case_officer', 'leader', 'system'], reason: 'required' },
  { action: 'void', from: ['open'], to: 'closed', label: { vi: 'Bỏ vụ việc không còn phản ánh', en: 'Close a case without reports' }, by: ['intake', 'case_officer', 'system'], reason: 'none' },
  { action: 'merge', from: ['open', 'verifying', 'consulting'], to: 'closed', label: { vi: 'Gộp vào vụ việc khác', en: 'Merge into another case' }, by: ['intake', 'case_officer'], reason: 'required' },
  { action: 'unmerge', from: ['closed'], to: 'open', label: { vi: 'Hoàn tác việc gộp', en: 'Undo a merge' }, by: ['intake', 'case_officer'], reason: 'required' },
  { action: 'reopen', from: ['closed'], to: 'verifying', label: { vi: 'Mở lại', en: 'Reopen' }, by: ['case_officer', 'leader', 'system'], reason: 'required' },
];

/** Decision: draft → second review (returned | approved) → in force → expired | renewed (a new decision) | withdrawn | reversed; interim, 24 hours. */
export const DECISION_TRANSITIONS: readonly Transition<DecisionState>[] = [
  { action: 'submit', from: ['draft', 'returned'], to: 'second_review', label: { vi: 'Trình duyệt', en: 'Submit for review' }, by: ['case_officer'], reason: 'none' },
  { action: 'begin_interim', from: ['draft', 'returned'], to: 'interim', label: { vi: 'Áp dụng khẩn cấp 24 giờ', en: 'Act at once for 24 hours' }, by: ['case_officer'], reason: 'required' },
  { action: 'return', from: ['second_review', 'interim'], to: 'returned', label: { vi: 'Trả lại, nêu lý do', en: 'Return with reasons' }, by: ['reviewer', 'leader'], reason: 'required' },
  { action: 'stop', from: ['second_review', 'interim'], to: 'stopped', label: { vi: 'Dừng lại', en: 'Stop' }, by: ['reviewer', 'leader'], reason: 'required' },
  { action: 'approve', from: ['second_review', 'interim'], to: 'in_force', label: { vi: 'Phê duyệt', en: 'Approve' }, by: ['reviewer', 'leader'], reason: 'none' },
  { action: 'die', from: ['interim'], to: 'expired', label: { vi: 'Biện pháp khẩn cấp tự hết hiệu lực', en: 'Interim measure dies' }, by: ['system'], reason: 'none' },
  { action: 'drop', from: ['draft', 'returned'], to: 'withdrawn', label: { vi: 'Bỏ dự thảo', en: 'Drop the draft' }, by: ['case_officer'], reason: 'required' },
  { action: 'expire', from: ['in_force'], to: 'expired', label: { vi: 'Hết hạn', en: 'Expire' }, by: ['system'], reason: 'none' },
  { action: 'supersede', from: ['in_force'], to: 'expired', label: { vi: 'Được gia hạn bằng quyết định mới', en: 'Renewed by a new decision' }, by: ['reviewer', 'leader'], reason: 'none' },
  { action: 'withdraw', from: ['in_force', 'interim'], to: 'withdrawn', label: { vi: 'Rút lại', en: 'Withdraw' }, by: ['reviewer', 'leader'], reason: 'required' },
  { action: 'reverse', from: ['in_force', 'interim'], to: 'reversed', label: { vi: 'Hủy bỏ sau khi xem xét lại', en: 'Reverse on appeal' }, by: ['reviewer', 'leader'], reason: 'required' },
];

/** Appeal: filed → accepted → decided (upheld | changed | reversed | remitted), with an optional stay of the decision. */
export const APPEAL_TRANSITIONS: readonly Transition<AppealState>[] = [
  { action: 'accept', from: ['filed'], to: 'accepted', label: { vi: 'Thụ lý', en: 'Accept' }, by: ['reviewer', 'leader'], reason: 'none' },
  { action: 'not_accept', from: ['filed'], to: 'not_accepted', label: { vi: 'Không thụ lý, nêu lý do', en: 'Not accept, with reasons' }, by: ['reviewer', 'leader'], reason: 'required' },
  { action: 'route', from: ['filed', 'accepted'], to: 'routed', label: { vi: 'Chỉ sang nơi giải quyết tố cáo', en: 'Route to where denunciations are handled' }, by: ['reviewer', 'leader'], reason: 'none' },
  { action: 'decide', from: ['accepted'], to: 'decided', label: { vi: 'Quyết định', en: 'Decide' }, by: ['reviewer', 'leader'], reason: 'required' },
  { action: 'take_back', from: ['filed', 'accepted'], to: 'taken_back', label: { vi: 'Rút đề nghị', en: 'Take back' }, by: ['appellant'], reason: 'none' },
];

/** Task: open → done | cancelled. Whoever has it does it; whoever set it may cancel it, with a reason. */
export const TASK_TRANSITIONS: readonly Transition<TaskState>[] = [
  { action: 'do', from: ['open'], to: 'done', label: { vi: 'Làm xong', en: 'Done' }, by: [...OFFICE, 'agency', 'system'], reason: 'none' },
  { action: 'cancel', from: ['open'], to: 'cancelled', label: { vi: 'Bỏ việc, nêu lý do', en: 'Cancel, with a reason' }, by: [...OFFICE, 'system'], reason: 'required' },
];

/** Opinion of one agency: sent → answered | overdue; silence is recorded, never consent, and an answer still counts afterwards (R7). */
export const OPINION_TRANSITIONS: readonly Transition<OpinionState>[] = [
  { action: 'answer', from: ['sent', 'overdue'], to: 'answered', label: { vi: 'Cho ý kiến', en: 'Answer' }, by: [...OFFICE, 'agency', 'system'], reason: 'none' },
  { action: 'lapse', from: ['sent'], to: 'overdue', label: { vi: 'Quá hạn chưa có ý kiến', en: 'Overdue without an opinion' }, by: ['system'], reason: 'none' },
  { action: 'withdraw', from: ['sent', 'overdue'], to: 'withdrawn', label: { vi: 'Rút yêu cầu', en: 'Withdraw the request' }, by: ['case_officer', 'leader', 'system'], reason: 'required' },
];

/** Transfer of a case or report to the competent agency: proposed → accepted | refused with reason | withdrawn. */
export const TRANSFER_TRANSITIONS: readonly Transition<TransferState>[] = [
  { action: 'accept', from: ['proposed'], to: 'accepted', label: { vi: 'Nhận xử lý', en: 'Accept' }, by: ['intake', 'case_officer', 'focal', 'leader'], reason: 'none' },
  { action: 'refuse', from: ['proposed'], to: 'refused', label: { vi: 'Không nhận, nêu lý do', en: 'Refuse, with a reason' }, by: ['intake', 'case_officer', 'focal', 'leader'], reason: 'required' },
  { action: 'withdraw', from: ['proposed'], to: 'withdrawn', label: { vi: 'Rút đề nghị chuyển', en: 'Withdraw the transfer' }, by: ['case_officer', 'leader', 'system'], reason: 'required' },
];

/** Meeting: planned → invited → held → concluded; cancelled with a reason while it has not been held (R6). */
export const MEETING_TRANSITIONS: readonly Transition<MeetingState>[] = [
  { action: 'invite', from: ['planned'], to: 'invited', label: { vi: 'Gửi giấy mời', en: 'Invite' }, by: ['case_officer', 'leader'], reason: 'none' },
  { action: 'hold', from: ['planned', 'invited'], to: 'held', label: { vi: 'Họp', en: 'Hold' }, by: ['case_officer', 'leader'], reason: 'none' },
  { action: 'conclude', from: ['held'], to: 'concluded', label: { vi: 'Ra kết luận', en: 'Conclude' }, by: ['leader', 'case_officer'], reason: 'none' },
  { action: 'cancel', from: ['planned', 'invited'], to: 'cancelled', label: { vi: 'Hủy họp, nêu lý do', en: 'Cancel, with a reason' }, by: ['case_officer', 'leader', 'system'], reason: 'required' },
];

export const TRANSITIONS = {
  report: REPORT_TRANSITIONS, case: CASE_TRANSITIONS, decision: DECISION_TRANSITIONS, appeal: APPEAL_TRANSITIONS,
  task: TASK_TRANSITIONS, opinion: OPINION_TRANSITIONS, transfer: TRANSFER_TRANSITIONS, meeting: MEETING_TRANSITIONS,
} as const;
export type Entity = keyof typeof TRANSITIONS;

export type Verdict<State extends string> =
  | { readonly ok: true; readonly transition: Transition<State> }
  | { readonly ok: false; readonly why: 'unknown_action' | 'wrong_state' | 'not_allowed' | 'reason_missing' };

/**
 * May this performer take this action now? Pure; the database holds the same table and refuses what this would refuse.
 * @param table the transitions of the entity
 * @param from its present state
 * @param action what is wanted
 * @param performers the roles the actor holds
 * @param reason what the actor wrote, if anything
 */
export function decide<State extends string>(
  table: readonly Transition<State>[], from: State, action: string, performers: readonly Performer[], reason?: string,
): Verdict<State> {
  const named = table.filter((transition) => transition.action === action);
  if (named.length === 0) return { ok: false, why: 'unknown_action' };
  const transition = named.find((candidate) => candidate.from.includes(from));
  if (!transition) return { ok: false, why: 'wrong_state' };
  if (!transition.by.some((role) => performers.includes(role))) return { ok: false, why: 'not_allowed' };
  if (transition.reason === 'required' && !reason?.trim()) return { ok: false, why: 'reason_missing' };
  return { ok: true, transition };
}
