import { DAY_MS } from '../../feature/count-utc-days.ts'
import { spellDay } from '../../record/spell-day.ts'
import { OnefoldError } from '../../errors.ts'
import { judgeVolume } from '../../quality/judge-volume.ts'
import {
  countEventFindings,
  type DailyVolume,
  type EventFinding,
  type EventKindUse,
  findNewestEvent,
  loadDailyVolumes,
  loadEventUse,
} from '../../store/quality/load-event-use.ts'
import { inSnapshot } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'

/** Days before one that it is judged by: four weeks. */
const HISTORY_DAYS = 28

/** What became of a kind of event against as long a time before. */
export type KindChange = 'new' | 'gone' | 'kept'

/** A day on which much less or much more came than usual. */
export interface OddDay extends DailyVolume {
  readonly verdict: 'gap' | 'surge'
  readonly usual: number
}

/** What events there are, and what is odd about them [B6]. */
export interface EventReport {
  readonly from: Date
  readonly to: Date
  readonly kinds: readonly (EventKindUse & { readonly change: KindChange })[]
  readonly days: readonly OddDay[]
  /** Of all deliveries. */
  readonly findings: readonly EventFinding[]
}

/**
 * Reports the events of a UTC month (`2026-06`; by default that of the newest event before today) until today: kinds with
 * their use, new and gone ones, and days that fall out of a source's own history. Undefined when there are no events before
 * today. Throws `events.month_not_over` (settings).
 */
export async function reportEvents(context: Context, month?: string): Promise<EventReport | undefined> {
  return inSnapshot(context.store.sql, async (tx) => {
    // A day that is not over is no gap.
    const today = new Date(Math.floor(context.now().getTime() / DAY_MS) * DAY_MS)
    const newest = await findNewestEvent(tx, today)
    if (newest === undefined) return undefined
    const [year = 0, number = 1] = (month ?? newest.toISOString()).split('-').map(Number)
    const from = new Date(Date.UTC(year, number - 1))
    const to = new Date(Math.min(Date.UTC(year, number), today.getTime()))
    if (to <= from) {
      throw new OnefoldError('settings', 'events.month_not_over', 'No day of this month is over yet.', {
        hint: 'Ask for the month before: `--month`.',
      })
    }
    const [uses, volumes, findings] = [
      await loadEventUse(tx, from, to),
      await loadDailyVolumes(tx, new Date(from.getTime() - HISTORY_DAYS * DAY_MS), to),
      await countEventFindings(tx),
    ]
    const kinds = uses.map((use) => ({ ...use, change: tellChange(use) }))
    return { from, to, kinds, days: findOddDays(volumes, from), findings }
  })
}

function tellChange({ events, before }: EventKindUse): KindChange {
  if (events === 0) return 'gone'
  return before === 0 ? 'new' : 'kept'
}

/** Volumes come by source, kind and day. */
function findOddDays(volumes: readonly DailyVolume[], from: Date): OddDay[] {
  const first = spellDay(from)
  return volumes.flatMap((volume, place) => {
    if (volume.day < first) return []
    const before = volumes
      .slice(Math.max(0, place - HISTORY_DAYS), place)
      .filter(({ source, kind }) => source === volume.source && kind === volume.kind)
    const { verdict, usual } = judgeVolume(
      volume.events,
      before.map(({ events }) => events),
    )
    return verdict === 'gap' || verdict === 'surge' ? [{ ...volume, verdict, usual }] : []
  })
}
