// What colours and curves may show of a row: the mean, its interval, a bound, a law, or a ratio of them.

// What is drawn, of one row: value, and the ends of its interval where it has some.
const ratio = (table, by) => (row) => {
  const divisor = by[row];
  const over = (values) => (values && isNumber(values[row]) && isNumber(divisor) && divisor !== 0 ? values[row] / divisor : null);
  return [over(table.mean), over(table.lower), over(table.upper)];
};

const quantities = {
  mean: {
    name: (table, measure) => measure.plain,
    html: (table, measure) => measure.label,
    has: () => true,
    of: (table) => (row) => [table.mean[row], table.lower[row], table.upper[row]],
  },
  uncertainty: {
    name: () => 'half width of the interval / mean',
    has: (table) => table.lower.some(isNumber),
    of: (table) => (row) =>
      isNumber(table.lower[row]) && table.mean[row] !== 0
        ? [(table.upper[row] - table.lower[row]) / 2 / Math.abs(table.mean[row]), null, null]
        : [null, null, null],
  },
  bound: {
    name: (table) => table.boundPlain,
    html: (table) => table.boundLabel,
    has: (table) => table.bound !== null,
    of: (table) => (row) => [table.bound[row], null, null],
  },
  computed: {
    name: (table) => table.computedPlain,
    html: (table) => table.computedLabel,
    has: (table) => table.computed !== null,
    of: (table) => (row) => [table.computed[row], null, null],
  },
  'mean-over-bound': {
    name: (table) => `mean / ${table.boundPlain}`,
    html: (table) => `mean / ${table.boundLabel}`,
    has: (table) => table.bound !== null,
    isRatio: true,
    of: (table) => ratio(table, table.bound),
  },
  'mean-over-computed': {
    name: (table) => `mean / ${table.computedPlain}`,
    html: (table) => `mean / ${table.computedLabel}`,
    has: (table) => table.computed !== null,
    isRatio: true,
    of: (table) => ratio(table, table.computed),
  },
};

const htmlOf = (quantity, table, measure) => (quantity.html || quantity.name)(table, measure);
