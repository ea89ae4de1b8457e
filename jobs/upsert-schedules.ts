import type { Context } from '../src/pipeline/context.ts'
import type { OnefoldQueue } from './queues.ts'
import { PATH_TARGET } from './schedule.job.ts'

/** Held by the one worker that writes schedules: two at once were seen to fail (BullMQ 6.7 on PostgreSQL). */
const SCHEDULE_LOCK = 7_310_003

/** Makes the queue's schedules those of the settings: one a source with `schedule`, one for the path [A7]. */
export async function upsertSchedules(context: Context, queue: OnefoldQueue): Promise<void> {
  const { settings, store } = context
  const wanted = new Map<string, string>()
  for (const [name, source] of Object.entries(settings.sources)) {
    if (source.schedule !== undefined && source.files !== undefined) wanted.set(name, source.schedule)
  }
  wanted.set(PATH_TARGET, settings.schedules.run ?? '0 3 * * *')
  await store.sql.begin(async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(${SCHEDULE_LOCK})`
    for (const scheduler of await queue.getJobSchedulers()) {
      if (!wanted.has(scheduler.key)) await queue.removeJobScheduler(scheduler.key)
    }
    for (const [target, pattern] of wanted) {
      await queue.upsertJobScheduler(
        target as never,
        { pattern, tz: settings.zone },
        { name: 'schedule', data: { target } },
      )
    }
  })
}
