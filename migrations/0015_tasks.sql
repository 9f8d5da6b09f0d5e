-- Tasks and deadlines: the working calendar as an editable table, who may move a task, what is told when it is late.

-- ── The working calendar ────────────────────────────────────────────────────────────────────────────────────────────
-- Only days that differ from Monday to Friday, and weekdays or weekends a later notice put back. A year that was changed here
-- (local_change) stays as it is, whatever a later release says; announced: an official notice was seen.
create table calendar_year (
  id uuid primary key default uuidv7(), year integer not null unique check (year between 2000 and 2100), announced boolean not null default false,
  source text not null default '' check (length(source) <= 300), local_change boolean not null default false);
create table holiday (
  day date primary key, kind text not null check (kind in ('off', 'working')), note text not null default '' check (length(note) <= 200),
  origin text not null default 'release' check (origin in ('release', 'local')));
do $$ declare t text; begin
  foreach t in array array['calendar_year', 'holiday'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I for all to current_user using (true) with check (true)', t);
    execute format('create policy any_context on %I for select to lachan_app using (ctx_kind() is not null)', t);
  end loop;
end $$;
grant select on calendar_year, holiday to lachan_app;
grant insert (year, announced, source, local_change), update (announced, source, local_change) on calendar_year to lachan_app;
grant insert (day, kind, note, origin), update (kind, note, origin) on holiday to lachan_app;
-- An administrator of the coordinating agency, for days to come: a past day was counted as it was told.
create policy kept on calendar_year for insert to lachan_app with check (ctx_kind() = 'officer' and keeps_directory() and local_change);
create policy changed on calendar_year for update to lachan_app using (ctx_kind() = 'officer' and keeps_directory())
  with check (ctx_kind() = 'officer' and keeps_directory() and local_change and year >= extract(year from desk_today()));
create policy kept on holiday for insert to lachan_app with check (ctx_kind() = 'officer' and keeps_directory() and origin = 'local' and day >= desk_today());
create policy changed on holiday for update to lachan_app using (ctx_kind() = 'officer' and keeps_directory() and day >= desk_today())
  with check (ctx_kind() = 'officer' and keeps_directory() and origin = 'local' and day >= desk_today());

-- A change made here says why, in the journal of its year; a release (without context) does not.
create function require_calendar_journal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare wanted integer := case tg_table_name when 'holiday' then extract(year from (to_jsonb(new) ->> 'day')::date)::integer else (to_jsonb(new) ->> 'year')::integer end;
begin
  if ctx_kind() is not null and not exists (select 1 from journal j join calendar_year y on y.id = j.entity_id and y.year = wanted
      where j.entity = 'calendar' and j.tx = pg_current_xact_id() and length(trim(coalesce(j.reason, ''))) >= 5) then
    raise exception 'calendar: no change without a reason in the journal' using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger calendar_year_journal after insert or update on calendar_year deferrable initially deferred for each row execute function require_calendar_journal();
create constraint trigger holiday_journal after insert or update on holiday deferrable initially deferred for each row execute function require_calendar_journal();

-- The same rule as isWorkingDay in src/core/deadlines.ts.
create function is_working_day(wanted date) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select h.kind = 'working' from holiday h where h.day = wanted), extract(isodow from wanted) < 6) $$;
create function next_working_day(wanted date) returns date language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  for step in 0..60 loop
    if is_working_day(wanted + step) then return wanted + step; end if;
  end loop;
  raise exception 'calendar: sixty days without work' using errcode = 'check_violation';
end $$;
revoke all on function is_working_day, next_working_day from public;
grant execute on function is_working_day, next_working_day to lachan_app;

-- ── Tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────────
-- reminded_on: due soon told; overdue_told_on: overdue told; escalated_on: own leader told; coordination_told_on: coordinating agency told.
alter table task add column overdue_told_on date, add column coordination_told_on date;
grant update (overdue_told_on, coordination_told_on) on task to lachan_app;
-- What the leader's page counts is in the index, so that ten thousand tasks are not read one by one.
create index task_load_set on task (set_by_agency, agency_id) include (due_on, paused_on, escalated_on) where state = 'open';
create index task_load_agency on task (agency_id, officer_id) include (set_by_agency, due_on, paused_on, escalated_on) where state = 'open';
create index task_paused_set on task (set_by_agency, due_on) where state = 'open' and paused_on is not null;
create index task_paused_own on task (agency_id, due_on) where state = 'open' and paused_on is not null;
create index task_escalated_set on task (set_by_agency, due_on) where state = 'open' and escalated_on is not null and paused_on is null;
create index task_escalated_own on task (agency_id, due_on) where state = 'open' and escalated_on is not null and paused_on is null;
create index task_due on task (due_on) where state = 'open';
create index task_ended on task (agency_id, ended_at desc) where state <> 'open';
create index task_told on task (coordination_told_on) where state = 'open' and coordination_told_on is not null;

-- Asked once for a statement, not once for a row; everything else as in 0011.
drop policy machine on task;
create policy machine on task for all to lachan_app using ((select ctx_kind()) = 'system') with check ((select ctx_kind()) = 'system');
drop policy own on task;
create policy own on task for select to lachan_app using ((select ctx_kind()) in ('officer', 'agency') and (agency_id = (select ctx_agency()) or set_by_agency = (select ctx_agency())));

-- Does somebody hold a role in an agency today?
create function serves_in(wanted uuid, of_agency uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from officer_role r join officer o on o.id = r.officer_id and o.disabled_at is null where r.officer_id = wanted and r.agency_id = of_agency
    and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today())) $$;

-- The agency that has a task does it and gives it to one of its officers. Who set it pauses it, moves its day and cancels it; nobody moves the
-- day of what they have to do themselves, unless they set it themselves. A task with a source (an opinion, a transfer) is ended by that room.
create function guard_task() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  doing boolean; theirs boolean; setting boolean; rolled boolean;
begin
  if ctx_kind() is null then return new; end if;
  if tg_op = 'INSERT' then
    if new.state <> 'open' or new.first_due_on <> new.due_on or new.created_at is distinct from desk_now()
        or num_nonnulls(new.paused_on, new.ended_at, new.reminded_on, new.overdue_told_on, new.escalated_on, new.coordination_told_on) > 0 then
      raise exception 'task: it begins open, now, and nobody has been told' using errcode = 'check_violation'; end if;
    if new.officer_id is not null and not serves_in(new.officer_id, new.agency_id) then
      raise exception 'task: its officer does not serve in that agency' using errcode = 'check_violation'; end if;
    if ctx_kind() = 'officer' and new.kind = 'other' and new.source_id is null and new.agency_id <> ctx_agency() and not (ctx_has_role('case_officer') or ctx_has_role('leader')) then
      raise exception 'task: only a case officer or leader sets one for another agency' using errcode = 'insufficient_privilege'; end if;
    return new;
  end if;
  if ctx_kind() = 'system' then return new; end if;
  doing := old.agency_id = ctx_agency();
  theirs := coalesce(old.set_by_agency = ctx_agency(), false);
  setting := theirs and ctx_kind() = 'officer' and (old.set_by is not distinct from ctx_officer() or ctx_has_role('leader')
    or (ctx_has_role('case_officer') and not (doing and old.officer_id is not distinct from ctx_officer())));
  rolled := not is_working_day(old.due_on) and new.due_on = next_working_day(old.due_on);
  if (new.title, new.pause_reason) is distinct from (old.title, old.pause_reason) and not setting
      and not exists (select 1 from case_file c where c.id = old.case_id and c.minimised_at is not null) then
    raise exception 'task: only who set it says what it is' using errcode = 'insufficient_privilege'; end if;
  if old.state <> 'open' then
    if (to_jsonb(new) - 'title' - 'pause_reason') <> (to_jsonb(old) - 'title' - 'pause_reason') then
      raise exception 'task: an ended task stays as it ended' using errcode = 'restrict_violation'; end if;
    return new;
  end if;
  if new.agency_id <> old.agency_id and not setting then
    raise exception 'task: only who set it gives it to another agency' using errcode = 'insufficient_privilege'; end if;
  if new.officer_id is distinct from old.officer_id and new.officer_id is not null and (not (doing or setting) or not serves_in(new.officer_id, new.agency_id)) then
    raise exception 'task: it is given to an officer who serves in the agency that has it' using errcode = 'insufficient_privilege'; end if;
  if new.due_on <> old.due_on and not setting and not rolled then
    raise exception 'task: nobody moves their own deadline' using errcode = 'insufficient_privilege'; end if;
  if new.paused_on is distinct from old.paused_on and (not setting or (new.paused_on is not null and (old.paused_on is not null or new.paused_on <> desk_today()))) then
    raise exception 'task: only who set it stops its clock, today' using errcode = 'insufficient_privilege'; end if;
  if (new.reminded_on, new.overdue_told_on, new.escalated_on, new.coordination_told_on) is distinct from (old.reminded_on, old.overdue_told_on, old.escalated_on, old.coordination_told_on)
      and (new.due_on = old.due_on or num_nonnulls(new.reminded_on, new.overdue_told_on, new.escalated_on, new.coordination_told_on) > 0) then
    raise exception 'task: what was told is told; it begins anew only with a new day' using errcode = 'insufficient_privilege'; end if;
  if new.state = 'done' and not doing and not (theirs and old.source_id is not null) then
    raise exception 'task: the agency that has it does it' using errcode = 'insufficient_privilege'; end if;
  if new.state = 'cancelled' and not setting and not (old.source_id is not null and (doing or theirs)) and not (old.case_id is not null and leads_case(old.case_id)
      and (ctx_has_role('case_officer') or ctx_has_role('leader'))) then
    raise exception 'task: who set it cancels it' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger task_guard before insert or update on task for each row execute function guard_task();

-- A day moved, a clock stopped, a task given to somebody: each is in the journal, the first two with the reason.
create function require_task_journal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx_kind() is not null and not exists (select 1 from journal j where j.entity_id in (new.id, new.source_id) and j.tx = pg_current_xact_id()) then
    raise exception 'task: no change without a journal entry' using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger task_change_journal after update of due_on, paused_on, officer_id, agency_id on task deferrable initially deferred for each row
  when ((old.due_on, old.paused_on, old.officer_id, old.agency_id) is distinct from (new.due_on, new.paused_on, new.officer_id, new.agency_id)) execute function require_task_journal();

-- Open tasks whose day became a day off move to the next working day, with a row in the journal each. The only change of what was told before.
create function roll_tasks(first date, last date) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare moved integer := 0; one record; later date;
begin
  if ctx_kind() is distinct from 'officer' or not keeps_directory() then raise exception 'calendar: kept by the coordinating agency' using errcode = 'insufficient_privilege'; end if;
  for one in select t.id, t.due_on from task t where t.state = 'open' and t.due_on between first and last and not is_working_day(t.due_on) order by t.id for update loop
    later := next_working_day(one.due_on);
    update task set due_on = later where id = one.id;
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, detail)
      values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'task', one.id, 'roll', jsonb_build_object('from', one.due_on, 'to', later));
    moved := moved + 1;
  end loop;
  return moved;
end $$;

-- What became of a task, for both sides; of another agency's officers only the agency.
create function task_steps(wanted uuid) returns table (at timestamptz, action text, reason text, detail jsonb, agency_id uuid, officer text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select j.at, j.action, j.reason, j.detail, j.agency_id, case when j.agency_id = ctx_agency() then o.full_name end
  from task t join journal j on j.entity_id = t.id and j.entity = 'task' left join officer o on o.id = j.officer_id
  where t.id = wanted and ctx_kind() = 'officer' and (t.agency_id = ctx_agency() or t.set_by_agency = ctx_agency()) order by j.seq limit 200 $$;

-- Open tasks of a case, whoever has them, for the agency that leads it and wants to close it.
create function case_open_tasks(wanted uuid) returns table (id uuid, code text, title text, agency_id uuid, due_on date) language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.code, t.title, t.agency_id, t.due_on from task t
  where t.case_id = wanted and t.state = 'open' and ctx_kind() in ('officer', 'system') and (ctx_kind() = 'system' or leads_case(wanted)) order by t.due_on, t.id limit 200 $$;
create function cancel_case_tasks(wanted uuid, why text) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare ended integer := 0; one record;
begin
  if length(trim(coalesce(why, ''))) < 5 then raise exception 'task: cancelled with a reason' using errcode = 'check_violation'; end if;
  if not (ctx_kind() = 'system' or (ctx_kind() = 'officer' and leads_case(wanted))) then raise exception 'task: the lead agency cancels the tasks of its case' using errcode = 'insufficient_privilege'; end if;
  for one in select t.id from task t where t.case_id = wanted and t.state = 'open' order by t.id for update loop
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state, reason, detail)
      values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'task', one.id, 'cancel', 'open', 'cancelled', why, jsonb_build_object('case', wanted));
    update task set state = 'cancelled', ended_at = desk_now() where id = one.id;
    ended := ended + 1;
  end loop;
  return ended;
end $$;

-- What the coordinating agency was told of: that there is something late and where, not what it is, unless it set it.
create function escalated_tasks() returns table (id uuid, code text, kind text, agency_id uuid, due_on date, told_on date, mine boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.code, t.kind, t.agency_id, t.due_on, t.coordination_told_on, coalesce(t.set_by_agency = ctx_agency(), false) from task t
  where t.state = 'open' and t.coordination_told_on is not null and keeps_law(array['leader']) order by t.due_on, t.id limit 50 $$;
revoke all on function serves_in, roll_tasks, task_steps, case_open_tasks, cancel_case_tasks, escalated_tasks from public;
grant execute on function roll_tasks, task_steps, case_open_tasks, cancel_case_tasks, escalated_tasks to lachan_app;

-- ── When lateness is told on: working days after the day, set by each agency for itself within bounds ────────────────────
create table task_setting (
  agency_id uuid primary key references agency, leader_after integer not null default 1 check (leader_after between 1 and 5),
  coordinator_after integer not null default 3 check (coordinator_after between 1 and 10), changed_at timestamptz not null, check (coordinator_after >= leader_after));
alter table task_setting enable row level security;
alter table task_setting force row level security;
create policy owner_all on task_setting for all to current_user using (true) with check (true);
grant select, insert, update (leader_after, coordinator_after, changed_at) on task_setting to lachan_app;
create policy read on task_setting for select to lachan_app using (ctx_kind() = 'system' or (ctx_kind() = 'officer' and agency_id = ctx_agency()));
create policy kept on task_setting for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and ctx_has_role('administrator'));
create policy changed on task_setting for update to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency() and ctx_has_role('administrator'))
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and ctx_has_role('administrator'));
create function require_setting_journal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx_kind() is not null and not exists (select 1 from journal j where j.entity = 'task_setting' and j.entity_id = new.agency_id and j.tx = pg_current_xact_id()
      and length(trim(coalesce(j.reason, ''))) >= 5) then
    raise exception 'task: no setting without a reason in the journal' using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger task_setting_journal after insert or update on task_setting deferrable initially deferred for each row execute function require_setting_journal();
