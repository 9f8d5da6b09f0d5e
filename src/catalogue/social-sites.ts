/** A site on which a page is a person, a group or a channel, and what one exact item on it looks like. */
export interface SocialSite {
  readonly host: string;
  /** Patterns over path and query, as POSIX and JavaScript read them alike; empty where no item has an address of its own. */
  readonly items: readonly string[];
}

/**
 * Where a measure may name one item and never the page of somebody (SCOPE, never built 3 and 5). Subdomains count. Compiled by hand
 * from the public addresses of posts, videos and adverts of each site.
 */
export const SOCIAL_SITES: readonly SocialSite[] = [
  { host: 'facebook.com', items: ['^/[^/]+/(posts|videos|photos|reels)/[^/?]+', '^/(reel|watch|share|ads/library)/[^/?]+', '^/(story|photo|watch|permalink|ads/library)(\\.php)?/?[?].*(story_fbid|fbid|v|id)=', '^/groups/[^/]+/(posts|permalink)/[0-9]+', '^/marketplace/item/[0-9]+', '^/events/[0-9]+'] },
  { host: 'fb.watch', items: ['^/[^/?]+'] },
  { host: 'instagram.com', items: ['^/(p|reel|tv)/[^/?]+', '^/stories/[^/]+/[0-9]+'] },
  { host: 'threads.net', items: ['^/@[^/]+/post/[^/?]+'] },
  { host: 'threads.com', items: ['^/@[^/]+/post/[^/?]+'] },
  { host: 'tiktok.com', items: ['^/@[^/]+/(video|photo)/[0-9]+', '^/(t|v)/[^/?]+'] },
  { host: 'youtube.com', items: ['^/watch[?].*v=', '^/(shorts|live|embed)/[^/?]+'] },
  { host: 'youtu.be', items: ['^/[^/?]+'] },
  { host: 'x.com', items: ['^/[^/]+/status/[0-9]+'] },
  { host: 'twitter.com', items: ['^/[^/]+/status/[0-9]+'] },
  { host: 't.me', items: ['^/(s/)?[^/]+/[0-9]+', '^/c/[0-9]+/[0-9]+'] },
  { host: 'telegram.me', items: ['^/(s/)?[^/]+/[0-9]+'] },
  { host: 'telegra.ph', items: ['^/[^/?]+'] },
  { host: 'linkedin.com', items: ['^/(posts|feed/update|pulse)/[^/?]+'] },
  { host: 'reddit.com', items: ['^/r/[^/]+/comments/[^/?]+'] },
  { host: 'pinterest.com', items: ['^/pin/[0-9]+'] },
  { host: 'medium.com', items: ['^/@?[^/]+/[^/?]+-[0-9a-f]{8,}'] },
  { host: 'voz.vn', items: ['^/(t|p)/[^/?]+'] },
  { host: 'zalo.me', items: [] },
  { host: 'zalo.vn', items: [] },
  { host: 'zaloapp.com', items: ['^/[^/]+/post/[^/?]+'] },
  { host: 'fb.com', items: [] }, { host: 'fb.me', items: [] }, { host: 'm.me', items: [] }, { host: 'messenger.com', items: [] }, { host: 'wa.me', items: [] },
  { host: 'whatsapp.com', items: [] }, { host: 'discord.gg', items: [] }, { host: 'discord.com', items: ['^/channels/[0-9]+/[0-9]+/[0-9]+'] }, { host: 'line.me', items: [] },
  { host: 'viber.com', items: [] }, { host: 'gapo.vn', items: ['^/[^/]+/posts?/[^/?]+'] }, { host: 'lotus.vn', items: ['^/(w/)?(post|status)/[^/?]+'] },
];
