import { parse } from 'csv-parse/sync'

import type { Sample } from '../../src/sample/generate-sample.ts'
import type { SampleFileName } from '../../src/sample/sample-file.ts'

/** A line of the event log as far as the tests look at it. */
export interface ToldEvent {
  readonly type: string
  readonly messageId: string
  readonly anonymousId?: string
  readonly userId?: string
  readonly event?: string
  readonly timestamp: string
  readonly context: { readonly traits?: { readonly email: string } }
  readonly properties?: { readonly product_id?: string; readonly order_id?: string }
  readonly traits?: Readonly<Record<string, string>>
}

export function contentOf(sample: Sample, name: SampleFileName): Buffer {
  const file = sample.files.find((candidate) => candidate.name === name)
  if (file === undefined) throw new Error(`the sample has no ${name}`)
  return file.content
}

/** Rows without the header, read by a standard parser; a ragged row throws unless `relaxed`. */
export function csvRows(sample: Sample, name: SampleFileName, relaxed = false): string[][] {
  const isAppend = name === 'third-party-append.csv'
  const content = contentOf(sample, name)
  const text = isAppend ? decodeWindows1252(content) : new TextDecoder('utf-8', { fatal: true }).decode(content)
  const rows: string[][] = parse(text, { delimiter: isAppend ? ';' : ',', bom: true, relax_column_count: relaxed })
  return rows.slice(1)
}

/** The lines of a JSON Lines file, parsed where they can be. */
export function jsonLines(
  sample: Sample,
  name: SampleFileName,
): { objects: unknown[]; others: unknown[]; broken: string[] } {
  const objects: unknown[] = []
  const others: unknown[] = []
  const broken: string[] = []
  for (const line of contentOf(sample, name).toString().trimEnd().split('\n')) {
    try {
      const value: unknown = JSON.parse(line)
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) objects.push(value)
      else others.push(value)
    } catch {
      broken.push(line)
    }
  }
  return { objects, others, broken }
}

/** Each message once, in order of its first delivery. */
export function distinctMessages(lines: readonly ToldEvent[]): ToldEvent[] {
  return [...new Map(lines.map((line) => [line.messageId, line])).values()]
}

/** Node's own decoder reads windows-1252 as Latin-1 (measured on 20.20), so the bytes 0x80 to 0x9F are mapped here. */
function decodeWindows1252(content: Buffer): string {
  const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
  return [...content]
    .map((byte) => (byte >= 0x80 && byte <= 0x9f ? upper.charAt(byte - 0x80) : String.fromCharCode(byte)))
    .join('')
}
