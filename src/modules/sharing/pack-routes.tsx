import type { Route } from '#platform/http.ts';

export const packRoutes: readonly Route[] = [];
