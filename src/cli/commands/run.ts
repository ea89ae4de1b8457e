import { openPath } from '../../pipeline/open-path.ts'
import { isConfiguredInForce } from '../../store/model/find-application.ts'
import type { RunProgress } from '../../store/run/load-progress.ts'
import { withSession } from '../open-session.ts'
import { formatTable, paint, printJson, printLine } from '../output.ts'
import { workOff } from '../work-off.ts'

export interface RunOptions {
  readonly asOf?: Date
  readonly refit?: boolean
  readonly json?: boolean
}

/** What a finished walk says, in the order of the path. */
const SHOWN: readonly (readonly [string, string])[] = [
  ['keyed', 'records new or changed'],
  ['pairs', 'pairs compared'],
  ['matches', 'matches'],
  ['profilesCreated', 'profiles created'],
  ['profilesMerged', 'profiles merged'],
  ['profilesSplit', 'profiles split'],
  ['reviewsOpen', 'reviews opened or kept'],
  ['decisions', 'decisions taken up'],
  ['sessions', 'sessions stitched'],
  ['revised', 'profiles revised'],
  ['computed', 'profiles with features'],
  ['memberships', 'segment memberships'],
  ['published', 'profiles published'],
]

/** Said where something else was declared of events. */
const REREAD = [
  ['reread', 'events read again'],
  ['retold', 'events that say something else'],
] as const

/** Walks the main path from a stage to the end. Exit code 1 when a stage failed. */
export async function run(stage: string | undefined, options: RunOptions): Promise<number> {
  return withSession('cli', async (session) => {
    const [ended] = await workOff(session, () =>
      openPath(session.context, {
        ...(stage === undefined ? {} : { from: stage }),
        ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
        refit: options.refit === true,
      }),
    )
    if (options.json === true) printJson(ended)
    else if (ended !== undefined) {
      printEnded(ended)
      const { store, settings } = session.context
      if (!(await isConfiguredInForce(store.sql, settings.identity.identifiers)))
        printLine(
          '\n`identity.identifiers` is not in force as configured: `onefold plan` tells what `onefold apply` would do.',
        )
      printLine('\nNext: `onefold status`, `onefold profile ID`, or read onefold_out.unified_profiles (`onefold url`).')
    }
    return ended?.state === 'done' ? 0 : 1
  })
}

/** How a walk along the path ended, and what it counted. */
export function printEnded({ runId, state, errorCode, counts }: RunProgress): void {
  printLine(`Run ${runId}: ${state === 'done' ? paint('green', 'done') : paint('red', `${state} ${errorCode ?? ''}`)}`)
  const reread = counts['reread'] === undefined ? [] : REREAD
  printLine(formatTable([...reread, ...SHOWN].map(([key, label]) => [label, counts[key] ?? 0])))
}
