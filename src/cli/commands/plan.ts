import type { PlannedProfile } from '../../identity/describe-plan.ts'
import { type ModelPlan, planModel } from '../../pipeline/model/plan-model.ts'
import type { ModelChoice } from '../../store/model/find-applied-model.ts'
import { findNewestModel } from '../../store/model/find-newest-model.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'
import { withProgress } from '../with-progress.ts'
import { nameModel } from './why.ts'

/** Tells what another model would change. */
export async function plan(
  wanted: ModelChoice | undefined,
  { json, limit = 20 }: { readonly json?: boolean; readonly limit?: number },
): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const model = wanted ?? (await findNewestModel(context.store.sql))
    const planned = await withProgress('judging by the other model', 'records', (report) =>
      planModel(context, model, report),
    )
    if (json === true) printJson(planned)
    else print(planned, model, limit)
    return 0
  })
}

function print(planned: ModelPlan, model: ModelChoice, limit: number): void {
  const { from, to, profiles } = planned
  if (planned.isInForce) {
    printLine(`  ${nameModel(to)} judges already.`)
    return
  }
  const heading =
    from === to
      ? `By ${nameModel(to)} and what is configured of identifiers`
      : `From ${nameModel(from)} to ${nameModel(to)}`
  printLine(paint('bold', heading))
  printLine(
    formatTable(
      [
        ['profiles', planned.profilesBefore, planned.profilesAfter],
        ['pairs to review', planned.reviewsBefore, planned.reviewsAfter],
      ],
      ['', 'now', 'then'],
    ),
  )
  printLine()
  printLine(
    formatTable([
      ['pairs judged', planned.pairs],
      ['profiles that end in another', planned.merges],
      ['parts that leave a profile', planned.splits],
      ['records in another profile', planned.moved],
      ['profiles that stay as they are', planned.unchanged],
    ]),
  )
  if (profiles.length === 0) {
    printLine('\nNothing would change.')
    return
  }
  printLine()
  printLine(
    formatTable(
      profiles
        .slice(0, limit)
        .map(({ profileId, change, recordsBefore, recordsAfter, ...profile }) => [
          `prf_${profileId}`,
          change.replaceAll('_', ' '),
          recordsBefore,
          recordsAfter,
          tellOthers(profileId, profile),
        ]),
      ['profile', 'would be', 'records', 'then', 'from and to'],
    ),
  )
  if (profiles.length > limit) printLine(`  … ${formatNumber(profiles.length - limit)} more; --json has all.`)
  printLine(`\nNext: \`onefold apply ${model}\` does it.`)
}

function tellOthers(own: string, { from, to }: Pick<PlannedProfile, 'from' | 'to'>): string {
  const tell = ({ profileId, records }: PlannedProfile['from'][number]): string =>
    `${formatNumber(records)} of prf_${profileId.slice(0, 8)}…`
  return [
    ...from.filter(({ profileId }) => profileId !== own).map((part) => `+ ${tell(part)}`),
    ...to.map(({ profileId, records }) => `− ${formatNumber(records)} to prf_${profileId.slice(0, 8)}…`),
  ].join(', ')
}
