import type { EngineModel } from '../engine/engine-model.ts'
import { FREQUENCY_LABELS } from '../engine/level-priors.ts'
import type { TrainedComparison } from '../engine/trained-model.ts'
import type { SplinkDialect } from './phrases.ts'
import { listQuestions, type Question } from './questions.ts'
import type { SplinkLevel, SplinkSettings } from './splink-model.ts'

/** A model in Splink's words, and what it lost on the way. */
export interface ComposedSettings {
  readonly settings: SplinkSettings
  /** Levels that SQL does not say, `given_name: nickname`; they are counted as different. */
  readonly unsaid: readonly string[]
}

/** What brings two rows together for Splink: the plainest of Onefold's own rules, in columns of records. */
const BLOCKING_RULES: readonly (readonly string[])[] = [
  ['email_1'],
  ['phone_1'],
  ['family_name', 'birth_date'],
  ['given_name', 'birth_date'],
  ['given_name', 'family_name', 'postcode'],
  ['street', 'house_number', 'family_name'],
]

/**
 * Spells a model as settings of Splink, over a table with the columns of `spellRecord`. Splink knows one person and two
 * people, so u is that of any two who are not one: strangers, and as many of a household as the model expects. A level
 * that SQL does not say is counted into the last; its m and u are summed, so that what is left weighs what it should.
 */
export function composeSettings(model: EngineModel, dialect: SplinkDialect): ComposedSettings {
  const household = model.priorHousehold / (1 - model.priorMatch)
  const unsaid: string[] = []
  const comparisons = model.comparisons.map((comparison) => {
    const commonOf = listCommon(model.frequencies.get(comparison.name))
    const { isSilent, levels } = listQuestions(comparison, commonOf, dialect)
    const said = new Set(levels.flatMap(({ labels }) => labels))
    const left = comparison.levels.map(({ label }) => label).filter((label) => !said.has(label))
    unsaid.push(...left.filter((label) => !isLast(label)).map((label) => `${comparison.name}: ${label}`))
    const asked: readonly Question[] = [...levels, { name: 'All other', condition: 'ELSE', labels: left }]
    return {
      output_column_name: comparison.name,
      comparison_levels: [
        { sql_condition: isSilent, label_for_charts: 'One side is silent', is_null_level: true },
        ...asked.map((question) => weigh(question, comparison, household)),
      ],
    }
  })
  return {
    settings: {
      link_type: 'dedupe_only',
      sql_dialect: dialect,
      unique_id_column_name: 'unique_id',
      probability_two_random_records_match: model.priorMatch,
      blocking_rules_to_generate_predictions: BLOCKING_RULES.map((columns) => ({
        blocking_rule: columns.map((column) => `l.${column} = r.${column}`).join(' AND '),
        sql_dialect: dialect,
      })),
      comparisons,
    },
    unsaid,
  }
}

/** Splink takes no probability of 0. */
const LEAST = 1e-9

const isLast = (label: string): boolean => label === 'different' || label === 'other street, elsewhere'

function weigh({ name, condition, labels }: Question, comparison: TrainedComparison, household: number): SplinkLevel {
  const { levels, shared } = comparison
  const taken = levels.filter(({ label }) => labels.includes(label))
  const sum = (of: (level: { m: number; u: number }) => number): number =>
    Math.min(
      1,
      taken.reduce((whole, level) => whole + of(level), LEAST),
    )
  return {
    sql_condition: condition,
    label_for_charts: name,
    m_probability: sum(({ m }) => m),
    u_probability: sum(({ m, u }) => (1 - household) * u + household * (shared * m + (1 - shared) * u)),
  }
}

/** The values of each class of frequency; those that SQL's quotes would need an escape for are left out. */
function listCommon(frequencies: ReadonlyMap<string, number> = new Map()): (label: string) => readonly string[] {
  return (label) =>
    [...frequencies]
      .filter(([value, found]) => FREQUENCY_LABELS[found] === label && !/['\\]/.test(value))
      .map(([value]) => value)
      .sort()
}
