/** Hears how much of something long is done; both in the same unit, the whole as well as it is known. */
export type ReportProgress = (done: number, whole: number) => void

/** For whoever does not listen. */
export const UNHEARD: ReportProgress = () => {}
