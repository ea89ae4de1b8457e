/** A file of the sample, ready to be written as it is. */
export interface SampleFile {
  readonly name: SampleFileName
  readonly content: Buffer
}

/** The files of the sample; the name without its ending is the source's name in `truth.csv`. */
export type SampleFileName =
  | 'crm-contacts.csv'
  | 'shop-orders.csv'
  | 'web-events.jsonl'
  | 'third-party-append.csv'
  | 'support-tickets.jsonl'
  | 'truth.csv'

export interface SampleOptions {
  /** Any whole number; the same seed gives the same bytes. */
  readonly seed: number
  /** 40 to 10,000; 800 when absent. The other sizes grow with it. */
  readonly people?: number
  /** The instant the sample is seen from: nothing happens later. 2026-06-30T12:00:00Z when absent. */
  readonly asOf?: Date
}

/** Whom a record describes. Numbers up to the number of people are people; junk rows have a number each above it. */
export interface TruthRow {
  readonly source: string
  readonly key: string
  readonly person: number
}

/** What a reader must find. All numbers are counts; headers are never counted. */
export interface SampleCounts {
  readonly people: number
  readonly households: number
  /** Father and son of one name at one address. */
  readonly namesakePairs: number
  readonly twinPairs: number
  readonly crm: CrmCounts
  readonly shop: ShopCounts
  readonly web: WebCounts
  readonly append: AppendCounts
  readonly support: SupportCounts
  readonly segments: SegmentCounts
  readonly truthRows: number
}

export interface CrmCounts {
  /** `contacts + updates + exactRepeats + ragged` */
  readonly rows: number
  /** Different Record IDs among the rows that are not ragged. */
  readonly contacts: number
  /** People with at least one row. */
  readonly people: number
  /** Contacts beyond the first of their person. */
  readonly duplicates: number
  /** Later versions of a contact under the same Record ID. */
  readonly updates: number
  readonly exactRepeats: number
  /** Rows with a cell too many or too few; the only rows a strict CSV parser refuses. */
  readonly ragged: number
  /** Contacts of nobody: test entries and blanks. */
  readonly junk: number
  /** Contacts of real people with a placeholder for e-mail, phone or company. */
  readonly placeholders: number
  /** Contacts of real people whose birth date is no date or cannot be true. */
  readonly badDates: number
  /** Contacts with a line break inside a quoted cell. */
  readonly quotedNewlines: number
}

export interface ShopCounts {
  readonly lines: number
  readonly orders: number
  /** Orders with neither e-mail nor customer id: nobody's. */
  readonly ordersOfNobody: number
  /** Orders with an e-mail but no customer id. */
  readonly guestOrders: number
  /** Voided or refunded. */
  readonly cancelledOrders: number
  readonly zeroPriceLines: number
}

export interface WebCounts {
  /** `events + repeats + malformed + notObjects` */
  readonly lines: number
  /** Different messages, those of an unknown kind included. */
  readonly events: number
  /** Second deliveries of a message: the same line again. */
  readonly repeats: number
  /** Lines that are not JSON. */
  readonly malformed: number
  /** Lines that are JSON, but not an object. */
  readonly notObjects: number
  /** Messages whose type or event name the taxonomy does not know. */
  readonly unknownKinds: number
  /** Messages delivered after one that happened later. */
  readonly late: number
  readonly identifies: number
  readonly emailEvents: number
  /** Anonymous ids on which two people signed in. */
  readonly sharedDevices: number
  /** Anonymous ids on which nobody ever signed in. */
  readonly unidentifiedVisitors: number
}

export interface AppendCounts {
  readonly rows: number
  /** Different e-mails, the invalid ones included. */
  readonly emails: number
  readonly exactRepeats: number
  readonly invalidEmails: number
}

export interface SupportCounts {
  readonly tickets: number
  /** Tickets whose description names a person, an address, a number or an account. */
  readonly withPersonalData: number
}

/** People in some built-in segments, by the plain reading of their rule; voided and refunded orders do not count. */
export interface SegmentCounts {
  /** Bought within the last 7 days. */
  readonly recentBuyers: number
  /** More than 3 purchases within the last 30 days. */
  readonly highFrequency: number
  /** More than 3 purchases, none within the last 180 days. */
  readonly lapsedLoyal: number
  /** Opened over 75 % and clicked over 50 % of 10 or more e-mails. */
  readonly highlyEngaged: number
  /** Neither highly engaged nor disengaged. */
  readonly moderatelyEngaged: number
  /** Opened under 30 % or clicked under 10 %: the lower tier wins. */
  readonly disengaged: number
  /** More than 5 interactions in the 10 minutes before `asOf`. */
  readonly burstVisitors: number
  /** One product viewed more than 3 times in the hour before `asOf`. */
  readonly repeatViewers: number
  /** Left a checkout less than 30 minutes before `asOf`. */
  readonly cartAbandoners: number
}
