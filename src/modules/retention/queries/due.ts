import { sql } from 'kysely';
import { RETENTION } from '#catalogue/retention.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';

/** What is due of one row of the catalogue: now, in the next 30 days, and the earliest of these. */
export interface Due {
  readonly key: string;
  readonly due: number;
  readonly soon: number;
  readonly oldest: Date | null;
}

const HORIZON_DAYS = 30;

/** Due of every row of the catalogue that has an end, over all agencies: counts alone. Changes nothing (the dry run). */
export async function dueRows(desk: Desk): Promise<ReadonlyMap<string, Due>> {
  const { rows } = await inTransaction(desk, system('retention-dry-run'), (tx) => sql<Due>`
    with ending as materialized (
      select c.id, ((case_kept_until(c.id) + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh') as at from case_file c
      where c.state = 'closed' and c.minimised_at is null and c.closed_at < ${tx.now}::timestamptz - interval '16 months' and case_kept_until(c.id) is not null),
    handled as materialized (select r.id, r.minimised_at, e.at from ending e join report r on r.case_id = e.id where r.state = 'answered'),
    -- Of a report that was moved after its decision, an appeal is in two cases: it ends with the first.
    appealed as materialized (select a.id as appeal_id, e.at from appeal a join decision d on d.id = a.decision_id join ending e on e.id = d.case_id
      union all select a.id, h.at from appeal a join handled h on h.id = a.report_id
      union all select l, ${tx.now}::timestamptz from late_appeals() l),
    item (key, at) as (
      select 'report.stopped', erase_after from report where state = 'stopped'
      union all select 'report.handled', at from handled where minimised_at is null
      union all select 'reporter_identity', ((purge_after + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh') from reporter_identity i
        where not exists (select 1 from report r join case_file c on c.id = r.case_id where r.id = i.report_id and c.state <> 'closed')
      union all select 'message', h.at from handled h join message m on m.report_id = h.id
      union all select 'note', h.at from handled h join note n on n.report_id = h.id
      union all select 'note', e.at from ending e join note n on n.case_id = e.id
      union all select 'attachment', h.at from handled h join attachment a on a.report_id = h.id
      union all select 'evidence', e.at from ending e join evidence v on v.case_id = e.id where v.description <> '(Đã xóa khi hết thời hạn lưu giữ.)'
        and not is_cited(v.id)
      union all select 'verification', e.at from ending e join verification v on v.case_id = e.id where v.checked <> '(Đã xóa khi hết thời hạn lưu giữ.)'
      union all (select 'indicator', max(h.at) from indicator i join report_indicator l on l.indicator_id = i.id left join handled h on h.id = l.report_id
        where i.kind in ('phone', 'bank_account') and exists (select 1 from handled o join report_indicator k on k.report_id = o.id where k.indicator_id = i.id)
          and not exists (select 1 from decision_locator d join decision x on x.id = d.decision_id where d.indicator_id = i.id
            and (took_effect(x) or not exists (select 1 from ending e where e.id = x.case_id)))
        group by i.id having bool_and(h.id is not null))
      union all select 'case_file', at from ending
      union all (select 'regrouping', max(e.at) from regrouping g join case_file c on c.id in (g.from_case, g.to_case) left join ending e on e.id = c.id
        where g.reason not like '(Đã xóa %' and exists (select 1 from ending o where o.id in (g.from_case, g.to_case))
        group by g.id having bool_and(e.id is not null or c.minimised_at is not null))
      union all select 'data_request', h.at from handled h join data_request q on q.report_id = h.id where q.words is not null
      union all select 'arrival.taken', h.at from handled h join arrival a on a.report_id = h.id
        where a.original_ref is not null or a.original_sha256 is not null or a.sender_sealed is not null or a.sender_hash is not null
      union all select 'report_sketch', h.at from handled h join report_sketch s on s.report_id = h.id
      union all select 'webhook_delivery', h.at from handled h join webhook_delivery w on w.report_id = h.id where w.state <> 'waiting'
      union all select 'stop_review', h.at from handled h join stop_review v on v.report_id = h.id where v.words not like '(Đã xóa%'
      union all (select 'appeal', min(e.at) from appealed e join appeal a on a.id = e.appeal_id where a.words <> '–' or a.has_contact group by a.id)
      union all (select 'appeal_message', min(e.at) from appealed e join appeal_message m on m.appeal_id = e.appeal_id group by m.id)
      union all select 'stop_opening', h.at from handled h join stop_opening o on o.report_id = h.id
      union all select 'decision.draft', e.at from ending e join decision d on d.case_id = e.id where not took_effect(d)
        and (d.facts, d.side_effects, d.title, d.public_summary, d.advice, d.detail) is distinct from ('', '', '', '', '', '{}'::jsonb)
      union all select 'legal_review', e.at from ending e join decision d on d.case_id = e.id join legal_review l on l.decision_id = d.id where l.note <> '(Đã xóa khi hết thời hạn lưu giữ.)'
      -- The rooms of coordination count what they empty themselves; generated rows stand for the words found.
      union all select w.key, e.at from ending e cross join lateral case_words(e.id, array(select o.id from ending o where (o.at, o.id) <= (e.at, e.id))) w, generate_series(1, w.found)
      union all select 'opinion_file', e.at from ending e join consultation k on k.case_id = e.id join opinion_file f on f.consultation_id = k.id
        or f.answer_id in (select n.id from opinion_answer n join opinion o on o.id = n.opinion_id where o.consultation_id = k.id)
        or f.mail_id in (select m.id from opinion_mail m join opinion o on o.id = m.opinion_id where o.consultation_id = k.id)
      union all select 'hand_over_pack', expires_at from hand_over_pack where file_ref is not null
      union all select 'alert_answer', r.sent_at + interval '60 months' from alert_answer a join alert_receipt r on r.id = a.receipt_id
        where a.words not in ('', 'đã xóa') or a.informant not in ('', 'đã xóa') or a.file_ref is not null
      union all select 'arrival.other', arrived_at + interval '28 days' from arrival where report_id is null and state <> 'waiting'
      union all select 'arrival.sender', arrived_at + interval '28 days' from arrival where sender_hash is not null
      union all select 'pending_upload', at + interval '24 hours' from pending_upload
      union all select 'sheet_import.file', created_at + interval '28 days' from sheet_import where original_ref is not null
      union all select 'notification', at + interval '90 days' from notification
      union all select 'webhook_delivery.task', at + interval '90 days' from webhook_delivery where task_id is not null and state <> 'waiting'
      union all select 'session', expires_at + interval '30 days' from session
      union all select 'decision', decision_over(d) + interval '60 months' from decision d where took_effect(d) and decision_over(d) is not null)
    select key, count(*) filter (where at <= ${tx.now})::int as due, count(*) filter (where at > ${tx.now} and at <= ${tx.now}::timestamptz + make_interval(days => ${HORIZON_DAYS}))::int as soon,
      min(at) filter (where at <= ${tx.now}::timestamptz + make_interval(days => ${HORIZON_DAYS})) as oldest
    from item group by key`.execute(tx));
  const found = new Map(rows.map((row) => [row.key, row]));
  return new Map(RETENTION.filter(({ job, key }) => job !== null || key === 'decision').map(({ key }) => [key, found.get(key) ?? { key, due: 0, soon: 0, oldest: null }]));
}
