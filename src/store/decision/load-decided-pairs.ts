import type { SqlFragment, Tx } from '../open-store.ts'
import type { DecidedPair } from './decision.ts'
import { isLive } from './select-decisions.ts'

/** The pairs that people have declared one person or two, as far as runs have taken them up; `within` narrows them. */
export async function loadDecidedPairs(tx: Tx, within?: SqlFragment): Promise<DecidedPair[]> {
  return tx<DecidedPair[]>`
    SELECT record_a AS a, record_b AS b, verdict FROM onefold.decisions AS decision
    WHERE verdict IN ('same', 'different') AND taken_up_at IS NOT NULL AND ${isLive(tx, true)}
      ${within === undefined ? tx`` : tx`AND ${within}`}
    ORDER BY record_a, record_b`
}
