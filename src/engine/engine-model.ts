import { z } from 'zod'
import { FREQUENCY_LABELS, LEVEL_PRIORS, type ComparisonKind } from './level-priors.ts'
import type { TrainedModel } from './trained-model.ts'

/** A trained model with all that is needed to score other rows the same way: which values are common, and the rules. */
export interface EngineModel extends TrainedModel {
  readonly thresholds: { readonly match: number; readonly review: number }
  /** Names of the blocking rules, in the order they are tried. */
  readonly rules: readonly string[]
  /** By comparison, values that are not in the rarest class, each with its class. */
  readonly frequencies: ReadonlyMap<string, ReadonlyMap<string, number>>
}

const FORMAT = 'onefold-engine-model'
const VERSION = 1

const share = z.number().min(0).max(1)
const KINDS = Object.keys(LEVEL_PRIORS) as [ComparisonKind, ...ComparisonKind[]]
const FILE = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  priorMatch: share,
  priorHousehold: share,
  rowCount: z.int().min(0).optional(),
  thresholds: z.object({ match: share, review: share }),
  rules: z.array(z.string()),
  comparisons: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(KINDS),
      shared: share,
      levels: z.array(z.object({ label: z.string(), m: share, u: share })),
      common: z.record(z.string(), z.array(z.string())).optional(),
    }),
  ),
})

/**
 * The model as a text that people can read and compare: m, u, h (two of one household) and the weight in bits of
 * each level, and the values that are common. Equal models give equal texts.
 */
export function formatEngineModel(model: EngineModel): string {
  const comparisons = model.comparisons.map(({ name, kind, shared, levels }) => {
    const listed = [...(model.frequencies.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
    const common = Object.fromEntries(
      FREQUENCY_LABELS.flatMap((label, at) => {
        const values = listed.filter(([, found]) => found === at).map(([value]) => value)
        return values.length === 0 ? [] : [[label, values]]
      }),
    )
    return {
      name,
      kind,
      shared,
      levels: levels.map(({ label, m, u }) => ({
        label,
        m,
        u,
        h: shared * m + (1 - shared) * u,
        weightBits: Math.round(Math.log2(m / u) * 100) / 100,
      })),
      common,
    }
  })
  const { priorMatch, priorHousehold, rowCount, thresholds, rules } = model
  const file = {
    format: FORMAT,
    version: VERSION,
    priorMatch,
    priorHousehold,
    rowCount,
    thresholds,
    rules,
    comparisons,
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Reads what `formatEngineModel` wrote; the answer says what is wrong otherwise. Weights and h are derived, not read. */
export function parseEngineModel(text: string): EngineModel | { readonly problem: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { problem: 'it is not JSON' }
  }
  const read = FILE.safeParse(json)
  if (!read.success) return { problem: z.prettifyError(read.error) }
  const { comparisons, rowCount, ...rest } = read.data
  const frequencies = new Map(
    comparisons.map(({ name, common = {} }) => {
      const classes = Object.entries(common).flatMap(([label, values]) =>
        values.map((value) => [value, FREQUENCY_LABELS.indexOf(label)] as const),
      )
      return [name, new Map(classes)] as const
    }),
  )
  return {
    ...rest,
    ...(rowCount !== undefined && { rowCount }),
    comparisons: comparisons.map(({ name, kind, shared, levels }) => ({ name, kind, shared, levels })),
    frequencies,
  }
}
