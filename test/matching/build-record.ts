import type { NormalizedRecord } from '../../src/record/normalized-record.ts'

/** A record that says only what the test says. */
export function buildRecord(parts: Partial<NormalizedRecord> = {}): NormalizedRecord {
  return { emails: [], phones: [], identifiers: [], display: {}, ...parts }
}
