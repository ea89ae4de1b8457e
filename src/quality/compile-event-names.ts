import { DECLARED_EVENTS } from './declared-events.ts'

/**
 * What others call events, by Segment's names: the recommended and automatic events of Google Analytics 4 (its reference, 2026), the standard
 * events of Meta's pixel (its reference, 2026), and page views as most trackers have them.
 */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  page_view: 'page',
  screen_view: 'screen',
  view_search_results: 'Products Searched',
  view_item_list: 'Product List Viewed',
  select_item: 'Product Clicked',
  view_item: 'Product Viewed',
  ViewContent: 'Product Viewed',
  add_to_cart: 'Product Added',
  remove_from_cart: 'Product Removed',
  view_cart: 'Cart Viewed',
  add_to_wishlist: 'Product Added to Wishlist',
  begin_checkout: 'Checkout Started',
  InitiateCheckout: 'Checkout Started',
  add_shipping_info: 'Checkout Step Completed',
  add_payment_info: 'Payment Info Entered',
  purchase: 'Order Completed',
  refund: 'Order Refunded',
  share: 'Product Shared',
  view_promotion: 'Promotion Viewed',
  select_promotion: 'Promotion Clicked',
  ad_click: 'Ad Clicked',
  sign_up: 'Signed Up',
  CompleteRegistration: 'Signed Up',
  login: 'Signed In',
}

const LETTERS = /[^\p{L}\p{N}]/gu

/** By letters and digits alone: add_to_cart and AddToCart are one, as are product_viewed and Product Viewed. */
const COMMON: ReadonlyMap<string, string> = new Map(
  [...Object.entries(OTHER_NAMES), ...DECLARED_EVENTS.map((name) => [name, name] as const)].map(([name, other]) => [
    squash(name),
    other,
  ]),
)

/**
 * Compiles what an event of a name is taken for: first what a project says (`own`, by the name as it is written; what it declares is
 * taken for itself), then what is common, however it is written; any other name stays.
 */
export function compileEventNames(own: Readonly<Record<string, string>>): (name: string) => string {
  const names = new Map(Object.entries(own))
  return (name) => names.get(name) ?? COMMON.get(squash(name)) ?? name
}

function squash(name: string): string {
  return name.toLowerCase().replace(LETTERS, '')
}
