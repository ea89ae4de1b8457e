/** What the invented shop sells. Prices are in hundredths of the order's currency. */
export interface Product {
  readonly sku: string
  readonly name: string
  readonly category: string
  readonly priceCents: number
}

export const PRODUCTS: readonly Product[] = [
  { sku: 'KIT-001', name: 'Enamel Kettle, 1.5 l', category: 'kitchen', priceCents: 3490 },
  { sku: 'KIT-002', name: 'Cast Iron Pan 28 cm', category: 'kitchen', priceCents: 5900 },
  { sku: 'KIT-003', name: 'Espresso Machine "Torrente"', category: 'kitchen', priceCents: 64900 },
  { sku: 'KIT-004', name: 'Bread Knife', category: 'kitchen', priceCents: 2450 },
  { sku: 'KIT-005', name: 'Linen Tea Towels, set of 3', category: 'kitchen', priceCents: 1990 },
  { sku: 'GAR-001', name: 'Secateurs', category: 'garden', priceCents: 2790 },
  { sku: 'GAR-002', name: 'Teak Bench, two seats', category: 'garden', priceCents: 38900 },
  { sku: 'GAR-003', name: 'Seed Box "Wild Meadow"', category: 'garden', priceCents: 890 },
  { sku: 'GAR-004', name: 'Watering Can 9 l', category: 'garden', priceCents: 3200 },
  { sku: 'HOM-001', name: 'Wool Blanket', category: 'home', priceCents: 8900 },
  { sku: 'HOM-002', name: 'Reading Lamp', category: 'home', priceCents: 7450 },
  { sku: 'HOM-003', name: 'Beeswax Candles, pair', category: 'home', priceCents: 1450 },
  { sku: 'HOM-004', name: 'Oak Stool', category: 'home', priceCents: 12900 },
  { sku: 'OUT-001', name: 'Rucksack 24 l', category: 'outdoor', priceCents: 9900 },
  { sku: 'OUT-002', name: 'Thermos Flask', category: 'outdoor', priceCents: 2990 },
  { sku: 'OUT-003', name: 'Canvas Tent, three persons', category: 'outdoor', priceCents: 54900 },
  { sku: 'PAP-001', name: 'Notebook, ruled', category: 'paper', priceCents: 1250 },
  { sku: 'PAP-002', name: 'Fountain Pen', category: 'paper', priceCents: 4600 },
  { sku: 'PAP-003', name: 'Wall Calendar 2026', category: 'paper', priceCents: 1890 },
  { sku: 'BTH-001', name: 'Olive Soap, 6 bars', category: 'bath', priceCents: 1690 },
]

/** Given away with some orders; its price is zero. */
export const GIFT: Product = { sku: 'GFT-000', name: 'Cotton Bag (gift)', category: 'gift', priceCents: 0 }
