import type { Route } from '#platform/http.ts';

export const peerRoutes: readonly Route[] = [];
