-- Competence and routing: proposals to transfer a case to the competent agency, taking over, what an agency did at once (R5), handing
-- over of open work (R3, R15). Every change of hands is carried out by a function of the owner and leaves a row in `hand_over`, which
-- the application cannot write; the guards of what moves ask for that row.

-- ── Who may lead ────────────────────────────────────────────────────────────────────────────────────────────────────
-- The agencies that lead or coordinate for a harm in a place on a day; heirs stand for agencies that ended, as in
-- src/modules/directory/queries.ts (tests/integration/routing.test.ts compares both). A harm or province left open fits all.
create function competent_on(harm text, province text, commune text, on_day date) returns table (agency_id uuid, competence_id uuid, leads boolean, coordinates boolean, law text, place integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  with recursive held as (
    select c.id, c.agency_id as holder, 0 as hops from competence c join agency a on a.id = c.agency_id
    where (harm is null or c.category = harm) and c.role in ('lead', 'coordinate')
      and (c.commune_code = commune or (c.commune_code is null and (province is null or c.province_code = province)))
      and c.valid_from <= on_day and (c.valid_to is null or c.valid_to >= on_day) and a.valid_from <= on_day
    union all
    select held.id, heir.id, held.hops + 1 from held join agency ended on ended.id = held.holder and ended.valid_to < on_day
      join agency_successor s on s.from_agency = ended.id join agency heir on heir.id = s.to_agency
    where held.hops < 8 and (heir.commune_code is null or heir.commune_code = commune)
  ), once as (
    select distinct on (held.holder) held.holder, held.id, bool_or(c.role = 'lead') over w as leads, bool_or(c.role = 'coordinate') over w as coordinates, c.law,
      c.commune_code, held.hops, a.level, a.key
    from held join competence c on c.id = held.id join agency a on a.id = held.holder and a.valid_from <= on_day and (a.valid_to is null or a.valid_to >= on_day)
    window w as (partition by held.holder)
    order by held.holder, c.role <> 'lead', c.commune_code is null, held.hops, c.valid_from, c.id)
  select holder, id, leads, coordinates, law, (row_number() over (order by commune_code is null, hops, level in ('company', 'bank'), key))::integer from once $$;
create function coordinator_on(harm text, province text, commune text, on_day date) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select agency_id from competent_on(harm, province, commune, on_day) where coordinates order by place limit 1 $$;
-- A case is in a commune where all its reports are; else in the province.
create function case_place(wanted uuid, out province text, out commune text) language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select min(r.province_code) from report r where r.case_id = c.id), split_part(c.number, '-', 2)),
    (select case when count(distinct coalesce(r.commune_code, '')) = 1 then min(r.commune_code) end from report r where r.case_id = c.id)
  from case_file c where c.id = wanted $$;
create function coordinator_of_case(wanted uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select coordinator_on(c.category, p.province, p.commune, desk_today()) from case_file c, case_place(c.id) p where c.id = wanted $$;
create function is_ended(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from agency a where a.id = wanted and a.valid_to < desk_today()) $$;

-- ── Tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create table transfer (
  id uuid primary key default uuidv7(), code text not null unique check (code ~ '^CX-\d{2}-\d{6}-\d{4,9}-\d$'),
  case_id uuid references case_file, report_id uuid references report on delete cascade,
  from_agency uuid not null references agency, to_agency uuid not null references agency, competence_id uuid references competence, law text not null default '',
  reason text not null check (length(reason) between 5 and 1000), urgent boolean not null default false,
  open_to_coordinator boolean not null default false, -- the lead agrees that the coordinating agency takes the case over at once
  proposed_by uuid not null references officer, proposed_at timestamptz not null, due_on date not null,
  state text not null default 'proposed' check (state in ('proposed', 'accepted', 'refused', 'withdrawn')),
  answered_at timestamptz, answered_by uuid references officer, answer_reason text check (length(answer_reason) between 3 and 1000), late_on date, moved_at timestamptz,
  check (num_nonnulls(case_id, report_id) = 1), check (from_agency <> to_agency), check ((state = 'proposed') = (answered_at is null)));
create unique index transfer_open_case on transfer (case_id) where state = 'proposed' and case_id is not null;
create unique index transfer_open_report on transfer (report_id) where state = 'proposed' and report_id is not null;
create index transfer_to on transfer (to_agency, due_on) where state = 'proposed';
create index transfer_from on transfer (from_agency, id desc);
create index transfer_case on transfer (case_id);
create index transfer_report on transfer (report_id);

create table take_over (
  id uuid primary key default uuidv7(), case_id uuid not null references case_file, ground text not null check (ground in ('lapsed', 'ended', 'agreed')),
  agency_id uuid not null references agency, from_agency uuid not null references agency, officer_id uuid not null references officer,
  reason text not null check (length(reason) between 5 and 1000), at timestamptz not null);
create index take_over_case on take_over (case_id);

-- What changed hands, from whom to whom, when and why: between agencies, or between officers of one.
create table hand_over (
  id uuid primary key default uuidv7(), via text not null check (via in ('transfer', 'take_over', 'agency_ended', 'officer')),
  what text not null check (what in ('case', 'report', 'party', 'task', 'opinion', 'transfer', 'decision', 'meeting')), item_id uuid not null, case_id uuid references case_file,
  code text not null, from_agency uuid not null references agency, to_agency uuid not null references agency, from_officer uuid references officer, to_officer uuid references officer,
  by_officer uuid references officer, why text not null default '', at timestamptz not null, tx xid8 not null default pg_current_xact_id(),
  check ((via = 'officer') = (from_officer is not null)), check ((from_officer is null) = (to_officer is null)), check ((from_agency = to_agency) = (via = 'officer')));
create index hand_over_item on hand_over (item_id, id);
create index hand_over_case on hand_over (case_id);
create index hand_over_to on hand_over (to_agency, id desc);
create index hand_over_from on hand_over (from_agency, id desc);
create trigger hand_over_append_only before delete or truncate on hand_over for each statement execute function refuse_change();

-- What an agency did at once within its own powers (R5): a record, never a measure; it names no person and sends nothing.
create table own_act (
  id uuid primary key default uuidv7(), case_id uuid not null references case_file, agency_id uuid not null references agency, officer_id uuid not null references officer,
  done_on date not null, what text not null check (length(what) between 5 and 1000), legal_basis text references legal_basis,
  own_power text check (own_power in ('own_service', 'own_system', 'own_customers', 'advice')), result text not null default '' check (length(result) <= 1000),
  document_number text not null default '' check (length(document_number) <= 60), at timestamptz not null,
  check (num_nonnulls(legal_basis, own_power) = 1));
create index own_act_case on own_act (case_id, done_on);
create trigger own_act_append_only before delete or truncate on own_act for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['transfer', 'take_over', 'hand_over', 'own_act'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I for all to current_user using (true) with check (true)', t);
    execute format('grant select on %I to lachan_app', t);
  end loop;
end $$;
grant insert (code, case_id, report_id, from_agency, to_agency, reason, urgent, open_to_coordinator, proposed_by, proposed_at, due_on) on transfer to lachan_app;
grant update (state, answered_at, answered_by, answer_reason, late_on) on transfer to lachan_app;
grant insert (case_id, agency_id, officer_id, done_on, what, legal_basis, own_power, result, document_number, at) on own_act to lachan_app;
create policy machine on transfer for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy sides on transfer for select to lachan_app using (ctx_kind() = 'officer' and ctx_agency() in (from_agency, to_agency));
create policy proposed on transfer for insert to lachan_app with check (ctx_kind() = 'officer' and from_agency = ctx_agency() and proposed_by = ctx_officer());
create policy moved on transfer for update to lachan_app using (ctx_kind() = 'officer' and ctx_agency() in (from_agency, to_agency))
  with check (ctx_kind() = 'officer' and ctx_agency() in (from_agency, to_agency));
create policy sides on take_over for select to lachan_app using (ctx_kind() = 'system' or (ctx_kind() = 'officer' and ctx_agency() in (agency_id, from_agency)));
create policy sides on hand_over for select to lachan_app using (ctx_kind() = 'system' or (ctx_kind() = 'officer' and ctx_agency() in (from_agency, to_agency)));
create policy own on own_act for select to lachan_app using (ctx_kind() = 'officer' and (agency_id = ctx_agency() or leads_case(case_id)));
create policy own_insert on own_act for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and officer_id = ctx_officer());
create policy counted on own_act for select to lachan_app using (ctx_kind() = 'system');

-- ── Who may receive, and what cannot change hands now ───────────────────────────────────────────────────────────────
-- One word for one sentence on the screen; null when nothing stands in the way.
create function case_stays(wanted uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when c.state = 'closed' then 'closed'
    when c.state = 'deciding' then 'deciding'
    when exists (select 1 from decision d where d.case_id = c.id and decision_over(d) is null) then 'decision'
    when exists (select 1 from appeal a left join decision d on d.id = a.decision_id left join report r on r.id = a.report_id
      where c.id in (d.case_id, r.case_id) and a.state in ('filed', 'accepted')) then 'appeal' end
  from case_file c where c.id = wanted $$;
-- A thing came back when somebody received it who had given it away before.
create function came_back(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from hand_over back join hand_over gone on gone.item_id = back.item_id and gone.id < back.id and gone.from_agency = back.to_agency
    where back.item_id = wanted and back.what in ('case', 'report') and gone.what in ('case', 'report') and back.via in ('transfer', 'take_over') and gone.via in ('transfer', 'take_over')) $$;
create function transfer_bar(of_case uuid, of_report uuid, giver uuid, receiver uuid) returns text language plpgsql stable security definer set search_path = public, pg_temp as $$
declare harm text; province text; commune text; held_by uuid; bar text;
begin
  if of_case is not null then
    select c.category, c.lead_agency_id, p.province, p.commune into harm, held_by, province, commune from case_file c, case_place(c.id) p where c.id = of_case;
    bar := case_stays(of_case);
  else
    select r.category, r.handling_agency_id, r.province_code, r.commune_code, case when r.case_id is not null then 'in_case' when r.state not in ('received', 'acknowledged', 'need_info') then 'closed' end
      into harm, held_by, province, commune, bar from report r where r.id = of_report;
  end if;
  return case
    when held_by is distinct from giver then 'not_lead'
    when bar is not null then bar
    when receiver = giver then 'self'
    when is_ended(receiver) then 'ended'
    when not exists (select 1 from competent_on(harm, province, commune, desk_today()) c where c.agency_id = receiver) then 'not_competent'
    when receiver is not distinct from coordinator_on(harm, province, commune, desk_today()) then null
    when came_back(coalesce(of_case, of_report)) then 'came_back'
    when exists (select 1 from transfer t where coalesce(t.case_id, t.report_id) = coalesce(of_case, of_report) and t.to_agency = receiver and t.state = 'refused') then 'refused_before' end;
end $$;
-- The same for the screens of those whom it concerns.
create function may_transfer(of_case uuid, of_report uuid, receiver uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case when exists (select 1 from case_file c where c.id = of_case and c.lead_agency_id = ctx_agency() union all select 1 from report r where r.id = of_report and r.handling_agency_id = ctx_agency())
    and ctx_kind() = 'officer' then transfer_bar(of_case, of_report, ctx_agency(), receiver) else 'not_lead' end $$;

create function refuse_routing(bar text) returns void language plpgsql as $$
begin raise exception 'this cannot change hands: %', bar using errcode = 'check_violation', detail = bar; end $$;

create function guard_transfer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare bar text; harm text; province text; commune text;
begin
  if tg_op = 'INSERT' then
    if ctx_kind() is distinct from 'officer' or new.from_agency is distinct from ctx_agency() or new.proposed_by is distinct from ctx_officer() or new.proposed_at is distinct from desk_now()
        or not (ctx_has_role('case_officer') or ctx_has_role('leader') or (new.report_id is not null and ctx_has_role('intake'))) then
      raise exception 'a transfer is proposed in person, now' using errcode = 'check_violation'; end if;
    -- Five working days (NĐ 20/2008/NĐ-CP), over the longest holidays.
    if new.due_on <= desk_today() or new.due_on > desk_today() + 21 then raise exception 'a transfer is answered in 5 working days' using errcode = 'check_violation'; end if;
    bar := transfer_bar(new.case_id, new.report_id, new.from_agency, new.to_agency);
    if bar is not null then perform refuse_routing(bar); end if;
    if new.case_id is not null then
      select c.category, p.province, p.commune into harm, province, commune from case_file c, case_place(c.id) p where c.id = new.case_id;
      new.urgent := new.urgent or harm = 'intimate_images' or exists (select 1 from report r where r.case_id = new.case_id and (r.in_danger or r.for_child));
    else
      select r.category, r.province_code, r.commune_code, new.urgent or r.category = 'intimate_images' or r.in_danger or r.for_child into harm, province, commune, new.urgent from report r where r.id = new.report_id;
    end if;
    select c.competence_id, c.law into new.competence_id, new.law from competent_on(harm, province, commune, desk_today()) c where c.agency_id = new.to_agency;
    return new;
  end if;
  if to_jsonb(new) - '{reason,answer_reason}'::text[] = to_jsonb(old) - '{reason,answer_reason}'::text[] then
    -- Only the words, only when the contents of their case go.
    if exists (select 1 from case_file c left join report r on r.case_id = c.id where (c.id = new.case_id or r.id = new.report_id) and c.minimised_at is not null) then return new; end if;
    raise exception 'the words of a transfer are not rewritten' using errcode = 'check_violation';
  end if;
  if to_jsonb(new) - '{state,answered_at,answered_by,answer_reason,late_on,moved_at,to_agency,from_agency}'::text[]
      is distinct from to_jsonb(old) - '{state,answered_at,answered_by,answer_reason,late_on,moved_at,to_agency,from_agency}'::text[] then
    raise exception 'a transfer is not rewritten' using errcode = 'check_violation'; end if;
  if (new.to_agency, new.from_agency) is distinct from (old.to_agency, old.from_agency) and (old.state <> 'proposed'
      or not exists (select 1 from hand_over h where h.tx = pg_current_xact_id() and h.via = 'agency_ended' and coalesce(old.case_id, old.id) in (h.item_id, h.case_id) or h.tx = pg_current_xact_id() and h.item_id in (old.id, old.report_id))) then
    raise exception 'a transfer stays between its agencies' using errcode = 'check_violation'; end if;
  if new.late_on is distinct from old.late_on and (ctx_kind() is distinct from 'system' or old.late_on is not null or new.late_on is distinct from desk_today() or old.due_on >= desk_today()) then
    raise exception 'late is a fact of the calendar' using errcode = 'check_violation'; end if;
  if new.moved_at is distinct from old.moved_at and (old.moved_at is not null or new.state <> 'accepted' or new.moved_at is distinct from desk_now()) then
    raise exception 'a transfer is carried out once' using errcode = 'check_violation'; end if;
  if new.state = old.state then
    if (new.answered_at, new.answered_by, new.answer_reason) is distinct from (old.answered_at, old.answered_by, old.answer_reason) then
      raise exception 'an answer is not rewritten' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if new.answered_at is distinct from desk_now() or new.answered_by is distinct from ctx_officer()
      or new.state in ('refused', 'withdrawn') and coalesce(length(trim(new.answer_reason)), 0) < 5 then
    raise exception 'a transfer is answered in person, now, a refusal with its reason' using errcode = 'check_violation'; end if;
  if not coalesce(case new.state
      when 'withdrawn' then ctx_kind() = 'system' or ctx_agency() = new.from_agency
        or exists (select 1 from take_over o where o.case_id = new.case_id and o.agency_id = ctx_agency() and o.at = desk_now())
      else ctx_kind() = 'officer' and ctx_agency() = new.to_agency end, false) then
    raise exception 'a transfer is answered by its receiver and withdrawn by its sender' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger transfer_guard before insert or update on transfer for each row execute function guard_transfer();
create trigger transfer_transition before update of state on transfer for each row execute function require_transition('transfer');
create constraint trigger transfer_journal after update of state on transfer deferrable initially deferred
  for each row when (old.state is distinct from new.state) execute function require_journal();
create function require_carried_out() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from transfer t where t.id = new.id and t.moved_at is not null) then
    raise exception 'what is accepted moves at once' using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger transfer_carried_out after update of state on transfer deferrable initially deferred
  for each row when (new.state = 'accepted' and old.state <> 'accepted') execute function require_carried_out();

-- ── What moves, and only with its row in hand_over ──────────────────────────────────────────────────────────────────
create function guard_handed_report() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'handling_agency_id' is distinct from to_jsonb(old) - 'handling_agency_id'
      or not exists (select 1 from hand_over h where h.tx = pg_current_xact_id() and h.item_id = coalesce(old.case_id, old.id) and h.what in ('case', 'report')
        and h.from_agency = old.handling_agency_id and h.to_agency = new.handling_agency_id) then
    raise exception 'the receipt of a report cannot be rewritten: it changes hands by a transfer, a take-over or the end of its agency' using errcode = 'check_violation'; end if;
  return new;
end $$;
drop trigger report_guard on report;
create trigger report_guard before update on report for each row
  when (new.minimised_at is not distinct from old.minimised_at and new.handling_agency_id = old.handling_agency_id) execute function guard_report();
create trigger report_handed before update on report for each row when (new.handling_agency_id <> old.handling_agency_id) execute function guard_handed_report();

-- The clock of a report and the case it lies in are not for an officer to set: the first moves with the state, the second with a regrouping.
create function guard_report_clock() returns trigger language plpgsql as $$
begin
  -- The longest of these clocks is ten working days (DEADLINES.answerReporter), over the longest holidays.
  if new.state = old.state or new.due_on <= desk_today() or new.due_on > desk_today() + 28 then
    raise exception 'the clock of a report is not set by hand' using errcode = 'check_violation'; end if;
  return new;
end $$;
-- Its name follows report_guard, which says more, in the order in which triggers fire.
create trigger report_time before update of due_on on report for each row
  when (ctx_kind() in ('officer', 'reporter') and new.due_on is distinct from old.due_on and not (new.due_on is null and new.state <> old.state)) execute function guard_report_clock();
create function require_regrouping() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from regrouped_report g join regrouping x on x.id = g.regrouping_id where g.report_id = new.id and g.from_case is not distinct from old.case_id
      and g.to_case is not distinct from new.case_id and x.officer_id = ctx_officer() and x.at = desk_now()) then
    raise exception 'a report moves between cases by a regrouping' using errcode = 'check_violation'; end if;
  return null;
end $$;
-- A stop and a harm that never links take a report out of its case; the gate and a lifted stop put one into a case for the first time.
create constraint trigger report_regrouped after update of case_id on report deferrable initially deferred for each row
  when (ctx_kind() = 'officer' and new.case_id is distinct from old.case_id and not (new.case_id is null and (new.state = 'stopped' or new.category <> old.category))
    and not (old.case_id is null and new.state = 'attached' and old.state <> 'attached')) execute function require_regrouping();

create function note_move(entity text, item uuid, act text, old_agency uuid, new_agency uuid, way text) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, detail)
  values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), entity, item, act,
    jsonb_strip_nulls(jsonb_build_object('from', old_agency, 'to', new_agency, 'via', way, 'job', case when ctx_kind() = 'system' then 'agency-ended' end))) $$;
create function cancel_tasks(of_kind text, source uuid, why text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare one uuid;
begin
  for one in select id from task where kind = of_kind and source_id = source and state = 'open' for update loop
    update task set state = 'cancelled', ended_at = desk_now() where id = one;
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state, reason)
      values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'task', one, 'cancel', 'open', 'cancelled', why);
  end loop;
end $$;

-- A case goes to another agency with its reports and the tasks its lead set itself; evidence and verification follow the case, decisions
-- stay with who made them. The former lead keeps number, state and title, and loses what was shared with it.
create function move_case(wanted uuid, heir uuid, way text, why text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare c case_file;
begin
  select * into c from case_file where id = wanted for update;
  insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, by_officer, why, at)
    values (way, 'case', wanted, wanted, c.number, c.lead_agency_id, heir, ctx_officer(), why, desk_now());
  update case_file set lead_agency_id = heir, officer_id = null where id = wanted;
  update report set handling_agency_id = heir where case_id = wanted and handling_agency_id = c.lead_agency_id;
  update case_party set ended_at = desk_now() where case_id = wanted and agency_id = heir and ended_at is null;
  if way <> 'agency_ended' then
    insert into case_party (case_id, agency_id, since, part, included_by) values (wanted, c.lead_agency_id, desk_now(), 'former', ctx_officer())
      on conflict (case_id, agency_id) do update set part = 'former', since = excluded.since, included_by = excluded.included_by, ended_at = null;
    update case_share set recalled_at = desk_now(), recalled_by = ctx_officer(), recall_reason = 'Vụ việc đã chuyển' where case_id = wanted and agency_id = c.lead_agency_id and recalled_at is null;
  end if;
  update task set agency_id = heir, officer_id = null where case_id = wanted and state = 'open' and kind not in ('transfer', 'opinion')
    and agency_id = c.lead_agency_id and (set_by_agency is null or set_by_agency = c.lead_agency_id);
  update task set set_by_agency = heir where case_id = wanted and state = 'open' and kind <> 'transfer' and set_by_agency = c.lead_agency_id;
  perform note_move('case', wanted, way, c.lead_agency_id, heir, null);
end $$;
create function move_report(wanted uuid, heir uuid, way text, why text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare r report;
begin
  select * into r from report where id = wanted and case_id is null for update;
  insert into hand_over (via, what, item_id, code, from_agency, to_agency, by_officer, why, at)
    values (way, 'report', wanted, r.code, r.handling_agency_id, heir, ctx_officer(), why, desk_now());
  update report set handling_agency_id = heir where id = wanted;
  perform note_move('report', wanted, way, r.handling_agency_id, heir, null);
end $$;

-- Carries out a transfer in the breath in which its receiver accepted it; everything is judged again.
create function carry_out_transfer(wanted uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare t transfer; bar text;
begin
  select * into t from transfer where id = wanted for update;
  if ctx_kind() is distinct from 'officer' or t.state is distinct from 'accepted' or t.moved_at is not null or t.to_agency is distinct from ctx_agency() or t.answered_by is distinct from ctx_officer() then
    raise exception 'only an accepted transfer is carried out, once, by who accepted it' using errcode = 'check_violation'; end if;
  perform 1 from case_file where id = t.case_id for update;
  perform 1 from report where id = t.report_id for update;
  bar := transfer_bar(t.case_id, t.report_id, t.from_agency, t.to_agency);
  if bar is not null then perform refuse_routing(bar); end if;
  if t.case_id is not null then perform move_case(t.case_id, t.to_agency, 'transfer', t.reason); else perform move_report(t.report_id, t.to_agency, 'transfer', t.reason); end if;
  update transfer set moved_at = desk_now() where id = wanted;
end $$;

-- What a receiver may know before it accepts: never a story, never who reported.
create function transfer_brief(wanted uuid) returns table (number text, category text, title text, commune text, reports integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(c.number, r.code), coalesce(c.category::text, r.category::text), coalesce(c.title, ''), case when mine.whole then u.full_name end, case when mine.whole then coalesce(c.report_count, 1) end
  from transfer t left join case_file c on c.id = t.case_id left join report r on r.id = t.report_id
    left join commune u on u.code = coalesce((select p.commune from case_place(t.case_id) p), r.commune_code)
    -- A former lead keeps number and title.
    cross join lateral (select coalesce(c.lead_agency_id, r.handling_agency_id) = ctx_agency() or (t.to_agency = ctx_agency() and t.state = 'proposed') as whole) mine
  where t.id = wanted and ctx_kind() = 'officer' and ctx_agency() in (t.from_agency, t.to_agency) and (mine.whole or takes_part(t.case_id)) $$;

-- ── Taking over ─────────────────────────────────────────────────────────────────────────────────────────────────────
-- Why the acting agency may take a case over now; null when it may not. Only the coordinating agency or one that leads by competence may.
create function take_over_ground(wanted uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when c.lead_agency_id = ctx_agency() or c.state = 'closed' or ctx_kind() is distinct from 'officer' then null
    when not exists (select 1 from case_place(c.id) p, competent_on(c.category, p.province, p.commune, desk_today()) k where k.agency_id = ctx_agency()) then null
    when is_ended(c.lead_agency_id) then 'ended'
    when exists (select 1 from transfer t where t.case_id = c.id and t.state = 'proposed' and t.due_on < desk_today()) then 'lapsed'
    when coordinator_of_case(c.id) = ctx_agency() and exists (select 1 from transfer t where t.case_id = c.id and t.state = 'proposed' and t.open_to_coordinator) then 'agreed' end
  from case_file c where c.id = wanted $$;
create function takeable_cases(of_number text) returns table (id uuid, number text, category text, title text, commune text, reports integer, ground text, lead_agency_id uuid, why text, code text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.number, c.category::text, c.title, (select u.full_name from case_place(c.id) p join commune u on u.code = p.commune), c.report_count, g.ground, c.lead_agency_id, t.reason, t.code
  from (select o.case_id as id from transfer o where o.state = 'proposed' and o.case_id is not null
      union select f.id from case_file f join agency a on a.id = f.lead_agency_id and a.valid_to < desk_today() where f.state <> 'closed') wanted
    join case_file c on c.id = wanted.id and (of_number is null or c.number = of_number) cross join lateral (select take_over_ground(c.id) as ground) g
    left join transfer t on t.case_id = c.id and t.state = 'proposed'
  where g.ground is not null order by c.id limit 200 $$;
-- Whom the lead had asked meanwhile, for whoever takes the case over, to tell them.
create function asked_for_case(wanted uuid) returns table (agency_id uuid, code text) language sql stable security definer set search_path = public, pg_temp as $$
  select t.to_agency, t.code from transfer t where t.case_id = wanted and t.state = 'proposed' and take_over_ground(wanted) is not null $$;
create function take_over_case(wanted uuid, why text) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare c case_file; t transfer; found text; bar text; made uuid;
begin
  select * into c from case_file where id = wanted for update;
  if ctx_kind() is distinct from 'officer' or not (ctx_has_role('case_officer') or ctx_has_role('leader')) then
    raise exception 'a case is taken over by a case officer or leader' using errcode = 'check_violation'; end if;
  found := take_over_ground(wanted);
  if found is null then perform refuse_routing('no_ground'); end if;
  bar := case_stays(wanted);
  -- What an ended agency had decided goes on by its days; nobody is left there to finish it first.
  if bar is not null and (found <> 'ended' or bar = 'closed') then perform refuse_routing(bar); end if;
  insert into take_over (case_id, ground, agency_id, from_agency, officer_id, reason, at) values (wanted, found, ctx_agency(), c.lead_agency_id, ctx_officer(), why, desk_now()) returning id into made;
  perform move_case(wanted, ctx_agency(), 'take_over', why);
  for t in select * from transfer where case_id = wanted and state = 'proposed' for update loop
    update transfer set state = 'withdrawn', answered_at = desk_now(), answered_by = ctx_officer(), answer_reason = 'Đã có cơ quan nhận thay' where id = t.id;
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state, reason)
      values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'transfer', t.id, 'withdraw', 'proposed', 'withdrawn', 'taken_over');
    perform cancel_tasks('transfer', t.id, 'taken_over');
  end loop;
  return made;
end $$;

-- ── Acted at once (R5) ──────────────────────────────────────────────────────────────────────────────────────────────
-- What the acting agency has to do with a case: leads it, takes part, or reported it.
create function acts_in(wanted uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when ctx_kind() is distinct from 'officer' then null
    when leads_case(wanted) then 'leads'
    when exists (select 1 from case_party p where p.case_id = wanted and p.agency_id = ctx_agency() and p.ended_at is null and p.part <> 'former') then 'takes_part'
    when exists (select 1 from report r where r.case_id = wanted and r.sender_agency_id = ctx_agency()) then 'reported' end $$;
create function lead_of_case(wanted uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select c.lead_agency_id from case_file c where c.id = wanted and acts_in(c.id) is not null $$;
create function case_of_act(of_number text) returns table (id uuid, number text, category text, state text, relation text, title text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.number, c.category::text, c.state::text, acts_in(c.id), case when acts_in(c.id) <> 'reported' then c.title end from case_file c where c.number = of_number and acts_in(c.id) is not null $$;
-- Open cases of others on which the acting agency may record: a number, the harm, and why.
create function cases_to_act(most integer) returns table (number text, category text, relation text) language sql stable security definer set search_path = public, pg_temp as $$
  select c.number, c.category::text, acts_in(c.id) from case_file c
  where ctx_kind() = 'officer' and c.state <> 'closed' and c.lead_agency_id <> ctx_agency() and c.id in (
    select p.case_id from case_party p where p.agency_id = ctx_agency() and p.ended_at is null and p.part <> 'former'
    union select r.case_id from report r where r.sender_agency_id = ctx_agency() and r.case_id is not null)
  order by c.id desc limit most $$;
create function guard_own_act() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.at is distinct from desk_now() or new.done_on > desk_today() or new.done_on < desk_today() - 366 then
    raise exception 'an act is recorded after it was done' using errcode = 'check_violation'; end if;
  if acts_in(new.case_id) is null then raise exception 'R5: the agency has no part in this case' using errcode = 'check_violation'; end if;
  if new.legal_basis is not null and not (basis_in_force(new.legal_basis, new.done_on)
      and exists (select 1 from legal_basis b join case_file c on c.category = b.category where b.code = new.legal_basis and c.id = new.case_id)) then
    raise exception 'S3: % is not in force for this harm on %', new.legal_basis, new.done_on using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger own_act_guard before insert on own_act for each row execute function guard_own_act();
create trigger own_act_minimised before insert on own_act for each row execute function refuse_after_minimising();

-- ── Hand-over between officers of one agency (R3) ───────────────────────────────────────────────────────────────────
-- Whoever wrote a draft before it was handed over still wrote it (S7).
create function guard_handed_draft() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'drafter_id' is distinct from to_jsonb(old) - 'drafter_id' or old.state not in ('draft', 'returned') or old.interim_at is not null
      or not exists (select 1 from hand_over h where h.tx = pg_current_xact_id() and h.what = 'decision' and h.item_id = new.id and h.from_officer = old.drafter_id and h.to_officer = new.drafter_id) then
    raise exception 'the drafter, case, agency and measure of a decision are fixed' using errcode = 'check_violation'; end if;
  return new;
end $$;
drop trigger decision_guard on decision;
create trigger decision_guard before update on decision for each row when (new.drafter_id = old.drafter_id and (old.state not in ('stopped', 'withdrawn')
  or (new.facts, new.side_effects, new.title, new.public_summary, new.advice, new.detail) is not distinct from (old.facts, old.side_effects, old.title, old.public_summary, old.advice, old.detail))) execute function guard_decision();
create trigger decision_handed before update on decision for each row when (new.drafter_id <> old.drafter_id) execute function guard_handed_draft();
create function drafted_before(of_decision uuid, officer uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from hand_over h where h.what = 'decision' and h.item_id = of_decision and h.from_officer = officer) $$;
create function refuse_former_drafter() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'legal_review' then
    if drafted_before(new.decision_id, new.officer_id) then raise exception 'S7: the legal officer took no other part in the decision' using errcode = 'check_violation'; end if;
  elsif new.second_officer_id is distinct from old.second_officer_id and drafted_before(new.id, new.second_officer_id) then
    raise exception 'S7: the drafter cannot approve' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger decision_former_drafter before update of second_officer_id on decision for each row when (new.second_officer_id is not null) execute function refuse_former_drafter();
create trigger legal_review_former_drafter before insert on legal_review for each row execute function refuse_former_drafter();

create function has_role_today(officer uuid, agency uuid, wanted text[]) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from officer_role r join officer o on o.id = r.officer_id and o.disabled_at is null where r.officer_id = officer and r.agency_id = agency
    and r.role = any (wanted) and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today())) $$;

-- Hands chosen open work of one officer to another of the same agency, all of it or none. @return how many things
create function hand_over_work(giver uuid, receiver uuid, cases uuid[], tasks uuid[], drafts uuid[], meetings uuid[], why text) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare one record; moved integer := 0; wanted integer := cardinality(cases) + cardinality(tasks) + cardinality(drafts) + cardinality(meetings);
begin
  if ctx_kind() is distinct from 'officer' or not (ctx_has_role('administrator') or ctx_has_role('leader')) then
    raise exception 'work is handed over by an administrator or leader' using errcode = 'check_violation'; end if;
  if giver = receiver or wanted = 0 or wanted > 1000 or not has_role_today(receiver, ctx_agency(), '{intake,case_officer,reviewer,leader,spokesperson,clerk,focal,legal}') then perform refuse_routing('receiver'); end if;
  if cardinality(cases) > 0 and not has_role_today(receiver, ctx_agency(), '{intake,case_officer}') or cardinality(drafts) > 0 and not has_role_today(receiver, ctx_agency(), '{case_officer}') then
    perform refuse_routing('receiver_role'); end if;
  for one in
    select 'case' as what, c.id, c.id as case_id, c.number as code from case_file c where c.id = any (cases) and c.lead_agency_id = ctx_agency() and c.officer_id = giver and c.state <> 'closed'
    union all select 'task', t.id, t.case_id, t.code from task t where t.id = any (tasks) and t.agency_id = ctx_agency() and t.officer_id = giver and t.state = 'open'
    union all select 'decision', d.id, d.case_id, f.number from decision d join case_file f on f.id = d.case_id
      where d.id = any (drafts) and d.agency_id = ctx_agency() and d.drafter_id = giver and d.state in ('draft', 'returned') and d.interim_at is null
  loop
    insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, from_officer, to_officer, by_officer, why, at)
      values ('officer', one.what, one.id, one.case_id, one.code, ctx_agency(), ctx_agency(), giver, receiver, ctx_officer(), why, desk_now());
    case one.what
      when 'case' then update case_file set officer_id = receiver where id = one.id;
      when 'task' then update task set officer_id = receiver where id = one.id;
      else update decision set drafter_id = receiver where id = one.id;
    end case;
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, detail)
      values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), one.what, one.id, 'hand_over', jsonb_build_object('fromOfficer', giver, 'toOfficer', receiver));
    moved := moved + 1;
  end loop;
  if cardinality(meetings) > 0 and meeting_table() then
    for one in execute 'select id, case_id, code from meeting where id = any ($1) and agency_id = $2 and officer_id = $3 and state in (''planned'', ''invited'', ''held'')' using meetings, ctx_agency(), giver loop
      insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, from_officer, to_officer, by_officer, why, at)
        values ('officer', 'meeting', one.id, one.case_id, one.code, ctx_agency(), ctx_agency(), giver, receiver, ctx_officer(), why, desk_now());
      execute 'update meeting set officer_id = $2 where id = $1' using one.id, receiver;
      insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, detail)
        values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'meeting', one.id, 'hand_over', jsonb_build_object('fromOfficer', giver, 'toOfficer', receiver));
      moved := moved + 1;
    end loop;
  end if;
  -- All of what was ticked, or nothing: what changed meanwhile is looked at again.
  if moved <> wanted then perform refuse_routing('changed'); end if;
  return moved;
end $$;
-- Whether meetings are there, with somebody in charge.
create function meeting_table() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select to_regclass('public.meeting') is not null and (select count(*) = 5 from information_schema.columns where table_schema = 'public' and table_name = 'meeting'
    and column_name in ('agency_id', 'officer_id', 'state', 'code', 'case_id')) $$;
create function officer_meetings(of_agency uuid, of_officer uuid) returns table (item_id uuid, item_code text, of_whom uuid) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not meeting_table() or not (ctx_kind() = 'system' or (ctx_kind() = 'officer' and of_agency = ctx_agency())) then return; end if;
  return query execute 'select m.id, m.code, m.officer_id from meeting m where m.agency_id = $1 and ($2 is null or m.officer_id = $2) and m.state in (''planned'', ''invited'', ''held'') order by m.id limit 500' using of_agency, of_officer;
end $$;

-- ── An agency ends: its open work goes to its successor ─────────────────────────────────────────────────────────────
-- The one successor; of several the one of the commune; else the coordinating agency. Null when there is nobody.
create function heir_of(ended uuid, harm text, province text, commune text) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  with recursive chain as (
    select ended as id, 0 as hops
    union select s.to_agency, chain.hops + 1 from chain join agency a on a.id = chain.id and a.valid_to < desk_today() join agency_successor s on s.from_agency = a.id where chain.hops < 8
  ), heirs as (
    select distinct a.id, a.commune_code from chain join agency a on a.id = chain.id and a.valid_from <= desk_today() and (a.valid_to is null or a.valid_to >= desk_today()))
  select coalesce(
    (select min(id::text)::uuid from heirs having count(*) = 1),
    (select min(id::text)::uuid from heirs where commune_code = commune having count(*) = 1),
    coordinator_on(harm, province, commune, desk_today()), coordinator_on(null, province, null, desk_today())) $$;
create function heir_for_case(ended uuid, of_case uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select case when of_case is null then heir_of(ended, null, null, null)
    else (select heir_of(ended, c.category, p.province, p.commune) from case_file c, case_place(c.id) p where c.id = of_case) end $$;

-- Moves some of what ended agencies still hold, and says what went to whom; nothing when all is done. Safe to run again.
create function move_ended_work(most integer) returns table (agency_id uuid, what text, code text, case_id uuid) language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare one record; heir uuid; known case_party; moved boolean;
begin
  if ctx_kind() is distinct from 'system' then raise exception 'only the job moves the work of an ended agency' using errcode = 'insufficient_privilege'; end if;
  for one in
    -- Closed cases too, while their contents are kept: people ask about them.
    (select 'case' as what, c.id, c.id as in_case, c.number as code, a.id as ended, a.valid_to, null::uuid as source from agency a join case_file c on c.lead_agency_id = a.id and c.minimised_at is null where a.valid_to < desk_today() order by c.id limit most)
    union all (select 'report', r.id, null, r.code, a.id, a.valid_to, null from agency a join report r on r.handling_agency_id = a.id and r.case_id is null and r.state <> 'erased' and r.minimised_at is null where a.valid_to < desk_today() order by r.id limit most)
    union all (select 'transfer', t.id, t.case_id, t.code, a.id, a.valid_to, t.report_id from agency a join transfer t on t.state = 'proposed' and t.to_agency = a.id where a.valid_to < desk_today() order by t.id limit most)
    union all (select 'opinion', t.source_id, t.case_id, t.code, a.id, a.valid_to, t.id from agency a join task t on t.agency_id = a.id and t.state = 'open' and t.kind = 'opinion' where a.valid_to < desk_today() order by t.id limit most)
    union all (select 'party', p.case_id, p.case_id, c.number, a.id, a.valid_to, null from agency a join case_party p on p.agency_id = a.id and p.ended_at is null join case_file c on c.id = p.case_id where a.valid_to < desk_today() order by p.case_id limit most)
    union all (select 'task', t.id, t.case_id, t.code, a.id, a.valid_to, null from agency a join task t on t.agency_id = a.id and t.state = 'open' and t.kind not in ('transfer', 'opinion') where a.valid_to < desk_today() order by t.id limit most)
  loop
    if one.what = 'report' then
      select heir_of(one.ended, r.category, r.province_code, r.commune_code) into heir from report r where r.id = one.id;
    elsif one.what = 'transfer' and one.in_case is null then
      select heir_of(one.ended, r.category, r.province_code, r.commune_code) into heir from report r where r.id = one.source;
    else
      heir := heir_for_case(one.ended, one.in_case);
    end if;
    continue when heir is null or heir = one.ended;
    moved := true;
    case one.what
      when 'case' then
        continue when not exists (select 1 from case_file c where c.id = one.id and c.lead_agency_id = one.ended);
        perform move_case(one.id, heir, 'agency_ended', '');
        -- Who was to receive it from the ended agency is asked by the heir; an heir that was asked itself has it now.
        perform withdraw_from_ended(one.id, one.ended, heir);
      when 'report' then
        perform move_report(one.id, heir, 'agency_ended', '');
        perform withdraw_from_ended(one.id, one.ended, heir);
      when 'transfer' then
        insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'transfer', one.id, one.in_case, one.code, one.ended, heir, desk_now());
        if exists (select 1 from transfer t where t.id = one.id and t.from_agency = heir) then
          perform end_transfer(one.id);
          continue;
        end if;
        update transfer set to_agency = heir where id = one.id and state = 'proposed';
        update task set agency_id = heir, officer_id = null where kind = 'transfer' and source_id = one.id and state = 'open';
        perform note_move('transfer', one.id, 'agency_ended', one.ended, heir, null);
      when 'opinion' then
        begin
          if to_regclass('public.opinion') is not null then execute 'update opinion set agency_id = $2 where id = $1 and agency_id = $3 and state in (''sent'', ''overdue'')' using one.id, heir, one.ended; end if;
          update task set agency_id = heir, officer_id = null where id = one.source;
          insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'opinion', one.id, one.in_case, one.code, one.ended, heir, desk_now());
          perform note_move('opinion', one.id, 'agency_ended', one.ended, heir, null);
        exception when unique_violation or check_violation then
          -- The heir is asked already, or leads the case itself: the question to the ended agency is over.
          perform cancel_tasks('opinion', one.id, 'agency_ended');
          moved := false;
        end;
      when 'party' then
        select * into known from case_party p where p.case_id = one.id and p.agency_id = one.ended and p.ended_at is null for update;
        continue when known.case_id is null;
        update case_party p set ended_at = desk_now() where p.case_id = one.id and p.agency_id = one.ended;
        if not exists (select 1 from case_file c where c.id = one.id and c.lead_agency_id = heir) then
          insert into case_party (case_id, agency_id, since, part, included_by) values (one.id, heir, desk_now(), known.part, known.included_by)
            on conflict on constraint case_party_pkey do update set ended_at = null,
              part = case when case_party.ended_at is null then case_party.part else excluded.part end, since = case when case_party.ended_at is null then case_party.since else excluded.since end;
          update case_share s set agency_id = heir where s.case_id = one.id and s.agency_id = one.ended and s.recalled_at is null
            and not exists (select 1 from case_share x where x.case_id = s.case_id and x.agency_id = heir and x.kind = s.kind and x.item_id = s.item_id and x.recalled_at is null);
        end if;
        insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'party', one.id, one.id, one.code, one.ended, heir, desk_now());
        perform note_move('case', one.id, 'party_ended', one.ended, heir, null);
      else
        update task t set agency_id = heir, officer_id = null where t.id = one.id and t.state = 'open' and t.agency_id = one.ended;
        continue when not found;
        insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'task', one.id, one.in_case, one.code, one.ended, heir, desk_now());
        perform note_move('task', one.id, 'agency_ended', one.ended, heir, null);
    end case;
    if moved then
      agency_id := heir; what := one.what; code := one.code; case_id := one.in_case;
      return next;
    end if;
  end loop;
end $$;
create function end_transfer(wanted uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update transfer set state = 'withdrawn', answered_at = desk_now(), answered_by = null, answer_reason = 'Cơ quan đã kết thúc; nơi kế thừa đã giữ việc này' where id = wanted and state = 'proposed';
  if found then
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state, reason, detail)
      values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'transfer', wanted, 'withdraw', 'proposed', 'withdrawn', 'agency_ended', '{"job": "agency-ended"}');
    perform cancel_tasks('transfer', wanted, 'agency_ended');
  end if;
end $$;
create function withdraw_from_ended(thing uuid, ended uuid, heir uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare t transfer;
begin
  for t in select * from transfer where coalesce(case_id, report_id) = thing and state = 'proposed' and from_agency = ended for update loop
    if t.to_agency = heir then perform end_transfer(t.id);
    else
      update transfer set from_agency = heir where id = t.id;
      update task set set_by_agency = heir where kind = 'transfer' and source_id = t.id and state = 'open';
    end if;
  end loop;
end $$;

-- ── Words end with the contents of their case ───────────────────────────────────────────────────────────────────────
create function minimise_routing() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update transfer set reason = 'đã xóa', answer_reason = case when answer_reason is not null then 'đã xóa' end
    where (case_id = new.id or report_id in (select r.id from report r where r.case_id = new.id)) and reason <> 'đã xóa';
  update take_over set reason = 'đã xóa' where case_id = new.id;
  update hand_over set why = '' where case_id = new.id or item_id in (select r.id from report r where r.case_id = new.id);
  update own_act set what = 'đã xóa', result = '' where case_id = new.id;
  return null;
end $$;
create trigger minimise_routing after update of minimised_at on case_file for each row when (old.minimised_at is null and new.minimised_at is not null) execute function minimise_routing();

revoke all on function competent_on, coordinator_on, case_place, coordinator_of_case, is_ended, case_stays, came_back, transfer_bar, may_transfer, refuse_routing, guard_transfer, require_carried_out, guard_handed_report,
  require_regrouping, note_move, cancel_tasks, move_case, move_report, carry_out_transfer, transfer_brief, take_over_ground, takeable_cases, asked_for_case, take_over_case, acts_in, lead_of_case, cases_to_act, case_of_act, guard_own_act, guard_handed_draft,
  drafted_before, refuse_former_drafter, has_role_today, hand_over_work, meeting_table, officer_meetings, heir_of, heir_for_case, move_ended_work, end_transfer, withdraw_from_ended, minimise_routing from public;
grant execute on function competent_on, coordinator_on, coordinator_of_case, may_transfer, carry_out_transfer, transfer_brief, takeable_cases, asked_for_case, take_over_case, lead_of_case, cases_to_act, case_of_act, hand_over_work, officer_meetings, move_ended_work
  to lachan_app;
