/** The dialects that differ in names of functions only. */
export type SplinkDialect = 'duckdb' | 'spark'

/** One side, or both, say nothing in a column. */
export const isSilent = (column: string): string => `${column}_l IS NULL OR ${column}_r IS NULL`

export const isSame = (column: string): string => `${column}_l = ${column}_r`

/** Insertions, deletions, substitutions and exchanges of neighbours. */
export const isOneSlip = (column: string): string => `damerau_levenshtein(${column}_l, ${column}_r) <= 1`

/** Jaro–Winkler similarity from a threshold on; Splink's functions for Spark call it by another name. */
export function isAlike(dialect: SplinkDialect, column: string, from: number): string {
  const name = dialect === 'spark' ? 'jaro_winkler' : 'jaro_winkler_similarity'
  return `${name}(${column}_l, ${column}_r) >= ${from}`
}
