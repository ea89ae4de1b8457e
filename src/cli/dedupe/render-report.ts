import type { DedupeReport } from '../../engine/report.ts'
import { formatNumber } from '../output.ts'

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; } th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } .bar { background: #4a7bd0; height: .8em; display: inline-block; min-width: 1px; }
.match { background: #2f9e62; } .review { background: #d99a2b; } summary { cursor: pointer; } small { opacity: .7; }`

type Cell = string | number | { readonly html: string }

/** The report as one page that needs nothing else: no script, no network. */
export function renderReport(report: DedupeReport): string {
  const { truth } = report
  const most = Math.max(1, ...report.histogram.map(({ pairs }) => Math.log10(pairs + 1)))
  const matchBits = bitsOf(report.thresholds.match)
  const reviewBits = bitsOf(report.thresholds.review)
  const sections = [
    `<h1>Who is who</h1><p>${formatNumber(report.rows)} rows are <strong>${formatNumber(report.clusters)}</strong> different ones; the largest cluster has ${formatNumber(report.largestCluster)} rows. One person: 1 in ${formatNumber(Math.round(1 / report.priorMatch))} pairs; one household: 1 in ${formatNumber(Math.round(1 / report.priorHousehold))}.</p>`,
    report.notes.length > 0 ? `<ul>${report.notes.map((note) => `<li>${escape(note)}</li>`).join('')}</ul>` : '',
    truth === undefined
      ? ''
      : `<h2>Measured against the truth</h2><p>Precision <strong>${truth.precision.toFixed(4)}</strong>, recall <strong>${truth.recall.toFixed(4)}</strong>, F1 <strong>${truth.f1.toFixed(4)}</strong> over ${formatNumber(truth.truePairs)} true pairs; blocking reached ${(truth.blockingRecall * 100).toFixed(2)} % of them.</p>` +
        table(
          ['probability', 'pairs', 'expected true', 'observed true'],
          truth.calibration.map((bin) => [
            `${bin.fromProbability} to ${bin.toProbability}`,
            bin.pairs,
            Math.round(bin.expected),
            bin.observed,
          ]),
        ),
    `<h2>Columns</h2>${table(
      ['column', 'taken for', 'confidence', 'because'],
      report.columns.map(({ name, use, confidence, because }) => [
        name,
        use.replaceAll('_', ' '),
        Number(confidence.toFixed(2)),
        because,
      ]),
    )}`,
    `<h2>Blocking</h2><p>${formatNumber(report.candidatePairs)} candidates. ${Number.isNaN(report.expectedBlockingLoss) ? '' : `The rules should miss ${(report.expectedBlockingLoss * 100).toFixed(2)} % of the true pairs.`}</p>${table(
      ['rule', 'pairs it found first', 'keys too common'],
      report.rules.map(({ name, pairs, largeKeys }) => [name, pairs, largeKeys]),
    )}`,
    `<h2>Scores</h2><p><small>log2 odds of one person, pairs on a logarithmic scale; green from ${matchBits.toFixed(1)} bits: match, amber from ${reviewBits.toFixed(1)}: doubtful.</small></p>${table(
      ['bits', 'pairs', ''],
      report.histogram.map(({ fromBits, pairs }) => [
        fromBits,
        pairs,
        {
          html: `<span class="bar ${fromBits >= matchBits ? 'match' : fromBits >= Math.floor(reviewBits) ? 'review' : ''}" style="width:${((Math.log10(pairs + 1) / most) * 20).toFixed(1)}rem"></span>`,
        },
      ]),
    )}`,
    `<h2>Weights</h2>${report.comparisons
      .map(
        ({ name, shared, levels }) =>
          `<details><summary>${escape(name)} <small>${(shared * 100).toFixed(0)} % shared within a household</small></summary>${table(
            ['level', 'bits', 'one person', 'strangers'],
            levels.map(({ label, m, u }) => [
              label,
              Number(Math.log2(m / u).toFixed(2)),
              m.toPrecision(3),
              u.toPrecision(3),
            ]),
          )}</details>`,
      )
      .join('')}`,
    `<h2>Doubtful pairs</h2>${
      report.doubtful.length === 0
        ? '<p>None near even odds.</p>'
        : table(
            ['', '', 'probability', 'joined', 'why'],
            report.doubtful.map(({ a, b, probability, inOneCluster, parts }) => [
              a,
              b,
              Number(probability.toFixed(3)),
              inOneCluster ? 'yes' : 'no',
              parts
                .map(({ comparison, level, weightBits }) => `${comparison} ${level} ${weightBits.toFixed(1)}`)
                .join('; '),
            ]),
          )
    }`,
  ]
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Onefold dedupe</title><style>${STYLE}</style><body>${sections.join('\n')}</body></html>\n`
}

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isNumber = (at: number): boolean => rows.some((row) => typeof row[at] === 'number')
  const cell = (tag: string, at: number, value: Cell): string => {
    const text =
      typeof value === 'object' ? value.html : escape(typeof value === 'number' ? formatNumber(value) : value)
    return `<${tag}${isNumber(at) ? ' class="n"' : ''}>${text}</${tag}>`
  }
  const line = (tag: string, cells: readonly Cell[]): string =>
    `<tr>${cells.map((value, at) => cell(tag, at, value)).join('')}</tr>`
  return `<table>${line('th', head)}${rows.map((row) => line('td', row)).join('')}</table>`
}

const bitsOf = (probability: number): number => Math.log2(probability / (1 - probability))

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
