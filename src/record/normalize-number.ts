import type { Normalization } from './normalization.ts'

const PLAIN = /^\d+(?:\.\d+)?(?:[Ee][+-]?\d{1,3})?$/
const LENGTH_LIMIT = 40
const INVALID = { issue: 'number.invalid' } as const

/**
 * Reads a decimal number with thousands marks and a currency sign or code around it.
 *
 * With two kinds of mark the last is the decimal one (`1,234.56`, `1.234,56`, `1'234.50`); a repeated mark, or a
 * single one other than `decimalMark` before exactly three digits, separates thousands; any other single mark is
 * decimal. `(12)` and `12-` are negative, `1E5` is a hundred thousand, `%` is refused rather than guessed at.
 * Issue `number.invalid`, also beyond what a double holds. Idempotent over `String(value)` with mark `.`.
 */
export function normalizeNumber(raw: string, decimalMark: '.' | ',' = '.'): Normalization<number> {
  const trimmed = raw.trim()
  if (trimmed === '') return undefined
  if (trimmed.length > LENGTH_LIMIT) return INVALID
  let negative = false
  let body = stripCurrency(trimmed)
  if (body.startsWith('(') && body.endsWith(')')) {
    negative = true
    body = stripCurrency(body.slice(1, -1))
  }
  const sign = body.charCodeAt(0)
  const lastSign = body.charCodeAt(body.length - 1)
  if (sign === 45 || sign === 0x2212 || sign === 43) {
    if (negative) return INVALID
    negative = sign !== 43
    body = stripCurrency(body.slice(1))
  } else if (lastSign === 45) {
    if (negative) return INVALID
    negative = true
    body = stripCurrency(body.slice(0, -1))
  }
  const spelled = spellPlain(body, decimalMark)
  if (spelled === undefined || !PLAIN.test(spelled)) return INVALID
  const value = Number(spelled)
  if (!Number.isFinite(value)) return INVALID
  return { value: negative && value !== 0 ? -value : value }
}

/** Removes a sign or an alphabetic code of a currency at either end, `EUR 5`, `5 zł`, `US$5`. */
function stripCurrency(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isCurrencyMark(text.charCodeAt(from))) from++
  while (to > from && isCurrencyMark(text.charCodeAt(to - 1))) to--
  // More letters than a code has are words: `call 555`.
  return from > 4 || text.length - to > 4 ? text : text.slice(from, to)
}

function isCurrencyMark(code: number): boolean {
  return (
    code === 32 ||
    code === 36 ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 0xa0 ||
    (code >= 0xa2 && code <= 0xa5) ||
    code === 0x142 ||
    code === 0x10d ||
    code === 0x202f ||
    (code >= 0x20a0 && code <= 0x20cf)
  )
}

function spellPlain(body: string, decimalMark: '.' | ','): string | undefined {
  let plain = ''
  for (const character of body) {
    // Blanks and apostrophes only ever separate thousands.
    if (character === ' ' || character === '\u00A0' || character === '\u202F' || character === "'" || character === '’')
      continue
    plain += character
  }
  const point = plain.lastIndexOf('.')
  const comma = plain.lastIndexOf(',')
  if (point < 0 && comma < 0) return plain
  if (point >= 0 && comma >= 0) {
    const [decimal, thousands] = point > comma ? (['.', ','] as const) : ([',', '.'] as const)
    if (plain.indexOf(decimal) !== plain.lastIndexOf(decimal)) return undefined
    const cut = plain.lastIndexOf(decimal)
    const whole = dropThousands(plain.slice(0, cut), thousands)
    return whole === undefined ? undefined : `${whole}.${plain.slice(cut + 1)}`
  }
  const mark = point >= 0 ? '.' : ','
  const last = Math.max(point, comma)
  if (plain.indexOf(mark) !== last) return dropThousands(plain, mark)
  const decimals = plain.length - last - 1
  if (mark !== decimalMark && decimals === 3 && last >= 1 && last <= 3 && plain[0] !== '0')
    return dropThousands(plain, mark)
  return `${plain.slice(0, last) || '0'}.${plain.slice(last + 1) || '0'}`
}

/** Groups of three behind a first of one to three, or of two and then three as in India; else it is no number. */
function dropThousands(text: string, mark: string): string | undefined {
  const groups = text.split(mark)
  const [first = '', ...rest] = groups
  if (first.length < 1 || first.length > 3 || rest.at(-1)?.length !== 3) return rest.length === 0 ? text : undefined
  const even = rest.every((group) => group.length === 3) || rest.slice(0, -1).every((group) => group.length === 2)
  return even ? groups.join('') : undefined
}
