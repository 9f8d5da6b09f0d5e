-- Every measure, not the public warning alone: what each may name and ask, to whom, the urgent interim measure of one officer,
-- legal review, renewal, stay; and what a decision must show before it binds anybody (S1–S7, S10).

alter domain decision_state drop constraint decision_state_check;
alter domain decision_state add constraint decision_state_check check (value in (
  'draft', 'second_review', 'returned', 'stopped', 'interim', 'in_force', 'expired', 'withdrawn', 'reversed'));
create domain locator_kind as text check (value in ('url', 'domain', 'phone', 'bank_account', 'file_hash'));
create domain recipient_kind as text check (value in (
  'platform', 'hoster', 'registrar', 'telecom', 'bank', 'provincial_committee', 'police'));

alter table category add column legal_review boolean not null default false;
alter table measure
  add column locators text[] not null default '{}', add column needs_locator boolean not null default true,
  add column recipients text[] not null default '{}', add column fields text[] not null default '{}', add column interim boolean not null default false;

-- Sites where a page is a person, a group or a channel; only what matches a pattern of one item may be named (SCOPE, never built 5).
create table social_site (host text primary key, items text[] not null);

-- ── Recipients: who may be written to, entered by the keepers of the directory, never by a drafter ──────────────────
create table recipient (
  id uuid primary key default uuidv7(), kind recipient_kind not null, name text not null check (length(name) between 3 and 200),
  name_en text not null default '' check (length(name_en) <= 200), address text not null default '' check (length(address) <= 400),
  email text check (email ~ '^[^[:space:]@]+@[^[:space:]@]+$'), language text not null default 'vi' check (language in ('vi', 'en')),
  format text not null default 'letter' check (format in ('letter', 'xarf')), agency_id uuid references agency, source text not null default '',
  valid_from date not null, valid_to date, check (valid_to is null or valid_to >= valid_from), unique (kind, name, valid_from));

-- ── Decisions ───────────────────────────────────────────────────────────────────────────────────────────────────────
alter table decision
  add column detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object' and length(detail::text) <= 20000),
  add column renews uuid references decision, add column interim_at timestamptz, add column interim_until timestamptz,
  add column stayed_at timestamptz,
  add check ((interim_at is null) = (interim_until is null)), add check (interim_until <= interim_at + interval '24 hours'),
  add check (state <> 'interim' or interim_until is not null);
create index decision_renews on decision (renews) where renews is not null;
create index decision_interim on decision (interim_until) where state = 'interim';
alter table decision_element add column evidence_ids uuid[] not null default '{}';
alter table decision_locator drop constraint decision_locator_granularity_check;
alter table decision_locator add constraint decision_locator_granularity_check check (granularity in ('url', 'host', 'domain', 'phone', 'account', 'file'));
create index decision_locator_indicator on decision_locator (indicator_id);
create table decision_recipient (
  decision_id uuid not null references decision, recipient_id uuid not null references recipient, primary key (decision_id, recipient_id));

-- What was drafted before elements carried their evidence keeps it: every element rests on what the draft named.
alter table decision_element disable trigger user;
alter table decision_element no force row level security;
alter table decision_evidence no force row level security;
update decision_element e set evidence_ids = array(select v.evidence_id from decision_evidence v where v.decision_id = e.decision_id);
alter table decision_evidence force row level security;
alter table decision_element force row level security;
alter table decision_element enable trigger user;

-- Who a decision concerns opens it by code and secret: its recipients, and the person affected through the intermediary that knows them
-- (never by unmasking). A delay has a reason of a closed list and an end of its own (S8).
create table decision_access (
  id uuid primary key default uuidv7(), decision_id uuid not null references decision, party text not null check (party in ('recipient', 'affected')),
  recipient_id uuid references recipient, code text not null unique, secret_hash bytea not null unique, created_at timestamptz not null,
  delay_reason text check (delay_reason in ('police_request', 'danger_to_person', 'fraud_under_way')), delay_until timestamptz,
  check ((delay_reason is null) = (delay_until is null)), check (delay_until <= created_at + interval '30 days'),
  check ((party = 'recipient') = (recipient_id is not null)));
create index decision_access_decision on decision_access (decision_id);
create function ctx_access() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('desk.access', true), '')::uuid $$;
-- Code and secret together open exactly one decision, once its delay has ended.
create function access_by_secret(wanted_code text, wanted_secret bytea) returns table (id uuid, decision_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.decision_id from decision_access a where a.code = wanted_code and a.secret_hash = wanted_secret
    and (a.delay_until is null or a.delay_until <= desk_now()) $$;

-- A legal officer's word on a submitted draft of a speech-adjacent category.
create table legal_review (
  id uuid primary key default uuidv7(), decision_id uuid not null references decision, submission integer not null,
  officer_id uuid not null references officer, agrees boolean not null, note text not null check (length(note) between 3 and 4000), at timestamptz not null,
  unique (decision_id, submission, officer_id));
create trigger legal_review_append_only before update or delete on legal_review for each statement execute function refuse_change();

create function basis_in_force(wanted text, on_date date) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from legal_basis b join legal_document d on d.code = b.document
    where b.code = wanted and d.valid_from <= on_date and (d.valid_to is null or d.valid_to >= on_date)) $$;

-- One exact thing, never a pattern, a person's page, a channel or a platform (S6).
create function is_exact(kind locator_kind, value text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when kind not in ('url', 'domain') then true
    when value is null or strpos(split_part(value, '?', 1), '*') > 0 then false
    when kind = 'domain' then not exists (select 1 from social_site s where value = s.host or value like '%.' || s.host)
    else not exists (select 1 from social_site s where (split_part(value, '/', 1) = s.host or split_part(value, '/', 1) like '%.' || s.host)
      and not exists (select 1 from unnest(s.items) item where substr(value, length(split_part(value, '/', 1)) + 1) ~ item)) end $$;

create or replace function guard_decision_source() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare wanted uuid := (select d.case_id from decision d where d.id = new.decision_id); found boolean;
begin
  if tg_table_name = 'decision_evidence' then
    select exists (select 1 from evidence e where e.id = new.evidence_id and e.case_id = wanted) into found;
  else
    select exists (select 1 from report_indicator i join report r on r.id = i.report_id join indicator x on x.id = i.indicator_id
      where i.indicator_id = new.indicator_id and r.case_id = wanted and r.state in ('attached', 'answered')
        and x.kind = case new.granularity when 'url' then 'url' when 'phone' then 'phone' when 'account' then 'bank_account' when 'file' then 'file_hash' else 'domain' end) into found;
    if found and not (select x.kind = any (m.locators) from decision d join measure m on m.code = d.measure, indicator x where d.id = new.decision_id and x.id = new.indicator_id) then
      raise exception 'S6: this measure does not name that kind of thing' using errcode = 'check_violation'; end if;
    if found and not (select x.kind in ('phone', 'bank_account') or is_exact(x.kind::text::locator_kind, x.value) from indicator x where x.id = new.indicator_id) then
      raise exception 'S6: a profile, channel, platform or pattern is no exact locator' using errcode = 'check_violation'; end if;
  end if;
  if not found then raise exception 'S5, S6: evidence and locators come from the case of the decision' using errcode = 'check_violation'; end if;
  return new;
end $$;

create function guard_decision_recipient() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from decision d join measure m on m.code = d.measure join recipient r on r.id = new.recipient_id
    where d.id = new.decision_id and r.kind = any (m.recipients) and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today())) then
    raise exception 'S1: this measure does not go to that recipient' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger decision_recipient_kind before insert or update on decision_recipient for each row execute function guard_decision_recipient();
create trigger decision_recipient_guard before insert or update or delete on decision_recipient for each row execute function guard_decision_part();

-- What a decision shows before it takes effect, by one officer for a day or by two until its end. @on_date the date of the act
create function require_content(d decision, on_date date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare m measure; basis legal_basis;
begin
  if not exists (select 1 from report r join gate_check g on g.report_id = r.id where r.case_id = d.case_id and r.state in ('attached', 'answered') and g.passed) then
    raise exception 'S2: no report of this case has passed the gate' using errcode = 'check_violation'; end if;
  -- In matters of what people say, who complains does not decide.
  if not (select c.links_cases from category c where c.code = d.category) and not exists (select 1 from report r where r.case_id = d.case_id
       and r.state in ('attached', 'answered') and r.sender_agency_id is distinct from d.agency_id) then
    raise exception 'S2: an agency does not decide on its own complaint' using errcode = 'check_violation'; end if;
  select * into m from measure where code = d.measure;
  if not m.available or not d.category = any (m.categories) then
    raise exception 'S1: measure % does not fit category %', d.measure, d.category using errcode = 'check_violation'; end if;
  if d.aim is null then raise exception 'S1: the aim is missing' using errcode = 'check_violation'; end if;
  select * into basis from legal_basis where code = d.legal_basis;
  if basis.code is null or basis.category <> d.category then
    raise exception 'S3: the legal basis is missing or of another category' using errcode = 'check_violation'; end if;
  if not basis_in_force(d.legal_basis, on_date) then
    raise exception 'S3: % is not in force on %', d.legal_basis, on_date using errcode = 'check_violation'; end if;
  if not exists (select 1 from competence c where c.id = d.competence_id and c.agency_id = d.agency_id and c.category = d.category
                 and c.role in ('coordinate', 'lead') and c.valid_from <= on_date and (c.valid_to is null or c.valid_to >= on_date)) then
    raise exception 'S4: this agency has no power for this' using errcode = 'check_violation'; end if;
  if length(trim(d.facts)) < 20 then raise exception 'S5: the facts are missing' using errcode = 'check_violation'; end if;
  if not exists (select 1 from decision_evidence e where e.decision_id = d.id) then
    raise exception 'S5: at least one piece of evidence' using errcode = 'check_violation'; end if;
  if exists (select 1 from unnest(basis.elements) wanted where not exists (select 1 from decision_element e where e.decision_id = d.id and e.element = wanted
       and exists (select 1 from decision_evidence v where v.decision_id = d.id and v.evidence_id = any (e.evidence_ids)))) then
    raise exception 'S5: an element of the clause is not answered with evidence' using errcode = 'check_violation'; end if;
  if not m.lesser_options <@ array(select option from decision_option o where o.decision_id = d.id) then
    raise exception 'S5: a less intrusive option is not answered' using errcode = 'check_violation'; end if;
  if exists (select 1 from unnest(m.fields) field where length(trim(coalesce(d.detail ->> field, ''))) < 1) then
    raise exception 'S5: what this measure asks for is not filled in' using errcode = 'check_violation'; end if;
  if m.needs_locator and not exists (select 1 from decision_locator l where l.decision_id = d.id) then
    raise exception 'S6: no exact locator' using errcode = 'check_violation'; end if;
  if m.needs_locator and length(trim(d.side_effects)) < 3 then
    raise exception 'S6: the effect on others is not considered' using errcode = 'check_violation'; end if;
  if cardinality(m.recipients) > 0 and not exists (select 1 from decision_recipient r where r.decision_id = d.id) then
    raise exception 'S8: no recipient' using errcode = 'check_violation'; end if;
  if d.territory is null or d.starts_on is null then raise exception 'S6: territory or start is missing' using errcode = 'check_violation'; end if;
  if m.max_days is not null and (d.ends_on is null or d.ends_on <= d.starts_on or d.ends_on > d.starts_on + m.max_days
       or d.ends_on > on_date + m.max_days or d.ends_on <= on_date) then
    raise exception 'S6: the end date is missing or too far' using errcode = 'check_violation'; end if;
  if m.max_days is null and d.ends_on is not null then raise exception 'S6: this measure has no term' using errcode = 'check_violation'; end if;
  -- Renewing is a new decision on fresh evidence.
  if d.renews is not null and not exists (select 1 from decision_evidence v join evidence e on e.id = v.evidence_id, decision old
       where v.decision_id = d.id and old.id = d.renews and e.at > old.decided_at) then
    raise exception 'S6: renewing needs evidence newer than the decision renewed' using errcode = 'check_violation'; end if;
end $$;

-- S7: the second officer is nobody who acted before, and acts in person.
create function require_second(d decision) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if d.act_date is distinct from desk_today() then
    raise exception 'S3: the date of the act is the day of approval' using errcode = 'check_violation'; end if;
  if d.second_officer_id is null or d.second_officer_id is distinct from ctx_officer() then
    raise exception 'S7: the second officer decides in person' using errcode = 'check_violation'; end if;
  if d.second_officer_id = d.drafter_id then raise exception 'S7: the drafter cannot approve' using errcode = 'check_violation'; end if;
  if exists (select 1 from gate_check g join report r on r.id = g.report_id where r.case_id = d.case_id and g.officer_id = d.second_officer_id) then
    raise exception 'S7: a gate officer of this case cannot approve' using errcode = 'check_violation'; end if;
  if not exists (select 1 from officer_role o where o.officer_id = d.second_officer_id and o.agency_id = d.agency_id and o.role in ('reviewer', 'leader')
                 and o.valid_from <= d.act_date and (o.valid_to is null or o.valid_to >= d.act_date)) then
    raise exception 'S7: the second officer is not a reviewer of this agency' using errcode = 'check_violation'; end if;
  if not exists (select 1 from gate_check g where g.decision_id = d.id and g.stage = 'second' and g.passed
                 and g.officer_id = d.second_officer_id and g.category = d.category and g.submission = d.submissions)
     or exists (select 1 from gate_check g where g.decision_id = d.id and not g.passed) then
    raise exception 'S2: the second gate is not passed' using errcode = 'check_violation'; end if;
  if (select c.legal_review from category c where c.code = d.category) and (
       not exists (select 1 from legal_review l where l.decision_id = d.id and l.submission = d.submissions and l.agrees and l.officer_id <> d.second_officer_id)
       or exists (select 1 from legal_review l where l.decision_id = d.id and l.submission = d.submissions and not l.agrees)) then
    raise exception 'S7: legal review is missing or does not agree' using errcode = 'check_violation'; end if;
end $$;

-- The urgent interim measure: its drafter alone, for 24 hours, once (S7).
create function require_interim(d decision) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (select c.interim from category c where c.code = d.category) or not (select m.interim from measure m where m.code = d.measure) then
    raise exception 'S7: no interim measure of this kind' using errcode = 'check_violation'; end if;
  if d.interim_at is distinct from desk_now() or d.interim_until > d.interim_at + interval '24 hours' then
    raise exception 'S7: an interim measure begins now and dies after 24 hours' using errcode = 'check_violation'; end if;
  if exists (select 1 from decision x where x.id <> d.id and x.interim_at is not null and x.decided_at is null and x.measure = d.measure
       and (x.case_id = d.case_id or exists (select 1 from decision_locator a join decision_locator b on b.indicator_id = a.indicator_id
         where a.decision_id = x.id and b.decision_id = d.id))) then
    raise exception 'S7: an interim measure that was not confirmed is not begun again' using errcode = 'check_violation'; end if;
end $$;

create or replace function guard_decision() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.drafter_id, new.case_id, new.agency_id, new.measure, new.category, new.renews) is distinct from
     (old.drafter_id, old.case_id, old.agency_id, old.measure, old.category, old.renews) then
    raise exception 'the drafter, case, agency and measure of a decision are fixed' using errcode = 'check_violation';
  end if;
  if (new.legal_basis, new.competence_id, new.aim, new.facts, new.side_effects, new.territory, new.starts_on, new.ends_on, new.title, new.public_summary, new.advice, new.detail)
     is distinct from
     (old.legal_basis, old.competence_id, old.aim, old.facts, old.side_effects, old.territory, old.starts_on, old.ends_on, old.title, old.public_summary, old.advice, old.detail) then
    if old.state not in ('draft', 'returned') then
      raise exception 'a decided text is not rewritten; renewing is a new decision' using errcode = 'check_violation'; end if;
    -- Whoever writes the text is its drafter: otherwise a reviewer could approve words of their own.
    if ctx_officer() is distinct from old.drafter_id then
      raise exception 'S7: only the drafter writes the draft' using errcode = 'check_violation'; end if;
  end if;
  new.submissions := old.submissions + case when old.state in ('draft', 'returned') and new.state in ('second_review', 'interim') then 1 else 0 end;
  if new.state = 'interim' and old.state <> 'interim' then
    if ctx_officer() is distinct from old.drafter_id or (new.second_officer_id, new.act_date, new.decided_at) is distinct from (null::uuid, null::date, null::timestamptz) then
      raise exception 'S7: an interim measure is begun by its drafter' using errcode = 'check_violation'; end if;
    if old.interim_at is not null then raise exception 'S7: an interim measure is begun once' using errcode = 'check_violation'; end if;
    perform require_content(new, desk_today());
    perform require_interim(new);
    return new;
  end if;
  if (new.interim_at, new.interim_until) is distinct from (old.interim_at, old.interim_until) then
    raise exception 'S7: the 24 hours of an interim measure are fixed' using errcode = 'check_violation'; end if;
  if new.stayed_at is distinct from old.stayed_at and old.state not in ('in_force', 'interim') then
    raise exception 'only a measure in force is stayed' using errcode = 'check_violation'; end if;
  if not (old.state in ('second_review', 'interim') and new.state = 'in_force') then
    if (new.second_officer_id, new.act_date, new.decided_at) is distinct from (old.second_officer_id, old.act_date, old.decided_at) then
      raise exception 'S7: the second officer is named by the approval alone' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if old.state = 'interim' and old.interim_until <= desk_now() then
    raise exception 'S7: the interim measure has died' using errcode = 'check_violation'; end if;
  perform require_content(new, new.act_date);
  perform require_second(new);
  return new;
end $$;

create or replace function start_as_draft() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state <> 'draft' then raise exception 'a decision starts as a draft' using errcode = 'check_violation'; end if;
  if (new.second_officer_id, new.act_date, new.decided_at, new.interim_at, new.interim_until, new.stayed_at) is distinct from
     (null::uuid, null::date, null::timestamptz, null::timestamptz, null::timestamptz, null::timestamptz) or new.submissions <> 0
     or not exists (select 1 from case_file c where c.id = new.case_id and c.category = new.category and c.lead_agency_id = new.agency_id) then
    raise exception 'S1: a decision has the category and the lead agency of its case' using errcode = 'check_violation'; end if;
  if new.drafter_id is distinct from ctx_officer() or not ctx_has_role('case_officer') then raise exception 'drafted in the name of another officer' using errcode = 'check_violation'; end if;
  if new.renews is not null and not exists (select 1 from decision d where d.id = new.renews and d.case_id = new.case_id and d.measure = new.measure
       and d.agency_id = new.agency_id and d.state in ('in_force', 'expired') and d.decided_at is not null) then
    raise exception 'S6: only a decision that was in force is renewed' using errcode = 'check_violation'; end if;
  return new;
end $$;

create or replace function require_elements() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.passed and not (select c.positive_elements <@ new.elements from category c where c.code = new.category) then
    raise exception 'gate: positive elements of % are missing', new.category using errcode = 'check_violation';
  end if;
  if new.decision_id is not null then
    select d.submissions into new.submission from decision d where d.id = new.decision_id and d.state in ('second_review', 'interim');
    if new.submission is null then raise exception 'S2: the second gate is answered on a submitted draft' using errcode = 'check_violation'; end if;
  end if;
  if new.officer_id is distinct from ctx_officer() then
    raise exception 'gate: answered in the name of another officer' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function guard_legal_review() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare d decision;
begin
  select * into d from decision where id = new.decision_id;
  if d.state is null or d.state not in ('second_review', 'interim') or new.submission <> d.submissions or new.officer_id is distinct from ctx_officer() or not ctx_has_role('legal') then
    raise exception 'S7: legal review is given in person on a submitted draft' using errcode = 'check_violation'; end if;
  if new.officer_id = d.drafter_id or exists (select 1 from gate_check g left join report r on r.id = g.report_id
       where (r.case_id = d.case_id or g.decision_id = d.id) and g.officer_id = new.officer_id) then
    raise exception 'S7: the legal officer took no other part in the decision' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger legal_review_guard before insert on legal_review for each row execute function guard_legal_review();

-- ── Warnings live in an interim measure for its 24 hours, and rest while an appeal stays them ───────────────────────
alter table warning add column stayed_at timestamptz;
-- What an interim measure published and its return took back may be published again when it is approved.
alter table warning drop constraint warning_decision_id_key;
create unique index warning_decision on warning (decision_id) where lifted_at is null;
create or replace function guard_warning() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from decision d where d.id = new.decision_id and d.measure in ('PUBLIC_WARNING', 'CORRECTION') and d.legal_basis = new.legal_basis
                 and (d.title, d.public_summary, d.advice, d.category, d.agency_id) = (new.title, new.summary, new.advice, new.category, new.agency_id)
                 and (d.state = 'in_force' and new.ends_at <= (d.ends_on + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' or d.state = 'interim' and new.ends_at <= d.interim_until)) then
    raise exception 'no warning without a decision in force' using errcode = 'check_violation'; end if;
  return new;
end $$;
create or replace function freeze_warning() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.lifted_at is not null or (to_jsonb(new) - '{lifted_at,stayed_at,ends_at}'::text[]) is distinct from (to_jsonb(old) - '{lifted_at,stayed_at,ends_at}'::text[]) then
    raise exception 'a published warning can only be lifted' using errcode = 'check_violation'; end if;
  -- An interim warning that is confirmed goes on until the day of its decision.
  if new.ends_at <> old.ends_at and not exists (select 1 from decision d where d.id = new.decision_id and d.state = 'in_force' and old.ends_at = d.interim_until
       and new.ends_at <= (d.ends_on + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh') then
    raise exception 'a published warning is not prolonged' using errcode = 'check_violation'; end if;
  return new;
end $$;
grant update (stayed_at, ends_at) on warning to lachan_app;
drop policy live on warning;
create policy live on warning for select to lachan_app using (ctx_kind() is not null and lifted_at is null and stayed_at is null and ends_at > desk_now());

-- ── Row-level security ──────────────────────────────────────────────────────────────────────────────────────────────
do $$ declare t text; begin
  foreach t in array array['social_site', 'recipient', 'decision_recipient', 'legal_review', 'decision_access'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I to current_user using (true) with check (true)', t);
  end loop;
end $$;
create policy any_context on social_site for select to lachan_app using (ctx_kind() is not null);
create policy any_context on recipient for select to lachan_app using (ctx_kind() in ('officer', 'system'));
create policy administer on recipient for insert to lachan_app with check (keeps_directory());
create policy ended on recipient for update to lachan_app using (keeps_directory()) with check (keeps_directory());
grant select on social_site to lachan_app;
grant select, insert, update (address, email, language, format, valid_to, source) on recipient to lachan_app;
grant select, insert, update, delete on decision_recipient to lachan_app;
create policy follows_decision on decision_recipient for all to lachan_app using (exists (select 1 from decision d where d.id = decision_id))
  with check (exists (select 1 from decision d where d.id = decision_id));
grant select, insert on legal_review to lachan_app;
create policy follows_decision on legal_review for select to lachan_app using (exists (select 1 from decision d where d.id = decision_id));
create policy added on legal_review for insert to lachan_app with check (ctx_kind() = 'officer' and officer_id = ctx_officer() and exists (select 1 from decision d where d.id = decision_id));
grant select, insert on decision_access to lachan_app;
create policy office on decision_access for select to lachan_app using (ctx_kind() = 'system' or (ctx_kind() = 'party' and id = ctx_access())
  or (ctx_kind() = 'officer' and exists (select 1 from decision d where d.id = decision_id)));
create policy given on decision_access for insert to lachan_app with check (ctx_kind() = 'system' or (ctx_kind() = 'officer' and exists (select 1 from decision d where d.id = decision_id)));
-- A party reads the decision that concerns it, and nothing else.
create function accessed_decision() returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select a.decision_id from decision_access a where a.id = ctx_access() $$;
create policy own_decision on decision for select to lachan_app using (ctx_kind() = 'party' and id = accessed_decision());
revoke all on function require_content, require_second, require_interim, access_by_secret from public;
grant execute on function access_by_secret to lachan_app;
