import type { FormatSettings } from '../../source/file-format.ts'
import type { Delivery } from '../../store/ingest/load-delivery.ts'
import type { Tx } from '../../store/open-store.ts'
import { loadLayout } from '../../store/quarantine/load-layout.ts'
import type { Context } from '../context.ts'
import { composeReading } from '../ingest/compose-reading.ts'
import type { Reading } from '../ingest/reading.ts'

/** A delivery as it would be read today. */
export interface PresentLayout {
  readonly delivery: Delivery<Reading>
  readonly columns: readonly string[]
  readonly format: FormatSettings
}

/**
 * A delivery with the present configuration of its source in place of the one it came under; what was recognised of
 * the file stays, unless the configuration now says otherwise. A source that is configured no more keeps its reading.
 * Throws `delivery.not_found` and `source.unknown_preset`.
 */
export async function loadPresentLayout(context: Context, tx: Tx, deliveryId: string): Promise<PresentLayout> {
  const { columns, ...delivery } = await loadLayout<Reading>(tx, deliveryId)
  const source = context.settings.sources[delivery.source]
  if (source === undefined) return { delivery, columns, format: delivery.reading.format as FormatSettings }
  const reading = composeReading(source, context.settings, context.now())
  // What came over HTTP has the form of the interface, whatever the files of its source have.
  const format =
    delivery.reading.via === 'http' ? delivery.reading.format : { ...delivery.reading.format, ...reading.format }
  return { delivery: { ...delivery, reading: { ...reading, format } }, columns, format: format as FormatSettings }
}
