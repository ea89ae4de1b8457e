import { spellDay } from '../../record/spell-day.ts'
import { FEATURES } from '../../feature/features.ts'
import { findLastScoring, type LastScoring } from '../../store/behaviour/find-last-scoring.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'

/** Lists all features with what they mean, and what the last run scored buyers by. */
export async function listFeatures({ json }: { readonly json?: boolean }): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const features = Object.values(FEATURES)
    const scoring = await findLastScoring(context.store.sql)
    if (json === true) {
      printJson({ features, scoring: scoring ?? null })
      return 0
    }
    const cells = features.map(({ name, unit, window, doc, unknown }) => [name, unit, window, doc, unknown ?? 'nobody'])
    printLine(formatTable(cells, ['feature', 'unit', 'window', 'what it is', 'not known of']))
    if (scoring !== undefined) showScoring(scoring)
    return 0
  })
}

function showScoring({ asOf, method, scored, cutPoints, lifetime, index, ...learnt }: LastScoring): void {
  const date = spellDay(asOf)
  printLine(paint('bold', `\nBuyers as of ${date}: ${formatNumber(scored)}`))
  for (const measure of ['r', 'f', 'm'] as const)
    printLine(
      `  ${measure} is cut at ${cutPoints[measure].map(formatNumber).join(', ') || 'nothing'} (${method}${tellAge(asOf, learnt.thresholdsAsOf)})`,
    )
  if (index !== null) {
    const weights = index.features.map((name, n) => `${name} ${Number((index.weights[n] ?? 0).toPrecision(3))}`)
    const kept =
      index.explained === undefined
        ? ''
        : `, which keep ${formatNumber(index.explained * 100)} % of what they tell apart`
    printLine(`  composite_index weighs ${weights.join(', ')}${kept}${tellAge(asOf, learnt.indexAsOf)}`)
  }
  if (lifetime === null) {
    printLine(
      '  Too few came back to learn what buyers will do: p_alive, expected_purchases and lifetime_value stay empty.',
    )
    return
  }
  const { model, parameters, spending, holdOut } = lifetime
  const doubt = lifetime.converged ? '' : '; the search for it did not settle: these buyers do not behave as it says'
  printLine(
    `  ${model}: ${show(parameters)}, from ${formatNumber(lifetime.buyers)} buyers${tellAge(asOf, learnt.modelAsOf)}${doubt}`,
  )
  if (spending === null) printLine('  Too few amounts are known to learn what they spend: lifetime_value stays empty.')
  else
    printLine(
      `  gamma_gamma: ${show(spending.parameters)}; often and much correlate ${(lifetime.correlation ?? 0).toFixed(2)}`,
    )
  if (holdOut === undefined)
    printLine('  Too few had come back before the last third of the time to keep that apart as a test.')
  else
    printLine(
      `  Kept apart: of the last ${formatNumber(holdOut.weeks)} weeks ${formatNumber(holdOut.expected)} days of purchase were foretold, ` +
        `${formatNumber(holdOut.actual)} came; mean error a buyer ${formatNumber(holdOut.meanAbsoluteError)}`,
    )
}

/** Nothing of what was learnt for the scoring itself. */
function tellAge(asOf: Date, learntAsOf: Date | null): string {
  if (learntAsOf === null || learntAsOf.getTime() === asOf.getTime()) return ''
  return `, as of ${spellDay(learntAsOf)}`
}

function show(parameters: Readonly<Record<string, number>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
    .join(', ')
}
