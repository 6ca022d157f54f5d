/** One line of an invoice; amounts are in cents. */
export function invoice({ customer, cents, currency = 'EUR' }) {
  return `${customer} owes ${(cents / 100).toFixed(2)} ${currency}`;
}
