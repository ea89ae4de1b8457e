import type { Context } from '../../pipeline/context.ts'
import { decidePair } from '../../pipeline/review/decide-pair.ts'
import { findReview } from '../../pipeline/review/find-review.ts'
import type { Decided } from '../../pipeline/review/save-decisions.ts'
import { splitProfile } from '../../pipeline/review/split-profile.ts'
import { undoAct } from '../../pipeline/review/undo-act.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, printJson, printLine } from '../output.ts'
import { parseId } from '../parse-id.ts'

interface DecideOptions {
  readonly by: string
  readonly because?: string
  readonly replace?: boolean
  readonly json?: boolean
}

/** Keeps a decision about an item of the review queue. */
export async function decideReview(
  item: string,
  verdict: 'same' | 'different' | 'unsure',
  options: DecideOptions,
): Promise<number> {
  return keep(options, async (context) => {
    const { a, b } = await findReview(context, item)
    return decidePair(context, { left: `rec_${a}`, right: `rec_${b}`, verdict, ...deciding(options) })
  })
}

/** Keeps a decision about any two records or profiles. */
export async function decideTwo(
  left: string,
  right: string,
  verdict: 'same' | 'different',
  options: DecideOptions,
): Promise<number> {
  return keep(options, (context) => decidePair(context, { left, right, verdict, ...deciding(options) }))
}

/** Takes records out of a profile. */
export async function split(profile: string, records: readonly string[], options: DecideOptions): Promise<number> {
  return keep(options, (context) => splitProfile(context, { profile, records, ...deciding(options) }))
}

/** Takes a decision back. */
export async function undo(text: string, options: DecideOptions): Promise<number> {
  const actId = parseId(text.replace(/^dec_/, ''), 'decision')
  return keep(options, (context) => undoAct(context, actId, deciding(options)))
}

function deciding({ by, because, replace = false }: DecideOptions): { by: string; note?: string; replace: boolean } {
  return { by, replace, ...(because !== undefined && { note: because }) }
}

async function keep({ json }: DecideOptions, decide: (context: Context) => Promise<Decided>): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { actId, pairs } = await decide(context)
    if (json === true) printJson({ decision: actId === undefined ? null : `dec_${actId}`, pairs: pairs.length })
    else if (actId === undefined) printLine('  That is what was decided before: nothing changes.')
    else {
      printLine(`  Kept: ${pairs.length === 1 ? 'one pair' : `${formatNumber(pairs.length)} pairs`}, as dec_${actId}.`)
      printLine(`\nNext: \`onefold run\` makes it so; \`onefold review undo dec_${actId}\` takes it back.`)
    }
    return 0
  })
}
