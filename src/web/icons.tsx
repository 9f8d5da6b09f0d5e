import type { VNode } from 'preact';

/** Own icons on a 24-px grid, drawn as strokes; each value is the `d` of one path. */
const paths = {
  report: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4M13 20h7',
  check: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3 20 20M7.5 10.5l2.2 2.2 3.8-4',
  follow: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h4',
  warning: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.1',
  phone: 'M5 4h4l1.5 5L8 10.5a12 12 0 0 0 5.5 5.5L15 13.5l5 1.5v4a1 1 0 0 1-1 1C11 20 4 13 4 5a1 1 0 0 1 1-1z',
  bank: 'M3 9.5 12 4l9 5.5zM5.5 13v4M10 13v4M14 13v4M18.5 13v4M3.5 20.5h17',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17',
  image: 'M4 5h16v14H4zM4 16l4.5-4.5L13 16l2.5-2.5L20 18M15.5 9.5v.1',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
  people: 'M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.5-3.5 3-5 6.5-5s6 1.5 6.5 5M15.5 5.5a3.3 3.3 0 0 1 0 6.2M18 15c2 .7 3.2 2.2 3.5 4.5',
  lock: 'M5 11h14v9.5H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3 20 20',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  back: 'M19 12H5M11 6l-6 6 6 6',
  chevron: 'M9 6l6 6-6 6',
  tick: 'M5 12.5 10 17.5 19 7',
  ok: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.3l2.8 2.8 5.2-6',
  cross: 'M6 6l12 12M18 6 6 18',
  open: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  stop: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM12 7.5V13M12 16.2v.1',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.7v.1',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6.5H7z',
  external: 'M13 5h6v6M19 5l-9 9M17 14v5H5V7h5',
  leaf: 'M5 19c0-9 5-14 15-15 0 10-4 15.5-12 14M5 21c1-5 4-8 9-11',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5c.3-3.2 5-3 5 0 0 2-2.5 2-2.5 4M12 16.8v.1',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1',
  law: 'M12 4v16M7 20.5h10M4.5 7h15M5.5 7 3 13.5h5zM18.5 7 16 13.5h5z',
  mail: 'M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8',
  download: 'M12 4v11M7 10.5l5 5 5-5M4.5 20h15',
  megaphone: 'M4 10v4h3l8 4.5v-13L7 10zM8 14.5V20M18.5 9.5a4 4 0 0 1 0 5',
  chart: 'M4 20h16M7 20v-6M12 20V6M17 20V11',
} as const;

/** Names of the icons. */
export type IconName = keyof typeof paths;

/** All icon names, for the gallery and tests. */
export const iconNames = Object.keys(paths) as readonly IconName[];

export interface IconProps {
  name: IconName;
  /** Width and height in CSS pixels. */
  size?: number;
  /** Spoken name. Without it the icon is decorative: the word must stand beside it. */
  label?: string;
}

/** One icon, in the colour of the text around it. */
export function Icon({ name, size = 24, label }: IconProps): VNode {
  const spoken = label ? { role: 'img' as const, 'aria-label': label } : { 'aria-hidden': 'true' as const };
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...spoken}
    >
      <path d={paths[name]} />
    </svg>
  );
}
