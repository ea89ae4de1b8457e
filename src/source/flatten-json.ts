/** Deepest nesting of objects and arrays in one row; a row of real exports has fewer than ten. */
export const MAX_JSON_DEPTH = 64
/** Longest dotted column name, in UTF-16 units: column names live as long as the read. */
const MAX_PATH_LENGTH = 1024

export type FlatJsonProblem = 'not_an_object' | 'too_deep' | 'too_many_keys' | 'path_too_long'

/**
 * Walks one JSON object and tells each leaf with its dotted path: `{"a":{"b":1}}` is `a.b` = `1`. Arrays and empty
 * objects stay JSON text, numbers keep their digits as written, booleans are `true` and `false`, null is null.
 * The text must already be known to be valid JSON. Answers the problem that made it stop, or undefined. Names such
 * as `__proto__` are ordinary.
 */
export function flattenJson(
  text: string,
  maxKeys: number,
  tell: (path: string, value: string | null) => void,
): FlatJsonProblem | undefined {
  let pos = 0
  let keys = 0
  // Kept while it lies ahead, so that a text without escapes is searched for them once.
  let nextEscape = text.indexOf('\\')
  if (nextEscape < 0) nextEscape = text.length

  const skipBlanks = (): number => {
    let code = text.charCodeAt(pos)
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++pos)
    return code
  }
  /** Stands on the opening quote; ends after the closing one. */
  const readString = (): string => {
    const start = pos
    let close = text.indexOf('"', pos + 1)
    if (nextEscape < start) {
      nextEscape = text.indexOf('\\', start)
      if (nextEscape < 0) nextEscape = text.length
    }
    if (nextEscape > close) {
      pos = close + 1
      return text.slice(start + 1, close)
    }
    while (isEscaped(text, close)) close = text.indexOf('"', close + 1)
    pos = close + 1
    return JSON.parse(text.slice(start, pos)) as string
  }
  const readArray = (depth: number): string | undefined => {
    const start = pos
    let open = 0
    do {
      const code = text.charCodeAt(pos)
      if (code === 34) {
        readString()
        continue
      }
      if (code === 91 || code === 123) open++
      else if (code === 93 || code === 125) open--
      if (depth + open > MAX_JSON_DEPTH) return undefined
      pos++
    } while (open > 0)
    return text.slice(start, pos)
  }
  const walk = (prefix: string, depth: number): FlatJsonProblem | undefined => {
    if (depth > MAX_JSON_DEPTH) return 'too_deep'
    const start = pos
    pos++
    if (skipBlanks() === 125) {
      pos++
      if (prefix !== '') tell(prefix, text.slice(start, pos))
      return undefined
    }
    for (;;) {
      const key = readString()
      const path = prefix === '' ? key || '(empty)' : `${prefix}.${key}`
      if (path.length > MAX_PATH_LENGTH) return 'path_too_long'
      if (++keys > maxKeys) return 'too_many_keys'
      skipBlanks()
      pos++
      const code = skipBlanks()
      if (code === 34) {
        tell(path, readString())
      } else if (code === 123) {
        const problem = walk(path, depth + 1)
        if (problem !== undefined) return problem
      } else if (code === 91) {
        const array = readArray(depth)
        if (array === undefined) return 'too_deep'
        tell(path, array)
      } else {
        const from = pos
        let end = text.charCodeAt(pos)
        while (end !== 44 && end !== 125 && end > 32) end = text.charCodeAt(++pos)
        tell(path, code === 110 ? null : text.slice(from, pos))
      }
      const after = skipBlanks()
      pos++
      if (after === 125) return undefined
      skipBlanks()
    }
  }

  return skipBlanks() === 123 ? walk('', 1) : 'not_an_object'
}

function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1
  while (text.charCodeAt(before) === 92) before--
  return (quote - 1 - before) % 2 === 1
}
