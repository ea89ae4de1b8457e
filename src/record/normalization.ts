/**
 * What a value normalizer found: a value, a value with a remark, an issue in place of a value,
 * or `undefined` when nothing was said. Issue codes are `<field>.<finding>` and never carry the value.
 */
export type Normalization<T> =
  | { readonly value: T; readonly issue?: string }
  | { readonly value?: undefined; readonly issue: string }
  | undefined
