import type { DedupeReport } from '../../engine/report.ts'
import { formatNumber } from '../output.ts'

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`

/** What a person wants to know at once, in a few lines. */
export function summarize(report: DedupeReport): string {
  const { rows, clusters, candidatePairs, rules, columns, doubtful, truth, notes, expectedBlockingLoss } = report
  const used = columns.filter(({ use }) => use !== 'ignored' && use !== 'row_id')
  const ignored = columns.filter(({ use }) => use === 'ignored')
  const lines = [
    `${formatNumber(rows)} rows are ${formatNumber(clusters)} different ones.`,
    `  compared   ${used.map(({ name, use }) => (name === use ? name : `${name} (${use.replaceAll('_', ' ')})`)).join(', ') || 'nothing'}`,
    ...(ignored.length > 0 ? [`  ignored    ${ignored.map(({ name }) => name).join(', ')}`] : []),
    `  candidates ${formatNumber(candidatePairs)} pairs by ${rules.length} rules${Number.isNaN(expectedBlockingLoss) ? '' : `, which should miss ${percent(expectedBlockingLoss)} of the true ones`}`,
    `  doubtful   ${doubtful.length < 50 ? doubtful.length : '50 or more'} pairs near even odds; --report shows them`,
    ...(truth === undefined
      ? []
      : [
          `  truth      precision ${truth.precision.toFixed(4)}, recall ${truth.recall.toFixed(4)}, F1 ${truth.f1.toFixed(4)}; blocking reached ${percent(truth.blockingRecall)}`,
        ]),
    ...notes.map((note) => `  note       ${note}`),
  ]
  return `${lines.join('\n')}\n`
}
