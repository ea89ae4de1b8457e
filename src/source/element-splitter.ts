import { Buffer } from 'node:buffer'
import type { RowDefect } from '../record/parsed-row.ts'
import type { Encoding } from './file-format.ts'
import type { JsonShape } from './find-json-shape.ts'
import { followElement, NEW_ELEMENT, type ElementState } from './follow-element.ts'
import type { RowSlice, RowSplitter } from './row-slice.ts'
import { TextWindow } from './text-window.ts'

const TOO_LARGE: RowDefect = { code: 'row.too_large', fatal: true, detail: 'longer than the longest row that is read' }
const UNBALANCED: RowDefect = { code: 'row.bad_json', fatal: true, detail: 'brackets or quotes do not match' }
const CUT_OFF: RowDefect = { code: 'row.truncated', fatal: true, detail: 'the input ends inside the row' }
const AFTER_ARRAY: RowDefect = { code: 'row.bad_json', fatal: true, detail: 'text after the end of the array' }
const NOT_CLOSED: RowDefect = {
  code: 'row.truncated',
  fatal: false,
  detail: 'the input ends without closing the array',
}

export interface ElementSplitterOptions {
  readonly encoding: Encoding
  readonly firstByte: number
  readonly firstLine: number
  readonly maxRowBytes: number
  readonly shape: JsonShape
  /** False when reading resumes behind the array's opening bracket. */
  readonly atStart: boolean
}

/** The element being read: how many units of it were followed, and its first bytes once it is too large. */
interface Element {
  state: ElementState
  units: number
  cut: Buffer | undefined
  readonly line: number
}

/** What stands behind the array. */
interface Tail {
  readonly line: number
  cut: Buffer | undefined
}

/**
 * Cuts the elements out of a JSON array (or an object whose first property is one, or values one after another)
 * without holding more than one of them. An element whose brackets or quotes do not match is cut off where that
 * shows, so that the next one is whole again. Text behind the array that does not complete it is a row of its own
 * with `row.bad_json`; when the input ends without closing the array, the last element says `row.truncated`.
 * Laws: as of the record splitter.
 */
export class ElementSplitter implements RowSplitter {
  readonly #window: TextWindow
  readonly #limit: number
  readonly #shape: JsonShape
  #pos = 0
  #line: number
  #prefixLeft: number
  #element: Element | undefined
  /** The last element, until it is known whether the array goes on. */
  #held: RowSlice | undefined
  #closed: Tail | undefined
  #started: boolean

  constructor(options: ElementSplitterOptions) {
    this.#window = new TextWindow(options.encoding, options.firstByte)
    this.#limit = Math.max(1, Math.floor(options.maxRowBytes / this.#window.unitBytes))
    this.#shape = options.shape
    this.#line = options.firstLine
    this.#started = !options.atStart
    this.#prefixLeft = options.atStart ? options.shape.prefix.length : 0
  }

  push(piece: Buffer): void {
    this.#window.push(piece, this.#pos)
    this.#pos = 0
  }

  finish(): void {
    this.#window.finish(this.#pos)
    this.#pos = 0
  }

  next(): RowSlice | undefined {
    while (this.#prefixLeft > 0) {
      if (this.#pos >= this.#window.view.length) return undefined
      if (this.#window.view.charCodeAt(this.#pos) === 10) this.#line++
      this.#pos++
      this.#prefixLeft--
    }
    if (this.#closed !== undefined) return this.#tail(this.#closed)
    if (this.#element === undefined) {
      const release = this.#between()
      if (release !== undefined) return release
      if (this.#closed !== undefined) return this.#tail(this.#closed)
      if (this.#element === undefined) return undefined
    }
    this.#follow(this.#element)
    return this.#held !== undefined ? this.next() : undefined
  }

  /** Skips blanks and the comma; gives back the held element once something follows it. */
  #between(): RowSlice | undefined {
    const { view, last } = this.#window
    for (; this.#pos < view.length; this.#pos++) {
      const code = view.charCodeAt(this.#pos)
      if (code === 10) this.#line++
      else if (code === 93 && this.#shape.shape !== 'sequence') {
        if (this.#held !== undefined) return this.#release(undefined)
        this.#closed = { line: this.#line, cut: undefined }
        return undefined
      } else if (code !== 32 && code !== 9 && code !== 13 && code !== 44) {
        if (this.#held !== undefined) return this.#release(undefined)
        this.#element = { state: NEW_ELEMENT, units: 0, cut: undefined, line: this.#line }
        return undefined
      }
    }
    if (!last) return undefined
    const open = this.#shape.shape !== 'sequence'
    if (this.#held !== undefined) return this.#release(open ? NOT_CLOSED : undefined)
    if (open && !this.#started) {
      this.#started = true
      return this.#row(Buffer.from(this.#shape.prefix, 'latin1'), '', 1, { ...NOT_CLOSED, fatal: true })
    }
    return undefined
  }

  #release(flaw: RowDefect | undefined): RowSlice {
    const held = this.#held!
    this.#held = undefined
    const nextByte = this.#window.byteAt(this.#pos)
    return { ...held, flaw: held.flaw ?? flaw, nextByte, nextLine: this.#line }
  }

  #follow(element: Element): void {
    const { view, last } = this.#window
    const start = this.#pos
    const walk = followElement(view, start + (element.cut === undefined ? element.units : 0), element.state)
    this.#started = true
    const units = walk.pos - start + (element.cut === undefined ? 0 : element.units)
    const tooLarge = units > this.#limit
    if (tooLarge && element.cut === undefined) element.cut = Buffer.from(this.#window.raw(start, start + this.#limit))
    if (walk.outcome === 'more' && !last) {
      element.state = walk.state
      element.units = units
      if (element.cut !== undefined) this.#moveTo(walk.pos)
      return
    }
    const cutOff = walk.outcome === 'more' && walk.state.kind !== 'scalar'
    const flaw = tooLarge ? TOO_LARGE : cutOff ? CUT_OFF : walk.outcome === 'bad' ? UNBALANCED : undefined
    const raw = element.cut ?? this.#window.raw(start, trimmedEnd(view, start, walk.pos))
    this.#held = this.#row(raw, flaw === undefined ? this.#window.text(start, walk.pos) : '', element.line, flaw)
    this.#held = { ...this.#held, validEncoding: flaw !== undefined || this.#window.isValid(start, walk.pos) }
    this.#element = undefined
    this.#moveTo(walk.pos)
  }

  #moveTo(pos: number): void {
    const { view } = this.#window
    for (let at = view.indexOf('\n', this.#pos); at >= 0 && at < pos; at = view.indexOf('\n', at + 1)) this.#line++
    this.#pos = pos
  }

  /** Everything behind the array: nothing, the rest of its envelope, or text that does not belong there. */
  #tail(closed: Tail): RowSlice | undefined {
    const { view, last } = this.#window
    if (!last) {
      if (view.length - this.#pos <= this.#limit) return undefined
      closed.cut ??= Buffer.from(this.#window.raw(this.#pos, this.#pos + this.#limit))
      this.#moveTo(view.length)
      return undefined
    }
    const start = this.#pos
    if (start >= view.length && closed.cut === undefined) return undefined
    this.#moveTo(view.length)
    if (closed.cut !== undefined) {
      const row = this.#row(closed.cut, '', closed.line, TOO_LARGE)
      closed.cut = undefined
      return row
    }
    if (completes(this.#shape.prefix, this.#window.text(start, view.length))) return undefined
    return this.#row(this.#window.raw(start, view.length), '', closed.line, AFTER_ARRAY)
  }

  #row(raw: Buffer, text: string, line: number, flaw: RowDefect | undefined): RowSlice {
    return {
      raw,
      text,
      line,
      quoted: false,
      validEncoding: true,
      mayHoldNul: this.#window.mayHoldNul,
      flaw,
      nextByte: this.#window.byteAt(this.#pos),
      nextLine: this.#line,
    }
  }
}

function trimmedEnd(view: string, start: number, end: number): number {
  while (end > start + 1 && view.charCodeAt(end - 1) <= 32) end--
  return end
}

/** Whether the file would be valid JSON if its rows were left out. */
function completes(prefix: string, tail: string): boolean {
  try {
    JSON.parse(prefix + tail)
    return true
  } catch {
    return false
  }
}
