/** Where a walk through a record stands: before a cell or in an unquoted one, in a quoted one, or after its quote. */
export type QuoteState = 'outside' | 'quoted' | 'quote_seen'

export interface QuoteWalk {
  /** `line_end`: the record ends at `pos`; `bad`: something else than a delimiter follows a quote; `stop`: neither. */
  readonly outcome: 'line_end' | 'bad' | 'stop'
  readonly pos: number
  readonly state: QuoteState
}

/** Answers the position of the next such character at or after a position, or Infinity. */
export type FindNext = (pos: number) => number

const QUOTE = 34

/**
 * Follows the quotes of a CSV record (RFC 4180) from `pos` until it ends or `stop` is reached. `outside` must begin
 * at the start of a cell. A quote opens only at the start of a cell, and `""` inside quotes is one quote.
 */
export function followQuotes(
  view: string,
  from: { readonly pos: number; readonly state: QuoteState },
  stop: number,
  delimiter: string,
  findQuote: FindNext,
  findLineEnd: FindNext,
): QuoteWalk {
  let { pos, state } = from
  for (;;) {
    if (pos >= stop) return { outcome: 'stop', pos, state }
    if (state === 'quoted') {
      const quote = findQuote(pos)
      if (quote >= stop) return { outcome: 'stop', pos: stop, state }
      pos = quote + 1
      state = 'quote_seen'
    } else if (state === 'quote_seen') {
      if (view.charCodeAt(pos) === QUOTE) {
        pos++
        state = 'quoted'
      } else if (view.startsWith(delimiter, pos)) {
        pos += delimiter.length
        state = 'outside'
      } else {
        return { outcome: findLineEnd(pos) === pos ? 'line_end' : 'bad', pos, state }
      }
    } else {
      const start = pos
      const end = findLineEnd(pos)
      let quote = findQuote(pos)
      while (quote > start && quote < end && quote < stop && !opensCell(view, quote, start, delimiter)) {
        quote = findQuote(quote + 1)
      }
      if (end < quote && end < stop) return { outcome: 'line_end', pos: end, state }
      if (quote >= stop || quote > end) return { outcome: 'stop', pos: start, state }
      pos = quote + 1
      state = 'quoted'
    }
  }
}

function opensCell(view: string, quote: number, start: number, delimiter: string): boolean {
  const before = quote - delimiter.length
  return before >= start && view.startsWith(delimiter, before)
}
