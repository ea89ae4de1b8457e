/** What the change feed tells of people [D4]. */
export const CHANGE_KINDS = [
  'profile.created',
  'profile.updated',
  'profile.merged',
  'profile.split',
  'profile.retired',
  'segment.entered',
  'segment.left',
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]
