export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** How a file's bytes become rows. A guess from its first bytes, or what the settings say. */
export interface FileFormat {
  readonly container: 'plain' | 'gzip'
  readonly encoding: Encoding
  /** Bytes of the byte order mark at the start of the (decompressed) input, 0 to 3. */
  readonly bomBytes: number
  readonly syntax: 'csv' | 'jsonl' | 'json'
  /** One character; only for `csv`. */
  readonly delimiter?: string
  readonly quote: '"'
  /** Whether the first row of a CSV names the columns. Always false for JSON. */
  readonly header: boolean
  /** 0 to 1: how sure the guess is. 1 when everything that matters was given by settings. */
  readonly confidence: number
}

/** What the person who knows the file says about it; each value wins over the guess. */
export interface FormatSettings {
  readonly container?: FileFormat['container']
  readonly encoding?: Encoding
  readonly syntax?: FileFormat['syntax']
  /** Any one character except a quote or a line end. */
  readonly delimiter?: string
  readonly header?: boolean
}

/** Bytes of a file's start that guesses are made from; a shorter head is taken for the whole file. */
export const HEAD_BYTES = 65_536
