import { Buffer } from 'node:buffer'
import type { RowDefect } from '../record/parsed-row.ts'
import type { Encoding } from './file-format.ts'
import { followQuotes, type QuoteState } from './follow-quotes.ts'
import { Lookahead } from './lookahead.ts'
import type { RowSlice, RowSplitter } from './row-slice.ts'
import { TextWindow } from './text-window.ts'

const CR = 13
const NONE = Number.POSITIVE_INFINITY

const TOO_LARGE: RowDefect = { code: 'row.too_large', fatal: true, detail: 'longer than the longest row that is read' }
const BAD_QUOTE: RowDefect = { code: 'row.bad_quote', fatal: true, detail: 'text after the closing quote of a cell' }
const UNCLOSED_QUOTE: RowDefect = { code: 'row.unclosed_quote', fatal: true, detail: 'a quote opens and never closes' }

/** A scan that waits for bytes or has failed, in units of the whole input. */
interface Trail {
  readonly start: number
  readonly pos: number
  readonly state: QuoteState
  /** Nothing that comes later can end the record properly. */
  readonly broken: boolean
}

export interface RecordSplitterOptions {
  readonly encoding: Encoding
  readonly firstByte: number
  readonly firstLine: number
  readonly maxRowBytes: number
  /** Given for CSV, spelled in units of the window: quotes then open cells. Absent: every line is a record. */
  readonly delimiter?: string
}

/**
 * Cuts lines, or CSV records (RFC 4180), out of an input. Line ends are LF, CRLF and CR, mixed as they come;
 * blank lines are skipped. A quoted cell that runs over a line end but never closes properly (the input ends, the
 * record grows beyond `maxRowBytes`, or something else than a delimiter follows the quote) costs only its first
 * line, `row.unclosed_quote`, and cutting goes on at the next line.
 * Laws: rows depend on the bytes only, never on their pieces; what is cut after a row depends only on what follows
 * it, so reading can resume anywhere; time is linear in the input; memory is `maxRowBytes` and two pieces.
 */
export class RecordSplitter implements RowSplitter {
  readonly #window: TextWindow
  readonly #limit: number
  readonly #delimiter: string | undefined
  #pos = 0
  /** Units of the input before the window. */
  #origin = 0
  #line: number
  // Lines are looked at in order, and so are the continuations of quoted cells: one set of look-aheads for each.
  readonly #ahead = { lf: new Lookahead('\n'), cr: new Lookahead('\r'), quote: new Lookahead('"') }
  readonly #beyond = { lf: new Lookahead('\n'), cr: new Lookahead('\r'), quote: new Lookahead('"') }
  #waiting: Trail | undefined
  #failed: Trail | undefined
  /** The first bytes of a row that is too large, while its line end is still to come. */
  #cut: Buffer | undefined

  constructor(options: RecordSplitterOptions) {
    this.#window = new TextWindow(options.encoding, options.firstByte)
    this.#limit = Math.max(1, Math.floor(options.maxRowBytes / this.#window.unitBytes))
    this.#delimiter = options.delimiter
    this.#line = options.firstLine
  }

  push(piece: Buffer): void {
    this.#window.push(piece, this.#pos)
    this.#lookAfresh()
  }

  finish(): void {
    this.#window.finish(this.#pos)
    this.#lookAfresh()
  }

  next(): RowSlice | undefined {
    const { view, last } = this.#window
    const length = view.length
    for (;;) {
      const start = this.#pos
      if (start >= length) {
        return this.#cut !== undefined && last ? this.#slice(start, length, length, false, TOO_LARGE) : undefined
      }
      const end = this.#lineEnd(start)
      if (end === length - 1 && !last && view.charCodeAt(end) === CR) return undefined // perhaps half of a CRLF
      if (this.#cut !== undefined) {
        if (end < length) return this.#slice(start, end, end, false, TOO_LARGE)
        this.#pos = length
        continue
      }
      if (end === start) {
        this.#pos = this.#afterLineEnd(end)
        this.#line++
        continue
      }
      if (end === NONE && !last) {
        if (length - start <= this.#limit) return undefined
        this.#cut = Buffer.from(this.#window.raw(start, start + this.#limit))
        continue
      }
      const stop = Math.min(end, length)
      if (stop - start > this.#limit) return this.#slice(start, start + this.#limit, stop, false, TOO_LARGE)
      if (this.#delimiter === undefined || this.#ahead.quote.from(view, start) >= stop) {
        return this.#slice(start, stop, stop, false, undefined)
      }
      return this.#quoted(start, stop, this.#delimiter)
    }
  }

  /** A record with quotes whose first line ends at `lineEnd`. */
  #quoted(start: number, lineEnd: number, delimiter: string): RowSlice | undefined {
    const { view, last } = this.#window
    const length = view.length
    const origin = this.#origin
    let from: { pos: number; state: QuoteState }
    if (this.#waiting?.start === origin + start) {
      from = { pos: this.#waiting.pos - origin, state: this.#waiting.state }
    } else {
      const quote = this.#ahead.quote
      const line = followQuotes(
        view,
        { pos: start, state: 'outside' },
        lineEnd,
        delimiter,
        (pos) => quote.from(view, pos),
        () => lineEnd,
      )
      if (line.outcome === 'bad') return this.#slice(start, lineEnd, lineEnd, true, BAD_QUOTE)
      if (line.state !== 'quoted') return this.#slice(start, lineEnd, lineEnd, true, undefined)
      from = { pos: lineEnd, state: 'quoted' }
      // An earlier record that failed also passed this line end inside quotes (else it would have ended here), so
      // from here both are one and the same scan: go on where that one stopped. This keeps the time linear.
      const failed = this.#failed
      if (failed !== undefined && failed.pos > origin + lineEnd) {
        if (failed.broken) return this.#slice(start, lineEnd, lineEnd, true, UNCLOSED_QUOTE)
        from = { pos: failed.pos - origin, state: failed.state }
      }
    }
    // A delimiter of several units must be whole to be seen.
    const stop = last ? length : length - (delimiter.length - 1)
    const { lf, cr, quote } = this.#beyond
    const walk = followQuotes(
      view,
      from,
      stop,
      delimiter,
      (pos) => quote.from(view, pos),
      (pos) => Math.min(lf.from(view, pos), cr.from(view, pos)),
    )
    const trail = { start: origin + start, pos: origin + walk.pos, state: walk.state }
    const ended = walk.outcome === 'line_end' || (walk.outcome === 'stop' && last && walk.state !== 'quoted')
    const end = walk.outcome === 'line_end' ? walk.pos : length
    if (ended && end - start <= this.#limit) {
      if (end === length - 1 && !last && view.charCodeAt(end) === CR) return this.#wait(trail)
      return this.#slice(start, end, end, true, undefined, countLineEnds(view, start, end))
    }
    const broken = walk.outcome === 'bad' || (last && !ended)
    if (!broken && !ended && length - start <= this.#limit) return this.#wait(trail)
    this.#failed = { ...trail, broken }
    return this.#slice(start, lineEnd, lineEnd, true, UNCLOSED_QUOTE)
  }

  #wait(trail: Omit<Trail, 'broken'>): undefined {
    this.#waiting = { ...trail, broken: false }
  }

  /** Takes out units `start` to `end`, and goes on after the line end at `lineEnd`. */
  #slice(
    start: number,
    end: number,
    lineEnd: number,
    quoted: boolean,
    flaw: RowDefect | undefined,
    innerLineEnds = 0,
  ): RowSlice {
    const window = this.#window
    const line = this.#line
    this.#pos = lineEnd < window.view.length ? this.#afterLineEnd(lineEnd) : lineEnd
    this.#line += 1 + innerLineEnds
    const raw = this.#cut ?? window.raw(start, end)
    this.#cut = undefined
    return {
      raw,
      text: flaw === undefined ? window.text(start, end) : '',
      line,
      quoted,
      validEncoding: flaw !== undefined || window.isValid(start, end),
      mayHoldNul: window.mayHoldNul,
      flaw,
      nextByte: window.byteAt(this.#pos),
      nextLine: this.#line,
    }
  }

  #lineEnd(pos: number): number {
    return Math.min(this.#ahead.lf.from(this.#window.view, pos), this.#ahead.cr.from(this.#window.view, pos))
  }

  #afterLineEnd(end: number): number {
    return this.#window.view.startsWith('\r\n', end) ? end + 2 : end + 1
  }

  #lookAfresh(): void {
    this.#origin += this.#pos
    this.#pos = 0
    for (const ahead of [this.#ahead, this.#beyond]) {
      ahead.lf.forget()
      ahead.cr.forget()
      ahead.quote.forget()
    }
  }
}

function countLineEnds(view: string, start: number, end: number): number {
  let count = 0
  for (let pos = start; pos < end; pos++) {
    const code = view.charCodeAt(pos)
    if (code === 10 || (code === CR && view.charCodeAt(pos + 1) !== 10)) count++
  }
  return count
}
