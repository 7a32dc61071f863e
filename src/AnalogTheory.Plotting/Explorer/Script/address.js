// The view as the page's address, by which it is shared.

const addressOf = () => {
  const words = new URLSearchParams();
  for (const name of ['table', 'measure', 'show', 'x', 'y', 'by', 'along']) words.set(name, view[name]);
  words.set('log', ['X', 'Y', 'Value'].filter((part) => view[`log${part}`]).join('').toLowerCase());
  for (const [name, value] of Object.entries(view.held)) words.set(`at.${name}`, value);
  return '#' + words.toString();
};

// The view of an address, and what in it this page does not have.
const viewOf = (hash) => {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const complaints = [];
  const pick = (name, known, fallback) => {
    const word = words.get(name);
    if (word === null || known.includes(word)) return word === null ? fallback : word;
    complaints.push(`${name} “${word}”`);
    return fallback;
  };
  const table = page.tables.find((t) => t.name === pick('table', page.tables.map((t) => t.name), page.tables[0].name));
  const result = standard(table);
  const axes = table.varied.map((axis) => axis.name);
  result.measure = pick('measure', table.measures.map((m) => m.name), result.measure);
  result.show = pick('show', Object.keys(quantities).filter((name) => quantities[name].has(table)), result.show);
  result.x = pick('x', axes, result.x);
  result.y = pick('y', axes.concat(''), result.y);
  if (result.y === result.x) result.y = axes.find((name) => name !== result.x) || '';
  result.by = pick('by', axes.concat(''), result.by);
  result.along = pick('along', ['x', 'y'], 'x');
  for (const axis of table.varied) result.held[axis.name] = pick(`at.${axis.name}`, axis.values, result.held[axis.name]);
  const final = scaled(result);
  const log = words.get('log');
  if (log !== null) {
    final.logX = log.includes('x');
    final.logY = log.includes('y');
    final.logValue = log.includes('value');
  }
  return { final, complaints };
};
