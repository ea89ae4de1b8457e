/** Kinds of Segment's calls: what happened, where there is no name of its own. */
const EVENT_KINDS = ['page', 'screen', 'track', 'identify', 'group', 'alias'] as const

/** Names of events that say that an order was completed: Segment's, and that of Google Analytics 4. */
export const ORDER_EVENTS: readonly string[] = ['Order Completed', 'purchase']

/**
 * Event names everybody may use without declaring them: Segment's e-commerce and e-mail specifications (2026).
 * Only declared names are kept in the clear; a free name could hold anything.
 */
export const DECLARED_EVENTS: readonly string[] = [
  ...EVENT_KINDS,
  'Products Searched',
  'Product List Viewed',
  'Product Viewed',
  'Product Clicked',
  'Product Added',
  'Product Removed',
  'Cart Viewed',
  'Cart Abandoned',
  'Checkout Started',
  'Checkout Step Completed',
  'Payment Info Entered',
  'Order Completed',
  'Order Updated',
  'Order Refunded',
  'Order Cancelled',
  'Coupon Applied',
  'Product Shared',
  'Product Reviewed',
  'Product Added to Wishlist',
  'Email Delivered',
  'Email Opened',
  'Email Link Clicked',
  'Email Replied',
  'Email Bounced',
  'Email Marked as Spam',
  'Unsubscribed',
  'Promotion Viewed',
  'Promotion Clicked',
  'Ad Clicked',
  'Signed Up',
  'Signed In',
  'Signed Out',
  'Search',
]

/** What is tracked of somebody who did nothing: messages that reach them, carts and orders that change. */
export const SYSTEM_EVENTS: readonly string[] = [
  'Email Delivered',
  'Email Bounced',
  'Cart Abandoned',
  'Order Updated',
  'Order Refunded',
  'Order Cancelled',
]
