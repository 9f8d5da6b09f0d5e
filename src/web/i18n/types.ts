import type { vi } from './vi/index.ts';

/** Languages of the product. Vietnamese is the source. */
export type Lang = 'vi' | 'en';

/** The shape of a message tree: texts become `string`, functions keep their parameters, lists and groups keep their keys. */
export type Widen<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => Widen<R>
    : T extends readonly (infer E)[]
      ? readonly Widen<E>[]
      : { readonly [K in keyof T]: Widen<T[K]> };

/** What every language must provide, derived from the Vietnamese. */
export type Messages = Widen<typeof vi>;
