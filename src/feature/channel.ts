/** Where people meet a company: on a site or in an app, in a shop or branch, on the telephone. */
export const CHANNELS = ['digital', 'branch', 'phone'] as const
export type Channel = (typeof CHANNELS)[number]
