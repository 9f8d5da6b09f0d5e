-- What the rooms of decisions left open.

-- A proof of who sits at the browser is noted where it was given, by the sign-in alone.
create function guard_session() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.stepped_up_at is distinct from old.stepped_up_at and ctx_kind() is distinct from 'auth' then
    raise exception 'a second proof is noted by the sign-in alone' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger session_guard before update of stepped_up_at on session for each row execute function guard_session();

-- S7: the legal officer is one by appointment, not by what the session says of itself.
create function require_legal_officer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from officer_role o join decision d on d.id = new.decision_id where o.officer_id = new.officer_id and o.agency_id = d.agency_id and o.role = 'legal'
                 and o.valid_from <= desk_today() and (o.valid_to is null or o.valid_to >= desk_today())) then
    raise exception 'S7: legal review is given by a legal officer of the agency' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger legal_review_officer before insert on legal_review for each row execute function require_legal_officer();

-- S13: words of an appeal go when the term of keeping has passed since its own end, by nobody's hand earlier; those of an appeal
-- filed after the contents of its case were gone as well.
create function appeal_kept_until(wanted uuid) returns date language sql stable security definer set search_path = public, pg_temp as $$
  select ((max(j.at) at time zone 'Asia/Ho_Chi_Minh')::date + make_interval(months => keep_case_months()))::date
  from appeal a join journal j on j.entity = 'appeal' and j.entity_id = a.id and j.to_state = a.state
  where a.id = wanted and a.state not in ('filed', 'accepted') $$;
create function guard_appeal_term() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = old.state and (new.words, new.contact_sealed) is distinct from (old.words, old.contact_sealed) and not coalesce(appeal_kept_until(old.id) < desk_today(), false) then
    raise exception 'S13: the term of this appeal is not over' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger appeal_term before update of words, contact_sealed on appeal for each row execute function guard_appeal_term();
create function guard_appeal_message_term() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from appeal a where a.id = old.appeal_id and a.state = 'routed') and not coalesce(appeal_kept_until(old.appeal_id) < desk_today(), false) then
    raise exception 'S13: the term of this appeal is not over' using errcode = 'check_violation'; end if;
  return old;
end $$;
create trigger appeal_message_term before delete on appeal_message for each row execute function guard_appeal_message_term();
create function late_appeals() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select a.id from appeal a where (a.words <> '–' or a.contact_sealed is not null) and appeal_kept_until(a.id) < desk_today()
    and not exists (select 1 from decision d join case_file c on c.id = d.case_id where d.id = a.decision_id and c.minimised_at is null)
    and not exists (select 1 from report r join case_file c on c.id = r.case_id where r.id = a.report_id and c.minimised_at is null) $$;
create function forget_late_appeals() returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare late uuid[]; messages bigint; words bigint;
begin
  if ctx_kind() is distinct from 'system' then raise exception 'S13: only the retention job forgets' using errcode = 'insufficient_privilege'; end if;
  select coalesce(array_agg(l), '{}') into late from late_appeals() l;
  delete from appeal_message where appeal_id = any (late);
  get diagnostics messages = row_count;
  update appeal set words = '–', contact_sealed = null where id = any (late);
  get diagnostics words = row_count;
  return jsonb_build_object('appeal', words, 'appeal_message', messages);
end $$;
revoke all on function appeal_kept_until, late_appeals, forget_late_appeals from public;
grant execute on function late_appeals, forget_late_appeals to lachan_app;
