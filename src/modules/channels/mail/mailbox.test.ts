import { expect, test } from 'vitest';
import { connectionOf } from './mailbox.ts';

test.each([
  ['imaps://hoa%40desk.example:m%C3%A2t%3A1@mail.desk.example/INBOX', { host: 'mail.desk.example', port: 993, secure: true, auth: { user: 'hoa@desk.example', pass: 'mât:1' } }, 'INBOX'],
  ['imaps://a:b@mail.desk.example:1993/', { host: 'mail.desk.example', port: 1993, secure: true, auth: { user: 'a', pass: 'b' } }, 'INBOX'],
  // The password never crosses a network unencrypted.
  ['imap://a:b@mail.desk.example/Ph%E1%BA%A3n%20%C3%A1nh', { host: 'mail.desk.example', port: 143, secure: false, doSTARTTLS: true, auth: { user: 'a', pass: 'b' } }, 'Phản ánh'],
  ['imap://a:b@127.0.0.1:1143/INBOX', { host: '127.0.0.1', port: 1143, secure: false, auth: { user: 'a', pass: 'b' } }, 'INBOX'],
  ['imap://a:b@[::1]/INBOX', { host: '::1', port: 143, secure: false, auth: { user: 'a', pass: 'b' } }, 'INBOX'],
])('%s', (url, connection, path) => expect(connectionOf(url)).toEqual({ connection, path }));

test.each(['', 'mail.desk.example', 'https://a:b@mail.desk.example/', 'imaps://mail.desk.example/INBOX', 'imaps://a:bi-mat@'])('%s is none, and is not repeated', (url) => {
  expect(() => connectionOf(url)).toThrow(TypeError);
  expect(() => connectionOf(url)).not.toThrow(/bi-mat/);
});
