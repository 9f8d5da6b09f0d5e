import type { VNode } from 'preact';

/** The product's own mark: a shield with the vein of a leaf. Decorative; the name stands beside it. */
export function Shield({ size = 28 }: { size?: number }): VNode {
  return (
    <svg class="mark" width={size} height={Math.round((size * 8) / 7)} viewBox="0 0 28 32" aria-hidden="true">
      <path fill="currentColor" d="M14 0 27 5v11c0 8-5.6 13.6-13 16C6.6 29.6 1 24 1 16V5z" />
      <path
        class="vein"
        d="M14 26V9m0 9c0-4 3-6.5 6-7m-6 11c0-3.5-3-6-6-6.5"
        fill="none"
        stroke="#fff"
        stroke-width="1.8"
        stroke-linecap="round"
      />
    </svg>
  );
}
