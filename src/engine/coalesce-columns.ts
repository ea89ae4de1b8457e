import { openByteInterner } from './byte-interner.ts'
import { shareInts } from './share-array.ts'
import type { Column } from './table.ts'
import { openTexts } from './texts.ts'

/**
 * Several columns as one: in each row the first that says anything, or with `joint` all they say, each once, blanks
 * between. The order of the columns decides. One column is itself; none gives undefined.
 */
export function coalesceColumns(columns: readonly Column[], joint = false): Column | undefined {
  const [first] = columns
  if (first === undefined || columns.length === 1) return first
  const texts = columns.map(({ values }) => openTexts(values))
  const interner = openByteInterner()
  const codes = shareInts(first.codes.length)
  for (let row = 0; row < codes.length; row++) {
    let text = ''
    for (let at = 0; at < columns.length; at++) {
      const said = texts[at]!(columns[at]!.codes[row]!)
      if (said === '') continue
      if (text !== '' && !joint) break
      if (!` ${text} `.includes(` ${said} `)) text = text === '' ? said : `${text} ${said}`
    }
    codes[row] = interner.internText(text)
  }
  return { name: first.name, codes, values: interner.texts() }
}

/** Whether hardly any row fills two of the columns: they are one thing under several names. */
export function areAlternatives(columns: readonly Column[]): boolean {
  const rowCount = columns[0]?.codes.length ?? 0
  let any = 0
  let several = 0
  for (let row = 0; row < rowCount; row++) {
    let filled = 0
    for (const { codes } of columns) if (codes[row] !== 0) filled++
    if (filled > 0) any++
    if (filled > 1) several++
  }
  return several <= any * 0.01
}
