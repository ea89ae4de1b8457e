/** Who answers for the segments that come with Onefold, and until when somebody looks at them again [F5]. */
export const GOVERNANCE = { version: 1, owner: 'marketing', reviewDate: '2027-06-30' } as const
