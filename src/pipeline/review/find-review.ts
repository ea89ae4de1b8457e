import { OnefoldError } from '../../errors.ts'
import { findReviews, type Review } from '../../store/decision/find-reviews.ts'
import type { Context } from '../context.ts'

/** Ids of records are hashes: eight digits of each name a pair among millions. */
const SHORT = 8

/** How a review item is called: the beginnings of the ids of its two records. */
export function nameReview({ a, b }: { readonly a: string; readonly b: string }): string {
  return `${a.slice(0, SHORT)}-${b.slice(0, SHORT)}`
}

/** The item of that name in the review queue. Throws `review.not_found`, `review.ambiguous`. */
export async function findReview(context: Context, text: string): Promise<Review> {
  const [, a = '', b = ''] = /^([0-9a-f]{8})-([0-9a-f]{8})$/.exec(text.trim().toLowerCase()) ?? []
  const found = a === '' ? [] : await findReviews(context.store.sql, { prefix: { a, b }, all: true, limit: 2 })
  const [review, other] = found
  if (review === undefined) {
    throw new OnefoldError('not_found', 'review.not_found', 'There is no such item in the review queue.', {
      hint: 'Name it as `onefold review list` does; records that are not in the queue are decided by `onefold merge` and `onefold unmerge`.',
    })
  }
  if (other === undefined) return review
  throw new OnefoldError('conflict', 'review.ambiguous', 'Several items of the queue are called so.', {
    hint: 'Decide by `onefold merge rec_… rec_…` or `onefold unmerge rec_… rec_…`, with whole ids.',
  })
}
