import { diffModels } from '../../engine/diff-models.ts'
import { describeModel } from '../../pipeline/model/describe-model.ts'
import { revealModel } from '../../pipeline/model/reveal-model.ts'
import { trainOnLedger } from '../../pipeline/model/train-on-ledger.ts'
import { listModels as listStored } from '../../store/model/list-models.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'
import { withProgress } from '../with-progress.ts'

interface Options {
  readonly json?: boolean
}

/** What is done with a model that was kept. */
export const NEXT =
  '\n\nNext: `onefold plan` tells what it would change, `onefold apply` does it; a first `onefold run` judges by it at once.'

/** Learns a model from the ledger and keeps it as a new version. */
export async function trainModel({ json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const trained = await withProgress('learning from the ledger', 'records', (report) =>
      trainOnLedger(context, report),
    )
    const { version, isNew, records, pairs, rounds, expectedMatches, labels } = trained
    if (json === true) {
      printJson({ version, isNew, records, pairs, rounds, expectedMatches, labels })
      return 0
    }
    printLine(
      `  ${formatNumber(records)} records, ${formatNumber(pairs)} pairs looked at, ${formatNumber(Math.round(expectedMatches))} of them expected to be one person.`,
    )
    if (labels > 0) {
      const { match, review } = trained.model.thresholds
      printLine(
        `  ${formatNumber(labels)} decided pairs taught it besides: match from ${percent(match)}, review from ${percent(review)}.`,
      )
    }
    if (expectedMatches < 10) {
      printLine(paint('yellow', '  Hardly any true pair is expected: the weights lean on the shipped beliefs.'))
    }
    printLine(
      isNew
        ? `  Model ${version} is kept.${NEXT}`
        : `  The ledger teaches what model ${version} says already: nothing was kept.`,
    )
    return 0
  })
}

/** Lists all models, the newest first. */
export async function listModels({ json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const models = await listStored(context.store.sql)
    if (json === true) {
      printJson(models)
      return 0
    }
    if (models.length === 0)
      printLine('  No model was trained yet: the shipped one judges. Next: `onefold model train`.')
    else {
      const day = (instant: Date): string => instant.toISOString().slice(0, 16).replace('T', ' ')
      printLine(
        formatTable(
          models.map(({ version, origin, createdAt, trainedRecords, appliedAt, isInForce }) => [
            version,
            origin,
            day(createdAt),
            trainedRecords,
            appliedAt === null ? 'waits for `onefold apply`' : day(appliedAt),
            isInForce ? 'judges now' : '',
          ]),
          ['version', 'origin', 'kept (UTC)', 'records', 'first applied (UTC)', ''],
        ),
      )
    }
    return 0
  })
}

/** Shows what a model believes; with `reveal` its whole file, common names included. */
export async function showModel(
  version: number | undefined,
  { json, reveal }: Options & { readonly reveal?: boolean },
): Promise<number> {
  return withSession('cli', async ({ context }) => {
    if (reveal === true) {
      process.stdout.write(await revealModel(context, version))
      return 0
    }
    const model = await describeModel(context, version)
    if (json === true) {
      printJson(model)
      return 0
    }
    printLine(paint('bold', `Model ${model.version}, ${model.origin}`))
    printLine(
      `  One in ${formatNumber(Math.round(1 / model.priorMatch))} pairs of records is one person; match from ${percent(model.thresholds.match)}, review from ${percent(model.thresholds.review)}.`,
    )
    for (const { name, shared, levels, commonValues } of model.comparisons) {
      const common = commonValues === 0 ? '' : `, ${formatNumber(commonValues)} values are common`
      printLine(`\n${paint('bold', name)}  ${percent(shared)} shared in a household${common}`)
      printLine(
        formatTable(
          levels.map(({ label, m, u, weightBits }) => [label, m.toPrecision(3), u.toPrecision(3), bits(weightBits)]),
          ['level', 'one person', 'strangers', 'bits'],
        ),
      )
    }
    return 0
  })
}

/** Shows where two models weigh differently. */
export async function diffStoredModels(before: number, after: number, { json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const differences = diffModels(await describeModel(context, before), await describeModel(context, after))
    if (json === true) printJson(differences)
    else if (differences.length === 0) printLine(`  Models ${before} and ${after} weigh the same.`)
    else {
      printLine(
        formatTable(
          differences.map(({ comparison, level, before: old, after: fresh }) => [
            comparison,
            level,
            bits(old),
            bits(fresh),
            old === undefined || fresh === undefined ? '' : bits(fresh - old),
          ]),
          ['comparison', 'level', `model ${before}`, `model ${after}`, 'change in bits'],
        ),
      )
    }
    return 0
  })
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

function bits(value: number | undefined): string {
  if (value === undefined) return ''
  return value > 0 ? `+${value.toFixed(2)}` : value.toFixed(2)
}
