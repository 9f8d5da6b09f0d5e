-- The seams between the rooms of coordination: what moves with a case, what ends with it, one day for one thing, and what retention empties.

-- News for somebody who serves no longer in the agency it is for goes to those who do.
create or replace function notify_agency(wanted_agency uuid, roles text[], one_officer uuid, about text, of_code text, address text, is_urgent boolean) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare told integer; named boolean := one_officer is not null and serves_in(one_officer, wanted_agency);
begin
  if ctx_kind() is null then raise exception 'no context' using errcode = 'check_violation'; end if;
  if one_officer is not null and not named and cardinality(roles) = 0 then roles := '{case_officer,leader}'; end if;
  insert into notification (officer_id, agency_id, kind, code, href, urgent, at)
    select distinct r.officer_id, r.agency_id, about, of_code, address, is_urgent, desk_now()
    from officer_role r join officer o on o.id = r.officer_id and o.disabled_at is null
    where r.agency_id = wanted_agency and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today())
      and (case when named then r.officer_id = one_officer else r.role = any (roles) end) and r.officer_id is distinct from ctx_officer()
      and not exists (select 1 from notification n where n.officer_id = r.officer_id and n.kind = about and n.code = of_code and n.href = address and n.read_at is null);
  get diagnostics told = row_count;
  return told;
end $$;

alter table hand_over drop constraint hand_over_what_check;
alter table hand_over add constraint hand_over_what_check check (what in ('case', 'report', 'party', 'task', 'opinion', 'transfer', 'decision', 'meeting', 'pack', 'document'));

-- ── A case changes hands ────────────────────────────────────────────────────────────────────────────────────────────
-- Guards ask who acts. What follows from a change of hands, or from the end of a case, is done by the desk itself: it begins with desk_acts(),
-- gives the kind back at its end, and only then writes the journal, in the name of who caused it.
create function desk_acts() returns text language plpgsql set search_path = public, pg_temp as $$
declare kept text := coalesce(current_setting('desk.kind', true), '');
begin
  perform set_config('desk.kind', 'system', true);
  return kept;
end $$;
create function note_end(entity text, item uuid, act text, old_state text, new_state text, why text) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state, reason)
    values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), entity, item, act, old_state, new_state, why) $$;

-- Ends what an agency was asked, with its task, and tells it.
create function end_opinions(wanted uuid[], why text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare one record; kept text;
begin
  for one in select o.id, o.state, o.agency_id, c.code from opinion o join consultation c on c.id = o.consultation_id where o.id = any (wanted) and o.state in ('sent', 'overdue') order by o.id for update of o loop
    kept := desk_acts();
    update opinion set state = 'withdrawn', withdrawn_why = why where id = one.id;
    perform set_config('desk.kind', kept, true);
    perform note_end('opinion', one.id, 'withdraw', one.state, 'withdrawn', why);
    perform end_tasks(array(select t.id from task t where t.kind = 'opinion' and t.source_id = one.id and t.state = 'open'), why);
    perform notify_agency(one.agency_id, '{focal,case_officer,leader}', null, 'opinion_withdrawn', one.code, '/can-bo/y-kien/' || one.code, false);
  end loop;
end $$;
create function end_tasks(wanted uuid[], why text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare one uuid; kept text;
begin
  for one in select t.id from task t where t.id = any (wanted) and t.state = 'open' order by t.id for update loop
    kept := desk_acts();
    update task set state = 'cancelled', ended_at = desk_now() where id = one;
    perform set_config('desk.kind', kept, true);
    perform note_end('task', one, 'cancel', 'open', 'cancelled', why);
  end loop;
end $$;

-- Open requests for opinions and meetings that are not over go with a case; what was concluded stays with who concluded it. A meeting about cases
-- of several agencies stays where it is, and the new lead is invited to it. Who led before stays invited to what it called.
create function move_meetings(wanted uuid, giver uuid, heir uuid, way text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare one meeting; kept text; moves boolean;
begin
  for one in select m.* from meeting m where m.agency_id = giver and m.state in ('planned', 'invited', 'held') and exists (select 1 from meeting_agenda a where a.meeting_id = m.id and a.case_id = wanted) order by m.id for update loop
    moves := not exists (select 1 from meeting_agenda a join case_file c on c.id = a.case_id where a.meeting_id = one.id and c.lead_agency_id <> heir);
    kept := desk_acts();
    if moves then
      update meeting set agency_id = heir, version = version + 1, changed_at = desk_now() where id = one.id;
      -- Who was there stays on record; an invitation by oneself does not.
      delete from meeting_guest where meeting_id = one.id and agency_id = heir and one.state <> 'held';
    end if;
    if not moves or way <> 'agency_ended' then
      insert into meeting_guest (meeting_id, agency_id, invited_at) values (one.id, case when moves then giver else heir end, case when one.state <> 'planned' then desk_now() end) on conflict do nothing;
    end if;
    perform set_config('desk.kind', kept, true);
    if moves then
      insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, by_officer, at) values (way, 'meeting', one.id, wanted, one.code, giver, heir, ctx_officer(), desk_now());
    elsif one.state <> 'planned' then
      perform notify_agency(heir, '{focal,case_officer,leader}', null, 'meeting_invited', one.code, '/can-bo/hop/' || one.code, false);
    end if;
    perform note_move('meeting', one.id, case when moves then way else 'invite_lead' end, giver, heir, null);
  end loop;
end $$;

create or replace function move_case(wanted uuid, heir uuid, way text, why text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare c case_file; kept text; done uuid[]; set_for uuid[]; asked uuid[]; one record;
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
  kept := desk_acts();
  with moved as (update task set agency_id = heir, officer_id = null where case_id = wanted and state = 'open' and kind not in ('transfer', 'opinion')
    and agency_id = c.lead_agency_id and (set_by_agency is null or set_by_agency = c.lead_agency_id) returning id) select coalesce(array_agg(id), '{}') into done from moved;
  with moved as (update task set set_by_agency = heir where case_id = wanted and state = 'open' and kind <> 'transfer' and set_by_agency = c.lead_agency_id returning id)
    select coalesce(array_agg(id), '{}') into set_for from moved;
  with moved as (update consultation set agency_id = heir where case_id = wanted and agency_id = c.lead_agency_id and closed_at is null returning id) select coalesce(array_agg(id), '{}') into asked from moved;
  perform set_config('desk.kind', kept, true);
  perform note_move('task', id, way, c.lead_agency_id, heir, null) from unnest(done) id;
  perform note_move('task', id, 'set_by', c.lead_agency_id, heir, null) from unnest(set_for) id where not id = any (done);
  for one in select k.id, k.code from consultation k where k.id = any (asked) order by k.id loop
    insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, by_officer, at) values (way, 'opinion', one.id, wanted, one.code, c.lead_agency_id, heir, ctx_officer(), desk_now());
    perform note_move('consultation', one.id, way, c.lead_agency_id, heir, null);
  end loop;
  -- Nobody is asked for an opinion by themselves.
  perform end_opinions(array(select o.id from opinion o join consultation k on k.id = o.consultation_id where k.case_id = wanted and o.agency_id = heir), 'Cơ quan được hỏi nay chủ trì vụ việc');
  perform move_meetings(wanted, c.lead_agency_id, heir, way);
  perform note_move('case', wanted, way, c.lead_agency_id, heir, null);
end $$;

-- Packs belong to the case: who leads it now sees them, takes receipts down and recalls them.
drop policy own on hand_over_pack;
create policy own on hand_over_pack for select to lachan_app using (ctx_kind() = 'officer' and leads_case(case_id));
create policy drafted on hand_over_pack for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and leads_case(case_id));
create policy kept on hand_over_pack for update to lachan_app using (ctx_kind() = 'officer' and leads_case(case_id)) with check (ctx_kind() = 'officer' and leads_case(case_id));
drop policy own on pack_item;
create policy own on pack_item for select to lachan_app using (exists (select 1 from hand_over_pack p where p.id = pack_id and ctx_kind() = 'officer' and leads_case(p.case_id)));
create or replace function pack_contents(wanted uuid) returns table (kind text, item_id uuid, full_value boolean, content jsonb) language sql stable security definer set search_path = public, pg_temp as $$
  select i.kind, i.item_id, i.full_value, c.content from pack_item i join hand_over_pack p on p.id = i.pack_id cross join lateral (select item_content(p.case_id, i.kind, i.item_id, i.full_value) as content) c
  where i.pack_id = wanted and ctx_kind() = 'officer' and leads_case(p.case_id) and c.content is not null order by i.kind, i.item_id $$;

-- ── An agency ends ──────────────────────────────────────────────────────────────────────────────────────────────────
create function guard_handed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare side constant text := tg_argv[0];
begin
  if to_jsonb(new) - side is distinct from to_jsonb(old) - side or not exists (select 1 from hand_over h where h.tx = pg_current_xact_id() and h.via = 'agency_ended' and h.item_id = new.id
      and h.from_agency = (to_jsonb(old) ->> side)::uuid and h.to_agency = (to_jsonb(new) ->> side)::uuid) then
    raise exception '% % stays with its agency', tg_table_name, new.id using errcode = 'check_violation'; end if;
  return new;
end $$;
drop trigger hand_over_pack_guard on hand_over_pack;
create trigger hand_over_pack_guard before insert on hand_over_pack for each row execute function guard_pack();
create trigger hand_over_pack_change before update on hand_over_pack for each row when (new.recipient_agency_id is not distinct from old.recipient_agency_id) execute function guard_pack();
create trigger hand_over_pack_handed before update on hand_over_pack for each row when (new.recipient_agency_id is distinct from old.recipient_agency_id) execute function guard_handed('recipient_agency_id');
drop trigger document_out_guard on document_out;
create trigger document_out_guard before insert on document_out for each row execute function guard_document_out();
create trigger document_out_change before update on document_out for each row when (new.agency_id = old.agency_id) execute function guard_document_out();
create trigger document_out_handed before update on document_out for each row when (new.agency_id <> old.agency_id) execute function guard_handed('agency_id');

-- The registers of an agency that ended are kept by its heir, which reads them and issues nothing in its series.
create function inherits(ended uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select ended <> ctx_agency() and is_ended(ended) and heir_of(ended, null, null, null) = ctx_agency() $$;
create policy successor on document_out for select to lachan_app using (ctx_kind() = 'officer' and inherits(agency_id));
create policy successor on document_in for select to lachan_app using (ctx_kind() = 'officer' and inherits(agency_id) and (arrival_id is null or exists (select 1 from arrival a where a.id = arrival_id)));
create policy successor on document_file for select to lachan_app using (ctx_kind() = 'officer' and inherits(agency_id)
  and (exists (select 1 from document_out d where d.id = out_id) or exists (select 1 from document_in d where d.id = in_id)));

create or replace function move_ended_work(most integer) returns table (agency_id uuid, what text, code text, case_id uuid) language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare one record; heir uuid; known case_party;
begin
  if ctx_kind() is distinct from 'system' then raise exception 'only the job moves the work of an ended agency' using errcode = 'insufficient_privilege'; end if;
  for one in
    -- Closed cases too, while their contents are kept: people ask about them.
    (select 'case' as what, c.id, c.id as in_case, c.number as code, a.id as ended, null::uuid as source from agency a join case_file c on c.lead_agency_id = a.id and c.minimised_at is null where a.valid_to < desk_today() order by c.id limit most)
    union all (select 'report', r.id, null, r.code, a.id, null from agency a join report r on r.handling_agency_id = a.id and r.case_id is null and r.state <> 'erased' and r.minimised_at is null where a.valid_to < desk_today() order by r.id limit most)
    union all (select 'transfer', t.id, t.case_id, t.code, a.id, t.report_id from agency a join transfer t on t.state = 'proposed' and t.to_agency = a.id where a.valid_to < desk_today() order by t.id limit most)
    union all (select 'opinion', o.id, k.case_id, k.code, a.id, o.consultation_id from agency a join opinion o on o.agency_id = a.id and o.state in ('sent', 'overdue') join consultation k on k.id = o.consultation_id
      where a.valid_to < desk_today() order by o.id limit most)
    union all (select 'party', p.case_id, p.case_id, c.number, a.id, null from agency a join case_party p on p.agency_id = a.id and p.ended_at is null join case_file c on c.id = p.case_id where a.valid_to < desk_today() order by p.case_id limit most)
    -- Warning letters move with their receipts (move_alert_receipts).
    union all (select 'task', t.id, t.case_id, t.code, a.id, null from agency a join task t on t.agency_id = a.id and t.state = 'open' and t.kind not in ('transfer', 'opinion')
      and not (t.kind = 'letter' and exists (select 1 from alert_receipt r where r.id = t.source_id)) where a.valid_to < desk_today() order by t.id limit most)
    union all (select 'set', t.id, t.case_id, t.code, a.id, null from agency a join task t on t.set_by_agency = a.id and t.state = 'open' and t.kind <> 'transfer' where a.valid_to < desk_today() order by t.id limit most)
    union all (select 'meeting', m.id, (select min(g.case_id::text)::uuid from meeting_agenda g where g.meeting_id = m.id), m.code, a.id, null from agency a join meeting m on m.agency_id = a.id and m.state in ('planned', 'invited', 'held')
      where a.valid_to < desk_today() order by m.id limit most)
    union all (select 'invitation', m.id, (select min(x.case_id::text)::uuid from meeting_agenda x where x.meeting_id = m.id), m.code, a.id, m.agency_id from agency a join meeting_guest g on g.agency_id = a.id
      join meeting m on m.id = g.meeting_id and m.state in ('planned', 'invited') where a.valid_to < desk_today() order by m.id limit most)
    union all (select 'pack', p.id, p.case_id, p.code, a.id, null from agency a join hand_over_pack p on p.recipient_agency_id = a.id and p.made_at is not null and p.recalled_at is null and p.file_ref is not null and p.expires_at > desk_now()
      where a.valid_to < desk_today() order by p.id limit most)
    union all (select 'document', d.id, d.case_id, d.kind, a.id, null from agency a join document_out d on d.agency_id = a.id and d.number is null and d.cancelled_at is null where a.valid_to < desk_today() order by d.id limit most)
  loop
    if one.what = 'report' then
      select heir_of(one.ended, r.category, r.province_code, r.commune_code) into heir from report r where r.id = one.id;
    elsif one.what = 'transfer' and one.in_case is null then
      select heir_of(one.ended, r.category, r.province_code, r.commune_code) into heir from report r where r.id = one.source;
    else
      heir := heir_for_case(one.ended, one.in_case);
    end if;
    continue when heir is null or heir = one.ended;
    what := case one.what when 'set' then 'task' when 'invitation' then 'meeting' else one.what end;
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
        continue when not exists (select 1 from opinion o where o.id = one.id and o.agency_id = one.ended and o.state in ('sent', 'overdue'));
        if exists (select 1 from opinion o where o.consultation_id = one.source and o.agency_id = heir) or exists (select 1 from consultation k join case_file c on c.id = k.case_id where k.id = one.source and heir in (k.agency_id, c.lead_agency_id)) then
          -- The heir is asked already, or leads the case itself: the question to the ended agency is over.
          perform end_opinions(array[one.id], 'Cơ quan được hỏi đã kết thúc; nơi kế thừa đã được hỏi hoặc đang chủ trì');
          continue;
        end if;
        update opinion set agency_id = heir where id = one.id;
        update task set agency_id = heir, officer_id = null where kind = 'opinion' and source_id = one.id and state = 'open';
        insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'opinion', one.id, one.in_case, one.code, one.ended, heir, desk_now());
        perform note_move('opinion', one.id, 'agency_ended', one.ended, heir, null);
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
      when 'set' then
        update task t set set_by_agency = heir where t.id = one.id and t.state = 'open' and t.set_by_agency = one.ended;
        continue when not found;
        perform note_move('task', one.id, 'set_by', one.ended, heir, null);
      when 'meeting' then
        update meeting m set agency_id = heir, version = version + 1, changed_at = desk_now() where m.id = one.id and m.agency_id = one.ended;
        continue when not found;
        delete from meeting_guest g where g.meeting_id = one.id and g.agency_id = heir and exists (select 1 from meeting m where m.id = one.id and m.state <> 'held');
        insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'meeting', one.id, one.in_case, one.code, one.ended, heir, desk_now());
        perform note_move('meeting', one.id, 'agency_ended', one.ended, heir, null);
      when 'invitation' then
        if exists (select 1 from meeting m where m.id = one.id and m.agency_id = heir) or exists (select 1 from meeting_guest g where g.meeting_id = one.id and g.agency_id = heir) then
          delete from meeting_guest g where g.meeting_id = one.id and g.agency_id = one.ended;
        else
          update meeting_guest g set agency_id = heir where g.meeting_id = one.id and g.agency_id = one.ended;
        end if;
        insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'meeting', one.id, one.in_case, one.code, one.ended, heir, desk_now());
        perform note_move('meeting', one.id, 'guest_ended', one.ended, heir, null);
      when 'pack' then
        insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'pack', one.id, one.in_case, one.code, one.ended, heir, desk_now());
        -- Who made it does not receive it.
        continue when exists (select 1 from hand_over_pack p where p.id = one.id and p.agency_id = heir);
        update hand_over_pack set recipient_agency_id = heir where id = one.id;
        perform note_move('pack', one.id, 'agency_ended', one.ended, heir, null);
      when 'document' then
        insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'document', one.id, one.in_case, one.code, one.ended, heir, desk_now());
        update document_out d set agency_id = heir where d.id = one.id;
        perform note_move('document', one.id, 'agency_ended', one.ended, heir, null);
      else
        if exists (select 1 from task t where t.id = one.id and t.kind = 'hand_over') then
          perform end_tasks(array[one.id], 'Cơ quan đã kết thúc; việc đã chuyển cho nơi kế thừa');
          continue;
        end if;
        update task t set agency_id = heir, officer_id = null where t.id = one.id and t.state = 'open' and t.agency_id = one.ended;
        continue when not found;
        update meeting_action x set agency_id = heir, officer_id = null from task t where t.id = one.id and t.kind = 'action' and x.id = t.source_id;
        insert into hand_over (via, what, item_id, case_id, code, from_agency, to_agency, at) values ('agency_ended', 'task', one.id, one.in_case, one.code, one.ended, heir, desk_now());
        perform note_move('task', one.id, 'agency_ended', one.ended, heir, null);
    end case;
    agency_id := heir; code := one.code; case_id := one.in_case;
    return next;
  end loop;
end $$;

-- Drafts that an ended agency left behind in a case: never approved, only given up, by who leads the case now.
create function inherited_drafts(wanted uuid) returns table (id uuid, measure text, state text, agency_id uuid, since timestamptz) language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, d.measure::text, d.state::text, d.agency_id, (select max(j.at) from journal j where j.entity_id = d.id) from decision d
  where d.case_id = wanted and ctx_kind() = 'officer' and leads_case(wanted) and d.agency_id <> ctx_agency() and is_ended(d.agency_id) and d.state in ('draft', 'returned', 'second_review') order by d.id $$;
create function drop_inherited_draft(wanted uuid, why text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare d decision; c case_file; act text; ends_as text; goes_to text;
begin
  select * into d from decision where id = wanted for update;
  if d.id is null or not exists (select 1 from inherited_drafts(d.case_id) i where i.id = wanted) then raise exception 'no draft that an ended agency left to this one' using errcode = 'insufficient_privilege'; end if;
  if coalesce(length(trim(why)), 0) < 5 then raise exception 'a draft is given up with a reason' using errcode = 'check_violation'; end if;
  act := case when d.state = 'second_review' then 'stop' else 'drop' end;
  ends_as := case act when 'stop' then 'stopped' else 'withdrawn' end;
  -- Who may: case officers a draft, reviewers and leaders what was submitted (require_transition).
  update decision set state = ends_as where id = wanted;
  perform note_end('decision', wanted, act, d.state::text, ends_as, why);
  select * into c from case_file where id = d.case_id for update;
  if c.state <> 'deciding' or exists (select 1 from decision o where o.case_id = c.id and o.state in ('draft', 'returned', 'second_review', 'interim')) then return; end if;
  goes_to := case when exists (select 1 from decision o where o.case_id = c.id and o.state = 'in_force') then 'acting' else 'verifying' end;
  update case_file set state = goes_to where id = c.id;
  perform note_end('case', c.id, case goes_to when 'acting' then 'keep_acting' else 'withdraw_draft' end, 'deciding', goes_to, why);
end $$;

-- ── A case ends ─────────────────────────────────────────────────────────────────────────────────────────────────────
-- Merged: its tasks, open requests and coming meetings go on in the other case. Closed or void: they end with it. Shares stay as they are until
-- the contents go or the lead recalls them: a party is asked about its part of a closed case too. Packs end by their own days.
create function end_case_work() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare why constant text := case when new.merged_into is null then 'Vụ việc đã kết thúc' else 'Vụ việc đã gộp vào vụ việc khác' end; one record; kept text; moved uuid[];
begin
  for one in select t.id from transfer t where t.case_id = new.id and t.state = 'proposed' order by t.id for update loop
    kept := desk_acts();
    update transfer set state = 'withdrawn', answered_at = desk_now(), answered_by = ctx_officer(), answer_reason = why where id = one.id;
    perform set_config('desk.kind', kept, true);
    perform note_end('transfer', one.id, 'withdraw', 'proposed', 'withdrawn', why);
    perform end_tasks(array(select t.id from task t where t.kind = 'transfer' and t.source_id = one.id and t.state = 'open'), why);
  end loop;
  if new.merged_into is not null then
    insert into case_party (case_id, agency_id, since, part, included_by)
      select distinct new.merged_into, o.agency_id, desk_now(), 'consulted', k.officer_id from consultation k join opinion o on o.consultation_id = k.id and o.state <> 'withdrawn'
        where k.case_id = new.id and k.closed_at is null
      on conflict (case_id, agency_id) do update set ended_at = null, part = case when case_party.ended_at is null then case_party.part else 'consulted' end;
    kept := desk_acts();
    update consultation set case_id = new.merged_into where case_id = new.id and closed_at is null;
    with all_of as (update task set case_id = new.merged_into where case_id = new.id and state = 'open' returning id) select coalesce(array_agg(id), '{}') into moved from all_of;
    update meeting_agenda a set case_id = new.merged_into where a.case_id = new.id and exists (select 1 from meeting m where m.id = a.meeting_id and m.state in ('planned', 'invited'))
      and not exists (select 1 from meeting_agenda b where b.meeting_id = a.meeting_id and b.case_id = new.merged_into);
    perform set_config('desk.kind', kept, true);
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, detail)
      select desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'task', id, 'merge', jsonb_build_object('from', new.id, 'to', new.merged_into) from unnest(moved) id;
    return null;
  end if;
  perform end_opinions(array(select o.id from opinion o join consultation k on k.id = o.consultation_id where k.case_id = new.id), why);
  perform end_tasks(array(select t.id from task t where t.case_id = new.id and t.state = 'open'), why);
  for one in select m.id, m.code, m.state, m.invited_at from meeting m where m.id in (select sole_meetings(new.id)) order by m.id for update loop
    kept := desk_acts();
    update meeting set state = 'cancelled', cancel_reason = why, version = version + 1, sequence = sequence + (invited_at is not null)::integer, changed_at = desk_now() where id = one.id;
    perform set_config('desk.kind', kept, true);
    perform note_end('meeting', one.id, 'cancel', one.state, 'cancelled', why);
    perform notify_agency(g.agency_id, '{focal,case_officer,leader}', null, 'meeting_cancelled', one.code, '/can-bo/hop/' || one.code, true) from meeting_guest g where g.meeting_id = one.id and g.invited_at is not null;
  end loop;
  return null;
end $$;
-- Meetings still to come that are about this case alone.
create function sole_meetings(wanted uuid) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select m.id from meeting m where m.state in ('planned', 'invited') and exists (select 1 from meeting_agenda a where a.meeting_id = m.id and a.case_id = wanted)
    and not exists (select 1 from meeting_agenda a join case_file c on c.id = a.case_id where a.meeting_id = m.id and a.case_id <> wanted and c.state <> 'closed') $$;
create trigger case_work_ends after update of state on case_file for each row when (new.state = 'closed' and old.state <> 'closed') execute function end_case_work();
-- What the lead is asked about before it closes: tasks, and meetings about nothing else.
create or replace function case_open_tasks(wanted uuid) returns table (id uuid, code text, title text, agency_id uuid, due_on date) language sql stable security definer set search_path = public, pg_temp as $$
  select o.* from (
    select t.id, t.code, t.title, t.agency_id, t.due_on from task t where t.case_id = wanted and t.state = 'open'
    union all select m.id, m.code, m.title, m.agency_id, (m.starts_at at time zone 'Asia/Ho_Chi_Minh')::date from meeting m where m.id in (select sole_meetings(wanted))) o
  where ctx_kind() in ('officer', 'system') and (ctx_kind() = 'system' or leads_case(wanted)) order by o.due_on, o.id limit 200 $$;

-- ── One day for one thing ───────────────────────────────────────────────────────────────────────────────────────────
-- Requests, transfers and warning letters have the day; their task shows it and has no clock of its own. An action item's day is its task's.
create function task_day(t task) returns date language sql stable security definer set search_path = public, pg_temp as $$
  select case t.kind when 'opinion' then (select k.due_on from opinion o join consultation k on k.id = o.consultation_id where o.id = t.source_id)
    when 'transfer' then (select f.due_on from transfer f where f.id = t.source_id)
    when 'letter' then (select l.due_on from alert_receipt r join alert_letter l on l.id = r.alert_id where r.id = t.source_id)
    when 'action' then (select a.due_on from meeting_action a where a.id = t.source_id) end $$;
create function require_one_day() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare t task;
begin
  select * into t from task where id = new.id;
  if t.state = 'open' and t.due_on is distinct from coalesce(task_day(t), t.due_on) then raise exception 'task: its day is the day of what it comes from' using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger task_one_day after insert or update of due_on, state on task deferrable initially deferred for each row when (new.source_id is not null and new.state = 'open') execute function require_one_day();
create function guard_task_clock() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind <> 'action' and task_day(new) is not null then raise exception 'task: the clock of what it comes from is not stopped here' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger task_clock before update of paused_on on task for each row when (new.paused_on is not null and old.paused_on is null) execute function guard_task_clock();

-- The lead gives those it asked more time while the day is not over; never less.
grant update (due_on) on consultation to lachan_app;
create function guard_extension() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx_kind() = 'system' then return new; end if;
  if ctx_kind() is distinct from 'officer' or not (ctx_has_role('case_officer') or ctx_has_role('leader')) or old.closed_at is not null or old.due_on < desk_today() or new.due_on <= old.due_on
      or new.due_on > desk_today() + 42 or not is_working_day(new.due_on) then
    raise exception 'more time is given by who asked, in person, before the day is over' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger consultation_extended before update of due_on on consultation for each row when (new.due_on <> old.due_on) execute function guard_extension();

-- A day moves with what it belongs to; reminders begin anew.
create function follow_day() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare one record; kept text;
begin
  for one in select t.id, t.due_on from task t where t.state = 'open' and t.due_on <> new.due_on and case tg_table_name
      when 'consultation' then t.kind = 'opinion' and exists (select 1 from opinion o where o.id = t.source_id and o.consultation_id = new.id)
      when 'transfer' then t.kind = 'transfer' and t.source_id = new.id
      else t.kind = 'letter' and exists (select 1 from alert_receipt r where r.id = t.source_id and r.alert_id = new.id) end order by t.id for update loop
    kept := desk_acts();
    update task set due_on = new.due_on, reminded_on = null, overdue_told_on = null, escalated_on = null, coordination_told_on = null where id = one.id;
    perform set_config('desk.kind', kept, true);
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, detail)
      values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'task', one.id, 'move', jsonb_build_object('from', one.due_on, 'to', new.due_on));
  end loop;
  return null;
end $$;
create trigger consultation_day after update of due_on on consultation for each row when (new.due_on <> old.due_on) execute function follow_day();
create trigger transfer_day after update of due_on on transfer for each row when (new.due_on <> old.due_on) execute function follow_day();
create trigger alert_letter_day after update of due_on on alert_letter for each row when (new.due_on <> old.due_on) execute function follow_day();
create function follow_task() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update meeting_action set due_on = new.due_on where id = new.source_id and due_on <> new.due_on;
  return null;
end $$;
create trigger task_action_day after update of due_on on task for each row when (new.kind = 'action' and new.due_on <> old.due_on) execute function follow_task();
create function guard_action_day() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - '{due_on,agency_id,officer_id}'::text[] is distinct from to_jsonb(old) - '{due_on,agency_id,officer_id}'::text[]
      or not exists (select 1 from task t where t.kind = 'action' and t.source_id = new.id and t.agency_id = new.agency_id and t.due_on = new.due_on) then
    raise exception 'meeting: day and agency of an action item are those of its task' using errcode = 'check_violation'; end if;
  return new;
end $$;
drop trigger meeting_action_guard on meeting_action;
create trigger meeting_action_guard before insert or delete on meeting_action for each row execute function guard_meeting_action();
create trigger meeting_action_change before update on meeting_action for each row when (new.due_on = old.due_on and new.agency_id = old.agency_id) execute function guard_meeting_action();
create trigger meeting_action_day before update on meeting_action for each row when (new.due_on <> old.due_on or new.agency_id <> old.agency_id) execute function guard_action_day();

-- What is frozen moves by the calendar alone: from a day off to the next working day.
create function guard_rolled() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'due_on' is distinct from to_jsonb(old) - 'due_on' or is_working_day(old.due_on) or new.due_on <> next_working_day(old.due_on) then
    raise exception '% % is frozen: only a day off moves it', tg_table_name, new.id using errcode = 'check_violation'; end if;
  return new;
end $$;
drop trigger transfer_guard on transfer;
create trigger transfer_guard before insert on transfer for each row execute function guard_transfer();
create trigger transfer_change before update on transfer for each row when (new.due_on = old.due_on) execute function guard_transfer();
create trigger transfer_rolled before update on transfer for each row when (new.due_on <> old.due_on) execute function guard_rolled();
drop trigger alert_letter_guard on alert_letter;
create trigger alert_letter_guard before insert or delete on alert_letter for each row execute function guard_alert();
create trigger alert_letter_change before update on alert_letter for each row when (old.approved_at is null or new.due_on = old.due_on) execute function guard_alert();
create trigger alert_letter_rolled before update on alert_letter for each row when (old.approved_at is not null and new.due_on is distinct from old.due_on) execute function guard_rolled();

-- One rule: whatever is open and due on a day that became a day off is due on the next working day, the thing and its task together.
create or replace function roll_tasks(first date, last date) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare moved integer := 0; one record; later date; kept text; named text;
begin
  if ctx_kind() is distinct from 'officer' or not keeps_directory() then raise exception 'calendar: kept by the coordinating agency' using errcode = 'insufficient_privilege'; end if;
  for one in
    select 'consultation' as what, k.id, k.due_on from consultation k where k.due_on between first and last and not is_working_day(k.due_on) and k.closed_at is null
      and exists (select 1 from opinion o where o.consultation_id = k.id and o.state = 'sent')
    union all select 'transfer', t.id, t.due_on from transfer t where t.state = 'proposed' and t.due_on between first and last and not is_working_day(t.due_on)
    union all select 'alert_letter', l.id, l.due_on from alert_letter l where l.due_on between first and last and not is_working_day(l.due_on) and alert_open(l.id)
  loop
    later := next_working_day(one.due_on);
    named := case one.what when 'alert_letter' then 'alert' else one.what end;
    select moved + count(*) into moved from task t where t.state = 'open' and t.due_on = one.due_on and t.source_id in (
      select one.id union select o.id from opinion o where o.consultation_id = one.id union select r.id from alert_receipt r where r.alert_id = one.id);
    kept := desk_acts();
    execute format('update %I set due_on = $2 where id = $1', one.what) using one.id, later;
    perform set_config('desk.kind', kept, true);
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, detail)
      values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), named, one.id, 'roll', jsonb_build_object('from', one.due_on, 'to', later));
  end loop;
  for one in select t.id, t.due_on from task t where t.state = 'open' and t.due_on between first and last and not is_working_day(t.due_on) order by t.id for update loop
    later := next_working_day(one.due_on);
    update task set due_on = later where id = one.id;
    insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, detail)
      values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'task', one.id, 'roll', jsonb_build_object('from', one.due_on, 'to', later));
    moved := moved + 1;
  end loop;
  return moved;
end $$;

-- ── What retention empties ──────────────────────────────────────────────────────────────────────────────────────────
-- Rows of a case in the rooms of coordination that still hold words, by their row in the catalogue (src/catalogue/retention.ts). The dry run and
-- the run both count with it. `along`: cases whose contents go with this one or before it; a meeting about several cases goes with the last of them.
create function case_words(wanted uuid, along uuid[]) returns table (key text, found integer) language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (select a.id, a.meeting_id from meeting_agenda a where a.case_id = wanted),
  whole as (select m.id from meeting m where m.id in (select meeting_id from mine)
    and not exists (select 1 from meeting_agenda b join case_file c on c.id = b.case_id where b.meeting_id = m.id and c.id <> wanted and c.minimised_at is null and not c.id = any (along))),
  item (key) as (
    select 'case_share' from case_share s where s.case_id = wanted and (s.why <> 'đã xóa' or s.recall_reason <> 'đã xóa')
    union all select 'share_message' from share_message m where m.case_id = wanted and m.body <> 'đã xóa'
    union all select 'share_file' from share_file f where f.case_id = wanted and f.name <> 'đã xóa'
    union all select 'hand_over_pack.words' from hand_over_pack p where p.case_id = wanted and p.why <> 'đã xóa cùng vụ việc'
    union all select 'task' from task t where (t.case_id = wanted or (t.kind = 'action' and exists (select 1 from meeting_action a where a.task_id = t.id and a.meeting_id in (select id from whole))))
      and (t.title <> t.code or t.pause_reason <> 'đã xóa')
    union all select 'consultation' from consultation k where k.case_id = wanted and k.question <> 'đã xóa'
    union all select 'opinion' from opinion o join consultation k on k.id = o.consultation_id where k.case_id = wanted and o.withdrawn_why <> 'đã xóa'
    union all select 'opinion_answer' from opinion_answer a join opinion o on o.id = a.opinion_id join consultation k on k.id = o.consultation_id where k.case_id = wanted
      and (a.reasons not in ('', 'đã xóa') or a.on_points <> '{}' or a.instead_text not in ('', 'đã xóa'))
    union all select 'opinion_mail' from opinion_mail m join opinion o on o.id = m.opinion_id join consultation k on k.id = o.consultation_id where k.case_id = wanted and m.body <> 'đã xóa'
    union all select 'transfer' from transfer t where (t.case_id = wanted or t.report_id in (select r.id from report r where r.case_id = wanted)) and t.reason <> 'đã xóa'
    union all select 'take_over' from take_over t where t.case_id = wanted and t.reason <> 'đã xóa'
    union all select 'hand_over' from hand_over h where (h.case_id = wanted or h.item_id in (select r.id from report r where r.case_id = wanted)) and h.why <> ''
    union all select 'own_act' from own_act a where a.case_id = wanted and (a.what <> 'đã xóa' or a.result <> '')
    union all select 'meeting' from meeting m join whole w on w.id = m.id where m.title <> m.code
    union all select 'meeting_agenda' from meeting_agenda a join case_file c on c.id = wanted where a.case_id = wanted and (a.title <> c.number or a.presenter <> '')
    union all select 'meeting_agenda' from meeting_agenda a join whole w on w.id = a.meeting_id where a.case_id is null and (a.title <> '–' or a.presenter <> '')
    union all select 'meeting_guest' from meeting_guest g join whole w on w.id = g.meeting_id where g.reason not in ('', '(Đã xóa khi hết thời hạn lưu giữ.)') or g.names <> '' or g.came <> ''
    union all select 'meeting_minutes' from meeting_minutes n where (n.agenda_id in (select id from mine) or n.meeting_id in (select id from whole)) and n.discussion <> '(Đã xóa khi hết thời hạn lưu giữ.)'
    union all select 'meeting_conclusion' from meeting_conclusion n join whole w on w.id = n.meeting_id where n.body <> '(Đã xóa khi hết thời hạn lưu giữ.)'
    union all select 'meeting_action' from meeting_action a where (a.case_id = wanted or a.meeting_id in (select id from whole)) and a.what <> '(Đã xóa khi hết thời hạn lưu giữ.)'
    union all select 'meeting_addendum' from meeting_addendum n join whole w on w.id = n.meeting_id where n.body <> '(Đã xóa khi hết thời hạn lưu giữ.)'
    union all select 'document_in.arrival' from document_in d join arrival a on a.id = d.arrival_id join report r on r.id = a.report_id where r.case_id = wanted and d.title <> '(đã xóa)')
  select item.key, count(*)::integer from item where ctx_kind() = 'system' group by item.key $$;
alter function minimise_case(uuid) rename to minimise_case_file;
create function minimise_case(wanted uuid) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare rooms jsonb; done jsonb;
begin
  -- By table, as certificates name what was emptied.
  select coalesce(jsonb_object_agg(w.name, w.n), '{}') into rooms from (select split_part(c.key, '.', 1) as name, sum(c.found) as n from case_words(wanted, '{}') c group by 1) w;
  done := minimise_case_file(wanted);
  return jsonb_set(done, '{counts}', (done -> 'counts') || rooms);
end $$;
-- The words that are left in meetings when the last of its cases goes, and a place is one of them.
create function minimise_meeting_places() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update meeting m set place = '––' where m.title = m.code and m.place <> '––' and exists (select 1 from meeting_agenda a where a.meeting_id = m.id and a.case_id = new.id);
  return null;
end $$;
create trigger minimise_meetings_place after update of minimised_at on case_file for each row when (old.minimised_at is null and new.minimised_at is not null) execute function minimise_meeting_places();

revoke all on function desk_acts, note_end, end_opinions, end_tasks, move_meetings, guard_handed, inherits, inherited_drafts, drop_inherited_draft, end_case_work, sole_meetings, task_day, require_one_day, guard_task_clock, guard_extension, follow_day,
  follow_task, guard_action_day, guard_rolled, case_words, minimise_case, minimise_case_file, minimise_meeting_places from public;
revoke execute on function minimise_case_file from lachan_app;
grant execute on function inherits, inherited_drafts, drop_inherited_draft, case_words, minimise_case to lachan_app;
