import type { Generated } from 'kysely';
import type { AimCode } from '#catalogue/aims.ts';
import type { AlertAim, AlertAnswer, AlertDuty, AlertKind, AlertWay } from '#catalogue/alerts.ts';
import type { CertificateKind } from '#catalogue/certificates.ts';
import type { CategoryCode } from '#catalogue/categories.ts';
import type { Channel } from '#catalogue/channels.ts';
import type { StopCode } from '#catalogue/gate.ts';
import type { MeasureCode, RecipientKind } from '#catalogue/measures.ts';
import type { OwnPower } from '#catalogue/own-powers.ts';
import type { Role } from '#catalogue/roles.ts';
import type { RequestKind, RequestState } from '#core/data-requests.ts';
import type { IndicatorKind } from '#core/indicators/index.ts';
import type { AppealState, CaseState, DecisionState, Entity, MeetingState, OpinionState, ReportState, TaskState, TransferState } from '#core/transitions.ts';

/** The tables as TypeScript sees them; tests/integration/schema.test.ts compares this file's columns with the database. */
export interface Database {
  category: { code: CategoryCode; links_cases: boolean; interim: boolean; stores_images: boolean; positive_elements: string[]; legal_review: Generated<boolean> };
  measure: {
    code: MeasureCode; max_days: number | null; categories: string[]; lesser_options: string[]; available: boolean; locators: Generated<string[]>;
    needs_locator: Generated<boolean>; recipients: Generated<string[]>; fields: Generated<string[]>; interim: Generated<boolean>;
  };
  social_site: { host: string; items: string[] };
  recipient: {
    id: Generated<string>; kind: RecipientKind; name: string; name_en: Generated<string>; address: Generated<string>; email: string | null; language: Generated<'vi' | 'en'>;
    format: Generated<'letter' | 'xarf'>; agency_id: string | null; source: Generated<string>; valid_from: string; valid_to: string | null;
  };
  state_transition: { entity: Entity; action: string; from_state: string; to_state: string; performers: string[]; reason_required: boolean };
  legal_document: {
    code: string; name: string; valid_from: string; valid_to: string | null; name_en: Generated<string>; source: Generated<string>; ends_why: string | null;
    origin: Generated<LawOrigin>; local_change: Generated<boolean>;
  };
  legal_element: { code: string; label_vi: string; label_en: string; origin: Generated<LawOrigin> };
  excluded_provision: { document: string; article: string; clause: string | null; point: string | null };
  legal_basis: {
    code: string; document: string; article: string; clause: string | null; point: string | null; category: CategoryCode; what: string; elements: string[];
    what_en: Generated<string>; valid_from: string | null; valid_to: string | null; origin: Generated<LawOrigin>; local_change: Generated<boolean>;
    checked_on: string | null; checked_by: string | null;
  };
  legal_change: {
    id: Generated<string>; kind: LegalChangeKind; target: string; content: Record<string, unknown>; reason: string; agency_id: string; proposed_by: string; proposed_at: Date;
    decided_by: string | null; decided_at: Date | null; outcome: 'approved' | 'refused' | null; decision_reason: string | null; applied_at: Date | null;
    before: Record<string, unknown> | null;
  };
  province: { code: string; name: string; full_name: string; name_en: string; search: string };
  commune: { code: string; province_code: string; name: string; full_name: string; full_name_en: string; search: string };
  area_alias: { alias: string; search: string; commune_code: string };
  agency: { id: Generated<string>; key: string; level: AgencyLevel; parent_id: string | null; commune_code: string | null; valid_from: string; valid_to: string | null };
  agency_name: { agency_id: string; name: string; short_name: string; name_en: string; valid_from: string; valid_to: string | null };
  agency_successor: { from_agency: string; to_agency: string };
  agency_contact: { agency_id: string; kind: 'email' | 'phone'; value: string; valid_from: Generated<string>; valid_to: string | null };
  competence: {
    id: Generated<string>; agency_id: string; category: CategoryCode; role: 'coordinate' | 'lead' | 'support'; province_code: string | null; commune_code: string | null;
    law: string; why_vi: string; why_en: string; valid_from: string; valid_to: string | null;
  };
  officer: { id: Generated<string>; email: string; full_name: string; language: Generated<'vi' | 'en'>; demo: Generated<boolean>; created_at: Generated<Date>; disabled_at: Date | null };
  officer_secret: { officer_id: string; password_hash: string; totp_sealed: Buffer | null; totp_last_step: number | null; changed_at: Generated<Date> };
  officer_role: { officer_id: string; agency_id: string; role: Role; deputy: Generated<boolean>; valid_from: string; valid_to: string | null };
  session: {
    token_hash: Buffer; officer_id: string; agency_id: string | null; created_at: Date; last_seen_at: Date; expires_at: Date;
    browser: Generated<string>; stepped_up_at: Date | null; revoked_at: Date | null;
  };
  login_attempt: { scope: Buffer; window_start: Date; failures: number };
  journal: {
    seq: Generated<number>; at: Date; tx: Generated<string>; actor_kind: string; officer_id: string | null; agency_id: string | null; entity: string; entity_id: string;
    action: string; from_state: string | null; to_state: string | null; reason: string | null; detail: Generated<Record<string, unknown>>;
  };
  key_check: { mac: Buffer };
  deployment: { fingerprint: string; at: Generated<Date> };
  counter: { scope: string; value: Generated<number> };
  case_file: {
    id: Generated<string>; number: string; category: CategoryCode; state: Generated<CaseState>; title: string; lead_agency_id: string; officer_id: string | null;
    opened_at: Date; closed_at: Date | null; report_count: Generated<number>; merged_into: string | null; minimised_at: Date | null;
  };
  case_party: { case_id: string; agency_id: string; since: Generated<Date>; part: Generated<CasePart>; included_by: string | null; ended_at: Date | null };
  case_share: {
    id: Generated<string>; case_id: string; agency_id: string; kind: ShareKind; item_id: string; officer_id: string; why: string; shared_at: Date; read_at: Date | null;
    read_by: string | null; recalled_at: Date | null; recalled_by: string | null; recall_reason: string | null; full_value: Generated<boolean>;
  };
  task: {
    id: Generated<string>; kind: TaskKind; agency_id: string; officer_id: string | null; set_by_agency: string | null; set_by: string | null; case_id: string | null; source_id: string | null;
    code: string; title: string; href: string; state: Generated<TaskState>; created_at: Date; first_due_on: string; due_on: string; paused_on: string | null; pause_reason: string | null;
    ended_at: Date | null; escalated_on: string | null; reminded_on: string | null; overdue_told_on: string | null; coordination_told_on: string | null;
  };
  task_setting: { agency_id: string; leader_after: Generated<number>; coordinator_after: Generated<number>; changed_at: Date };
  calendar_year: { id: Generated<string>; year: number; announced: Generated<boolean>; source: Generated<string>; local_change: Generated<boolean> };
  holiday: { day: string; kind: 'off' | 'working'; note: Generated<string>; origin: Generated<LawOrigin> };
  notification: {
    id: Generated<string>; officer_id: string; agency_id: string; kind: string; code: string; href: string; urgent: Generated<boolean>; at: Date; read_at: Date | null; mailed_at: Date | null;
    mail_attempts: Generated<number>; mail_after: Date | null;
  };
  notification_setting: {
    officer_id: string; immediate: 'urgent' | 'all' | 'none'; digest: 'daily' | 'weekly' | 'none'; digest_hour: number; quiet_from: number; quiet_to: number;
    urgent_in_quiet: boolean; changed_at: Date;
  };
  document_out: {
    id: Generated<string>; agency_id: string; kind: string; title: string; urgency: 'khan' | 'thuong_khan' | 'hoa_toc' | null; addressees: Generated<string[]>; signer: Generated<string>;
    source_entity: string; source_id: string; case_id: string | null; href: string; reserved_by: string; reserved_at: Date; year: number | null; number: number | null;
    symbol: Generated<string>; issued_on: string | null; issued_by: string | null; copies: number | null; kept_by: Generated<string>; dispatched_on: string | null; receipt: Generated<string>;
    note: Generated<string>; registered_at: Date | null; gap_reason: string | null; corrects: string | null; cancelled_at: Date | null; cancelled_by: string | null; cancel_reason: string | null;
  };
  document_in: {
    id: Generated<string>; agency_id: string; year: number; number: number; arrived_on: string; issuer: string; code: Generated<string>; issued_on: string | null; kind: Generated<string>;
    title: string; urgency: 'khan' | 'thuong_khan' | 'hoa_toc' | null; recipient: Generated<string>; officer_id: string | null; passed_on: string | null; receipt: Generated<string>;
    note: Generated<string>; due_on: string | null; progress: Generated<string>; answer_code: Generated<string>; answered_on: string | null; arrival_id: string | null; registered_by: string;
    registered_at: Date; cancelled_at: Date | null; cancelled_by: string | null; cancel_reason: string | null;
  };
  document_file: {
    id: Generated<string>; agency_id: string; out_id: string | null; in_id: string | null; name: string; media_type: string; file_ref: string; sha256: Buffer; bytes: number; added_by: string;
    added_at: Date; check_state: SignatureCheck; findings: Generated<Record<string, unknown>[]>; checked_at: Date | null;
  };
  document_template: {
    id: Generated<string>; agency_id: string; kind: string; name: string; file_ref: string; sha256: Buffer; bytes: number; tags: string[]; state: Generated<TemplateState>; uploaded_by: string;
    uploaded_at: Date; decided_by: string | null; decided_at: Date | null; retired_at: Date | null;
  };
  alert_letter: {
    id: Generated<string>; code: string; agency_id: string; kind: AlertKind; urgency: 'khan' | 'thuong_khan' | 'hoa_toc' | null; title: string; known: string; cves: Generated<string[]>;
    products: Generated<string[]>; hashes: Generated<string[]>; domains: Generated<string[]>; actions: string[]; report_how: string; days: number; due_on: string | null; aim: AlertAim;
    legal_basis: string | null; duty: AlertDuty | null; audience: 'all' | 'levels' | 'chosen'; audience_levels: Generated<string[]>; audience_agencies: Generated<string[]>;
    file_ref: string | null; file_name: string | null; file_sha256: Buffer | null; file_bytes: number | null; drafter_id: string; drafted_at: Date; changed_at: Date; submitted_at: Date | null;
    return_reason: string | null; approver_id: string | null; approved_at: Date | null; replaces: string | null; replaced_by: string | null; recalled_at: Date | null; recalled_by: string | null;
    recall_reason: string | null; closed_at: Date | null; closed_by: string | null;
  };
  alert_check: {
    id: Generated<string>; alert_id: string; officer_id: string; stage: 'submit' | 'approve'; technical: boolean; no_person: boolean; no_opinion: boolean; no_reputation: boolean; at: Date;
  };
  alert_receipt: {
    id: Generated<string>; alert_id: string; agency_id: string; sent_to: string; sent_at: Date; read_at: Date | null; read_by: string | null; moved_at: Date | null; ended_at: Date | null;
  };
  alert_answer: {
    id: Generated<string>; receipt_id: string; version: number; answer: AlertAnswer; words: Generated<string>; machines_checked: number | null; machines_affected: number | null;
    until_on: string | null; way: AlertWay; informant: Generated<string>; file_ref: string | null; file_name: string | null; file_sha256: Buffer | null; file_bytes: number | null;
    officer_id: string; at: Date;
  };
  consultation: {
    id: Generated<string>; code: string; case_id: string; agency_id: string; officer_id: string; form_hash: Buffer; title: string; question: string; points: Generated<string[]>;
    draft_text: Generated<string>; in_mail: Generated<boolean>; working_days: number; due_on: string; sent_at: Date; round: Generated<number>; follows: string | null;
    shows_answers: Generated<boolean>; summary: Generated<string>; closed_at: Date | null; closed_by: string | null;
  };
  opinion: {
    id: Generated<string>; consultation_id: string; agency_id: string; state: Generated<OpinionState>; opened_at: Date | null; mailed_at: Date | null; reminded_on: string | null;
    withdrawn_why: string | null;
  };
  opinion_answer: {
    id: Generated<string>; opinion_id: string; version: number; answer: OpinionAnswer; reasons: Generated<string>; on_points: Generated<string[]>; instead_agency_id: string | null;
    instead_text: Generated<string>; document_number: Generated<string>; document_on: string | null; way: OpinionWay; officer_id: string | null; token_id: string | null;
    mail_id: string | null; at: Date; late: boolean;
  };
  opinion_mail: {
    id: Generated<string>; opinion_id: string; arrival_id: string; sender_sealed: Buffer; why: 'unknown_sender' | 'not_genuine' | 'closed' | null; body: string; answer: OpinionAnswer; at: Date;
    state: Generated<'waiting' | 'taken' | 'refused'>; decided_at: Date | null; decided_by: string | null;
  };
  opinion_file: {
    id: Generated<string>; consultation_id: string | null; answer_id: string | null; mail_id: string | null; name: string; media_type: string; bytes: number; file_ref: string;
    sha256: Buffer; at: Date;
  };
  meeting: {
    id: Generated<string>; code: string; agency_id: string; state: Generated<MeetingState>; title: string; place: string; online_link: string | null; starts_at: Date; ends_at: Date;
    chair: string; secretary: string; version: Generated<number>; sequence: Generated<number>; changed_at: Date; created_by: string; created_at: Date; invited_at: Date | null;
    cancel_reason: string | null; ended_at: Date | null; concluded_at: Date | null;
  };
  meeting_agenda: { id: Generated<string>; meeting_id: string; ordinal: number; case_id: string | null; title: string; minutes: number | null; presenter: Generated<string> };
  meeting_guest: {
    meeting_id: string; agency_id: string; invited_at: Date | null; answer: Generated<GuestAnswer>; reason: Generated<string>; names: Generated<string>; answered_at: Date | null;
    answered_by: string | null; answered_sequence: number | null; attendance: Attendance | null; came: Generated<string>;
  };
  meeting_minutes: {
    agenda_id: string; meeting_id: string; discussion: Generated<string>; statements: Generated<string>; conclusion: Generated<string>; version: Generated<number>; saved_by: string; saved_at: Date;
  };
  meeting_conclusion: { meeting_id: string; body: Generated<string>; version: Generated<number>; saved_by: string; saved_at: Date };
  meeting_action: {
    id: Generated<string>; meeting_id: string; case_id: string | null; what: string; agency_id: string; officer_id: string | null; due_on: string; task_id: string | null;
    created_by: string; created_at: Date;
  };
  meeting_addendum: { id: Generated<string>; meeting_id: string; part: 'minutes' | 'conclusion'; body: string; reason: string; officer_id: string; at: Date };
  transfer: {
    id: Generated<string>; code: string; case_id: string | null; report_id: string | null; from_agency: string; to_agency: string; competence_id: string | null; law: Generated<string>;
    reason: string; urgent: Generated<boolean>; open_to_coordinator: Generated<boolean>; proposed_by: string; proposed_at: Date; due_on: string; state: Generated<TransferState>;
    answered_at: Date | null; answered_by: string | null; answer_reason: string | null; late_on: string | null; moved_at: Date | null;
  };
  take_over: { id: Generated<string>; case_id: string; ground: TakeOverGround; agency_id: string; from_agency: string; officer_id: string; reason: string; at: Date };
  hand_over: {
    id: Generated<string>; via: HandOverVia; what: HandedThing; item_id: string; case_id: string | null; code: string; from_agency: string; to_agency: string; from_officer: string | null;
    to_officer: string | null; by_officer: string | null; why: Generated<string>; at: Date; tx: Generated<string>;
  };
  own_act: {
    id: Generated<string>; case_id: string; agency_id: string; officer_id: string; done_on: string; what: string; legal_basis: string | null; own_power: OwnPower | null;
    result: Generated<string>; document_number: Generated<string>; at: Date;
  };
  report: {
    id: Generated<string>; code: string; secret_hash: Buffer; idempotency_hash: Buffer; payload_hash: Buffer; channel: Channel; category: CategoryCode;
    situation: string | null; state: Generated<ReportState>; narrative: string; search: string; happened_on: string | null; money_lost: number | null;
    in_danger: Generated<boolean>; for_child: Generated<boolean>; province_code: string; commune_code: string | null; reporter_kind: ReporterKind; sender_agency_id: string | null;
    handling_agency_id: string; language: 'vi' | 'en'; received_at: Date; due_on: string | null; case_id: string | null; stop_code: StopCode | null;
    erase_after: Date | null; read_by_desk_at: Date | null; sealed_story: Buffer | null; fold: string | null; text_hash: Buffer | null;
    minimised_at: Date | null;
  };
  reporter_identity: { report_id: string; sealed: Buffer; has_email: boolean; purge_after: string };
  pending_upload: Stored & { form_hash: Buffer; qr_sealed: Buffer | null };
  attachment: Stored & { report_id: string };
  message: { id: Generated<string>; report_id: string; sent_by: 'reporter' | 'desk'; officer_id: string | null; body: string; at: Date; read_at: Date | null };
  indicator: {
    id: Generated<string>; kind: IndicatorKind; match_key: Buffer; display: string; value: string | null; sealed: Buffer | null; specific: boolean;
    case_id: string | null; first_seen: Date;
  };
  report_indicator: { report_id: string; indicator_id: string; grouping_key: boolean };
  stop_statistic: { iso_week: string; category: CategoryCode; stop_code: StopCode; reporter_kind: ReporterKind; agency_id: string | null; stops: Generated<number>; lifted: Generated<number> };
  gate_check: Record<StopCode, boolean> & {
    id: Generated<string>; stage: 'intake' | 'second' | 'review'; report_id: string | null; decision_id: string | null; category: CategoryCode; officer_id: string; agency_id: string;
    elements: Generated<string[]>; passed: boolean; at: Date; submission: number | null;
  };
  evidence: {
    id: Generated<string>; case_id: string; kind: 'attachment' | 'observation' | 'document'; attachment_id: string | null; description: string; sha256: Buffer | null;
    officer_id: string; at: Date;
  };
  verification: { id: Generated<string>; case_id: string; officer_id: string; checked: string; other_explanation: string; finding: string; confidence: Confidence; at: Date };
  decision: {
    id: Generated<string>; case_id: string; agency_id: string; measure: MeasureCode; category: CategoryCode; state: Generated<DecisionState>; drafter_id: string;
    second_officer_id: string | null; legal_basis: string | null; competence_id: string | null; aim: AimCode | null; facts: Generated<string>; side_effects: Generated<string>;
    territory: string | null; starts_on: string | null; ends_on: string | null; act_date: string | null; title: Generated<string>; public_summary: Generated<string>;
    advice: Generated<string>; created_at: Date; decided_at: Date | null; submissions: Generated<number>; detail: Generated<Record<string, string>>;
    renews: string | null; interim_at: Date | null; interim_until: Date | null; stayed_at: Date | null;
  };
  decision_element: { decision_id: string; element: string; why: string; evidence_ids: Generated<string[]> };
  decision_option: { decision_id: string; option: string; why_not: string };
  decision_evidence: { decision_id: string; evidence_id: string };
  decision_locator: { decision_id: string; indicator_id: string; granularity: Granularity };
  decision_recipient: { decision_id: string; recipient_id: string };
  decision_access: {
    id: Generated<string>; decision_id: string; party: 'recipient' | 'affected'; recipient_id: string | null; code: string; secret_hash: Buffer; created_at: Date;
    delay_reason: 'police_request' | 'danger_to_person' | 'fraud_under_way' | null; delay_until: Date | null;
  };
  affected_delay: { decision_id: string; reason: DelayReason; days: number; request_number: string | null; officer_id: string; at: Date };
  notice: {
    id: Generated<string>; decision_id: string; recipient_id: string; kind: NoticeKind; phase: NoticePhase; ending: NoticeEnding | null; format: 'letter' | 'xarf'; language: 'vi' | 'en';
    access_id: string; affected_id: string | null; follows: string | null; says: Record<string, unknown>; number_text: string | null; numbered_on: string | null;
    state: Generated<NoticeState>; rendered_at: Date | null; sent_at: Date | null; failure: 'refused' | 'unreachable' | null; effect_due: string | null;
    effect: NoticeEffect | null; effect_on: string | null; effect_note: Generated<string>; effect_number: string | null; effect_by: 'recipient' | 'officer' | null;
    reminded_at: Date | null; created_at: Date;
  };
  notice_file: { notice_id: string; place: number; name: string; media_type: string; file_ref: string; sha256: Buffer; bytes: number };
  appeal: {
    id: Generated<string>; code: string; secret_hash: Buffer; state: Generated<AppealState>; party: 'affected' | 'reporter' | 'recipient'; agency_id: string; decision_id: string | null;
    report_id: string | null; words: string; asks_stay: boolean; language: 'vi' | 'en'; contact_sealed: Buffer | null; has_contact: Generated<boolean>; form_hash: Buffer; filed_at: Date; accept_by: string;
    reviewer_id: string | null; accepted_at: Date | null; is_complex: Generated<boolean>; is_remote: Generated<boolean>; decide_by: string | null; outcome: AppealOutcome | null;
    reasons: Generated<string>; decided_at: Date | null;
  };
  appeal_message: { id: Generated<string>; appeal_id: string; sent_by: 'appellant' | 'desk'; officer_id: string | null; body: string; at: Date };
  legal_review: { id: Generated<string>; decision_id: string; submission: number; officer_id: string; agrees: boolean; note: string; at: Date };
  warning: {
    id: Generated<string>; decision_id: string; slug: string; category: CategoryCode; agency_id: string; title: string; summary: string; advice: string;
    legal_basis: string; published_at: Date; ends_at: Date; lifted_at: Date | null; report_count: number; commune_count: number; stayed_at: Date | null;
  };
  warning_target: { warning_id: string; granularity: Granularity; match_key: Buffer; value: string };
  arrival: {
    id: Generated<string>; channel: Channel; media: ArrivalMedia; agency_id: string; receiver: string; external_hash: Buffer; sender_sealed: Buffer | null;
    sender_hash: Buffer | null; original_ref: string | null; original_sha256: Buffer | null; original_bytes: number | null; facts: Generated<Record<string, unknown>>;
    arrived_at: Date; recorded_at: Date; state: Generated<ArrivalState>; reason: string | null; attempts: Generated<number>; report_id: string | null;
    officer_id: string | null; document_number: number | null; document_year: number | null;
  };
  channel_health: {
    channel: Channel; endpoint: string; state: 'ok' | 'failing'; since: Date; reason: string | null; detail: string | null; last_ok_at: Date | null; last_arrival_at: Date | null;
  };
  api_token: {
    id: Generated<string>; agency_id: string; name: string; token_hash: Buffer; scopes: Scope[]; created_by: string; created_at: Date; expires_at: Date;
    last_used_on: string | null; revoked_at: Date | null; revoked_by: string | null; rotated_from: string | null;
  };
  webhook: {
    id: Generated<string>; agency_id: string; url: string; secret_sealed: Buffer; created_by: string; created_at: Date; stopped_at: Date | null; last_ok_at: Date | null;
    failing_since: Date | null; last_error: string | null;
  };
  webhook_delivery: {
    id: Generated<string>; webhook_id: string; report_id: string | null; task_id: string | null; payload: Record<string, unknown>; at: Date; state: Generated<'waiting' | 'delivered' | 'given_up'>;
    attempts: Generated<number>; next_at: Date; status: number | null; delivered_at: Date | null;
  };
  sheet_mapping: { agency_id: string; header_hash: Buffer; mapping: Record<string, unknown>; saved_by: string; saved_at: Date };
  sheet_import: {
    id: Generated<string>; agency_id: string; officer_id: string; file_name: string; original_ref: string | null; original_sha256: Buffer; original_bytes: number;
    mapping: Record<string, unknown> | null; state: Generated<'uploaded' | 'running' | 'done' | 'quarantined' | 'cancelled'>; reason: string | null; next_row: Generated<number>;
    rows_read: Generated<number>; rows_total: number | null; taken: Generated<number>; repeated: Generated<number>; refused: Generated<number>; created_at: Date; progressed_at: Date | null; finished_at: Date | null;
  };
  sheet_row: { import_id: string; number: number; report_id: string | null; errors: Record<string, unknown>[] | null };
  external_figure: {
    id: Generated<string>; agency_id: string; kind: string; value: number; qualifier: 'exact' | 'more_than' | 'about' | 'less_than'; unit: string; period_from: string;
    period_to: string; source: string; officer_id: string | null; token_id: string | null; recorded_at: Date; withdrawn_at: Date | null; withdrawn_reason: string | null;
  };
  regrouping: {
    id: Generated<string>; kind: RegroupingKind; agency_id: string; officer_id: string; from_case: string | null; to_case: string | null; reason: string;
    undoes: string | null; at: Date;
  };
  regrouped_report: { regrouping_id: string; report_id: string; from_case: string | null; to_case: string | null };
  regrouped_indicator: { regrouping_id: string; indicator_id: string; from_case: string | null; to_case: string | null };
  report_sketch: { report_id: string; bands: number[] };
  note: { id: Generated<string>; case_id: string | null; report_id: string | null; agency_id: string; officer_id: string; body: string; at: Date };
  canned_text: {
    id: Generated<string>; agency_id: string; title: string; body_vi: string; body_en: string; state: Generated<'proposed' | 'approved' | 'retired'>; drafter_id: string;
    approver_id: string | null; created_at: Date; decided_at: Date | null;
  };
  stop_review: {
    report_id: string; asked_at: Date; words: string; due_on: string; officer_id: string | null; decided_at: Date | null; outcome: 'kept' | 'lifted' | null; reason: string | null;
  };
  stop_opening: { report_id: string; officer_id: string; at: Date; reason: string };
  erasure_certificate: {
    id: Generated<string>; number: string; kind: CertificateKind; at: Date; iso_week: string; counts: Record<string, number>; places: Record<string, boolean | string>;
  };
  share_message: { id: Generated<string>; case_id: string; agency_id: string; from_agency: string; officer_id: string; body: string; at: Date };
  share_file: {
    id: Generated<string>; case_id: string; agency_id: string; officer_id: string; name: string; media_type: string; bytes: number; file_ref: string | null; sha256: Buffer; at: Date;
    evidence_id: string | null;
  };
  hand_over_pack: {
    id: Generated<string>; code: string; case_id: string; agency_id: string; target: PackTarget; recipient_agency_id: string | null; recipient_name: string; why: string;
    legal_ground: Generated<string>; with_originals: Generated<boolean>; contact_report_id: string | null; contact_reason: string | null; days: Generated<number>; drafter_id: string; drafted_at: Date;
    approver_id: string | null; approved_at: Date | null; approve_reason: string | null; refused_at: Date | null; made_by: string | null; made_at: Date | null; file_ref: string | null;
    sha256: Buffer | null; bytes: number | null; expires_at: Date | null; read_at: Date | null; read_by: string | null; receipt_number: string | null; receipt_on: string | null;
    receipt_office: string | null; receipt_by: string | null; recalled_at: Date | null; recalled_by: string | null; recall_reason: string | null;
    recipient_province: string | null;
  };
  pack_item: { pack_id: string; kind: ShareKind; item_id: string; full_value: Generated<boolean> };
  peer: {
    id: Generated<string>; agency_id: string; name: string; province_code: string; public_key: Buffer; address: string | null; directory_agency_id: string | null; added_by: string; added_at: Date;
    confirmed_by: string | null; confirmed_at: Date | null; ended_by: string | null; ended_at: Date | null; end_reason: string | null;
  };
  incoming_pack: {
    id: Generated<string>; agency_id: string; peer_id: string; sender_key: Buffer; pack_id: string; code: string; case_number: string; sha256: Buffer; made_at: Date; expires_at: Date;
    arrival_id: string | null; imported_by: string; imported_at: Date; outcome: 'accepted' | 'declined' | 'lapsed' | null; category: CategoryCode | null; decided_by: string | null; decided_at: Date | null;
    decline_reason: string | null; report_id: string | null; recalled_at: Date | null; recall_reason: string | null;
  };
  deployment_key: { only_one: Generated<boolean>; public_key: Buffer; sealed_private: Buffer; made_at: Date };
  data_request: {
    id: Generated<string>; code: string; report_id: string; kind: RequestKind; words: string | null; filed_at: Date; answer_by: string; do_by: string; acknowledged_at: Date | null;
    extended_until: string | null; extension_reason: string | null; state: Generated<RequestState>; outcome: string | null; officer_id: string | null; done_at: Date | null;
  };
}

/** Whether a row of the law came with a release or by a proposal approved here. */
export type LawOrigin = 'release' | 'local';
export type LegalChangeKind = 'add_document' | 'end_document' | 'add_basis' | 'end_basis' | 'correct_basis' | 'mark_checked';

/** Why telling the person affected may wait. */
export type DelayReason = 'police_request' | 'danger_to_person' | 'fraud_under_way';
export type NoticeKind = 'notice' | 'hand_over' | 'withdrawal' | 'stay' | 'resumption' | 'reminder';
/** What of a measure's life a letter belongs to; `affected` passes the page of the person affected on when a delay has ended. */
export type NoticePhase = 'full' | 'interim' | 'confirmation' | 'affected';
export type NoticeEnding = 'expired' | 'died' | 'withdrawn' | 'reversed' | 'superseded' | 'returned' | 'stopped';
export type NoticeState = 'prepared' | 'sent' | 'dispatched' | 'failed' | 'dropped';
/** What the recipient did; `none` is entered by an officer, never assumed. */
export type NoticeEffect = 'done' | 'partly' | 'refused' | 'none';
/** In what form something arrived; `call` and `visit` have no original but what the officer wrote; `picture` came inside another arrival and was refused. */
export type ArrivalMedia = 'mail' | 'sms' | 'call' | 'visit' | 'letter' | 'edxml' | 'xarf' | 'misp' | 'picture' | 'pack';
export type ArrivalState = 'waiting' | 'taken' | 'threaded' | 'set_aside' | 'quarantined' | 'discarded';
export type RegroupingKind = 'move' | 'split' | 'merge' | 'undo';
/** What an agency token may do. */
export type Scope = 'reports:write' | 'reports:read' | 'figures:write' | 'opinions:read' | 'opinions:write';

export const OPINION_ANSWERS = ['agree', 'agree_with_changes', 'disagree', 'not_competent'] as const;
/** What an agency answers; `to_read` is a mail that an officer has to read first. */
export type OpinionAnswer = (typeof OPINION_ANSWERS)[number] | 'to_read';
/** How an answer came: the agency's screen or system, a reply by mail, a letter entered by the asking agency. */
export type OpinionWay = 'screen' | 'api' | 'mail' | 'paper';

/** What part an agency takes in a case it does not lead. */
export type CasePart = 'consulted' | 'support' | 'acting' | 'referred' | 'former';
/** What of a case can be shown to a party, one by one. */
export type ShareKind = 'report' | 'attachment' | 'indicator' | 'evidence' | 'verification';
/** What an invited agency answered; a deputy or nobody comes with a reason. */
export const GUEST_ANSWERS = ['none', 'coming', 'deputy', 'not_coming'] as const;
export type GuestAnswer = (typeof GUEST_ANSWERS)[number];
export const ATTENDANCES = ['present', 'late', 'absent'] as const;
export type Attendance = (typeof ATTENDANCES)[number];
/** Where a pack goes: to an agency of this desk, to police outside of it, to another province. */
export type PackTarget = 'agency' | 'police' | 'province';
/** What a task is about; `other` is set by hand. */
export type TaskKind = 'opinion' | 'transfer' | 'action' | 'letter' | 'shared' | 'hand_over' | 'other';
/** Why another agency took a case over: the transfer was not answered in time, its lead ended, or the lead agreed. */
export type TakeOverGround = 'lapsed' | 'ended' | 'agreed';
/** How something changed hands. */
export type HandOverVia = 'transfer' | 'take_over' | 'agency_ended' | 'officer';
export type HandedThing = 'case' | 'report' | 'party' | 'task' | 'opinion' | 'transfer' | 'decision' | 'meeting' | 'pack' | 'document';

/** What became of the check of a PDF's signatures; `none` for what is no PDF, `unavailable` without poppler, `failed` when it could not be read in time. */
export type SignatureCheck = 'none' | 'found' | 'unsigned' | 'unavailable' | 'failed';
export type TemplateState = 'proposed' | 'active' | 'refused' | 'retired';

export type AgencyLevel = 'province' | 'department' | 'police' | 'commune' | 'district' | 'company' | 'bank' | 'press' | 'central';
export type ReporterKind = 'person' | 'anonymous' | 'agency';
export type Confidence = 'low' | 'medium' | 'high';
export const APPEAL_OUTCOMES = ['upheld', 'changed', 'reversed', 'remitted'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];
export type Granularity = 'url' | 'host' | 'domain' | 'phone' | 'account' | 'file';

interface Stored {
  id: string; name: string; media_type: string; bytes: number; original_ref: string; original_sha256: Buffer; copy_ref: string; copy_bytes: number;
  width: number; height: number; at: Date;
}
