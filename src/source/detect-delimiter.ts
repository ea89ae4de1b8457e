import { Buffer } from 'node:buffer'
import { RecordSplitter } from './record-splitter.ts'
import { splitCells } from './split-cells.ts'

const CANDIDATES = [',', ';', '\t', '|'] as const
/** Rows looked at; more do not change the answer of a file that is one table. */
const SAMPLE_ROWS = 200

export interface DelimiterGuess {
  readonly delimiter: string
  /** The first rows, cut with it. */
  readonly rows: readonly (readonly string[])[]
  /** 0 to 1: the share of rows with as many cells as the first; 0.5 when no candidate divides the first row. */
  readonly confidence: number
}

/**
 * Guesses the delimiter among comma, semicolon, tab and bar: the one by which most rows have as many cells as the
 * first row, then the one with the most cells, then the order named here. A file of one column gets a comma. A given
 * delimiter wins; a name ending in .tsv or .tab speaks for the tab.
 */
export function detectDelimiter(text: string, fileName: string, given?: string): DelimiterGuess {
  if (given !== undefined) return { delimiter: given, rows: cutRows(text, given), confidence: 1 }
  const isTabs = /\.(?:tsv|tab)$/.test(fileName)
  let best: (DelimiterGuess & { readonly width: number }) | undefined
  for (const delimiter of CANDIDATES) {
    const rows = cutRows(text, delimiter)
    const width = rows[0]?.length ?? 0
    if (width < 2) continue
    const share = rows.filter((row) => row.length === width).length / rows.length
    const confidence = isTabs && delimiter === '\t' ? 1 : share
    if (best === undefined || confidence > best.confidence || (confidence === best.confidence && width > best.width)) {
      best = { delimiter, rows, width, confidence }
    }
  }
  if (best !== undefined) return { delimiter: best.delimiter, rows: best.rows, confidence: best.confidence }
  const delimiter = isTabs ? '\t' : ','
  return { delimiter, rows: cutRows(text, delimiter), confidence: 0.5 }
}

/** The whole rows of a text that may be cut off inside its last one. */
function cutRows(text: string, delimiter: string): string[][] {
  const options = { encoding: 'utf-16le', firstByte: 0, firstLine: 1, maxRowBytes: 1 << 20, delimiter } as const
  const splitter = new RecordSplitter(options)
  splitter.push(Buffer.from(text, 'utf16le'))
  splitter.finish()
  const rows: string[][] = []
  for (let slice = splitter.next(); slice !== undefined && rows.length <= SAMPLE_ROWS; slice = splitter.next()) {
    if (slice.flaw === undefined) {
      rows.push(slice.quoted ? splitCells(slice.text, delimiter).cells : slice.text.split(delimiter))
    }
  }
  if (rows.length > 1 && !/[\r\n]$/.test(text)) rows.pop()
  return rows
}
