import { pollUntil } from '../../src/runtime/poll-until.ts'
import type { Sql, Tx } from '../../src/store/open-store.ts'

/** Writes a change of each of these people, `n` 0 to 9, as a run does; their pseudonyms are `p_` and the number. */
export async function writeChanges(tx: Tx, ...people: readonly number[]): Promise<void> {
  for (const n of people) {
    const id = `00000000-0000-4000-8000-00000000000${n}`
    await tx`
      INSERT INTO onefold.profiles (profile_id, pseudonym, created_at) VALUES (${id}, ${`p_${n}`}, now())
      ON CONFLICT DO NOTHING`
    await tx`
      INSERT INTO onefold.outbox (kind, subject, payload, at) VALUES ('profile.updated', ${id}, '{"revision": 2}', now())`
  }
}

/** Waits until all changes show: while a walk is open other transactions of the server hold them back, those of other tests, too. */
export async function waitForFeed(sql: Sql): Promise<void> {
  const isShown = await pollUntil(
    async () => {
      const [row] = await sql<{ isShown: boolean }[]>`
        SELECT (SELECT count(*) FROM onefold.outbox) = (SELECT count(*) FROM onefold_out.change_feed) AS "isShown"`
      return row?.isShown === true ? true : undefined
    },
    { timeoutMs: 30_000, intervalMs: 20 },
  )
  if (isShown === undefined) throw new Error('the changes do not show')
}
