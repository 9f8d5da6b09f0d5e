-- Coordination by meeting (R6): invitation, agenda of cases the own agency leads, attendance, minutes, conclusion, action items.
-- An invited agency sees its invitation and the titles of the agenda; minutes and conclusion after the meeting was concluded.

create table meeting (
  id uuid primary key default uuidv7(), code text not null unique check (code ~ '^HP-[0-9-]{10,40}$'), agency_id uuid not null references agency,
  state text not null default 'planned' check (state in ('planned', 'invited', 'held', 'concluded', 'cancelled')),
  title text not null check (length(title) between 3 and 300), place text not null check (length(place) between 2 and 300),
  online_link text check (length(online_link) <= 500 and online_link ~ '^https://[^[:space:]]+$'),
  starts_at timestamptz not null, ends_at timestamptz not null,
  chair text not null check (length(chair) between 1 and 200), secretary text not null check (length(secretary) between 1 and 200),
  version integer not null default 1, sequence integer not null default 0, changed_at timestamptz not null,
  created_by uuid not null references officer, created_at timestamptz not null, invited_at timestamptz, cancel_reason text check (length(cancel_reason) between 3 and 500),
  ended_at timestamptz, concluded_at timestamptz,
  check (ends_at > starts_at and ends_at <= starts_at + interval '24 hours'), check ((state = 'cancelled') = (cancel_reason is not null)),
  check ((state = 'concluded') = (concluded_at is not null)), check (state <> 'invited' or invited_at is not null));
create index meeting_agency on meeting (agency_id, state, starts_at);

create table meeting_agenda (
  id uuid primary key default uuidv7(), meeting_id uuid not null references meeting, ordinal integer not null check (ordinal between 1 and 99), case_id uuid references case_file,
  title text not null check (length(title) between 1 and 300), minutes integer check (minutes between 1 and 480), presenter text not null default '' check (length(presenter) <= 200),
  unique (meeting_id, ordinal) deferrable initially deferred);
create index meeting_agenda_case on meeting_agenda (case_id) where case_id is not null;

create table meeting_guest (
  meeting_id uuid not null references meeting, agency_id uuid not null references agency, invited_at timestamptz,
  answer text not null default 'none' check (answer in ('none', 'coming', 'deputy', 'not_coming')), reason text not null default '' check (length(reason) <= 500),
  names text not null default '' check (length(names) <= 500), answered_at timestamptz, answered_by uuid references officer, answered_sequence integer,
  attendance text check (attendance in ('present', 'late', 'absent')), came text not null default '' check (length(came) <= 500),
  primary key (meeting_id, agency_id),
  check (answer in ('none', 'coming') or length(reason) >= 3), check ((answer = 'none') = (answered_at is null)), check ((answered_at is null) = (answered_by is null)));
create index meeting_guest_agency on meeting_guest (agency_id, meeting_id);

create table meeting_minutes (
  agenda_id uuid primary key references meeting_agenda, meeting_id uuid not null references meeting,
  discussion text not null default '' check (length(discussion) <= 8000), statements text not null default '' check (length(statements) <= 8000),
  conclusion text not null default '' check (length(conclusion) <= 4000), version integer not null default 1, saved_by uuid not null references officer, saved_at timestamptz not null);
create index meeting_minutes_meeting on meeting_minutes (meeting_id);

create table meeting_conclusion (
  meeting_id uuid primary key references meeting, body text not null default '' check (length(body) <= 8000), version integer not null default 1,
  saved_by uuid not null references officer, saved_at timestamptz not null);

create table meeting_action (
  id uuid primary key default uuidv7(), meeting_id uuid not null references meeting, case_id uuid references case_file, what text not null check (length(what) between 3 and 300),
  agency_id uuid not null references agency, officer_id uuid references officer, due_on date not null, task_id uuid references task, created_by uuid not null references officer, created_at timestamptz not null);
create index meeting_action_meeting on meeting_action (meeting_id);

create table meeting_addendum (
  id uuid primary key default uuidv7(), meeting_id uuid not null references meeting, part text not null check (part in ('minutes', 'conclusion')),
  body text not null check (length(body) between 3 and 4000), reason text not null check (length(reason) between 3 and 500), officer_id uuid not null references officer, at timestamptz not null);
create index meeting_addendum_meeting on meeting_addendum (meeting_id);

-- ── Who sees what ───────────────────────────────────────────────────────────────────────────────────────────────────
create function leads_meeting(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select ctx_kind() = 'officer' and exists (select 1 from meeting m where m.id = wanted and m.agency_id = ctx_agency()) $$;
create function invited_to(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select ctx_kind() = 'officer' and exists (select 1 from meeting_guest g where g.meeting_id = wanted and g.agency_id = ctx_agency() and g.invited_at is not null) $$;
create function reads_outcome(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select invited_to(wanted) and exists (select 1 from meeting m where m.id = wanted and m.state = 'concluded') $$;
-- Who was there, for those who may read the minutes: never what the others answered or why.
create function meeting_presence(wanted uuid) returns table (agency_id uuid, attendance text, came text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select g.agency_id, g.attendance, g.came from meeting_guest g where g.meeting_id = wanted and reads_outcome(wanted) $$;
-- Number and day of a paper of the meeting for whom it is addressed to; the register itself stays with the agency that keeps it.
create function meeting_number(wanted uuid, of_kind text) returns table (number integer, symbol text, issued_on date)
  language sql stable security definer set search_path = public, pg_temp as $$
  select d.number, d.symbol, d.issued_on from document_out d
  where d.source_entity = 'meeting' and d.source_id = wanted and d.kind = of_kind and d.number is not null
    and (case of_kind when 'giay_moi' then invited_to(wanted) else reads_outcome(wanted) end) order by d.id desc limit 1 $$;
revoke all on function leads_meeting, invited_to, reads_outcome, meeting_presence, meeting_number from public;
grant execute on function leads_meeting, invited_to, reads_outcome, meeting_presence, meeting_number to lachan_app;

do $$ declare named text; begin
  foreach named in array array['meeting', 'meeting_agenda', 'meeting_guest', 'meeting_minutes', 'meeting_conclusion', 'meeting_action', 'meeting_addendum'] loop
    execute format('alter table %I enable row level security', named);
    execute format('alter table %I force row level security', named);
    execute format('create policy owner_all on %I for all to current_user using (true) with check (true)', named);
    execute format('grant select, insert on %I to lachan_app', named);
  end loop;
end $$;
grant update (state, title, place, online_link, starts_at, ends_at, chair, secretary, invited_at, cancel_reason, ended_at, concluded_at) on meeting to lachan_app;
grant update (ordinal, title, minutes, presenter), delete on meeting_agenda to lachan_app;
grant update (invited_at, answer, reason, names, answered_at, answered_by, attendance, came), delete on meeting_guest to lachan_app;
grant update (discussion, statements, conclusion, saved_by, saved_at) on meeting_minutes to lachan_app;
grant update (body, saved_by, saved_at) on meeting_conclusion to lachan_app;
grant update (task_id), delete on meeting_action to lachan_app;

create policy lead on meeting for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy guest on meeting for select to lachan_app using (invited_to(id));
create policy counted on meeting for select to lachan_app using (ctx_kind() = 'system');
create policy plan on meeting for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and created_by = ctx_officer() and state = 'planned');
create policy run on meeting for update to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()) with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy lead on meeting_agenda for all to lachan_app using (leads_meeting(meeting_id)) with check (leads_meeting(meeting_id));
create policy guest on meeting_agenda for select to lachan_app using (invited_to(meeting_id));
create policy lead on meeting_guest for all to lachan_app using (leads_meeting(meeting_id)) with check (leads_meeting(meeting_id));
create policy guest on meeting_guest for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency() and invited_at is not null);
create policy guest_answers on meeting_guest for update to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency() and invited_at is not null)
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy lead on meeting_minutes for all to lachan_app using (leads_meeting(meeting_id)) with check (leads_meeting(meeting_id) and saved_by = ctx_officer());
create policy guest on meeting_minutes for select to lachan_app using (reads_outcome(meeting_id));
create policy lead on meeting_conclusion for all to lachan_app using (leads_meeting(meeting_id)) with check (leads_meeting(meeting_id) and saved_by = ctx_officer());
create policy guest on meeting_conclusion for select to lachan_app using (reads_outcome(meeting_id));
create policy lead on meeting_action for all to lachan_app using (leads_meeting(meeting_id)) with check (leads_meeting(meeting_id));
create policy guest on meeting_action for select to lachan_app using (reads_outcome(meeting_id));
create policy lead on meeting_addendum for all to lachan_app using (leads_meeting(meeting_id)) with check (leads_meeting(meeting_id) and officer_id = ctx_officer());
create policy guest on meeting_addendum for select to lachan_app using (reads_outcome(meeting_id));

-- ── What a meeting may become ───────────────────────────────────────────────────────────────────────────────────────
create function refuse_meeting(why text) returns void language plpgsql as $$ begin raise exception 'meeting: %', why using errcode = 'check_violation'; end $$;

-- Version and SEQUENCE (RFC 5545, 3.8.7.4) are counted here, so that no writer forgets: a new time or place or a cancellation of what was sent counts.
create function guard_meeting() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare moved boolean;
begin
  if tg_op = 'INSERT' then
    if new.starts_at <= desk_now() then perform refuse_meeting('in the past'); end if;
    if (new.version, new.sequence, new.changed_at, new.created_at) is distinct from (1, 0, desk_now(), desk_now()) then perform refuse_meeting('begins with its first version, now'); end if;
    return new;
  end if;
  if ctx_kind() = 'system' then return new; end if; -- minimising
  moved := (new.starts_at, new.ends_at, new.place, new.online_link) is distinct from (old.starts_at, old.ends_at, old.place, old.online_link);
  if moved and new.starts_at <= desk_now() then perform refuse_meeting('in the past'); end if;
  if (moved or new.title <> old.title) and old.state not in ('planned', 'invited') then perform refuse_meeting('time, place and title are fixed once it was held'); end if;
  if old.state in ('concluded', 'cancelled') then perform refuse_meeting('it has ended'); end if;
  if (new.chair, new.secretary) is distinct from (old.chair, old.secretary) and old.state not in ('planned', 'invited', 'held') then perform refuse_meeting('it has ended'); end if;
  if new.invited_at is distinct from old.invited_at and (old.invited_at is not null or new.invited_at <> desk_now() or new.state <> 'invited') then perform refuse_meeting('invited once, now'); end if;
  if new.state in ('invited', 'held') and new.state <> old.state then
    if not exists (select 1 from meeting_agenda a where a.meeting_id = new.id and a.case_id is not null) then perform refuse_meeting('no case on the agenda'); end if;
    if not exists (select 1 from meeting_guest g where g.meeting_id = new.id) then perform refuse_meeting('nobody is invited'); end if;
  end if;
  if new.state = 'invited' and old.state = 'planned' and new.starts_at <= desk_now() then perform refuse_meeting('in the past'); end if;
  if new.state = 'held' and old.state <> 'held' and (new.starts_at at time zone 'Asia/Ho_Chi_Minh')::date > desk_today() then perform refuse_meeting('not before its day'); end if;
  if new.state = 'concluded' and old.state <> 'concluded' then
    if not exists (select 1 from meeting_conclusion c where c.meeting_id = new.id and length(c.body) >= 3) then perform refuse_meeting('no conclusion'); end if;
    if new.concluded_at is distinct from desk_now() or new.ended_at is null or new.ended_at <= new.starts_at or new.ended_at > desk_now() then perform refuse_meeting('ended after it began, concluded now'); end if;
  elsif (new.ended_at, new.concluded_at) is distinct from (old.ended_at, old.concluded_at) then perform refuse_meeting('not concluded');
  end if;
  new.version := old.version + 1;
  new.changed_at := desk_now();
  new.sequence := old.sequence + case when old.invited_at is not null and (moved or new.state = 'cancelled') then 1 else 0 end;
  return new;
end $$;
create trigger meeting_transition before update of state on meeting for each row execute function require_transition('meeting');
create trigger meeting_guard before insert or update on meeting for each row execute function guard_meeting();
create constraint trigger meeting_journal after update of state on meeting deferrable initially deferred
  for each row when (old.state is distinct from new.state) execute function require_journal();

create function guard_meeting_agenda() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare one meeting_agenda := coalesce(new, old);
begin
  if ctx_kind() = 'system' then return one; end if;
  if not exists (select 1 from meeting m where m.id = one.meeting_id and m.state in ('planned', 'invited')) then perform refuse_meeting('its agenda is fixed once it was held'); end if;
  if tg_op = 'INSERT' and new.case_id is not null and not leads_case(new.case_id) then perform refuse_meeting('only cases the own agency leads'); end if;
  return one;
end $$;
create trigger meeting_agenda_guard before insert or update or delete on meeting_agenda for each row execute function guard_meeting_agenda();

-- The invited agency answers, the inviting one takes attendance; neither writes for the other.
create function guard_meeting_guest() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare one meeting_guest := coalesce(new, old); its meeting;
begin
  if ctx_kind() = 'system' then return one; end if;
  select * into its from meeting m where m.id = one.meeting_id;
  if tg_op = 'INSERT' then
    if its.state not in ('planned', 'invited', 'held') or new.agency_id = its.agency_id then perform refuse_meeting('nobody can be invited now, and never the own agency'); end if;
    if (new.answer, new.attendance, new.answered_by, new.answered_sequence) is distinct from ('none', null::text, null::uuid, null::integer) then perform refuse_meeting('a guest answers in person'); end if;
    if new.invited_at is not null and (its.state = 'planned' or new.invited_at <> desk_now()) then perform refuse_meeting('invited with the meeting, now'); end if;
    return new;
  end if;
  if tg_op = 'DELETE' then
    if its.state <> 'planned' then perform refuse_meeting('who was invited stays invited'); end if;
    return old;
  end if;
  if (new.answer, new.reason, new.names, new.answered_at, new.answered_by) is distinct from (old.answer, old.reason, old.names, old.answered_at, old.answered_by) then
    if old.agency_id is distinct from ctx_agency() or new.answered_by is distinct from ctx_officer() or new.answered_at is distinct from desk_now() then perform refuse_meeting('a guest answers in person'); end if;
    if its.state <> 'invited' or its.starts_at <= desk_now() then perform refuse_meeting('the invitation is no longer open'); end if;
    new.answered_sequence := its.sequence;
  end if;
  if (new.attendance, new.came) is distinct from (old.attendance, old.came) and (its.agency_id is distinct from ctx_agency() or its.state <> 'held') then
    perform refuse_meeting('attendance is taken by the inviting agency at the meeting');
  end if;
  if new.invited_at is distinct from old.invited_at and (its.agency_id is distinct from ctx_agency() or its.state = 'planned' or old.invited_at is not null or new.invited_at <> desk_now()) then
    perform refuse_meeting('invited once, now');
  end if;
  return new;
end $$;
create trigger meeting_guest_guard before insert or update or delete on meeting_guest for each row execute function guard_meeting_guest();

-- Minutes and conclusion are written while the meeting stands as held, and never again once it was concluded.
create function guard_meeting_words() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx_kind() = 'system' then return new; end if;
  if not exists (select 1 from meeting m where m.id = new.meeting_id and m.state = 'held') then perform refuse_meeting('minutes and conclusion are frozen'); end if;
  if new.saved_at is distinct from desk_now() then perform refuse_meeting('saved now'); end if;
  if tg_table_name = 'meeting_minutes' then
    if not exists (select 1 from meeting_agenda a where a.id = new.agenda_id and a.meeting_id = new.meeting_id) then perform refuse_meeting('not on its agenda'); end if;
  end if;
  new.version := case when tg_op = 'INSERT' then 1 else old.version + 1 end;
  return new;
end $$;
create trigger meeting_minutes_guard before insert or update on meeting_minutes for each row execute function guard_meeting_words();
create trigger meeting_conclusion_guard before insert or update on meeting_conclusion for each row execute function guard_meeting_words();

create function guard_meeting_action() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare one meeting_action := coalesce(new, old); its meeting;
begin
  if ctx_kind() = 'system' then return one; end if;
  select * into its from meeting m where m.id = one.meeting_id;
  if its.state <> 'held' then perform refuse_meeting('its action items are fixed'); end if;
  if tg_op = 'DELETE' then return old; end if;
  if tg_op = 'UPDATE' then
    if old.task_id is not null or not exists (select 1 from task t where t.id = new.task_id and t.kind = 'action' and t.source_id = new.id) then perform refuse_meeting('a task of its own, once'); end if;
    return new;
  end if;
  if new.task_id is not null or new.created_by is distinct from ctx_officer() or new.due_on < desk_today() then perform refuse_meeting('an action item is set in person, for a day to come'); end if;
  if new.agency_id <> its.agency_id and not exists (select 1 from meeting_guest g where g.meeting_id = its.id and g.agency_id = new.agency_id) then perform refuse_meeting('only agencies of the meeting get action items'); end if;
  if new.officer_id is not null and not exists (select 1 from officer_role r where r.officer_id = new.officer_id and r.agency_id = new.agency_id and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today())) then
    perform refuse_meeting('the officer is not of that agency');
  end if;
  if new.case_id is not null and not exists (select 1 from meeting_agenda a where a.meeting_id = its.id and a.case_id = new.case_id) then perform refuse_meeting('the case is not on the agenda'); end if;
  return new;
end $$;
create trigger meeting_action_guard before insert or update or delete on meeting_action for each row execute function guard_meeting_action();

create function guard_meeting_addendum() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and ctx_kind() = 'system' then return new; end if;
  if tg_op = 'UPDATE' or new.at is distinct from desk_now() then perform refuse_meeting('an addendum stays as it was written'); end if;
  if not exists (select 1 from meeting m where m.id = new.meeting_id and m.state = 'concluded') then perform refuse_meeting('an addendum follows a conclusion'); end if;
  return new;
end $$;
create trigger meeting_addendum_guard before insert or update on meeting_addendum for each row execute function guard_meeting_addendum();

-- ── Minimising: what is said about a case goes with it; the rest of a meeting with the last of its cases ──────────────
create function minimise_meetings() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare gone constant text := '(Đã xóa khi hết thời hạn lưu giữ.)'; one uuid;
begin
  update meeting_agenda set title = new.number, presenter = '' where case_id = new.id;
  update meeting_minutes w set discussion = gone, statements = '', conclusion = '' where exists (select 1 from meeting_agenda a where a.id = w.agenda_id and a.case_id = new.id);
  update meeting_action set what = gone where case_id = new.id;
  for one in select distinct a.meeting_id from meeting_agenda a where a.case_id = new.id
      and not exists (select 1 from meeting_agenda b join case_file c on c.id = b.case_id where b.meeting_id = a.meeting_id and c.id <> new.id and c.minimised_at is null) loop
    update meeting set title = code, chair = '–', secretary = '–', online_link = null, cancel_reason = case when cancel_reason is null then null else gone end where id = one;
    update meeting_agenda set title = '–', presenter = '' where meeting_id = one and case_id is null;
    update meeting_guest set reason = case when answer in ('none', 'coming') then '' else gone end, names = '', came = '' where meeting_id = one;
    update meeting_minutes set discussion = gone, statements = '', conclusion = '' where meeting_id = one;
    update meeting_conclusion set body = gone where meeting_id = one;
    update meeting_action set what = gone where meeting_id = one;
    update task t set title = t.code where t.kind = 'action' and exists (select 1 from meeting_action m where m.meeting_id = one and m.task_id = t.id);
    update meeting_addendum set body = gone, reason = gone where meeting_id = one;
  end loop;
  return null;
end $$;
create trigger minimise_meetings after update of minimised_at on case_file for each row when (old.minimised_at is null and new.minimised_at is not null)
  execute function minimise_meetings();
