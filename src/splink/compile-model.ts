import { MISSING } from '../matching/comparison.ts'
import type { WeightModel } from '../matching/model.ts'
import { type Cells, compileExpression, type Evaluate } from './compile-expression.ts'
import type { Expression } from './expression.ts'
import type { Measured } from './functions.ts'
import { parseExpression } from './parse-expression.ts'
import type { SplinkLevel, SplinkModel, SplinkSettings } from './splink-model.ts'

/** A comparison ready to be asked. */
export interface CompiledComparison {
  /** Index of the level, null levels left out, that two records are on; `MISSING` where a side is silent. */
  readonly compare: (left: Cells, right: Cells) => number
}

export interface CompiledModel {
  readonly weights: WeightModel
  readonly comparisons: readonly CompiledComparison[]
  /** Columns that conditions name, without their sides, sorted. */
  readonly columns: readonly string[]
  /** Levels whose weight Splink would adjust for how common a value is. */
  readonly adjustedLevels: number
}

/**
 * Makes Splink's settings a model that weighs pairs as Splink does: levels are tried in their order, the first whose
 * condition holds counts, the null level says nothing, and the weight is log2(m / u). Term frequencies are left out:
 * they hang on the table that Splink is given. The answer says what is not understood otherwise.
 */
export function compileModel(model: SplinkModel, version: string): CompiledModel | { readonly problem: string } {
  const { settings, thresholds } = model
  const measured = measureAs(settings)
  const names = nameComparisons(settings)
  const columns = new Set<string>()
  const comparisons: CompiledComparison[] = []
  const weighed: { readonly name: string; readonly levels: { label: string; m: number; u: number }[] }[] = []
  for (const [index, { comparison_levels: levels }] of settings.comparisons.entries()) {
    const name = names[index]!
    const compiled: { readonly holds: Evaluate; readonly level: number }[] = []
    const weights: { label: string; m: number; u: number }[] = []
    for (const [place, level] of levels.entries()) {
      const where = `comparisons.${index}.comparison_levels.${place}`
      const condition = readCondition(level)
      if ('problem' in condition) return { problem: `${where}: ${condition.problem}` }
      for (const column of listColumns(condition)) columns.add(column)
      const holds = compileExpression(condition, measured)
      if (level.is_null_level === true) {
        compiled.push({ holds, level: MISSING })
        continue
      }
      const { m_probability: m, u_probability: u } = level
      if (m === undefined || u === undefined)
        return { problem: `${where}: it is not trained: m_probability and u_probability are missing` }
      compiled.push({ holds, level: weights.length })
      weights.push({ label: level.label_for_charts ?? `Level ${place + 1}`, m, u })
    }
    comparisons.push({ compare: (left, right) => findLevel(compiled, left, right) })
    weighed.push({ name, levels: weights })
  }
  return {
    weights: {
      version,
      comparisons: weighed,
      priorPairMatch: settings.probability_two_random_records_match,
      priorPairHousehold: 0,
      thresholds,
    },
    comparisons,
    columns: [...columns].sort(),
    adjustedLevels: settings.comparisons
      .flatMap(({ comparison_levels: levels }) => levels)
      .filter(({ tf_adjustment_column: column }) => typeof column === 'string').length,
  }
}

/** DuckDB measures texts in bytes of UTF-8. */
function measureAs({ sql_dialect: dialect }: SplinkSettings): Measured {
  return dialect === 'duckdb' ? (text) => Buffer.from(text, 'utf8').toString('latin1') : (text) => text
}

/** Names of the comparisons, told apart where two are called the same. */
function nameComparisons({ comparisons }: SplinkSettings): readonly string[] {
  const taken = new Map<string, number>()
  return comparisons.map(({ output_column_name: given }, index) => {
    const name = given ?? `comparison_${index + 1}`
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    return count === 1 ? name : `${name}_${count}`
  })
}

const ELSE: Expression = { kind: 'literal', value: true }

function readCondition({ sql_condition: sql }: SplinkLevel): Expression | { readonly problem: string } {
  return sql.trim().toUpperCase() === 'ELSE' ? ELSE : parseExpression(sql)
}

function findLevel(
  levels: readonly { readonly holds: Evaluate; readonly level: number }[],
  left: Cells,
  right: Cells,
): number {
  return levels.find(({ holds }) => holds(left, right) === true)?.level ?? MISSING
}

function listColumns(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'literal':
      return []
    case 'column':
      return [expression.name]
    case 'call':
      return expression.operands.flatMap(listColumns)
    case 'not':
    case 'is_null':
      return listColumns(expression.operand)
    case 'in':
      return [expression.operand, ...expression.values].flatMap(listColumns)
    default:
      return [expression.left, expression.right].flatMap(listColumns)
  }
}
