/** What can happen to a notification on its way: armed at the admin door, used up by the next event it fits. */
export const NOTIFICATION_FAULTS = [
  'duplicate-notification',
  'late-notification',
  'out-of-order-notification',
  'lost-notification',
] as const;

export type NotificationFault = (typeof NOTIFICATION_FAULTS)[number];

/** A fault on its way to one notification. */
export interface BentNotification {
  readonly fault: NotificationFault;
  /** `late-notification`, `out-of-order-notification`: how long it waits at most, in virtual ms. */
  readonly ms: number;
}

/** Answers the fault that bends the next notification of an event this method caused; it counts as used. */
export type TakeNotificationFault = (method: string) => BentNotification | undefined;
