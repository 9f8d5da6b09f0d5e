-- Written opinions (regulation, article 3.2b): one request to several agencies, one answer of each, silence that is recorded and never consent.

alter table api_token drop constraint api_token_scopes_check;
alter table api_token add constraint api_token_scopes_check
  check (cardinality(scopes) > 0 and scopes <@ array['reports:write', 'reports:read', 'figures:write', 'opinions:read', 'opinions:write']);

-- ── The request ─────────────────────────────────────────────────────────────────────────────────────────────────────
create table consultation (
  id uuid primary key default uuidv7(), code text not null unique check (code ~ '^YK-\d{2}-\d{6}-\d{4,9}-\d$'), case_id uuid not null references case_file,
  agency_id uuid not null references agency, officer_id uuid not null references officer, form_hash bytea not null,
  title text not null check (length(title) between 3 and 200), question text not null check (length(question) between 3 and 4000),
  points text[] not null default '{}' check (cardinality(points) <= 20), draft_text text not null default '' check (length(draft_text) <= 20000),
  in_mail boolean not null default false, -- the asker said that the question holds no personal data
  working_days integer not null check (working_days between 1 and 15), due_on date not null, sent_at timestamptz not null,
  round integer not null default 1 check (round between 1 and 20), follows uuid unique references consultation,
  shows_answers boolean not null default false, summary text not null default '' check (length(summary) <= 4000), closed_at timestamptz, closed_by uuid references officer,
  check ((follows is null) = (round = 1)), check ((closed_at is null) = (closed_by is null)), unique (agency_id, form_hash));
create index consultation_case on consultation (case_id);

-- ── What one agency was asked, and its answers: every version is kept ───────────────────────────────────────────────
create table opinion (
  id uuid primary key default uuidv7(), consultation_id uuid not null references consultation, agency_id uuid not null references agency,
  state text not null default 'sent' check (state in ('sent', 'overdue', 'answered', 'withdrawn')), opened_at timestamptz, mailed_at timestamptz,
  reminded_on date, withdrawn_why text check (length(withdrawn_why) <= 1000), unique (consultation_id, agency_id),
  check ((state = 'withdrawn') = (withdrawn_why is not null)));
create index opinion_agency on opinion (agency_id, state);
create index opinion_open on opinion (state) where state in ('sent', 'overdue');

-- answer: to_read is a mail whose first line names no answer; an officer of the asking agency reads it and says what it is. Software never does.
create table opinion_answer (
  id uuid primary key default uuidv7(), opinion_id uuid not null references opinion, version integer not null check (version between 1 and 100),
  answer text not null check (answer in ('agree', 'agree_with_changes', 'disagree', 'not_competent', 'to_read')),
  reasons text not null default '' check (length(reasons) <= 20000), on_points text[] not null default '{}' check (cardinality(on_points) <= 20),
  instead_agency_id uuid references agency, instead_text text not null default '' check (length(instead_text) <= 300),
  document_number text not null default '' check (length(document_number) <= 60), document_on date,
  way text not null check (way in ('screen', 'api', 'mail', 'paper')), officer_id uuid references officer, token_id uuid references api_token, mail_id uuid, at timestamptz not null, late boolean not null,
  unique (opinion_id, version),
  check (answer in ('agree', 'to_read') or length(btrim(reasons)) >= 3), check (answer <> 'to_read' or way = 'mail'),
  check (answer <> 'not_competent' or way in ('mail', 'paper') or instead_agency_id is not null or btrim(instead_text) <> ''));

-- A mail that answers. `why` it waits, if it does: the directory does not know its address for that agency, what it claims of its sender does not
-- hold, or the synthesis was closed; then an officer of the asking agency says whether it is theirs.
create table opinion_mail (
  id uuid primary key default uuidv7(), opinion_id uuid not null references opinion, arrival_id uuid not null unique, sender_sealed bytea not null, why text check (why in ('unknown_sender', 'not_genuine', 'closed')),
  body text not null check (length(body) <= 20000), answer text not null check (answer in ('agree', 'agree_with_changes', 'disagree', 'not_competent', 'to_read')), at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'taken', 'refused')), decided_at timestamptz, decided_by uuid references officer,
  check ((state = 'waiting') = (decided_at is null)), check (decided_by is null or decided_at is not null), check (why is not null or state <> 'waiting'));
create index opinion_mail_opinion on opinion_mail (opinion_id);
alter table opinion_answer add foreign key (mail_id) references opinion_mail;

create table opinion_file (
  id uuid primary key default uuidv7(), consultation_id uuid references consultation, answer_id uuid references opinion_answer, mail_id uuid references opinion_mail,
  name text not null check (length(name) between 1 and 150), media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document')),
  bytes integer not null check (bytes between 1 and 10485760), file_ref text not null, sha256 bytea not null, at timestamptz not null,
  check (num_nonnulls(consultation_id, answer_id, mail_id) = 1));
create index opinion_file_consultation on opinion_file (consultation_id) where consultation_id is not null;
create index opinion_file_answer on opinion_file (answer_id) where answer_id is not null;
create index opinion_file_mail on opinion_file (mail_id) where mail_id is not null;

-- ── Who sees what ───────────────────────────────────────────────────────────────────────────────────────────────────
-- The agency that leads the case sees all; an asked agency the question and its own answer; the others' answers only once the asker shows them.
create function runs_consultation(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from consultation c where c.id = wanted and leads_case(c.case_id)) $$;
create function is_asked(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from opinion o where o.consultation_id = wanted and o.agency_id = ctx_agency()) $$;
create function shows_answers(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from consultation c join opinion o on o.consultation_id = c.id where c.id = wanted and c.shows_answers and o.agency_id = ctx_agency() and o.state <> 'withdrawn') $$;
create function consultation_of(wanted uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select consultation_id from opinion where id = wanted $$;
create function answers_for(wanted uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from opinion o where o.id = wanted and o.agency_id = ctx_agency()) $$;

do $$
declare t text;
begin
  foreach t in array array['consultation', 'opinion', 'opinion_answer', 'opinion_mail', 'opinion_file'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_all on %I for all to current_user using (true) with check (true)', t);
    execute format('create policy machine on %I for all to lachan_app using (ctx_kind() = ''system'') with check (ctx_kind() = ''system'')', t);
    execute format('grant select, insert on %I to lachan_app', t);
  end loop;
end $$;
grant update (shows_answers, summary, closed_at, closed_by) on consultation to lachan_app;
grant update (state, opened_at, mailed_at, reminded_on, withdrawn_why) on opinion to lachan_app;
grant update (state, decided_at, decided_by) on opinion_mail to lachan_app;
grant delete on opinion_file to lachan_app;

create policy lead on consultation for all to lachan_app using (ctx_kind() = 'officer' and leads_case(case_id))
  with check (ctx_kind() = 'officer' and leads_case(case_id));
create policy asked on consultation for select to lachan_app using (ctx_kind() in ('officer', 'agency') and is_asked(id));

create policy lead on opinion for all to lachan_app using (ctx_kind() = 'officer' and runs_consultation(consultation_id))
  with check (ctx_kind() = 'officer' and runs_consultation(consultation_id));
create policy own on opinion for select to lachan_app using (ctx_kind() in ('officer', 'agency') and agency_id = ctx_agency());
create policy answers on opinion for update to lachan_app using (ctx_kind() in ('officer', 'agency') and agency_id = ctx_agency())
  with check (ctx_kind() in ('officer', 'agency') and agency_id = ctx_agency());
create policy shown on opinion for select to lachan_app using (ctx_kind() = 'officer' and shows_answers(consultation_id));

create policy lead on opinion_answer for select to lachan_app using (ctx_kind() = 'officer' and runs_consultation(consultation_of(opinion_id)));
create policy own on opinion_answer for select to lachan_app using (ctx_kind() in ('officer', 'agency') and answers_for(opinion_id));
create policy shown on opinion_answer for select to lachan_app using (ctx_kind() = 'officer' and shows_answers(consultation_of(opinion_id)));
create policy given on opinion_answer for insert to lachan_app
  with check (ctx_kind() in ('officer', 'agency') and (answers_for(opinion_id) or (ctx_kind() = 'officer' and runs_consultation(consultation_of(opinion_id)))));

create policy lead on opinion_mail for select to lachan_app using (ctx_kind() = 'officer' and runs_consultation(consultation_of(opinion_id)));
create policy decided on opinion_mail for update to lachan_app using (ctx_kind() = 'officer' and runs_consultation(consultation_of(opinion_id)))
  with check (ctx_kind() = 'officer' and runs_consultation(consultation_of(opinion_id)));

-- Files follow what they hang on: the request, an answer (never another agency's, shown or not), a mail that waits.
create policy of_request on opinion_file for select to lachan_app using (ctx_kind() in ('officer', 'agency') and consultation_id is not null
  and (is_asked(consultation_id) or (ctx_kind() = 'officer' and runs_consultation(consultation_id))));
create policy of_answer on opinion_file for select to lachan_app using (ctx_kind() in ('officer', 'agency') and answer_id is not null
  and exists (select 1 from opinion_answer a where a.id = answer_id and (answers_for(a.opinion_id) or (ctx_kind() = 'officer' and runs_consultation(consultation_of(a.opinion_id))))));
create policy of_mail on opinion_file for select to lachan_app using (ctx_kind() = 'officer' and mail_id is not null and exists (select 1 from opinion_mail m where m.id = mail_id));
create policy added on opinion_file for insert to lachan_app with check (ctx_kind() in ('officer', 'agency') and at = desk_now() and mail_id is null
  and case when consultation_id is not null then ctx_kind() = 'officer' and runs_consultation(consultation_id)
    else exists (select 1 from opinion_answer a where a.id = answer_id and a.at = desk_now() and (answers_for(a.opinion_id) or (ctx_kind() = 'officer' and runs_consultation(consultation_of(a.opinion_id))))) end);

-- ── Rules ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create function guard_consultation() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare first consultation; led case_file;
begin
  if tg_op = 'UPDATE' then
    if ctx_kind() is null then return new; end if; -- the owner, emptying
    if old.closed_at is null and new.closed_at is not null and (new.closed_at, new.closed_by) is distinct from (desk_now(), ctx_officer()) then
      raise exception 'a synthesis is closed in person, now' using errcode = 'check_violation'; end if;
    if old.closed_at is not null and new.closed_at is not null and new.summary is distinct from old.summary then
      raise exception 'a closed synthesis stays as it is' using errcode = 'check_violation'; end if;
    return new;
  end if;
  select * into led from case_file where id = new.case_id;
  if led.lead_agency_id is distinct from new.agency_id or led.state in ('open', 'closed') then
    raise exception 'only the lead of a case that is worked on asks for opinions' using errcode = 'check_violation'; end if;
  if new.officer_id is distinct from ctx_officer() or new.agency_id is distinct from ctx_agency() or new.sent_at is distinct from desk_now() or new.due_on <= desk_today() or new.closed_at is not null then
    raise exception 'opinions are asked for in person, now, with a day to answer by' using errcode = 'check_violation'; end if;
  if new.follows is not null then
    select * into first from consultation where id = new.follows;
    if first.case_id is distinct from new.case_id or new.round <> first.round + 1 then
      raise exception 'a further round follows a round of the same case' using errcode = 'check_violation'; end if;
  end if;
  return new;
end $$;
create trigger consultation_guard before insert or update on consultation for each row execute function guard_consultation();

create function guard_opinion() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare asked consultation;
begin
  select * into asked from consultation where id = new.consultation_id;
  if tg_op = 'INSERT' then
    if new.state <> 'sent' or new.agency_id = asked.agency_id or asked.sent_at is distinct from desk_now() or ctx_officer() is distinct from asked.officer_id then
      raise exception 'an opinion is asked for with its request, of another agency' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if ctx_kind() is null then return new; end if;
  if new.state = 'overdue' and old.state = 'sent' and asked.due_on >= desk_today() then
    raise exception 'the day to answer by is not over' using errcode = 'check_violation'; end if;
  if new.state = 'answered' and old.state <> 'answered' and not exists (select 1 from opinion_answer a where a.opinion_id = new.id) then
    raise exception 'nothing was answered' using errcode = 'check_violation'; end if;
  if new.state = 'withdrawn' and old.state <> 'withdrawn' and not leads_case(asked.case_id) and ctx_kind() <> 'system' then
    raise exception 'only who asked withdraws' using errcode = 'check_violation'; end if;
  if (new.opened_at is distinct from old.opened_at) and (new.agency_id is distinct from ctx_agency() or new.opened_at is distinct from desk_now() or old.opened_at is not null) then
    raise exception 'a receipt is given once, by the agency that was asked' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger opinion_guard before insert or update on opinion for each row execute function guard_opinion();
create trigger opinion_transition before update of state on opinion for each row execute function require_transition('opinion');
create constraint trigger opinion_journal after update of state on opinion deferrable initially deferred
  for each row when (old.state is distinct from new.state) execute function require_journal();

-- Who may say what for whom: the agency itself on its screen or by its token; the asking agency what came on paper or by mail; a job a mail
-- whose sender the directory knows. Never after the synthesis is closed; numbered without a gap; late is a fact, not a choice.
create function guard_answer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare o opinion; c consultation; latest integer;
begin
  select * into o from opinion where id = new.opinion_id for update;
  select * into c from consultation where id = o.consultation_id;
  if o.state = 'withdrawn' then raise exception 'the request was withdrawn' using errcode = 'check_violation'; end if;
  if c.closed_at is not null then raise exception 'the synthesis is closed' using errcode = 'check_violation'; end if;
  select coalesce(max(version), 0) into latest from opinion_answer where opinion_id = o.id;
  if new.version <> latest + 1 or new.at is distinct from desk_now() or new.late is distinct from (desk_today() > c.due_on) then
    raise exception 'a version follows the one before, now' using errcode = 'check_violation'; end if;
  if not coalesce(case new.way
    when 'screen' then ctx_kind() = 'officer' and ctx_agency() = o.agency_id and new.officer_id = ctx_officer() and new.mail_id is null
    when 'api' then ctx_kind() = 'agency' and ctx_agency() = o.agency_id and new.token_id is not null and new.officer_id is null
    when 'paper' then ctx_kind() = 'officer' and leads_case(c.case_id) and new.officer_id = ctx_officer() and new.mail_id is null
    else new.mail_id is not null and exists (select 1 from opinion_mail m where m.id = new.mail_id and m.opinion_id = o.id)
      and (ctx_kind() = 'system' and new.officer_id is null or ctx_kind() = 'officer' and leads_case(c.case_id) and new.officer_id = ctx_officer() and new.answer <> 'to_read') end, false) then
    raise exception 'answered in the place of another' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger opinion_answer_guard before insert on opinion_answer for each row execute function guard_answer();

create function require_answered() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from opinion o where o.id = new.opinion_id and o.state in ('answered', 'withdrawn')) then
    raise exception 'an answer makes an opinion answered' using errcode = 'check_violation'; end if;
  return null;
end $$;
create constraint trigger opinion_answer_counts after insert on opinion_answer deferrable initially deferred for each row execute function require_answered();

create function guard_opinion_mail() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx_kind() is null then return new; end if;
  if old.state <> 'waiting' or (new.decided_at, new.decided_by) is distinct from (desk_now(), ctx_officer()) then
    raise exception 'a mail is decided about once, in person' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger opinion_mail_guard before update on opinion_mail for each row execute function guard_opinion_mail();

-- A file is removed only when the contents of its case are gone.
create function guard_opinion_file() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_spent_file(old) then raise exception 'files stay as long as their case' using errcode = 'restrict_violation'; end if;
  return old;
end $$;
create function is_spent_file(f opinion_file) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from consultation c join case_file k on k.id = c.case_id and k.minimised_at is not null
    where c.id = coalesce(f.consultation_id, (select consultation_of(a.opinion_id) from opinion_answer a where a.id = f.answer_id), (select consultation_of(m.opinion_id) from opinion_mail m where m.id = f.mail_id))) $$;
create trigger opinion_file_guard before delete on opinion_file for each row execute function guard_opinion_file();
create function spent_opinion_files() returns setof opinion_file language sql stable security definer set search_path = public, pg_temp as $$
  select f.* from opinion_file f where ctx_kind() = 'system' and is_spent_file(f) limit 500 $$;

revoke all on function runs_consultation, is_asked, shows_answers, consultation_of, answers_for, guard_consultation, guard_opinion, guard_answer, require_answered, guard_opinion_mail, guard_opinion_file, is_spent_file,
  spent_opinion_files from public;
grant execute on function runs_consultation, is_asked, shows_answers, consultation_of, answers_for, spent_opinion_files to lachan_app;

-- ── Minimising ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function minimise_opinions() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare kept text := current_setting('desk.kind', true);
begin
  -- The guards let the owner pass, who acts for nobody.
  perform set_config('desk.kind', '', true);
  update consultation set title = code, question = 'đã xóa', points = '{}', draft_text = '', summary = '' where case_id = new.id;
  update opinion o set withdrawn_why = 'đã xóa' from consultation c where c.id = o.consultation_id and c.case_id = new.id and o.state = 'withdrawn';
  update opinion_answer a set reasons = case when a.answer in ('agree', 'to_read') then '' else 'đã xóa' end, on_points = '{}', instead_text = case when a.instead_text = '' then '' else 'đã xóa' end
    from opinion o join consultation c on c.id = o.consultation_id where o.id = a.opinion_id and c.case_id = new.id;
  update opinion_mail m set body = 'đã xóa', sender_sealed = '' from opinion o join consultation c on c.id = o.consultation_id where o.id = m.opinion_id and c.case_id = new.id;
  perform set_config('desk.kind', kept, true);
  return null;
end $$;
create trigger minimise_opinions after update of minimised_at on case_file for each row when (old.minimised_at is null and new.minimised_at is not null)
  execute function minimise_opinions();
