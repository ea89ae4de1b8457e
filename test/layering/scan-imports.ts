export interface Import {
  /** As written; undefined when a dynamic import's argument is no plain string. */
  readonly specifier: string | undefined
  /** `import type` and `export type`: nothing of it is left at run time. */
  readonly isType: boolean
  readonly line: number
}

const STATIC = /(?<![\w$.])(?:import|export)(?![\w$])(\s+type\b(?!\s*(?:,|from\b)))?[^'"`;=()]*?\bfrom\s*(['"])/g
const SIDE_EFFECT = /(?<![\w$.])import\s*(['"])/g
const DYNAMIC = /(?<![\w$.])(?:import|require)\s*\(\s*(['"])?/g

/**
 * Every module a program names: `import`, `export … from`, `import '…'`, `import(…)` and `require(…)`, in the order of their
 * places. `masked` is the same text by `maskSource`. `import { type X }` is no type import: the module is still loaded.
 */
export function scanImports(source: string, masked: string): Import[] {
  const found: (Import & { readonly at: number })[] = []
  const add = (match: RegExpMatchArray, quote: string | undefined, isType: boolean): void => {
    const at = match.index ?? 0
    const start = at + match[0].length
    const specifier = quote === undefined ? undefined : source.slice(start, masked.indexOf(quote, start))
    found.push({ specifier, isType, line: source.slice(0, start).split('\n').length, at })
  }
  for (const match of masked.matchAll(STATIC)) add(match, match[2], match[1] !== undefined)
  for (const match of masked.matchAll(SIDE_EFFECT)) add(match, match[1], false)
  for (const match of masked.matchAll(DYNAMIC)) add(match, match[1], false)
  return found.sort((a, b) => a.at - b.at).map(({ specifier, isType, line }) => ({ specifier, isType, line }))
}
