-- Law (issue "Law"): the catalogue of legal bases is kept by a legal officer, two people for every change. The release
-- brings the first catalogue (src/catalogue/legal-bases.ts); what was changed here by an approved proposal stays.

alter domain role_code drop constraint role_code_check;
alter domain role_code add constraint role_code_check check (value in (
  'intake', 'case_officer', 'reviewer', 'leader', 'spokesperson', 'clerk', 'focal', 'legal', 'auditor', 'administrator'));

alter table legal_document
  add column name_en text not null default '' check (length(name_en) <= 300),
  add column source text not null default '' check (length(source) <= 200), -- number and gazette, as printed
  add column ends_why text check (length(ends_why) <= 500),
  add column origin text not null default 'release' check (origin in ('release', 'local')),
  add column local_change boolean not null default false,
  add check (length(name) between 3 and 300);
create table legal_element (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{1,39}$'), label_vi text not null check (length(label_vi) between 3 and 200),
  label_en text not null check (length(label_en) between 3 and 200), origin text not null default 'release' check (origin in ('release', 'local')));
alter table legal_basis
  add column what_en text not null default '' check (length(what_en) <= 500),
  add column valid_from date, -- null: as its document
  add column valid_to date,
  add column origin text not null default 'release' check (origin in ('release', 'local')),
  add column local_change boolean not null default false,
  add column checked_on date, -- a lawyer's check of the text and its elements
  add column checked_by text check (length(checked_by) between 3 and 200),
  add check ((checked_on is null) = (checked_by is null)),
  add check (valid_to is null or valid_from is null or valid_to >= valid_from),
  add check (length(what) between 3 and 500),
  add check (cardinality(elements) <= 10),
  -- One way to write a place: "09", "Điều 9" or "9 " beside "9" would slip past the list of excluded provisions.
  add check (article ~ '^[1-9][0-9]{0,3}[abcdđeghiklmnopqrstuvxy]?$'),
  add check (clause ~ '^[1-9][0-9]{0,2}[abcdđeghiklmnopqrstuvxy]?$'),
  add check (point ~ '^[abcdđeghiklmnopqrstuvxy][0-9]{0,2}$'),
  add check (point is null or clause is not null),
  -- Of one clause, one text on one day.
  add exclude using gist (document with =, article with =, coalesce(clause, '') with =, coalesce(point, '') with =, (category::text) with =,
    daterange(valid_from, valid_to, '[]') with &&);

-- "330/2026/ND-CP" of "Nghị định 330/2026/NĐ-CP": a document is known by its number, whatever it is called here.
create function document_number(name text) returns text language sql immutable parallel safe
  as $$ select upper(translate(substring(name from '[0-9]{1,4}/[0-9]{4}/[A-Za-zĐđ0-9-]+'), 'Đđ', 'Dd')) $$;

-- Does a provision share ground with one that is excluded on purpose? A whole article overlaps each of its clauses.
create function is_excluded(in_document text, in_article text, in_clause text, in_point text) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from excluded_provision e join legal_document d on d.code = e.document
    where (e.document = in_document or document_number(d.name) = (select document_number(own.name) from legal_document own where own.code = in_document))
      and e.article = in_article
      and (e.clause is null or in_clause is null or e.clause = in_clause)
      and (e.point is null or in_point is null or e.point = in_point)) $$;
create or replace function refuse_excluded_basis() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if is_excluded(new.document, new.article, new.clause, new.point) then
    raise exception 'S3: provision % is excluded on purpose and cannot be entered', new.code using errcode = 'check_violation';
  end if;
  if exists (select 1 from unnest(new.elements) wanted where not exists (select 1 from legal_element e where e.code = wanted)) then
    raise exception 'S3: % names an element that is not in the list', new.code using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- May a basis be used on the day of an act? Its document and the clause itself must be in force.
create or replace function basis_in_force(wanted text, on_date date) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from legal_basis b join legal_document d on d.code = b.document
    where b.code = wanted and on_date between greatest(d.valid_from, b.valid_from) and coalesce(least(d.valid_to, b.valid_to), 'infinity')
      and not is_excluded(b.document, b.article, b.clause, b.point)) $$;
create function require_law_in_force() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not basis_in_force(new.legal_basis, coalesce(new.act_date, desk_today())) then
    raise exception 'S3: % is not in force on %', new.legal_basis, coalesce(new.act_date, desk_today()) using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger decision_law before update of state on decision
  for each row when (new.state = 'in_force' and old.state <> 'in_force') execute function require_law_in_force();

-- ── Changes: proposed by one person, decided by another, applied in the same transaction ────────────────────────────
create table legal_change (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('add_document', 'end_document', 'add_basis', 'end_basis', 'correct_basis', 'mark_checked')),
  target text not null check (length(target) between 1 and 100), content jsonb not null check (jsonb_typeof(content) = 'object' and length(content::text) <= 20000),
  reason text not null check (length(reason) between 5 and 2000), agency_id uuid not null references agency,
  proposed_by uuid not null references officer, proposed_at timestamptz not null,
  decided_by uuid references officer, decided_at timestamptz, outcome text check (outcome in ('approved', 'refused')),
  decision_reason text check (length(decision_reason) between 5 and 2000), applied_at timestamptz,
  before jsonb, -- the row as it stood when the change was proposed, then when it was decided
  check (decided_by <> proposed_by),
  check ((outcome is null) = (decided_by is null) and (outcome is null) = (decided_at is null)),
  check (outcome is distinct from 'refused' or decision_reason is not null),
  check (applied_at is null or outcome = 'approved'));
create unique index legal_change_open on legal_change (target) where outcome is null;
create index legal_change_target on legal_change (target, proposed_at);
create trigger legal_change_kept before delete or truncate on legal_change for each statement execute function refuse_change();

-- Does the acting officer hold one of these roles today, in an agency that coordinates (like keeps_directory)?
create function keeps_law(wanted text[]) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select ctx_kind() = 'officer'
    and exists (select 1 from officer_role r where r.officer_id = ctx_officer() and r.agency_id = ctx_agency() and r.role::text = any (wanted)
      and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today()))
    and exists (select 1 from competence c where c.agency_id = ctx_agency() and c.role = 'coordinate'
      and c.valid_from <= desk_today() and (c.valid_to is null or c.valid_to >= desk_today())) $$;

-- What a change does to the catalogue; checks, domain and the trigger on excluded provisions judge every row.
create function apply_law(kind text, target text, content jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare place text; codes text[]; touched integer;
begin
  if kind = 'add_document' then
    if target !~ '^[A-Z][A-Z0-9]{1,11}$' or document_number(content ->> 'nameVi') is null or length(content ->> 'source') < 3 then
      raise exception 'law: a document needs a code, a number in its name and where it was published' using errcode = 'check_violation'; end if;
    if exists (select 1 from legal_document d where document_number(d.name) = document_number(content ->> 'nameVi')) then
      raise exception 'law: this document is in the catalogue already' using errcode = 'unique_violation'; end if;
    insert into legal_document (code, name, name_en, source, valid_from, valid_to, origin, local_change)
      values (target, content ->> 'nameVi', content ->> 'nameEn', content ->> 'source', (content ->> 'validFrom')::date, (content ->> 'validTo')::date, 'local', true);
  elsif kind = 'end_document' then
    update legal_document set valid_to = (content ->> 'validTo')::date, ends_why = content ->> 'why', local_change = true where code = target;
  elsif kind = 'end_basis' then
    update legal_basis set valid_to = (content ->> 'validTo')::date, local_change = true where code = target;
  elsif kind = 'mark_checked' then
    if content ->> 'checkedOn' is null or (content ->> 'checkedOn')::date > desk_today() then
      raise exception 'law: a check has happened on a day, not later than today' using errcode = 'check_violation'; end if;
    update legal_basis set checked_on = (content ->> 'checkedOn')::date, checked_by = content ->> 'checkedBy', local_change = true where code = target;
  else
    if jsonb_typeof(content -> 'elements') is distinct from 'array' then raise exception 'S3: the elements are missing' using errcode = 'check_violation'; end if;
    insert into legal_element (code, label_vi, label_en, origin)
      select one ->> 'code', one ->> 'vi', one ->> 'en', 'local' from jsonb_array_elements(content -> 'elements') one on conflict (code) do nothing;
    select array_agg(one ->> 'code' order by place_of) into codes from jsonb_array_elements(content -> 'elements') with ordinality of (one, place_of);
    if codes is null or cardinality(codes) <> (select count(distinct code) from unnest(codes) code) then
      raise exception 'S3: a basis has at least one element, each once' using errcode = 'check_violation'; end if;
    if kind = 'add_basis' then
      place := concat_ws('.', content ->> 'document', content ->> 'article', content ->> 'clause', content ->> 'point') || '/' || (content ->> 'category');
      if target is distinct from place and target is distinct from place || '@' || (content ->> 'validFrom') then
        raise exception 'law: the code says where the provision stands' using errcode = 'check_violation'; end if;
      insert into legal_basis (code, document, article, clause, point, category, what, what_en, elements, valid_from, valid_to, origin, local_change)
        values (target, content ->> 'document', content ->> 'article', content ->> 'clause', content ->> 'point', content ->> 'category',
          content ->> 'whatVi', content ->> 'whatEn', codes, (content ->> 'validFrom')::date, (content ->> 'validTo')::date, 'local', true);
    else
      -- What was decided was reasoned along these elements: other elements are another basis (end this one, add it anew).
      if exists (select 1 from legal_basis b join decision d on d.legal_basis = b.code where b.code = target and b.elements <> codes and d.decided_at is not null) then
        raise exception 'law: decisions rest on these elements' using errcode = 'object_in_use'; end if;
      update legal_basis set what = content ->> 'whatVi', what_en = content ->> 'whatEn', elements = codes, checked_on = null, checked_by = null, local_change = true
        where code = target;
    end if;
  end if;
  get diagnostics touched = row_count;
  if touched <> 1 then raise exception 'law: % is not in the catalogue', target using errcode = 'foreign_key_violation'; end if;
end $$;

create function law_row(kind text, target text) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select case when kind = 'end_document' then (select to_jsonb(d) from legal_document d where d.code = target)
    when kind in ('end_basis', 'correct_basis', 'mark_checked') then (select to_jsonb(b) from legal_basis b where b.code = target) end $$;
create function guard_legal_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.proposed_by is distinct from ctx_officer() or new.agency_id is distinct from ctx_agency() or not keeps_law(array['legal']) then
      raise exception 'law: a change is proposed in person by a legal officer of the coordinating agency' using errcode = 'insufficient_privilege'; end if;
    new.proposed_at := desk_now();
    new.before := law_row(new.kind, new.target);
    -- A change that could not be applied is not even proposed: it is tried, and undone.
    begin
      perform apply_law(new.kind, new.target, new.content);
      raise exception sqlstate 'LAW00';
    exception when sqlstate 'LAW00' then null;
    end;
    return new;
  end if;
  if old.outcome is not null then
    if old.applied_at is null and new.applied_at is not null and (to_jsonb(new) - 'applied_at') = (to_jsonb(old) - 'applied_at') then return new; end if;
    raise exception 'law: a decided change stays decided' using errcode = 'restrict_violation';
  end if;
  if (to_jsonb(new) - array['decided_by', 'decided_at', 'outcome', 'decision_reason', 'before'])
      is distinct from (to_jsonb(old) - array['decided_by', 'decided_at', 'outcome', 'decision_reason', 'before']) or new.outcome is null then
    raise exception 'law: a proposal is decided, not rewritten' using errcode = 'restrict_violation'; end if;
  if new.decided_by = old.proposed_by then
    raise exception 'law: who proposed a change does not decide it' using errcode = 'insufficient_privilege'; end if;
  if new.decided_by is distinct from ctx_officer() or not keeps_law(array['legal', 'leader']) then
    raise exception 'law: a change is decided in person, in the coordinating agency' using errcode = 'insufficient_privilege'; end if;
  new.decided_at := desk_now();
  new.before := law_row(new.kind, new.target);
  return new;
end $$;
create trigger legal_change_guard before insert or update on legal_change for each row execute function guard_legal_change();

-- Called in the transaction of the approval; an approval that was not applied, or a step without its journal entry, does not commit.
create function apply_legal_change(wanted uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare change legal_change;
begin
  select * into change from legal_change c where c.id = wanted for update;
  if change.id is null or change.outcome is distinct from 'approved' or change.applied_at is not null or change.decided_by is distinct from ctx_officer() then
    raise exception 'law: only a change approved just now is applied' using errcode = 'restrict_violation'; end if;
  perform apply_law(change.kind, change.target, change.content);
  update legal_change set applied_at = desk_now() where id = wanted;
end $$;
create function require_law_done() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from legal_change c where c.id = new.id and c.outcome = 'approved' and c.applied_at is null) then
    raise exception 'law: an approved change is applied at once' using errcode = 'check_violation'; end if;
  if not exists (select 1 from journal j where j.entity = 'law' and j.entity_id = new.id and j.tx = pg_current_xact_id()
      and j.action = case new.outcome when 'approved' then 'approve' when 'refused' then 'refuse' else 'propose' end) then
    raise exception 'law: no step without a journal entry' using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger legal_change_done after insert or update on legal_change deferrable initially deferred
  for each row execute function require_law_done();

-- How often a basis is cited, over all agencies: numbers for the one who would end it, nothing of the decisions.
create function basis_use(wanted text) returns table (drafts integer, in_force integer) language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) filter (where d.state in ('draft', 'second_review', 'returned'))::integer,
    count(*) filter (where d.state = 'in_force' and (d.ends_on is null or d.ends_on >= desk_today()))::integer
  from decision d where d.legal_basis = wanted and ctx_kind() in ('officer', 'system') $$;
create index decision_legal_basis on decision (legal_basis);

-- ── Row-level security ──────────────────────────────────────────────────────────────────────────────────────────────
do $$ declare t text; begin
  foreach t in array array['legal_element', 'legal_change'] loop
    execute format('alter table %I enable row level security; alter table %I force row level security', t, t);
    execute format('create policy owner_all on %I to current_user using (true) with check (true)', t);
  end loop;
end $$;
grant select on legal_element to lachan_app;
create policy any_context on legal_element for select to lachan_app using (ctx_kind() is not null);
grant select on legal_change to lachan_app;
grant insert (kind, target, content, reason, agency_id, proposed_by, proposed_at) on legal_change to lachan_app;
grant update (decided_by, decided_at, outcome, decision_reason) on legal_change to lachan_app;
create policy office on legal_change for select to lachan_app using (ctx_kind() in ('officer', 'system'));
create policy proposed on legal_change for insert to lachan_app with check (ctx_kind() = 'officer' and proposed_by = ctx_officer());
create policy decided on legal_change for update to lachan_app using (ctx_kind() = 'officer') with check (decided_by = ctx_officer());

revoke all on function apply_law, law_row, apply_legal_change, keeps_law, basis_use, is_excluded, basis_in_force from public;
grant execute on function apply_legal_change, keeps_law, basis_use, basis_in_force to lachan_app;
