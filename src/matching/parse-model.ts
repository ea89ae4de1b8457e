import { z } from 'zod'
import { LEVELS } from './comparison.ts'
import type { ComparisonName } from './comparison.ts'
import type { Model } from './model.ts'

const share = z.number().min(0).max(1)
const schema = z.strictObject({
  version: z.string().min(1),
  priorPairMatch: z.number().gt(0).lt(1),
  priorPairHousehold: z.number().min(0).lt(1),
  thresholds: z.strictObject({ match: z.number().gt(0).lt(1), review: z.number().gt(0).lt(1) }),
  comparisons: z.array(
    z.strictObject({
      name: z.enum(Object.keys(LEVELS) as [ComparisonName, ...ComparisonName[]]),
      levels: z.array(z.strictObject({ label: z.string(), m: share, u: share, h: share.optional() })),
    }),
  ),
})

/**
 * Reads a model file, or says everything that is wrong with it. Labels must be those of `LEVELS` in that order,
 * m, u and h of a comparison sum to at most 1, weights fall (or stay) along the levels against both strangers and
 * household, so that better agreement never lowers a score. `defects` is empty exactly when `model` is there.
 */
export function parseModel(value: unknown): { readonly model?: Model; readonly defects: readonly string[] } {
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    return { defects: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  }
  // zod types an optional property as possibly undefined; JSON has no undefined.
  const model = parsed.data as Model
  const defects: string[] = []
  if (model.thresholds.review > model.thresholds.match) defects.push('thresholds: review is above match')
  const names = model.comparisons.map((comparison) => comparison.name)
  if (new Set(names).size < names.length) defects.push('comparisons: a name is repeated')
  for (const { name, levels } of model.comparisons) {
    if (levels.map((level) => level.label).join() !== LEVELS[name].join()) {
      defects.push(`${name}: the levels are ${LEVELS[name].join(', ')}, in this order`)
    }
    for (const [letter, shares] of [
      ['m', levels.map((level) => level.m)],
      ['u', levels.map((level) => level.u)],
      ['h', levels.map((level) => level.h ?? level.u)],
    ] as const) {
      if (shares.reduce((sum, x) => sum + x, 0) > 1 + 1e-6) defects.push(`${name}: ${letter} sums to more than 1`)
    }
    for (let i = 1; i < levels.length; i++) {
      const better = levels[i - 1]!
      const worse = levels[i]!
      // Ratios compared crosswise, so that zero needs no special case; the tolerance is for decimal fractions.
      const rises = (a: number, b: number) => worse.m * a > better.m * b * (1 + 1e-9)
      if (rises(better.u, worse.u) || rises(better.h ?? better.u, worse.h ?? worse.u)) {
        defects.push(`${name}: ${worse.label} weighs more than ${better.label}`)
      }
    }
  }
  return defects.length === 0 ? { model, defects } : { defects }
}
