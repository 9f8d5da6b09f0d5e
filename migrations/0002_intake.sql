-- Every channel in (issue "Intake"): what arrived and its original, agency tokens and webhooks, spreadsheets, figures of
-- others, regrouping that can be undone, notes, reviewed texts, the health of channels.

alter table report
  -- The first report with these very words: a flood of one text is one line of the worklist. Only a label, never a link to follow.
  add column fold uuid,
  add column text_hash bytea;
create index report_sender on report (sender_agency_id, id) where sender_agency_id is not null;
create index report_fold on report (text_hash) where text_hash is not null;
alter table pending_upload add column qr_sealed bytea; -- what a QR code in the picture says, until the report is sent
alter table case_file add column merged_into uuid references case_file, add check (merged_into is null or state = 'closed');
create index case_merged on case_file (merged_into) where merged_into is not null;

-- ── Arrivals (R4): channel, time, sender, receiver, the sealed original, and what became of it ──────────────────────
create table arrival (
  id uuid primary key default uuidv7(), channel channel_code not null,
  media text not null check (media in ('mail', 'sms', 'call', 'visit', 'letter', 'edxml', 'xarf', 'misp', 'picture')),
  agency_id uuid not null references agency, receiver text not null check (length(receiver) <= 300),
  external_hash bytea not null, sender_sealed bytea, sender_hash bytea,
  original_ref text, original_sha256 bytea, original_bytes bigint, facts jsonb not null default '{}',
  arrived_at timestamptz not null, recorded_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'taken', 'threaded', 'set_aside', 'quarantined', 'discarded')),
  reason text check (length(reason) <= 300), attempts integer not null default 0,
  report_id uuid references report on delete cascade, officer_id uuid references officer,
  document_number integer check (document_number > 0), document_year integer,
  unique (channel, external_hash),
  check ((document_number is null) = (document_year is null)),
  check ((state in ('quarantined', 'discarded', 'set_aside')) = (reason is not null)),
  check (state not in ('taken', 'threaded') or report_id is not null));
create unique index arrival_document on arrival (agency_id, document_year, document_number) where document_number is not null;
create index arrival_report on arrival (report_id);
create index arrival_state on arrival (agency_id, state, arrived_at desc);
create index arrival_sender on arrival (channel, sender_hash, arrived_at desc) where sender_hash is not null;
create index arrival_picture on arrival ((facts ->> 'pictureOf')) where media = 'picture';

-- An arrival is part of a report from the report's own transaction on and for good: what is taken off its report would outlive it.
create function guard_arrival() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.state in ('taken', 'threaded') and (new.state, new.report_id) is distinct from (old.state, old.report_id) then
    raise exception 'an arrival stays with its report' using errcode = 'check_violation'; end if;
  if new.state in ('taken', 'threaded') and old.state not in ('taken', 'threaded') and (old.state <> 'waiting'
      or ctx_kind() is distinct from case new.state when 'taken' then 'intake' else 'reporter' end) then
    raise exception 'an arrival is taken together with its report' using errcode = 'check_violation'; end if;
  if new.state not in ('taken', 'threaded') and new.report_id is not null then
    raise exception 'only what was taken belongs to a report' using errcode = 'check_violation'; end if;
  if ctx_kind() = 'officer' and (new.facts -> 'pictureOf', new.sender_sealed, new.sender_hash, new.original_ref, new.original_bytes)
      is distinct from (old.facts -> 'pictureOf', old.sender_sealed, old.sender_hash, old.original_ref, old.original_bytes) then
    raise exception 'what arrived is not rewritten' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger arrival_guard before update on arrival for each row execute function guard_arrival();

create table channel_health (
  channel channel_code not null, endpoint text not null, state text not null check (state in ('ok', 'failing')), since timestamptz not null,
  reason text, detail text check (length(detail) <= 500), last_ok_at timestamptz, last_arrival_at timestamptz, primary key (channel, endpoint));

-- ── Agency tokens and webhooks ──────────────────────────────────────────────────────────────────────────────────────
create table api_token (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, name text not null check (length(name) between 3 and 100),
  token_hash bytea not null unique, scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['reports:write', 'reports:read', 'figures:write']),
  created_by uuid not null references officer, created_at timestamptz not null, expires_at timestamptz not null,
  last_used_on date, revoked_at timestamptz, revoked_by uuid references officer, rotated_from uuid references api_token,
  check (expires_at > created_at and expires_at <= created_at + interval '400 days'));
create index api_token_agency on api_token (agency_id);
-- What was revoked stays revoked; a rotation's end can only come earlier.
create function guard_api_token() returns trigger language plpgsql as $$
begin
  if (new.revoked_at, new.revoked_by) is distinct from (old.revoked_at, old.revoked_by)
      and (new.revoked_at is null or new.revoked_at > old.revoked_at or new.revoked_by is distinct from ctx_officer()) then
    raise exception 'a revoked token stays revoked' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger api_token_guard before update of revoked_at, revoked_by on api_token for each row when (ctx_kind() is not null) execute function guard_api_token();
create table webhook (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, url text not null check (length(url) <= 500), secret_sealed bytea not null,
  created_by uuid not null references officer, created_at timestamptz not null, stopped_at timestamptz, last_ok_at timestamptz, failing_since timestamptz,
  last_error text check (length(last_error) <= 200));
create index webhook_agency on webhook (agency_id);
create table webhook_delivery (
  id uuid primary key default uuidv7(), webhook_id uuid not null references webhook, report_id uuid not null references report on delete cascade,
  payload jsonb not null, at timestamptz not null, state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up')),
  attempts integer not null default 0, next_at timestamptz not null, status integer, delivered_at timestamptz);
create index webhook_waiting on webhook_delivery (next_at) where state = 'waiting';

-- An agency is told of the way of the reports it sent itself: code and state, nothing else.
create function announce_report() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into webhook_delivery (webhook_id, report_id, payload, at, next_at)
    select w.id, new.id, jsonb_build_object('type', 'report.state', 'timestamp', to_char(desk_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'data', jsonb_build_object('code', new.code, 'state', new.state)), desk_now(), desk_now()
    from webhook w where w.agency_id = new.sender_agency_id and w.stopped_at is null;
  return null;
end $$;
create trigger report_announced after update of state on report
  for each row when (new.sender_agency_id is not null and old.state is distinct from new.state) execute function announce_report();

-- ── Spreadsheets ────────────────────────────────────────────────────────────────────────────────────────────────────
create table sheet_mapping (
  agency_id uuid not null references agency, header_hash bytea not null, mapping jsonb not null, saved_by uuid not null references officer,
  saved_at timestamptz not null, primary key (agency_id, header_hash));
create table sheet_import (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, officer_id uuid not null references officer,
  file_name text not null check (length(file_name) <= 200), original_ref text, original_sha256 bytea not null, original_bytes bigint not null,
  mapping jsonb, state text not null default 'uploaded' check (state in ('uploaded', 'running', 'done', 'quarantined', 'cancelled')),
  reason text, next_row integer not null default 1, rows_read integer not null default 0, rows_total integer, taken integer not null default 0, repeated integer not null default 0,
  refused integer not null default 0, created_at timestamptz not null, progressed_at timestamptz, finished_at timestamptz);
create index sheet_import_agency on sheet_import (agency_id, created_at desc);
create table sheet_row (
  import_id uuid not null references sheet_import on delete cascade, number integer not null, report_id uuid references report on delete cascade,
  errors jsonb, primary key (import_id, number), check ((report_id is null) = (errors is not null)));
create index sheet_row_report on sheet_row (report_id);

-- ── Figures of others (R23): counts with unit and qualifier, never cases ────────────────────────────────────────────
create table external_figure (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, kind text not null, value bigint not null check (value >= 0),
  qualifier text not null check (qualifier in ('exact', 'more_than', 'about', 'less_than')), unit text not null,
  period_from date not null, period_to date not null check (period_to >= period_from), source text not null check (length(source) between 2 and 200),
  officer_id uuid references officer, token_id uuid references api_token, recorded_at timestamptz not null,
  withdrawn_at timestamptz, withdrawn_reason text, check ((withdrawn_at is null) = (withdrawn_reason is null)));
create index external_figure_period on external_figure (agency_id, period_from);

-- ── Regrouping: move, split, merge; each can be undone, none is forgotten ───────────────────────────────────────────
create table regrouping (
  id uuid primary key default uuidv7(), kind text not null check (kind in ('move', 'split', 'merge', 'undo')), agency_id uuid not null references agency,
  officer_id uuid not null references officer, from_case uuid references case_file, to_case uuid references case_file,
  reason text not null check (length(reason) between 3 and 500), undoes uuid unique references regrouping, at timestamptz not null,
  check ((kind = 'undo') = (undoes is not null)));
create index regrouping_from on regrouping (from_case);
create index regrouping_to on regrouping (to_case);
create table regrouped_report (
  regrouping_id uuid not null references regrouping, report_id uuid not null references report on delete cascade, from_case uuid references case_file,
  to_case uuid references case_file, primary key (regrouping_id, report_id));
create index regrouped_report_report on regrouped_report (report_id);
create table regrouped_indicator (
  regrouping_id uuid not null references regrouping, indicator_id uuid not null references indicator on delete cascade, from_case uuid references case_file,
  to_case uuid references case_file, primary key (regrouping_id, indicator_id));
create index regrouped_indicator_indicator on regrouped_indicator (indicator_id);
create trigger regrouping_append_only before delete or truncate on regrouping for each statement execute function refuse_change();
-- Only what an officer wrote about a report that was stopped goes with it.
create function guard_regrouping() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'reason' is distinct from to_jsonb(old) - 'reason' or new.reason <> '(Đã xóa cùng phản ánh ngoài phạm vi.)' then
    raise exception 'regrouping is append-only' using errcode = 'restrict_violation'; end if;
  return new;
end $$;
create trigger regrouping_words before update on regrouping for each row execute function guard_regrouping();
create trigger regrouped_report_append_only before update or truncate on regrouped_report for each statement execute function refuse_change();
create trigger regrouped_indicator_append_only before update or truncate on regrouped_indicator for each statement execute function refuse_change();

-- A report moves only among open cases of the agency that handles it, and only where the harm may link cases at all
-- (SCOPE, never built 3): a pile of threats or pictures would be a file on somebody.
create function guard_grouping() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare target case_file;
begin
  if new.case_id is null then return new; end if;
  select * into target from case_file where id = new.case_id;
  if target.lead_agency_id <> new.handling_agency_id then
    raise exception 'a report goes only into a case of the agency that handles it' using errcode = 'check_violation'; end if;
  if new.case_id is distinct from old.case_id and target.state = 'closed' then raise exception 'a closed case takes no reports' using errcode = 'check_violation'; end if;
  if exists (select 1 from category c where c.code in (new.category, target.category) and not c.links_cases)
     and exists (select 1 from report r where r.case_id = new.case_id and r.id <> new.id) then
    raise exception 'reports of this category are never linked' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger report_grouping before update of case_id, category on report
  for each row when (new.case_id is distinct from old.case_id or new.category is distinct from old.category) execute function guard_grouping();

-- What may change of a report at all, and by whom; its words only by the stop that withholds them.
create or replace function guard_report() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'attached' and old.state in ('received', 'acknowledged', 'need_info') then
    if not exists (select 1 from gate_check g where g.report_id = new.id and g.stage = 'intake' and g.passed and g.category = new.category) then
      raise exception 'S2: report % has not passed the gate', new.code using errcode = 'check_violation';
    end if;
    if new.case_id is null then raise exception 'an attached report belongs to a case' using errcode = 'check_violation'; end if;
  end if;
  if new.state = 'attached' and exists (select 1 from gate_check g where g.report_id = new.id and not g.passed) then
    raise exception 'S2: a stop cannot be overridden' using errcode = 'check_violation';
  end if;
  if (new.id, new.code, new.secret_hash, new.received_at, new.channel, new.reporter_kind, new.idempotency_hash, new.payload_hash, new.situation, new.happened_on,
      new.money_lost, new.in_danger, new.for_child, new.province_code, new.commune_code, new.sender_agency_id, new.handling_agency_id, new.language) is distinct from
     (old.id, old.code, old.secret_hash, old.received_at, old.channel, old.reporter_kind, old.idempotency_hash, old.payload_hash, old.situation, old.happened_on,
      old.money_lost, old.in_danger, old.for_child, old.province_code, old.commune_code, old.sender_agency_id, old.handling_agency_id, old.language) then
    raise exception 'the receipt of a report cannot be rewritten' using errcode = 'check_violation';
  end if;
  if (new.narrative, new.search, new.sealed_story, new.text_hash) is distinct from (old.narrative, old.search, old.sealed_story, old.text_hash)
     and not (new.state = 'stopped' and new.narrative = '–' and new.search = '' and new.text_hash is null and new.fold is null and old.sealed_story is null)
     or new.fold is distinct from old.fold and new.state <> 'stopped' and not exists (select 1 from report head where head.id = old.fold and head.state = 'stopped') then
    raise exception 'the words of a report cannot be rewritten' using errcode = 'check_violation';
  end if;
  if new.category <> old.category and old.state not in ('received', 'acknowledged', 'need_info') then
    raise exception 'S2: the category that passed the gate stays' using errcode = 'check_violation';
  end if;
  if new.state = 'stopped' and (case when old.state = 'stopped' then (new.stop_code, new.erase_after) is distinct from (old.stop_code, old.erase_after)
      else new.erase_after is null or new.erase_after > desk_now() + interval '30 days' end) then
    raise exception 'S13: what is stopped is erased within 30 days' using errcode = 'check_violation';
  end if;
  if ctx_kind() = 'reporter' and ((new.category, new.case_id, new.read_by_desk_at, new.stop_code, new.erase_after)
        is distinct from (old.category, old.case_id, old.read_by_desk_at, old.stop_code, old.erase_after)
      or not (old.state = 'need_info' and new.state = 'acknowledged')) then
    raise exception 'a reporter only supplies what was asked for' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- A stop that leaves the words, the likeness or the traces readable does not commit.
create function require_withheld() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from report r where r.id = new.id and r.state = 'stopped' and (r.narrative <> '–' or r.search <> '' or r.text_hash is not null
      or exists (select 1 from report_indicator i where i.report_id = r.id) or exists (select 1 from report_sketch s where s.report_id = r.id))) then
    raise exception 'report % was stopped and not withheld', new.code using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger report_withheld after update of state on report deferrable initially deferred
  for each row when (new.state = 'stopped' and old.state <> 'stopped') execute function require_withheld();

-- Likeness of stories, for suggestions only.
create table report_sketch (report_id uuid primary key references report on delete cascade, bands integer[] not null);
create index report_sketch_bands on report_sketch using gin (bands);

-- ── Conversation ────────────────────────────────────────────────────────────────────────────────────────────────────
create table note (
  id uuid primary key default uuidv7(), case_id uuid references case_file, report_id uuid references report on delete cascade,
  agency_id uuid not null references agency, officer_id uuid not null references officer, body text not null check (length(body) between 1 and 4000),
  at timestamptz not null, check ((case_id is null) <> (report_id is null)));
create index note_case on note (case_id, at);
create index note_report on note (report_id, at);
create trigger note_append_only before update or truncate on note for each statement execute function refuse_change();

create table canned_text (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, title text not null check (length(title) between 3 and 100),
  body_vi text not null check (length(body_vi) between 5 and 4000), body_en text not null check (length(body_en) between 5 and 4000),
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'retired')), drafter_id uuid not null references officer,
  approver_id uuid references officer, created_at timestamptz not null, decided_at timestamptz,
  check (approver_id is null or approver_id <> drafter_id), check (state <> 'approved' or approver_id is not null));
create index canned_text_agency on canned_text (agency_id, state);
create function guard_canned_text() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'proposed' or new.approver_id is not null or new.drafter_id is distinct from ctx_officer() then
      raise exception 'a text begins as a proposal of its drafter' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (new.title, new.body_vi, new.body_en, new.drafter_id, new.agency_id) is distinct from (old.title, old.body_vi, old.body_en, old.drafter_id, old.agency_id) then
    raise exception 'a proposed text is not rewritten; propose another' using errcode = 'check_violation'; end if;
  if new.state = 'approved' and (old.state <> 'proposed' or new.approver_id is distinct from ctx_officer()) then
    raise exception 'a text is approved by a second person, in person' using errcode = 'check_violation'; end if;
  if new.state <> 'approved' and new.approver_id is distinct from old.approver_id then
    raise exception 'who approved a text is not rewritten' using errcode = 'check_violation'; end if;
  if new.state = 'proposed' and old.state <> 'proposed' then raise exception 'a decided text stays decided' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger canned_text_guard before insert or update on canned_text for each row execute function guard_canned_text();

-- ── Row-level security ──────────────────────────────────────────────────────────────────────────────────────────────
do $$ declare t text; begin
  foreach t in array array['arrival', 'channel_health', 'api_token', 'webhook', 'webhook_delivery', 'sheet_mapping', 'sheet_import', 'sheet_row',
    'external_figure', 'regrouping', 'regrouped_report', 'regrouped_indicator', 'report_sketch', 'note', 'canned_text'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I to current_user using (true) with check (true)', t);
  end loop;
end $$;

-- What arrived is seen by the receiving agency, and no longer once its report was stopped.
grant select, insert, delete on arrival to lachan_app;
grant update (state, reason, attempts, report_id, facts, sender_sealed, sender_hash, original_ref, original_bytes) on arrival to lachan_app;
create policy machine on arrival for all to lachan_app using (ctx_kind() in ('intake', 'system')) with check (ctx_kind() in ('intake', 'system'));
-- Whether a report stands: a picture that was refused is no part of one, and yet goes where it goes.
create function stands(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from report r where r.id = wanted and r.state <> 'stopped') $$;
revoke all on function stands from public;
grant execute on function stands to lachan_app;
create policy receiving on arrival for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()
  and (report_id is null or exists (select 1 from report r where r.id = report_id and r.state <> 'stopped'))
  and (media <> 'picture' or stands((facts ->> 'pictureOf')::uuid)));
create policy decided on arrival for update to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()
    and (report_id is null or exists (select 1 from report r where r.id = report_id and r.state <> 'stopped')) and (media <> 'picture' or stands((facts ->> 'pictureOf')::uuid)))
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency());

grant select, insert, update on channel_health to lachan_app;
create policy machine on channel_health for all to lachan_app using (ctx_kind() in ('intake', 'system')) with check (ctx_kind() in ('intake', 'system'));
create policy office on channel_health for select to lachan_app using (ctx_kind() = 'officer');

grant select, insert on api_token to lachan_app;
grant update (revoked_at, revoked_by, last_used_on) on api_token to lachan_app;
create policy sign_in on api_token for select to lachan_app using (ctx_kind() = 'auth');
create policy used on api_token for update to lachan_app using (ctx_kind() = 'auth') with check (ctx_kind() = 'auth');
create policy administer on api_token for all to lachan_app using (ctx_has_role('administrator') and agency_id = ctx_agency())
  with check (ctx_has_role('administrator') and agency_id = ctx_agency());
-- In person, and not dated ahead: the longest life counts from today.
create policy in_person on api_token as restrictive for insert to lachan_app with check (created_by = ctx_officer() and created_at <= desk_now());
grant select, insert on webhook to lachan_app;
grant update (stopped_at, last_ok_at, failing_since, last_error) on webhook to lachan_app;
create policy machine on webhook for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy administer on webhook for all to lachan_app using (ctx_has_role('administrator') and agency_id = ctx_agency())
  with check (ctx_has_role('administrator') and agency_id = ctx_agency());
create policy in_person on webhook as restrictive for insert to lachan_app with check (created_by = ctx_officer());
grant select, update, delete on webhook_delivery to lachan_app;
create policy machine on webhook_delivery for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy own on webhook_delivery for select to lachan_app using (exists (select 1 from webhook w where w.id = webhook_id));

grant select, insert, update on sheet_mapping, sheet_import to lachan_app;
grant select, insert, delete on sheet_row to lachan_app;
create policy own on sheet_mapping for all to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency())
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and saved_by = ctx_officer());
create policy machine on sheet_import for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy own on sheet_import for all to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()) with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy in_person on sheet_import as restrictive for insert to lachan_app with check (officer_id = ctx_officer());
create policy machine on sheet_row for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy own on sheet_row for select to lachan_app using (exists (select 1 from sheet_import s where s.id = import_id));

grant select, insert on external_figure to lachan_app;
grant update (withdrawn_at, withdrawn_reason) on external_figure to lachan_app;
create policy own on external_figure for all to lachan_app using (ctx_kind() in ('officer', 'agency') and agency_id = ctx_agency())
  with check (ctx_kind() in ('officer', 'agency') and agency_id = ctx_agency());
create policy in_person on external_figure as restrictive for insert to lachan_app with check (officer_id is not distinct from ctx_officer()
  and (token_id is null) = (ctx_kind() = 'officer'));
create policy final on external_figure as restrictive for update to lachan_app using (withdrawn_at is null) with check (true);
create policy coordinated on external_figure for select to lachan_app using (ctx_kind() = 'system' or (ctx_kind() = 'officer' and exists (
  select 1 from competence c where c.agency_id = ctx_agency() and c.role = 'coordinate' and c.valid_from <= desk_today() and (c.valid_to is null or c.valid_to >= desk_today()))));

grant select, insert on regrouping, regrouped_report, regrouped_indicator to lachan_app;
create policy own on regrouping for all to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency())
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and officer_id = ctx_officer()
    and not exists (select 1 from unnest(array[from_case, to_case]) named where named is not null and not exists (select 1 from case_file c where c.id = named and c.lead_agency_id = ctx_agency())));
create policy own on regrouped_report for all to lachan_app
  using (exists (select 1 from regrouping g where g.id = regrouping_id) and exists (select 1 from report r where r.id = report_id and r.state <> 'stopped'))
  with check (exists (select 1 from regrouping g where g.id = regrouping_id) and exists (select 1 from report r where r.id = report_id and r.handling_agency_id = ctx_agency()));
create policy own on regrouped_indicator for all to lachan_app using (exists (select 1 from regrouping g where g.id = regrouping_id))
  with check (exists (select 1 from regrouping g where g.id = regrouping_id) and exists (select 1 from indicator i where i.id = indicator_id));

grant select, insert, delete on report_sketch to lachan_app;
create policy machine on report_sketch for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy follows_report on report_sketch for select to lachan_app using (ctx_kind() = 'officer' and exists (select 1 from report r where r.id = report_id and r.state <> 'stopped'));

grant select, insert on note to lachan_app;
create policy own on note for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()
  and (report_id is null or exists (select 1 from report r where r.id = report_id and r.state <> 'stopped')));
create policy added on note for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and officer_id = ctx_officer()
  and (case_id is null or exists (select 1 from case_file c where c.id = case_id)) and (report_id is null or exists (select 1 from report r where r.id = report_id and r.state <> 'stopped')));
grant select, insert on canned_text to lachan_app;
grant update (state, approver_id, decided_at) on canned_text to lachan_app;
create policy own on canned_text for all to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()) with check (ctx_kind() = 'officer' and agency_id = ctx_agency());

-- An agency's own system (token) reads the reports that agency sent, and what was answered to them.
create policy sender on report for select to lachan_app using (ctx_kind() = 'agency' and sender_agency_id = ctx_agency());

-- An officer of the lead moves an indicator along with its reports (regrouping), into cases of the own agency; what a trace is never changes,
-- nor the number of a case and who leads it.
revoke update on indicator from lachan_app;
grant update (case_id) on indicator to lachan_app;
revoke update on case_file from lachan_app;
grant update (state, title, category, officer_id, closed_at, report_count, merged_into) on case_file to lachan_app;
drop policy lead_writes on indicator;
create policy lead_writes on indicator for update to lachan_app
  using (ctx_kind() = 'officer' and exists (select 1 from report_indicator i where i.indicator_id = indicator.id)
    and (case_id is null or exists (select 1 from case_file c where c.id = case_id and c.lead_agency_id = ctx_agency())))
  with check (ctx_kind() = 'officer' and (case_id is null or exists (select 1 from case_file c where c.id = case_id and c.lead_agency_id = ctx_agency())));

-- Each context does what it is for. Reports are taken by the intake alone; the parts of a report come from the intake or its own
-- reporter; the desk speaks in the person of an officer of the agency that handles; an agency's system sees neither parts nor people.
drop policy intake on report;
create policy intake on report for insert to lachan_app with check (ctx_kind() = 'intake' and state = 'received');
drop policy intake on reporter_identity;
create policy intake on reporter_identity for insert to lachan_app with check (ctx_kind() = 'intake');
drop policy existence on reporter_identity;
create policy existence on reporter_identity for select to lachan_app using (ctx_kind() = 'system' or (ctx_kind() = 'officer' and exists (select 1 from report r where r.id = report_id)));
drop policy follows_report on attachment;
create policy follows_report on attachment for select to lachan_app using (ctx_kind() <> 'agency' and exists (select 1 from report r where r.id = report_id
  and (r.state <> 'stopped' or ctx_kind() <> 'officer')));
drop policy added on attachment;
create policy added on attachment for insert to lachan_app with check (ctx_kind() = 'intake' or (ctx_kind() = 'reporter' and report_id = ctx_report()));
drop policy added on message;
create policy added on message for insert to lachan_app with check (officer_id is not distinct from ctx_officer() and (
  (ctx_kind() = 'reporter' and sent_by = 'reporter' and report_id = ctx_report())
  or (ctx_kind() = 'officer' and sent_by = 'desk' and exists (select 1 from report r where r.id = report_id and r.handling_agency_id = ctx_agency()))));
drop policy marked on message;
create policy marked on message for update to lachan_app using (ctx_kind() = 'reporter' and report_id = ctx_report() and sent_by = 'desk');
drop policy added on report_indicator;
create policy added on report_indicator for insert to lachan_app with check (ctx_kind() = 'intake');
drop policy follows_report on report_indicator;
create policy follows_report on report_indicator for select to lachan_app using (ctx_kind() in ('intake', 'system')
  or (ctx_kind() <> 'agency' and exists (select 1 from report r where r.id = report_id)));
drop policy follows_report on gate_check;
create policy follows_report on gate_check for select to lachan_app using (ctx_kind() = 'system'
  or (ctx_kind() = 'officer' and (agency_id = ctx_agency() or exists (select 1 from report r where r.id = report_id))));
drop policy added on gate_check;
create policy added on gate_check for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency()
  and (report_id is null or exists (select 1 from report r where r.id = report_id and r.handling_agency_id = ctx_agency()))
  and (decision_id is null or exists (select 1 from decision d where d.id = decision_id)));
drop policy append on journal;
create policy append on journal for insert to lachan_app with check (ctx_kind() is not null and actor_kind = ctx_kind()
  and officer_id is not distinct from ctx_officer() and agency_id is not distinct from ctx_agency());
drop policy follows_case on evidence;
create policy follows_case on evidence for select to lachan_app using (ctx_kind() = 'system' or (ctx_kind() = 'officer' and exists (select 1 from case_file c where c.id = case_id)));
drop policy follows_case on verification;
create policy follows_case on verification for select to lachan_app using (ctx_kind() = 'system' or (ctx_kind() = 'officer' and exists (select 1 from case_file c where c.id = case_id)));

-- When the reports an agency sent changed last, for its own system; the journal itself is not for machines.
create function sent_changes(wanted uuid[]) returns table (report_id uuid, at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select j.entity_id, max(j.at) from journal j join report r on r.id = j.entity_id
  where j.entity = 'report' and j.entity_id = any (wanted) and j.to_state is not null and ctx_kind() = 'agency' and r.sender_agency_id = ctx_agency()
  group by j.entity_id $$;
revoke all on function sent_changes from public;
grant execute on function sent_changes to lachan_app;

-- The head of a flood: the first waiting report with the very same words at the same agency in the last week. For the intake alone:
-- to anybody else it would tell whether somebody reported a text.
create function folds_of(hashes bytea[]) returns table (text_hash bytea, agency_id uuid, head uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (r.text_hash, r.handling_agency_id) r.text_hash, r.handling_agency_id, coalesce(r.fold, r.id) from report r
  where ctx_kind() = 'intake' and r.text_hash = any (hashes) and r.received_at > desk_now() - interval '7 days' and r.state in ('received', 'acknowledged', 'need_info')
  order by r.text_hash, r.handling_agency_id, r.id $$;
revoke all on function folds_of, announce_report, guard_grouping, guard_canned_text, require_withheld from public;
grant execute on function folds_of to lachan_app;

-- A reply becomes part of its conversation in the same breath as its message, once.
create function thread_arrival(arrived uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx_kind() is distinct from 'reporter' then return false; end if;
  -- Only what can be an answer at all: a letter or a text message; a picture only to the report it came with.
  update arrival set state = 'threaded', reason = null, report_id = ctx_report() where id = arrived and state = 'waiting'
    and (media in ('mail', 'sms') or (media = 'picture' and facts ->> 'pictureOf' = ctx_report()::text));
  return found;
end $$;
revoke all on function thread_arrival from public;
grant execute on function thread_arrival to lachan_app;

-- Stories like this one among what the agency handles: how many likeness keys are shared; never across what may not be linked.
create function like_reports(wanted uuid, fewest integer, most integer) returns table (report_id uuid, shared integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.report_id, cardinality(array(select unnest(s.bands) intersect select unnest(own.bands))) as shared
  from report_sketch own join report mine on mine.id = own.report_id join report_sketch s on s.bands && own.bands and s.report_id <> own.report_id
    join report r on r.id = s.report_id join category c on c.code = r.category join category m on m.code = mine.category and m.links_cases
  where own.report_id = wanted and ctx_kind() = 'officer' and mine.handling_agency_id = ctx_agency() and r.handling_agency_id = ctx_agency()
    and c.links_cases and r.state not in ('stopped', 'erased') and (r.case_id is distinct from mine.case_id or r.case_id is null)
    and cardinality(array(select unnest(s.bands) intersect select unnest(own.bands))) >= fewest
  order by shared desc, s.report_id desc limit most $$;
revoke all on function like_reports from public;
grant execute on function like_reports to lachan_app;

-- What a stop withholds now holds more: the label of its words, their likeness, its notes, where it arrived; and what the cases it
-- lay in keep of it: a title with its address, the reason of a move, the notes of a case that holds nothing else.
create or replace function withhold_stopped(wanted uuid, story bytea) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare traces uuid[]; places uuid[]; emptied uuid[]; words bytea := (select text_hash from report where id = wanted); label uuid := gen_random_uuid();
begin
  update report set narrative = '–', search = '', sealed_story = story, text_hash = null, fold = null
    where id = wanted and state = 'stopped' and handling_agency_id = ctx_agency();
  if not found then raise exception 'not a stopped report of this agency' using errcode = 'check_violation'; end if;
  -- The rest of a flood stays one line; that this report said the same is forgotten.
  update report set fold = label where text_hash = words and fold = wanted;
  select array_agg(c.id) into places from case_file c where c.lead_agency_id = ctx_agency() and c.id = any (array(
    select (j.detail ->> 'case')::uuid from journal j where j.entity_id = wanted and j.entity = 'report' and j.detail ->> 'case' ~ '^[0-9a-f-]{36}$'
    union select g.from_case from regrouped_report g where g.report_id = wanted union select g.to_case from regrouped_report g where g.report_id = wanted));
  select array_agg(c.id) into emptied from case_file c where c.id = any (places)
    and not exists (select 1 from report r where r.case_id = c.id) and not exists (select 1 from decision d where d.case_id = c.id);
  delete from report_sketch where report_id = wanted;
  update regrouping set reason = '(Đã xóa cùng phản ánh ngoài phạm vi.)' where id in (select regrouping_id from regrouped_report where report_id = wanted);
  delete from note where case_id = any (emptied);
  with gone as (delete from report_indicator where report_id = wanted returning indicator_id) select array_agg(indicator_id) into traces from gone;
  with gone as (delete from indicator i where i.id = any (traces) and not exists (select 1 from report_indicator r where r.indicator_id = i.id)
    and not exists (select 1 from decision_locator l where l.indicator_id = i.id) returning display)
  update case_file c set title = c.number where c.id = any (places) and (c.id = any (emptied) or exists (select 1 from gone where position(left(gone.display, 100) in c.title) > 0));
end $$;
