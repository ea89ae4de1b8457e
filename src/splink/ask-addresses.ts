import { isAlike, isOneSlip, isSame, isSilent, type SplinkDialect } from './phrases.ts'
import type { Question, Questions } from './questions.ts'

/** What nothing else is: the level that is not asked for. */
const DIFFERENT = 'other street, elsewhere'

/** Street and place together, each level one of either. */
export function askAddresses(dialect: SplinkDialect): Questions {
  const isNumberSame = "coalesce(house_number_l, '') = coalesce(house_number_r, '')"
  const isStreetSilent = `(${isSilent('street')})`
  const isPlaceSilent = `(${isSilent('postcode')}) AND (${isSilent('city')})`
  const isCityLike = `(${isSame('city')} OR ${isAlike(dialect, 'city', 0.9)})`
  const streets = [
    ['no street', isStreetSilent],
    ['same street and number', `${isSame('street')} AND ${isNumberSame}`],
    ['similar street', `${isAlike(dialect, 'street', 0.9)} AND ${isNumberSame}`],
    ['same street', isSame('street')],
    ['other street', `NOT ${isStreetSilent}`],
  ] as const
  const places = [
    ['same postcode', isSame('postcode')],
    ['near postcode', `${isOneSlip('postcode')} AND (${isCityLike} OR ${isSilent('city')})`],
    ['same city', isCityLike],
    ['no place', isPlaceSilent],
    ['elsewhere', undefined],
  ] as const
  const levels = streets.flatMap(([street, isThere]) =>
    places.map(([place, isNear]): Question => {
      const label = `${street}, ${place}`
      return { name: label, condition: isNear === undefined ? isThere : `${isThere} AND ${isNear}`, labels: [label] }
    }),
  )
  return {
    isSilent: `${isStreetSilent} AND ${isPlaceSilent}`,
    levels: levels.filter(({ name }) => name !== 'no street, no place' && name !== DIFFERENT),
  }
}
