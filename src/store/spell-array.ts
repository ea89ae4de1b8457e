const PLAIN = /^[\w.:+-]+$/

/**
 * The text of a one-dimensional PostgreSQL array, to be given as one parameter: `${spellArray(ids)}::uuid[]`.
 * Several times cheaper than handing the driver the values, which it escapes one by one. Null is NULL; numbers must
 * be finite or the words PostgreSQL has for the others, as JavaScript spells them. Texts hold no NUL.
 */
export function spellArray(values: readonly (string | number | null)[]): string {
  return `{${values.map(spellElement).join(',')}}`
}

function spellElement(value: string | number | null): string | number {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return value
  // An unquoted `null` would be NULL.
  if (PLAIN.test(value) && value.length !== 4) return value
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** The same of numbers that stand side by side, some lists after each other; NaN is NULL. */
export function spellNumbers(lists: readonly Float64Array[]): string {
  const texts = lists.flatMap((list) => (list.length === 0 ? [] : [list.join(',')]))
  return `{${texts.join(',').replaceAll('NaN', 'NULL')}}`
}
