/** Where a walk through one JSON element stands. `open` holds the kinds of the outermost open brackets. */
export interface ElementState {
  readonly kind: 'new' | 'scalar' | 'nested' | 'string'
  /** `{` or `[` of each open bracket, outermost first; no longer than the depth that is checked. */
  readonly open: string
  readonly depth: number
  /** The last character that is not blank, outside strings. */
  readonly before: string
}

export interface ElementWalk {
  /** `end`: the element ends before `pos`; `bad`: it cannot be completed and is cut before `pos`; `more`: go on. */
  readonly outcome: 'end' | 'bad' | 'more'
  readonly pos: number
  readonly state: ElementState
}

export const NEW_ELEMENT: ElementState = { kind: 'new', open: '', depth: 0, before: '' }

/** Deeper brackets are counted but not compared; the row will be refused for its depth. */
const CHECKED_DEPTH = 64

/**
 * Follows brackets and strings of one JSON element until it ends. Looks at just enough grammar to notice at once
 * when an element is broken: a line end inside a string, a bracket closed by the other kind, or an object where a
 * key must stand. Reading goes on at `pos`.
 */
export function followElement(view: string, from: number, state: ElementState): ElementWalk {
  let { kind, open, depth, before } = state
  let pos = from
  const length = view.length
  const walk = (outcome: ElementWalk['outcome']): ElementWalk => ({
    outcome,
    pos,
    state: { kind, open, depth, before },
  })

  for (; pos < length; pos++) {
    const code = view.charCodeAt(pos)
    if (kind === 'string') {
      // Escapes are two units: the second one may be in the next piece.
      if (before === '\\') before = '"'
      else if (code === 92) before = '\\'
      else if (code === 10) return walk('bad')
      else if (code === 34) kind = depth > 0 ? 'nested' : 'scalar'
    } else if (code === 34) {
      kind = 'string'
      before = '"'
    } else if (code === 123 || code === 91) {
      if (kind === 'scalar') return walk('bad')
      if (depth > 0 && depth <= CHECKED_DEPTH && open[depth - 1] === '{' && before !== ':') return walk('bad')
      if (depth < CHECKED_DEPTH) open += code === 123 ? '{' : '['
      depth++
      kind = 'nested'
      before = view[pos]!
    } else if (code === 125 || code === 93) {
      if (kind === 'scalar') return walk('end')
      if (kind === 'new') {
        pos++
        return walk('bad')
      }
      if (depth <= CHECKED_DEPTH && (open[depth - 1] === '{') !== (code === 125)) {
        // The array's own end closes a broken element too; any other bracket belongs to the element.
        if (code === 125 || depth > 1) pos++
        return walk('bad')
      }
      depth--
      if (depth < CHECKED_DEPTH) open = open.slice(0, depth)
      before = view[pos]!
      if (depth === 0) {
        pos++
        return walk('end')
      }
    } else if (kind === 'nested') {
      if (code > 32) before = view[pos]!
    } else if (code === 44 || code === 10) {
      return walk('end')
    } else {
      kind = 'scalar'
    }
  }
  return walk('more')
}
