import type { Writable } from '../record/writable.ts'
import { DAY_MS } from './count-utc-days.ts'
import { type Activity, NO_ACTIVITY } from './derive-engagement.ts'
import type { Vocabulary } from './event-word.ts'

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

/** What an activity counts an event of a word as. */
export interface WordMeaning {
  readonly name: string | null
  /** A look at the shop: with the first of them the way to a purchase begins. */
  readonly isLook: boolean
  readonly counted: Counted | undefined
}

/** What words mean, at their numbers: looked up once, not for each event. */
export function interpretWords(vocabulary: Vocabulary): readonly (WordMeaning | undefined)[] {
  return vocabulary.map(
    (word) =>
      word && {
        name: word.name,
        isLook: word.kind === 'page' || word.name === 'Product Viewed',
        counted: word.name === null ? undefined : COUNTED.get(word.name),
      },
  )
}

/** What the events of one person mean (`interpretWords`) until `asOf` (ms since 1970), however many actors they have. */
export function countActivity(
  histories: readonly History[],
  meanings: readonly (WordMeaning | undefined)[],
  asOf: number,
): Activity {
  const activity: Writable<Activity> = { ...NO_ACTIVITY }
  const used = new Set<string>()
  const categories = new Set<string>()
  const scrolled: number[] = []
  const addedAt: number[] = []
  let [firstLookAt, usedSince, nextAt] = [Infinity, Infinity, Infinity]
  for (const { at: instants, words, categories: told, scrollDepths } of histories) {
    for (let place = 0; place < instants.length; place += 1) {
      const at = instants[place]!
      if (at > asOf) {
        nextAt = Math.min(nextAt, at)
        break
      }
      const { name, isLook, counted } = meanings[words[place]!] as WordMeaning
      if (isLook && at < firstLookAt) firstLookAt = at
      const category = told?.[place] ?? null
      if (category !== null) categories.add(category)
      const depth = scrollDepths?.[place] ?? null
      if (depth !== null) scrolled.push(depth)
      if (name === null) continue
      if (counted !== undefined) activity[counted] += 1
      if (counted === 'cartAdditions') addedAt.push(at)
      if (asOf - at > RECENT_MS) continue
      used.add(name)
      usedSince = Math.min(usedSince, at)
    }
  }
  activity.featuresUsed30d = used.size
  activity.categories = categories.size
  if (scrolled.length > 0) activity.scrollDepth = averageExactly(scrolled)
  if (firstLookAt < Infinity) activity.firstLookAt = firstLookAt
  if (addedAt.length > 0) activity.addedAt = addedAt
  if (usedSince < Infinity) activity.usedSince = usedSince
  if (nextAt < Infinity) activity.nextAt = nextAt
  return activity
}

/** Sorted first, so that it does not matter which of several actors comes first. */
function averageExactly(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right).reduce((sum, value) => sum + value, 0) / values.length
}
