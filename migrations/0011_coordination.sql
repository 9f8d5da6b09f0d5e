-- Coordination: who takes part in a case, what each is shown, what each must do by when. What a party sees is chosen item by
-- item and read through functions; the tables of reports and cases stay with the agencies that handle and lead them.

alter table state_transition drop constraint state_transition_entity_check;
alter table state_transition add constraint state_transition_entity_check
  check (entity in ('report', 'case', 'decision', 'appeal', 'task', 'opinion', 'transfer', 'meeting'));

-- ── Parties of a case ───────────────────────────────────────────────────────────────────────────────────────────────
-- part: consulted (asked for an opinion), support (helps to verify), acting (acted at once within its own powers, R5),
-- referred (police, R9), former (led it before a transfer, and is told what became of it).
alter table case_party add column part text not null default 'support' check (part in ('consulted', 'support', 'acting', 'referred', 'former')),
  add column included_by uuid references officer, add column ended_at timestamptz;

create function leads_case(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from case_file c where c.id = wanted and c.lead_agency_id = ctx_agency()) $$;
create function takes_part(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from case_party p where p.case_id = wanted and p.agency_id = ctx_agency() and p.ended_at is null) $$;
create or replace function sees_case(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select leads_case(wanted) or takes_part(wanted) $$;
revoke all on function leads_case, takes_part from public;
grant execute on function leads_case, takes_part to lachan_app;

drop policy own on case_party;
create policy own on case_party for select to lachan_app using (ctx_kind() in ('officer', 'agency') and ((agency_id = ctx_agency() and ended_at is null) or leads_case(case_id)));
create policy lead_includes on case_party for insert to lachan_app with check (ctx_kind() = 'officer' and included_by = ctx_officer() and leads_case(case_id));
create policy lead_changes on case_party for update to lachan_app using (ctx_kind() = 'officer' and leads_case(case_id)) with check (ctx_kind() = 'officer' and leads_case(case_id));

-- A party reads neither the file nor the reports of a case: only what is shared, through shared_items() and party_case().
drop policy lead_or_party on case_file;
drop policy own_agency on report;
create policy own_agency on report for select to lachan_app using (ctx_kind() = 'officer' and (handling_agency_id = ctx_agency() or sender_agency_id = ctx_agency()));

-- What a party may know of a case by taking part: never its reports, its officers or its history.
create function party_case(wanted uuid) returns table (number text, category text, state text, title text, lead_agency_id uuid, part text, since timestamptz, opened_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.number, c.category::text, c.state::text, c.title, c.lead_agency_id, p.part, p.since, c.opened_at
  from case_file c join case_party p on p.case_id = c.id
  where c.id = wanted and p.agency_id = ctx_agency() and p.ended_at is null and ctx_kind() in ('officer', 'agency') $$;
revoke all on function party_case from public;
grant execute on function party_case to lachan_app;

-- ── Shared items ────────────────────────────────────────────────────────────────────────────────────────────────────
create table case_share (
  id uuid primary key default uuidv7(), case_id uuid not null references case_file, agency_id uuid not null references agency,
  kind text not null check (kind in ('report', 'attachment', 'indicator', 'evidence', 'verification')), item_id uuid not null,
  officer_id uuid not null references officer, why text not null check (length(why) between 3 and 500), shared_at timestamptz not null,
  read_at timestamptz, read_by uuid references officer,
  recalled_at timestamptz, recalled_by uuid references officer, recall_reason text,
  check ((recalled_at is null) = (recalled_by is null)), check ((recalled_at is null) = (recall_reason is null)), check ((read_at is null) = (read_by is null)));
create unique index case_share_once on case_share (case_id, agency_id, kind, item_id) where recalled_at is null;
create index case_share_agency on case_share (agency_id, case_id) where recalled_at is null;
alter table case_share enable row level security;
alter table case_share force row level security;
create policy owner_all on case_share for all to current_user using (true) with check (true);
grant select, insert, update (recalled_at, recalled_by, recall_reason) on case_share to lachan_app;
create policy lead on case_share for all to lachan_app using (ctx_kind() = 'officer' and leads_case(case_id))
  with check (ctx_kind() = 'officer' and leads_case(case_id));
create policy receiver on case_share for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency() and recalled_at is null and takes_part(case_id));
create policy counted on case_share for select to lachan_app using (ctx_kind() = 'system');

-- Only what is in the case, and only what passed the gate; to an agency that takes part; a read receipt is given by reading (a function), never written.
create function guard_share() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.officer_id is distinct from ctx_officer() or new.shared_at is distinct from desk_now() or (new.read_at, new.recalled_at) is distinct from (null::timestamptz, null::timestamptz) then
      raise exception 'a share is made in person, now' using errcode = 'check_violation';
    end if;
    if not exists (select 1 from case_party p where p.case_id = new.case_id and p.agency_id = new.agency_id and p.ended_at is null) then
      raise exception 'the agency takes no part in this case' using errcode = 'check_violation';
    end if;
    if not (case new.kind
      when 'report' then exists (select 1 from report r where r.id = new.item_id and r.case_id = new.case_id and r.state in ('attached', 'answered'))
      when 'attachment' then exists (select 1 from attachment a join report r on r.id = a.report_id where a.id = new.item_id and r.case_id = new.case_id and r.state in ('attached', 'answered'))
      when 'indicator' then exists (select 1 from report_indicator i join report r on r.id = i.report_id where i.indicator_id = new.item_id and r.case_id = new.case_id and r.state in ('attached', 'answered'))
      when 'evidence' then exists (select 1 from evidence e where e.id = new.item_id and e.case_id = new.case_id)
      else exists (select 1 from verification v where v.id = new.item_id and v.case_id = new.case_id) end) then
      raise exception 'not an item of this case that passed the gate' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if old.recalled_at is not null and (new.recalled_at is null or new.recalled_by is distinct from old.recalled_by) then
    raise exception 'a recalled share stays recalled' using errcode = 'check_violation';
  end if;
  if old.recalled_at is null and new.recalled_at is not null and new.recalled_by is distinct from ctx_officer() then
    raise exception 'recalled in the name of another officer' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger case_share_guard before insert or update on case_share for each row execute function guard_share();

-- ── Tasks: everything somebody must do by a day ─────────────────────────────────────────────────────────────────────
create domain task_state as text check (value in ('open', 'done', 'cancelled'));
create table task (
  id uuid primary key default uuidv7(), kind text not null check (kind in ('opinion', 'transfer', 'action', 'letter', 'shared', 'hand_over', 'other')),
  agency_id uuid not null references agency, officer_id uuid references officer, -- nobody named: the agency's focal officers
  set_by_agency uuid references agency, set_by uuid references officer,
  case_id uuid references case_file, source_id uuid, code text not null check (length(code) <= 40), title text not null check (length(title) between 1 and 300),
  href text not null check (href ~ '^/can-bo/[A-Za-z0-9/?=&_.-]*$'),
  state task_state not null default 'open', created_at timestamptz not null, first_due_on date not null, due_on date not null, paused_on date, pause_reason text,
  ended_at timestamptz, escalated_on date, reminded_on date,
  check ((state = 'open') = (ended_at is null)), check ((paused_on is null) = (pause_reason is null)));
create index task_agency on task (agency_id, due_on) where state = 'open';
create index task_officer on task (officer_id, due_on) where state = 'open';
create index task_set_by on task (set_by_agency, due_on) where state = 'open';
create index task_case on task (case_id);
create unique index task_source on task (kind, source_id) where source_id is not null and state = 'open';
alter table task enable row level security;
alter table task force row level security;
create policy owner_all on task for all to current_user using (true) with check (true);
grant select, insert on task to lachan_app;
grant update (officer_id, agency_id, state, due_on, paused_on, pause_reason, ended_at, escalated_on, reminded_on, title) on task to lachan_app;
create policy machine on task for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy own on task for select to lachan_app using (ctx_kind() in ('officer', 'agency') and (agency_id = ctx_agency() or set_by_agency = ctx_agency()));
create policy set on task for insert to lachan_app with check (ctx_kind() = 'officer' and set_by_agency = ctx_agency() and set_by = ctx_officer());
create policy moved on task for update to lachan_app using (ctx_kind() in ('officer', 'agency') and (agency_id = ctx_agency() or set_by_agency = ctx_agency()))
  with check (ctx_kind() in ('officer', 'agency') and (agency_id = ctx_agency() or set_by_agency = ctx_agency()));
create trigger task_transition before update of state on task for each row execute function require_transition('task');
create constraint trigger task_journal after update of state on task deferrable initially deferred
  for each row when (old.state is distinct from new.state) execute function require_journal();

-- ── Notifications: that there is something, never what it says ──────────────────────────────────────────────────────
create table notification (
  id uuid primary key default uuidv7(), officer_id uuid not null references officer, agency_id uuid not null references agency,
  kind text not null check (kind ~ '^[a-z_]{3,40}$'), code text not null check (length(code) <= 40), href text not null check (href ~ '^/can-bo/[A-Za-z0-9/?=&_.-]*$'),
  urgent boolean not null default false, at timestamptz not null, read_at timestamptz, mailed_at timestamptz);
create index notification_unread on notification (officer_id, at desc) where read_at is null;
create index notification_unmailed on notification (at) where mailed_at is null and read_at is null;
alter table notification enable row level security;
alter table notification force row level security;
create policy owner_all on notification for all to current_user using (true) with check (true);
grant select, update (read_at, mailed_at) on notification to lachan_app;
grant delete on notification to lachan_app;
create policy machine on notification for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy own on notification for select to lachan_app using (ctx_kind() = 'officer' and officer_id = ctx_officer());
create policy read on notification for update to lachan_app using (ctx_kind() = 'officer' and officer_id = ctx_officer()) with check (ctx_kind() = 'officer' and officer_id = ctx_officer());

-- Tells the officers of an agency that hold one of these roles today (or one officer), whoever acts; each kind and code once while unread.
create function notify_agency(wanted_agency uuid, roles text[], one_officer uuid, about text, of_code text, address text, is_urgent boolean) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare told integer;
begin
  if ctx_kind() is null then raise exception 'no context' using errcode = 'check_violation'; end if;
  insert into notification (officer_id, agency_id, kind, code, href, urgent, at)
    select distinct r.officer_id, r.agency_id, about, of_code, address, is_urgent, desk_now()
    from officer_role r join officer o on o.id = r.officer_id and o.disabled_at is null
    where r.agency_id = wanted_agency and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today())
      and (case when one_officer is null then r.role = any (roles) else r.officer_id = one_officer end) and r.officer_id is distinct from ctx_officer()
      and not exists (select 1 from notification n where n.officer_id = r.officer_id and n.kind = about and n.code = of_code and n.href = address and n.read_at is null);
  get diagnostics told = row_count;
  return told;
end $$;
revoke all on function notify_agency from public;
grant execute on function notify_agency to lachan_app;

-- ── Outgoing documents: what waits for a number of the clerk (NĐ 30/2020 Điều 15, 18; the desk reserves and records, the clerk issues) ──
create table document_out (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, kind text not null, title text not null check (length(title) between 1 and 500),
  urgency text check (urgency in ('khan', 'thuong_khan', 'hoa_toc')), addressees text[] not null default '{}', signer text not null default '',
  source_entity text not null, source_id uuid not null, case_id uuid references case_file, href text not null check (href ~ '^/can-bo/[A-Za-z0-9/?=&_.-]*$'),
  reserved_by uuid not null references officer, reserved_at timestamptz not null,
  year integer, number integer check (number > 0), symbol text not null default '', issued_on date, issued_by uuid references officer,
  check ((number is null) = (year is null)), check ((number is null) = (issued_on is null)), check ((number is null) = (issued_by is null)));
create unique index document_out_number on document_out (agency_id, year, number);
create index document_out_source on document_out (source_entity, source_id);
alter table document_out enable row level security;
alter table document_out force row level security;
create policy owner_all on document_out for all to current_user using (true) with check (true);
grant select, insert, update on document_out to lachan_app;
create policy own on document_out for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy reserved on document_out for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and reserved_by = ctx_officer() and number is null);
create policy issued on document_out for update to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()) with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy counted on document_out for select to lachan_app using (ctx_kind() = 'system');

-- ── Search: own and sent reports only ───────────────────────────────────────────────────────────────────────────────
create or replace function search_reports(words text[], keys bytea[], most integer, open boolean, harm text, place text, way text) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp rows 10 as $$
declare
  found uuid[];
  mine constant text := '(handling_agency_id = $1 or sender_agency_id = $1)';
  wanted text := concat(case when open then ' and state in (''received'', ''acknowledged'', ''need_info'', ''attached'')' end, case when harm is not null then ' and category = $4' end,
    case when place is not null then ' and commune_code = $5' end, case when way is not null then ' and channel = $6' end);
  said text;
begin
  if ctx_kind() is distinct from 'officer' then return; end if;
  if cardinality(keys) > 0 then
    return query execute 'select id from report where id = any (array(select t.report_id from indicator i cross join lateral
        (select ri.report_id from report_indicator ri where ri.indicator_id = i.id order by ri.report_id desc limit 1000) t where i.match_key = any ($2)))
      and ' || mine || wanted || ' order by id desc limit $3' using ctx_agency(), keys, most, harm, place, way;
  end if;
  -- Words hold letters and digits alone; the longest first, since it is the rarest.
  select string_agg(format('search like %L', '% ' || word || ' %'), ' and ' order by length(word) desc) into said from unnest(words) word;
  if said is null then return; end if;
  if open then
    return query execute 'select id from report where handling_agency_id = $1 and ' || said || wanted using ctx_agency(), words, most, harm, place, way;
    return;
  end if;
  execute 'select array_agg(id) from (select id from (select id, search, state, category, commune_code, channel from report where ' || mine || ' order by id desc limit 6000) recent
    where ' || said || wanted || ' limit $3) hit' into found using ctx_agency(), words, most, harm, place, way;
  if cardinality(found) >= most then return query select unnest(found); return; end if;
  return query execute 'with hit as materialized (select id, handling_agency_id, sender_agency_id, case_id, state, category, commune_code, channel from report
      where string_to_array(search, '' '') @> $2)
    select id from hit where ' || mine || wanted || ' order by id desc limit $3' using ctx_agency(), words, most, harm, place, way;
end $$;

-- ── Minimising: each room empties its own words when the contents of a case go (a trigger `minimise_<room>` on case_file) ──
create function minimise_coordination() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update case_share set why = 'đã xóa' where case_id = new.id;
  update case_share set recall_reason = 'đã xóa' where case_id = new.id and recalled_at is not null;
  update task set title = code, pause_reason = case when paused_on is null then null else 'đã xóa' end where case_id = new.id;
  return null;
end $$;
create trigger minimise_coordination after update of minimised_at on case_file for each row when (old.minimised_at is null and new.minimised_at is not null)
  execute function minimise_coordination();
