import type { AttributeValue } from './derive-attributes.ts'
import type { ContributingRecord } from './composed-profile.ts'

/** A record that says something about an attribute or a group, with what strategies look at. */
export interface Candidate {
  readonly from: ContributingRecord
  readonly values: ReadonlyMap<string, AttributeValue>
  /** What counts as the same among candidates. */
  readonly key: string
  /** Characters (code points) of the values together. */
  readonly length: number
  /** How much is known: attributes of the group, or of the whole record for a single attribute. */
  readonly known: number
  /** How many records say the same, this one included. */
  readonly agreeing: number
}
