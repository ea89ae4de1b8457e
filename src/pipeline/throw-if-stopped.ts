import { OnefoldError } from '../errors.ts'

/** Thrown between batches when the worker was asked to stop: the chunk goes back without a lost attempt. */
export function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new OnefoldError('conflict', 'work.stopped', 'The worker was asked to stop.', { retryable: true })
  }
}
