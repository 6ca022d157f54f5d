/** One line of an invoice; amounts are in cents. */
export function invoice({ customer, cents }) {
  return `${customer} owes ${(cents / 100).toFixed(2)}`;
}
