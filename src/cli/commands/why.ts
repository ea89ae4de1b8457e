import { explainRecords, type RecordsExplanation } from '../../pipeline/look/explain-records.ts'
import { withSession } from '../open-session.ts'
import { formatTable, paint, printJson, printLine } from '../output.ts'

/** Explains why two records are one person, or why not. */
export async function why(left: string, right: string, options: { readonly json?: boolean }): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const explained = await explainRecords(context, left, right)
    if (options.json === true) printJson(explained)
    else printExplanation(explained)
    return 0
  })
}

export function printExplanation({ recordIds, sameProfile, profileIds, explanation, chain }: RecordsExplanation): void {
  printLine(paint('bold', `rec_${recordIds[0]}  and  rec_${recordIds[1]}`))
  printLine(`  ${explanation.sentence}`)
  const bits = (value: number): string => (value > 0 ? `+${value.toFixed(1)}` : value.toFixed(1))
  printLine(
    formatTable(
      [
        ['before comparing', '', bits(explanation.priorBits)],
        ...explanation.lines
          .filter(({ label }) => label !== 'missing')
          .map(({ comparison, label, weightBits }) => [comparison, label, bits(weightBits)]),
        [
          'together',
          `match from ${bits(explanation.matchBits)}, review from ${bits(explanation.reviewBits)}`,
          bits(explanation.totalBits),
        ],
      ],
      ['comparison', 'level', 'bits'],
    ),
  )
  if (sameProfile) printLine(`  Both are in profile prf_${profileIds[0] ?? ''}.`)
  else
    printLine(
      `  They are in different profiles: ${profileIds.map((id) => (id === undefined ? 'none yet' : `prf_${id}`)).join(' and ')}.`,
    )
  if (chain.length > 0) printLine(`  They are connected by way of: ${chain.map((id) => `rec_${id}`).join(' – ')}`)
}
