import type { Hono } from 'hono';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** Text of an HTML attribute or element as it was before escaping. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** An answer with its text read. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly location: string | null;
  readonly html: string;
}

/** A browser without scripts against an app in memory: keeps cookies, sends forms as our own pages do. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly app: Hono;
  address: string;
  userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

  constructor(app: Hono, address = '203.0.113.7') {
    this.app = app;
    this.address = address;
  }

  get(path: string): Promise<Page> {
    return this.send(path, { method: 'GET' });
  }

  /** Posts a form from a page of our own; `headers` replace what a browser would send. */
  post(path: string, fields: Record<string, string> | readonly (readonly [string, string])[] | FormData, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }): Promise<Page> {
    const body = fields instanceof FormData ? fields : new URLSearchParams(Array.isArray(fields) ? fields.map(([name, value]) => [name, value]) : Object.entries(fields));
    return this.send(path, { method: 'POST', body, headers });
  }

  async send(path: string, init: RequestInit): Promise<Page> {
    const headers = new Headers(init.headers);
    headers.set('user-agent', this.userAgent);
    if (this.cookies.size > 0) headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const env = { incoming: { socket: { remoteAddress: this.address } } };
    const response = await this.app.request(path, { ...init, headers }, env);
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { status: response.status, headers: response.headers, location: response.headers.get('location'), html: await response.text() };
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The hidden fields of the forms of a page that go to `action`, in order. */
export function hiddenFields(page: Page, action: string): [string, string][] {
  const forms = [...page.html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)];
  return forms.filter((form) => unescapeHtml(form[1]!) === action).flatMap((form) => [...form[2]!.matchAll(/<input type="hidden"(?: [\w-]+(?:="[^"]*")?)*\s*\/?>/g)].map(([input]) => {
    const attribute = (name: string): string => unescapeHtml(new RegExp(` ${name}="([^"]*)"`, 's').exec(input)?.[1] ?? '');
    return [attribute('name'), attribute('value')] as [string, string];
  }));
}
