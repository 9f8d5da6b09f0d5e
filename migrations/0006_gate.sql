-- The gate complete: a stop looked at again by another officer when its reporter asks, and certificates of erasure.

-- ── Review of a stop: one request per report, until its erasure day; read and decided by an officer who took no part ───
alter table gate_check drop constraint gate_check_stage_check, drop constraint gate_check_check;
alter table gate_check add constraint gate_check_stage_check check (stage in ('intake', 'second', 'review')),
  add constraint gate_check_check check ((stage in ('intake', 'review')) = (report_id is not null));
create unique index gate_check_review on gate_check (report_id) where stage = 'review';

create table stop_review (
  report_id uuid primary key references report on delete cascade, asked_at timestamptz not null, words text not null check (length(words) between 5 and 2000),
  due_on date not null, officer_id uuid references officer, decided_at timestamptz, outcome text check (outcome in ('kept', 'lifted')),
  reason text check (length(reason) between 5 and 1000),
  check ((outcome is null) = (officer_id is null) and (outcome is null) = (decided_at is null) and (outcome is null) = (reason is null)));
create index stop_review_waiting on stop_review (due_on) where outcome is null;
-- Who opened the words of a stopped report and why. The reason may repeat them, so it goes with the report; the journal only says that it was opened.
create table stop_opening (
  report_id uuid not null references report on delete cascade, officer_id uuid not null references officer, at timestamptz not null,
  reason text not null check (length(reason) between 5 and 500));
create index stop_opening_report on stop_opening (report_id);
create trigger stop_opening_append_only before update or truncate on stop_opening for each statement execute function refuse_change();

alter table stop_statistic add column lifted integer not null default 0, add check (lifted between 0 and stops);

-- Whether the acting officer may look at this stop again, now.
create function may_review_stop(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(ctx_kind() = 'officer' and (ctx_has_role('intake') or ctx_has_role('case_officer') or ctx_has_role('reviewer') or ctx_has_role('leader'))
    and exists (select 1 from report r join stop_review v on v.report_id = r.id
      where r.id = wanted and r.state = 'stopped' and r.erase_after > desk_now() and r.handling_agency_id = ctx_agency() and v.outcome is null)
    and not exists (select 1 from gate_check g where g.report_id = wanted and g.officer_id = ctx_officer()), false) $$;

-- Whether the one stop of a report was lifted by the decided review of an officer other than the one who stopped it.
create function stop_lifted(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from stop_review v join gate_check g on g.report_id = v.report_id and g.stage = 'review' and g.passed and g.officer_id = v.officer_id
      where v.report_id = wanted and v.outcome = 'lifted'
        and not exists (select 1 from gate_check e where e.report_id = wanted and e.stage <> 'review' and e.officer_id = v.officer_id))
    and (select count(*) from gate_check g where g.report_id = wanted and not g.passed) = 1 $$;

-- The sealed words are read through a function alone: by their reporter, or opened for a review. Whoever adds a column to `report` grants it.
revoke select on report from lachan_app;
do $$ begin
  execute (select format('grant select (%s) on report to lachan_app', string_agg(quote_ident(a.attname), ', ')) from pg_attribute a
    where a.attrelid = 'report'::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'sealed_story');
end $$;
create function own_story() returns bytea language sql stable security definer set search_path = public, pg_temp as $$
  select r.sealed_story from report r where r.id = ctx_report() and ctx_kind() = 'reporter' $$;

-- The words of a stopped report, for the officer who is to judge them, with a reason, and never without a request of the reporter.
create function open_stopped(wanted uuid, why text) returns bytea language plpgsql security definer set search_path = public, pg_temp as $$
declare found bytea;
begin
  if length(trim(coalesce(why, ''))) < 5 then raise exception 'S2: a stopped report is opened only with a reason' using errcode = 'check_violation'; end if;
  if not may_review_stop(wanted) then raise exception 'S2: only an asked review by another officer opens a stopped report' using errcode = 'check_violation'; end if;
  select r.sealed_story into found from report r where r.id = wanted;
  insert into stop_opening (report_id, officer_id, at, reason) values (wanted, ctx_officer(), desk_now(), trim(why));
  insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action) values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'report', wanted, 'open_stopped');
  return found;
end $$;

create function guard_review_gate() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not may_review_stop(new.report_id) or new.agency_id is distinct from ctx_agency()
     or not exists (select 1 from report r where r.id = new.report_id and r.category = new.category)
     or not exists (select 1 from stop_opening o where o.report_id = new.report_id and o.officer_id = ctx_officer()) then
    raise exception 'S2: a stop is judged again only when asked, by another officer who read it' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger gate_check_review before insert on gate_check for each row when (new.stage = 'review') execute function guard_review_gate();

create function guard_stop_review() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare r report; judged boolean;
begin
  select * into r from report where id = new.report_id;
  if tg_op = 'INSERT' then
    if ctx_kind() is distinct from 'reporter' or new.report_id is distinct from ctx_report() then
      raise exception 'a review is asked for by the reporter alone' using errcode = 'check_violation'; end if;
    if r.state is distinct from 'stopped' or r.erase_after <= desk_now() then
      raise exception 'only a stop that stands can be reviewed' using errcode = 'check_violation'; end if;
    if num_nonnulls(new.officer_id, new.decided_at, new.outcome, new.reason) > 0 then raise exception 'a review begins undecided' using errcode = 'check_violation'; end if;
    if new.due_on < desk_today() or new.due_on > (r.erase_after at time zone 'Asia/Ho_Chi_Minh')::date then
      raise exception 'a review is due before the erasure' using errcode = 'check_violation'; end if;
    new.asked_at := desk_now();
    return new;
  end if;
  if old.outcome is not null or (new.report_id, new.asked_at, new.words, new.due_on) is distinct from (old.report_id, old.asked_at, old.words, old.due_on) then
    raise exception 'S2: a request is not rewritten, and what was decided stays decided' using errcode = 'check_violation'; end if;
  select g.passed into judged from gate_check g where g.report_id = new.report_id and g.stage = 'review' and g.officer_id = ctx_officer();
  if judged is null or new.officer_id is distinct from ctx_officer() or new.outcome is distinct from (case when judged then 'lifted' else 'kept' end) then
    raise exception 'S2: a review is decided in person by answering all questions again' using errcode = 'check_violation'; end if;
  new.decided_at := desk_now();
  return new;
end $$;
create trigger stop_review_guard before insert or update on stop_review for each row execute function guard_stop_review();

-- Answers without a decision, a lifted stop that stands or a kept one that does not: none commits.
create function require_review_done() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from stop_review v join report r on r.id = v.report_id where v.report_id = new.report_id
      and (v.outcome is null or (v.outcome = 'lifted') = (r.state = 'stopped'))) then
    raise exception 'S2: a review is answered, decided and carried out at once' using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger gate_check_review_done after insert on gate_check deferrable initially deferred
  for each row when (new.stage = 'review') execute function require_review_done();
create constraint trigger stop_review_done after update on stop_review deferrable initially deferred for each row execute function require_review_done();

-- As in 0002, and the one way back from a stop.
create or replace function guard_report() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'attached' and old.state in ('received', 'acknowledged', 'need_info') then
    if not exists (select 1 from gate_check g where g.report_id = new.id and g.stage = 'intake' and g.passed and g.category = new.category) then
      raise exception 'S2: report % has not passed the gate', new.code using errcode = 'check_violation';
    end if;
    if new.case_id is null then raise exception 'an attached report belongs to a case' using errcode = 'check_violation'; end if;
  end if;
  if new.state = 'attached' and exists (select 1 from gate_check g where g.report_id = new.id and not g.passed) and not stop_lifted(new.id) then
    raise exception 'S2: a stop cannot be overridden' using errcode = 'check_violation';
  end if;
  if new.state = 'attached' and old.state = 'stopped' and (new.case_id is null or new.erase_after is not null or new.sealed_story is not null
      or not exists (select 1 from stop_review v where v.report_id = new.id and v.outcome = 'lifted' and v.officer_id = ctx_officer() and v.decided_at = desk_now())) then
    raise exception 'S2: a stop is lifted whole, by the officer who decided its review' using errcode = 'check_violation';
  end if;
  if (new.id, new.code, new.secret_hash, new.received_at, new.channel, new.reporter_kind, new.idempotency_hash, new.payload_hash, new.situation, new.happened_on,
      new.money_lost, new.in_danger, new.for_child, new.province_code, new.commune_code, new.sender_agency_id, new.handling_agency_id, new.language) is distinct from
     (old.id, old.code, old.secret_hash, old.received_at, old.channel, old.reporter_kind, old.idempotency_hash, old.payload_hash, old.situation, old.happened_on,
      old.money_lost, old.in_danger, old.for_child, old.province_code, old.commune_code, old.sender_agency_id, old.handling_agency_id, old.language) then
    raise exception 'the receipt of a report cannot be rewritten' using errcode = 'check_violation';
  end if;
  if (new.narrative, new.search, new.sealed_story, new.text_hash) is distinct from (old.narrative, old.search, old.sealed_story, old.text_hash)
     and not (new.state = 'stopped' and new.narrative = '–' and new.search = '' and new.text_hash is null and new.fold is null and old.sealed_story is null)
     and not (new.state = 'attached' and old.state = 'stopped' and new.text_hash is null and new.fold is null)
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

-- What a stop took away comes back in the breath that lifts it: traces with their keys in base64, and the likeness of the story. What
-- may not link (SCOPE, never built 3) groups nothing.
create function return_withheld(wanted uuid, traces jsonb, bands integer[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare home uuid; links boolean;
begin
  select r.case_id, c.links_cases into home, links from report r join stop_review v on v.report_id = r.id join category c on c.code = r.category
    where r.id = wanted and r.state = 'attached' and v.outcome = 'lifted' and v.officer_id = ctx_officer() and v.decided_at = desk_now()
      and not exists (select 1 from report_indicator i where i.report_id = wanted);
  if home is null then raise exception 'S2: traces come back with a lifted stop alone' using errcode = 'check_violation'; end if;
  insert into indicator (kind, match_key, display, value, sealed, specific, case_id, first_seen)
    select t.kind, decode(t.key, 'base64'), t.display, t.value, decode(t.sealed, 'base64'), t.specific, case when t.groups and links then home end, desk_now()
    from jsonb_to_recordset(traces) as t(kind text, key text, display text, value text, sealed text, specific boolean, groups boolean)
    order by t.key on conflict (match_key) do nothing;
  insert into report_indicator (report_id, indicator_id, grouping_key)
    select wanted, i.id, t.groups and links from jsonb_to_recordset(traces) as t(key text, groups boolean) join indicator i on i.match_key = decode(t.key, 'base64');
  if links and cardinality(bands) > 0 then insert into report_sketch (report_id, bands) values (wanted, bands); end if;
end $$;

revoke all on function may_review_stop, stop_lifted, own_story, open_stopped, return_withheld, guard_review_gate, guard_stop_review, require_review_done from public;
grant execute on function may_review_stop, own_story, open_stopped, return_withheld to lachan_app;

-- ── Certificates of erasure: how many of what, where, until when backups may hold it; no code, no name, no word ────────
create table erasure_certificate (
  id uuid primary key default uuidv7(), number text not null unique check (number ~ '^XN-\d{2}-\d{4}-\d{4,9}$'),
  kind text not null check (kind in ('stopped', 'retention', 'data_subject')), at timestamptz not null, iso_week text not null check (iso_week ~ '^\d{4}-W\d{2}$'),
  counts jsonb not null check (jsonb_typeof(counts) = 'object' and not jsonb_path_exists(counts, '$.* ? (@.type() != "number")')
    and not jsonb_path_exists(counts, '$.keyvalue() ? (!(@.key like_regex "^[a-z_]{1,40}$"))')),
  places jsonb not null check (jsonb_typeof(places) = 'object'
    and not jsonb_path_exists(places, '$.keyvalue() ? (!(@.key like_regex "^[a-z_]{1,40}$"))')
    and not jsonb_path_exists(places, '$.* ? (@.type() != "boolean" && !(@.type() == "string" && @ like_regex "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))')));
create trigger erasure_certificate_append_only before update or delete or truncate on erasure_certificate for each statement execute function refuse_change();

-- ── Row-level security ──────────────────────────────────────────────────────────────────────────────────────────────
do $$ declare t text; begin
  foreach t in array array['stop_review', 'stop_opening', 'erasure_certificate'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I to current_user using (true) with check (true)', t);
  end loop;
end $$;

grant select, insert on stop_review to lachan_app;
grant update (officer_id, decided_at, outcome, reason) on stop_review to lachan_app;
create policy own on stop_review for select to lachan_app using (ctx_kind() = 'reporter' and report_id = ctx_report());
create policy asked on stop_review for insert to lachan_app with check (ctx_kind() = 'reporter' and report_id = ctx_report());
create policy machine on stop_review for select to lachan_app using (ctx_kind() = 'system');
create policy handling on stop_review for select to lachan_app using (ctx_kind() = 'officer' and exists (select 1 from report r where r.id = report_id and r.handling_agency_id = ctx_agency()));
create policy decided on stop_review for update to lachan_app using (ctx_kind() = 'officer' and outcome is null and exists (select 1 from report r where r.id = report_id and r.handling_agency_id = ctx_agency()))
  with check (ctx_kind() = 'officer' and officer_id = ctx_officer());

grant select on stop_opening to lachan_app;
create policy answerable on stop_opening for select to lachan_app using (ctx_kind() = 'officer' and (officer_id = ctx_officer() or ctx_has_role('auditor'))
  and exists (select 1 from report r where r.id = report_id and r.handling_agency_id = ctx_agency()));

-- The erasure job counts what goes with a report.
create policy counted on note for select to lachan_app using (ctx_kind() = 'system');

grant select, insert on erasure_certificate to lachan_app;
create policy written on erasure_certificate for insert to lachan_app with check (ctx_kind() = 'system' or (ctx_kind() = 'officer' and kind = 'data_subject'));
-- One deployment answers for its data as a whole: the coordinating agency's auditor, administrator and leader read.
create policy coordinated on erasure_certificate for select to lachan_app using (ctx_kind() = 'system'
  or (ctx_kind() = 'officer' and (ctx_has_role('auditor') or ctx_has_role('administrator') or ctx_has_role('leader')) and exists (select 1 from competence c
    where c.agency_id = ctx_agency() and c.role = 'coordinate' and c.valid_from <= desk_today() and (c.valid_to is null or c.valid_to >= desk_today()))));
