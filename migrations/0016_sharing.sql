-- Minimal disclosure: what exactly a party is shown of each item, what it says back, packs handed over, and packs between desks.

-- A telephone or account number is shown in full only where the share of that number says so.
alter table case_share add column full_value boolean not null default false, add check (not full_value or kind = 'indicator');

-- ── What an item says to somebody else ──────────────────────────────────────────────────────────────────────────────
-- Numbers of people and addresses of mailboxes inside free text; sums of money stay, since a loss is what is verified. Nine digits with marks
-- between them, or six in a row, that belong to no address of the web.
create function masked_words(words text) returns text language sql immutable parallel safe set search_path = public, pg_temp as $$
  select regexp_replace(regexp_replace(words,
    '[[:alnum:]._%+-]+@(?=[[:alnum:]-]+\.[[:alnum:]])', '•••@', 'g'),
    '(?<![[:alnum:]/=_%.-])(?:\+?\d(?:[ .()-]{0,2}\d){8,}|\+?\d{6,})(?![ .-]?\d|\s?(?:đ|đồng|vnđ|vnd|triệu|tỷ|tr)\M)', '•••', 'gi') $$;

-- Is it of this case, and did it pass the gate?
create function is_case_item(in_case uuid, in_kind text, in_item uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select case in_kind
    when 'report' then exists (select 1 from report r where r.id = in_item and r.case_id = in_case and r.state in ('attached', 'answered'))
    when 'attachment' then exists (select 1 from attachment a join report r on r.id = a.report_id where a.id = in_item and r.case_id = in_case and r.state in ('attached', 'answered'))
    when 'indicator' then exists (select 1 from report_indicator i join report r on r.id = i.report_id where i.indicator_id = in_item and r.case_id = in_case and r.state in ('attached', 'answered'))
    when 'evidence' then exists (select 1 from evidence e where e.id = in_item and e.case_id = in_case)
    when 'verification' then exists (select 1 from verification v where v.id = in_item and v.case_id = in_case)
    else false end $$;

-- One item as others see it: never who reported, never a message, a secret, an officer. Null once it is no item of the case any more.
create function item_content(in_case uuid, in_kind text, in_item uuid, in_full boolean) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select case when not is_case_item(in_case, in_kind, in_item) then null else case in_kind
    when 'report' then (select jsonb_build_object('code', r.code, 'category', r.category, 'narrative', masked_words(r.narrative), 'happenedOn', r.happened_on,
        'moneyLost', r.money_lost, 'commune', c.full_name, 'communeEn', c.full_name_en)
      from report r left join commune c on c.code = r.commune_code where r.id = in_item and r.minimised_at is null)
    when 'attachment' then (select jsonb_build_object('name', masked_words(a.name), 'type', a.media_type, 'bytes', a.copy_bytes, 'report', r.code)
      from attachment a join report r on r.id = a.report_id where a.id = in_item)
    when 'indicator' then (select jsonb_build_object('kind', i.kind, 'display', i.display) || case when in_full and i.sealed is not null
        then jsonb_build_object('sealed', encode(i.sealed, 'base64')) else '{}' end
      from indicator i where i.id = in_item)
    when 'evidence' then (select jsonb_build_object('kind', e.kind, 'description', masked_words(e.description), 'sha256', encode(e.sha256, 'hex'), 'at', e.at) from evidence e where e.id = in_item)
    else (select jsonb_build_object('checked', masked_words(v.checked), 'otherExplanation', masked_words(v.other_explanation), 'finding', masked_words(v.finding),
        'confidence', v.confidence, 'at', v.at)
      from verification v where v.id = in_item) end end $$;
revoke all on function is_case_item, item_content from public;

-- The live shares of an agency, in the order they were made.
create function share_rows(in_case uuid, in_agency uuid) returns table (id uuid, kind text, full_value boolean, shared_at timestamptz, read_at timestamptz, content jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.kind, s.full_value, s.shared_at, s.read_at, i.content from case_share s cross join lateral (select item_content(s.case_id, s.kind, s.item_id, s.full_value) as content) i
  where s.case_id = in_case and s.agency_id = in_agency and s.recalled_at is null and i.content is not null
    and exists (select 1 from case_party p where p.case_id = in_case and p.agency_id = in_agency and p.ended_at is null)
  order by s.id limit 1000 $$;
-- What the own agency is shown of a case it takes part in.
create function shared_items(wanted uuid) returns table (id uuid, kind text, full_value boolean, shared_at timestamptz, read_at timestamptz, content jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.* from share_rows(wanted, ctx_agency()) s where ctx_kind() = 'officer' and takes_part(wanted) $$;
-- The very same for the agency that leads, before and after it shares.
create function shared_items_of(wanted uuid, party uuid) returns table (id uuid, kind text, full_value boolean, shared_at timestamptz, read_at timestamptz, content jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.* from share_rows(wanted, party) s where ctx_kind() = 'officer' and leads_case(wanted) $$;
create function preview_items(wanted uuid, kinds text[], items uuid[], fulls boolean[]) returns table (kind text, item_id uuid, full_value boolean, content jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select u.kind, u.item, u.is_full, c.content
  from unnest(kinds, items, fulls) as u(kind, item, is_full) cross join lateral (select item_content(wanted, u.kind, u.item, u.is_full) as content) c
  where ctx_kind() = 'officer' and leads_case(wanted) and c.content is not null $$;
-- The newest items of a kind that may be shared.
create function case_items(wanted uuid, most integer) returns table (kind text, item_id uuid, content jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  with found as (
    (select 1 as place, 'report' as kind, r.id as item_id from report r where r.case_id = wanted and r.state in ('attached', 'answered') and r.minimised_at is null order by r.id desc limit most)
    union all (select 2, 'attachment', a.id from attachment a join report r on r.id = a.report_id where r.case_id = wanted and r.state in ('attached', 'answered') order by a.id desc limit most)
    union all (select distinct on (i.indicator_id) 3, 'indicator', i.indicator_id from report_indicator i join report r on r.id = i.report_id where r.case_id = wanted and r.state in ('attached', 'answered')
      order by i.indicator_id desc limit most)
    union all (select 4, 'evidence', e.id from evidence e where e.case_id = wanted order by e.id desc limit most)
    union all (select 5, 'verification', v.id from verification v where v.case_id = wanted order by v.id desc limit most))
  select f.kind, f.item_id, c.content from found f cross join lateral (select item_content(wanted, f.kind, f.item_id, false) as content) c
  where ctx_kind() = 'officer' and leads_case(wanted) and c.content is not null order by f.place, f.item_id $$;
-- The stored copy of a shared picture; nothing from the moment of its recall.
create function shared_picture(share uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select a.copy_ref from case_share s join attachment a on a.id = s.item_id
  where s.id = share and s.kind = 'attachment' and s.agency_id = ctx_agency() and s.recalled_at is null and ctx_kind() = 'officer' and takes_part(s.case_id)
    and is_case_item(s.case_id, s.kind, s.item_id) $$;
-- A receipt for items that can be read now; a recalled one takes the whole receipt back. Returns how many were not read before.
create function read_shares(in_case uuid, shares uuid[]) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare fresh integer;
begin
  if ctx_kind() is distinct from 'officer' or not takes_part(in_case) or cardinality(shares) = 0
    or exists (select 1 from unnest(shares) as u(share) where not exists (select 1 from case_share s where s.id = u.share and s.case_id = in_case and s.agency_id = ctx_agency() and s.recalled_at is null)) then
    return null;
  end if;
  update case_share set read_at = desk_now(), read_by = ctx_officer() where id = any (shares) and read_at is null;
  get diagnostics fresh = row_count;
  return fresh;
end $$;
revoke all on function share_rows, shared_items, shared_items_of, preview_items, case_items, shared_picture, read_shares from public;
grant execute on function shared_items, shared_items_of, preview_items, case_items, shared_picture, read_shares to lachan_app;

-- Who ends a part takes back what was shown.
create function recall_from_ended() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update case_share set recalled_at = desk_now(), recalled_by = ctx_officer(), recall_reason = 'Thôi tham gia vụ việc'
    where case_id = new.case_id and agency_id = new.agency_id and recalled_at is null and ctx_officer() is not null;
  return null;
end $$;
create trigger case_party_ended after update of ended_at on case_party for each row when (old.ended_at is null and new.ended_at is not null) execute function recall_from_ended();

-- ── What a party says and sends back ────────────────────────────────────────────────────────────────────────────────
create table share_message (
  id uuid primary key default uuidv7(), case_id uuid not null references case_file, agency_id uuid not null references agency, from_agency uuid not null references agency,
  officer_id uuid not null references officer, body text not null check (length(body) between 1 and 2000), at timestamptz not null);
create index share_message_case on share_message (case_id, agency_id, id);
create table share_file (
  id uuid primary key default uuidv7(), case_id uuid not null references case_file, agency_id uuid not null references agency, officer_id uuid not null references officer,
  name text not null check (length(name) between 1 and 200), media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'text/plain',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')),
  bytes integer not null check (bytes between 1 and 10485760), file_ref text, sha256 bytea not null, at timestamptz not null, evidence_id uuid references evidence);
create index share_file_case on share_file (case_id, agency_id, id);
do $$ declare t text; begin
  foreach t in array array['share_message', 'share_file'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_all on %I for all to current_user using (true) with check (true)', t);
    execute format('create policy both_sides on %I for select to lachan_app using (ctx_kind() = ''officer'' and (leads_case(case_id) or (agency_id = ctx_agency() and takes_part(case_id))))', t);
    execute format('create policy counted on %I for select to lachan_app using (ctx_kind() = ''system'')', t);
  end loop;
end $$;
grant select, insert on share_message, share_file to lachan_app;
grant update (evidence_id, file_ref) on share_file to lachan_app;
create policy said on share_message for insert to lachan_app with check (ctx_kind() = 'officer' and officer_id = ctx_officer() and from_agency = ctx_agency()
  and (leads_case(case_id) or (agency_id = ctx_agency() and takes_part(case_id))));
create policy sent on share_file for insert to lachan_app with check (ctx_kind() = 'officer' and officer_id = ctx_officer() and agency_id = ctx_agency() and takes_part(case_id)
  and evidence_id is null and file_ref is not null);
create policy filed on share_file for update to lachan_app using (ctx_kind() = 'officer' and leads_case(case_id)) with check (ctx_kind() = 'officer' and leads_case(case_id));
create policy purged on share_file for update to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');

-- Where no pictures are stored nothing that may hold one comes back either; nothing goes into a closed case; a filed file is evidence of its case.
create function guard_share_file() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if (new.id, new.case_id, new.agency_id, new.sha256) is distinct from (old.id, old.case_id, old.agency_id, old.sha256) or (old.evidence_id is not null and new.evidence_id is distinct from old.evidence_id)
      or (new.file_ref is distinct from old.file_ref and new.file_ref is not null)
      or (new.evidence_id is not null and not exists (select 1 from evidence e where e.id = new.evidence_id and e.case_id = new.case_id and e.sha256 = new.sha256)) then
      raise exception 'a file that was sent stays as it is' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if new.at is distinct from desk_now() then raise exception 'a file is sent now' using errcode = 'check_violation'; end if;
  if exists (select 1 from case_file c join category k on k.code = c.category where c.id = new.case_id and not k.stores_images) then
    raise exception 'images of this category are never stored' using errcode = 'check_violation'; end if;
  if exists (select 1 from case_file c where c.id = new.case_id and c.state = 'closed') then raise exception 'the case is closed' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger share_file_guard before insert or update on share_file for each row execute function guard_share_file();

-- ── Hand-over packs (R9) ────────────────────────────────────────────────────────────────────────────────────────────
-- target: an agency of this desk; police outside of it; another province. Drafted by one, approved by another, made by a case officer.
create table hand_over_pack (
  id uuid primary key default uuidv7(), code text not null unique check (code ~ '^BG-\d{2}-\d{6}-\d{4,9}-\d$'), case_id uuid not null references case_file, agency_id uuid not null references agency,
  target text not null check (target in ('agency', 'police', 'province')), recipient_agency_id uuid references agency, recipient_name text not null check (length(recipient_name) between 3 and 300),
  why text not null check (length(why) between 10 and 1000), legal_ground text not null default '' check (length(legal_ground) <= 1000), with_originals boolean not null default false,
  contact_report_id uuid references report on delete set null, contact_reason text check (length(contact_reason) between 20 and 500), days integer not null default 30 check (days between 1 and 90),
  drafter_id uuid not null references officer, drafted_at timestamptz not null,
  approver_id uuid references officer, approved_at timestamptz, approve_reason text check (length(approve_reason) between 10 and 1000), refused_at timestamptz,
  made_by uuid references officer, made_at timestamptz, file_ref text, sha256 bytea, bytes bigint, expires_at timestamptz,
  read_at timestamptz, read_by uuid references officer, receipt_number text check (length(receipt_number) <= 100), receipt_on date, receipt_office text check (length(receipt_office) between 3 and 300),
  receipt_by uuid references officer, recalled_at timestamptz, recalled_by uuid references officer, recall_reason text check (length(recall_reason) between 3 and 500),
  check (approver_id is distinct from drafter_id), check ((target = 'agency') = (recipient_agency_id is not null)), check (approved_at is null or refused_at is null),
  check ((approver_id is null) = (approved_at is null and refused_at is null)), check ((approver_id is null) = (approve_reason is null)),
  check ((made_at is null) = (made_by is null)), check (made_at is null or (approved_at is not null and sha256 is not null and expires_at is not null)),
  check (contact_report_id is null or contact_reason is not null),
  check ((recalled_at is null) = (recalled_by is null)), check ((recalled_at is null) = (recall_reason is null)), check (recalled_at is null or file_ref is null));
create index hand_over_pack_case on hand_over_pack (case_id, id);
create index hand_over_pack_receiver on hand_over_pack (recipient_agency_id, id) where made_at is not null;
create table pack_item (
  pack_id uuid not null references hand_over_pack, kind text not null check (kind in ('report', 'attachment', 'indicator', 'evidence', 'verification')), item_id uuid not null,
  full_value boolean not null default false, primary key (pack_id, kind, item_id), check (not full_value or kind = 'indicator'));
alter table hand_over_pack enable row level security;
alter table hand_over_pack force row level security;
create policy owner_all on hand_over_pack for all to current_user using (true) with check (true);
alter table pack_item enable row level security;
alter table pack_item force row level security;
create policy owner_all on pack_item for all to current_user using (true) with check (true);
grant select, insert on hand_over_pack, pack_item to lachan_app;
grant update (approver_id, approved_at, approve_reason, refused_at, made_by, made_at, file_ref, sha256, bytes, expires_at, receipt_number, receipt_on, receipt_office, receipt_by,
  recalled_at, recalled_by, recall_reason) on hand_over_pack to lachan_app;
create policy own on hand_over_pack for all to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency() and leads_case(case_id))
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and leads_case(case_id));
create policy receiver on hand_over_pack for select to lachan_app using (ctx_kind() = 'officer' and recipient_agency_id = ctx_agency() and made_at is not null and recalled_at is null
  and file_ref is not null and expires_at > desk_now());
create policy machine on hand_over_pack for select to lachan_app using (ctx_kind() = 'system');
create policy purged on hand_over_pack for update to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy own on pack_item for select to lachan_app using (exists (select 1 from hand_over_pack p where p.id = pack_id and p.agency_id = ctx_agency()));
create policy drafted on pack_item for insert to lachan_app with check (ctx_kind() = 'officer'
  and exists (select 1 from hand_over_pack p where p.id = pack_id and p.agency_id = ctx_agency() and p.drafter_id = ctx_officer() and p.approver_id is null));

create function guard_pack() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare to_police boolean;
begin
  if tg_op = 'INSERT' then
    if new.drafter_id is distinct from ctx_officer() or new.drafted_at is distinct from desk_now() or not (ctx_has_role('case_officer') or ctx_has_role('leader'))
      or num_nonnulls(new.approver_id, new.made_at, new.read_at, new.receipt_by, new.recalled_at, new.file_ref) > 0 then
      raise exception 'a pack is drafted in person, now' using errcode = 'check_violation'; end if;
    to_police := new.target = 'police' or exists (select 1 from agency a where a.id = new.recipient_agency_id and a.level = 'police');
    if new.contact_report_id is not null and (not to_police or not is_case_item(new.case_id, 'report', new.contact_report_id)) then
      raise exception 'S12: the contact of a reporter goes to the police alone' using errcode = 'check_violation'; end if;
    if new.recipient_agency_id is not null and (new.recipient_agency_id = new.agency_id
      or not exists (select 1 from agency a where a.id = new.recipient_agency_id and a.valid_from <= desk_today() and coalesce(a.valid_to >= desk_today(), true))) then
      raise exception 'the recipient is no agency of the directory' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (old.id, old.code, old.case_id, old.agency_id, old.target, old.recipient_agency_id, old.recipient_name, old.legal_ground, old.with_originals, old.days, old.drafter_id, old.drafted_at)
    is distinct from (new.id, new.code, new.case_id, new.agency_id, new.target, new.recipient_agency_id, new.recipient_name, new.legal_ground, new.with_originals, new.days, new.drafter_id, new.drafted_at) then
    raise exception 'a pack is not rewritten' using errcode = 'check_violation'; end if;
  if old.approver_id is not null and (new.approver_id, new.approved_at, new.refused_at) is distinct from (old.approver_id, old.approved_at, old.refused_at) then
    raise exception 'what was decided stays' using errcode = 'check_violation'; end if;
  if old.approver_id is null and new.approver_id is not null then
    if new.approver_id is distinct from ctx_officer() or not (ctx_has_role('reviewer') or ctx_has_role('leader')) or coalesce(new.approved_at, new.refused_at) is distinct from desk_now() then
      raise exception 'S7: a pack is approved in person by a reviewer or leader' using errcode = 'check_violation'; end if;
    if new.approved_at is not null then
      if not exists (select 1 from pack_item i where i.pack_id = new.id) then raise exception 'an empty pack' using errcode = 'check_violation'; end if;
      -- Outside of the desk nothing goes without a decision in force, or, to another province, a written ground (SCOPE 6, R9).
      if new.target <> 'agency' and not exists (select 1 from decision d where d.case_id = new.case_id and d.measure = 'REFERRAL_POLICE' and d.state = 'in_force')
        and not (new.target = 'province' and length(new.legal_ground) >= 20) then
        raise exception 'SCOPE 6: nothing goes outside without a decision in force' using errcode = 'check_violation'; end if;
    end if;
  end if;
  if old.made_at is null and new.made_at is not null and (new.approved_at is null or new.made_by is distinct from ctx_officer() or new.made_at is distinct from desk_now()
    or new.file_ref is null or new.expires_at is distinct from desk_now() + make_interval(days => new.days) or new.recalled_at is not null) then
    raise exception 'only an approved pack is made' using errcode = 'check_violation'; end if;
  if old.made_at is not null and ((new.made_at, new.made_by, new.sha256, new.bytes, new.expires_at) is distinct from (old.made_at, old.made_by, old.sha256, old.bytes, old.expires_at)
    or (new.file_ref is distinct from old.file_ref and new.file_ref is not null)) then
    raise exception 'a pack that was made stays as it is' using errcode = 'check_violation'; end if;
  if old.recalled_at is not null and (new.recalled_at, new.recalled_by) is distinct from (old.recalled_at, old.recalled_by) then
    raise exception 'a recalled pack stays recalled' using errcode = 'check_violation'; end if;
  if old.recalled_at is null and new.recalled_at is not null and new.recalled_by is distinct from ctx_officer() then
    raise exception 'recalled in the name of another officer' using errcode = 'check_violation'; end if;
  if old.receipt_by is null and new.receipt_by is not null and (new.receipt_by is distinct from ctx_officer() or new.target = 'agency' or new.made_at is null or new.receipt_office is null or new.receipt_on is null) then
    raise exception 'the receipt of an office outside is recorded by an officer' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger hand_over_pack_guard before insert or update on hand_over_pack for each row execute function guard_pack();
create function guard_pack_item() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from hand_over_pack p where p.id = new.pack_id and is_case_item(p.case_id, new.kind, new.item_id)) then
    raise exception 'not an item of this case that passed the gate' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger pack_item_guard before insert on pack_item for each row execute function guard_pack_item();
-- What goes into a pack, shaped as for a party.
create function pack_contents(wanted uuid) returns table (kind text, item_id uuid, full_value boolean, content jsonb) language sql stable security definer set search_path = public, pg_temp as $$
  select i.kind, i.item_id, i.full_value, c.content from pack_item i join hand_over_pack p on p.id = i.pack_id cross join lateral (select item_content(p.case_id, i.kind, i.item_id, i.full_value) as content) c
  where i.pack_id = wanted and p.agency_id = ctx_agency() and ctx_kind() = 'officer' and leads_case(p.case_id) and c.content is not null order by i.kind, i.item_id $$;
create function read_pack(wanted uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update hand_over_pack set read_at = coalesce(read_at, desk_now()), read_by = coalesce(read_by, ctx_officer())
    where id = wanted and recipient_agency_id = ctx_agency() and ctx_kind() = 'officer' and made_at is not null and recalled_at is null and file_ref is not null and expires_at > desk_now();
  return found;
end $$;
revoke all on function pack_contents, read_pack from public;
grant execute on function pack_contents, read_pack to lachan_app;

-- ── The key of this desk: signs what it hands over ─────────────────────────────────────────────────────────────────────────────────────────────
create table deployment_key (only_one boolean primary key default true check (only_one), public_key bytea not null check (octet_length(public_key) = 32), sealed_private bytea not null, made_at timestamptz not null);
do $$ declare t text; begin
  foreach t in array array['deployment_key'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_all on %I for all to current_user using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert on deployment_key to lachan_app;
create policy machine on deployment_key for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
revoke all on function recall_from_ended, guard_share_file, guard_pack, guard_pack_item from public;

-- ── Minimising ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function minimise_sharing() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update share_message set body = 'đã xóa' where case_id = new.id;
  update share_file set name = 'đã xóa' where case_id = new.id;
  update hand_over_pack set why = 'đã xóa cùng vụ việc', approve_reason = case when approver_id is null then null else 'đã xóa cùng vụ việc' end,
    recall_reason = case when recalled_at is null then null else 'đã xóa' end, contact_reason = case when contact_reason is null then null else 'đã xóa cùng nội dung vụ việc' end where case_id = new.id;
  return null;
end $$;
create trigger minimise_sharing after update of minimised_at on case_file for each row when (old.minimised_at is null and new.minimised_at is not null) execute function minimise_sharing();
revoke all on function minimise_sharing from public;
