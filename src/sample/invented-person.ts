import type { Country } from './country.ts'

/** A person of the sample as they are; what the sources say about them is spelled from this. */
export interface InventedPerson {
  /** 1 to the number of people. */
  readonly number: number
  /** 1 to the number of households. */
  readonly household: number
  readonly country: Country
  readonly sex: 'f' | 'm'
  readonly given: string
  readonly family: string
  /** The name before marriage, for some. */
  readonly birthFamily?: string
  readonly birthDate: { readonly year: number; readonly month: number; readonly day: number }
  /** The person's own, the one in use first; never empty. */
  readonly emails: readonly string[]
  /** An address that the whole household reads, for some. */
  readonly householdEmail?: string
  /** E.164; absent for children and some others. */
  readonly mobile?: string
  /** E.164, one a household; absent for some. */
  readonly landline?: string
  readonly home: Address
  /** Where they lived before, for some. */
  readonly formerHome?: Address
  readonly employer?: string
  readonly jobTitle?: string
  /** The shop's customer number, which is the web site's user id too; 7 digits. */
  readonly customerId: string
}

export interface Address {
  readonly street: string
  readonly city: string
  readonly postcode: string
}

/** The people, and how many of them are hard to tell apart. */
export interface Population {
  readonly people: readonly InventedPerson[]
  readonly households: number
  readonly namesakePairs: number
  readonly twinPairs: number
}
