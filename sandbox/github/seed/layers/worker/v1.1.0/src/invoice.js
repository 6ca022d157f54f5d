/** One line of an invoice; amounts are in cents. */
export function invoice({ customer, cents, currency = 'EUR', dueInDays = 30 }) {
  return `${customer} owes ${(cents / 100).toFixed(2)} ${currency} within ${dueInDays} days`;
}
