import type { Effect } from '#modules/decisions/index.ts';
import { prepareFirst, prepareFollowing } from './commands/prepare.ts';

/** What a measure addressed to somebody does: its recipients are told, told when it rests, goes on or ends, and nobody else is. */
export const noticeRecipients: Effect = {
  start: prepareFirst,
  confirm: (desk, tx, actor, id) => prepareFollowing(desk, tx, actor, id, { kind: 'notice', phase: 'confirmation', ending: null }),
  stay: (desk, tx, actor, id) => prepareFollowing(desk, tx, actor, id, { kind: 'stay', phase: 'full', ending: null }),
  resume: (desk, tx, actor, id) => prepareFollowing(desk, tx, actor, id, { kind: 'resumption', phase: 'full', ending: null }),
  async end(desk, tx, actor, id, ending) {
    // Who gets the notice of the decision that takes its place reads there that it does; who gets none is told that this one is over.
    const kept = ending !== 'superseded' ? [] : await tx.selectFrom('decision').innerJoin('decision_recipient', 'decision_id', 'decision.id').select('recipient_id')
      .where('renews', '=', id).where('state', '=', 'in_force').execute();
    const stays = new Set(kept.map(({ recipient_id }) => recipient_id));
    await prepareFollowing(desk, tx, actor, id, { kind: 'withdrawal', phase: 'full', ending }, ({ recipientId }) => !stays.has(recipientId));
  },
};
