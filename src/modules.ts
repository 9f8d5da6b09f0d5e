import { DAY } from './day.ts';
import { alertJobs, alertRoutes } from './modules/alerts/index.ts';
import { appealJobs, appealRoutes } from './modules/appeals/index.ts';
import { caseRoutes, consoleFrame } from './modules/cases/index.ts';
import { channelJobs, channelRoutes } from './modules/channels/index.ts';
import { decisionJobs, decisionRoutes, type Effects } from './modules/decisions/index.ts';
import { directoryRoutes } from './modules/directory/index.ts';
import { documentJobs, documentRoutes, type FollowUp } from './modules/documents/index.ts';
import { identityJobs, identityRoutes } from './modules/identity/index.ts';
import { intakeJobs, intakeRoutes } from './modules/intake/index.ts';
import { lawRoutes } from './modules/law/index.ts';
import { meetingJobs, meetingRoutes } from './modules/meetings/index.ts';
import { noticeJobs, noticeRecipients, noticeRoutes } from './modules/notices/index.ts';
import { notificationJobs, notificationRoutes } from './modules/notifications/index.ts';
import { opinionJobs, opinionReplies, opinionRoutes } from './modules/opinions/index.ts';
import { retentionJobs, retentionRoutes } from './modules/retention/index.ts';
import { routingJobs, routingRoutes } from './modules/routing/index.ts';
import { sharingJobs, sharingRoutes } from './modules/sharing/index.ts';
import { endTask, openTask, taskJobs, taskRoutes } from './modules/tasks/index.ts';
import { publicWarning, warningsRoutes } from './modules/warnings/index.ts';
import type { Desk } from './platform/desk.ts';
import type { Route } from './platform/http.ts';
import { openApiRoute } from './platform/openapi.ts';
import type { JobKind } from './platform/jobs.ts';

/** What each measure does when its decision takes effect; a measure without an effect cannot be approved into one. */
export const EFFECTS: Effects = {
  PUBLIC_WARNING: [publicWarning], CORRECTION: [publicWarning], NOTICE_PLATFORM: [noticeRecipients], NOTICE_HOSTER: [noticeRecipients], NOTICE_REGISTRAR: [noticeRecipients],
  NOTICE_TELECOM: [noticeRecipients], NOTICE_BANK: [noticeRecipients], REQUEST_MINISTRY: [noticeRecipients], REFERRAL_POLICE: [noticeRecipients],
};

/** An incoming document that is given to an officer with a day is a task of that officer. */
export const FOLLOW_UP: FollowUp = {
  open: async (tx, actor, task) => {
    await endTask(tx, actor, 'other', task.sourceId, { cancelled: task.title });
    await openTask(tx, actor, { kind: 'other', agencyId: actor.agencyId, ...task });
  },
  end: async (tx, actor, sourceId, cancelled) => {
    await endTask(tx, actor, 'other', sourceId, cancelled === undefined ? { done: true } : { cancelled });
  },
};

/** Every route of the house: the whole surface, and what the generated access test walks. */
export const ROUTES: readonly Route[] = [
  ...warningsRoutes, ...intakeRoutes, ...identityRoutes, ...directoryRoutes, ...lawRoutes(consoleFrame), ...caseRoutes, ...channelRoutes, ...decisionRoutes(EFFECTS),
  ...noticeRoutes, ...appealRoutes(EFFECTS), ...retentionRoutes,
  ...notificationRoutes(consoleFrame), ...taskRoutes(consoleFrame, DAY), ...documentRoutes(consoleFrame, FOLLOW_UP), ...sharingRoutes, ...routingRoutes, ...opinionRoutes,
  ...meetingRoutes, ...alertRoutes,
  openApiRoute(() => ROUTES),
];

/** Every kind of background work. */
export const JOBS: readonly JobKind<never, Desk>[] = [
  ...identityJobs, ...intakeJobs, ...channelJobs([opinionReplies]), ...decisionJobs(EFFECTS), ...noticeJobs, ...appealJobs(EFFECTS), ...retentionJobs,
  ...notificationJobs, ...taskJobs, ...documentJobs, ...sharingJobs, ...routingJobs, ...opinionJobs, ...meetingJobs, ...alertJobs,
];
