-- Retention (S13), openings of what is sealed (S12), and what people may ask about their own data.

alter table report add column minimised_at timestamptz; -- since then it says nothing about anybody; kept to be counted
grant select (minimised_at) on report to lachan_app; -- 0006 gives the columns of this table one by one
alter table case_file add column minimised_at timestamptz, add check (minimised_at is null or state = 'closed');
create index case_ended on case_file (closed_at) where state = 'closed' and minimised_at is null;
create index journal_opening on journal (seq desc) where action in ('open_identity', 'open_stopped');

-- ── Requests of people about their own data (Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP) ──────────────────────────────────
create table data_request (
  id uuid primary key default uuidv7(), code text not null unique check (code ~ '^DL-\d{2}-\d{6}-\d{4,9}-\d$'),
  report_id uuid not null references report on delete cascade,
  kind text not null check (kind in ('access', 'correct', 'erase', 'restrict', 'withdraw', 'object')),
  words text check (length(words) between 5 and 2000), filed_at timestamptz not null, answer_by date not null, do_by date not null,
  acknowledged_at timestamptz, extended_until date, extension_reason text check (length(extension_reason) between 10 and 1000),
  state text not null default 'filed' check (state in ('filed', 'acknowledged', 'done', 'refused')),
  outcome text check (length(outcome) between 10 and 2000), officer_id uuid references officer, done_at timestamptz,
  check ((state in ('done', 'refused')) = (done_at is not null)),
  check (state <> 'refused' or outcome is not null),
  check ((extended_until is null) = (extension_reason is null)), check (extended_until > do_by));
-- One of a kind at a time: what is sent again is the same request.
create unique index data_request_open on data_request (report_id, kind) where state in ('filed', 'acknowledged');
create index data_request_report on data_request (report_id, filed_at);
create index data_request_waiting on data_request (do_by) where state in ('filed', 'acknowledged');

-- src/core/data-requests.ts is the source; tests/integration/data-requests.test.ts fails when they part.
create function data_request_steps() returns table (action text, from_state text, to_state text, performers text[], reason_required boolean) language sql immutable as $$
  values ('acknowledge', 'filed', 'acknowledged', '{intake,case_officer,administrator}'::text[], false),
    ('do_at_once', 'filed', 'done', '{system}', false),
    ('do', 'acknowledged', 'done', '{intake,case_officer,administrator}', true),
    ('refuse', 'acknowledged', 'refused', '{intake,case_officer,administrator}', true) $$;
-- Calendar days to do it, and once as many again (NĐ 356/2025/NĐ-CP).
create function data_request_days(kind text) returns integer language sql immutable as $$
  select case when kind in ('access', 'correct') then 10 when kind = 'erase' then 20 else 15 end $$;
-- What a request of a kind may remove.
create function data_request_parts(kind text) returns text[] language sql immutable as $$
  select case when kind in ('erase', 'object') then '{contact,pictures,words}' when kind in ('restrict', 'withdraw') then '{contact}' else '{}' end::text[] $$;

create function guard_data_request() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'filed' or num_nonnulls(new.officer_id, new.done_at, new.outcome, new.acknowledged_at, new.extended_until) > 0
        or not (ctx_kind() = 'reporter' and new.report_id = ctx_report() or ctx_kind() = 'system' and new.kind in ('access', 'withdraw')) then
      raise exception 'a request is filed by the person alone, undecided' using errcode = 'check_violation'; end if;
    new.filed_at := desk_now();
    -- A holiday moves a last day by at most two weeks (Tết).
    if new.answer_by < desk_today() or new.answer_by > desk_today() + 2 + 14 or new.do_by < desk_today() or new.do_by > desk_today() + data_request_days(new.kind) + 14 then
      raise exception 'the clocks of a request are those of the law' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (new.id, new.code, new.report_id, new.kind, new.filed_at, new.answer_by, new.do_by) is distinct from (old.id, old.code, old.report_id, old.kind, old.filed_at, old.answer_by, old.do_by)
      or new.words is distinct from old.words and not (new.words is null and ctx_kind() = 'system' and old.state in ('done', 'refused')) then
    raise exception 'a request and its clocks are not rewritten' using errcode = 'check_violation'; end if;
  if old.state in ('done', 'refused') then
    if to_jsonb(new) - 'words' is distinct from to_jsonb(old) - 'words' then raise exception 'a decided request stays decided' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if new.state = old.state and (new.outcome, new.officer_id, new.acknowledged_at) is distinct from (old.outcome, old.officer_id, old.acknowledged_at) then
    raise exception 'a request changes step by step' using errcode = 'check_violation'; end if;
  if new.state <> old.state then
    if not exists (select 1 from data_request_steps() s where s.from_state = old.state and s.to_state = new.state and (not s.reason_required or new.outcome is not null)
        and s.performers && case ctx_kind() when 'officer' then string_to_array(coalesce(current_setting('desk.roles', true), ''), ',') else array[ctx_kind()] end) then
      raise exception 'data_request may not go from % to % by this actor', old.state, new.state using errcode = 'check_violation'; end if;
    if new.officer_id is distinct from ctx_officer() or (new.state = 'acknowledged') is distinct from (new.acknowledged_at is distinct from old.acknowledged_at) then
      raise exception 'a request is answered in person' using errcode = 'check_violation'; end if;
    if ctx_kind() = 'system' and new.kind not in ('access', 'withdraw') then
      raise exception 'an officer decides this request' using errcode = 'check_violation'; end if;
  end if;
  if new.extended_until is distinct from old.extended_until and (old.extended_until is not null or old.state <> 'acknowledged' or new.state <> 'acknowledged' or ctx_kind() is distinct from 'officer'
      or desk_today() > old.do_by or new.extended_until > old.do_by + data_request_days(old.kind) + 14) or new.extension_reason is distinct from old.extension_reason and new.extended_until is not distinct from old.extended_until then
    raise exception 'a request is extended once, in time, with a reason' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger data_request_guard before insert or update on data_request for each row execute function guard_data_request();
create constraint trigger data_request_journal after insert or update of state on data_request deferrable initially deferred for each row execute function require_journal();

-- ── The end of a case file ──────────────────────────────────────────────────────────────────────────────────────────
-- DEADLINES.keepCase: the window for a review (6 months) and the one for a court (12 months), one after the other.
create function keep_case_months() returns integer language sql immutable as $$ select 18 $$;

-- A decision that bound somebody, be it for a day (S7): its reasons are kept, and what they cite.
create function took_effect(d decision) returns boolean language sql immutable as $$ select d.decided_at is not null or d.interim_at is not null $$;
-- When a decision or a draft came to its end; one without a term (no action, a referral) is over the moment it is made. Null while it goes on.
create function decision_over(d decision) returns timestamptz language sql stable as $$
  select max(j.at) from journal j where j.entity = 'decision' and j.entity_id = d.id and j.to_state = d.state
    and (d.state in ('stopped', 'expired', 'withdrawn', 'reversed') or d.state = 'in_force' and d.ends_on is null) $$;
-- Evidence that a decision cites: its description and hash stay with the reasons.
create function is_cited(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from decision_evidence c join decision d on d.id = c.decision_id where c.evidence_id = wanted and took_effect(d)) $$;

-- Why the contents of a case are needed still; null when nothing holds them. 0009 adds appeals.
create function case_hold(wanted uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when c.state <> 'closed' then 'open'
    when exists (select 1 from decision d where d.case_id = c.id and decision_over(d) is null) then 'decision'
    when exists (select 1 from report r where r.case_id = c.id and r.state not in ('answered', 'stopped', 'erased')) then 'unanswered'
    when exists (select 1 from data_request q join report r on r.id = q.report_id where r.case_id = c.id and q.state in ('filed', 'acknowledged')) then 'data_request' end
  from case_file c where c.id = wanted $$;

-- The last day on which the contents of a closed case are kept: counted from its closing or the end of its last decision, whichever
-- came later. Null while something holds it, and when it was minimised.
create function case_kept_until(wanted uuid) returns date language sql stable security definer set search_path = public, pg_temp as $$
  select ((greatest(c.closed_at, (select max(decision_over(d)) from decision d where d.case_id = c.id))
    at time zone 'Asia/Ho_Chi_Minh')::date + make_interval(months => keep_case_months()))::date
  from case_file c where c.id = wanted and c.state = 'closed' and c.minimised_at is null and case_hold(c.id) is null
    and (ctx_kind() = 'system' or sees_case(c.id) or exists (select 1 from report r where r.id = ctx_report() and r.case_id = c.id)) $$;

-- Whether a decision was made, or is being made, from a report that passed the gate: then its words are part of the reasons until the
-- term ends.
create function decision_rests_on(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from report r join decision d on d.case_id = r.case_id
    where r.id = wanted and r.state in ('attached', 'answered') and (took_effect(d) or d.state not in ('stopped', 'withdrawn'))) $$;

-- A report loses its words for one of two reasons: the term of its case is over (the job), or its reporter asked and an officer of
-- the agency that handles it agreed. Nothing else of it changes, and nothing comes back.
create function guard_minimised_report() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare emptied constant text[] := '{narrative,search,text_hash,situation,happened_on,money_lost,payload_hash,minimised_at}';
begin
  if old.minimised_at is not null then raise exception 'S13: what was minimised stays so' using errcode = 'restrict_violation'; end if;
  if to_jsonb(new) - emptied is distinct from to_jsonb(old) - emptied or (new.narrative, new.search) <> ('–', '')
      or num_nonnulls(new.text_hash, new.situation, new.happened_on, new.money_lost) > 0 or new.payload_hash = old.payload_hash or new.minimised_at <> desk_now() then
    raise exception 'S13: minimising empties the words and nothing else' using errcode = 'check_violation'; end if;
  if not coalesce(case ctx_kind()
      when 'system' then case_kept_until(new.case_id) < desk_today()
      when 'officer' then new.handling_agency_id = ctx_agency() and not decision_rests_on(new.id) and new.state <> 'stopped'
        and exists (select 1 from data_request q where q.report_id = new.id and q.kind in ('erase', 'object') and q.state = 'acknowledged') end, false) then
    raise exception 'S13: the term of this report is not over, and nobody asked' using errcode = 'check_violation'; end if;
  return new;
end $$;
-- The words of a report are rewritten by a stop (guard_report) or by minimising, each with its own guard.
drop trigger report_guard on report;
create trigger report_guard before update on report for each row when (new.minimised_at is not distinct from old.minimised_at) execute function guard_report();
create trigger report_minimised before update on report for each row when (new.minimised_at is distinct from old.minimised_at) execute function guard_minimised_report();

create function guard_minimised_case() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.minimised_at is not null then
    if (new.minimised_at, new.state, new.title) is distinct from (old.minimised_at, old.state, old.title) then
      raise exception 'S13: a case whose contents are gone stays closed' using errcode = 'restrict_violation'; end if;
  elsif new.minimised_at is not null and (ctx_kind() is distinct from 'system' or not coalesce(case_kept_until(new.id) < desk_today(), false) or new.title <> new.number
      or exists (select 1 from report r where r.case_id = new.id and r.minimised_at is null and r.state = 'answered')) then
    raise exception 'S13: the term of this case is not over' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger case_minimised before update on case_file for each row
  when (old.minimised_at is not null or new.minimised_at is not null) execute function guard_minimised_case();

-- What was said in the review of a stop that was lifted goes with the words of its report; that it was, by whom and how stays.
create function guard_emptied_review() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - '{words,reason}'::text[] is distinct from to_jsonb(old) - '{words,reason}'::text[] or old.outcome is null or new.words not like '(Đã xóa%' or new.reason <> new.words
      or not exists (select 1 from report r where r.id = new.report_id and r.minimised_at = desk_now()) then
    raise exception 'S2: a request is not rewritten, and what was decided stays decided' using errcode = 'check_violation'; end if;
  return new;
end $$;
drop trigger stop_review_guard on stop_review;
create trigger stop_review_guard before insert on stop_review for each row execute function guard_stop_review();
create trigger stop_review_decided before update on stop_review for each row when (old.words = new.words) execute function guard_stop_review();
create trigger stop_review_emptied before update on stop_review for each row when (old.words <> new.words) execute function guard_emptied_review();

-- A draft that never bound anybody is no statement of reasons: its words and its parts go with its case. That it was written and dropped stays.
create function is_spent_draft(d decision) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(ctx_kind() = 'system' and not took_effect(d) and decision_over(d) is not null and case_kept_until(d.case_id) < desk_today(), false) $$;
create function guard_emptied_draft() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare emptied constant text[] := '{facts,side_effects,title,public_summary,advice,detail}';
begin
  if not is_spent_draft(old) or to_jsonb(new) - emptied is distinct from to_jsonb(old) - emptied
      or (new.facts, new.side_effects, new.title, new.public_summary, new.advice, new.detail) is distinct from ('', '', '', '', '', '{}'::jsonb) then
    raise exception 'a decided text is not rewritten; renewing is a new decision' using errcode = 'check_violation'; end if;
  return new;
end $$;
drop trigger decision_guard on decision;
create trigger decision_guard before update on decision for each row when (old.state not in ('stopped', 'withdrawn')
  or (new.facts, new.side_effects, new.title, new.public_summary, new.advice, new.detail) is not distinct from (old.facts, old.side_effects, old.title, old.public_summary, old.advice, old.detail)) execute function guard_decision();
create trigger decision_emptied before update on decision for each row when (old.state in ('stopped', 'withdrawn')
  and (new.facts, new.side_effects, new.title, new.public_summary, new.advice, new.detail) is distinct from (old.facts, old.side_effects, old.title, old.public_summary, old.advice, old.detail)) execute function guard_emptied_draft();
create or replace function guard_decision_part() returns trigger language plpgsql as $$
declare target uuid := coalesce(new.decision_id, old.decision_id);
begin
  if tg_op = 'DELETE' and ctx_kind() = 'system' and exists (select 1 from decision d where d.id = target and is_spent_draft(d)) then return old; end if;
  if not exists (select 1 from decision d where d.id = target and d.state in ('draft', 'returned')) then
    raise exception 'the parts of a submitted decision are fixed' using errcode = 'check_violation'; end if;
  if not exists (select 1 from decision d where d.id = target and d.drafter_id = ctx_officer()) then
    raise exception 'S7: only the drafter writes the draft' using errcode = 'check_violation'; end if;
  return coalesce(new, old);
end $$;

-- The opinion of a legal officer is work on a decision, not its reasons: its words end with the case, who agreed and when stays.
create function guard_legal_note() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx_kind() is distinct from 'system' or to_jsonb(new) - 'note' is distinct from to_jsonb(old) - 'note' or new.note <> '(Đã xóa khi hết thời hạn lưu giữ.)'
      or not coalesce((select case_kept_until(d.case_id) < desk_today() from decision d where d.id = new.decision_id), false) then
    raise exception 'legal_review is append-only' using errcode = 'restrict_violation'; end if;
  return new;
end $$;
drop trigger legal_review_append_only on legal_review;
create trigger legal_review_append_only before delete or truncate on legal_review for each statement execute function refuse_change();
create trigger legal_review_emptied before update on legal_review for each row execute function guard_legal_note();

-- Nothing is added where the job will not come again.
create function refuse_after_minimising() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  whole jsonb := to_jsonb(new);
  home uuid := coalesce((whole ->> 'case_id')::uuid, (select r.case_id from report r where r.id = (whole ->> 'report_id')::uuid));
begin
  if exists (select 1 from case_file c where c.id = home and c.minimised_at is not null) then
    raise exception 'S13: the contents of this case are gone and none are added' using errcode = 'restrict_violation'; end if;
  return new;
end $$;
create trigger message_minimised before insert on message for each row execute function refuse_after_minimising();
create trigger attachment_minimised before insert on attachment for each row execute function refuse_after_minimising();
create trigger note_minimised before insert on note for each row execute function refuse_after_minimising();
create trigger evidence_minimised before insert on evidence for each row execute function refuse_after_minimising();
create trigger verification_minimised before insert on verification for each row execute function refuse_after_minimising();

create or replace function guard_regrouping() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'reason' is distinct from to_jsonb(old) - 'reason' or new.reason not in ('(Đã xóa cùng phản ánh ngoài phạm vi.)', '(Đã xóa khi hết thời hạn lưu giữ.)') then
    raise exception 'regrouping is append-only' using errcode = 'restrict_violation'; end if;
  return new;
end $$;

-- As in 0002; what arrived may be emptied, not rewritten, for a request that asks for it.
create or replace function guard_arrival() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.state in ('taken', 'threaded') and (new.state, new.report_id) is distinct from (old.state, old.report_id) then
    raise exception 'an arrival stays with its report' using errcode = 'check_violation'; end if;
  if new.state in ('taken', 'threaded') and old.state not in ('taken', 'threaded') and (old.state <> 'waiting'
      or ctx_kind() is distinct from case new.state when 'taken' then 'intake' else 'reporter' end) then
    raise exception 'an arrival is taken together with its report' using errcode = 'check_violation'; end if;
  if new.state not in ('taken', 'threaded') and new.report_id is not null then
    raise exception 'only what was taken belongs to a report' using errcode = 'check_violation'; end if;
  if ctx_kind() = 'officer' and (new.facts -> 'pictureOf', new.sender_sealed, new.sender_hash, new.original_ref, new.original_bytes)
      is distinct from (old.facts -> 'pictureOf', old.sender_sealed, old.sender_hash, old.original_ref, old.original_bytes)
      and not (new.facts -> 'pictureOf' is not distinct from old.facts -> 'pictureOf' and num_nonnulls(new.sender_sealed, new.sender_hash) = 0
        and (new.original_ref, new.original_bytes) is not distinct from (case when new.original_ref is not null then old.original_ref end, case when new.original_ref is not null then old.original_bytes end)
        and exists (select 1 from data_request q join report r on r.id = q.report_id where q.report_id = old.report_id and q.state = 'acknowledged'
          and q.kind in ('erase', 'object', 'restrict') and r.handling_agency_id = ctx_agency())) then
    raise exception 'what arrived is not rewritten' using errcode = 'check_violation'; end if;
  return new;
end $$;

-- Takes from a report what says something about a person: its words, likeness, conversation, people's numbers, where it arrived. The
-- guards above say when. Used by the two functions below.
create function empty_report(wanted uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare gone constant text := '(Đã xóa cùng lời phản ánh.)';
begin
  update report set narrative = '–', search = '', text_hash = null, situation = null, happened_on = null, money_lost = null,
      payload_hash = sha256(uuid_send(gen_random_uuid())), minimised_at = desk_now()
    where id = wanted and minimised_at is null;
  delete from report_sketch where report_id = wanted;
  delete from webhook_delivery where report_id = wanted and state <> 'waiting';
  update stop_review set words = gone, reason = gone where report_id = wanted and outcome is not null and words <> gone;
  delete from stop_opening where report_id = wanted;
end $$;

-- The contact of a report, and the letters that name the same person; gives the files that go. The register of incoming documents keeps
-- number and notation of an agency's document.
create function empty_contact(wanted uuid, whole boolean) returns text[] language plpgsql security definer set search_path = public, pg_temp as $$
declare files text[];
begin
  delete from reporter_identity where report_id = wanted;
  select coalesce(array_agg(original_ref), '{}') into files from arrival where report_id = wanted and original_ref is not null and (whole or media in ('mail', 'sms'));
  update arrival set sender_sealed = null, sender_hash = null, facts = case when whole then coalesce(jsonb_build_object('document', nullif(facts -> 'document', 'null')), '{}') else facts - 'messageId' end
    where report_id = wanted;
  update arrival set original_ref = null, original_bytes = null, original_sha256 = null where report_id = wanted and original_ref = any (files);
  if whole then update arrival set original_sha256 = null where report_id = wanted; end if;
  return files;
end $$;

-- People's numbers of some reports: unlinked, and deleted where nothing else names them.
create function empty_numbers(reports uuid[]) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare traces uuid[]; gone bigint;
begin
  with unlinked as (delete from report_indicator l using indicator i where l.report_id = any (reports) and i.id = l.indicator_id and i.kind in ('phone', 'bank_account')
      and not exists (select 1 from decision_locator d where d.indicator_id = i.id) returning l.indicator_id)
    select array_agg(distinct indicator_id) into traces from unlinked;
  delete from indicator i where i.id = any (traces) and not exists (select 1 from report_indicator l where l.indicator_id = i.id);
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Minimises a case whose term is over: what is left is the number, the kind of harm, the days, who acted, and the decisions that took
-- effect with the evidence they cite. @return how many rows of each table lost something, and the files that go.
create function minimise_case(wanted uuid) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone constant text := '(Đã xóa khi hết thời hạn lưu giữ.)';
  reports uuid[]; drafts uuid[]; appeals uuid[]; files text[] := '{}'; counts jsonb := '{}'; one uuid; n bigint;
begin
  if ctx_kind() is distinct from 'system' then raise exception 'S13: only the retention job minimises a case' using errcode = 'insufficient_privilege'; end if;
  perform 1 from case_file where id = wanted for update;
  if not coalesce(case_kept_until(wanted) < desk_today(), false) then raise exception 'S13: the term of this case is not over' using errcode = 'check_violation'; end if;
  select coalesce(array_agg(id order by id), '{}') into reports from (select id from report where case_id = wanted and state = 'answered' order by id for update) locked;
  select jsonb_object_agg(key, value) into counts from (values
    ('report', (select count(*) from report where id = any (reports) and minimised_at is null)),
    ('reporter_identity', (select count(*) from reporter_identity where report_id = any (reports))),
    ('arrival', (select count(*) from arrival where report_id = any (reports) and (original_ref is not null or original_sha256 is not null or sender_sealed is not null or sender_hash is not null))),
    ('report_sketch', (select count(*) from report_sketch where report_id = any (reports))),
    ('webhook_delivery', (select count(*) from webhook_delivery where report_id = any (reports) and state <> 'waiting')),
    ('stop_review', (select count(*) from stop_review where report_id = any (reports) and words not like '(Đã xóa%')),
    ('stop_opening', (select count(*) from stop_opening where report_id = any (reports))),
    ('data_request', (select count(*) from data_request where report_id = any (reports) and words is not null))) as counted (key, value);
  foreach one in array reports loop
    perform empty_report(one);
    files := files || empty_contact(one, true);
  end loop;
  update data_request set words = null where report_id = any (reports) and words is not null;
  delete from message where report_id = any (reports);
  get diagnostics n = row_count; counts := counts || jsonb_build_object('message', n);
  delete from note where report_id = any (reports) or case_id = wanted;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('note', n);
  -- Before the numbers and the evidence that a dropped draft named.
  select coalesce(array_agg(d.id), '{}') into drafts from decision d where d.case_id = wanted and not took_effect(d);
  delete from decision_element where decision_id = any (drafts);
  delete from decision_option where decision_id = any (drafts);
  delete from decision_evidence where decision_id = any (drafts);
  delete from decision_locator where decision_id = any (drafts);
  delete from decision_recipient where decision_id = any (drafts);
  delete from affected_delay where decision_id = any (drafts);
  update decision set facts = '', side_effects = '', title = '', public_summary = '', advice = '', detail = '{}' where id = any (drafts)
    and (facts, side_effects, title, public_summary, advice, detail) is distinct from ('', '', '', '', '', '{}'::jsonb);
  get diagnostics n = row_count; counts := counts || jsonb_build_object('decision', n);
  update legal_review l set note = gone where note <> gone and exists (select 1 from decision d where d.id = l.decision_id and d.case_id = wanted);
  get diagnostics n = row_count; counts := counts || jsonb_build_object('legal_review', n);
  -- What a decision cites stays as long as its reasons: the officer's words and the hash, not the picture.
  update evidence e set attachment_id = null where e.case_id = wanted and e.attachment_id is not null and is_cited(e.id);
  update evidence e set attachment_id = null, sha256 = null, description = gone where e.case_id = wanted and e.description <> gone and not is_cited(e.id);
  get diagnostics n = row_count; counts := counts || jsonb_build_object('evidence', n);
  update evidence e set attachment_id = null where e.attachment_id in (select a.id from attachment a where a.report_id = any (reports)); -- filed in a case it was moved from
  select files || coalesce(array_agg(ref), '{}') into files from attachment a, unnest(array[a.original_ref, a.copy_ref]) ref where a.report_id = any (reports);
  delete from attachment where report_id = any (reports);
  get diagnostics n = row_count; counts := counts || jsonb_build_object('attachment', n);
  update verification set checked = gone, other_explanation = gone, finding = gone where case_id = wanted and checked <> gone;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('verification', n);
  counts := counts || jsonb_build_object('indicator', empty_numbers(reports));
  -- The words of appeals and who said them; outcome and reasons stay with those of the decision.
  select coalesce(array_agg(a.id), '{}') into appeals from appeal a
    where a.report_id = any (reports) or exists (select 1 from decision d where d.id = a.decision_id and d.case_id = wanted);
  delete from appeal_message where appeal_id = any (appeals);
  get diagnostics n = row_count; counts := counts || jsonb_build_object('appeal_message', n);
  update appeal set words = '–', contact_sealed = null where id = any (appeals) and (words <> '–' or contact_sealed is not null);
  get diagnostics n = row_count; counts := counts || jsonb_build_object('appeal', n);
  update case_file set title = number, minimised_at = desk_now() where id = wanted;
  update regrouping g set reason = gone where (g.from_case = wanted or g.to_case = wanted) and g.reason not like '(Đã xóa %'
    and not exists (select 1 from case_file c where c.id in (g.from_case, g.to_case) and c.minimised_at is null);
  get diagnostics n = row_count; counts := counts || jsonb_build_object('regrouping', n, 'case_file', 1);
  return jsonb_build_object('counts', counts, 'files', to_jsonb(files));
end $$;

-- Removes what a person asked to have removed and an officer agreed to (or, of a withdrawn consent, at once).
-- @return how many rows of each table, and the files that go
create function erase_for_request(request uuid, parts text[]) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone constant text := '(Đã xóa theo yêu cầu của người phản ánh.)';
  q data_request; r report; files text[] := '{}'; counts jsonb := '{}'; pictures uuid[]; n bigint;
begin
  select * into q from data_request where id = request for update;
  select * into r from report where id = q.report_id for update;
  if q.id is null or cardinality(parts) = 0 or not parts <@ data_request_parts(q.kind) or not coalesce(case ctx_kind()
      when 'system' then q.kind = 'withdraw' and q.state = 'filed'
      when 'officer' then q.state = 'acknowledged' and r.handling_agency_id = ctx_agency() and (ctx_has_role('intake') or ctx_has_role('case_officer') or ctx_has_role('administrator')) end, false) then
    raise exception 'S13: nothing is erased without a request that allows it' using errcode = 'check_violation'; end if;
  if 'contact' = any (parts) then
    select count(*) into n from reporter_identity where report_id = r.id;
    files := empty_contact(r.id, false);
    counts := counts || jsonb_build_object('reporter_identity', n);
  end if;
  if 'pictures' = any (parts) then
    select coalesce(array_agg(a.id), '{}') into pictures from attachment a where a.report_id = r.id and not exists (select 1 from evidence e join decision_evidence c on c.evidence_id = e.id
      join decision d on d.id = c.decision_id where e.attachment_id = a.id and (took_effect(d) or d.state not in ('stopped', 'withdrawn')));
    update evidence set attachment_id = null, sha256 = null, description = gone where attachment_id = any (pictures);
    select files || coalesce(array_agg(ref), '{}') into files from attachment a, unnest(array[a.original_ref, a.copy_ref]) ref where a.id = any (pictures);
    delete from attachment where id = any (pictures);
    counts := counts || jsonb_build_object('attachment', cardinality(pictures));
  end if;
  if 'words' = any (parts) then
    if r.state = 'stopped' or decision_rests_on(r.id) then raise exception 'S13: a decision rests on these words, or they are sealed until their own day' using errcode = 'check_violation'; end if;
    perform empty_report(r.id);
    files := files || empty_contact(r.id, true);
    delete from message where report_id = r.id;
    get diagnostics n = row_count; counts := counts || jsonb_build_object('report', 1, 'message', n);
    delete from note where report_id = r.id;
    get diagnostics n = row_count; counts := counts || jsonb_build_object('note', n, 'indicator', empty_numbers(array[r.id]));
  end if;
  return jsonb_build_object('counts', counts, 'files', to_jsonb(files));
end $$;

-- ── What is shown to whom ───────────────────────────────────────────────────────────────────────────────────────────
-- Every opening of what is sealed: all of them for the auditor, those of the own agency for its leaders. `people` leaves out the jobs.
create function sealed_openings(by_officer uuid, first_day date, people boolean, most integer, skip integer)
  returns table (seq bigint, at timestamptz, action text, officer_id uuid, officer text, agency_id uuid, job text, code text, reason text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select j.seq, j.at, j.action, j.officer_id, o.full_name, coalesce(j.agency_id, r.handling_agency_id), case when j.actor_kind <> 'officer' then coalesce(j.detail ->> 'job', j.actor_kind) end, r.code,
    coalesce(j.reason, (select o.reason from stop_opening o where o.report_id = r.id and o.officer_id = j.officer_id and o.at = j.at and ctx_has_role('auditor') and r.handling_agency_id = ctx_agency() limit 1))
  from journal j left join report r on r.id = j.entity_id left join officer o on o.id = j.officer_id
  where j.action in ('open_identity', 'open_stopped') and ctx_kind() = 'officer'
    and (ctx_has_role('auditor') or (ctx_has_role('leader') and (j.agency_id = ctx_agency() or r.handling_agency_id = ctx_agency())))
    and (by_officer is null or j.officer_id = by_officer) and (not people or j.actor_kind = 'officer')
    and (first_day is null or j.at >= first_day::timestamp at time zone 'Asia/Ho_Chi_Minh' and j.at < (first_day + interval '1 month') at time zone 'Asia/Ho_Chi_Minh')
  order by j.seq desc limit least(most, 200) offset skip $$;
-- Who opened, how often: to choose from.
create function sealed_openers() returns table (officer_id uuid, officer text, openings bigint) language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.full_name, count(*) from journal j join officer o on o.id = j.officer_id left join report r on r.id = j.entity_id
  where j.action in ('open_identity', 'open_stopped') and ctx_kind() = 'officer'
    and (ctx_has_role('auditor') or (ctx_has_role('leader') and (j.agency_id = ctx_agency() or r.handling_agency_id = ctx_agency())))
  group by o.id, o.full_name order by 3 desc, 2 limit 200 $$;

-- What is kept about the person who holds the code, and until when; no contents.
create function own_terms() returns table (has_contact boolean, has_email boolean, contact_until date, case_until date, minimised_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select i.report_id is not null, coalesce(i.has_email, false), i.purge_after, case_kept_until(r.case_id), r.minimised_at
  from report r left join reporter_identity i on i.report_id = r.id where ctx_kind() = 'reporter' and r.id = ctx_report() $$;
-- When the own sealed contact was opened, and whether by a person: the agency answers for its officers, so no name.
create function own_openings() returns table (at timestamptz, by_person boolean) language sql stable security definer set search_path = public, pg_temp as $$
  select j.at, j.actor_kind = 'officer' from journal j
  where ctx_kind() = 'reporter' and j.entity_id = ctx_report() and j.entity = 'report' and j.action in ('open_identity', 'open_stopped') order by j.seq desc limit 200 $$;

-- ── Row-level security ──────────────────────────────────────────────────────────────────────────────────────────────
alter table data_request enable row level security;
alter table data_request force row level security;
create policy owner_all on data_request to current_user using (true) with check (true);
grant select, insert on data_request to lachan_app;
grant update (state, acknowledged_at, extended_until, extension_reason, outcome, officer_id, done_at) on data_request to lachan_app;
create policy machine on data_request for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy own on data_request for select to lachan_app using (ctx_kind() = 'reporter' and report_id = ctx_report());
create policy filed on data_request for insert to lachan_app with check (ctx_kind() = 'reporter' and report_id = ctx_report());
create policy handling on data_request for select to lachan_app using (ctx_kind() = 'officer'
  and (ctx_has_role('intake') or ctx_has_role('case_officer') or ctx_has_role('administrator')) and exists (select 1 from report r where r.id = report_id and r.handling_agency_id = ctx_agency()));
create policy answered on data_request for update to lachan_app using (ctx_kind() = 'officer'
  and (ctx_has_role('intake') or ctx_has_role('case_officer') or ctx_has_role('administrator')) and exists (select 1 from report r where r.id = report_id and r.handling_agency_id = ctx_agency()));
create policy requests on counter for all to lachan_app using (ctx_kind() = 'reporter' and scope like 'data/%') with check (ctx_kind() = 'reporter' and scope like 'data/%');
-- What is due is counted by a job, over all agencies.
create policy counted on regrouping for select to lachan_app using (ctx_kind() = 'system');
create policy counted on stop_opening for select to lachan_app using (ctx_kind() = 'system');

revoke all on function guard_data_request, case_hold, case_kept_until, decision_rests_on, is_cited, is_spent_draft, guard_emptied_review, guard_emptied_draft, guard_legal_note, guard_minimised_report, guard_minimised_case, refuse_after_minimising, empty_report, empty_contact, empty_numbers,
  minimise_case, erase_for_request, sealed_openings, sealed_openers, own_terms, own_openings from public;
grant execute on function case_kept_until, decision_rests_on, is_cited, is_spent_draft, minimise_case, erase_for_request, sealed_openings, sealed_openers, own_terms, own_openings to lachan_app;
