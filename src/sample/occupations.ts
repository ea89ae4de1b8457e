/** Invented employers; a company's name and mail domain. */
export const EMPLOYERS: readonly { readonly name: string; readonly domain: string }[] = [
  { name: 'Halden Works Ltd', domain: 'halden-works.co.uk' },
  { name: 'Brightmoor Logistics', domain: 'brightmoor-logistics.com' },
  { name: 'Ostrava & Finch Partners', domain: 'ostravafinch.com' },
  { name: 'Tellmann Maschinenbau GmbH', domain: 'tellmann-maschinenbau.de' },
  { name: 'Ateliers Vauquelin, SARL', domain: 'ateliers-vauquelin.fr' },
  { name: 'Hormigones Tarrasa S.L.', domain: 'hormigones-tarrasa.es' },
  { name: 'Copperleaf Dental Group, Inc.', domain: 'copperleafdental.com' },
  { name: 'The "Good Crumb" Bakery', domain: 'goodcrumbbakery.com' },
  { name: 'Nordlicht Energie AG', domain: 'nordlicht-energie.de' },
  { name: 'Quayside Insurance plc', domain: 'quayside-insurance.co.uk' },
]

export const JOB_TITLES: readonly string[] = [
  'Account Manager',
  'Accountant',
  'Buyer',
  'Civil Engineer',
  'Consultant',
  'Customer Service Lead',
  'Head of Sales',
  'HR Manager',
  'Logistics Planner',
  'Marketing Manager',
  'Nurse',
  'Office Manager',
  'Software Developer',
  'Teacher',
  'Warehouse Supervisor',
]
