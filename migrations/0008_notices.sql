-- What leaves the desk (issue "Decisions", outbound notices): only from a decision, only to its recipients, with what it says fixed
-- before it is written; the effect each recipient reports; and when the person affected is told (SCOPE 6, S8, S10).

-- An officer may delay telling the person affected, before approval alone, for a reason of a closed list and with an end of its own.
create table affected_delay (
  decision_id uuid primary key references decision, reason text not null check (reason in ('police_request', 'danger_to_person', 'fraud_under_way')),
  days integer not null check (days between 1 and 30), request_number text check (length(request_number) between 3 and 100),
  officer_id uuid not null references officer, at timestamptz not null,
  check (reason <> 'police_request' or request_number is not null)); -- the police ask in writing
create function guard_affected_delay() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare target uuid := case when tg_op = 'DELETE' then old.decision_id else new.decision_id end;
begin
  -- S13: it goes with the other parts of a dropped draft.
  if tg_op = 'DELETE' and exists (select 1 from decision d where d.id = target and is_spent_draft(d)) then return old; end if;
  if not exists (select 1 from decision d where d.id = target and d.state in ('draft', 'returned', 'second_review')) then
    raise exception 'S8: a delay is set before the decision takes effect' using errcode = 'check_violation'; end if;
  if tg_op = 'DELETE' then return old; end if;
  if new.officer_id is distinct from ctx_officer() then raise exception 'S8: a delay is set in person' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger affected_delay_guard before insert or update or delete on affected_delay for each row execute function guard_affected_delay();

create table notice (
  id uuid primary key default uuidv7(), decision_id uuid not null references decision, recipient_id uuid not null references recipient,
  kind text not null check (kind in ('notice', 'hand_over', 'withdrawal', 'stay', 'resumption', 'reminder')),
  -- full: in force; interim: for 24 hours; confirmation: of an interim one; affected: passes the page on when a delay has ended.
  phase text not null check (phase in ('full', 'interim', 'confirmation', 'affected')),
  ending text check (ending in ('expired', 'died', 'withdrawn', 'reversed', 'superseded', 'returned', 'stopped')),
  format text not null check (format in ('letter', 'xarf')), language text not null check (language in ('vi', 'en')),
  access_id uuid not null references decision_access, affected_id uuid references decision_access, follows uuid references notice,
  says jsonb not null check (jsonb_typeof(says) = 'object' and length(says::text) <= 200000),
  number_text text check (length(number_text) between 1 and 60), numbered_on date,
  state text not null default 'prepared' check (state in ('prepared', 'sent', 'dispatched', 'failed', 'dropped')), -- dropped: its decision ended before it left
  rendered_at timestamptz, sent_at timestamptz, failure text check (failure in ('refused', 'unreachable')),
  effect_due date, effect text check (effect in ('done', 'partly', 'refused', 'none')), effect_on date, effect_note text not null default '' check (length(effect_note) <= 2000),
  effect_number text check (length(effect_number) between 1 and 60), effect_by text check (effect_by in ('recipient', 'officer')), reminded_at timestamptz,
  created_at timestamptz not null,
  check ((kind = 'withdrawal') = (ending is not null)), check ((state in ('sent', 'dispatched')) = (sent_at is not null)),
  check ((state = 'failed') = (failure is not null)), check ((effect is null) = (effect_on is null)), check ((effect is null) = (effect_by is null)),
  check (effect is distinct from 'none' or effect_by = 'officer'));
create index notice_decision on notice (decision_id, created_at);
create index notice_open on notice (effect_due) where effect is null and effect_due is not null;
create index notice_access on notice (access_id);
create index notice_affected on notice (affected_id) where affected_id is not null;
create unique index notice_once on notice (decision_id, recipient_id, kind, phase) where kind in ('notice', 'hand_over') and phase in ('full', 'confirmation', 'affected');
create unique index notice_reminder_once on notice (follows) where kind = 'reminder';

-- What was written: the letter, minutes, machine-readable reports; sealed, by their hash, never changed.
create table notice_file (
  notice_id uuid not null references notice, place integer not null check (place between 1 and 100), name text not null check (length(name) between 1 and 120),
  media_type text not null, file_ref text not null, sha256 bytea not null, bytes bigint not null, primary key (notice_id, place));
create trigger notice_file_append_only before update or delete on notice_file for each statement execute function refuse_change();

-- SCOPE 6: nothing leaves but from a decision that stands, to a recipient of it; what undoes it goes to everybody who was told.
create function guard_new_notice() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare d decision; told boolean;
begin
  select * into d from decision where id = new.decision_id;
  told := exists (select 1 from notice n where n.decision_id = new.decision_id and n.recipient_id = new.recipient_id and n.kind in ('notice', 'hand_over'));
  if (new.state, new.number_text, new.rendered_at, new.sent_at, new.effect, new.reminded_at) is distinct from ('prepared', null::text, null::timestamptz, null::timestamptz, null::text, null::timestamptz) then
    raise exception 'a notice starts as prepared' using errcode = 'check_violation'; end if;
  if not exists (select 1 from decision_access a where a.id = new.access_id and a.decision_id = new.decision_id and a.party = 'recipient' and a.recipient_id = new.recipient_id)
     or (new.affected_id is not null and not exists (select 1 from decision_access a where a.id = new.affected_id and a.decision_id = new.decision_id and a.party = 'affected')) then
    raise exception 'S8: a notice opens the page of its own decision' using errcode = 'check_violation'; end if;
  if new.kind in ('notice', 'hand_over') and new.phase <> 'affected' then
    if not exists (select 1 from decision_recipient r where r.decision_id = new.decision_id and r.recipient_id = new.recipient_id) then
      raise exception 'S8: a notice goes to a recipient of its decision' using errcode = 'check_violation'; end if;
    if d.state not in ('interim', 'in_force') or (d.state = 'interim') <> (new.phase = 'interim') or d.stayed_at is not null then
      raise exception 'SCOPE 6: no notice without a decision in force' using errcode = 'check_violation'; end if;
    if new.affected_id is null then raise exception 'S8: a notice carries the page of the person affected' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if not told then raise exception 'S8: only who was told is told more' using errcode = 'check_violation'; end if;
  if (case new.kind
       when 'withdrawal' then d.state not in ('expired', 'withdrawn', 'reversed', 'returned', 'stopped')
       when 'stay' then d.state <> 'in_force' or d.stayed_at is null
       when 'resumption' then d.state <> 'in_force' or d.stayed_at is not null
       when 'reminder' then not exists (select 1 from notice n where n.id = new.follows and n.decision_id = new.decision_id and n.recipient_id = new.recipient_id
                                        and n.sent_at is not null and n.effect is null and n.effect_due < desk_today())
       else d.decided_at is null and d.interim_at is null end) then
    raise exception 'SCOPE 6: the decision is not in the state this letter tells of' using errcode = 'check_violation'; end if;
  if new.phase = 'affected' and exists (select 1 from decision_access a where a.id = new.affected_id and a.delay_until > desk_now()) then
    raise exception 'S8: the delay has not ended' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger notice_begins before insert on notice for each row execute function guard_new_notice();

-- What it says never changes; it is written once, leaves once, and its effect is reported afterwards.
create function guard_notice() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare free constant text[] := '{number_text,numbered_on,state,rendered_at,sent_at,failure,effect,effect_on,effect_note,effect_number,effect_by,reminded_at}';
begin
  if (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free) then
    raise exception 'what a notice says does not change' using errcode = 'check_violation'; end if;
  if new.rendered_at is distinct from old.rendered_at and (old.rendered_at is not null or ctx_kind() is distinct from 'system') then
    raise exception 'a notice is written once' using errcode = 'check_violation'; end if;
  if old.sent_at is not null and (new.state, new.sent_at, new.number_text, new.numbered_on, new.failure) is distinct from (old.state, old.sent_at, old.number_text, old.numbered_on, old.failure) then
    raise exception 'what has left does not leave again' using errcode = 'check_violation'; end if;
  if new.sent_at is not null and old.sent_at is null and (new.rendered_at is null or (new.state = 'sent') <> (ctx_kind() = 'system')) then
    raise exception 'a notice is sent by the desk, or dispatched by an officer, once it is written' using errcode = 'check_violation'; end if;
  if old.state = 'dropped' then raise exception 'a dropped notice stays so' using errcode = 'check_violation'; end if;
  if new.sent_at is not null and old.sent_at is null and new.kind in ('notice', 'hand_over') and new.phase <> 'affected' and not exists (select 1 from decision d where d.id = new.decision_id
       and d.stayed_at is null and d.state = case new.phase when 'interim' then 'interim' else 'in_force' end
       and (d.state = 'in_force' or d.interim_until > desk_now()) and (d.ends_on is null or d.ends_on >= desk_today())) then
    raise exception 'SCOPE 6: nothing is sent on a decision that is not in force' using errcode = 'check_violation'; end if;
  if new.sent_at is null and (new.number_text, new.numbered_on) is distinct from (old.number_text, old.numbered_on) then
    raise exception 'the number is given with the dispatch' using errcode = 'check_violation'; end if;
  if (new.effect, new.effect_on, new.effect_note, new.effect_number, new.effect_by) is distinct from (old.effect, old.effect_on, old.effect_note, old.effect_number, old.effect_by) then
    if old.sent_at is null or old.effect_due is null then raise exception 'no effect is reported on what was not sent' using errcode = 'check_violation'; end if;
    if new.effect is null or new.effect_by is distinct from (case ctx_kind() when 'party' then 'recipient' when 'officer' then 'officer' end) then
      raise exception 'an effect is reported by the recipient or entered by an officer' using errcode = 'check_violation'; end if;
  end if;
  if ctx_kind() = 'party' and (new.state, new.reminded_at, new.rendered_at) is distinct from (old.state, old.reminded_at, old.rendered_at) then
    raise exception 'a recipient reports the effect, nothing else' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger notice_guard before update on notice for each row execute function guard_notice();
create function require_notice_journal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from journal j where j.entity = 'notice' and j.entity_id = new.id and j.tx = pg_current_xact_id()) then
    raise exception 'notice % changed without a journal entry', new.id using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger notice_journal after insert or update on notice deferrable initially deferred for each row execute function require_notice_journal();
create trigger notice_kept before delete on notice for each statement execute function refuse_change();

-- A file belongs to a notice that is being written.
create function guard_notice_file() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from notice n where n.id = new.notice_id and n.rendered_at is null) then
    raise exception 'a notice is written once' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger notice_file_guard before insert on notice_file for each row execute function guard_notice_file();

-- ── Row-level security ──────────────────────────────────────────────────────────────────────────────────────────────
do $$ declare t text; begin
  foreach t in array array['affected_delay', 'notice', 'notice_file'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I to current_user using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update, delete on affected_delay to lachan_app;
create policy follows_decision on affected_delay for all to lachan_app using (ctx_kind() in ('officer', 'system') and exists (select 1 from decision d where d.id = decision_id))
  with check (ctx_kind() = 'officer' and exists (select 1 from decision d where d.id = decision_id));
grant select, insert, update (number_text, numbered_on, state, rendered_at, sent_at, failure, effect, effect_on, effect_note, effect_number, effect_by, reminded_at) on notice to lachan_app;
create policy office on notice for all to lachan_app using (ctx_kind() in ('officer', 'system') and exists (select 1 from decision d where d.id = decision_id))
  with check (ctx_kind() in ('officer', 'system') and exists (select 1 from decision d where d.id = decision_id));
create policy own_notice on notice for select to lachan_app using (ctx_kind() = 'party' and (access_id = ctx_access() or affected_id = ctx_access()));
create policy own_effect on notice for update to lachan_app using (ctx_kind() = 'party' and access_id = ctx_access()) with check (ctx_kind() = 'party' and access_id = ctx_access());
grant select, insert on notice_file to lachan_app;
create policy follows_notice on notice_file for select to lachan_app using (ctx_kind() in ('officer', 'system') and exists (select 1 from notice n where n.id = notice_id));
create policy written on notice_file for insert to lachan_app with check (ctx_kind() = 'system');
create policy follows_notice on journal for select to lachan_app using (ctx_kind() = 'officer' and entity = 'notice' and exists (select 1 from notice n where n.id = entity_id));
