import type { LabelMeasure, Share } from '../../matching/measure-labels.ts'
import { evaluateModel, type ModelEvaluation } from '../../pipeline/model/evaluate-model.ts'
import type { ModelChoice } from '../../store/model/find-applied-model.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'
import { nameModel } from './why.ts'

/** Holds a model against what people decided. */
export async function evaluate(model: ModelChoice | undefined, { json }: { readonly json?: boolean }): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const evaluation = await evaluateModel(context, model)
    if (json === true) printJson(evaluation)
    else print(evaluation)
    return 0
  })
}

function print(evaluation: ModelEvaluation): void {
  const { labels, same, judged, precision, recall, thresholds, calibration, unseen, match } = evaluation
  if (labels === 0) {
    printLine('Nobody has decided anything yet, so there is nothing to hold a model against.')
    printLine('\nNext: `onefold review list`.')
    return
  }
  printLine(
    paint(
      'bold',
      `By ${formatNumber(labels)} decided pairs, ${formatNumber(same)} of one person, of ${nameModel(evaluation.modelVersion)}`,
    ),
  )
  printLine(
    formatTable(
      Object.entries(judged).map(([verdict, count]) => [verdict, count.same, count.different]),
      ['judged', 'one person', 'two people'],
    ),
  )
  printLine(`\n  precision ${tell(precision)}   recall ${tell(recall)}`)
  if (unseen !== undefined) printLine(tellUnseen(unseen))
  printLine('\nBy the score alone')
  printLine(
    formatTable(
      thresholds.map((row) => [
        percent(row.match),
        tell(row.precision),
        tell(row.recall),
        row.f1 === undefined ? '' : percent(row.f1),
      ]),
      ['match from', 'precision', 'recall', 'F1'],
    ),
  )
  printLine('\nExpected against observed')
  printLine(
    formatTable(
      calibration.map(({ from, to, labels: count, expected, observed }) => [
        `${percent(from)} to ${percent(to)}`,
        count,
        percent(expected),
        percent(observed),
      ]),
      ['probability', 'pairs', 'expected', 'decided one person'],
    ),
  )
  printLine(
    `\n  It matches from ${percent(match)}. These are the pairs that people looked at, mostly doubtful ones: what it does with the others they do not tell.`,
  )
}

function tellUnseen({ labels, precision, recall }: LabelMeasure): string {
  if (labels === 0) return '  All of them were there to learn from; decide more to see how it does on others.'
  return `  of ${formatNumber(labels)} decided since it was learned: precision ${tell(precision)}   recall ${tell(recall)}`
}

function tell(share: Share | undefined): string {
  if (share === undefined) return 'unknown'
  return `${percent(share.share)} (${percent(share.low)} to ${percent(share.high)})`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
