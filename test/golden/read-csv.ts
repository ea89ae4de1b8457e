import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** A small reference file as rows by column name. */
export function readCsv(file: string): Readonly<Record<string, string>>[] {
  return parse<Record<string, string>>(readFileSync(file), { columns: true, bom: true, trim: true })
}
