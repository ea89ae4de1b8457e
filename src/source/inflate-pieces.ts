import type { Buffer } from 'node:buffer'
import { createGunzip } from 'node:zlib'
import { OnefoldError } from '../errors.ts'

export interface InflateLimits {
  /** Decompressed bytes handed over at once. */
  readonly pieceBytes: number
  readonly maxInflateRatio?: number | undefined
  readonly maxInflatedBytes?: number | undefined
}

/** The ratio is looked at only beyond this size: a small file may well be one repeated line. */
const RATIO_FROM_BYTES = 16 * 1024 * 1024

/**
 * Decompresses gzip (several members too) as it is asked for. Everything that could be decompressed is handed over
 * before an error is thrown: `source.truncated` when the input ends too early, `source.corrupt` when it is no
 * gzip, `source.inflates_too_much` when a limit is passed. `details.byte` counts decompressed bytes.
 */
export async function* inflatePieces(pieces: AsyncIterable<Buffer>, limits: InflateLimits): AsyncGenerator<Buffer> {
  // Written and ended by hand: a pipeline would end the stream before its output is taken, and an error then
  // throws away what was decompressed but not yet read.
  const gunzip = createGunzip({ chunkSize: Math.max(64, limits.pieceBytes) })
  let failure: NodeJS.ErrnoException | undefined
  let wake: (() => void) | undefined
  const stir = (): void => wake?.()
  let ended = false
  gunzip.on('error', (error) => {
    failure = error
    stir()
  })
  gunzip.on('readable', stir)
  gunzip.on('end', () => {
    ended = true
    stir()
  })
  let taken = 0
  let inflated = 0

  async function* drain(isDone: () => boolean): AsyncGenerator<Buffer> {
    for (;;) {
      const piece = gunzip.read() as Buffer | null
      if (piece !== null) {
        inflated += piece.length
        refuseBomb(taken, inflated, limits)
        yield piece
      } else if (failure !== undefined) {
        throw tellFailure(failure, inflated)
      } else if (isDone()) {
        return
      } else {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  }

  try {
    for await (const piece of pieces) {
      if (ended) return
      taken += piece.length
      let written = false
      gunzip.write(piece, () => {
        written = true
        stir()
      })
      yield* drain(() => written || ended)
    }
    gunzip.end()
    yield* drain(() => ended)
  } finally {
    gunzip.destroy()
  }
}

function refuseBomb(taken: number, inflated: number, limits: InflateLimits): void {
  const tooMuch = limits.maxInflatedBytes !== undefined && inflated > limits.maxInflatedBytes
  const ratio = limits.maxInflateRatio
  const tooDense = ratio !== undefined && inflated > RATIO_FROM_BYTES && inflated > taken * ratio
  if (!tooMuch && !tooDense) return
  throw new OnefoldError('payload', 'source.inflates_too_much', 'The compressed file grows beyond its limit.', {
    details: { byte: inflated, compressedBytes: taken },
    hint: 'If the file is genuine, raise maxInflatedBytes or maxInflateRatio.',
  })
}

function tellFailure(failure: NodeJS.ErrnoException, byte: number): OnefoldError {
  if (failure.code === 'Z_BUF_ERROR') {
    return new OnefoldError('payload', 'source.truncated', 'The compressed file ends too early.', {
      details: { byte },
      hint: 'Transfer the file again; reading goes on behind the rows that were delivered.',
      cause: failure,
    })
  }
  return new OnefoldError('payload', 'source.corrupt', 'The compressed file is damaged.', {
    details: { byte },
    hint: 'Transfer the file again.',
    cause: failure,
  })
}
