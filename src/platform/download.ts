import type { Ctx } from './http.ts';

/** Media types of the files the desk writes. */
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * A file to be saved: a browser keeps it, and shows or runs nothing of it under our own address. The plain name is for old browsers, the real one
 * for all others (RFC 6266, RFC 8187).
 */
export function download(ctx: Ctx, bytes: Uint8Array, name: string, type: string): Response {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\w.-]+/g, '_');
  const real = plain === name ? '' : `; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`;
  return ctx.c.body(new Uint8Array(bytes), 200, {
    'Content-Type': type, 'Content-Disposition': `attachment; filename="${plain}"${real}`, 'Content-Security-Policy': "default-src 'none'; sandbox", 'X-Content-Type-Options': 'nosniff',
  });
}
