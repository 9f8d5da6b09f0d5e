/** Value, and why a notice to a platform may not name it. */
export const URLS: readonly (readonly [value: string, bar: 'profile' | 'pattern' | null])[] = [
  ['facebook.com/nguyen.van.a', 'profile'], ['www.facebook.com/', 'profile'], ['facebook.com/groups/123456', 'profile'], ['facebook.com/profile.php?id=100', 'profile'],
  ['facebook.com/nguyen.van.a/posts/pfbid02abc', null], ['m.facebook.com/story.php?story_fbid=1&id=2', null], ['facebook.com/groups/123456/posts/789', null],
  ['youtube.com/@kenh', 'profile'], ['youtube.com/channel/UC123', 'profile'], ['youtube.com/watch?v=abc', null], ['youtube.com/shorts/abc', null],
  ['tiktok.com/@ai.do', 'profile'], ['tiktok.com/@ai.do/video/7123', null], ['t.me/kenhtin', 'profile'], ['t.me/kenhtin/55', null], ['t.me/+AbCdEf', 'profile'],
  ['x.com/aido', 'profile'], ['x.com/aido/status/1234', null], ['zalo.me/0912345678', 'profile'], ['instagram.com/aido/', 'profile'], ['instagram.com/p/Cxyz/', null],
  ['vneid-capnhat.example/otp', null], ['vneid-capnhat.example/*', 'pattern'], ['vneid-capnhat.example/tim?tu=*', null], ['voz.vn/u/aido.1/', 'profile'], ['voz.vn/t/lua-dao.99/', null],
];

/** Name, and why a notice to a registrar may not name it. */
export const DOMAINS: readonly (readonly [value: string, bar: 'platform' | 'shared' | 'pattern' | null])[] = [
  ['facebook.com', 'platform'], ['vn-vn.facebook.com', 'platform'], ['t.me', 'platform'], ['vneid-capnhat.example', null], ['*.vneid-capnhat.example', 'pattern'],
  ['com.vn', 'shared'], ['github.io', 'shared'], ['bit.ly', 'shared'], ['lua-dao.weebly.com', null], ['gov.vn', 'shared'], ['vietcombank.com.vn', 'shared'],
];
