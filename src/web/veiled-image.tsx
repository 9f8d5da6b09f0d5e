import type { VNode } from 'preact';
import { type Lang, messages } from './i18n/index.ts';
import { safeHref } from './safe-href.ts';

export interface VeiledImageProps {
  lang: Lang;
  /** Address on this site. */
  src: string;
  /** What it shows, in words that do not hurt. */
  alt: string;
  width?: number;
  height?: number;
}

/** An image of evidence, blurred until somebody asks to see it; no script. */
export function VeiledImage({ lang, src, alt, width, height }: VeiledImageProps): VNode {
  return (
    <label class="veil">
      <input type="checkbox" class="vh" autocomplete="off" />
      <img src={safeHref(src)} alt={alt} width={width} height={height} loading="lazy" decoding="async" />
      <span class="btn q s">{messages(lang).common.button.showImage}</span>
    </label>
  );
}
