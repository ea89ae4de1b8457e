import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyAudit } from '../../src/pipeline/verify/verify-audit.ts'
import { hashState } from '../../src/store/verify/hash-state.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { planRuns, workOffDisturbed, writeFaultInput } from './disturbed-run.ts'

export interface KilledRuns {
  /** Tables whose state differs from the undisturbed one, with the seed. */
  readonly differing: readonly string[]
  /** Promises that `verify` finds broken, with the seed. */
  readonly broken: readonly string[]
  readonly killed: number
}

/**
 * One undisturbed history, and for each seed the same one under workers that are killed; what differs. Seeds follow each
 * other until there were so many kills: on a fast machine a history may be over before its last one. Three times the
 * seeds that are needed are tried at most.
 */
export async function describeKilledRuns(options: {
  readonly firstSeed: number
  readonly kills: number
  readonly killsPerSeed: number
  readonly redisUrl?: string
  /** Sources are taken in at the same time, by workers of two threads. */
  readonly atOnce?: boolean
}): Promise<KilledRuns> {
  const input = await writeFaultInput(options.atOnce === true ? 600 : 60)
  const reference = await openMigratedDatabase('kill_reference')
  try {
    for (const open of planRuns(reference.context, input)) await workOffRun(reference.context, await open())
    const { records, identifiers, judgements, ...others } = await hashState(reference.context.store.sql)
    // Which record of a person came first, by which ids of profiles go, is as it happens when sources come at the same time.
    const expected = { records, identifiers, judgements, ...(options.atOnce === true ? {} : others) }
    const differing: string[] = []
    const broken: string[] = []
    let killed = 0
    const { firstSeed, kills, killsPerSeed } = options
    const seeds = 3 * Math.ceil(kills / killsPerSeed)
    for (let seed = firstSeed; killed < kills && seed < firstSeed + seeds; seed++) {
      const disturbed = await openMigratedDatabase(`kill_${seed}`)
      try {
        killed += await workOffDisturbed(disturbed.context, input, disturbed.url, {
          seed,
          kills: Math.min(killsPerSeed, kills - killed),
          longestLifeMs: 350,
          redisUrl: options.redisUrl,
          atOnce: options.atOnce,
        })
        const state = await hashState(disturbed.context.store.sql)
        for (const [table, hash] of Object.entries(expected))
          if (state[table] !== hash) differing.push(`${table}, seed ${seed}`)
        const { checks } = await verify(disturbed.context)
        for (const check of checks) if (check.broken > 0) broken.push(`${check.promise}, seed ${seed}`)
        const { findings } = await verifyAudit(disturbed.context, [])
        for (const finding of findings) broken.push(`audit ${finding.code}, seed ${seed}`)
      } finally {
        await disturbed.drop()
      }
    }
    return { differing, broken, killed }
  } finally {
    await reference.drop()
    await input.remove()
  }
}
