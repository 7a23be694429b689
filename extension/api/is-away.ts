/** Not reached, too slow, too often, or unwell: such an answer says nothing of what was asked, and it is asked again later. */
export const isAway = (status: number): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500;
