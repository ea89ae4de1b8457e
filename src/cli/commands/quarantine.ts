import { OnefoldError } from '../../errors.ts'
import type { Context } from '../../pipeline/context.ts'
import { findHeldId } from '../../pipeline/quarantine/find-held-id.ts'
import { fixRow } from '../../pipeline/quarantine/fix-row.ts'
import { replayHeld } from '../../pipeline/quarantine/replay-held.ts'
import { showRow } from '../../pipeline/quarantine/show-row.ts'
import type { Issue } from '../../quality/issue.ts'
import { countHeldRows } from '../../store/quarantine/count-held-rows.ts'
import { findHeldRows } from '../../store/quarantine/find-held-rows.ts'
import { loadArrivals } from '../../store/status/load-arrivals.ts'
import type { HeldRowId } from '../../store/quarantine/held-row.ts'
import { withSession } from '../open-session.ts'
import { formatTable, paint, printJson, printLine } from '../output.ts'
import { withProgress } from '../with-progress.ts'
import { showText } from '../show-text.ts'

export interface QuarantineOptions {
  readonly json?: boolean
  readonly source?: string
  readonly limit?: number
  readonly all?: boolean
}

/** Throws `source.unknown` for a source that is neither configured nor has ever delivered. */
async function checkSource(context: Context, source: string | undefined): Promise<void> {
  if (source === undefined || Object.hasOwn(context.settings.sources, source)) return
  const arrived = (await loadArrivals(context.store.sql)).map((arrival) => arrival.source)
  if (arrived.includes(source)) return
  const known = [...new Set([...Object.keys(context.settings.sources), ...arrived])].sort()
  throw new OnefoldError('not_found', 'source.unknown', `There is no source ${source}.`, {
    hint: known.length === 0 ? 'Nothing was taken in yet.' : `There are: ${known.join(', ')}.`,
  })
}

/** Lists rows that are held for repair, without their values. Exit code 0 whether there are any or not. */
export async function listHeld(options: QuarantineOptions): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { sql } = context.store
    await checkSource(context, options.source)
    const held = (await countHeldRows(sql)).filter(
      ({ source }) => options.source === undefined || source === options.source,
    )
    const rows = await findHeldRows(sql, {
      limit: options.limit ?? 50,
      ...(options.source === undefined ? {} : { source: options.source }),
    })
    if (options.json === true) {
      printJson({ held, rows: rows.map((row) => ({ id: `${row.deliveryId}:${row.rowNo}`, ...row })) })
      return 0
    }
    if (rows.length === 0) {
      printLine('No rows are held.')
      return 0
    }
    printLine(
      formatTable(
        rows.map((row) => [shortId(row), row.source, String(row.line), row.state, tellIssues(row.issues)]),
        ['id', 'source', 'line', 'state', 'because'],
      ),
    )
    const total = held.reduce((sum, source) => sum + source.held, 0)
    printLine(
      `\n${rows.length} of ${total} held rows: ${held.map(({ source, held: count }) => `${source} ${count}`).join(', ')}`,
    )
    printLine('Next: `onefold quarantine show ID`, `fix ID column=value`, `replay ID` or `replay --all`.')
    return 0
  })
}

/** Shows one held row with its values, and writes that somebody looked into the audit log. */
export async function showHeld(text: string, options: QuarantineOptions): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const shown = await showRow(context, await findHeldId(context, text))
    if (options.json === true) {
      printJson({ id: `${shown.deliveryId}:${shown.rowNo}`, ...shown })
      return 0
    }
    printLine(`${paint('bold', shortId(shown))}  ${shown.source}, line ${shown.line}, ${shown.state}`)
    printLine(`Because: ${tellIssues(shown.issues)}`)
    if (shown.text !== undefined) printLine(`\nThe row cannot be read as cells:\n  ${showText(shown.text)}`)
    printLine()
    printLine(
      formatTable(
        shown.cells.map(({ column, field, value, fixed }) => [
          showText(column),
          field ?? '–',
          value === null ? '(none)' : showText(value),
          fixed === undefined ? '' : showText(fixed),
        ]),
        ['column', 'field', 'value', 'corrected'],
      ),
    )
    printLine(
      `\nNext: \`onefold quarantine fix ${shortId(shown)} column=value\`, then \`onefold quarantine replay ${shortId(shown)}\`.`,
    )
    return 0
  })
}

/** Keeps corrected cells with a held row. */
export async function fixHeld(
  text: string,
  assignments: readonly string[],
  options: QuarantineOptions,
): Promise<number> {
  const corrections = Object.fromEntries(assignments.map(parseAssignment))
  return withSession('cli', async ({ context }) => {
    const fixed = await fixRow(context, await findHeldId(context, text), corrections)
    if (options.json === true) printJson({ id: `${fixed.deliveryId}:${fixed.rowNo}`, ...fixed })
    else {
      printLine(`Corrected: ${fixed.columns.map(showText).join(', ')} of ${shortId(fixed)}.`)
      if (!fixed.readable) printLine('The row cannot be read as cells: columns without a correction will be empty.')
      printLine(`\nNext: \`onefold quarantine replay ${shortId(fixed)}\`.`)
    }
    return 0
  })
}

/** Assesses held rows again. Exit code 1 when some are still held or were rejected. */
export async function replayHeldRows(ids: readonly string[], options: QuarantineOptions): Promise<number> {
  if (ids.length > 0 === (options.all === true || options.source !== undefined)) {
    throw new OnefoldError('payload', 'quarantine.nothing_named', 'Say which rows are to be replayed.', {
      hint: 'Give ids, or `--all`, or `--source NAME`.',
    })
  }
  return withSession('cli', async ({ context }) => {
    await checkSource(context, options.source)
    const named: HeldRowId[] = []
    for (const id of ids) named.push(await findHeldId(context, id))
    const wanted = ids.length > 0 ? { ids: named } : options.source === undefined ? {} : { source: options.source }
    const counts = await withProgress('replaying', 'rows', (report) => replayHeld(context, wanted, report))
    if (options.json === true) printJson(counts)
    else {
      printLine(formatTable(Object.entries(counts)))
      if (counts.accepted > 0) printLine('\nNext: `onefold run` to resolve and publish.')
    }
    return counts.quarantined + counts.rejected === 0 ? 0 : 1
  })
}

/** The end of the delivery's id is random and short; its beginning is a time that neighbours share. */
function shortId({ deliveryId, rowNo }: HeldRowId): string {
  return `${deliveryId.slice(-8)}:${rowNo}`
}

/** Findings that hold the row first; each with its field or column. */
function tellIssues(issues: readonly Issue[]): string {
  const holding = issues.filter(({ severity }) => severity === 'quarantine' || severity === 'reject')
  const shown = holding.length > 0 ? holding : issues
  return shown
    .map(({ code, column, field }) => `${code}${(column ?? field) ? ` (${showText(column ?? field ?? '')})` : ''}`)
    .join(', ')
}

function parseAssignment(text: string): [string, string] {
  const equals = text.indexOf('=')
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)]
  throw new OnefoldError('payload', 'quarantine.bad_fix', 'A correction is written column=value.', {
    hint: 'Quote it when it holds blanks: "First Name=Ada".',
  })
}
