/** What a slash begins depends on what was before: after these it is a regular expression, else a division. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|(?<![\w$.])(?:return|typeof|case|in|of|void|yield|await|throw))\s*$/

/**
 * The program without what is only said in it: comments, and the insides of strings, templates and regular
 * expressions become blanks. Quotes, line breaks and all positions stay; code inside `${…}` stays code.
 */
export function maskSource(source: string): string {
  const out = source.split('')
  const hide = (from: number, to: number): void => {
    for (let at = from; at < to && at < out.length; at++) if (out[at] !== '\n') out[at] = ' '
  }
  /** For each open template, how many braces are open in its expression. */
  const templates: number[] = []
  let at = source.startsWith('#!') ? indexOrEnd(source, '\n', 0) : 0
  hide(0, at)
  const skipTemplate = (from: number): number => {
    const end = findTemplateStop(source, from)
    hide(from, end)
    if (source[end] === '`') return end + 1
    templates.push(0)
    return end + 2
  }
  while (at < source.length) {
    const char = source[at]
    if (char === '/' && source[at + 1] === '/') {
      const end = indexOrEnd(source, '\n', at)
      hide(at, end)
      at = end
    } else if (char === '/' && source[at + 1] === '*') {
      const end = indexOrEnd(source, '*/', at + 2) + 2
      hide(at, end)
      at = end
    } else if (char === "'" || char === '"') {
      const end = findClose(source, at + 1, char)
      hide(at + 1, end)
      at = end + 1
    } else if (char === '`') {
      at = skipTemplate(at + 1)
    } else if (char === '/' && BEFORE_REGEX.test(out.slice(Math.max(0, at - 40), at).join(''))) {
      const end = findRegexClose(source, at + 1)
      hide(at + 1, end)
      at = end + 1
    } else if (templates.length > 0 && char === '{') {
      templates[templates.length - 1]! += 1
      at += 1
    } else if (templates.length > 0 && char === '}') {
      const open = templates.pop() ?? 0
      if (open > 0) templates.push(open - 1)
      at = open > 0 ? at + 1 : skipTemplate(at + 1)
    } else at += 1
  }
  return out.join('')
}

function indexOrEnd(source: string, sign: string, from: number): number {
  const found = source.indexOf(sign, from)
  return found < 0 ? source.length : found
}

function findClose(source: string, from: number, quote: string): number {
  let at = from
  while (at < source.length && source[at] !== quote && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1
  return at
}

/** Where the text of a template ends: at its closing quote or at `${`. */
function findTemplateStop(source: string, from: number): number {
  let at = from
  while (at < source.length && source[at] !== '`' && !(source[at] === '$' && source[at + 1] === '{')) {
    at += source[at] === '\\' ? 2 : 1
  }
  return at
}

function findRegexClose(source: string, from: number): number {
  let isClass = false
  let at = from
  while (at < source.length && source[at] !== '\n' && (isClass || source[at] !== '/')) {
    if (source[at] === '[') isClass = true
    if (source[at] === ']') isClass = false
    at += source[at] === '\\' ? 2 : 1
  }
  return at
}
