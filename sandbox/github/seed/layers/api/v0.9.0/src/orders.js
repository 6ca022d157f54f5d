/** What an order costs, in cents. */
export function total(lines) {
  return lines.reduce((sum, { cents, count }) => sum + cents * count, 0);
}
