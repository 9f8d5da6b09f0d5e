-- Lá Chắn, foundation. Runs as the owner of the schema; the application connects as another role (lachan_app) that owns
-- nothing, may do only what is granted below, and sees only what its security context (desk.*, set per transaction) allows.

create extension if not exists pg_trgm;
create extension if not exists btree_gist;

-- ── The security context ────────────────────────────────────────────────────────────────────────────────────────────
-- Set by src/platform/db.ts inside each transaction. Nothing set = nothing read.
create function ctx_kind() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('desk.kind', true), '') $$;
create function ctx_agency() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('desk.agency', true), '')::uuid $$;
create function ctx_officer() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('desk.officer', true), '')::uuid $$;
create function ctx_report() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('desk.report', true), '')::uuid $$;
create function ctx_has_role(role text) returns boolean language sql stable parallel safe
  as $$ select role = any (string_to_array(coalesce(current_setting('desk.roles', true), ''), ',')) $$;
-- The desk's own time: the clock of the application, so that a test year and a real year obey the same rules.
create function desk_now() returns timestamptz language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('desk.now', true), '')::timestamptz, now()) $$;
create function desk_today() returns date language sql stable parallel safe
  as $$ select (desk_now() at time zone 'Asia/Ho_Chi_Minh')::date $$;

-- ── Closed lists (src/catalogue is the source; tests/integration/catalogue.test.ts fails when they part) ─────────────
create domain harm_category as text check (value in (
  'scam', 'phishing_impersonation', 'malware_attack', 'personal_data_abuse', 'illegal_gambling_ads',
  'counterfeit_unlicensed_goods', 'spam_calls_messages', 'intimate_images', 'threat_harassment', 'false_emergency_alert'));
create domain measure_code as text check (value in (
  'PUBLIC_WARNING', 'CORRECTION', 'NOTICE_PLATFORM', 'NOTICE_HOSTER', 'NOTICE_REGISTRAR', 'NOTICE_TELECOM', 'NOTICE_BANK',
  'REQUEST_MINISTRY', 'REFERRAL_POLICE', 'ADMIN_DECISION_RECORDED', 'SUPPORT', 'NO_ACTION'));
create domain aim_code as text check (value in (
  'protect_property', 'protect_personal_data', 'protect_life_health', 'protect_privacy_dignity', 'protect_children', 'protect_systems'));
create domain stop_code as text check (value in (
  'outside_list', 'opinion', 'reputation_of_public_body', 'falsehood_only', 'identify_person', 'whole_profile', 'self_interest'));
create domain channel_code as text check (value in (
  'web', 'phone', 'sms', 'email', 'edoc', 'post', 'walk_in', 'spreadsheet', 'api'));
create domain role_code as text check (value in (
  'intake', 'case_officer', 'reviewer', 'leader', 'spokesperson', 'clerk', 'focal', 'auditor', 'administrator'));
create domain indicator_kind as text check (value in ('url', 'domain', 'phone', 'bank_account', 'file_hash'));
create domain report_state as text check (value in (
  'received', 'acknowledged', 'need_info', 'stopped', 'erased', 'attached', 'answered'));
create domain case_state as text check (value in ('open', 'verifying', 'consulting', 'deciding', 'acting', 'closed'));
create domain decision_state as text check (value in (
  'draft', 'second_review', 'returned', 'stopped', 'in_force', 'expired', 'withdrawn', 'reversed'));

-- Filled from src/catalogue and src/core/transitions.ts by `lachan migrate` (src/platform/catalogue-sync.ts), as owner only.
create table category (
  code harm_category primary key, links_cases boolean not null, interim boolean not null, stores_images boolean not null,
  positive_elements text[] not null default '{}');
create table measure (
  code measure_code primary key, max_days integer check (max_days > 0), categories text[] not null,
  lesser_options text[] not null, available boolean not null);
create table state_transition (
  entity text not null check (entity in ('report', 'case', 'decision')), action text not null,
  from_state text not null, to_state text not null, performers text[] not null, reason_required boolean not null,
  primary key (entity, action, from_state));
create table legal_document (
  code text primary key, name text not null, valid_from date not null, valid_to date, check (valid_to is null or valid_to > valid_from));
create table excluded_provision (
  document text not null references legal_document, article text not null, clause text, point text,
  unique nulls not distinct (document, article, clause, point));
create table legal_basis (
  code text primary key, document text not null references legal_document, article text not null, clause text, point text,
  category harm_category not null, what text not null, elements text[] not null check (cardinality(elements) > 0));

create function refuse_excluded_basis() returns trigger language plpgsql as $$
begin
  if exists (select 1 from excluded_provision e
             where e.document = new.document and e.article = new.article
               and (e.clause is null or new.clause is null or e.clause = new.clause)
               and (e.point is null or new.point is null or e.point = new.point)) then
    raise exception 'S3: provision % is excluded on purpose and cannot be entered', new.code using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger legal_basis_excluded before insert or update on legal_basis for each row execute function refuse_excluded_basis();

-- ── Directory ───────────────────────────────────────────────────────────────────────────────────────────────────────
create table province (code text primary key, name text not null, full_name text not null, name_en text not null, search text not null);
create table commune (
  code text primary key, province_code text not null references province, name text not null, full_name text not null,
  full_name_en text not null, search text not null);
create table area_alias (alias text not null, search text not null, commune_code text not null references commune, primary key (search, commune_code));

create table agency (
  id uuid primary key default uuidv7(), key text not null unique,
  level text not null check (level in ('province', 'department', 'police', 'commune', 'district', 'company', 'bank', 'press', 'central')),
  parent_id uuid references agency, commune_code text references commune,
  valid_from date not null, valid_to date, check (valid_to is null or valid_to >= valid_from));
create table agency_name (
  agency_id uuid not null references agency, name text not null, short_name text not null, name_en text not null,
  valid_from date not null, valid_to date,
  exclude using gist (agency_id with =, daterange(valid_from, valid_to, '[]') with &&));
create table agency_successor (from_agency uuid not null references agency, to_agency uuid not null references agency,
  primary key (from_agency, to_agency), check (from_agency <> to_agency));
create table agency_contact (
  agency_id uuid not null references agency, kind text not null check (kind in ('email', 'phone')), value text not null,
  valid_from date not null default '2000-01-01', valid_to date, primary key (agency_id, kind, value));
create table competence (
  id uuid primary key default uuidv7(), agency_id uuid not null references agency, category harm_category not null,
  role text not null check (role in ('coordinate', 'lead', 'support')), province_code text references province, commune_code text references commune,
  law text not null, why_vi text not null, why_en text not null, valid_from date not null, valid_to date,
  check (province_code is not null or commune_code is not null));
create unique index competence_once on competence (agency_id, category, role, coalesce(province_code, ''), coalesce(commune_code, ''), valid_from);
create index competence_lookup on competence (category, role);

-- ── Identity ────────────────────────────────────────────────────────────────────────────────────────────────────────
create table officer (
  id uuid primary key default uuidv7(), email text not null unique check (email = lower(email)), full_name text not null,
  language text not null default 'vi' check (language in ('vi', 'en')), demo boolean not null default false,
  created_at timestamptz not null default now(), disabled_at timestamptz);
create table officer_secret (
  officer_id uuid primary key references officer, password_hash text not null, totp_sealed bytea, totp_last_step bigint,
  changed_at timestamptz not null default now());
create table officer_role (
  officer_id uuid not null references officer, agency_id uuid not null references agency, role role_code not null,
  deputy boolean not null default false, valid_from date not null, valid_to date,
  primary key (officer_id, agency_id, role, valid_from));
create table session (
  token_hash bytea primary key, officer_id uuid not null references officer, agency_id uuid references agency,
  created_at timestamptz not null, last_seen_at timestamptz not null, expires_at timestamptz not null,
  browser text not null default '', stepped_up_at timestamptz, revoked_at timestamptz);
create index session_officer on session (officer_id);
create unlogged table login_attempt (
  scope bytea not null, window_start timestamptz not null, failures integer not null, primary key (scope, window_start));

-- ── Journal: every state change, append-only, in the same transaction ───────────────────────────────────────────────
create table journal (
  seq bigint generated always as identity primary key, at timestamptz not null, tx xid8 not null default pg_current_xact_id(),
  actor_kind text not null, officer_id uuid, agency_id uuid, entity text not null, entity_id uuid not null, action text not null,
  from_state text, to_state text, reason text, detail jsonb not null default '{}');
create index journal_entity on journal (entity_id, seq);
create index journal_officer on journal (officer_id, seq) where officer_id is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$;
create trigger journal_append_only before update or delete or truncate on journal for each statement execute function refuse_change();

-- A changed state without its journal row does not commit.
create function require_journal() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from journal j where j.entity_id = new.id and j.to_state = new.state::text and j.tx = pg_current_xact_id()) then
    raise exception 'state of % % changed to % without a journal entry', tg_table_name, new.id, new.state using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- A state moves only along src/core/transitions.ts.
create function require_transition() returns trigger language plpgsql as $$
begin
  if old.state = new.state then return new; end if;
  if not exists (select 1 from state_transition t where t.entity = tg_argv[0] and t.from_state = old.state and t.to_state = new.state) then
    raise exception '% cannot go from % to %', tg_argv[0], old.state, new.state using errcode = 'check_violation';
  end if;
  if not exists (select 1 from state_transition t where t.entity = tg_argv[0] and t.from_state = old.state and t.to_state = new.state and t.performers &&
      case ctx_kind() when 'officer' then string_to_array(coalesce(current_setting('desk.roles', true), ''), ',') else array[ctx_kind()] end) then
    raise exception '% may not go from % to % by this actor', tg_argv[0], old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- ── Intake ──────────────────────────────────────────────────────────────────────────────────────────────────────────
-- The version of program and catalogue this database was last brought to; a start that finds its own skips the work.
-- Proves that the key at hand is the one this database was sealed with, without telling the key.
create table key_check (mac bytea primary key);
create table deployment (fingerprint text primary key, at timestamptz not null default now());
create table counter (scope text primary key, value bigint not null default 0);

create table case_file (
  id uuid primary key default uuidv7(), number text not null unique, category harm_category not null, state case_state not null default 'open',
  title text not null check (length(title) between 1 and 300), lead_agency_id uuid not null references agency,
  officer_id uuid references officer, opened_at timestamptz not null, closed_at timestamptz, report_count integer not null default 0);
create index case_worklist on case_file (lead_agency_id, state, opened_at desc);

create table case_party (
  case_id uuid not null references case_file, agency_id uuid not null references agency, since timestamptz not null default now(),
  primary key (case_id, agency_id));

create table report (
  id uuid primary key default uuidv7(), code text not null unique, secret_hash bytea not null unique,
  idempotency_hash bytea not null unique, payload_hash bytea not null,
  channel channel_code not null, category harm_category not null, situation text, state report_state not null default 'received',
  narrative text not null check (length(narrative) between 1 and 10000), search text not null,
  happened_on date, money_lost bigint check (money_lost >= 0), in_danger boolean not null default false, for_child boolean not null default false,
  province_code text not null references province, commune_code text references commune,
  reporter_kind text not null check (reporter_kind in ('person', 'anonymous', 'agency')), sender_agency_id uuid references agency,
  handling_agency_id uuid not null references agency, language text not null check (language in ('vi', 'en')),
  received_at timestamptz not null, due_on date, case_id uuid references case_file,
  stop_code stop_code, erase_after timestamptz, read_by_desk_at timestamptz,
  sealed_story bytea check (sealed_story is null or state = 'stopped'), -- a stopped report's own words, for its reporter alone
  check ((state in ('stopped', 'erased')) = (stop_code is not null)),
  check ((reporter_kind = 'agency') = (sender_agency_id is not null)));
create index report_worklist on report (handling_agency_id, state, received_at desc);
create index report_due on report (handling_agency_id, due_on) where state in ('received', 'acknowledged', 'need_info', 'attached');
create index report_case on report (case_id);
create index report_search on report using gin (search gin_trgm_ops);

-- S12: who reported, apart and sealed. The application may add and count, never read except through open_identity().
create table reporter_identity (
  report_id uuid primary key references report on delete cascade, sealed bytea not null, has_email boolean not null,
  purge_after date not null);

create table pending_upload (
  id uuid primary key, form_hash bytea not null, name text not null check (length(name) <= 200), media_type text not null, bytes integer not null,
  original_ref text not null, original_sha256 bytea not null, copy_ref text not null, copy_bytes integer not null,
  width integer not null, height integer not null, at timestamptz not null);
create index pending_upload_form on pending_upload (form_hash);
create table attachment (
  id uuid primary key, report_id uuid not null references report on delete cascade, name text not null check (length(name) <= 200),
  media_type text not null, bytes integer not null, original_ref text not null, original_sha256 bytea not null,
  copy_ref text not null, copy_bytes integer not null, width integer not null, height integer not null, at timestamptz not null);
create index attachment_report on attachment (report_id);

create function refuse_forbidden_image() returns trigger language plpgsql as $$
begin
  if exists (select 1 from report r join category c on c.code = r.category where r.id = new.report_id and not c.stores_images) then
    raise exception 'images of this category are never stored' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger attachment_images before insert on attachment for each row execute function refuse_forbidden_image();

create table message (
  id uuid primary key default uuidv7(), report_id uuid not null references report on delete cascade,
  sent_by text not null check (sent_by in ('reporter', 'desk')), officer_id uuid references officer,
  body text not null check (length(body) between 1 and 5000), at timestamptz not null, read_at timestamptz,
  check ((sent_by = 'desk') or officer_id is null));
create index message_report on message (report_id, at);

-- ── Indicators: technical traces, the only things that may link cases ───────────────────────────────────────────────
create table indicator (
  id uuid primary key default uuidv7(), kind indicator_kind not null, match_key bytea not null,
  display text not null, value text, sealed bytea, specific boolean not null, case_id uuid references case_file, first_seen timestamptz not null,
  unique (match_key), -- the key is a hash over kind and value
  check ((kind in ('phone', 'bank_account')) = (sealed is not null)),
  check ((kind in ('phone', 'bank_account')) = (value is null)));
create index indicator_case on indicator (case_id);
create table report_indicator (
  report_id uuid not null references report on delete cascade, indicator_id uuid not null references indicator, grouping_key boolean not null,
  primary key (report_id, indicator_id));
create index report_indicator_indicator on report_indicator (indicator_id);

-- ── Gate (S2) ───────────────────────────────────────────────────────────────────────────────────────────────────────
create table stop_statistic (
  iso_week text not null, category harm_category not null, stop_code stop_code not null, reporter_kind text not null,
  agency_id uuid references agency, stops integer not null default 0,
  unique nulls not distinct (iso_week, category, stop_code, reporter_kind, agency_id));

create table gate_check (
  id uuid primary key default uuidv7(), stage text not null check (stage in ('intake', 'second')),
  report_id uuid references report on delete cascade, decision_id uuid, category harm_category not null,
  officer_id uuid not null references officer, agency_id uuid not null references agency,
  outside_list boolean not null, opinion boolean not null, reputation_of_public_body boolean not null, falsehood_only boolean not null,
  identify_person boolean not null, whole_profile boolean not null, self_interest boolean not null,
  elements text[] not null default '{}', passed boolean not null, at timestamptz not null,
  submission integer, -- which sending of the draft the second officer answered for
  check ((stage = 'intake') = (report_id is not null)), check ((stage = 'second') = (decision_id is not null)),
  check (not passed or not (outside_list or opinion or reputation_of_public_body or falsehood_only or identify_person or whole_profile or self_interest)));
create index gate_check_report on gate_check (report_id);
create index gate_check_decision on gate_check (decision_id);

create function require_elements() returns trigger language plpgsql as $$
begin
  if new.passed and not (select c.positive_elements <@ new.elements from category c where c.code = new.category) then
    raise exception 'gate: positive elements of % are missing', new.category using errcode = 'check_violation';
  end if;
  if new.decision_id is not null then
    select d.submissions into new.submission from decision d where d.id = new.decision_id and d.state = 'second_review';
    if new.submission is null then raise exception 'S2: the second gate is answered on a submitted draft' using errcode = 'check_violation'; end if;
  end if;
  if new.officer_id is distinct from ctx_officer() then
    raise exception 'gate: answered in the name of another officer' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger gate_check_elements before insert on gate_check for each row execute function require_elements();
create trigger gate_check_append_only before update on gate_check for each statement execute function refuse_change();

create function guard_report() returns trigger language plpgsql as $$
begin
  if new.state = 'attached' and old.state in ('received', 'acknowledged', 'need_info') then
    if not exists (select 1 from gate_check g where g.report_id = new.id and g.stage = 'intake' and g.passed and g.category = new.category) then
      raise exception 'S2: report % has not passed the gate', new.code using errcode = 'check_violation';
    end if;
    if new.case_id is null then raise exception 'an attached report belongs to a case' using errcode = 'check_violation'; end if;
  end if;
  if new.state = 'attached' and exists (select 1 from gate_check g where g.report_id = new.id and not g.passed) then
    raise exception 'S2: a stop cannot be overridden' using errcode = 'check_violation';
  end if;
  if (new.code, new.secret_hash, new.received_at, new.channel, new.reporter_kind) is distinct from
     (old.code, old.secret_hash, old.received_at, old.channel, old.reporter_kind) then
    raise exception 'the receipt of a report cannot be rewritten' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger report_transition before update of state on report for each row execute function require_transition('report');
create trigger report_guard before update on report for each row execute function guard_report();
create constraint trigger report_journal after update of state on report deferrable initially deferred
  for each row when (old.state is distinct from new.state) execute function require_journal();

create function refuse_report_delete() returns trigger language plpgsql as $$
begin
  if old.state <> 'stopped' or ctx_kind() is distinct from 'system' then
    raise exception 'only a stopped report is erased, and only by the erasure job' using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger report_delete before delete on report for each row execute function refuse_report_delete();

create trigger case_transition before update of state on case_file for each row execute function require_transition('case');
create constraint trigger case_journal after update of state on case_file deferrable initially deferred
  for each row when (old.state is distinct from new.state) execute function require_journal();

-- ── Evidence and verification ───────────────────────────────────────────────────────────────────────────────────────
create table evidence (
  id uuid primary key default uuidv7(), case_id uuid not null references case_file, kind text not null check (kind in ('attachment', 'observation', 'document')),
  attachment_id uuid references attachment, description text not null check (length(description) between 3 and 2000),
  sha256 bytea, officer_id uuid not null references officer, at timestamptz not null,
  check (kind = 'attachment' or attachment_id is null));
create index evidence_case on evidence (case_id);
create table verification (
  id uuid primary key default uuidv7(), case_id uuid not null references case_file, officer_id uuid not null references officer,
  checked text not null check (length(checked) between 3 and 4000), other_explanation text not null check (length(other_explanation) between 3 and 4000),
  finding text not null check (length(finding) between 3 and 4000), confidence text not null check (confidence in ('low', 'medium', 'high')),
  at timestamptz not null);
create index verification_case on verification (case_id);

-- ── Decisions (S3–S7) ───────────────────────────────────────────────────────────────────────────────────────────────
create table decision (
  id uuid primary key default uuidv7(), case_id uuid not null references case_file, agency_id uuid not null references agency,
  measure measure_code not null references measure, category harm_category not null, state decision_state not null default 'draft',
  drafter_id uuid not null references officer, second_officer_id uuid references officer,
  legal_basis text references legal_basis, competence_id uuid references competence, aim aim_code,
  facts text not null default '' check (length(facts) <= 8000), side_effects text not null default '' check (length(side_effects) <= 4000),
  territory text, starts_on date, ends_on date, act_date date,
  title text not null default '' check (length(title) <= 200), public_summary text not null default '' check (length(public_summary) <= 4000),
  advice text not null default '' check (length(advice) <= 4000),
  created_at timestamptz not null, decided_at timestamptz, submissions integer not null default 0,
  check (second_officer_id is null or second_officer_id <> drafter_id));
create index decision_case on decision (case_id);
create index decision_state_idx on decision (agency_id, state);
alter table gate_check add foreign key (decision_id) references decision;
create table decision_element (
  decision_id uuid not null references decision, element text not null, why text not null check (length(why) between 3 and 4000),
  primary key (decision_id, element));
create table decision_option (
  decision_id uuid not null references decision, option text not null, why_not text not null check (length(why_not) between 3 and 4000),
  primary key (decision_id, option));
create table decision_evidence (
  decision_id uuid not null references decision, evidence_id uuid not null references evidence, primary key (decision_id, evidence_id));
create table decision_locator (
  decision_id uuid not null references decision, indicator_id uuid not null references indicator,
  granularity text not null check (granularity in ('url', 'host', 'domain')), primary key (decision_id, indicator_id));

-- What must hold before a decision may take effect; the screens ask the same of src/core/decision.ts.
create function guard_decision() returns trigger language plpgsql as $$
declare basis legal_basis; document legal_document; m measure;
begin
  if (new.drafter_id, new.case_id, new.agency_id, new.measure, new.category) is distinct from
     (old.drafter_id, old.case_id, old.agency_id, old.measure, old.category) then
    raise exception 'the drafter, case, agency and measure of a decision are fixed' using errcode = 'check_violation';
  end if;
  if (new.legal_basis, new.competence_id, new.aim, new.facts, new.side_effects, new.territory, new.starts_on, new.ends_on, new.title, new.public_summary, new.advice)
     is distinct from
     (old.legal_basis, old.competence_id, old.aim, old.facts, old.side_effects, old.territory, old.starts_on, old.ends_on, old.title, old.public_summary, old.advice) then
    if old.state not in ('draft', 'returned') then
      raise exception 'a decided text is not rewritten; renewing is a new decision' using errcode = 'check_violation'; end if;
    -- Whoever writes the text is its drafter: otherwise a reviewer could approve words of their own.
    if ctx_officer() is distinct from old.drafter_id then
      raise exception 'S7: only the drafter writes the draft' using errcode = 'check_violation'; end if;
  end if;
  new.submissions := old.submissions + case when old.state <> 'second_review' and new.state = 'second_review' then 1 else 0 end;
  if not (old.state = 'second_review' and new.state = 'in_force') then
    if (new.second_officer_id, new.act_date, new.decided_at) is distinct from (old.second_officer_id, old.act_date, old.decided_at) then
      raise exception 'S7: the second officer is named by the approval alone' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if not exists (select 1 from report r join gate_check g on g.report_id = r.id where r.case_id = new.case_id and r.state in ('attached', 'answered') and g.passed) then
    raise exception 'S2: no report of this case has passed the gate' using errcode = 'check_violation'; end if;

  select * into m from measure where code = new.measure;
  if not m.available or not new.category = any (m.categories) then
    raise exception 'S1: measure % does not fit category %', new.measure, new.category using errcode = 'check_violation'; end if;
  if new.aim is null then raise exception 'S1: the aim is missing' using errcode = 'check_violation'; end if;
  if new.act_date is distinct from desk_today() then
    raise exception 'S3: the date of the act is the day of approval' using errcode = 'check_violation'; end if;
  select * into basis from legal_basis where code = new.legal_basis;
  if basis.code is null or basis.category <> new.category then
    raise exception 'S3: the legal basis is missing or of another category' using errcode = 'check_violation'; end if;
  select * into document from legal_document where code = basis.document;
  if new.act_date < document.valid_from or (document.valid_to is not null and new.act_date > document.valid_to) then
    raise exception 'S3: % is not in force on %', new.legal_basis, new.act_date using errcode = 'check_violation'; end if;
  if not exists (select 1 from competence c where c.id = new.competence_id and c.agency_id = new.agency_id and c.category = new.category
                 and c.role in ('coordinate', 'lead') and c.valid_from <= new.act_date and (c.valid_to is null or c.valid_to >= new.act_date)) then
    raise exception 'S4: this agency has no power for this' using errcode = 'check_violation'; end if;
  if length(trim(new.facts)) < 20 then raise exception 'S5: the facts are missing' using errcode = 'check_violation'; end if;
  if not exists (select 1 from decision_evidence e where e.decision_id = new.id) then
    raise exception 'S5: at least one piece of evidence' using errcode = 'check_violation'; end if;
  if not basis.elements <@ array(select element from decision_element e where e.decision_id = new.id) then
    raise exception 'S5: an element of the clause is not answered' using errcode = 'check_violation'; end if;
  if not m.lesser_options <@ array(select option from decision_option o where o.decision_id = new.id) then
    raise exception 'S5: a less intrusive option is not answered' using errcode = 'check_violation'; end if;
  if not exists (select 1 from decision_locator l where l.decision_id = new.id) then
    raise exception 'S6: no exact locator' using errcode = 'check_violation'; end if;
  if new.territory is null or new.starts_on is null then raise exception 'S6: territory or start is missing' using errcode = 'check_violation'; end if;
  if m.max_days is not null and (new.ends_on is null or new.ends_on <= new.starts_on or new.ends_on > new.starts_on + m.max_days or new.ends_on <= new.act_date) then
    raise exception 'S6: the end date is missing or too far' using errcode = 'check_violation'; end if;
  if new.second_officer_id is null or new.second_officer_id is distinct from ctx_officer() then
    raise exception 'S7: the second officer decides in person' using errcode = 'check_violation'; end if;
  if new.second_officer_id = new.drafter_id then raise exception 'S7: the drafter cannot approve' using errcode = 'check_violation'; end if;
  if exists (select 1 from gate_check g join report r on r.id = g.report_id where r.case_id = new.case_id and g.officer_id = new.second_officer_id) then
    raise exception 'S7: a gate officer of this case cannot approve' using errcode = 'check_violation'; end if;
  if not exists (select 1 from officer_role o where o.officer_id = new.second_officer_id and o.agency_id = new.agency_id and o.role in ('reviewer', 'leader')
                 and o.valid_from <= new.act_date and (o.valid_to is null or o.valid_to >= new.act_date)) then
    raise exception 'S7: the second officer is not a reviewer of this agency' using errcode = 'check_violation'; end if;
  if not exists (select 1 from gate_check g where g.decision_id = new.id and g.stage = 'second' and g.passed
                 and g.officer_id = new.second_officer_id and g.category = new.category and g.submission = new.submissions)
     or exists (select 1 from gate_check g where g.decision_id = new.id and not g.passed) then
    raise exception 'S2: the second gate is not passed' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger decision_transition before update of state on decision for each row execute function require_transition('decision');
create trigger decision_guard before update on decision for each row execute function guard_decision();
create constraint trigger decision_journal after update of state on decision deferrable initially deferred
  for each row when (old.state is distinct from new.state) execute function require_journal();
create function start_as_draft() returns trigger language plpgsql as $$
begin
  if new.state <> 'draft' then raise exception 'a decision starts as a draft' using errcode = 'check_violation'; end if;
  if new.second_officer_id is not null or not exists (select 1 from case_file c where c.id = new.case_id and c.category = new.category and c.lead_agency_id = new.agency_id) then
    raise exception 'S1: a decision has the category and the lead agency of its case' using errcode = 'check_violation'; end if;
  if new.drafter_id is distinct from ctx_officer() then raise exception 'drafted in the name of another officer' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger decision_start before insert on decision for each row execute function start_as_draft();
create function guard_decision_part() returns trigger language plpgsql as $$
declare target uuid := coalesce(new.decision_id, old.decision_id);
begin
  if not exists (select 1 from decision d where d.id = target and d.state in ('draft', 'returned')) then
    raise exception 'the parts of a submitted decision are fixed' using errcode = 'check_violation'; end if;
  if not exists (select 1 from decision d where d.id = target and d.drafter_id = ctx_officer()) then
    raise exception 'S7: only the drafter writes the draft' using errcode = 'check_violation'; end if;
  return coalesce(new, old);
end $$;
create function guard_decision_source() returns trigger language plpgsql as $$
declare wanted uuid := (select d.case_id from decision d where d.id = new.decision_id); found boolean;
begin
  if tg_table_name = 'decision_evidence' then
    select exists (select 1 from evidence e where e.id = new.evidence_id and e.case_id = wanted) into found;
  else
    select exists (select 1 from report_indicator i join report r on r.id = i.report_id join indicator x on x.id = i.indicator_id
      where i.indicator_id = new.indicator_id and r.case_id = wanted and x.kind = case when new.granularity = 'url' then 'url' else 'domain' end) into found;
  end if;
  if not found then raise exception 'S5, S6: evidence and locators come from the case of the decision' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger decision_evidence_source before insert or update on decision_evidence for each row execute function guard_decision_source();
create trigger decision_locator_source before insert or update on decision_locator for each row execute function guard_decision_source();
create trigger decision_element_guard before insert or update or delete on decision_element for each row execute function guard_decision_part();
create trigger decision_option_guard before insert or update or delete on decision_option for each row execute function guard_decision_part();
create trigger decision_evidence_guard before insert or update or delete on decision_evidence for each row execute function guard_decision_part();
create trigger decision_locator_guard before insert or update or delete on decision_locator for each row execute function guard_decision_part();

-- ── Warnings ────────────────────────────────────────────────────────────────────────────────────────────────────────
create table warning (
  id uuid primary key default uuidv7(), decision_id uuid not null unique references decision, slug text not null unique,
  category harm_category not null, agency_id uuid not null references agency, title text not null, summary text not null, advice text not null,
  legal_basis text not null references legal_basis, published_at timestamptz not null, ends_at timestamptz not null, lifted_at timestamptz, report_count integer not null, commune_count integer not null,
  check (ends_at > published_at));
create index warning_live on warning (ends_at) where lifted_at is null;
create table warning_target (
  warning_id uuid not null references warning, granularity text not null check (granularity in ('url', 'host', 'domain')),
  match_key bytea not null, value text not null, primary key (warning_id, match_key));
create index warning_target_key on warning_target (match_key);
create function guard_warning() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from decision d where d.id = new.decision_id and d.state = 'in_force' and d.measure = 'PUBLIC_WARNING' and d.legal_basis = new.legal_basis
                 and (d.title, d.public_summary, d.advice, d.category, d.agency_id) = (new.title, new.summary, new.advice, new.category, new.agency_id)
                 and new.ends_at <= (d.ends_on + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh') then
    raise exception 'no warning without a decision in force' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger warning_guard before insert on warning for each row execute function guard_warning();
create function freeze_warning() returns trigger language plpgsql as $$
begin
  if old.lifted_at is not null or (to_jsonb(new) - 'lifted_at') is distinct from (to_jsonb(old) - 'lifted_at') then
    raise exception 'a published warning can only be lifted' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger warning_freeze before update on warning for each row execute function freeze_warning();
create function guard_warning_target() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from warning w join decision_locator l on l.decision_id = w.decision_id join indicator i on i.id = l.indicator_id
                 where w.id = new.warning_id and i.kind in ('url', 'domain') and l.granularity = new.granularity
                   and i.match_key = new.match_key and i.value = new.value) then
    raise exception 'S6: the target is not a locator of the decision' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger warning_target_guard before insert on warning_target for each row execute function guard_warning_target();

-- ── S12: opening a sealed identity leaves a trace in the same breath ────────────────────────────────────────────────
create function open_identity(wanted uuid, reason text) returns bytea language plpgsql security definer set search_path = public, pg_temp as $$
declare found bytea;
begin
  if ctx_kind() is null or length(trim(coalesce(reason, ''))) < 5 then
    raise exception 'S12: a sealed identity is opened only with a reason' using errcode = 'check_violation'; end if;
  if not exists (select 1 from report r where r.id = wanted and (ctx_kind() = 'system'
      -- Who sent what was stopped is nobody's business in the office.
      or (r.state <> 'stopped' and r.handling_agency_id = ctx_agency() and (ctx_has_role('intake') or ctx_has_role('case_officer'))))) then return null; end if;
  select i.sealed into found from reporter_identity i where i.report_id = wanted;
  insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, reason)
    values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), 'report', wanted, 'open_identity', reason);
  return found;
end $$;

-- A repeated sending finds its own receipt again, and nothing else.
create function receipts_of(keys bytea[]) returns table (idempotency_hash bytea, payload_hash bytea, id uuid, code text, received_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.idempotency_hash, r.payload_hash, r.id, r.code, r.received_at from report r where r.idempotency_hash = any (keys) $$;
-- Code and secret together open exactly one report.
create function report_by_secret(wanted_code text, wanted_secret bytea) returns uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.id from report r where r.code = wanted_code and r.secret_hash = wanted_secret $$;

-- ── Row-level security ──────────────────────────────────────────────────────────────────────────────────────────────
do $$ declare t record; begin
  for t in select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%' loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t.relname, t.relname);
    execute format('create policy owner_all on %I to current_user using (true) with check (true)', t.relname);
  end loop;
end $$;

-- Reference data: any context reads it, nobody but the owner writes it.
do $$ declare t text; begin
  foreach t in array array['category', 'measure', 'state_transition', 'legal_document', 'excluded_provision', 'legal_basis', 'province', 'commune',
    'area_alias', 'agency', 'agency_name', 'agency_successor', 'agency_contact', 'competence'] loop
    execute format('create policy any_context on %I for select to lachan_app using (ctx_kind() is not null)', t);
    execute format('grant select on %I to lachan_app', t);
  end loop;
end $$;

-- The directory is kept by administrators of the coordinating agency, since it says who has which power.
create function keeps_directory() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select ctx_kind() = 'system' or (ctx_has_role('administrator') and exists (select 1 from competence c where c.agency_id = ctx_agency() and c.role = 'coordinate'
    and c.valid_from <= desk_today() and (c.valid_to is null or c.valid_to >= desk_today()))) $$;
revoke all on function keeps_directory from public;
grant execute on function keeps_directory to lachan_app;
grant insert, update on agency, agency_name, agency_successor, agency_contact, competence to lachan_app;
create policy administer on agency for all to lachan_app using (keeps_directory()) with check (keeps_directory());
create policy administer on agency_name for all to lachan_app using (keeps_directory()) with check (keeps_directory());
create policy administer on agency_successor for all to lachan_app using (keeps_directory()) with check (keeps_directory());
create policy administer on agency_contact for all to lachan_app using (keeps_directory()) with check (keeps_directory());
create policy administer on competence for all to lachan_app using (keeps_directory()) with check (keeps_directory());

-- Identity: names for signed-in officers, secrets only for the sign-in itself.
grant select, insert, update on officer, officer_role, session to lachan_app;
grant delete on session to lachan_app;
grant select, insert on key_check to lachan_app;
create policy machine on key_check for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
grant select, insert, update on officer_secret to lachan_app;
grant select, insert, update, delete on login_attempt to lachan_app;
create policy names on officer for select to lachan_app using (ctx_kind() in ('officer', 'auth', 'system'));
create policy added on officer for insert to lachan_app with check (ctx_kind() = 'system' or ctx_has_role('administrator'));
-- An administrator changes the accounts of the own agency only.
create policy manage on officer for update to lachan_app using (ctx_kind() in ('auth', 'system') or id = ctx_officer()
  or (ctx_has_role('administrator') and (id in (select r.officer_id from officer_role r where r.agency_id = ctx_agency())
    or not exists (select 1 from officer_role r where r.officer_id = officer.id))));
create policy roles on officer_role for select to lachan_app using (ctx_kind() in ('officer', 'auth', 'system'));
create policy manage on officer_role for all to lachan_app using (ctx_kind() = 'system' or (ctx_has_role('administrator') and agency_id = ctx_agency()))
  with check (ctx_kind() = 'system' or (ctx_has_role('administrator') and agency_id = ctx_agency()));
create policy sign_in on officer_secret for all to lachan_app using (ctx_kind() in ('auth', 'system')) with check (ctx_kind() in ('auth', 'system'));
create policy purged on session for delete to lachan_app using (ctx_kind() = 'system');
create policy purging on session for select to lachan_app using (ctx_kind() = 'system');
create policy sign_in on session for all to lachan_app using (ctx_kind() = 'auth' or officer_id = ctx_officer()) with check (ctx_kind() = 'auth' or officer_id = ctx_officer());
create policy sign_in on login_attempt for all to lachan_app using (ctx_kind() = 'auth') with check (ctx_kind() = 'auth');

-- Journal: anybody with a context appends; an officer reads what concerns a thing the officer may see; the auditor reads all.
grant select, insert on journal to lachan_app;
create policy append on journal for insert to lachan_app with check (ctx_kind() is not null and actor_kind = ctx_kind()
  and officer_id is not distinct from ctx_officer());

create policy intake on counter for all to lachan_app using (ctx_kind() in ('intake', 'officer', 'system')) with check (ctx_kind() in ('intake', 'officer', 'system'));
grant select, insert, update on counter to lachan_app;

create function sees_case(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from case_file c where c.id = wanted and c.lead_agency_id = ctx_agency())
      or exists (select 1 from case_party p where p.case_id = wanted and p.agency_id = ctx_agency()) $$;

grant select, insert, update on case_file, case_party to lachan_app;
create policy machine on case_file for all to lachan_app using (ctx_kind() in ('intake', 'system')) with check (ctx_kind() in ('intake', 'system'));
create policy lead_or_party on case_file for select to lachan_app using (ctx_kind() = 'officer' and (lead_agency_id = ctx_agency()
  or id in (select p.case_id from case_party p where p.agency_id = ctx_agency())));
create policy lead_writes on case_file for all to lachan_app using (ctx_kind() = 'officer' and lead_agency_id = ctx_agency())
  with check (ctx_kind() = 'officer' and lead_agency_id = ctx_agency());
create policy machine on case_party for all to lachan_app using (ctx_kind() in ('intake', 'system')) with check (ctx_kind() in ('intake', 'system'));
create policy own on case_party for select to lachan_app using (ctx_kind() = 'officer' and (agency_id = ctx_agency() or sees_case(case_id)));

grant select, insert, update, delete on report to lachan_app;
create policy machine on report for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy intake on report for insert to lachan_app with check (ctx_kind() in ('intake', 'officer') and state = 'received');
create policy own_agency on report for select to lachan_app using (ctx_kind() = 'officer' and (handling_agency_id = ctx_agency() or sender_agency_id = ctx_agency()
  or case_id in (select p.case_id from case_party p where p.agency_id = ctx_agency())));
create policy handled on report for update to lachan_app using (ctx_kind() = 'officer' and handling_agency_id = ctx_agency())
  with check (ctx_kind() = 'officer' and handling_agency_id = ctx_agency());
create policy own_report on report for select to lachan_app using (ctx_kind() = 'reporter' and id = ctx_report());
create policy own_report_update on report for update to lachan_app using (ctx_kind() = 'reporter' and id = ctx_report())
  with check (ctx_kind() = 'reporter' and id = ctx_report());

grant insert, delete, update (purge_after) on reporter_identity to lachan_app;
create policy kept_until on reporter_identity for update to lachan_app using (ctx_kind() = 'officer' and report_id in (select r.id from report r where r.handling_agency_id = ctx_agency()));
create policy purged on reporter_identity for delete to lachan_app using (ctx_kind() = 'system');
grant select (report_id, has_email, purge_after) on reporter_identity to lachan_app;
create policy intake on reporter_identity for insert to lachan_app with check (ctx_kind() in ('intake', 'officer', 'reporter', 'system'));
create policy existence on reporter_identity for select to lachan_app using (ctx_kind() = 'system' or exists (select 1 from report r where r.id = report_id));

-- Parts of a report follow the report.
grant select, insert, delete on pending_upload to lachan_app;
create policy intake on pending_upload for all to lachan_app using (ctx_kind() in ('intake', 'system', 'reporter')) with check (ctx_kind() in ('intake', 'system', 'reporter'));
grant select, insert, delete on attachment, message, report_indicator to lachan_app;
grant update (read_at) on message to lachan_app;
create policy follows_report on attachment for select to lachan_app using (exists (select 1 from report r where r.id = report_id
  and (r.state <> 'stopped' or ctx_kind() <> 'officer')));
create policy added on attachment for insert to lachan_app with check (ctx_kind() in ('intake', 'reporter', 'officer', 'system'));
create policy erased on attachment for delete to lachan_app using (ctx_kind() = 'system');
-- What was written before a stop is withheld like the report; what the reporter writes afterwards (a request to look again) is read.
create policy follows_report on message for select to lachan_app using (exists (select 1 from report r where r.id = report_id
  and (r.state <> 'stopped' or ctx_kind() <> 'officer' or message.at > r.read_by_desk_at)));
create policy added on message for insert to lachan_app with check (exists (select 1 from report r where r.id = report_id)
  and (sent_by = 'reporter') = (ctx_kind() = 'reporter'));
create policy marked on message for update to lachan_app using (exists (select 1 from report r where r.id = report_id));
create policy erased on message for delete to lachan_app using (ctx_kind() = 'system');
create policy follows_report on report_indicator for select to lachan_app using (ctx_kind() in ('intake', 'system') or exists (select 1 from report r where r.id = report_id));
create policy added on report_indicator for insert to lachan_app with check (ctx_kind() in ('intake', 'officer', 'reporter', 'system'));
create policy erased on report_indicator for delete to lachan_app using (ctx_kind() = 'system');

grant select, insert, update, delete on indicator to lachan_app;
create policy machine on indicator for all to lachan_app using (ctx_kind() in ('intake', 'system')) with check (ctx_kind() in ('intake', 'system'));
create policy follows_report on indicator for select to lachan_app using (ctx_kind() in ('officer', 'reporter') and exists (select 1 from report_indicator i where i.indicator_id = indicator.id));
create policy lead_writes on indicator for update to lachan_app using (ctx_kind() = 'officer' and exists (select 1 from report_indicator i where i.indicator_id = indicator.id));

grant select, insert, update on stop_statistic to lachan_app;
create policy machine on stop_statistic for all to lachan_app using (ctx_kind() in ('officer', 'system')) with check (ctx_kind() in ('officer', 'system'));

grant select, insert, delete on gate_check to lachan_app;
create policy follows_report on gate_check for select to lachan_app using (ctx_kind() = 'system' or agency_id = ctx_agency() or exists (select 1 from report r where r.id = report_id));
create policy added on gate_check for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy erased on gate_check for delete to lachan_app using (ctx_kind() = 'system');

grant select, insert on evidence, verification to lachan_app;
create policy follows_case on evidence for select to lachan_app using (ctx_kind() = 'system' or exists (select 1 from case_file c where c.id = case_id));
create policy added on evidence for insert to lachan_app with check (ctx_kind() = 'officer' and officer_id = ctx_officer() and exists (select 1 from case_file c where c.id = case_id));
grant update (attachment_id, sha256, description) on evidence to lachan_app;
create policy erased on evidence for update to lachan_app using (ctx_kind() = 'system');
create policy follows_case on verification for select to lachan_app using (ctx_kind() = 'system' or exists (select 1 from case_file c where c.id = case_id));
create policy added on verification for insert to lachan_app with check (ctx_kind() = 'officer' and officer_id = ctx_officer() and exists (select 1 from case_file c where c.id = case_id));

grant select, insert, update on decision to lachan_app;
grant select, insert, update, delete on decision_element, decision_option, decision_evidence, decision_locator to lachan_app;
create policy machine on decision for all to lachan_app using (ctx_kind() = 'system') with check (ctx_kind() = 'system');
create policy own_agency on decision for all to lachan_app using (ctx_kind() = 'officer' and agency_id = ctx_agency())
  with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
do $$ declare t text; begin
  foreach t in array array['decision_element', 'decision_option', 'decision_evidence', 'decision_locator'] loop
    execute format('create policy follows_decision on %I for all to lachan_app using (exists (select 1 from decision d where d.id = decision_id)) with check (exists (select 1 from decision d where d.id = decision_id))', t);
  end loop;
end $$;

grant select, insert on warning, warning_target to lachan_app;
grant update (lifted_at) on warning to lachan_app;
create policy live on warning for select to lachan_app using (ctx_kind() is not null and lifted_at is null and ends_at > desk_now());
create policy office on warning for select to lachan_app using (ctx_kind() in ('officer', 'system'));
create policy published on warning for insert to lachan_app with check (ctx_kind() = 'officer' and agency_id = ctx_agency());
create policy lifted on warning for update to lachan_app using (ctx_kind() = 'system' or (ctx_kind() = 'officer' and agency_id = ctx_agency()));
create policy follows_warning on warning_target for select to lachan_app using (exists (select 1 from warning w where w.id = warning_id));
create policy published on warning_target for insert to lachan_app with check (ctx_kind() = 'officer');

create policy visible on journal for select to lachan_app using (ctx_kind() = 'system' or ctx_has_role('auditor') or (ctx_kind() = 'officer' and (
  officer_id = ctx_officer() or exists (select 1 from report r where r.id = entity_id) or exists (select 1 from case_file c where c.id = entity_id)
  or exists (select 1 from decision d where d.id = entity_id))));

revoke all on function open_identity, receipts_of, report_by_secret, sees_case from public;
grant execute on function open_identity, receipts_of, report_by_secret, sees_case to lachan_app;

-- The guards judge by all the facts, not by what the acting officer happens to see.
do $$ declare f text; begin
  foreach f in array array['require_journal', 'require_transition', 'guard_report', 'guard_decision', 'guard_decision_part', 'guard_decision_source', 'start_as_draft', 'guard_warning',
    'guard_warning_target', 'refuse_forbidden_image', 'require_elements', 'refuse_excluded_basis'] loop
    execute format('alter function %I() security definer set search_path = public, pg_temp', f);
  end loop;
end $$;

-- What a reporter may know of the own report's way: its states and the reasons given, not who worked on it.
create function report_steps(wanted uuid) returns table (at timestamptz, to_state text, reason text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select j.at, j.to_state, j.reason from journal j
  where j.entity = 'report' and j.entity_id = wanted and j.to_state is not null and (wanted = ctx_report() or ctx_kind() = 'system') order by j.seq $$;
create function report_warnings(wanted uuid) returns table (slug text, title text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select w.slug, w.title from warning w join decision d on d.id = w.decision_id join report r on r.case_id = d.case_id
  where r.id = wanted and wanted = ctx_report() and r.state in ('attached', 'answered') and w.lifted_at is null and w.ends_at > desk_now() $$;
revoke all on function report_steps, report_warnings from public;
grant execute on function report_steps, report_warnings to lachan_app;

-- Text search over what the own agency may see, every word of it. `ilike` is not leakproof, so under row-level security it
-- could not use report_search; this function applies the same rule itself. Frequent words are found among the newest
-- reports at once, rare ones through the trigram index.
create function search_reports(patterns text[], most integer) returns setof uuid language plpgsql stable security definer
  set search_path = public, pg_temp rows 100 as $$
declare found uuid[];
begin
  if ctx_kind() is distinct from 'officer' then return; end if;
  execute 'select array_agg(id) from (select id from (select id, search from report where handling_agency_id = $1 order by id desc limit $3 * 10) recent
    where search ilike all ($2) limit $3) hit' into found using ctx_agency(), patterns, most;
  if cardinality(found) >= most then return query select unnest(found); return; end if;
  return query execute 'with hit as materialized (select id from report where search ilike all ($2) and (handling_agency_id = $1 or sender_agency_id = $1
    or case_id in (select p.case_id from case_party p where p.agency_id = $1))) select id from hit order by id desc limit $3' using ctx_agency(), patterns, most;
end $$;
revoke all on function search_reports from public;
grant execute on function search_reports to lachan_app;

-- From the moment of the stop nobody in the office reads, finds or links what was stopped: the pile would be a list of
-- critics. The words stay sealed for the reporter until the erasure; the traces go at once.
create function withhold_stopped(wanted uuid, story bytea) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare traces uuid[];
begin
  update report set narrative = '–', search = '', sealed_story = story
    where id = wanted and state = 'stopped' and handling_agency_id = ctx_agency();
  if not found then raise exception 'not a stopped report of this agency' using errcode = 'check_violation'; end if;
  with gone as (delete from report_indicator where report_id = wanted returning indicator_id) select array_agg(indicator_id) into traces from gone;
  delete from indicator i where i.id = any (traces) and not exists (select 1 from report_indicator r where r.indicator_id = i.id)
    and not exists (select 1 from decision_locator l where l.indicator_id = i.id);
end $$;
revoke all on function withhold_stopped from public;
grant execute on function withhold_stopped to lachan_app;
