-- The registers of documents (NĐ 30/2020, Điều 15, 18, 20–24 and phụ lục IV, VI), what is filed with a row, and an agency's own Word templates.

-- ── Outgoing: the clerk issues, the database keeps the series ───────────────────────────────────────────────────────
alter table document_out
  add column copies integer check (copies between 1 and 9999), add column kept_by text not null default '' check (length(kept_by) <= 200),
  add column dispatched_on date, add column receipt text not null default '' check (length(receipt) <= 200), add column note text not null default '' check (length(note) <= 500),
  add column registered_at timestamptz, add column gap_reason text check (length(gap_reason) between 3 and 500), add column corrects uuid references document_out,
  add column cancelled_at timestamptz, add column cancelled_by uuid references officer, add column cancel_reason text check (length(cancel_reason) between 3 and 500),
  add check ((number is null) = (registered_at is null)), add check ((cancelled_at is null) = (cancelled_by is null)), add check ((cancelled_at is null) = (cancel_reason is null)),
  add check (number is null or year = extract(year from issued_on)), add check (length(symbol) <= 30), add check (number is null or symbol <> ''),
  add check (number is null or number <= 99999999), add check (dispatched_on is null or dispatched_on >= issued_on);
create index document_out_days on document_out (agency_id, issued_on);
create index document_out_waiting on document_out (agency_id, reserved_at) where number is null and cancelled_at is null;

-- A series has one writer at a time, whichever table the number goes to.
create function lock_series(series text, of_agency uuid, of_year integer) returns void language sql set search_path = public, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended(series || '/' || of_agency || '/' || of_year, 0)) $$;

create function guard_document_out() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare last integer; free constant text[] := '{copies,kept_by,dispatched_on,receipt,note,cancelled_at,cancelled_by,cancel_reason}';
begin
  if new.corrects is not null and not exists (select 1 from document_out d where d.id = new.corrects and d.agency_id = new.agency_id and d.number is not null) then
    raise exception 'only an issued document of the own agency is corrected' using errcode = 'check_violation'; end if;
  if tg_op = 'INSERT' then
    if num_nonnulls(new.number, new.cancelled_at, new.dispatched_on, new.registered_at) > 0 then
      raise exception 'a document is entered before it is numbered' using errcode = 'check_violation'; end if;
    if new.source_entity = 'register' and not ctx_has_role('clerk') then
      raise exception 'only the clerk enters documents by hand' using errcode = 'insufficient_privilege'; end if;
    return new;
  end if;
  if not ctx_has_role('clerk') then raise exception 'only the clerk keeps the register' using errcode = 'insufficient_privilege'; end if;
  if old.cancelled_at is not null then raise exception 'a cancelled number stays cancelled and used' using errcode = 'check_violation'; end if;
  if new.cancelled_at is not null and (new.cancelled_by, new.cancelled_at) is distinct from (ctx_officer(), desk_now()) then
    raise exception 'a number is cancelled in person, now' using errcode = 'check_violation'; end if;
  if (new.id, new.agency_id, new.source_entity, new.source_id, new.case_id, new.href, new.reserved_by, new.reserved_at)
      is distinct from (old.id, old.agency_id, old.source_entity, old.source_id, old.case_id, old.href, old.reserved_by, old.reserved_at) then
    raise exception 'who reserved what for which document does not change' using errcode = 'check_violation'; end if;
  if old.number is not null and (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free) then
    raise exception 'number, day and contents of an issued document are fixed (NĐ 30/2020 Điều 18.3: replace it, or correct it by công văn)' using errcode = 'check_violation'; end if;
  if new.number is not null and old.number is null then
    if (new.issued_by, new.registered_at) is distinct from (ctx_officer(), desk_now()) or new.cancelled_at is not null then
      raise exception 'a number is issued in person, now' using errcode = 'check_violation'; end if;
    if new.issued_on > desk_today() then raise exception 'a document is not dated ahead' using errcode = 'check_violation'; end if;
    perform lock_series('outgoing', new.agency_id, new.year);
    select max(d.number) into last from document_out d where d.agency_id = new.agency_id and d.year = new.year;
    if new.number <> coalesce(last, 0) + 1 and new.gap_reason is null then
      raise exception 'the next number is %; another one needs a reason', coalesce(last, 0) + 1 using errcode = 'check_violation', constraint = 'document_out_series'; end if;
    -- Điều 15.1: numbers follow the days.
    if exists (select 1 from document_out d where d.agency_id = new.agency_id and d.year = new.year
        and ((d.number < new.number and d.issued_on > new.issued_on) or (d.number > new.number and d.issued_on < new.issued_on))) then
      raise exception 'numbers follow the days' using errcode = 'check_violation', constraint = 'document_out_order'; end if;
  end if;
  return new;
end $$;
create trigger document_out_guard before insert or update on document_out for each row execute function guard_document_out();
create trigger document_out_kept before delete on document_out for each statement execute function refuse_change();
create function require_document_journal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from journal j where j.entity = 'document' and j.entity_id = new.id and j.tx = pg_current_xact_id()) then
    raise exception 'document % changed without a journal entry', new.id using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger document_out_journal after insert or update on document_out deferrable initially deferred for each row execute function require_document_journal();
revoke update on document_out from lachan_app;
grant update (kind, title, urgency, addressees, signer, year, number, symbol, issued_on, issued_by, registered_at, gap_reason, corrects, copies, kept_by, dispatched_on, receipt, note,
  cancelled_at, cancelled_by, cancel_reason) on document_out to lachan_app;

-- ── Incoming: what the channels did not number themselves; one series with their arrivals ───────────────────────────
create table document_in (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, year integer not null, number integer not null check (number between 1 and 99999999),
  arrived_on date not null, issuer text not null check (length(issuer) between 1 and 200), code text not null default '' check (length(code) <= 60), issued_on date,
  kind text not null default '' check (length(kind) <= 40), title text not null check (length(title) between 1 and 500),
  urgency text check (urgency in ('khan', 'thuong_khan', 'hoa_toc')),
  recipient text not null default '' check (length(recipient) <= 200), officer_id uuid references officer, passed_on date, receipt text not null default '' check (length(receipt) <= 200),
  note text not null default '' check (length(note) <= 500), due_on date, progress text not null default '' check (length(progress) <= 1000),
  answer_code text not null default '' check (length(answer_code) <= 60), answered_on date,
  arrival_id uuid unique references arrival on delete cascade, registered_by uuid not null references officer, registered_at timestamptz not null,
  cancelled_at timestamptz, cancelled_by uuid references officer, cancel_reason text check (length(cancel_reason) between 3 and 500),
  unique (agency_id, year, number), check (year = extract(year from arrived_on)), check ((cancelled_at is null) = (cancelled_by is null)), check ((cancelled_at is null) = (cancel_reason is null)),
  check (passed_on is null or passed_on >= arrived_on), check (answered_on is null or answered_on >= arrived_on));
create index document_in_days on document_in (agency_id, arrived_on);
create index document_in_follow on document_in (agency_id, due_on) where officer_id is not null;

create function guard_document_in() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare own constant text[] := '{progress,answer_code,answered_on}';
begin
  if tg_op = 'INSERT' then
    if not (ctx_has_role('clerk') or (new.arrival_id is not null and ctx_has_role('leader'))) then
      raise exception 'only the clerk keeps the register' using errcode = 'insufficient_privilege'; end if;
    if (new.registered_by, new.registered_at) is distinct from (ctx_officer(), desk_now()) or new.cancelled_at is not null or new.arrived_on > desk_today() then
      raise exception 'a document is entered in person, now, after it came' using errcode = 'check_violation'; end if;
    perform lock_series('incoming', new.agency_id, new.year);
    if new.arrival_id is not null and not exists (select 1 from arrival a where a.id = new.arrival_id and (a.agency_id, a.document_year, a.document_number) = (new.agency_id, new.year, new.number)) then
      raise exception 'an arrival keeps its number' using errcode = 'check_violation'; end if;
    if exists (select 1 from arrival a where (a.agency_id, a.document_year, a.document_number) = (new.agency_id, new.year, new.number) and a.id is distinct from new.arrival_id) then
      raise exception 'number in use' using errcode = 'unique_violation', constraint = 'document_in_agency_id_year_number_key'; end if;
    return new;
  end if;
  if ctx_kind() is distinct from 'officer' then return new; end if;
  if old.cancelled_at is not null then raise exception 'a cancelled number stays cancelled and used' using errcode = 'check_violation'; end if;
  if (new.id, new.agency_id, new.year, new.number, new.arrived_on, new.arrival_id, new.registered_by, new.registered_at)
      is distinct from (old.id, old.agency_id, old.year, old.number, old.arrived_on, old.arrival_id, old.registered_by, old.registered_at) then
    raise exception 'number and day of a registered document do not change' using errcode = 'check_violation'; end if;
  if new.cancelled_at is not null and (not ctx_has_role('clerk') or (new.cancelled_by, new.cancelled_at) is distinct from (ctx_officer(), desk_now())) then
    raise exception 'a number is cancelled by the clerk, now' using errcode = 'check_violation'; end if;
  if not (ctx_has_role('clerk') or ctx_has_role('leader')) and (old.officer_id is distinct from ctx_officer() or (to_jsonb(new) - own) is distinct from (to_jsonb(old) - own)) then
    raise exception 'who was given a document says how it goes, nothing else' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger document_in_guard before insert or update on document_in for each row execute function guard_document_in();
create constraint trigger document_in_journal after insert or update on document_in deferrable initially deferred
  for each row when (new.title <> '(đã xóa)') execute function require_document_journal();

-- An arrival does not take a number that was given by hand.
create function guard_arrival_number() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform lock_series('incoming', new.agency_id, new.document_year);
  if exists (select 1 from document_in d where (d.agency_id, d.year, d.number) = (new.agency_id, new.document_year, new.document_number)) then
    raise exception 'number in use' using errcode = 'unique_violation', constraint = 'arrival_document'; end if;
  return new;
end $$;
create trigger arrival_number before insert on arrival for each row when (new.document_number is not null) execute function guard_arrival_number();

-- The next free number of the one series of an agency and year (Điều 22.2); given out once, numbers entered by hand are passed over.
create function take_incoming_number(of_agency uuid, of_year integer) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare series constant text := 'incoming/' || of_agency || '/' || of_year; free bigint;
begin
  if not (ctx_kind() = 'intake' or (ctx_kind() = 'officer' and of_agency = ctx_agency())) then raise exception 'register of another agency' using errcode = 'insufficient_privilege'; end if;
  perform lock_series('incoming', of_agency, of_year);
  select coalesce(max(value), 0) into free from counter where scope = series;
  loop
    free := free + 1;
    exit when not exists (select 1 from arrival a where a.agency_id = of_agency and a.document_year = of_year and a.document_number = free)
      and not exists (select 1 from document_in d where d.agency_id = of_agency and d.year = of_year and d.number = free);
  end loop;
  insert into counter (scope, value) values (series, free) on conflict (scope) do update set value = excluded.value;
  return free;
end $$;
revoke all on function take_incoming_number from public;
grant execute on function take_incoming_number to lachan_app;

-- ── Files of a row: scans, and signed PDFs with what their check found ──────────────────────────────────────────────
create table document_file (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, out_id uuid references document_out, in_id uuid references document_in on delete cascade,
  name text not null check (length(name) between 1 and 120), media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp')),
  file_ref text not null, sha256 bytea not null, bytes bigint not null check (bytes between 1 and 20971520), added_by uuid not null references officer, added_at timestamptz not null,
  check_state text not null check (check_state in ('none', 'found', 'unsigned', 'unavailable', 'failed')), findings jsonb not null default '[]', checked_at timestamptz,
  check (num_nonnulls(out_id, in_id) = 1), check ((check_state = 'none') = (media_type <> 'application/pdf')), check (jsonb_typeof(findings) = 'array' and length(findings::text) <= 20000));
create index document_file_out on document_file (out_id);
create index document_file_in on document_file (in_id);
create function guard_document_file() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare free constant text[] := '{check_state,findings,checked_at}';
begin
  if not ctx_has_role('clerk') then raise exception 'only the clerk files documents' using errcode = 'insufficient_privilege'; end if;
  if tg_op = 'INSERT' then
    if (new.added_by, new.added_at) is distinct from (ctx_officer(), desk_now()) then raise exception 'a file is added in person, now' using errcode = 'check_violation'; end if;
    if not exists (select 1 from document_out d where d.id = new.out_id and d.agency_id = new.agency_id)
       and not exists (select 1 from document_in d where d.id = new.in_id and d.agency_id = new.agency_id and d.arrival_id is null) then
      raise exception 'a file belongs to a row of its agency; an arrival has its own original' using errcode = 'check_violation'; end if;
    return new;
  end if;
  -- What a check found stays; only one that could not be made is made again.
  if (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free) or old.check_state not in ('unavailable', 'failed') then
    raise exception 'a filed document and what its check found do not change' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger document_file_guard before insert or update on document_file for each row execute function guard_document_file();

-- ── Templates an agency brings as its own Word file ─────────────────────────────────────────────────────────────────
create table document_template (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, kind text not null check (kind in ('cong_van', 'thong_bao', 'bien_ban', 'quyet_dinh', 'giay_moi', 'bao_cao')),
  name text not null check (length(name) between 1 and 120), file_ref text not null, sha256 bytea not null, bytes bigint not null check (bytes between 1 and 5242880), tags text[] not null,
  state text not null default 'proposed' check (state in ('proposed', 'active', 'refused', 'retired')),
  uploaded_by uuid not null references officer, uploaded_at timestamptz not null, decided_by uuid references officer, decided_at timestamptz, retired_at timestamptz,
  check ((state = 'proposed') = (decided_by is null)), check ((decided_by is null) = (decided_at is null)), check ((state = 'retired') = (retired_at is not null)), check (decided_by <> uploaded_by or state = 'refused'));
create unique index document_template_active on document_template (agency_id, kind) where state = 'active';
create index document_template_agency on document_template (agency_id, uploaded_at desc);
create function guard_document_template() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare free constant text[] := '{state,decided_by,decided_at,retired_at}';
begin
  if not (ctx_has_role('clerk') or ctx_has_role('administrator')) then raise exception 'templates are kept by clerk and administrator' using errcode = 'insufficient_privilege'; end if;
  if tg_op = 'INSERT' then
    if (new.uploaded_by, new.uploaded_at, new.state) is distinct from (ctx_officer(), desk_now(), 'proposed') then
      raise exception 'a template is proposed in person' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free) then raise exception 'a template is not rewritten; bring another' using errcode = 'check_violation'; end if;
  if not ((old.state = 'proposed' and new.state in ('active', 'refused')) or (old.state = 'active' and new.state = 'retired')) then
    raise exception 'no such step of a template' using errcode = 'check_violation'; end if;
  if old.state = 'proposed' and (new.decided_by, new.decided_at) is distinct from (ctx_officer(), desk_now()) then
    raise exception 'a template is decided in person' using errcode = 'check_violation'; end if;
  if old.state = 'active' and (new.decided_by, new.decided_at, new.retired_at) is distinct from (old.decided_by, old.decided_at, desk_now()) then
    raise exception 'who decided a template does not change' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger document_template_guard before insert or update on document_template for each row execute function guard_document_template();

-- ── Row-level security ──────────────────────────────────────────────────────────────────────────────────────────────
do $$ declare t text; begin
  foreach t in array array['document_in', 'document_file', 'document_template'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I for all to current_user using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert on document_in, document_file, document_template to lachan_app;
grant update (issuer, code, issued_on, kind, title, urgency, recipient, officer_id, passed_on, receipt, note, due_on, progress, answer_code, answered_on, cancelled_at, cancelled_by, cancel_reason)
  on document_in to lachan_app;
grant update (check_state, findings, checked_at) on document_file to lachan_app;
grant update (state, decided_by, decided_at, retired_at) on document_template to lachan_app;
-- A row of an arrival is seen with it: no longer once its report was stopped.
create policy own on document_in for all to lachan_app
  using (ctx_kind() = 'officer' and agency_id = ctx_agency() and (arrival_id is null or exists (select 1 from arrival a where a.id = arrival_id)))
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and (arrival_id is null or exists (select 1 from arrival a where a.id = arrival_id)));
create policy own on document_file for all to lachan_app
  using (ctx_kind() = 'officer' and agency_id = ctx_agency() and (in_id is null or exists (select 1 from document_in d where d.id = in_id)))
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy own on document_template for all to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()) with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy written on document_template for select to lachan_app using (ctx_kind() = 'system' and state = 'active');

-- Minimising: what a row says of a letter that became a report goes with the report.
create function minimise_documents() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update document_in d set issuer = '(đã xóa)', title = '(đã xóa)', recipient = '', receipt = '', note = '', progress = '', cancel_reason = case when d.cancelled_at is null then null else '(đã xóa)' end
    from arrival a join report r on r.id = a.report_id where a.id = d.arrival_id and r.case_id = new.id;
  return null;
end $$;
create trigger minimise_documents after update of minimised_at on case_file for each row when (old.minimised_at is null and new.minimised_at is not null)
  execute function minimise_documents();
