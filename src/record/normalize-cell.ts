// oxlint-disable-next-line no-control-regex -- NUL is what PostgreSQL refuses in text
const SUSPECT = /[\u0000\uD800-\uDFFF]/
const LONE_SURROGATE = /\p{Surrogate}/gu

/**
 * Trims a cell and makes it storable: no NUL, no half of a surrogate pair, no invisible marks at the ends.
 *
 * PostgreSQL refuses NUL (22021) and drivers turn a lone surrogate into U+FFFD silently, so both are done here,
 * where the reader has already flagged the row. Empty means missing. Idempotent.
 */
export function normalizeCell(cell: string): string {
  const storable = SUSPECT.test(cell) ? cell.replaceAll('\u0000', '').replace(LONE_SURROGATE, '\uFFFD') : cell
  const text = storable.trim()
  if (text === '') return text
  // Marks beyond U+200A at an end are rare enough to look before searching.
  return text.charCodeAt(0) > 0x200a || text.charCodeAt(text.length - 1) > 0x200a ? trimInvisible(text) : text
}

function trimInvisible(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isInvisible(text.charCodeAt(from))) from++
  while (to > from && isInvisible(text.charCodeAt(to - 1))) to--
  return text.slice(from, to)
}

function isInvisible(code: number): boolean {
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    code === 0x2060 ||
    code === 0xfeff ||
    code <= 0x20 ||
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0x1680
  )
}
