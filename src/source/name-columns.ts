import type { FileNotice } from './read-options.ts'

/**
 * Column names from the header's cells: trimmed, never empty, never twice. A nameless column N is `column_N`;
 * the second `name` is `name_2`, unless another column is really called so. Names such as `__proto__` stay.
 * Notices tell positions only, since a file without a header has values there.
 */
export function nameColumns(cells: readonly string[], onNotice: (notice: FileNotice) => void): readonly string[] {
  const given = cells.map((cell, index) => ({ name: cell.replace(/^\uFEFF/, '').trim(), index }))
  const real = new Set(given.map((column) => column.name))
  const used = new Set<string>()
  const places: Record<'empty' | 'duplicate', number[]> = { empty: [], duplicate: [] }
  const nextNumber = new Map<string, number>()

  const columns = given.map(({ name, index }) => {
    if (name === '') {
      places.empty.push(index + 1)
      return free(`column_${index + 1}`)
    }
    if (!used.has(name)) {
      used.add(name)
      return name
    }
    places.duplicate.push(index + 1)
    return free(name)
  })

  function free(name: string): string {
    let candidate = name
    let number = nextNumber.get(name) ?? 2
    while (used.has(candidate) || real.has(candidate)) candidate = `${name}_${number++}`
    nextNumber.set(name, number)
    used.add(candidate)
    return candidate
  }

  if (places.empty.length > 0) onNotice({ code: 'header.empty', detail: tellPlaces('without a name', places.empty) })
  if (places.duplicate.length > 0) {
    onNotice({ code: 'header.duplicate', detail: tellPlaces('named like an earlier one', places.duplicate) })
  }
  return columns
}

function tellPlaces(what: string, places: readonly number[]): string {
  const shown = places.slice(0, 10).join(', ')
  return `${places.length} columns ${what}: ${shown}${places.length > 10 ? ', …' : ''}`
}
