// Numbers, in words that a reader and a screen reader take in.

const raised = { '-': '⁻', '+': '', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
const raise = (exponent) => '10' + String(exponent).replace(/./g, (c) => raised[c]);
const bare = (digits) => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits).replace('-', '−');

// Four digits if nothing else is said, in words that a screen reader can read and a reader take in.
const shown = (value, digits = 4) => {
  if (value === null || value === undefined || !Number.isFinite(value)) return 'none';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e-3 && size < 9999.5) return bare(value.toPrecision(Math.max(digits, 4)));
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  return `${bare(mantissa)}×${raise(Number(exponent))}`;
};

const isNumber = (value) => value !== null && value !== undefined && Number.isFinite(value);
const extent = (values) => values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);

// Steps that multiply ask for a logarithmic axis, steps that add for a linear one.
const multiplies = (values) => {
  const sorted = values.filter(isNumber).sort((a, b) => a - b);
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  if (!(low > 0) || high < 8 * low || sorted.length < 3) return false;
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return Math.abs(middle - Math.sqrt(low * high)) < Math.abs(middle - (low + high) / 2);
};

const spans = (values) => {
  const [low, high] = extent(values.filter(isNumber));
  return low > 0 && high > 8 * low;
};
