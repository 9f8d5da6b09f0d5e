-- Search by whole words over a million reports, and the lists of open ones.
-- Search by whole words. `like all (array)` cannot use an index and `ilike` folds every row anew, so that each search read the
-- whole table; now report.search holds the words alone, each between single spaces, and GIN indexes them.
alter table report no force row level security;
alter table report disable trigger user;
update report set search = ' ' || btrim(regexp_replace(regexp_replace(search, '[^[:alnum:]]+', ' ', 'g'), '([[:alnum:]]{60})[[:alnum:]]+', '\1', 'g')) || ' '
  where search <> '';
alter table report enable trigger user;
alter table report force row level security;

drop index report_search;
create index report_search on report using gin (string_to_array(search, ' ')) with (fastupdate = on, gin_pending_list_limit = 1024);
-- What the lists of open reports read, without the rows themselves (policies included).
create index report_open on report (handling_agency_id, state, due_on) include (id, case_id, sender_agency_id, category)
  where state in ('received', 'acknowledged', 'need_info', 'attached');

-- The newest reports that carry a trace, without reading all of them.
drop index report_indicator_indicator;
create index report_indicator_indicator on report_indicator (indicator_id, report_id);

drop function search_reports(text[], integer);
-- The newest reports that say every one of these words or carry one of these traces, at most so many of each; `open`: of those
-- not answered; `harm`, `place` and `way` as filtered, or null. Under row-level security no index on words could be used, so this
-- function applies the same rule itself. Frequent words are found among the newest reports at once, rare ones through the index.
create function search_reports(words text[], keys bytea[], most integer, open boolean, harm text, place text, way text) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp rows 10 as $$
declare
  found uuid[];
  mine constant text := '(handling_agency_id = $1 or sender_agency_id = $1 or case_id in (select p.case_id from case_party p where p.agency_id = $1))';
  wanted text := concat(case when open then ' and state in (''received'', ''acknowledged'', ''need_info'', ''attached'')' end, case when harm is not null then ' and category = $4' end,
    case when place is not null then ' and commune_code = $5' end, case when way is not null then ' and channel = $6' end);
  said text;
begin
  if ctx_kind() is distinct from 'officer' then return; end if;
  if cardinality(keys) > 0 then
    return query execute 'select id from report where id = any (array(select t.report_id from indicator i cross join lateral
        (select ri.report_id from report_indicator ri where ri.indicator_id = i.id order by ri.report_id desc limit 1000) t where i.match_key = any ($2)))
      and ' || mine || wanted || ' order by id desc limit $3' using ctx_agency(), keys, most, harm, place, way;
  end if;
  -- Words hold letters and digits alone; the longest first, since it is the rarest.
  select string_agg(format('search like %L', '% ' || word || ' %'), ' and ' order by length(word) desc) into said from unnest(words) word;
  if said is null then return; end if;
  if open then
    return query execute 'select id from report where handling_agency_id = $1 and ' || said || wanted using ctx_agency(), words, most, harm, place, way;
    return;
  end if;
  execute 'select array_agg(id) from (select id from (select id, search, state, category, commune_code, channel from report where ' || mine || ' order by id desc limit 6000) recent
    where ' || said || wanted || ' limit $3) hit' into found using ctx_agency(), words, most, harm, place, way;
  if cardinality(found) >= most then return query select unnest(found); return; end if;
  return query execute 'with hit as materialized (select id, handling_agency_id, sender_agency_id, case_id, state, category, commune_code, channel from report
      where string_to_array(search, '' '') @> $2)
    select id from hit where ' || mine || wanted || ' order by id desc limit $3' using ctx_agency(), words, most, harm, place, way;
end $$;
revoke all on function search_reports from public;
grant execute on function search_reports to lachan_app;
