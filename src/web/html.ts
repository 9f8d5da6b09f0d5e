import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** Renders a whole page (`PortalPage`, `ConsolePage`, `PrintPage`) to the text of an HTML document. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
