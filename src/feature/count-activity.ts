import { DAY_MS } from './count-utc-days.ts'
import type { Activity } from './derive-engagement.ts'
import type { EventWord, Vocabulary } from './event-word.ts'

/** Events of one actor, oldest first, in lists of one length. */
export interface History {
  /** ms since 1970. */
  readonly at: readonly number[]
  /** Numbers of a vocabulary. */
  readonly words: readonly number[]
  /** Of what `LOOKED_AT` names; absent when no event tells one. */
  readonly categories?: readonly (string | null)[]
  /** In percent; absent when no event tells one. */
  readonly scrollDepths?: readonly (number | null)[]
}

type Counted = Exclude<
  keyof Activity,
  'featuresUsed30d' | 'categories' | 'scrollDepth' | 'firstLookAt' | 'addedAt' | 'usedSince' | 'nextAt'
>

/** The event names that an activity counts [E3 E4]; Segment's, which most senders use. */
const COUNTED: ReadonlyMap<string, Counted> = new Map([
  ['Product Viewed', 'productViews'],
  ['Products Searched', 'searches'],
  ['Search', 'searches'],
  ['Product List Filtered', 'filters'],
  ['Product Added', 'cartAdditions'],
  ['Checkout Started', 'checkouts'],
  ['Email Delivered', 'sends'],
  ['Email Opened', 'opens'],
  ['Email Link Clicked', 'clicks'],
  ['Email Replied', 'replies'],
  ['Promotion Clicked', 'adClicks'],
  ['Ad Clicked', 'adClicks'],
])

/** Events of which a category says what somebody has an eye on. */
export const LOOKED_AT: readonly string[] = ['Product Viewed', 'Product Clicked', 'Product Added']

const RECENT_MS = 30 * DAY_MS

/** What the events of one person mean until `asOf` (ms since 1970), however many actors they have. */
export function countActivity(histories: readonly History[], vocabulary: Vocabulary, asOf: number): Activity {
  const counts = {
    ...{ productViews: 0, searches: 0, filters: 0, cartAdditions: 0, checkouts: 0 },
    ...{ sends: 0, opens: 0, clicks: 0, replies: 0, adClicks: 0 },
  }
  const used = new Set<string>()
  const categories = new Set<string>()
  const scrolled: number[] = []
  const addedAt: number[] = []
  let [firstLookAt, usedSince, nextAt] = [Infinity, Infinity, Infinity]
  for (const history of histories) {
    for (let place = 0; place < history.at.length; place += 1) {
      const at = history.at[place]!
      if (at > asOf) {
        nextAt = Math.min(nextAt, at)
        break
      }
      const { kind, name } = vocabulary.get(history.words[place]!) as EventWord
      if (kind === 'page' || name === 'Product Viewed') firstLookAt = Math.min(firstLookAt, at)
      const [category, depth] = [history.categories?.[place] ?? null, history.scrollDepths?.[place] ?? null]
      if (category !== null) categories.add(category)
      if (depth !== null) scrolled.push(depth)
      if (name === null) continue
      const counted = COUNTED.get(name)
      if (counted !== undefined) counts[counted] += 1
      if (counted === 'cartAdditions') addedAt.push(at)
      if (asOf - at > RECENT_MS) continue
      used.add(name)
      usedSince = Math.min(usedSince, at)
    }
  }
  return {
    ...counts,
    featuresUsed30d: used.size,
    categories: categories.size,
    ...(scrolled.length === 0 ? {} : { scrollDepth: averageExactly(scrolled) }),
    ...(firstLookAt === Infinity ? {} : { firstLookAt }),
    ...(addedAt.length === 0 ? {} : { addedAt }),
    ...(usedSince === Infinity ? {} : { usedSince }),
    ...(nextAt === Infinity ? {} : { nextAt }),
  }
}

/** Sorted first, so that it does not matter which of several actors comes first. */
function averageExactly(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right).reduce((sum, value) => sum + value, 0) / values.length
}
