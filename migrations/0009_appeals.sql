-- Appeals: by whoever a decision touches or whose report was refused, free and without an account (S9). The reviewer shares no person
-- with any earlier step; a decision is reversed by its appeal alone; a stay is the reviewer's.

create domain appeal_state as text check (value in ('filed', 'accepted', 'not_accepted', 'routed', 'decided', 'taken_back'));
create domain appeal_outcome as text check (value in ('upheld', 'changed', 'reversed', 'remitted'));
alter table state_transition drop constraint state_transition_entity_check;
alter table state_transition add constraint state_transition_entity_check check (entity in ('report', 'case', 'decision', 'appeal'));

create table appeal (
  id uuid primary key default uuidv7(), code text not null unique, secret_hash bytea not null unique, state appeal_state not null default 'filed',
  party text not null check (party in ('affected', 'reporter', 'recipient')), agency_id uuid not null references agency,
  decision_id uuid references decision, report_id uuid references report on delete set null,
  words text not null check (length(words) between 1 and 8000), asks_stay boolean not null, language text not null check (language in ('vi', 'en')),
  contact_sealed bytea, has_contact boolean not null generated always as (contact_sealed is not null) stored,
  form_hash bytea not null unique, filed_at timestamptz not null, accept_by date not null,
  reviewer_id uuid references officer, accepted_at timestamptz, is_complex boolean not null default false, is_remote boolean not null default false, decide_by date,
  outcome appeal_outcome, reasons text not null default '' check (length(reasons) <= 8000), decided_at timestamptz,
  -- What was accepted may still turn out to be a denunciation, or be taken back.
  check (state not in ('accepted', 'decided') or accepted_at is not null), check (accepted_at is null or state not in ('filed', 'not_accepted')),
  check ((state = 'decided') = (outcome is not null)), check ((accepted_at is null) = (decide_by is null)), check ((outcome is null) = (decided_at is null)),
  check (state <> 'not_accepted' or length(trim(reasons)) >= 5), check (state not in ('accepted', 'not_accepted', 'decided') or reviewer_id is not null));
create index appeal_open on appeal (agency_id, state, filed_at);
create index appeal_decision on appeal (decision_id);
create index appeal_report on appeal (report_id);
create index appeal_clock on appeal (state, accept_by, decide_by) where state in ('filed', 'accepted');
create table appeal_message (
  id uuid primary key default uuidv7(), appeal_id uuid not null references appeal, sent_by text not null check (sent_by in ('appellant', 'desk')),
  officer_id uuid references officer, body text not null check (length(body) between 1 and 5000), at timestamptz not null, check ((sent_by = 'desk') = (officer_id is not null)));
create index appeal_message_appeal on appeal_message (appeal_id, at);

create function ctx_appeal() returns uuid language sql stable parallel safe as $$ select nullif(current_setting('desk.appeal', true), '')::uuid $$;
-- Code and secret together open exactly one appeal.
create function appeal_by_secret(wanted_code text, wanted_secret bytea) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select a.id from appeal a where a.code = wanted_code and a.secret_hash = wanted_secret $$;

-- An appeal follows the measure through its renewals: a new term does not take it out of review.
create function appeals_of(wanted uuid) returns setof appeal language sql stable security definer set search_path = public, pg_temp as $$
  with recursive line as (select d.id, d.renews from decision d where d.id = wanted union select d.id, d.renews from decision d join line l on d.id = l.renews)
  select a.* from appeal a join line l on l.id = a.decision_id $$;
create function stay_needed(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from appeals_of(wanted) a where a.state = 'accepted') $$;
create function renewals_of(wanted uuid) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  with recursive line as (select wanted as id union select d.id from decision d join line l on d.renews = l.id) select l.id from line l where l.id is not null $$;

-- Whether an officer took part in anything that led to the decision or refusal (S9): a gate, verification, evidence, draft, legal
-- review, approval, the case, an answer, or any other step of the case, its reports and decisions. Steps of a review count for nothing here.
create function took_part(wanted appeal, officer uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  with c as (select d.case_id as id from decision d where d.id = wanted.decision_id union select r.case_id from report r where r.id = wanted.report_id and r.case_id is not null)
  select exists (select 1 from decision d join c on c.id = d.case_id where officer in (d.drafter_id, d.second_officer_id))
    or exists (select 1 from legal_review l join decision d on d.id = l.decision_id join c on c.id = d.case_id where l.officer_id = officer)
    or exists (select 1 from gate_check g left join report r on r.id = g.report_id left join decision d on d.id = g.decision_id join c on c.id in (r.case_id, d.case_id) where g.officer_id = officer)
    or exists (select 1 from gate_check g where g.report_id = wanted.report_id and g.officer_id = officer)
    or exists (select 1 from verification v join c on c.id = v.case_id where v.officer_id = officer)
    or exists (select 1 from evidence e join c on c.id = e.case_id where e.officer_id = officer)
    or exists (select 1 from case_file f join c on c.id = f.id where f.officer_id = officer)
    or exists (select 1 from journal j where j.officer_id = officer and (j.to_state is not null or j.action = 'take') and j.at <= wanted.filed_at
         and not exists (select 1 from appeal a where a.reviewer_id = officer and a.decided_at = j.at)
         and (j.entity_id = wanted.report_id or j.entity_id in (select c.id from c) or j.entity_id in (select d.id from decision d join c on c.id = d.case_id)
           or j.entity_id in (select r.id from report r join c on c.id = r.case_id))) $$;

-- The same for the screens of the agency, by the appeal's id.
create function took_part_in(wanted uuid, officer uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select took_part(a, officer) from appeal a where a.id = wanted and a.agency_id = ctx_agency()), false) $$;

create function reviews_appeals(agency uuid, officer uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from officer_role o where o.officer_id = officer and o.agency_id = agency and o.role in ('reviewer', 'leader')
    and o.valid_from <= desk_today() and (o.valid_to is null or o.valid_to >= desk_today())) $$;

-- Who may begin an appeal about what.
create function start_as_filed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state <> 'filed' or (new.reviewer_id, new.accepted_at, new.decide_by, new.outcome, new.decided_at) is distinct from (null::uuid, null::timestamptz, null::date, null::appeal_outcome, null::timestamptz)
     or new.filed_at is distinct from desk_now() or new.reasons <> '' or new.is_complex or new.is_remote then
    raise exception 'an appeal begins as filed' using errcode = 'check_violation'; end if;
  -- Seven working days, over the longest holidays.
  if new.accept_by <= desk_today() or new.accept_by > desk_today() + 23 then raise exception 'an appeal is accepted in 7 working days' using errcode = 'check_violation'; end if;
  if new.decision_id is null and new.report_id is null then raise exception 'S9: an appeal is about a decision or a refused report' using errcode = 'check_violation'; end if;
  if new.decision_id is not null and not exists (select 1 from decision d where d.id = new.decision_id and d.agency_id = new.agency_id
       and (d.decided_at is not null or d.interim_at is not null)) then
    raise exception 'S9: only what was decided is appealed' using errcode = 'check_violation'; end if;
  if not coalesce(case ctx_kind()
       when 'party' then exists (select 1 from decision_access a where a.id = ctx_access() and a.decision_id = new.decision_id and a.party = new.party) and new.report_id is null
       when 'reporter' then new.party = 'reporter' and new.report_id = ctx_report() and exists (select 1 from report r where r.id = new.report_id and r.handling_agency_id = new.agency_id
         and r.state = 'answered' and (new.decision_id is null or exists (select 1 from decision d where d.id = new.decision_id and d.case_id = r.case_id)))
       -- Whoever reads a public page may be the person it concerns: nobody else can reach them.
       when 'public' then new.party = 'affected' and new.report_id is null and exists (select 1 from warning w where w.decision_id = new.decision_id)
       else false end, false) then
    raise exception 'S9: this appeal is not theirs to file' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger appeal_start before insert on appeal for each row execute function start_as_filed();

create function guard_appeal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
-- What each step writes; all else stays as it was filed.
declare writes text[] := array['has_contact'] || case
    when new.state = old.state then '{reviewer_id,words,contact_sealed,report_id}'::text[]
    when new.state = 'accepted' then '{state,reviewer_id,accepted_at,is_complex,is_remote,decide_by}'
    when new.state = 'not_accepted' then '{state,reviewer_id,reasons}'
    when new.state = 'routed' then '{state,reviewer_id,words}'
    when new.state = 'decided' then '{state,outcome,reasons,decided_at}'
    else '{state}' end;
begin
  if (to_jsonb(new) - writes) is distinct from (to_jsonb(old) - writes) or new.report_id is distinct from old.report_id and new.report_id is not null then
    raise exception 'what was filed is not rewritten' using errcode = 'check_violation'; end if;
  if new.state = old.state then
    -- The end of keeping: words and contact of what ended go, by the clock alone.
    if (new.words, new.contact_sealed) is distinct from (old.words, old.contact_sealed) and not (ctx_kind() = 'system' and old.state not in ('filed', 'accepted')
         and new.words in (old.words, '–') and (new.contact_sealed is null or new.contact_sealed = old.contact_sealed)) then
      raise exception 'what was filed is not rewritten' using errcode = 'check_violation'; end if;
    if new.reviewer_id is not distinct from old.reviewer_id then return new; end if;
    -- Another eligible officer takes over in person: reviewers fall ill, move, or come to take part.
    if old.state <> 'accepted' or ctx_kind() is distinct from 'officer' or new.reviewer_id is distinct from ctx_officer() then
      raise exception 'S9: the reviewer acts in person' using errcode = 'check_violation'; end if;
  end if;
  -- A denunciation against an official is routed out, not stored; everything else stays as it was written.
  if (new.state = 'routed') <> (new.words = '–') and new.state <> old.state then raise exception 'a denunciation is not stored, and nothing else is erased' using errcode = 'check_violation'; end if;
  if ctx_kind() = 'officer' then
    if took_part(old, ctx_officer()) then raise exception 'S9: whoever took part before does not review' using errcode = 'check_violation'; end if;
    if not reviews_appeals(new.agency_id, ctx_officer()) then raise exception 'S9: the reviewer is a reviewer of this agency' using errcode = 'check_violation'; end if;
    if new.reviewer_id is distinct from ctx_officer() or (old.state = 'accepted' and new.state <> 'accepted' and old.reviewer_id is distinct from ctx_officer()) then
      raise exception 'S9: the reviewer acts in person' using errcode = 'check_violation'; end if;
  end if;
  if new.state = 'accepted' and old.state = 'filed' and (new.accepted_at is distinct from desk_now() or new.decide_by <= desk_today()
       or new.decide_by > desk_today() + 14 + case when new.is_complex and new.is_remote then 60 when new.is_complex or new.is_remote then 45 else 30 end) then
    raise exception 'an appeal is decided in 30 days, 45 when complex or remote, 60 when both' using errcode = 'check_violation'; end if;
  if new.state = 'decided' and (length(trim(new.reasons)) < 20 or new.decided_at is distinct from desk_now()) then
    raise exception 'S9: an appeal is decided now and with reasons' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger appeal_transition before update of state on appeal for each row execute function require_transition('appeal');
create trigger appeal_guard before update on appeal for each row execute function guard_appeal();
create constraint trigger appeal_journal after update of state on appeal deferrable initially deferred
  for each row when (old.state is distinct from new.state) execute function require_journal();

create function guard_appeal_message() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare a appeal;
begin
  select * into a from appeal where id = case tg_op when 'DELETE' then old.appeal_id else new.appeal_id end;
  if tg_op = 'DELETE' and (a.state = 'routed' or ctx_kind() = 'system' and a.state not in ('filed', 'accepted')) then return old; end if;
  if tg_op <> 'INSERT' then raise exception 'appeal_message is append-only' using errcode = 'restrict_violation'; end if;
  if a.state not in ('filed', 'accepted') or new.at is distinct from desk_now() then raise exception 'a message belongs to an open appeal' using errcode = 'check_violation'; end if;
  if new.sent_by = 'desk' and (took_part(a, ctx_officer()) or not reviews_appeals(a.agency_id, ctx_officer())) then
    raise exception 'S9: whoever took part before does not review' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger appeal_message_guard before insert or update or delete on appeal_message for each row execute function guard_appeal_message();
create trigger appeal_message_append_only before truncate on appeal_message for each statement execute function refuse_change();

-- An appeal that succeeds has ended the measure when it commits: nothing is left for later. What was routed out has left nothing.
create function require_undone() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'routed' and exists (select 1 from appeal_message m where m.appeal_id = new.id) then
    raise exception 'a denunciation is not stored' using errcode = 'check_violation'; end if;
  if new.outcome <> 'upheld' and (exists (select 1 from decision d where d.id in (select renewals_of(new.decision_id)) and d.state in ('in_force', 'interim'))
       or exists (select 1 from warning w where w.decision_id in (select renewals_of(new.decision_id)) and w.lifted_at is null)) then
    raise exception 'S9: the outcome of appeal % is not carried out', new.code using errcode = 'check_violation'; end if;
  if new.outcome = 'upheld' and exists (select 1 from decision d where d.id in (select renewals_of(new.decision_id)) and d.stayed_at is not null and d.state = 'in_force'
       and not exists (select 1 from appeals_of(d.id) a where a.state = 'accepted')) then
    raise exception 'S9: the stay outlives appeal %', new.code using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger appeal_undone after update of state, outcome on appeal deferrable initially deferred
  for each row when (new.outcome is not null or new.state = 'routed') execute function require_undone();

create function guard_reversal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'reversed' and old.state <> 'reversed' and not exists (select 1 from appeals_of(new.id) a where a.state = 'decided' and a.outcome <> 'upheld'
       and a.reviewer_id = ctx_officer() and a.decided_at = desk_now()) then
    raise exception 'S9: a decision is reversed by its appeal alone' using errcode = 'check_violation'; end if;
  if new.stayed_at is distinct from old.stayed_at and new.stayed_at is not null and (old.stayed_at is not null or new.stayed_at is distinct from desk_now()
       or not exists (select 1 from appeals_of(new.id) a where a.state = 'accepted' and a.reviewer_id = ctx_officer() and not took_part(a, ctx_officer()))) then
    raise exception 'S9: a measure is stayed by the reviewer of an appeal' using errcode = 'check_violation'; end if;
  if new.stayed_at is null and old.stayed_at is not null and (exists (select 1 from appeals_of(new.id) a where a.state = 'accepted')
       or ctx_kind() is distinct from 'system' and not exists (select 1 from appeals_of(new.id) a where a.state = 'decided' and a.reviewer_id = ctx_officer() and a.decided_at = desk_now())) then
    raise exception 'S9: a stay ends with the appeal' using errcode = 'check_violation'; end if;
  -- Renewing is no way around a stay.
  if new.state = 'in_force' and old.state <> 'in_force' and exists (select 1 from decision d where d.id = new.renews and d.stayed_at is not null and d.state = 'in_force') then
    raise exception 'S9: a measure that is stayed is not renewed' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger decision_reversal before update on decision for each row execute function guard_reversal();

-- The public page of a stayed measure rests as long as its decision does.
create function guard_warning_stay() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.stayed_at is null and new.lifted_at is null and exists (select 1 from decision d where d.id = new.decision_id and d.stayed_at is not null and d.state = 'in_force') then
    raise exception 'S9: the warning of a stayed decision rests' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger warning_stay before insert or update of stayed_at on warning for each row execute function guard_warning_stay();

-- Where an outcome is to be told: opened by the job that tells it, with a line in the journal, never by an officer (S12).
create function open_appellant(wanted uuid) returns bytea language plpgsql security definer set search_path = public, pg_temp as $$
declare found bytea;
begin
  if ctx_kind() is distinct from 'system' then raise exception 'S12: a sealed contact is opened by the job alone' using errcode = 'check_violation'; end if;
  select a.contact_sealed into found from appeal a where a.id = wanted;
  if found is not null then
    insert into journal (at, actor_kind, entity, entity_id, action) values (desk_now(), 'system', 'appeal', wanted, 'open_contact');
  end if;
  return found;
end $$;

-- What an appellant may know of what is appealed, which is no more than the public page or the notice says; and of the way, not who went it.
create function appeal_subject() returns table (measure text, category text, title text, legal_basis text, state text, decided_at timestamptz, ends_on date, stayed_at timestamptz,
  told integer, report_code text) language sql stable security definer set search_path = public, pg_temp as $$
  select d.measure, d.category, d.title, d.legal_basis, d.state, coalesce(d.decided_at, d.interim_at), d.ends_on, d.stayed_at,
    (select count(*)::integer from decision_recipient p where p.decision_id = d.id), r.code
  from appeal a left join decision d on d.id = a.decision_id left join report r on r.id = a.report_id where a.id = ctx_appeal() and ctx_kind() = 'appellant' $$;
create function appeal_steps() returns table (at timestamptz, step text) language sql stable security definer set search_path = public, pg_temp as $$
  select j.at, j.action from journal j, appeal a where a.id = ctx_appeal() and ctx_kind() = 'appellant' and (j.entity_id = a.id and (j.to_state is not null or j.action = 'take_over')
    or j.entity_id in (select renewals_of(a.decision_id)) and j.action in ('stay', 'resume', 'reverse', 'expire', 'withdraw') and j.at >= a.filed_at) order by j.seq $$;

do $$ declare t text; begin
  foreach t in array array['appeal', 'appeal_message'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I to current_user using (true) with check (true)', t);
  end loop;
end $$;
grant select (id, code, state, party, agency_id, decision_id, report_id, words, asks_stay, language, has_contact, form_hash, filed_at, accept_by, reviewer_id, accepted_at, is_complex, is_remote,
  decide_by, outcome, reasons, decided_at), insert, update (state, reviewer_id, accepted_at, is_complex, is_remote, decide_by, outcome, reasons, decided_at, words, contact_sealed) on appeal to lachan_app;
create policy filed on appeal for insert to lachan_app with check (ctx_kind() in ('public', 'party', 'reporter'));
create policy own_agency on appeal for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()
  and (ctx_has_role('reviewer') or ctx_has_role('leader') or ctx_has_role('case_officer') or ctx_has_role('auditor')));
create policy reviewed on appeal for update to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency() and (ctx_has_role('reviewer') or ctx_has_role('leader')))
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy machine on appeal for select to lachan_app using (ctx_kind() = 'system');
create policy forgotten on appeal for update to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy own on appeal for select to lachan_app using (ctx_kind() = 'appellant' and id = ctx_appeal());
create policy taken_back on appeal for update to lachan_app using (ctx_kind() = 'appellant' and id = ctx_appeal()) with check (ctx_kind() = 'appellant' and id = ctx_appeal());
grant select, insert, delete on appeal_message to lachan_app;
create policy follows_appeal on appeal_message for select to lachan_app using (exists (select 1 from appeal a where a.id = appeal_id));
create policy added on appeal_message for insert to lachan_app with check (exists (select 1 from appeal a where a.id = appeal_id)
  and (sent_by = 'appellant') = (ctx_kind() = 'appellant') and ctx_kind() in ('appellant', 'officer') and officer_id is not distinct from ctx_officer());
create policy erased on appeal_message for delete to lachan_app using (ctx_kind() in ('officer', 'system') and exists (select 1 from appeal a where a.id = appeal_id));
-- Codes of appeals are numbered by whoever files.
create policy appeals on counter for all to lachan_app using (ctx_kind() in ('public', 'party', 'reporter') and scope like 'appeal/%')
  with check (ctx_kind() in ('public', 'party', 'reporter') and scope like 'appeal/%');
create policy appeals on journal for select to lachan_app using (ctx_kind() = 'officer' and entity = 'appeal' and exists (select 1 from appeal a where a.id = entity_id));

revoke all on function took_part, took_part_in, reviews_appeals, appeal_by_secret, appeals_of, stay_needed, renewals_of, open_appellant, appeal_subject, appeal_steps from public;
grant execute on function took_part_in, appeal_by_secret, stay_needed, renewals_of, open_appellant, appeal_subject, appeal_steps to lachan_app;

-- ── S13: an open appeal holds its case, as in 0007 ──────────────────────────────────────────────────────────────────
create or replace function case_hold(wanted uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when c.state <> 'closed' then 'open'
    when exists (select 1 from decision d where d.case_id = c.id and decision_over(d) is null) then 'decision'
    when exists (select 1 from report r where r.case_id = c.id and r.state not in ('answered', 'stopped', 'erased')) then 'unanswered'
    when exists (select 1 from appeal a where a.state in ('filed', 'accepted') and (exists (select 1 from decision d where d.id = a.decision_id and d.case_id = c.id)
      or exists (select 1 from report r where r.id = a.report_id and r.case_id = c.id))) then 'appeal'
    when exists (select 1 from data_request q join report r on r.id = q.report_id where r.case_id = c.id and q.state in ('filed', 'acknowledged')) then 'data_request' end
  from case_file c where c.id = wanted $$;
-- The window of a court runs from the answer to the review.
create or replace function case_kept_until(wanted uuid) returns date language sql stable security definer set search_path = public, pg_temp as $$
  select ((greatest(c.closed_at, (select max(decision_over(d)) from decision d where d.case_id = c.id),
      (select max(j.at) from appeal a join journal j on j.entity = 'appeal' and j.entity_id = a.id and j.to_state = a.state
        where exists (select 1 from decision d where d.id = a.decision_id and d.case_id = c.id) or exists (select 1 from report r where r.id = a.report_id and r.case_id = c.id)))
    at time zone 'Asia/Ho_Chi_Minh')::date + make_interval(months => keep_case_months()))::date
  from case_file c where c.id = wanted and c.state = 'closed' and c.minimised_at is null and case_hold(c.id) is null
    and (ctx_kind() = 'system' or sees_case(c.id) or exists (select 1 from report r where r.id = ctx_report() and r.case_id = c.id)) $$;
