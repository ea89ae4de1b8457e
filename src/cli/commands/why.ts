import { explainRecords, type RecordsExplanation } from '../../pipeline/look/explain-records.ts'
import type { DecisionVerdict } from '../../store/decision/decision.ts'
import { withSession } from '../open-session.ts'
import { formatBits, formatTable, paint, printJson, printLine } from '../output.ts'
import { showText } from '../show-text.ts'

/** Letters of a value that a table shows; `--json` has all. */
const WIDEST = 28

const SAID: Readonly<Record<DecisionVerdict, string>> = {
  same: 'one person',
  different: 'two people',
  unsure: 'cannot be told',
  withdrawn: 'nothing',
}

/** Explains why two records are one person, or why not. Exit code 1 when what is stored says otherwise. */
export async function why(
  left: string,
  right: string,
  { json, reveal = false }: { readonly json?: boolean; readonly reveal?: boolean },
): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const explained = await explainRecords(context, left, right, { reveal })
    if (json === true) printJson(explained)
    else printExplanation(explained)
    return explained.isAsStored === false ? 1 : 0
  })
}

export function printExplanation(explained: RecordsExplanation): void {
  const { recordIds, sameProfile, profileIds, explanation, chain, decision, stored, isAsStored } = explained
  printLine(paint('bold', `rec_${recordIds[0]}  and  rec_${recordIds[1]}`))
  printLine(`  ${explanation.sentence}`)
  const show = (values: readonly string[]): string => {
    const text = values.map(showText).join(' | ')
    return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text
  }
  printLine(
    formatTable(
      [
        ['before comparing', '', '', '', '', formatBits(explanation.priorBits)],
        ...explanation.lines
          .filter(({ label }) => label !== 'missing')
          .map(({ comparison, left, right, label, weightBits, runningBits }) => [
            comparison,
            show(left),
            show(right),
            label,
            formatBits(weightBits),
            formatBits(runningBits),
          ]),
      ],
      ['comparison', 'first', 'second', 'level', 'bits', 'together'],
    ),
  )
  printLine(
    `  Match from ${formatBits(explanation.matchBits)} bits, review from ${formatBits(explanation.reviewBits)}, by ${nameModel(explanation.modelVersion)}.`,
  )
  if (decision !== undefined) {
    const { verdict, decidedBy, decidedAt, isTakenUp, otherwise } = decision
    const effect = isTakenUp ? '' : '; the next `onefold run` makes it so'
    printLine(`  ${showText(decidedBy)} said on ${decidedAt.toISOString().slice(0, 10)}: ${SAID[verdict]}${effect}.`)
    if (isTakenUp && verdict !== 'unsure') printLine(`  Without that: ${otherwise}`)
  }
  if (stored === undefined) printLine('  Nothing is stored of this pair: it is judged now.')
  else if (isAsStored === true) printLine(`  The score is what was stored on ${stored.judgedAt.toISOString()}.`)
  else {
    printLine(
      paint(
        'red',
        `  What is stored says otherwise: ${stored.verdict} by ${stored.because}, ${formatBits(stored.strengthBits)} bits, by ${nameModel(stored.modelVersion)}. Next: \`onefold run\`, then \`onefold verify --rebuild\`.`,
      ),
    )
  }
  if (sameProfile) printLine(`  Both are in profile prf_${profileIds[0] ?? ''}.`)
  else
    printLine(
      `  They are in different profiles: ${profileIds.map((id) => (id === undefined ? 'none yet' : `prf_${id}`)).join(' and ')}.`,
    )
  if (chain.length > 0) printLine(`  They are connected by way of: ${chain.map((id) => `rec_${id}`).join(' – ')}`)
}

/** `default-1`, or `model-3` for the third that was trained. */
export function nameModel(version: string): string {
  return version.startsWith('model-') ? `model ${version.slice(6)}` : `the shipped model (${version})`
}
