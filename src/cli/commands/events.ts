import { spellDay } from '../../record/spell-day.ts'
import { type EventReport, reportEvents } from '../../pipeline/quality/report-events.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'

/** Reports the events of a month. Exit code 1 when a kind is gone or a day had much less than usual. */
export async function events({ month, json }: { readonly month?: string; readonly json?: boolean }): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const report = await reportEvents(context, month)
    if (json === true) printJson(report ?? null)
    else if (report === undefined) printLine('There are no events yet.')
    else show(report)
    const isAmiss = report?.kinds.some(({ change }) => change === 'gone') === true
    return isAmiss || report?.days.some(({ verdict }) => verdict === 'gap') === true ? 1 : 0
  })
}

function show({ from, to, kinds, days, findings }: EventReport): void {
  printLine(paint('bold', `Events from ${spellDay(from)} until before ${spellDay(to)}`))
  const rows = kinds.map(({ source, kind, name, events: count, bots, before, change }) => [
    ...[source, kind, name ?? '', count, bots, before, change === 'kept' ? '' : change],
  ])
  printLine(formatTable(rows, ['source', 'kind', 'name', 'events', 'of bots', 'before', '']))
  if (days.length > 0) {
    printLine(paint('bold', '\nDays unlike those before'))
    const odd = days.map(({ source, kind, day, events: count, usual, verdict }) => [
      ...[source, kind, day, count, usual, verdict === 'gap' ? 'much less than usual' : 'much more than usual'],
    ])
    printLine(formatTable(odd, ['source', 'kind', 'day', 'events', 'usual', '']))
  }
  if (findings.length > 0) {
    printLine(paint('bold', '\nFound in all deliveries'))
    printLine(formatTable(findings.map(({ source, code, failed }) => [source, code, `${formatNumber(failed)} rows`])))
  }
}
