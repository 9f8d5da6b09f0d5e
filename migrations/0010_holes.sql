-- Holes found by attacking the guards with the application's own role (tests/integration/invariants.test.ts tries each again).

-- ── S11: a change of state has its own journal entry, with its reason ───────────────────────────────────────────────
-- The entry names the same kind of thing and the state it came from; where every way between two states needs a reason, it holds one.
create or replace function require_journal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare thing text := case tg_table_name when 'case_file' then 'case' else tg_table_name end; came_from text := case tg_op when 'UPDATE' then old.state::text end;
begin
  if not exists (select 1 from journal j where j.entity = thing and j.entity_id = new.id and j.to_state = new.state::text and j.tx = pg_current_xact_id()
      and (came_from is null or came_from = new.state::text or coalesce(j.from_state, came_from) = came_from)
      and (length(trim(coalesce(j.reason, ''))) > 0 or not exists (select 1 from state_transition t where t.entity = thing and t.from_state = came_from and t.to_state = new.state::text)
        or exists (select 1 from state_transition t where t.entity = thing and t.from_state = came_from and t.to_state = new.state::text and not t.reason_required))) then
    raise exception 'state of % % changed to % without a journal entry', tg_table_name, new.id, new.state using errcode = 'check_violation';
  end if;
  return null;
end $$;
-- Its number and transaction are the database's own, its time that of the act.
revoke insert on journal from lachan_app;
grant insert (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state, reason, detail) on journal to lachan_app;
create policy dated_now on journal as restrictive for insert to lachan_app with check (at = desk_now());

-- ── S14: a stop is counted by the database in the breath that stops, and by nothing else ────────────────────────────
revoke insert, update on stop_statistic from lachan_app;
grant update (lifted) on stop_statistic to lachan_app;
create function count_stop() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into stop_statistic (iso_week, category, stop_code, reporter_kind, agency_id, stops)
    values (to_char(desk_today(), 'IYYY-"W"IW'), new.category, new.stop_code, new.reporter_kind, new.sender_agency_id, 1)
    on conflict (iso_week, category, stop_code, reporter_kind, agency_id) do update set stops = stop_statistic.stops + 1;
  return null;
end $$;
create trigger report_stop_counted after update of state on report for each row when (new.state = 'stopped' and old.state <> 'stopped') execute function count_stop();
-- The application adds a lifted stop to its week; one for each review that lifted, in person, now.
create function guard_lifted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.lifted <> old.lifted and (new.lifted <> old.lifted + 1 or not exists (select 1 from stop_review v join report r on r.id = v.report_id
      where v.outcome = 'lifted' and v.officer_id = ctx_officer() and v.decided_at = desk_now() and r.category = new.category
        and r.reporter_kind = new.reporter_kind and r.sender_agency_id is not distinct from new.agency_id)) then
    raise exception 'S14: a lifted stop is counted once, by its review' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger stop_statistic_guard before update of lifted on stop_statistic for each row execute function guard_lifted();
create trigger stop_statistic_kept before delete or truncate on stop_statistic for each statement execute function refuse_change();

-- ── S2, S5: what a decision rests on ────────────────────────────────────────────────────────────────────────────────
-- Nothing is captured before the gate, dated otherwise than now, or taken from another case.
create function guard_finding() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare attachment uuid := (to_jsonb(new) ->> 'attachment_id')::uuid;
begin
  if not exists (select 1 from report r join gate_check g on g.report_id = r.id where r.case_id = new.case_id and r.state in ('attached', 'answered') and g.passed) then
    raise exception 'S2: nothing is captured or verified before the gate' using errcode = 'check_violation'; end if;
  if new.at is distinct from desk_now() then raise exception 'S5: evidence is dated on the day it is filed' using errcode = 'check_violation'; end if;
  if attachment is not null and not exists (select 1 from attachment a join report r on r.id = a.report_id
      where a.id = attachment and r.case_id = new.case_id and r.state in ('attached', 'answered')) then
    raise exception 'S5: the picture is of another case' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger evidence_now before insert on evidence for each row execute function guard_finding();
create trigger verification_now before insert on verification for each row execute function guard_finding();

-- The first gate is answered by those who sort reports.
create function guard_gate_role() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (ctx_has_role('intake') or ctx_has_role('case_officer')) then
    raise exception 'S2: the first gate is answered by an intake or case officer' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger gate_check_role before insert on gate_check for each row when (new.stage = 'intake') execute function guard_gate_role();

-- A case keeps the category for which its reports passed the gate: a threat does not become something that may be taken down.
create function guard_case_category() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx_kind() is not null and exists (select 1 from report r join gate_check g on g.report_id = r.id where r.case_id = new.id and g.passed and g.category <> new.category) then
    raise exception 'S2: the category that passed the gate stays' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger case_category before update of category on case_file for each row when (new.category <> old.category) execute function guard_case_category();

-- Parts stay with their decision: moved to a draft of one's own, they would be taken out of what was decided.
create function refuse_move() returns trigger language plpgsql as $$
begin raise exception 'the parts of a decision stay with it' using errcode = 'check_violation'; end $$;
do $$ declare t text; begin
  foreach t in array array['decision_element', 'decision_option', 'decision_evidence', 'decision_locator', 'decision_recipient'] loop
    execute format('create trigger %I before update on %I for each row when (new.decision_id <> old.decision_id) execute function refuse_move()', t || '_stays', t);
  end loop;
end $$;

-- A name that many strangers share is no exact locator, nor a number that is somebody's public service (src/core/indicators, `specific`);
-- one post on a social site is, though it groups nothing.
create function is_social_item(value text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from social_site s, unnest(s.items) item where (split_part(value, '/', 1) = s.host or split_part(value, '/', 1) like '%.' || s.host)
    and substr(value, length(split_part(value, '/', 1)) + 1) ~ item) $$;
create function guard_specific() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from indicator i where i.id = new.indicator_id and (i.specific or i.kind = 'url' and is_social_item(i.value))) then
    raise exception 'S6: what many share is no exact locator' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger decision_locator_specific before insert or update on decision_locator for each row execute function guard_specific();

create function require_verified() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from verification v where v.case_id = new.case_id) then
    raise exception 'S5: nothing is drafted on a case that nobody verified' using errcode = 'check_violation'; end if;
  new.created_at := desk_now();
  return new;
end $$;
create trigger decision_verified before insert on decision for each row execute function require_verified();

-- ── What a decision shows when it takes effect, and how it ends (beside guard_decision) ──────────────────────────────
create function guard_decision_whole() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.id, new.created_at) is distinct from (old.id, old.created_at) then
    raise exception 'when a decision was begun is not rewritten' using errcode = 'check_violation'; end if;
  if new.stayed_at is distinct from old.stayed_at and not (ctx_kind() = 'system' or ctx_has_role('reviewer') or ctx_has_role('leader')) then
    raise exception 'S9: a measure is stayed by a reviewer' using errcode = 'check_violation'; end if;
  if new.state = old.state then return new; end if;
  if new.state in ('interim', 'in_force') then
    if not exists (select 1 from report r join gate_check g on g.report_id = r.id
        where r.case_id = new.case_id and r.state in ('attached', 'answered') and g.passed and g.category = new.category) then
      raise exception 'S2: no report of this case has passed the gate in this category' using errcode = 'check_violation'; end if;
    if not exists (select 1 from competence c left join commune u on u.code = c.commune_code join province p on p.code = coalesce(c.province_code, u.province_code)
        where c.id = new.competence_id and new.territory in (p.full_name, u.full_name)) then
      raise exception 'S6: the territory is wider than the competence' using errcode = 'check_violation'; end if;
    if exists (select 1 from decision_recipient d join recipient r on r.id = d.recipient_id where d.decision_id = new.id
        and (r.valid_from > desk_today() or r.valid_to < desk_today())) then
      raise exception 'S8: a recipient is no longer in the directory' using errcode = 'check_violation'; end if;
  end if;
  if new.state = 'in_force' then
    if new.decided_at is distinct from desk_now() then raise exception 'S3: a decision is dated on the moment of its approval' using errcode = 'check_violation'; end if;
    if exists (select 1 from legal_review l where l.decision_id = new.id and l.officer_id = new.second_officer_id) then
      raise exception 'S7: a legal officer of this decision cannot approve' using errcode = 'check_violation'; end if;
    -- Moving the report away afterwards does not make its gate officer a stranger to the case.
    if exists (select 1 from journal j where j.officer_id = new.second_officer_id and j.entity = 'report' and j.action = 'pass_gate' and j.detail ->> 'case' = new.case_id::text) then
      raise exception 'S7: a gate officer of this case cannot approve' using errcode = 'check_violation'; end if;
    if exists (select 1 from officer o where o.id = new.second_officer_id and o.disabled_at <= desk_now()) then
      raise exception 'S7: a closed account cannot approve' using errcode = 'check_violation'; end if;
  end if;
  -- S10: a measure runs to its last day, unless it is withdrawn, reversed or renewed.
  if new.state = 'expired' and old.state = 'in_force' and coalesce(old.ends_on >= desk_today(), true)
      and not exists (select 1 from decision n where n.renews = old.id and n.state = 'in_force' and n.decided_at = desk_now()) then
    raise exception 'S10: a decision expires after its last day' using errcode = 'check_violation'; end if;
  if new.state = 'expired' and old.state = 'interim' and old.interim_until > desk_now() then
    raise exception 'S7: an interim measure dies after its hours' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger decision_whole before update on decision for each row execute function guard_decision_whole();

create function require_stay_journal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from journal j where j.entity = 'decision' and j.entity_id = new.id and j.tx = pg_current_xact_id()
      and j.action = case when new.stayed_at is null then 'resume' else 'stay' end) then
    raise exception 'S11: a stay of decision % has no journal entry', new.id using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger decision_stay_journal after update of stayed_at on decision deferrable initially deferred
  for each row when (new.stayed_at is distinct from old.stayed_at) execute function require_stay_journal();

create function guard_legal_review_now() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.at is distinct from desk_now() then raise exception 'S7: legal review is dated when it is given' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger legal_review_now before insert on legal_review for each row execute function guard_legal_review_now();

-- ── S10: a public page stands exactly as long as its decision ────────────────────────────────────────────────────────
create function guard_warning_begin() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare reports integer; communes integer;
begin
  select count(*), count(distinct r.commune_code) into reports, communes from decision d join report r on r.case_id = d.case_id where d.id = new.decision_id;
  if new.published_at is distinct from desk_now() or new.lifted_at is not null or new.stayed_at is not null then
    raise exception 'a warning is published now' using errcode = 'check_violation'; end if;
  if new.report_count > reports or new.commune_count > communes then
    raise exception 'S14: a warning tells no more reports than its case has' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger warning_numbers before insert on warning for each row execute function guard_warning_begin();
create function require_warning_true() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare w warning; d decision;
begin
  select * into w from warning where id = new.id;
  select * into d from decision where id = new.decision_id;
  if (w.lifted_at is null) <> (d.state in ('in_force', 'interim')) and not exists (select 1 from warning o where o.decision_id = w.decision_id and o.lifted_at is null and o.id <> w.id) then
    raise exception 'S10: a warning stands as long as its decision' using errcode = 'check_violation'; end if;
  if w.lifted_at is null and (w.stayed_at is null) <> (d.stayed_at is null) then
    raise exception 'S9: a warning rests as long as its decision' using errcode = 'check_violation'; end if;
  if not exists (select 1 from journal j where j.entity = 'warning' and j.entity_id = new.id and j.tx = pg_current_xact_id()) then
    raise exception 'S11: warning % changed without a journal entry', new.id using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger warning_true after insert or update on warning deferrable initially deferred for each row execute function require_warning_true();
create function require_lifted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from decision d join warning w on w.decision_id = d.id where d.id = new.id and d.state not in ('in_force', 'interim') and w.lifted_at is null) then
    raise exception 'S10: what ends is lifted everywhere' using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger decision_lifted after update of state on decision deferrable initially deferred
  for each row when (old.state in ('in_force', 'interim') and new.state not in ('in_force', 'interim')) execute function require_lifted();

-- ── S8: who opens a decision by code: its recipients, once it was made, and no delay dated ahead ─────────────────────
create function guard_access() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (ctx_kind() = 'system' or ctx_has_role('case_officer') or ctx_has_role('reviewer') or ctx_has_role('leader')) then
    raise exception 'S8: who takes no part in a decision opens it to nobody' using errcode = 'check_violation'; end if;
  if new.created_at is distinct from desk_now() then raise exception 'S8: a delay counts from now' using errcode = 'check_violation'; end if;
  if not exists (select 1 from decision d where d.id = new.decision_id and (d.decided_at is not null or d.interim_at is not null)) then
    raise exception 'S8: a draft is shown to nobody' using errcode = 'check_violation'; end if;
  if new.recipient_id is not null and not exists (select 1 from decision_recipient r where r.decision_id = new.decision_id and r.recipient_id = new.recipient_id) then
    raise exception 'S8: a notice goes to a recipient of its decision' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger decision_access_guard before insert on decision_access for each row execute function guard_access();
create trigger decision_access_append_only before update or delete or truncate on decision_access for each statement execute function refuse_change();

-- ── S4: what an act rested on stays: a competence is ended, its words corrected, never given to another ─────────────
revoke update on competence from lachan_app;
grant update (law, why_vi, why_en, valid_to) on competence to lachan_app;

-- ── S3: an excluded provision stays excluded however its document is spelled ────────────────────────────────────────
-- Number, year and first letter of the kind: "330/2026/N" of "330/2026/NĐ-CP" and of "330/2026/ND CP".
create function document_key(name text) returns text language sql immutable parallel safe
  as $$ select substring(document_number(name) from '^[0-9]+/[0-9]+/[A-Z]') $$;
create or replace function is_excluded(in_document text, in_article text, in_clause text, in_point text) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from excluded_provision e join legal_document d on d.code = e.document
    where (e.document = in_document or document_key(d.name) = (select document_key(own.name) from legal_document own where own.code = in_document))
      and e.article = in_article
      and (e.clause is null or in_clause is null or e.clause = in_clause)
      and (e.point is null or in_point is null or e.point = in_point)) $$;
-- Letters that look like others (Ð, Ν, ‑) and padded numbers would make a second document of the same number.
alter table legal_document add check (name ~ '(^|[ (])[1-9][0-9]{0,3}/[0-9]{4}/[A-Za-zĐđ0-9]+(-[A-Za-zĐđ0-9]+)*([ ,.;:)]|$)');

-- ── Numbers given once are not given again ──────────────────────────────────────────────────────────────────────────
create function guard_counter() returns trigger language plpgsql as $$
begin
  if new.scope <> old.scope or new.value < old.value then raise exception 'a counter only grows' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger counter_grows before update on counter for each row execute function guard_counter();

-- ── S13: how long a contact is kept is set forward by no more than its term ─────────────────────────────────────────
create function guard_contact_term() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.purge_after > old.purge_after and new.purge_after > (desk_today() + interval '12 months')::date then
    raise exception 'S13: a contact is kept 12 months after its case was closed' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger reporter_identity_term before update of purge_after on reporter_identity for each row execute function guard_contact_term();

revoke all on function is_social_item, count_stop, guard_lifted, guard_finding, guard_gate_role, guard_case_category, guard_specific, require_verified, guard_decision_whole, require_stay_journal,
  guard_legal_review_now, guard_warning_begin, require_warning_true, require_lifted, guard_access, guard_contact_term from public;
