import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeRows } from '../../src/feature/compose-rows.ts'
import type { FittedNumber } from '../../src/feature/fit-number.ts'
import { fitInputs, type FittedInputs, type LoadedInput } from '../../src/feature/fit-inputs.ts'
import { type CategoryInput, type NumberInput, SCALES } from '../../src/feature/model-input.ts'
import { nameColumns } from '../../src/feature/name-columns.ts'

const USUAL = { feature: 'total_spent', missing: 'exclude', scale: 'none' } as const
const number = (values: readonly number[], input: Partial<NumberInput> = {}): LoadedInput => ({
  ...{ kind: 'number', input: { ...USUAL, ...input }, given: Float64Array.from(values) },
})

function category(values: readonly (string | undefined)[], input: Partial<CategoryInput> = {}): LoadedInput {
  const categories = [...new Set(values.filter((value) => value !== undefined))]
  const codes = Int32Array.from(values, (value) => (value === undefined ? -1 : categories.indexOf(value)))
  const usual = { attribute: 'country', missing: 'exclude', one_hot: true } as const
  return { kind: 'category', input: { ...usual, ...input }, given: { codes, categories } }
}

const rowsOf = ({ people, columns }: FittedInputs): unknown[][] => composeRows(columns, 0, people.length)

describe('what is missing', () => {
  it('leaves a person out, unless something is said to stand for it', () => {
    const fitted = fitInputs([number([1, NaN, 3]), number([NaN, 5, 6])], 3)
    expect(rowsOf(fitted)).toEqual([[3, 6]])
    expect(fitted.fitted.map(({ excluded }) => excluded)).toEqual([1, 1])
  })

  it.each([
    ['mean', 4],
    ['median', 4],
    ['mode', 1],
    [{ value: -7 }, -7],
  ] as const)('is imputed by %j of who is known', (missing, value) => {
    const fitted = fitInputs([number([9, 1, NaN, 1, NaN, 4, 5, NaN, 4], { missing })], 9)
    // Known are 1, 1, 4, 4, 5, 9.
    expect(fitted.fitted[0]).toMatchObject({ imputed: { value, people: 3 }, excluded: 0 })
    expect(rowsOf(fitted)[2]).toEqual([value])
  })

  it('is imputed by who stays', () => {
    const fitted = fitInputs([number([100, 1, NaN], { missing: 'mean' }), number([NaN, 1, 1])], 3)
    expect(rowsOf(fitted)).toEqual([
      [1, 1],
      [1, 1],
    ])
  })

  it('leaves everybody out where nothing is known to impute by', () => {
    const fitted = fitInputs([number([NaN, NaN], { missing: 'median' }), number([1, 2], { scale: 'z' })], 2)
    expect(rowsOf(fitted)).toEqual([])
    expect(nameColumns(fitted.columns)).toEqual(['total_spent', 'total_spent__z'])
  })

  it('is a category of its own, the most frequent one, a declared one, or nobody’s', () => {
    const given = ['FR', 'GB', undefined, 'GB']
    const shown = (input: Partial<CategoryInput>) => {
      const fitted = fitInputs([category(given, input)], 4)
      return [nameColumns(fitted.columns), rowsOf(fitted)]
    }
    expect(shown({ missing: 'unknown', one_hot: false })).toEqual([['country'], [['FR'], ['GB'], ['unknown'], ['GB']]])
    expect(shown({ missing: 'mode' })).toEqual([
      ['country__FR', 'country__GB'],
      [
        [1, 0],
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    ])
    expect(shown({ missing: { value: 'DE' } })[0]).toEqual(['country__DE', 'country__FR', 'country__GB'])
    expect(shown({ one_hot: ['GB', 'DE'] })).toEqual([
      ['country__GB', 'country__DE'],
      [
        [0, 0],
        [1, 0],
        [1, 0],
      ],
    ])
  })
})

describe('scaling', () => {
  it.each([
    ['none', [0, 3, 3, 6]],
    ['min_max', [0, 0.5, 0.5, 1]],
    ['percentile', [0, 0.25, 0.25, 0.75]],
    ['log', [0, Math.log1p(3), Math.log1p(3), Math.log1p(6)]],
  ] as const)('%s', (scale, expected) => {
    expect(rowsOf(fitInputs([number([0, 3, 3, 6], { scale })], 4)).flat()).toEqual(expected)
  })

  it('tells mean and deviation that make the column again of other people', () => {
    for (const scale of ['z', 'log_z'] as const) {
      const { columns, fitted } = fitInputs([number([0, 3, 3, 60], { scale })], 4)
      const { mean, deviation } = fitted[0] as { mean: number; deviation: number }
      const based = scale === 'z' ? 60 : Math.log1p(60)
      expect(nameColumns(columns)).toEqual([`total_spent__${scale}`])
      expect(rowsOf({ people: Uint32Array.of(0, 1, 2, 3), columns, fitted })[3]).toEqual([(based - mean) / deviation])
    }
  })

  it('bins by cut points that are told, equally filled or as declared', () => {
    const values = [5, 1, 2, 8, 7, 3]
    const equal = fitInputs([number(values, { bins: 3 })], 6)
    expect(equal.fitted[0]).toMatchObject({ column: 'total_spent__bin', cutPoints: [3, 6] })
    expect(rowsOf(equal).flat()).toEqual([1, 0, 0, 2, 2, 0])
    expect(rowsOf(fitInputs([number(values, { bins: [2, 7] })], 6)).flat()).toEqual([1, 0, 0, 2, 1, 1])
  })
})

const people = fc.array(
  fc.record({
    spent: fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom(0, NaN, 3)),
    country: fc.constantFrom('GB', 'FR', 'DE', undefined),
  }),
  { maxLength: 40 },
)

it('the same people give the same rows and parameters in whatever order', () => {
  const missing = fc.constantFrom<NumberInput['missing']>('exclude', 'mean', 'median', 'mode', { value: 2 })
  const scale = fc.constantFrom(...SCALES)
  const categorized = fc.constantFrom('exclude', 'mode', 'unknown')
  fc.assert(
    fc.property(people, missing, scale, categorized, (given, absent, scaled, kind) => {
      const fit = (rows: typeof given) =>
        fitInputs(
          [
            number(
              rows.map(({ spent }) => spent),
              { missing: absent, scale: scaled },
            ),
            number(
              rows.map(({ spent }) => spent),
              { missing: absent, scale: 'none', bins: 4 },
            ),
            category(
              rows.map(({ country }) => country),
              { missing: kind },
            ),
          ],
          rows.length,
        )
      const [forth, back] = [fit(given), fit(given.toReversed())]
      expect(back.fitted).toEqual(forth.fitted)
      expect(rowsOf(back)).toEqual(rowsOf(forth).toReversed())
      for (const row of rowsOf(forth)) for (const cell of row) expect(Number.isFinite(cell)).toBe(true)
    }),
  )
})

it('columns that are made again by what they were made by before count the same for the same people, whoever else is there', () => {
  const missing = fc.constantFrom<NumberInput['missing']>('exclude', 'mean', 'median', 'mode', { value: 2 })
  const scale = fc.constantFrom(...SCALES.filter((name) => name !== 'percentile'))
  fc.assert(
    fc.property(people, people, missing, scale, (given, others, absent, scaled) => {
      const load = (rows: typeof given) => {
        const values = rows.map(({ spent }) => spent)
        return [
          number(values, { missing: absent, scale: scaled }),
          number(values, { missing: absent, scale: 'none', bins: 4 }),
        ]
      }
      const before = fitInputs(load(given), given.length)
      fc.pre(before.people.length > 0)
      const kept = before.fitted as readonly FittedNumber[]
      const again = fitInputs(load([...given, ...others]), given.length + others.length, kept)
      expect(rowsOf(again).slice(0, before.people.length)).toEqual(rowsOf(before))
      expect(again.fitted[0]).toMatchObject({ mean: kept[0]?.mean, deviation: kept[0]?.deviation })
    }),
  )
})
