import { z } from 'zod'

/** From which probability a pair is a match, and from which a person should look. Splink's settings have none. */
export interface SplinkThresholds {
  readonly match: number
  readonly review: number
}

const share = z.number().min(0).max(1)
const LEVEL = z.looseObject({
  sql_condition: z.string(),
  label_for_charts: z.string().optional(),
  m_probability: share.optional(),
  u_probability: share.optional(),
  is_null_level: z.boolean().optional(),
  tf_adjustment_column: z.string().nullish(),
})
const SETTINGS = z.looseObject({
  sql_dialect: z.string().default('duckdb'),
  probability_two_random_records_match: z.number().gt(0).lt(1),
  comparisons: z
    .array(z.looseObject({ output_column_name: z.string().optional(), comparison_levels: z.array(LEVEL).min(1) }))
    .min(1),
})

/** A model as Splink 5 saves it (`save_model_to_json`); what Onefold does not read is kept. */
export type SplinkSettings = z.infer<typeof SETTINGS>
export type SplinkLevel = z.infer<typeof LEVEL>

export interface SplinkModel {
  readonly settings: SplinkSettings
  readonly thresholds: SplinkThresholds
}

const FORMAT = 'onefold-splink-model'
const FILE = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  thresholds: z.object({ match: share, review: share }).refine(({ match, review }) => review <= match),
  settings: SETTINGS,
})

/** Whether a JSON value means to be settings of Splink. */
export function looksLikeSplink(json: unknown): boolean {
  const comparisons = (json as { comparisons?: readonly unknown[] } | null)?.comparisons
  return (
    Array.isArray(comparisons) &&
    comparisons.some((each) => typeof each === 'object' && each !== null && 'comparison_levels' in each)
  )
}

/** Settings as Splink wrote them, with the thresholds to judge by; the answer says what is wrong otherwise. */
export function readSplinkSettings(
  json: unknown,
  thresholds: SplinkThresholds,
): SplinkModel | { readonly problem: string } {
  const read = SETTINGS.safeParse(json)
  return read.success ? { settings: read.data, thresholds } : { problem: z.prettifyError(read.error) }
}

/** The model as it is kept: Splink's settings untouched, and the thresholds beside them. */
export function formatSplinkModel({ settings, thresholds }: SplinkModel): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, thresholds, settings }, null, 2)}\n`
}

/** Reads what `formatSplinkModel` wrote; undefined for anything else. */
export function parseSplinkModel(json: unknown): SplinkModel | undefined {
  const read = FILE.safeParse(json)
  return read.success ? { settings: read.data.settings, thresholds: read.data.thresholds } : undefined
}
