import { explainRecords } from '../../pipeline/look/explain-records.ts'
import { findReview, nameReview } from '../../pipeline/review/find-review.ts'
import { listDecisions } from '../../pipeline/review/list-decisions.ts'
import { countReviews } from '../../store/decision/count-reviews.ts'
import type { Review } from '../../store/decision/find-reviews.ts'
import { findReviews } from '../../store/decision/find-reviews.ts'
import { withSession } from '../open-session.ts'
import { formatBits, formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'
import { showText } from '../show-text.ts'
import { printExplanation } from './why.ts'

/** Why a pair is in the queue. */
const REASONS: Readonly<Record<Review['reason'], string>> = {
  score: 'in doubt',
  identifier_limit: 'too many identifiers',
  never_link: 'kept apart by a person',
  cohesion: 'the groups contradict',
  protection: 'both protected',
}

/** Lists pairs that a person should decide. */
export async function listReviews({
  reason,
  all = false,
  limit,
  json,
}: {
  readonly reason?: string
  readonly all?: boolean
  readonly limit: number
  readonly json?: boolean
}): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { sql } = context.store
    const reviews = await findReviews(sql, { all, limit, ...(reason !== undefined && { reason }) })
    const counts = await countReviews(sql)
    if (json === true) {
      printJson({ counts, reviews: reviews.map((review) => ({ item: nameReview(review), ...review })) })
      return 0
    }
    if (reviews.length === 0) {
      printLine('Nothing waits for a decision.')
      return 0
    }
    printLine(
      formatTable(
        reviews.map((review) => [
          nameReview(review),
          REASONS[review.reason],
          formatBits(review.weightBits ?? Infinity),
          `${review.sourceA} – ${review.sourceB}`,
          review.openedAt.toISOString().slice(0, 10),
          review.decided === null ? '' : review.decided === 'unsure' ? 'put off' : `${review.decided}, next run`,
        ]),
        ['item', 'because', 'bits', 'sources', 'since', ''],
      ),
    )
    const open = counts.reduce((sum, count) => sum + count.open, 0)
    printLine(`\n${formatNumber(reviews.length)} shown; ${formatNumber(open)} wait for a decision.`)
    printLine('Next: `onefold review show ITEM`, then `onefold review decide ITEM same|different|unsure`.')
    return 0
  })
}

/** Shows one pair of the queue. */
export async function showReview(
  item: string,
  { json, reveal = false }: { readonly json?: boolean; readonly reveal?: boolean },
): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const review = await findReview(context, item)
    const explained = await explainRecords(context, `rec_${review.a}`, `rec_${review.b}`, { reveal })
    if (json === true) printJson({ item: nameReview(review), ...review, ...explained })
    else {
      printLine(`In the queue because: ${REASONS[review.reason]}.`)
      printExplanation(explained)
      printLine(`\nNext: \`onefold review decide ${nameReview(review)} same|different|unsure\`.`)
    }
    return 0
  })
}

/** Lists what people decided. */
export async function listPeoplesDecisions(
  about: string | undefined,
  { limit, json, reveal = false }: { readonly limit: number; readonly json?: boolean; readonly reveal?: boolean },
): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const decisions = await listDecisions(context, { limit, reveal, ...(about !== undefined && { about }) })
    if (json === true) {
      printJson(decisions)
      return 0
    }
    if (decisions.length === 0) {
      printLine('Nobody has decided anything yet.')
      return 0
    }
    for (const { actId, a, b, verdict, decidedBy, decidedAt, takenUpAt, isLive, note } of decisions) {
      const state = isLive ? (takenUpAt === null ? 'next run' : 'holds') : 'replaced'
      const when = decidedAt.toISOString().slice(0, 16).replace('T', ' ')
      printLine(`${paint('bold', `dec_${actId}`)}  ${verdict}, by ${showText(decidedBy)}, ${when} UTC, ${state}`)
      printLine(`  rec_${a} – rec_${b}${note === undefined ? '' : `  “${showText(note)}”`}`)
    }
    return 0
  })
}
