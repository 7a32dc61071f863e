// The tables of results: their axes, measures and rows.

const page = JSON.parse(document.getElementById('tables').textContent);
const byId = (id) => document.getElementById(id);
const mostCurves = page.series.length;

const plainOf = (html) => {
  const place = document.createElement('span');
  place.innerHTML = html.replace(/<sub>/g, '_').replace(/<sup>/g, '^');
  return place.textContent.replace(/\^2\b/g, '²');
};

// As few digits as tell the values apart.
const apart = (numbers) => {
  for (let digits = 3; digits < 17; digits += 1) {
    const words = numbers.map((value) => shown(value, digits));
    if (new Set(words).size === numbers.length) return words;
  }
  return numbers.map(String);
};

for (const table of page.tables) {
  table.varied = table.axes.filter((axis) => axis.values.length > 1);
  table.index = new Map(table.rows.map((row, at) => [row.join(), at]));
  for (const axis of table.axes) {
    axis.plain = plainOf(axis.label);
    axis.shown = axis.numbers ? apart(axis.numbers) : axis.values.map((value) => value || 'none');
  }
  for (const measure of table.measures) measure.plain = plainOf(measure.label);
  table.boundPlain = plainOf(table.boundLabel);
  table.computedPlain = plainOf(table.computedLabel);
}

const axisOf = (table, name) => table.axes.find((axis) => axis.name === name);

// Everything that is known of one row, in lines.
const linesOf = (table, row) => {
  const lines = [];
  if (row === undefined) return ['not in the table'];
  lines.push(`mean ${shown(table.mean[row])}`);
  if (isNumber(table.lower[row])) lines.push(`${table.interval} ${shown(table.lower[row])} to ${shown(table.upper[row])}`);
  if (table.replicas) lines.push(`replicas ${table.replicas[row]}`);
  if (table.bound && isNumber(table.bound[row])) lines.push(`${table.boundLabel} ${shown(table.bound[row])}`);
  if (table.computed && isNumber(table.computed[row])) lines.push(`${table.computedLabel} ${computedOf(table, row)}`);
  return lines;
};

const computedOf = (table, row) => {
  const error = table.computedError && table.computedError[row];
  return shown(table.computed[row]) + (isNumber(error) && error > 0 ? ` ± ${shown(error)}` : '');
};
