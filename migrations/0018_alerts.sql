-- Warning letters to agencies (R22): a closed kind of technical risk, drafted by one officer and approved by another, read and answered by each agency.
-- A letter is about machines: CVE numbers, products, file hashes, domains. It names no person, holds no opinion and defends nobody's reputation.

create function each_matches(items text[], pattern text) returns boolean language sql immutable parallel safe as $$
  select coalesce(bool_and(item ~ pattern), true) from unnest(items) item $$;
create function each_between(items text[], least_characters integer, most_characters integer) returns boolean language sql immutable parallel safe as $$
  select coalesce(bool_and(length(item) between least_characters and most_characters), true) from unnest(items) item $$;
create function coordinates_today(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from competence c where c.agency_id = wanted and c.role = 'coordinate' and c.valid_from <= desk_today() and (c.valid_to is null or c.valid_to >= desk_today())) $$;

create table alert_letter (
  id uuid primary key default uuidv7(), code text not null unique check (code ~ '^CB-[0-9-]+$'), agency_id uuid not null references agency,
  kind text not null check (kind in ('vulnerability', 'malware', 'holiday_risk')), urgency text check (urgency in ('khan', 'thuong_khan', 'hoa_toc')),
  title text not null check (length(title) between 5 and 200), known text not null check (length(known) between 20 and 4000),
  cves text[] not null default '{}' check (cardinality(cves) <= 20 and each_matches(cves, '^CVE-[0-9]{4}-[0-9]{4,7}$')),
  products text[] not null default '{}' check (cardinality(products) <= 20 and each_between(products, 2, 200)),
  hashes text[] not null default '{}' check (cardinality(hashes) <= 50 and each_matches(hashes, '^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$')),
  domains text[] not null default '{}' check (cardinality(domains) <= 50 and each_matches(domains, '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$')),
  actions text[] not null check (cardinality(actions) between 1 and 15 and each_between(actions, 5, 500)),
  report_how text not null check (length(report_how) between 5 and 1000), days integer not null check (days between 1 and 10), due_on date,
  aim text not null check (aim in ('close_hole', 'stop_malware', 'guard_holiday')), legal_basis text references legal_basis, duty text check (duty in ('coordination')),
  audience text not null check (audience in ('all', 'levels', 'chosen')), audience_levels text[] not null default '{}', audience_agencies uuid[] not null default '{}',
  file_ref text, file_name text check (length(file_name) <= 200), file_sha256 bytea, file_bytes integer check (file_bytes between 5 and 10485760),
  drafter_id uuid not null references officer, drafted_at timestamptz not null, changed_at timestamptz not null, submitted_at timestamptz, return_reason text,
  approver_id uuid references officer, approved_at timestamptz, replaces uuid references alert_letter, replaced_by uuid references alert_letter,
  recalled_at timestamptz, recalled_by uuid references officer, recall_reason text check (length(recall_reason) between 5 and 1000),
  closed_at timestamptz, closed_by uuid references officer,
  check (approver_id <> drafter_id), check ((approved_at is null) = (approver_id is null)), check ((approved_at is null) = (due_on is null)),
  check (approved_at is null or submitted_at is not null), check ((legal_basis is null) <> (duty is null)),
  check (kind = 'holiday_risk' or cardinality(cves) + cardinality(products) + cardinality(hashes) + cardinality(domains) > 0),
  check (audience <> 'levels' or cardinality(audience_levels) between 1 and 10), check (audience <> 'chosen' or cardinality(audience_agencies) between 1 and 500),
  check (num_nulls(file_ref, file_name, file_sha256, file_bytes) in (0, 4)),
  check (num_nulls(recalled_at, recalled_by, recall_reason) in (0, 3)), check ((closed_at is null) = (closed_by is null)),
  check (approved_at is not null or num_nonnulls(recalled_at, closed_at, replaced_by) = 0));
create index alert_letter_agency on alert_letter (agency_id, drafted_at desc);
create unique index alert_letter_replaces on alert_letter (replaces) where approved_at is not null;

-- The gate of a letter: four sentences, each answered "yes" by whoever submits and again by whoever approves.
create table alert_check (
  id uuid primary key default uuidv7(), alert_id uuid not null references alert_letter on delete cascade, officer_id uuid not null references officer,
  stage text not null check (stage in ('submit', 'approve')), technical boolean not null check (technical), no_person boolean not null check (no_person),
  no_opinion boolean not null check (no_opinion), no_reputation boolean not null check (no_reputation), at timestamptz not null);
create index alert_check_alert on alert_check (alert_id);

-- One row for each agency that was sent to. sent_to stays when a successor takes it over; ended: the successor has a row of its own.
create table alert_receipt (
  id uuid primary key default uuidv7(), alert_id uuid not null references alert_letter, agency_id uuid not null references agency, sent_to uuid not null references agency,
  sent_at timestamptz not null, read_at timestamptz, read_by uuid references officer, moved_at timestamptz, ended_at timestamptz,
  check ((read_at is null) = (read_by is null)));
create unique index alert_receipt_once on alert_receipt (alert_id, agency_id) where ended_at is null;
create index alert_receipt_agency on alert_receipt (agency_id, sent_at desc);

-- What an agency did, in versions; the last one counts. By the agency itself, or as it said on paper or by telephone.
create table alert_answer (
  id uuid primary key default uuidv7(), receipt_id uuid not null references alert_receipt, version integer not null check (version between 1 and 200),
  answer text not null check (answer in ('not_affected', 'nothing_found', 'handled', 'needs_help', 'not_finished')),
  words text not null default '' check (length(words) <= 2000), machines_checked integer check (machines_checked between 0 and 1000000), machines_affected integer check (machines_affected between 0 and 1000000),
  until_on date, way text not null check (way in ('desk', 'paper', 'phone')), informant text not null default '' check (length(informant) <= 200),
  file_ref text, file_name text check (length(file_name) <= 200), file_sha256 bytea, file_bytes integer check (file_bytes between 5 and 10485760),
  officer_id uuid not null references officer, at timestamptz not null,
  unique (receipt_id, version), check (machines_affected <= machines_checked), check ((answer = 'not_finished') = (until_on is not null)),
  check (answer not in ('not_affected', 'nothing_found') or coalesce(machines_affected, 0) = 0), check (way = 'desk' or informant <> ''),
  check (num_nulls(file_ref, file_name) in (0, 2)), check (num_nulls(file_sha256, file_bytes) in (0, 2)));

-- ── Who sees and does what ──────────────────────────────────────────────────────────────────────────────────────────
create function sends_alert(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from alert_letter l where l.id = wanted and l.agency_id = ctx_agency()) $$;
create function gets_alert(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from alert_receipt r where r.alert_id = wanted and r.agency_id = ctx_agency() and r.ended_at is null) $$;
create function alert_open(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from alert_letter l where l.id = wanted and l.approved_at is not null and l.recalled_at is null and l.replaced_by is null and l.closed_at is null) $$;

do $$ declare t text; begin
  foreach t in array array['alert_letter', 'alert_check', 'alert_receipt', 'alert_answer'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I to current_user using (true) with check (true)', t);
    execute format('create policy machine on %I for select to lachan_app using (ctx_kind() = ''system'')', t);
  end loop;
end $$;
grant select, insert, delete on alert_letter to lachan_app;
grant update (kind, urgency, title, known, cves, products, hashes, domains, actions, report_how, days, due_on, aim, legal_basis, duty, audience, audience_levels, audience_agencies, file_ref, file_name,
  file_sha256, file_bytes, changed_at, submitted_at, return_reason, approver_id, approved_at, replaced_by, recalled_at, recalled_by, recall_reason, closed_at, closed_by) on alert_letter to lachan_app;
create policy sender on alert_letter for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy receiver on alert_letter for select to lachan_app using (ctx_kind() = 'officer' and approved_at is not null and gets_alert(id));
create policy drafted on alert_letter for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency() and drafter_id = ctx_officer());
create policy changed on alert_letter for update to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency()) with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy dropped on alert_letter for delete to lachan_app using (ctx_kind() = 'officer' and drafter_id = ctx_officer() and approved_at is null);

grant select, insert on alert_check to lachan_app;
create policy sender on alert_check for select to lachan_app using (ctx_kind() = 'officer' and sends_alert(alert_id));
create policy added on alert_check for insert to lachan_app with check (ctx_kind() = 'officer' and officer_id = ctx_officer() and sends_alert(alert_id));

grant select, insert, update (read_at, read_by) on alert_receipt to lachan_app;
create policy sender on alert_receipt for select to lachan_app using (ctx_kind() = 'officer' and sends_alert(alert_id));
create policy own on alert_receipt for select to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency() and ended_at is null);
create policy sent on alert_receipt for insert to lachan_app with check (ctx_kind() = 'officer' and sends_alert(alert_id));
create policy read on alert_receipt for update to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency() and ended_at is null) with check (ctx_kind() = 'officer' and agency_id = ctx_agency());

grant select, insert, update (words, informant, file_ref, file_name) on alert_answer to lachan_app;
create policy follows_receipt on alert_answer for select to lachan_app using (ctx_kind() = 'officer' and exists (select 1 from alert_receipt r where r.id = receipt_id));
create policy added on alert_answer for insert to lachan_app with check (ctx_kind() = 'officer' and officer_id = ctx_officer() and exists (select 1 from alert_receipt r where r.id = receipt_id));
create policy emptied on alert_answer for update to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy alerts on journal for select to lachan_app using (ctx_kind() = 'officer' and entity = 'alert' and sends_alert(entity_id));

-- ── Guards ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create function guard_alert() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare rewritten boolean;
begin
  if tg_op = 'DELETE' then
    if old.approved_at is not null then raise exception 'a letter that was sent stays' using errcode = 'restrict_violation'; end if;
    return old;
  end if;
  if exists (select 1 from social_site s, unnest(new.domains) d where d = s.host or d like '%.' || s.host) then
    raise exception 'a site of many people is no technical indicator' using errcode = 'check_violation'; end if;
  if tg_op = 'INSERT' then
    if new.drafter_id is distinct from ctx_officer() or new.agency_id is distinct from ctx_agency() or new.drafted_at is distinct from desk_now() or new.changed_at is distinct from desk_now()
      or num_nonnulls(new.submitted_at, new.approved_at, new.replaced_by, new.return_reason) > 0 then
      raise exception 'a letter begins as a draft, in person, now' using errcode = 'check_violation'; end if;
    if not (ctx_has_role('case_officer') or ctx_has_role('leader')) or not coordinates_today(new.agency_id) then
      raise exception 'letters are drafted by case officers and leaders of the coordinating agency' using errcode = 'check_violation'; end if;
    if new.replaces is not null and not exists (select 1 from alert_letter l where l.id = new.replaces and l.agency_id = new.agency_id and l.approved_at is not null and l.replaced_by is null) then
      raise exception 'replaces no letter of this agency' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (new.id, new.code, new.agency_id, new.drafter_id, new.drafted_at, new.replaces) is distinct from (old.id, old.code, old.agency_id, old.drafter_id, old.drafted_at, old.replaces) then
    raise exception 'what a letter is stays' using errcode = 'check_violation'; end if;
  rewritten := (new.kind, new.urgency, new.title, new.known, new.cves, new.products, new.hashes, new.domains, new.actions, new.report_how, new.days, new.aim, new.legal_basis, new.duty, new.audience,
      new.audience_levels, new.audience_agencies, new.file_ref, new.file_name, new.file_sha256, new.file_bytes, new.changed_at)
    is distinct from (old.kind, old.urgency, old.title, old.known, old.cves, old.products, old.hashes, old.domains, old.actions, old.report_how, old.days, old.aim, old.legal_basis, old.duty, old.audience,
      old.audience_levels, old.audience_agencies, old.file_ref, old.file_name, old.file_sha256, old.file_bytes, old.changed_at);
  if old.approved_at is not null then
    if rewritten or (new.due_on, new.submitted_at, new.approver_id, new.approved_at, new.return_reason) is distinct from (old.due_on, old.submitted_at, old.approver_id, old.approved_at, old.return_reason) then
      raise exception 'a letter that was approved is frozen; a correction is a new letter' using errcode = 'check_violation'; end if;
    if (old.recalled_at is not null and (new.recalled_at, new.recalled_by, new.recall_reason) is distinct from (old.recalled_at, old.recalled_by, old.recall_reason))
      or (old.closed_at is not null and (new.closed_at, new.closed_by) is distinct from (old.closed_at, old.closed_by)) or (old.replaced_by is not null and new.replaced_by is distinct from old.replaced_by) then
      raise exception 'what ended stays ended' using errcode = 'check_violation'; end if;
    if new.recalled_at is distinct from old.recalled_at and (new.recalled_at is distinct from desk_now() or new.recalled_by is distinct from ctx_officer()
        or not (ctx_has_role('case_officer') or ctx_has_role('reviewer') or ctx_has_role('leader'))) then
      raise exception 'a letter is recalled in person, now' using errcode = 'check_violation'; end if;
    if new.closed_at is distinct from old.closed_at and (new.closed_at is distinct from desk_now() or new.closed_by is distinct from ctx_officer() or new.recalled_at is not null
        or not (ctx_has_role('case_officer') or ctx_has_role('leader'))) then
      raise exception 'a summary is closed in person, now' using errcode = 'check_violation'; end if;
    if new.replaced_by is distinct from old.replaced_by and not exists (select 1 from alert_letter l where l.id = new.replaced_by and l.replaces = old.id and l.approved_at = desk_now()) then
      raise exception 'replaced by no letter' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if rewritten and (old.submitted_at is not null or ctx_officer() is distinct from old.drafter_id or new.changed_at is distinct from desk_now()) then
    raise exception 'a draft is changed by its drafter while nobody has it to approve' using errcode = 'check_violation'; end if;
  if old.submitted_at is null and new.submitted_at is not null and (new.submitted_at is distinct from desk_now() or ctx_officer() is distinct from old.drafter_id
      or not exists (select 1 from alert_check c where c.alert_id = new.id and c.stage = 'submit' and c.officer_id = new.drafter_id and c.at = desk_now())) then
    raise exception 'the drafter submits, with the four answers' using errcode = 'check_violation'; end if;
  if old.submitted_at is not null and new.submitted_at is distinct from old.submitted_at and (new.submitted_at is not null
      or ctx_officer() is distinct from old.drafter_id and (coalesce(length(new.return_reason), 0) < 5 or not (ctx_has_role('reviewer') or ctx_has_role('leader')))) then
    raise exception 'a letter is returned with a reason' using errcode = 'check_violation'; end if;
  if new.approved_at is not null then
    if new.approver_id is distinct from ctx_officer() or new.approver_id = new.drafter_id or new.approved_at is distinct from desk_now() or old.submitted_at is null or new.submitted_at is null
      or not (ctx_has_role('reviewer') or ctx_has_role('leader')) or not coordinates_today(new.agency_id) then
      raise exception 'S7: another officer approves, in person, now' using errcode = 'check_violation'; end if;
    if not exists (select 1 from alert_check c where c.alert_id = new.id and c.stage = 'approve' and c.officer_id = new.approver_id and c.at = desk_now()) then
      raise exception 'S2: whoever approves answers the four sentences again' using errcode = 'check_violation'; end if;
    if new.due_on <= desk_today() or new.due_on > desk_today() + 31 then raise exception 'the last day comes after the sending' using errcode = 'check_violation'; end if;
    if new.legal_basis is not null and (not basis_in_force(new.legal_basis, desk_today()) or not exists (select 1 from legal_basis b where b.code = new.legal_basis and b.category = 'malware_attack')) then
      raise exception 'S3: the basis is not in force or not of this harm' using errcode = 'check_violation'; end if;
  end if;
  return new;
end $$;
create trigger alert_letter_guard before insert or update or delete on alert_letter for each row execute function guard_alert();

-- A letter is sent when it is approved, to somebody, and every step is in the journal.
create function require_alert_steps() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.approved_at is not null and not exists (select 1 from alert_receipt r where r.alert_id = new.id) then
    raise exception 'letter % is sent to nobody', new.code using errcode = 'check_violation'; end if;
  if not exists (select 1 from journal j where j.entity = 'alert' and j.entity_id = new.id and j.tx = pg_current_xact_id()) then
    raise exception 'letter % changed without a journal entry', new.code using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger alert_letter_steps after insert or update on alert_letter deferrable initially deferred for each row execute function require_alert_steps();

create function guard_alert_check() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    if exists (select 1 from alert_letter l where l.id = old.alert_id and l.approved_at is not null) then raise exception 'alert_check is append-only' using errcode = 'restrict_violation'; end if;
    return old;
  end if;
  if tg_op <> 'INSERT' then raise exception 'alert_check is append-only' using errcode = 'restrict_violation'; end if;
  if new.officer_id is distinct from ctx_officer() or new.at is distinct from desk_now()
    or not exists (select 1 from alert_letter l where l.id = new.alert_id and l.approved_at is null and (new.stage = 'submit') = (l.drafter_id = new.officer_id)) then
    raise exception 'the answers are given in person, now' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger alert_check_guard before insert or update or delete on alert_check for each row execute function guard_alert_check();

create function guard_alert_receipt() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.sent_at is distinct from desk_now() or new.sent_to <> new.agency_id or num_nonnulls(new.read_at, new.moved_at, new.ended_at) > 0
      or not exists (select 1 from alert_letter l where l.id = new.alert_id and l.approved_at = desk_now() and l.agency_id <> new.agency_id) then
      raise exception 'a letter is sent in the breath that approves it' using errcode = 'check_violation'; end if;
    if not exists (select 1 from agency a where a.id = new.agency_id and a.valid_from <= desk_today() and (a.valid_to is null or a.valid_to >= desk_today())) then
      raise exception 'the agency does not act any more' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (new.read_at, new.read_by) is distinct from (old.read_at, old.read_by) and (old.read_at is not null or new.read_at is distinct from desk_now() or new.read_by is distinct from ctx_officer()
      or old.agency_id is distinct from ctx_agency()) then
    raise exception 'a letter is read once, in person, now' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger alert_receipt_guard before insert or update on alert_receipt for each row execute function guard_alert_receipt();

create function guard_alert_answer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare r alert_receipt; l alert_letter;
begin
  if tg_op = 'UPDATE' then
    if ctx_kind() is distinct from 'system' or not (new.words in (old.words, 'đã xóa') and new.informant in (old.informant, 'đã xóa'))
      or (new.file_ref is not null and (new.file_ref, new.file_name) is distinct from (old.file_ref, old.file_name)) then
      raise exception 'an answer is corrected by a new version' using errcode = 'restrict_violation'; end if;
    return new;
  end if;
  select * into r from alert_receipt where id = new.receipt_id;
  select * into l from alert_letter where id = r.alert_id;
  if not alert_open(l.id) or r.ended_at is not null then raise exception 'the letter takes no answers any more' using errcode = 'check_violation'; end if;
  if new.officer_id is distinct from ctx_officer() or new.at is distinct from desk_now() or (new.until_on is not null and new.until_on < desk_today()) then
    raise exception 'an answer is given in person, now' using errcode = 'check_violation'; end if;
  if new.version is distinct from 1 + (select coalesce(max(a.version), 0) from alert_answer a where a.receipt_id = r.id) then raise exception 'versions follow each other' using errcode = 'check_violation'; end if;
  if new.way = 'desk' and r.agency_id is distinct from ctx_agency() then raise exception 'an agency answers for itself' using errcode = 'check_violation'; end if;
  if new.way <> 'desk' and (l.agency_id is distinct from ctx_agency() or not (ctx_has_role('case_officer') or ctx_has_role('leader') or ctx_has_role('focal') or ctx_has_role('clerk'))) then
    raise exception 'the sender records what came by paper or telephone' using errcode = 'check_violation'; end if;
  if (new.file_ref is null) <> (new.file_bytes is null) then raise exception 'a file is whole' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger alert_answer_guard before insert or update on alert_answer for each row execute function guard_alert_answer();

-- What an agency that ended had to read and answer goes to its successor, as long as the letter is open. Called by the desk's jobs.
create function move_alert_receipts(from_agency uuid, to_agency uuid) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare moved integer;
begin
  if ctx_kind() is distinct from 'system' then raise exception 'moved by the desk''s own job' using errcode = 'check_violation'; end if;
  if not exists (select 1 from agency a join agency_successor s on s.from_agency = a.id where a.id = move_alert_receipts.from_agency and s.to_agency = move_alert_receipts.to_agency and a.valid_to < desk_today()) then
    raise exception 'not a successor of an agency that ended' using errcode = 'check_violation'; end if;
  update alert_receipt r set ended_at = desk_now() where r.agency_id = move_alert_receipts.from_agency and r.ended_at is null and alert_open(r.alert_id)
    and (exists (select 1 from alert_receipt o where o.alert_id = r.alert_id and o.agency_id = move_alert_receipts.to_agency and o.ended_at is null)
      or exists (select 1 from alert_letter l where l.id = r.alert_id and l.agency_id = move_alert_receipts.to_agency));
  update alert_receipt r set agency_id = move_alert_receipts.to_agency, moved_at = desk_now() where r.agency_id = move_alert_receipts.from_agency and r.ended_at is null and alert_open(r.alert_id);
  get diagnostics moved = row_count;
  return moved;
end $$;

revoke all on function coordinates_today, sends_alert, gets_alert, alert_open, move_alert_receipts from public;
grant execute on function coordinates_today, sends_alert, gets_alert, alert_open, move_alert_receipts to lachan_app;
