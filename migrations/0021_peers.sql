-- Packs between two desks: whose signature is believed, and what came in signed.

-- The province a pack may be taken in by, when its recipient has a desk of its own.
alter table hand_over_pack add column recipient_province text references province, add check (recipient_province is null or target = 'province');

-- ── Desks of other provinces ────────────────────────────────────────────────────────────────────────────────────────
-- One administrator adds a key, a second one compares its fingerprint with the other side and confirms. A changed key is a new row.
create table peer (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, name text not null check (length(name) between 3 and 300), province_code text not null references province,
  public_key bytea not null check (octet_length(public_key) = 32), address text check (address ~ '^https://[^\s<>"]{1,290}$'), directory_agency_id uuid references agency,
  added_by uuid not null references officer, added_at timestamptz not null, confirmed_by uuid references officer, confirmed_at timestamptz,
  ended_by uuid references officer, ended_at timestamptz, end_reason text check (length(end_reason) between 3 and 500),
  check (confirmed_by is distinct from added_by), check ((confirmed_by is null) = (confirmed_at is null)),
  check ((ended_at is null) = (ended_by is null)), check ((ended_at is null) = (end_reason is null)));
create unique index peer_key on peer (public_key) where ended_at is null;

create function guard_peer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not ctx_has_role('administrator') or new.agency_id is distinct from ctx_agency() or not coordinates_today(new.agency_id) then
    raise exception 'peers are kept by administrators of the coordinating agency' using errcode = 'check_violation'; end if;
  if tg_op = 'INSERT' then
    if new.added_by is distinct from ctx_officer() or new.added_at is distinct from desk_now() or num_nonnulls(new.confirmed_by, new.ended_by) > 0 then
      raise exception 'a peer is added in person, now, and confirmed by another' using errcode = 'check_violation'; end if;
    if exists (select 1 from deployment_key k where k.public_key = new.public_key) then raise exception 'the own key is no peer' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (new.id, new.agency_id, new.name, new.province_code, new.public_key, new.address, new.directory_agency_id, new.added_by, new.added_at)
    is distinct from (old.id, old.agency_id, old.name, old.province_code, old.public_key, old.address, old.directory_agency_id, old.added_by, old.added_at) then
    raise exception 'a peer is not rewritten; end it and add another' using errcode = 'check_violation'; end if;
  if old.ended_at is not null then raise exception 'an ended peer stays ended' using errcode = 'check_violation'; end if;
  if (new.confirmed_by, new.confirmed_at) is distinct from (old.confirmed_by, old.confirmed_at)
    and (old.confirmed_by is not null or new.confirmed_by is distinct from ctx_officer() or new.confirmed_by = old.added_by or new.confirmed_at is distinct from desk_now()) then
    raise exception 'a peer is confirmed in person by a second administrator' using errcode = 'check_violation'; end if;
  if new.ended_at is not null and (new.ended_by is distinct from ctx_officer() or new.ended_at is distinct from desk_now()) then
    raise exception 'a peer is ended in person, now' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger peer_guard before insert or update on peer for each row execute function guard_peer();

-- ── What came in signed ─────────────────────────────────────────────────────────────────────────────────────────────
-- Its ZIP is the original of an arrival: it goes with the report, or after 28 days. The row stays, so that nothing comes in twice.
alter table arrival drop constraint arrival_media_check;
alter table arrival add constraint arrival_media_check check (media in ('mail', 'sms', 'call', 'visit', 'letter', 'edxml', 'xarf', 'misp', 'picture', 'pack'));

create table incoming_pack (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, peer_id uuid not null references peer, sender_key bytea not null, pack_id uuid not null,
  code text not null check (code ~ '^BG-\d{2}-\d{6}-\d{4,9}-\d$'), case_number text not null check (case_number ~ '^VV-\d{2}-\d{4}-\d{4,9}$'), sha256 bytea not null check (octet_length(sha256) = 32),
  made_at timestamptz not null, expires_at timestamptz not null, arrival_id uuid unique references arrival on delete set null, imported_by uuid not null references officer, imported_at timestamptz not null,
  outcome text check (outcome in ('accepted', 'declined', 'lapsed')), category harm_category, decided_by uuid references officer, decided_at timestamptz,
  decline_reason text check (length(decline_reason) between 3 and 300), report_id uuid references report on delete set null,
  recalled_at timestamptz, recall_reason text check (length(recall_reason) between 3 and 500),
  unique (sender_key, pack_id), check ((outcome is null) = (decided_at is null)), check (outcome is distinct from 'declined' or decline_reason is not null),
  check (outcome is distinct from 'accepted' or category is not null), check (outcome is null or outcome = 'lapsed' or decided_by is not null),
  check (report_id is null or outcome = 'accepted'), check ((recalled_at is null) = (recall_reason is null)));
create index incoming_pack_office on incoming_pack (agency_id, id desc);
create index incoming_pack_report on incoming_pack (report_id);

create function guard_incoming_pack() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select 1 from peer p where p.id = new.peer_id and p.agency_id = new.agency_id and p.public_key = new.sender_key and p.confirmed_by is not null
        and p.confirmed_by <> p.added_by and p.ended_at is null) then
      raise exception 'only a confirmed peer sends packs' using errcode = 'check_violation'; end if;
    if new.imported_by is distinct from ctx_officer() or new.imported_at is distinct from desk_now() or not coordinates_today(new.agency_id)
      or num_nonnulls(new.outcome, new.report_id, new.recalled_at) > 0 or new.expires_at <= desk_now() then
      raise exception 'a pack is taken in in person, now, before its days are over' using errcode = 'check_violation'; end if;
    if not exists (select 1 from arrival a where a.id = new.arrival_id and a.media = 'pack' and a.agency_id = new.agency_id and a.state = 'waiting' and a.original_sha256 = new.sha256) then
      raise exception 'a pack has its original' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (new.id, new.agency_id, new.peer_id, new.sender_key, new.pack_id, new.code, new.case_number, new.sha256, new.made_at, new.expires_at, new.imported_by, new.imported_at)
    is distinct from (old.id, old.agency_id, old.peer_id, old.sender_key, old.pack_id, old.code, old.case_number, old.sha256, old.made_at, old.expires_at, old.imported_by, old.imported_at)
    or (new.arrival_id is distinct from old.arrival_id and new.arrival_id is not null) then
    raise exception 'what came in is not rewritten' using errcode = 'check_violation'; end if;
  if old.outcome is not null and (new.outcome, new.category, new.decline_reason) is distinct from (old.outcome, old.category, old.decline_reason) then
    raise exception 'what was decided stays' using errcode = 'check_violation'; end if;
  if old.outcome is null and new.outcome is not null and (new.decided_at is distinct from desk_now()
    or (new.outcome = 'lapsed') is distinct from (ctx_kind() = 'system') or (new.outcome <> 'lapsed' and new.decided_by is distinct from ctx_officer())
    or (new.outcome = 'accepted' and new.recalled_at is not null)) then
    raise exception 'a pack is decided in person, now, and not once it was recalled' using errcode = 'check_violation'; end if;
  -- The report is the one its original became, in the intake's own transaction.
  if new.report_id is not null and new.report_id is distinct from old.report_id
    and (old.report_id is not null or not exists (select 1 from arrival a where a.id = new.arrival_id and a.state = 'taken' and a.report_id = new.report_id)) then
    raise exception 'a pack becomes the report of its original' using errcode = 'check_violation'; end if;
  if old.recalled_at is not null and (new.recalled_at, new.recall_reason) is distinct from (old.recalled_at, old.recall_reason) and new.recall_reason <> '(Đã xóa.)' then
    raise exception 'a recalled pack stays recalled' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger incoming_pack_guard before insert or update on incoming_pack for each row execute function guard_incoming_pack();

do $$ declare t text; begin
  foreach t in array array['peer', 'incoming_pack'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_all on %I for all to current_user using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert on peer, incoming_pack to lachan_app;
grant update (confirmed_by, confirmed_at, ended_by, ended_at, end_reason) on peer to lachan_app;
grant update (outcome, category, decided_by, decided_at, decline_reason, report_id, recalled_at, recall_reason) on incoming_pack to lachan_app;
create policy office on peer for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy administered on peer for all to lachan_app using (ctx_kind() = 'officer' and ctx_has_role('administrator') and agency_id = ctx_agency())
  with check (ctx_kind() = 'officer' and ctx_has_role('administrator') and agency_id = ctx_agency());
create policy office on incoming_pack for all to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency() and (ctx_has_role('intake') or ctx_has_role('case_officer') or ctx_has_role('clerk')))
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and (ctx_has_role('intake') or ctx_has_role('case_officer') or ctx_has_role('clerk')));
-- The machine takes away what was kept for a pack that came twice, and ends what nobody answered.
create policy machine on incoming_pack for select to lachan_app using (ctx_kind() in ('intake', 'system'));
create policy lapsed on incoming_pack for update to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
revoke all on function guard_peer, guard_incoming_pack from public;
