import { translateError } from '../../store/translate-error.ts'
import type { Context } from '../context.ts'
import { composeReading } from '../ingest/compose-reading.ts'
import { findChangedFiles, openChangedFiles } from '../ingest/open-changed-files.ts'
import type { OpenedRun } from '../open-run.ts'
import { MOST_BYTES, readArrival } from './read-arrival.ts'
import { takeInNow } from './take-in-now.ts'

/**
 * Hands in the new and changed files of a source [A7]; of one that is resolved `now`, small ones are resolved and
 * published on the spot [C6]. What is too large for that, or fails, is an ingest as usual, whose run shows what is wrong:
 * it is returned, undefined when there is none.
 */
export async function takeInChanged(context: Context, name: string): Promise<OpenedRun | undefined> {
  const source = context.settings.sources[name]
  if (source?.resolve === 'now') {
    const reading = composeReading(source, context.settings, context.now())
    for (const { path, mark, bytes } of await findChangedFiles(context, name)) {
      if (bytes > MOST_BYTES) continue
      try {
        await takeInNow(context, name, reading, await readArrival(path), { mark })
      } catch (failure) {
        // One bad file must not keep the others from being handed in.
        const { code } = translateError(failure)
        if (code !== 'arrival.taken_in')
          context.log.warn({ source: name, code }, 'a file was not resolved as it arrived')
      }
    }
  }
  return openChangedFiles(context, name)
}
