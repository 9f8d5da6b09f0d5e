import type { Route } from '#platform/http.ts';
import { PATHS } from './addresses.ts';
import { accountPage, postLanguage, postPassword, postSessions } from './routes/account.tsx';
import { connectionsPage, postRevoke, postRotate, postToken } from './routes/connections.tsx';
import { newOfficerPage, officerPage, officersPage, postEnd, postGrant, postLock, postNewOfficer, postReset } from './routes/officers.tsx';
import { agencyPage, postAgency, postSignIn, postSignOut, signInPage } from './routes/sign-in.tsx';

const PUBLIC = { kind: 'public' } as const;
const OFFICER = { kind: 'officer' } as const;
const ADMINISTRATOR = { kind: 'officer', roles: ['administrator'] } as const;

/** Sign-in and -out, the choice of the agency, the own account, and the administrator's pages. */
export const identityRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.signIn, access: PUBLIC, portal: true, handler: signInPage },
  { method: 'POST', path: PATHS.signIn, access: PUBLIC, portal: true, handler: postSignIn },
  { method: 'POST', path: PATHS.signOut, access: PUBLIC, handler: postSignOut },
  // Open to somebody who has signed in and has still to choose; they look at the session themselves.
  { method: 'GET', path: PATHS.agency, access: PUBLIC, handler: agencyPage },
  { method: 'POST', path: PATHS.agency, access: PUBLIC, handler: postAgency },

  { method: 'GET', path: PATHS.account, access: OFFICER, handler: accountPage },
  { method: 'POST', path: PATHS.password, access: OFFICER, handler: postPassword },
  { method: 'POST', path: PATHS.language, access: OFFICER, handler: postLanguage },
  { method: 'POST', path: PATHS.sessions, access: OFFICER, handler: postSessions },

  { method: 'GET', path: PATHS.officers, access: ADMINISTRATOR, handler: officersPage },
  { method: 'GET', path: PATHS.newOfficer, access: ADMINISTRATOR, handler: newOfficerPage },
  { method: 'POST', path: PATHS.newOfficer, access: ADMINISTRATOR, handler: postNewOfficer },
  { method: 'GET', path: `${PATHS.officers}/:id`, access: ADMINISTRATOR, handler: officerPage },
  { method: 'POST', path: `${PATHS.officers}/:id/vai-tro`, access: ADMINISTRATOR, handler: postGrant },
  { method: 'POST', path: `${PATHS.officers}/:id/ket-thuc`, access: ADMINISTRATOR, handler: postEnd },
  { method: 'POST', path: `${PATHS.officers}/:id/khoa`, access: ADMINISTRATOR, handler: (ctx) => postLock(ctx, true) },
  { method: 'POST', path: `${PATHS.officers}/:id/mo`, access: ADMINISTRATOR, handler: (ctx) => postLock(ctx, false) },
  { method: 'POST', path: `${PATHS.officers}/:id/dat-lai`, access: ADMINISTRATOR, handler: postReset },

  { method: 'GET', path: PATHS.connections, access: ADMINISTRATOR, handler: connectionsPage },
  { method: 'POST', path: PATHS.connections, access: ADMINISTRATOR, handler: postToken },
  { method: 'POST', path: `${PATHS.connections}/:id/doi`, access: ADMINISTRATOR, handler: postRotate },
  { method: 'POST', path: `${PATHS.connections}/:id/thu-hoi`, access: ADMINISTRATOR, handler: postRevoke },
];
