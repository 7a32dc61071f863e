// The view: one value that says what is chosen. Controls, pictures, tables and address follow from it.

let view;

const fitting = (axes, ...tests) => tests.map((test) => axes.find(test)).find((axis) => axis) || null;

const standard = (table) => {
  const taken = [];
  const take = (...tests) => {
    const axis = fitting(
      table.varied.filter((candidate) => !taken.includes(candidate.name)),
      ...tests,
    );
    if (axis) taken.push(axis.name);
    return axis ? axis.name : '';
  };
  const isScale = (axis) => axis.numbers !== null;
  const x = take(isScale, () => true);
  const y = take(isScale, () => true);
  const canCompare = (axis) => !isScale(axis) && axis.values.length <= mostCurves;
  const by = take((axis) => canCompare(axis) && /algorithm|rule/i.test(axis.name), canCompare);
  const held = {};
  for (const axis of table.varied) held[axis.name] = axis.values[isScale(axis) ? Math.floor((axis.values.length - 1) / 2) : 0];
  return scaled({ table: table.name, measure: table.measures[0].name, show: 'mean', x, y, by, along: 'x', held });
};

// Logarithmic where the values ask for it; the reader may say otherwise.
const scaled = (chosen) => {
  const table = page.tables.find((t) => t.name === chosen.table);
  const log = (name) => {
    const axis = name && axisOf(table, name);
    return Boolean(axis && axis.numbers && multiplies(axis.numbers));
  };
  return { ...chosen, logX: log(chosen.x), logY: log(chosen.y), logValue: spans(valuesOf(chosen)) };
};

const measureAt = (table, name) => table.measures.findIndex((measure) => measure.name === name);

const valuesOf = (chosen) => {
  const table = page.tables.find((t) => t.name === chosen.table);
  const at = measureAt(table, chosen.measure);
  const value = quantities[chosen.show].of(table);
  return table.rows.map((row, i) => (row[row.length - 1] === at ? value(i)[0] : null)).filter(isNumber);
};

// What the choices mean: objects for names.
const meaning = () => {
  const table = page.tables.find((t) => t.name === view.table);
  const measure = table.measures[measureAt(table, view.measure)];
  const x = axisOf(table, view.x);
  const y = view.y ? axisOf(table, view.y) : null;
  const along = view.along === 'y' && y ? y : x;
  const across = along === x ? y : x;
  const by = view.by && view.by !== along.name ? axisOf(table, view.by) : null;
  return { table, measure, x, y, along, across, by, quantity: quantities[view.show] };
};

// The row where the axes have the held values, except those that are given here.
const rowAt = (table, given) => {
  const key = table.axes.map((axis) => {
    if (axis.name in given) return given[axis.name];
    return axis.values.length > 1 ? axis.values.indexOf(view.held[axis.name]) : 0;
  });
  key.push(measureAt(table, view.measure));
  return table.index.get(key.join());
};

const heldWords = (table, without) => {
  const words = table.varied
    .filter((axis) => !without.includes(axis))
    .map((axis) => `${axis.label}: ${axis.shown[axis.values.indexOf(view.held[axis.name])]}`);
  return words.length ? `At ${words.join('; ')}.` : '';
};
