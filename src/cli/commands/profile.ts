import { findSubject } from '../../pipeline/look/find-subject.ts'
import { type OpenedProfile, openProfile } from '../../pipeline/look/open-profile.ts'
import { withSession } from '../open-session.ts'
import { formatTable, paint, printJson, printLine } from '../output.ts'

/** Shows one person: values with the source they come from, records, numbers, segments, history. */
export async function profile(text: string, options: { readonly json?: boolean }): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const opened = await openProfile(context, await findSubject(context, text))
    if (options.json === true) printJson(opened)
    else printProfile(opened)
    return 0
  })
}

export function printProfile(opened: OpenedProfile): void {
  const sources = new Map(opened.records.map(({ recordId, source }) => [recordId, source]))
  printLine(
    paint('bold', `Profile prf_${opened.profileId}`) +
      `  (published as ${opened.pseudonym}, revision ${opened.revision})`,
  )
  if (opened.composed === undefined) printLine('  Not composed yet. Next: `onefold run`.')
  else {
    const { attributes, emails, phones } = opened.composed
    const rows = [
      ...Object.entries(attributes).map(([name, { value, recordId, recordIds, strategy }]) => [
        name,
        typeof value === 'string' ? value : value.join(', '),
        sources.get(recordId) ?? '',
        strategy,
        `${recordIds.length} of ${opened.records.length}`,
      ]),
      ...emails.map(({ value, recordIds }) => [
        'email',
        value,
        sources.get(recordIds[0] ?? '') ?? '',
        '',
        `${recordIds.length} of ${opened.records.length}`,
      ]),
      ...phones.map(({ value, recordIds }) => [
        'phone',
        value,
        sources.get(recordIds[0] ?? '') ?? '',
        '',
        `${recordIds.length} of ${opened.records.length}`,
      ]),
    ]
    printLine(formatTable(rows, ['attribute', 'value', 'from', 'survived as', 'records agree']))
  }
  printLine('\nRecords')
  printLine(
    formatTable(
      opened.records.map(({ recordId, source, kind, versions }) => [`rec_${recordId}`, source, kind, versions]),
      ['record', 'source', 'kind', 'versions'],
    ),
  )
  if (opened.memberships.length > 0) {
    printLine('\nSegments')
    printLine(
      formatTable(
        opened.memberships.map(({ segmentId, reason }) => [segmentId, reason]),
        ['segment', 'because'],
      ),
    )
  }
  printLine(`\nSessions: ${opened.sessions}`)
  if (opened.history.length > 0) {
    printLine('\nHistory')
    printLine(
      formatTable(
        opened.history.map(({ kind, fromProfile, toProfile, at }) => [
          at.toISOString(),
          kind,
          `prf_${fromProfile} → prf_${toProfile}`,
        ]),
      ),
    )
  }
}
