import { expect } from 'vitest'
import type { Context } from '../../src/pipeline/context.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'

/** Expects that every promise of the ledger and of what was derived from it holds. */
export async function expectVerified(context: Context): Promise<void> {
  const { checks } = await verify(context)
  expect(checks.length).toBeGreaterThan(0)
  expect(checks.filter(({ broken }) => broken > 0)).toEqual([])
}
