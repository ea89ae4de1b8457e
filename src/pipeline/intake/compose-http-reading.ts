import type { Context } from '../context.ts'
import { composeReading } from '../ingest/compose-reading.ts'
import type { Reading } from '../ingest/reading.ts'
import type { SourceSettings } from '../../config/settings.ts'

/** How rows of a source are read that come over HTTP: lines of JSON, whatever its files are. */
export function composeHttpReading(context: Context, source: SourceSettings, asOf: Date): Reading {
  const format = { syntax: 'jsonl', container: 'plain', encoding: 'utf-8' } as Reading['format']
  return { ...composeReading(source, context.settings, asOf), format, via: 'http' }
}
