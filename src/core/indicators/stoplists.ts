import { isPublicSuffix, isIpHost, registrableDomain } from './url.ts';

/** Why a name on a stop list never stands for one harm: it shortens links, hosts people or pages, or is everybody's. */
export type SharedKind = 'shortener' | 'social' | 'hosting' | 'top';

/** Hosting whose customers each get a subdomain: `abc.weebly.com` is one customer's, the name itself is shared. */
const CUSTOMER_HOSTING = [
  'wordpress.com', 'weebly.com', 'godaddysites.com', 'mystrikingly.com', '000webhostapp.com', 'glitch.me',
  'ladipage.com', 'ldp.page', 'haravan.com', 'mysapo.net', 'myharavan.com', 'bizwebvietnam.net', 'webnode.com',
  'webnode.page', 'jimdofree.com', 'yolasite.com', 'tumblr.com', 'simdif.com', 'github.io', 'gitlab.io',
  'blogspot.com', 'wixsite.com', 'wixstudio.com', 'netlify.app', 'vercel.app', 'firebaseapp.com', 'web.app',
  'pages.dev', 'workers.dev', 'r2.dev', 'onrender.com', 'herokuapp.com', 'webflow.io', 'framer.app', 'carrd.co',
  'square.site', 'azurewebsites.net', 'cloudfront.net', 'surge.sh', 'replit.app', 'ngrok.io', 'duckdns.org',
  'translate.goog',
] as const;
const ONE_CUSTOMER_PER_SUBDOMAIN: ReadonlySet<string> = new Set(CUSTOMER_HOSTING);

/**
 * Names many strangers share, each covering its subdomains. An exact URL with a path on one of them is still specific.
 * Compiled by hand from the official sites of the names scams imitate, the kinds of the MISP warning lists, and what
 * public block lists wrongly held (zalo.me, t.co).
 */
export const SHARED_HOSTS: Readonly<Record<SharedKind, readonly string[]>> = {
  shortener: [
    't.co', 'bit.ly', 'tinyurl.com', 'goo.gl', 'ow.ly', 'is.gd', 'v.gd', 'cutt.ly', 'rebrand.ly', 'shorturl.at',
    'shorturl.asia', 't.ly', 'rb.gy', 'tiny.cc', 's.id', 'bom.so', 'by.com.vn', 'vnl.me', 'surl.li', 'lnkd.in',
    'buff.ly', 'qr.link', 'qrco.de', 'me-qr.com', 'linktr.ee', 'beacons.ai', 'bio.link', 'taplink.cc', 'shp.ee',
    's.lazada.vn', 'onelink.me', 'app.link', 'page.link',
  ],
  social: [
    'facebook.com', 'fb.com', 'fb.me', 'fb.watch', 'm.me', 'messenger.com', 'instagram.com', 'threads.net',
    'threads.com', 'whatsapp.com', 'wa.me', 'zalo.me', 'zalo.vn', 'zaloapp.com', 'telegram.org', 'telegram.me', 't.me',
    'telegra.ph', 'tiktok.com', 'youtube.com', 'youtu.be', 'twitter.com', 'x.com', 'linkedin.com', 'pinterest.com',
    'reddit.com', 'discord.com', 'discord.gg', 'viber.com', 'line.me', 'snapchat.com', 'skype.com', 'wechat.com',
    'lotus.vn', 'gapo.vn', 'mocha.com.vn', 'voz.vn', 'medium.com',
  ],
  hosting: [
    'sites.google.com', 'docs.google.com', 'drive.google.com', 'forms.gle', 'storage.googleapis.com',
    'firebasestorage.googleapis.com', 'dropbox.com', 'onedrive.live.com',
    '1drv.ms', 'forms.office.com', 'mediafire.com', 'mega.nz', 'fshare.vn', 'notion.so', 'notion.com',
    'canva.com', 'typeform.com', 'jotform.com', 'github.com', 'gitlab.com', 'pastebin.com', 'archive.org',
    'archive.ph', 'ipfs.io', 'dweb.link', 'imgur.com', 'wix.com',
    ...CUSTOMER_HOSTING,
  ],
  top: [
    'google.com', 'google.com.vn', 'gmail.com', 'googleapis.com', 'googleusercontent.com', 'apple.com', 'icloud.com',
    'microsoft.com', 'live.com', 'outlook.com', 'office.com', 'yahoo.com', 'bing.com', 'wikipedia.org',
    'cloudflare.com', 'amazon.com', 'amazonaws.com', 'alibaba.com', 'paypal.com', 'netflix.com', 'roblox.com',
    'play.google.com', 'apps.apple.com', 'chongluadao.vn', 'tinnhiemmang.vn', 'khonggianmang.vn', 'garena.vn', 'garena.com', 'binance.com', 'coinbase.com', 'metamask.io', 'shopee.vn', 'shopee.com', 'lazada.vn',
    'tiki.vn', 'sendo.vn', 'dienmayxanh.com', 'thegioididong.com', 'bachhoaxanh.com', 'chotot.com', 'batdongsan.com.vn',
    'vnexpress.net', 'tuoitre.vn', 'thanhnien.vn', 'dantri.com.vn', 'vietnamnet.vn', 'zingnews.vn', 'znews.vn',
    'nhandan.vn', 'vtv.vn', 'vov.vn', 'baomoi.com', 'kenh14.vn', '24h.com.vn', 'vietcombank.com.vn', 'bidv.com.vn',
    'vietinbank.vn', 'agribank.com.vn', 'techcombank.com', 'techcombank.com.vn', 'mbbank.com.vn', 'acb.com.vn',
    'vpbank.com.vn', 'tpb.vn', 'sacombank.com.vn', 'hdbank.com.vn', 'hdbank.vn', 'shb.com.vn', 'vib.com.vn',
    'seabank.com.vn', 'msb.com.vn', 'ocb.com.vn', 'eximbank.com.vn', 'lpbank.com.vn', 'lienvietpostbank.com.vn',
    'namabank.com.vn', 'baca-bank.vn', 'pvcombank.com.vn', 'abbank.vn', 'ncb-bank.vn', 'vietabank.com.vn',
    'kienlongbank.com', 'saigonbank.com.vn', 'baovietbank.vn', 'vietbank.com.vn', 'pgbank.com.vn', 'shinhan.com.vn',
    'scb.com.vn', 'hsbc.com.vn', 'hsbc.com', 'momo.vn', 'zalopay.vn', 'vnpay.vn', 'viettelmoney.vn', 'viettelpay.vn',
    'napas.com.vn', 'fecredit.com.vn', 'homecredit.vn', 'mcredit.com.vn', 'hdsaison.com.vn', 'chinhphu.vn', 'csgt.vn',
    'evn.com.vn', 'viettel.com.vn', 'viettel.vn', 'vinaphone.com.vn', 'mobifone.vn', 'vnpt.com.vn', 'vnpt.vn',
    'vnpost.vn', 'ghn.vn', 'giaohangtietkiem.vn', 'ghtk.vn', 'viettelpost.com.vn', 'vietnamairlines.com',
    'vietjetair.com', 'westernunion.com', 'moneygram.com', 'gov.vn', 'edu.vn',
  ],
};

const KIND_OF: ReadonlyMap<string, SharedKind> = new Map(
  (Object.keys(SHARED_HOSTS) as SharedKind[]).flatMap((kind) => {
    return SHARED_HOSTS[kind].map((host) => [host, kind] as const);
  }),
);

/**
 * Whom a host belongs to: one owner, whose name groups reports; or many, and why (`suffix` is a public suffix); or
 * nobody in particular (`local`: single labels, private and reserved addresses).
 */
export type Ownership = { owner: string } | { shared: SharedKind | 'suffix' | 'local' };

/** Decides whose a canonical host is. */
export function ownership(host: string): Ownership {
  if (isIpHost(host)) return isPublicIp(host) ? { owner: host } : { shared: 'local' };
  const entry = stopEntry(host);
  if (entry !== null) {
    const customer = host.slice(0, -entry.length - 1).split('.').at(-1) ?? '';
    const own = ONE_CUSTOMER_PER_SUBDOMAIN.has(entry) && customer !== '' && customer !== 'www';
    return own ? { owner: `${customer}.${entry}` } : { shared: KIND_OF.get(entry) ?? 'top' };
  }
  if (!host.includes('.')) return { shared: 'local' };
  const owner = registrableDomain(host);
  return owner === null ? { shared: isPublicSuffix(host) ? 'suffix' : 'local' } : { owner };
}

/** The longest name on the stop lists that is this host or above it. */
function stopEntry(host: string): string | null {
  for (let name = host, dot = host.indexOf('.'); dot >= 0; dot = name.indexOf('.')) {
    if (KIND_OF.has(name)) return name;
    name = name.slice(dot + 1);
  }
  return null;
}

/** IPv4 blocks that are nobody's site. Source: RFC 6890 (special-purpose registries), RFC 5771 (multicast). */
const SPECIAL_IPV4 = [
  /^(?:0|10|127|22[4-9]|2[34]\d|25[0-5])\./,
  /^(?:169\.254|192\.168|198\.1[89])\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
];

function isPublicIp(host: string): boolean {
  return host.startsWith('[') ? /^\[[23]/.test(host) : !SPECIAL_IPV4.some((block) => block.test(host));
}
