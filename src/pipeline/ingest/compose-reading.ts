import type { Settings, SourceSettings } from '../../config/settings.ts'
import { OnefoldError } from '../../errors.ts'
import { PRESETS } from '../../source/find-preset.ts'
import { composeVocabulary } from './compose-vocabulary.ts'
import type { Reading } from './reading.ts'

/**
 * How a source is read: its preset, what it declares on top of it, and the project's defaults. `asOf` is the day
 * after which dates are in the future. Throws `source.unknown_preset` (settings).
 */
export function composeReading(source: SourceSettings, settings: Settings, asOf: Date): Reading {
  const preset = PRESETS.find(({ name }) => name === source.preset)
  if (source.preset !== undefined && preset === undefined) {
    throw new OnefoldError('settings', 'source.unknown_preset', `There is no preset ${source.preset}.`, {
      hint: `Presets are: ${PRESETS.map(({ name }) => name).join(', ')}.`,
    })
  }
  return {
    ...source,
    columns: { ...preset?.columns, ...source.columns },
    format: { ...preset?.format, ...source.format },
    region: source.region ?? settings.region,
    zone: source.zone ?? settings.zone,
    asOf: asOf.toISOString(),
    ...composeVocabulary(source, settings),
  }
}
