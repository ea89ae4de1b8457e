import { OnefoldError } from '../../errors.ts'
import { translateError } from '../../store/translate-error.ts'
import type { Context } from '../context.ts'
import { openResolver } from '../now/open-resolver.ts'
import { openStream, type Stream } from './open-stream.ts'

/** Rows of a transaction at most, unless one arrival alone has more. */
const ROWS_AT_ONCE = 1_000
/** Bytes that may wait for the ledger, over all sources: what is more is told to come later. */
const MOST_WAITING = 16 * 1024 * 1024

/** What a server does with the rows it is sent. */
export interface Intake {
  /**
   * Takes lines of JSON in; when it returns the ledger has all of them, when it throws none. Throws `source.unknown`
   * (not_found), `intake.repeats` (conflict) for a source whose repeats are real, `intake.busy` (conflict, retryable) while too much waits, `intake.closed` (conflict, retryable), and
   * what reading and writing throw.
   */
  take(source: string, lines: readonly Uint8Array[]): Promise<void>
  /** Takes no more, and waits until what was taken is written, and resolved where that is to be done `now`. */
  close(): Promise<void>
}

interface Arrival {
  readonly lines: readonly Uint8Array[]
  readonly bytes: number
  readonly settle: (failure?: unknown) => void
}

/** The arrivals of one source, written one group after another: what comes during a commit shares the next. */
interface Lane {
  waiting: Arrival[]
  writing: Promise<void> | undefined
  stream: Stream | undefined
}

/** Opens the way into the ledger for whatever arrives over HTTP. `most` bytes may wait. */
export function openIntake(context: Context, most = MOST_WAITING): Intake {
  const lanes = new Map<string, Lane>()
  const state = { waitingBytes: 0, isClosed: false }
  const resolver = openResolver(context)

  async function drain(source: string, lane: Lane): Promise<void> {
    while (lane.waiting.length > 0) {
      const group = cutGroup(lane.waiting)
      lane.waiting = lane.waiting.slice(group.length)
      await write(source, lane, group)
    }
    lane.writing = undefined
  }

  async function write(source: string, lane: Lane, group: readonly Arrival[]): Promise<void> {
    const done = (arrival: Arrival, failure?: unknown): void => {
      state.waitingBytes -= arrival.bytes
      arrival.settle(failure)
    }
    try {
      const lines = group.flatMap((arrival) => arrival.lines)
      const actorIds = await append(context, source, lane, lines)
      for (const arrival of group) done(arrival)
      if (context.settings.sources[source]?.resolve === 'now') await resolver.wake(actorIds)
    } catch (failure) {
      // One that cannot be written must not take the others along.
      if (group.length === 1 || translateError(failure).kind === 'store')
        for (const arrival of group) done(arrival, failure)
      else for (const arrival of group) await write(source, lane, [arrival])
    }
  }

  return {
    take: async (source, lines) => {
      const settings = context.settings.sources[source]
      if (settings === undefined) throw unknownSource(source)
      if (settings.repeats === 'keep') throw keepsRepeats(source)
      const bytes = lines.reduce((sum, line) => sum + line.length, 0)
      if (state.isClosed) throw refuse('intake.closed', 'The server is stopping.')
      if (state.waitingBytes > 0 && state.waitingBytes + bytes > most)
        throw refuse('intake.busy', 'More arrives than can be written.')
      if (lines.length === 0) return
      state.waitingBytes += bytes
      const lane = lanes.get(source) ?? { waiting: [], writing: undefined, stream: undefined }
      lanes.set(source, lane)
      await new Promise<void>((resolve, reject) => {
        const settle = (failure?: unknown): void => (failure === undefined ? resolve() : reject(failure))
        lane.waiting.push({ lines, bytes, settle })
        lane.writing ??= drain(source, lane)
      })
    },
    close: async () => {
      state.isClosed = true
      for (const { writing } of lanes.values()) await writing
      await resolver.settle()
    },
  }
}

function cutGroup(waiting: readonly Arrival[]): readonly Arrival[] {
  let rows = 0
  const end = waiting.findIndex(({ lines }, at) => (rows += lines.length) > ROWS_AT_ONCE && at > 0)
  return end < 0 ? waiting : waiting.slice(0, end)
}

async function append(
  context: Context,
  source: string,
  lane: Lane,
  lines: readonly Uint8Array[],
): Promise<readonly string[]> {
  const settings = context.settings.sources[source]
  if (settings === undefined) throw unknownSource(source)
  const now = context.now()
  if (lane.stream === undefined || lane.stream.isOver(now)) lane.stream = openStream(context, source, settings)
  try {
    return await lane.stream.append(lines)
  } catch (failure) {
    lane.stream = undefined
    throw failure
  }
}

function unknownSource(source: string): OnefoldError {
  return new OnefoldError('not_found', 'source.unknown', `There is no source ${source}.`, {
    hint: 'Declare it in the configuration of the server.',
  })
}

function keepsRepeats(source: string): OnefoldError {
  return new OnefoldError('conflict', 'intake.repeats', `Identical rows of ${source} are real.`, {
    hint: 'A request cannot tell them from one that is sent again: deliver files, or a source with `repeats: drop`.',
  })
}

function refuse(code: string, message: string): OnefoldError {
  return new OnefoldError('conflict', code, message, { retryable: true, hint: 'Send the same again later.' })
}
