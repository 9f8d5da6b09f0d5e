import { ROUTES } from '../modules.ts';
import { openApi } from '../platform/openapi.ts';

/** `lachan openapi`: prints the OpenAPI 3.1 document of this version; needs no database. */
export async function openapi(args: string[]): Promise<void> {
  if (args.includes('--help')) return console.log('./lachan openapi\n\nIn tài liệu OpenAPI 3.1 của API. / Prints the OpenAPI 3.1 document.');
  console.log(JSON.stringify(openApi(ROUTES), null, 2));
}
