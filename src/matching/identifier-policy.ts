import { IDENTIFIER_FIELDS } from '../record/field.ts'
import type { Identifier } from '../record/normalized-record.ts'

export type IdentifierKind = Identifier['kind']

export const IDENTIFIER_MODES = ['link', 'link_unless_strangers', 'link_unless_contradicted', 'evidence'] as const

/** How far identifiers of one kind may connect records. */
export interface IdentifierPolicy {
  /**
   * `link`: sharing a value makes a match whatever the rest says. `link_unless_strangers`: so long as some part of
   * the name agrees and the birth dates do not contradict. `link_unless_contradicted`: so long as neither names nor
   * birth dates do; else it is evidence. `evidence`: only ever a weight in the score.
   */
  readonly mode: (typeof IDENTIFIER_MODES)[number]
  /** 1 is strongest; it names the identifier in the judgement and orders edges when clusters are built. */
  readonly priority: number
  /** Most values of the kind in one profile; a merge beyond it goes to review. `null`: no limit. */
  readonly maxPerProfile: number | null
  /**
   * Milliseconds of the window within which values count together, by the time of the records that carry them; `null`:
   * all there ever were. Records without a time count in every window.
   */
  readonly withinMs: number | null
}

/** All kinds there are. */
export const IDENTIFIER_KINDS = [...IDENTIFIER_FIELDS, 'email', 'phone'] as const satisfies readonly IdentifierKind[]

/** Where a project's policies differ from the shipped ones, as its configuration says it. */
export type IdentifierSettings = Readonly<
  Partial<
    Record<
      IdentifierKind,
      {
        readonly mode?: IdentifierPolicy['mode'] | undefined
        readonly priority?: number | undefined
        readonly max_per_profile?: number | null | undefined
        /** A span: `90d`. */
        readonly within?: string | undefined
      }
    >
  >
>

export type IdentifierPolicies = Readonly<Record<IdentifierKind, IdentifierPolicy>>

/**
 * Limits guard against a collapse, they do not describe a norm. A login is one person by construction (Segment's
 * default is 1, too); customer numbers come from several shops, so they have no limit; loyalty cards are lost and
 * issued again. Numbers of the state are one person's, whatever given name he goes by, but seldom say which country
 * or register they are from, so they do not link strangers; a person has a few, by citizenship, register and
 * renewal. Addresses, numbers and devices gather over years, cookies faster still (browsers drop them after
 * a week: 52 a year). What is on a device or in a mailbox may be a family's: it links only people who do not
 * contradict each other.
 */
export const DEFAULT_IDENTIFIER_POLICIES: IdentifierPolicies = {
  user_id: { mode: 'link', priority: 1, maxPerProfile: 1, withinMs: null },
  customer_id: { mode: 'link', priority: 2, maxPerProfile: null, withinMs: null },
  loyalty_id: { mode: 'link', priority: 3, maxPerProfile: 3, withinMs: null },
  national_id: { mode: 'link_unless_strangers', priority: 4, maxPerProfile: 5, withinMs: null },
  passport_id: { mode: 'link_unless_strangers', priority: 5, maxPerProfile: 5, withinMs: null },
  licence_id: { mode: 'link_unless_strangers', priority: 6, maxPerProfile: 5, withinMs: null },
  email: { mode: 'link_unless_contradicted', priority: 7, maxPerProfile: 10, withinMs: null },
  phone: { mode: 'link_unless_contradicted', priority: 8, maxPerProfile: 10, withinMs: null },
  device_id: { mode: 'link_unless_contradicted', priority: 9, maxPerProfile: 20, withinMs: null },
  anonymous_id: { mode: 'link_unless_contradicted', priority: 10, maxPerProfile: 100, withinMs: null },
}
