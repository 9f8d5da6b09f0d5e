import { describe, expect, it } from 'vitest';
import { MEASURE_CODES, measureOf, MEASURES, type Measure } from '#catalogue/measures.ts';
import { CATEGORIES } from '#catalogue/categories.ts';
import { SOCIAL_SITES } from '#catalogue/social-sites.ts';
import { DOMAINS, URLS } from '../../tests/support/locators.ts';
import { isSocialItem, locatorBar, reachOf } from './locators.ts';

describe('locatorBar', () => {
  it.each(URLS)('%s as one item: %s', (value, bar) => {
    expect(locatorBar('NOTICE_PLATFORM', 'url', value)).toBe(bar);
  });

  it.each(DOMAINS)('%s as a name: %s', (value, bar) => {
    expect(locatorBar('NOTICE_REGISTRAR', 'domain', value)).toBe(bar);
  });

  it('lets a measure name only its own kinds', () => {
    expect(locatorBar('NOTICE_BANK', 'phone', null)).toBe('kind');
    expect(locatorBar('NOTICE_BANK', 'bank_account', null)).toBeNull();
    expect(locatorBar('NOTICE_TELECOM', 'bank_account', null)).toBe('kind');
    expect(locatorBar('PUBLIC_WARNING', 'phone', null)).toBe('kind');
    expect(locatorBar('CORRECTION', 'url', 'bao-dong.example/tin')).toBe('kind');
  });
});

describe('reachOf', () => {
  it.each([['url', 'a.example/x', 'url'], ['domain', 'a.example', 'domain'], ['domain', 'www2.a.example', 'host'], ['phone', null, 'phone'], ['bank_account', null, 'account'], ['file_hash', 'ab', 'file']] as const)(
    '%s %s reaches one %s', (kind, value, reach) => {
      expect(reachOf(kind, value)).toBe(reach);
    });
});

describe('the measures', () => {
  const all: readonly Measure[] = MEASURES;

  it('never remove what people say: threats lead to support and police, false alerts to a correction', () => {
    const of = (category: string) => all.filter(({ categories }) => (categories as readonly string[]).includes(category)).map(({ code }) => code);
    expect(of('threat_harassment')).toEqual(['REFERRAL_POLICE', 'SUPPORT', 'NO_ACTION']);
    expect(of('false_emergency_alert')).toEqual(['CORRECTION', 'NO_ACTION']);
    for (const { code } of CATEGORIES) expect(of(code)).toContain('NO_ACTION');
  });

  it.each(all)('$code: what lasts has a most and a default, what goes out has recipients and says what is asked', (measure) => {
    expect(measure.maxDays === null).toBe(measure.defaultDays === null);
    if (measure.maxDays !== null) expect(measure.defaultDays!).toBeLessThanOrEqual(measure.maxDays);
    expect(measure.recipients.length > 0).toBe(measure.template === 'letter' || measure.template === 'hand_over');
    if (measure.template === 'letter') expect(measure.fields.map(({ code }) => code)).toContain('asked');
    if (measure.needsLocator) expect(measure.locators.length).toBeGreaterThan(0);
    expect(new Set(measure.fields.map(({ code }) => code)).size).toBe(measure.fields.length);
    // S7: what begins without a second person can be undone.
    if (measure.interim) expect(measure.maxDays).not.toBeNull();
  });

  it('asks for nobody: no field is a name, an account holder or an author', () => {
    for (const { fields } of all) for (const { code, label } of fields) expect(`${code} ${label.en}`).not.toMatch(/\b(?:author|owner|holder|suspect|offender|person|name)\b/i);
  });

  it('knows each site once, with patterns that both JavaScript and PostgreSQL read', () => {
    expect(new Set(SOCIAL_SITES.map(({ host }) => host)).size).toBe(SOCIAL_SITES.length);
    for (const { items } of SOCIAL_SITES) for (const item of items) expect(() => new RegExp(item)).not.toThrow();
  });
});

describe('isSocialItem', () => {
  it.each([
    'www.facebook.com/dinh-danh/posts/122098765432100012', 'm.facebook.com/story.php?story_fbid=1220987&id=1', 'facebook.com/ads/library/?id=123456789', 'www.tiktok.com/@a.b/video/7301234567890123456',
    'youtube.com/watch?v=abcdefghijk', 'x.com/someone/status/123', 't.me/kenh/45',
  ])('is one item: %s', (value) => {
    expect(isSocialItem(value)).toBe(true);
    expect(locatorBar('NOTICE_PLATFORM', 'url', value)).toBeNull();
  });

  it.each(['www.facebook.com/dinh-danh', 'facebook.com/groups/123', 'www.tiktok.com/@a.b', 'youtube.com/@kenh', 'x.com/someone', 't.me/kenh', 'zalo.me/0912345678', 'facebook.com/'])('is somebody’s page: %s', (value) => {
    expect(isSocialItem(value)).toBe(false);
    expect(locatorBar('NOTICE_PLATFORM', 'url', value)).toBe('profile');
  });

  it('knows nothing of other sites, not even of names that end alike', () => {
    for (const value of ['myfacebook.com/a/posts/1', 'x.com.example/a/status/1', 'dinhdanh.example/otp']) {
      expect(isSocialItem(value)).toBe(false);
      expect(locatorBar('NOTICE_PLATFORM', 'url', value)).toBeNull();
    }
  });
});

describe('every measure', () => {
  it('lets no measure name a social site whole, a pattern, or a kind that is not its own', () => {
    for (const measure of MEASURE_CODES) {
      const { locators } = measureOf(measure);
      if (locators.includes('domain')) for (const { host } of SOCIAL_SITES) expect(locatorBar(measure, 'domain', host)).toBe('platform');
      if (locators.includes('url')) expect(locatorBar(measure, 'url', '*.example/otp')).toBe('pattern');
      for (const kind of ['url', 'domain', 'phone', 'bank_account', 'file_hash'] as const) if (!locators.includes(kind)) expect(locatorBar(measure, kind, 'a.example')).toBe('kind');
    }
  });
});
