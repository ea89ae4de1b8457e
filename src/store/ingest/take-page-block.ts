import { PAGES_PER_BLOCK } from '../place.ts'
import type { Tx } from '../open-store.ts'

/** The first number of a fresh block of ledger pages. Blocks ascend; what a batch does not use stays a gap. */
export async function takePageBlock(tx: Tx): Promise<number> {
  const [row] = await tx<{ block: number }[]>`SELECT nextval('onefold.ledger_page_ids') AS block`
  return (row?.block ?? 0) * PAGES_PER_BLOCK
}
