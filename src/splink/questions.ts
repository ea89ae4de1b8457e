import { FREQUENCY_LABELS } from '../engine/level-priors.ts'
import type { TrainedComparison } from '../engine/trained-model.ts'
import { askAddresses } from './ask-addresses.ts'
import { askDates } from './ask-dates.ts'
import { askNames } from './ask-names.ts'
import { isAlike, isOneSlip, isSame, isSilent, type SplinkDialect } from './phrases.ts'

/** A level as Splink asks for it. */
export interface Question {
  readonly name: string
  readonly condition: string
  /** The levels of the model that it stands for. */
  readonly labels: readonly string[]
}

export interface Questions {
  /** When nothing can be compared. */
  readonly isSilent: string
  /** In the order they are asked; whatever is left is different. */
  readonly levels: readonly Question[]
}

/**
 * How a comparison of records is asked for in SQL, as near as it can be said there: the first two mailboxes and numbers
 * of each, names as wholes.
 */
export function listQuestions(
  { name, kind }: Pick<TrainedComparison, 'name' | 'kind'>,
  commonOf: (label: string) => readonly string[],
  dialect: SplinkDialect,
): Questions {
  switch (kind) {
    case 'given_name':
    case 'family_name':
      return askNames(dialect, kind, commonOf)
    case 'birth_date':
      return askDates(name)
    case 'address':
      return askAddresses(dialect)
    case 'sex':
      return { isSilent: isSilent(name), levels: [{ name: 'Same', condition: isSame(name), labels: ['same'] }] }
    case 'email':
      return askContacts('email', {
        name: 'Same before the @',
        // A number in it: of names alone there are many.
        condition:
          "split_part(email_1_l, '@', 1) = split_part(email_1_r, '@', 1) AND length(split_part(email_1_l, '@', 1)) >= 5 AND regexp_extract(split_part(email_1_l, '@', 1), '[0-9]', 0) <> ''",
        labels: ['local'],
      })
    case 'phone':
      return askContacts('phone', {
        name: 'Same ending',
        condition: 'right(phone_1_l, 7) = right(phone_1_r, 7)',
        labels: ['tail'],
      })
    case 'identifier':
      return askValues(name, { name: 'One slip', condition: isOneSlip(name), labels: ['slip'] })
    default:
      return askValues(name, { name: 'Similar', condition: isAlike(dialect, name, 0.9), labels: ['similar'] })
  }
}

function askValues(column: string, near: Question): Questions {
  const exact = { name: 'Exact match', condition: isSame(column), labels: FREQUENCY_LABELS }
  return { isSilent: isSilent(column), levels: [exact, near] }
}

/** The same in either of the first two of each, or the first ones nearly. */
function askContacts(name: 'email' | 'phone', near: Question): Questions {
  const first = `${name}_1`
  const both = [first, `${name}_2`]
  const exact = both.flatMap((left) => both.map((right) => `${left}_l = ${right}_r`)).join(' OR ')
  return {
    isSilent: isSilent(first),
    levels: [
      { name: 'Exact match', condition: exact, labels: FREQUENCY_LABELS },
      near,
      { name: 'One slip', condition: isOneSlip(first), labels: [name === 'email' ? 'similar' : 'slip'] },
    ],
  }
}
