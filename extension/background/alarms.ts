/** Names of the alarms; apart from what they start, so that waking up does not read all of it. */
export const SYNC_ALARM = "sync";
export const POSTS_ALARM = "posts";
