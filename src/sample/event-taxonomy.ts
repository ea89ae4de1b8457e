/** The message types of the Segment specification that the web site sends. */
export const MESSAGE_TYPES = ['page', 'track', 'identify'] as const

/** Every event name that the shop has declared; anything else is unknown. */
export const EVENT_TAXONOMY = [
  'Product Viewed',
  'Product Added',
  'Product Removed',
  'Cart Viewed',
  'Checkout Started',
  'Order Completed',
  'Search',
  'Product List Filtered',
  'Email Delivered',
  'Email Opened',
  'Email Link Clicked',
] as const

export type EventName = (typeof EVENT_TAXONOMY)[number]

/** What really arrives beside the declared events: another release's spelling, a typo, a probe. */
export const UNKNOWN_EVENT_NAMES = ['product_viewed', 'Prodcut Viewed', 'debug_test', 'Wishlist Shared'] as const
