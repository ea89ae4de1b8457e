import { z } from 'zod'
import { NUMBERS, type NumberName } from './features.ts'

/** How numbers are brought to one scale: as they are, deviations from the mean, 0 to 1, share below, logarithms, deviations of logarithms. */
export const SCALES = ['none', 'z', 'min_max', 'percentile', 'log', 'log_z'] as const
export type Scale = (typeof SCALES)[number]

/** What is published of a person besides numbers, each one of some kinds. */
export const ATTRIBUTES = ['age_band', 'sex', 'country', 'language', 'email_class'] as const
export type AttributeName = (typeof ATTRIBUTES)[number]

/** A feature as a model reads it [B3 B7]. */
export interface NumberInput {
  readonly feature: NumberName
  /** What stands for a number that is not known; `exclude` leaves the person out. */
  readonly missing: 'exclude' | 'mean' | 'median' | 'mode' | { readonly value: number }
  /** `none` where there are bins. */
  readonly scale: Scale
  /** So many of equal filling, or those that end at these numbers, ascending. */
  readonly bins?: number | readonly number[]
}

/** An attribute as a model reads it. */
export interface CategoryInput {
  readonly attribute: AttributeName
  /** What stands for an attribute that is not known; `unknown` is a category of its own. */
  readonly missing: 'exclude' | 'mode' | 'unknown' | { readonly value: string }
  /** One column a category: of those that occur, or of these alone. Else the category is one column of text. */
  readonly one_hot: boolean | readonly string[]
}

export type ModelInput = NumberInput | CategoryInput

const bins = z.union([
  z.int().min(2, 'write two bins or more').max(1000, 'write at most 1000 bins'),
  z
    .array(z.number())
    .min(1, 'write the number at which the first bin ends')
    .refine((points) => points.every((point, n) => n === 0 || point > points[n - 1]!), 'write cut points ascending'),
])

/** A number as a project writes it down beside its name. */
export interface DeclaredNumber<Name extends NumberName> {
  readonly feature: Name
  readonly missing?: NumberInput['missing'] | undefined
  readonly scale?: Scale | undefined
  readonly bins?: number | number[] | undefined
}

/**
 * A feature of `names`, alone or with what to do where it is missing and how to scale it; `usual` unless said otherwise.
 */
export function declareNumberInput<Name extends NumberName>(
  names: readonly Name[],
  usual: Scale,
): z.ZodUnion<[z.ZodType<NumberInput, Name>, z.ZodType<NumberInput, DeclaredNumber<Name>>]> {
  const feature = z.enum(names)
  const alone = feature.transform((name): NumberInput => ({ feature: name, missing: 'exclude', scale: usual }))
  const whole = z
    .strictObject({
      feature,
      missing: z
        .union([z.enum(['exclude', 'mean', 'median', 'mode']), z.strictObject({ value: z.number() })])
        .default('exclude'),
      scale: z.enum(SCALES).optional(),
      bins: bins.optional(),
    })
    .refine((input) => input.bins === undefined || input.scale === undefined, {
      error: 'write either `scale` or `bins`',
      path: ['bins'],
    })
    .transform((input): NumberInput => {
      const { bins: cut, scale = cut === undefined ? usual : 'none', ...rest } = input
      return { ...rest, scale, ...(cut === undefined ? {} : { bins: cut }) }
    })
  return z.union([alone, whole])
}

const categoryInput = z.strictObject({
  attribute: z.enum(ATTRIBUTES),
  missing: z
    .union([z.enum(['exclude', 'mode', 'unknown']), z.strictObject({ value: z.string().min(1) })])
    .default('exclude'),
  one_hot: z.union([z.boolean(), z.array(z.string().min(1)).min(1, 'name a category or write true')]).default(true),
})

/** What `onefold features export` writes; no column twice. */
export const modelInputs = z
  .array(z.union([...declareNumberInput(Object.keys(NUMBERS) as NumberName[], 'none').options, categoryInput]))
  .superRefine((inputs, issues) => {
    const names = inputs.map(nameInput)
    for (const [n, name] of names.entries())
      if (names.indexOf(name) < n)
        issues.addIssue({ code: 'custom', path: [n], message: `the column ${name} is there already` })
  })

/** The column of an input; of one in one-hot columns what their names begin with. */
export function nameInput(input: ModelInput): string {
  if ('attribute' in input) return input.attribute
  const told = input.bins === undefined ? input.scale : 'bin'
  return told === 'none' ? input.feature : `${input.feature}__${told}`
}
