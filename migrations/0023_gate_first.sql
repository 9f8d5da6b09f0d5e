-- The gate comes first (SCOPE, the gate): nobody is brought into a case, asked, invited or handed anything before one of its reports
-- passed, and nobody writes into it what they did. A former lead stays a party of what it passed on unread.
create function passed_gate(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from report r where r.case_id = wanted and r.state in ('attached', 'answered')) $$;
create function require_passed_gate() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.case_id is null or (tg_table_name = 'case_party' and to_jsonb(new) ->> 'part' = 'former') then return new; end if;
  if not passed_gate(new.case_id) then raise exception 'S2: no report of this case has passed the gate' using errcode = 'check_violation', detail = 'not_gated'; end if;
  return new;
end $$;
revoke all on function passed_gate, require_passed_gate from public;
do $$ declare t text; begin
  foreach t in array array['case_party', 'consultation', 'meeting_agenda', 'own_act', 'hand_over_pack'] loop
    execute format('create trigger %I before insert on %I for each row execute function require_passed_gate()', t || '_gate', t);
  end loop;
end $$;
