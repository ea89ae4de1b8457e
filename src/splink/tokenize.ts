export interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'symbol'
  readonly text: string
  /** Its place, from 0. */
  readonly at: number
}

/** Blank, `"name"` or `` `name` ``, `'text'`, number, word, symbol; each alternative is one kind. */
const TOKEN =
  /\s+|(?<quoted>"(?:[^"]|"")*"|`[^`]*`)|(?<text>'(?:[^']|'')*')|(?<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?<word>[A-Za-z_]\w*)|(?<symbol><>|!=|<=|>=|\|\||[-=<>(),+*/])/y

/** Cuts SQL into tokens; the answer is the place, from 0, of what belongs to none. */
export function tokenize(sql: string): readonly Token[] | number {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < sql.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const { groups = {} } = TOKEN.exec(sql) ?? { groups: undefined }
    if (TOKEN.lastIndex === 0) return at
    const { quoted, text, number, word, symbol } = groups
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.slice(1, -1).replaceAll('""', '"'), at })
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.slice(1, -1).replaceAll("''", "'"), at })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at })
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol === '!=' ? '<>' : symbol, at })
  }
  return tokens
}
