const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const BILLION = 1_000_000_000;
const MOST = 10n ** 15n;
/** Groups of three digits below a billion, the highest first. */
const GROUPS = [[1_000_000, ' triệu'], [1000, ' nghìn'], [1, '']] as const;

/**
 * Whole đồng in Vietnamese words, as documents repeat an amount in brackets: 123_000_021 → "một trăm hai mươi ba triệu
 * không trăm hai mươi mốt đồng". Lower case; "linh" for a tens digit 0; mốt, tư, lăm after mươi; empty groups are left
 * out; billions are read as "tỷ" up to "một triệu tỷ". Throws RangeError outside whole numbers from 0 to 10^15.
 */
export function moneyInWords(amount: number | bigint): string {
  if (typeof amount === 'number' && !Number.isSafeInteger(amount)) throw new RangeError(`not đồng: ${amount}`);
  const whole = BigInt(amount);
  if (whole < 0n || whole > MOST) throw new RangeError(`not between 0 and 10^15 đồng: ${amount}`);
  const [billions, rest] = [Number(whole / BigInt(BILLION)), Number(whole % BigInt(BILLION))];
  const words = [...(billions > 0 ? [`${below(billions, false)} tỷ`] : []), ...(rest > 0 ? [below(rest, billions > 0)] : [])];
  return `${words.join(' ') || DIGITS[0]} đồng`;
}

/** A number from 1 to 999 999 999; after something larger its hundreds are read even when there are none. */
function below(number: number, isAfterMore: boolean): string {
  const words: string[] = [];
  for (const [size, unit] of GROUPS) {
    const group = Math.floor(number / size) % 1000;
    if (group > 0) words.push(`${ofThree(group, isAfterMore || words.length > 0)}${unit}`);
  }
  return words.join(' ');
}

function ofThree(group: number, isAfterMore: boolean): string {
  const [hundreds, tens, ones] = [Math.floor(group / 100), Math.floor(group / 10) % 10, group % 10];
  const hasHundreds = hundreds > 0 || isAfterMore;
  const words = [...(hasHundreds ? [`${DIGITS[hundreds]} trăm`] : []), ...tensWords(tens, ones, hasHundreds)];
  if (ones > 0) words.push(onesWord(tens, ones));
  return words.join(' ');
}

function tensWords(tens: number, ones: number, hasHundreds: boolean): string[] {
  if (tens === 0) return hasHundreds && ones > 0 ? ['linh'] : [];
  return [tens === 1 ? 'mười' : `${DIGITS[tens]} mươi`];
}

function onesWord(tens: number, ones: number): string {
  if (ones === 5 && tens > 0) return 'lăm';
  if (tens > 1 && ones === 1) return 'mốt';
  if (tens > 1 && ones === 4) return 'tư';
  return DIGITS[ones]!;
}
