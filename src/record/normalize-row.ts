import type { Issue } from '../quality/issue.ts'
import { composeEvent } from './compose-event.ts'
import { composePerson } from './compose-person.ts'
import type { Field } from './field.ts'
import type { MappingPlan } from './mapping-plan.ts'
import { normalizeCell } from './normalize-cell.ts'
import { normalizeCountry } from './normalize-country.ts'
import { DELETED_RECORD } from './normalized-record.ts'
import type { NormalizedRow } from './normalized-row.ts'
import { parseAddressLine } from './parse-address-line.ts'
import type { ParsedRow } from './parsed-row.ts'
import { readCell } from './read-cell.ts'
import { createRowDraft, type RowDraft } from './row-draft.ts'
import type { Writable } from './writable.ts'

const NAMING_FIELDS: ReadonlySet<string> = new Set<Field>(['record_key', 'updated_at', 'deleted'])

/**
 * Normalizes a row: each mapped cell in one spelling, what could not be used as issues.
 *
 * Cells that are empty once trimmed are missing. A fatal defect of the reader quarantines the row unread; in
 * sources of orders and events so does a time that is missing (`occurred_at.missing`) or unreadable. A row of people
 * that says it is deleted tells nothing else; without a key it is quarantined (`deleted.unnamed`), and
 * without a time where its source has one (`deleted.undated`). Never throws
 * on any text; the same row and plan always give the same result.
 */
export function normalizeRow(row: ParsedRow, plan: MappingPlan): NormalizedRow {
  const draft = createRowDraft()
  let readable = true
  for (const defect of row.defects) {
    if (defect.fatal) readable = false
    draft.issues.push({ code: defect.code, severity: defect.fatal ? 'quarantine' : 'warn' })
  }
  if (readable) {
    draft.region = readRegion(row, plan)
    for (const cell of plan.mapped) {
      const raw = row.cells[cell.index]
      if (raw === null || raw === undefined || raw === '') continue
      const text = normalizeCell(raw)
      if (text !== '') readCell(draft, cell, text, plan)
    }
    const untimed =
      draft.event.occurredAt === undefined && !draft.issues.some(({ code }) => code === 'occurred_at.invalid')
    if (plan.kind !== 'people' && untimed) {
      draft.issues.push({ code: 'occurred_at.missing', field: 'occurred_at', severity: 'quarantine' })
    }
  }
  if (draft.deleted) dateDeletion(draft)
  const person = draft.deleted ? DELETED_RECORD : composePerson(draft, plan)
  const normalized: Writable<NormalizedRow> = {
    person,
    issues: draft.deleted ? judgeDeletion(draft, plan) : draft.issues,
  }
  const event = composeEvent(draft, plan)
  if (event !== undefined) normalized.event = event
  if (draft.keys.length > 0) normalized.recordKey = composeKey(draft.keys)
  if (draft.updatedAt !== undefined) normalized.updatedAt = draft.updatedAt
  return normalized
}

/** A deletion is the newest word of its source: the columns that tell of other changes often stay as they were. */
function dateDeletion(draft: RowDraft): void {
  const { updatedAt, deletedAt } = draft
  if (deletedAt !== undefined && (updatedAt === undefined || deletedAt > updatedAt)) draft.updatedAt = deletedAt
}

/**
 * Of a row that says no more than who is gone, only that matters: who it is, and, where versions are told apart by their
 * time, when, since an undated one would be taken for the oldest.
 */
function judgeDeletion({ issues, keys, updatedAt }: RowDraft, plan: MappingPlan): readonly Issue[] {
  if (keys.length === 0) return [...issues, { code: 'deleted.unnamed', field: 'record_key', severity: 'quarantine' }]
  const found = issues.filter(({ field }) => field === undefined || NAMING_FIELDS.has(field))
  const isDated = updatedAt !== undefined || !plan.mapped.some(({ field }) => field === 'updated_at')
  return isDated ? found : [...found, { code: 'deleted.undated', field: 'updated_at', severity: 'quarantine' }]
}

/** Read before all else, because columns come in any order. */
function readRegion(row: ParsedRow, plan: MappingPlan): string | undefined {
  const country = plan.countryIndex === undefined ? undefined : row.cells[plan.countryIndex]
  if (country !== null && country !== undefined && country !== '') return normalizeCountry(country)?.value
  const line = plan.addressIndex === undefined ? undefined : row.cells[plan.addressIndex]
  if (line === null || line === undefined || line === '') return undefined
  const named = parseAddressLine(line).country
  return named === undefined ? undefined : normalizeCountry(named)?.value
}

/** The separator is escaped inside parts, so that `a|b`, `c` and `a`, `b|c` stay two keys. */
function composeKey(keys: readonly string[]): string {
  if (keys.length === 1) return keys[0] ?? ''
  return keys.map((key) => key.replaceAll('\\', '\\\\').replaceAll('|', '\\|')).join('|')
}
