import { explainProfile, type ProfileExplanation } from '../../pipeline/look/explain-profile.ts'
import { findSubject } from '../../pipeline/look/find-subject.ts'
import { withSession } from '../open-session.ts'
import { formatBits, formatTable, paint, printJson, printLine } from '../output.ts'

/** Explains how a profile was built. Exit code 1 when what is stored does not give it. */
export async function how(text: string, { json }: { readonly json?: boolean }): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const explained = await explainProfile(context, await findSubject(context, text))
    if (json === true) printJson(explained)
    else print(explained)
    return explained.isAsStored ? 0 : 1
  })
}

function print({ profileId, records, joins, weakest, isAsStored }: ProfileExplanation): void {
  printLine(paint('bold', `Profile prf_${profileId}`))
  const numberOf = new Map(records.map(({ recordId }, index) => [recordId, String(index + 1)]))
  const name = (id: string): string => numberOf.get(id) ?? `rec_${id}`
  const list = (ids: readonly string[]): string =>
    ids
      .map(name)
      .sort((x, y) => Number(x) - Number(y))
      .join(', ')
  printLine(
    formatTable(
      records.map(({ recordId, source, kind, receivedAt }) => [
        name(recordId),
        `rec_${recordId}`,
        source,
        kind,
        receivedAt.toISOString().slice(0, 16).replace('T', ' '),
      ]),
      ['', 'record', 'source', 'kind', 'received (UTC)'],
    ),
  )
  if (joins.length === 0) printLine('\n  One record: nothing was joined.')
  else {
    printLine('\nJoined in this order')
    printLine(
      formatTable(
        joins.map((join, index) => [
          list(join.joined),
          `${name(join.a)} – ${name(join.b)}`,
          join.because.replaceAll('_', ' '),
          formatBits(join.strengthBits),
          join.furtherMatches,
          join.leavingIfParted === undefined ? 'not computed' : list(join.leavingIfParted),
          index === weakest ? 'weakest' : '',
        ]),
        ['came in', 'by the pair', 'because', 'bits', 'also matching', 'would leave if parted', ''],
      ),
    )
    const { a, b } = joins[weakest ?? 0] as (typeof joins)[number]
    printLine(`\nNext: \`onefold why rec_${a} rec_${b}\` explains the weakest pair.`)
  }
  if (!isAsStored) {
    printLine(paint('red', '\n  What is stored gives another profile by now. Next: `onefold run`.'))
  }
}
