import { createHmac, createSecretKey, randomBytes } from 'node:crypto';

/** How often one source may do a thing; generous, because whole communes share one address. */
export const LIMITS = {
  // Each step of the form counts; one report is about eight.
  report: { perMinute: 600, burst: 600 },
  follow: { perMinute: 20, burst: 20 },
  check: { perMinute: 300, burst: 300 },
  api: { perMinute: 600, burst: 600 },
  // By token, and before a token is known by source: a system may send a day's reports at once.
  agency: { perMinute: 6000, burst: 6000 },
} as const;

export type LimitName = keyof typeof LIMITS;

export interface Limiter {
  /** Takes one; returns 0, or the seconds to wait. */
  take(name: LimitName, source: string, now: Date): number;
}

const DAY_MS = 86_400_000;

/**
 * Token buckets in memory, keyed by an HMAC of the source with a salt that lives one day and only in this process: no
 * address is kept anywhere. `factor` widens all limits (load tests).
 */
export function memoryLimiter(factor = 1): Limiter {
  let day = -1;
  let salt = createSecretKey(randomBytes(32));
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(name, source, now) {
      const today = Math.floor(now.getTime() / DAY_MS);
      if (today !== day) {
        day = today;
        salt = createSecretKey(randomBytes(32));
        buckets.clear();
      }
      const { perMinute, burst } = LIMITS[name];
      const rate = (perMinute * factor) / 60_000;
      const key = createHmac('sha256', salt).update(`${name}|${source}`).digest('base64');
      const at = now.getTime();
      const bucket = buckets.get(key) ?? { tokens: burst * factor, at };
      bucket.tokens = Math.min(burst * factor, bucket.tokens + Math.max(0, at - bucket.at) * rate);
      bucket.at = at;
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return (1 - bucket.tokens) / rate / 1000;
      bucket.tokens -= 1;
      return 0;
    },
  };
}
