import { blockIdentifier } from '../../pipeline/review/block-identifier.ts'
import { protectProfile } from '../../pipeline/review/protect-profile.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, printJson, printLine } from '../output.ts'

interface Options {
  readonly by: string
  readonly lift: boolean
  readonly json?: boolean
}

/** Protects a profile, or lifts that. */
export async function protect(profile: string, { by, lift, json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { profileId, isNew } = await protectProfile(context, profile, { by, lift })
    if (json === true) printJson({ profileId: `prf_${profileId}`, isProtected: !lift, isNew })
    else if (!isNew) printLine(`  That is so already: prf_${profileId} is ${lift ? 'not ' : ''}protected.`)
    else if (lift) printLine(`  prf_${profileId} is protected no more.\n\nNext: \`onefold run\`.`)
    else printLine(`  prf_${profileId} is protected: a match with another such waits in \`onefold review list\`.`)
    return 0
  })
}

/** Blocks an identifier, or lifts that. */
export async function block(identifier: string, { by, lift, json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const blocked = await blockIdentifier(context, identifier, { by, lift })
    if (json === true) printJson({ ...blocked, isBlocked: !lift })
    else if (blocked.isNew) {
      const kinds = blocked.kinds.join(' and ').replaceAll('_', ' ')
      printLine(
        `  The ${kinds} links ${lift ? 'again' : 'nobody'}: ${formatNumber(blocked.records)} records are compared again.`,
      )
      printLine('\nNext: `onefold run`.')
    } else printLine(`  That is so already: it ${lift ? 'links' : 'links nobody'}.`)
    return 0
  })
}
