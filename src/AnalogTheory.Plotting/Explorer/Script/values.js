// The values of the map and of the cut as tables.

const element = (tag, html, attributes = {}) => {
  const made = document.createElement(tag);
  made.innerHTML = html;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

const setTable = (place, caption, head, rows) => {
  const table = element('table', `<caption>${caption}</caption>`);
  const top = element('thead', '');
  const line = element('tr', '');
  line.append(...head.map((html) => element('th', html, { scope: 'col' })));
  top.append(line);
  const body = element('tbody', '');
  for (const [first, ...cells] of rows) {
    const row = element('tr', '');
    row.append(element('th', first, { scope: 'row' }), ...cells.map((html) => element('td', html)));
    body.append(row);
  }
  table.append(top, body);
  place.replaceChildren(table);
};

const mapTable = (cells) => {
  const { table, measure, x, y, quantity } = meaning();
  // From top to bottom as in the picture.
  const rows = cells.map((line, j) => [y.shown[j], ...line.map((cell) => shown(cell.value))]).reverse();
  setTable(
    byId('map-values'),
    `${htmlOf(quantity, table, measure)}: across ${x.label}, down ${y.label}`,
    [`${y.label} \\ ${x.label}`, ...x.shown],
    rows,
  );
};

const cutTable = (curves) => {
  const { table, measure, along, by, quantity } = meaning();
  const isMean = view.show === 'mean';
  const hasIntervals = table.lower.some(isNumber);
  const head = [
    along.label,
    ...(by ? [by.label] : []),
    isMean ? 'mean' : htmlOf(quantity, table, measure),
    ...(isMean ? [] : ['mean']),
    ...(hasIntervals ? [table.interval] : []),
    ...(table.replicas ? ['replicas'] : []),
    ...(table.bound ? [table.boundLabel] : []),
    ...(table.computed ? [table.computedLabel] : []),
  ];
  const rows = curves.flatMap((curve) =>
    curve.points
      .filter(({ row }) => row !== undefined)
      .map(({ at, row, drawn }) => [
        along.shown[at],
        ...(by ? [curve.word] : []),
        shown(drawn[0]),
        ...(isMean ? [] : [shown(table.mean[row])]),
        ...(hasIntervals ? [isNumber(table.lower[row]) ? `${shown(table.lower[row])} to ${shown(table.upper[row])}` : 'none'] : []),
        ...(table.replicas ? [String(table.replicas[row])] : []),
        ...(table.bound ? [shown(table.bound[row])] : []),
        ...(table.computed ? [computedOf(table, row)] : []),
      ]),
  );
  setTable(byId('cut-values'), `Cut along ${along.label}: ${measure.label}`, head, rows);
};
