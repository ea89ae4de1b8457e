/** Where an invented person lives, and what names, places and numbers look like there. */
export interface Country {
  readonly code: 'GB' | 'US' | 'DE' | 'FR' | 'ES'
  /** Share of the people, 0 to 1; all shares add up to 1. */
  readonly share: number
  /** Spellings a form may carry; the first is the usual one. */
  readonly spellings: readonly string[]
  readonly currency: 'GBP' | 'USD' | 'EUR'
  readonly female: readonly string[]
  readonly male: readonly string[]
  readonly family: readonly string[]
  /** Given name to what friends say. */
  readonly nicknames: Readonly<Record<string, string>>
  readonly towns: readonly Town[]
  /** Street lines; `{n}` is the house number. */
  readonly streets: readonly string[]
  /** Parts of a street's name and how people shorten them. */
  readonly abbreviations: readonly (readonly [long: string, short: string])[]
  readonly mailDomains: readonly string[]
  readonly phones: PhonePlan
}

export interface Town {
  readonly name: string
  /** `#` stands for a digit, `@` for a letter. */
  readonly postcode: string
}

export interface PhonePlan {
  /** Without the plus sign. */
  readonly callingCode: string
  /** The digit dialled before a national number, if any. */
  readonly trunk: string
  /** First digits of a national number, and how many digits follow. */
  readonly ranges: readonly PhoneRange[]
}

export interface PhoneRange {
  readonly prefix: string
  readonly digits: number
}
