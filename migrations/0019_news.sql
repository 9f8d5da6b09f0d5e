-- News: how each officer wants to be told, mail that goes once, and tasks told to the systems of agencies.

-- ── Settings of each person ─────────────────────────────────────────────────────────────────────────────────────────
-- Hours are whole hours of Vietnam's clock; quiet from 19 to 7 goes over midnight, from = to means no quiet hours.
create table notification_setting (
  officer_id uuid primary key references officer,
  immediate text not null default 'urgent' check (immediate in ('urgent', 'all', 'none')),
  digest text not null default 'daily' check (digest in ('daily', 'weekly', 'none')), digest_hour smallint not null default 8 check (digest_hour between 0 and 23),
  quiet_from smallint not null default 19 check (quiet_from between 0 and 23), quiet_to smallint not null default 7 check (quiet_to between 0 and 23),
  urgent_in_quiet boolean not null default false, changed_at timestamptz not null,
  constraint digest_not_in_quiet check (digest = 'none' or not (case when quiet_from <= quiet_to then digest_hour >= quiet_from and digest_hour < quiet_to
    else digest_hour >= quiet_from or digest_hour < quiet_to end)));
alter table notification_setting enable row level security;
alter table notification_setting force row level security;
create policy owner_all on notification_setting for all to current_user using (true) with check (true);
grant select, insert, update on notification_setting to lachan_app;
create policy machine on notification_setting for select to lachan_app using (ctx_kind() = 'system');
create policy own on notification_setting for all to lachan_app using (ctx_kind() = 'officer' and officer_id = ctx_officer())
  with check (ctx_kind() = 'officer' and officer_id = ctx_officer());

-- ── Mail: whoever claims news has until mail_after to send it; then it is due again ─────────────────────────────────
alter table notification add column mail_attempts smallint not null default 0 check (mail_attempts >= 0), add column mail_after timestamptz;
grant update (mail_attempts, mail_after) on notification to lachan_app;
create index notification_officer on notification (officer_id, id desc);
-- An officer marks as read, now, and nothing else; what was read or mailed stays so.
create function guard_notification() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx_kind() = 'officer' and (old.read_at is not null or new.read_at is distinct from desk_now()
      or (new.mailed_at, new.mail_attempts, new.mail_after) is distinct from (old.mailed_at, old.mail_attempts, old.mail_after)) then
    raise exception 'an officer marks unread news as read, nothing else' using errcode = 'check_violation';
  end if;
  if old.mailed_at is not null and new.mailed_at is distinct from old.mailed_at then
    raise exception 'what was mailed stays mailed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger notification_guard before update on notification for each row execute function guard_notification();

-- ── Webhooks: an agency's system hears of the tasks set for it, by code, kind, last day and link ────────────────────
alter table webhook_delivery alter column report_id drop not null, add column task_id uuid references task on delete cascade,
  add constraint webhook_delivery_about check (num_nonnulls(report_id, task_id) = 1);
create index webhook_delivery_task on webhook_delivery (task_id) where task_id is not null;

create function announce_task() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- A task handed to another agency ends for the one and opens for the other.
  insert into webhook_delivery (webhook_id, task_id, payload, at, next_at)
    select w.id, new.id, jsonb_build_object('type', event.type, 'timestamp', to_char(desk_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'data', jsonb_build_object('code', new.code, 'kind', new.kind, 'due', new.due_on, 'link', new.href)), desk_now(), desk_now()
    from (select 'task.opened', new.agency_id where new.state = 'open' and (tg_op = 'INSERT' or old.agency_id is distinct from new.agency_id)
      union all select 'task.ended', old.agency_id where tg_op = 'UPDATE' and old.state = 'open' and (new.state <> 'open' or old.agency_id is distinct from new.agency_id)
      union all select 'task.due_changed', new.agency_id where tg_op = 'UPDATE' and new.state = 'open' and old.agency_id = new.agency_id and old.due_on is distinct from new.due_on) event (type, agency_id)
    join webhook w on w.agency_id = event.agency_id and w.stopped_at is null;
  return null;
end $$;
create trigger task_announced after insert or update of state, agency_id, due_on on task for each row execute function announce_task();
