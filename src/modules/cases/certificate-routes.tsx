import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { frame } from '#web/portal-frame.ts';
import { consoleFrame } from './console-frame.tsx';
import { pageOf, read } from './forms.ts';
import { CERTIFICATE_READERS } from './policy.ts';
import { certificate, certificates } from './queries/certificates.ts';
import { CertificateList, CertificatePage, CERTIFICATES_PATH } from './views/certificates.tsx';

const READ: Access = { kind: 'officer', roles: CERTIFICATE_READERS };

async function list(ctx: Ctx): Promise<Response> {
  const page = pageOf(ctx);
  const { rows, more } = await read(ctx, (tx) => certificates(tx, page));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.gate.certificates.title, current: 'xoa-du-lieu', children: <CertificateList lang={ctx.lang} {...{ rows, more, page }} />,
  }));
}

async function show(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const one = await read(ctx, (tx) => certificate(tx, id));
  return ctx.page(<CertificatePage lang={ctx.lang} assets={frame(ctx).assets} certificate={one} />);
}

/** Certificates of erasure: the list and each on paper. */
export const certificateRoutes: readonly Route[] = [
  { method: 'GET', path: CERTIFICATES_PATH, access: READ, handler: list },
  { method: 'GET', path: `${CERTIFICATES_PATH}/:id`, access: READ, handler: show },
];
