import type { VNode } from 'preact';
import { encode } from 'uqr';

export interface QrCodeProps {
  /** What the code holds, usually an address. */
  value: string;
  /** What it is for those who do not see it; give the address as text nearby as well. */
  label: string;
  /** Width in CSS pixels. */
  size?: number;
}

/** A QR code (level M, quiet zone of 4 modules) as one SVG path, always black on white so that every camera reads it. */
export function QrCode({ value, label, size = 168 }: QrCodeProps): VNode {
  const qr = encode(value, { ecc: 'M', border: 4 });
  let path = '';
  qr.data.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      const start = x;
      while (row[x]) x++;
      if (x > start) path += `M${start} ${y}h${x - start}v1h${start - x}z`;
    }
  });
  return (
    <svg class="qr" role="img" aria-label={label} width={size} height={size} viewBox={`0 0 ${qr.size} ${qr.size}`} shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${qr.size}v${qr.size}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
