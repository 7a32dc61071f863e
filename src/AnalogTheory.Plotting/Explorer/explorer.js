'use strict';
// The explorer of tables. One value, the view, says what is chosen; controls, pictures, tables and address follow from it.
(() => {
  const page = JSON.parse(document.getElementById('tables').textContent);
  const byId = (id) => document.getElementById(id);
  const mostCurves = page.series.length;

  // ---- Numbers and words ----

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

  // ---- Tables ----

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

  // ---- The view ----

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

  // ---- The address ----

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

  // ---- Controls ----

  // Options change only where they differ: a list that is open stays as it is.
  const fill = (select, options, chosen) => {
    const wanted = options.map(([value, words]) => `${value}\n${words}`).join('\n\n');
    if (select.dataset.options !== wanted) {
      select.dataset.options = wanted;
      select.replaceChildren(...options.map(([value, words]) => new Option(words, value)));
    }
    select.value = chosen;
    select.disabled = options.length < 2;
  };

  const valueOptions = (axis) => axis.values.map((value, i) => [value, axis.shown[i]]);

  const heldControls = (table) => {
    const place = byId('held');
    if (place.dataset.table !== table.name) {
      place.dataset.table = table.name;
      place.replaceChildren(
        ...table.varied.map((axis) => {
          const label = document.createElement('label');
          const select = document.createElement('select');
          const words = document.createElement('span');
          words.innerHTML = axis.label;
          select.id = `at-${axis.name}`;
          select.addEventListener('change', () => change({ held: { ...view.held, [axis.name]: select.value } }));
          label.append(words, select);
          return label;
        }),
      );
    }
    table.varied.forEach((axis, i) => fill(place.children[i].querySelector('select'), valueOptions(axis), view.held[axis.name]));
  };

  const showControls = () => {
    const { table, x, y, along, across } = meaning();
    const axes = table.varied.map((axis) => [axis.name, axis.plain]);
    fill(byId('table'), page.tables.map((t) => [t.name, t.title]), view.table);
    fill(byId('measure'), table.measures.map((m) => [m.name, m.plain]), view.measure);
    const possible = Object.entries(quantities).filter(([, quantity]) => quantity.has(table));
    fill(byId('show'), possible.map(([name, q]) => [name, q === quantities.mean ? 'mean' : q.name(table)]), view.show);
    fill(byId('x'), axes, view.x);
    fill(byId('y'), axes.concat([['', 'none: no map']]), view.y);
    fill(byId('along'), [['x', x.plain]].concat(y ? [['y', y.plain]] : []), along === x ? 'x' : 'y');
    fill(byId('by'), [['', 'none: one curve']].concat(axes.filter(([name]) => name !== along.name)), view.by === along.name ? '' : view.by);
    byId('log-x').checked = view.logX;
    byId('log-y').checked = view.logY;
    byId('log-value').checked = view.logValue;
    byId('log-x').disabled = !x.numbers || extent(x.numbers)[0] <= 0;
    byId('log-y').disabled = !y || !y.numbers || extent(y.numbers)[0] <= 0;
    heldControls(table);
    byId('cut-note').textContent = across
      ? `The cut stands where ${across.plain} has its value above; a click on the map moves it.`
      : '';
  };

  // ---- Pictures ----

  const positions = (axis) => axis.numbers || axis.values.map((_, i) => i);

  const edges = (axis, log) => {
    const units = positions(axis).map((value) => (log ? Math.log10(value) : value));
    const middle = units.slice(1).map((value, i) => (value + units[i]) / 2);
    const half = units.length > 1 ? [middle[0] - units[0], units[units.length - 1] - middle[middle.length - 1]] : [0.5, 0.5];
    const all = [units[0] - half[0], ...middle, units[units.length - 1] + half[1]];
    return log ? all.map((value) => 10 ** value) : all;
  };

  const axisLayout = (axis, log, range) => ({
    title: { text: axis.label, standoff: 8 },
    type: log ? 'log' : 'linear',
    range: range.map((value) => (log ? Math.log10(value) : value)),
    automargin: true,
    ticks: 'outside',
    ticklen: 5,
    tickcolor: page.ink,
    showline: true,
    linecolor: page.ink,
    mirror: true,
    zeroline: false,
    gridcolor: '#e2e2e2',
    exponentformat: 'power',
    minexponent: 4,
    ...(axis.numbers ? ticksOf(range, log) : { tickmode: 'array', tickvals: positions(axis), ticktext: axis.shown }),
  });

  // Between decades a logarithmic axis has digits of its own, whose meaning nobody guesses: whole numbers instead.
  const ticksOf = ([low, high], log) => {
    if (!log) return { nticks: 7 };
    const ticks = logTicks(Math.log10(low), Math.log10(high));
    return { tickmode: 'array', tickvals: ticks.map((tick) => 10 ** tick), ticktext: ticks.map((tick) => label(10 ** tick)) };
  };

  const logTicks = (low, high) => {
    const decades = high - low;
    const parts = decades > 2.2 ? [1] : decades > 1 ? [1, 3] : [1, 2, 3, 5, 7];
    const step = Math.max(1, Math.ceil(decades / 7));
    const ticks = [];
    for (let e = Math.floor(low); e <= Math.ceil(high); e += 1) {
      if (parts.length === 1 && e % step !== 0) continue;
      for (const part of parts) {
        const tick = e + Math.log10(part);
        if (tick >= low - 1e-9 && tick <= high + 1e-9) ticks.push(tick);
      }
    }
    return ticks.length > 1 ? ticks : [low, high];
  };

  const label = (value) => {
    const size = Math.abs(value);
    if (size === 0 || (size >= 0.00999 && size < 1000.5)) return bare(value.toPrecision(3));
    const [mantissa, exponent] = value.toExponential(1).split('e');
    const power = `10<sup>${Number(exponent)}</sup>`.replace('-', '−');
    return bare(mantissa) === '1' ? power : `${bare(mantissa)}×${power}`;
  };

  const layoutOf = (x, y, more) => ({
    font: { family: 'Figures, serif', size: 14, color: page.ink },
    margin: { l: 60, r: 12, t: 12, b: 50 },
    paper_bgcolor: '#ffffff',
    plot_bgcolor: '#ffffff',
    hovermode: 'closest',
    hoverlabel: { bgcolor: '#ffffff', bordercolor: page.ink, font: { family: 'Figures, serif', size: 13, color: page.ink } },
    xaxis: x,
    yaxis: y,
    ...more,
  });

  const config = { responsive: true, displayModeBar: false, displaylogo: false, showLink: false, plotlyServerURL: '' };

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

  const cellsOf = () => {
    const { table, x, y, quantity } = meaning();
    const value = quantity.of(table);
    return y.values.map((_, j) =>
      x.values.map((_, i) => {
        const row = rowAt(table, { [x.name]: i, [y.name]: j });
        return { row, value: row === undefined ? null : value(row)[0] };
      }),
    );
  };

  const colours = (values, isRatio, log) => {
    const units = values.filter((value) => isNumber(value) && (!log || value > 0)).map((value) => (log ? Math.log10(value) : value));
    let [low, high] = extent(units);
    if (units.length === 0) [low, high] = [0, 1];
    if (isRatio) {
      const middle = log ? 0 : 1;
      const reach = Math.max(Math.abs(low - middle), Math.abs(high - middle), 0.01);
      return { low: middle - reach, high: middle + reach, map: page.diverging };
    }
    if (low === high) [low, high] = [low - (log ? 0.5 : Math.abs(low) / 2 || 0.5), high + (log ? 0.5 : Math.abs(high) / 2 || 0.5)];
    return { low, high, map: page.viridis };
  };

  const drawMap = () => {
    const { table, measure, x, y, along, across, quantity } = meaning();
    byId('map-part').hidden = !y;
    if (!y) return;
    const cells = cellsOf();
    const values = cells.flat().map((cell) => cell.value);
    const log = view.logValue && values.some((value) => value > 0);
    const scale = colours(values, quantity.isRatio, log);
    const narrow = byId('map').clientWidth < 470;
    const ticks = log ? logTicks(scale.low, scale.high) : null;
    const trace = {
      type: 'heatmap',
      x: edges(x, view.logX),
      y: edges(y, view.logY),
      z: cells.map((line) => line.map(({ value }) => (isNumber(value) && (!log || value > 0) ? (log ? Math.log10(value) : value) : null))),
      text: cells.map((line, j) =>
        line.map((cell, i) => [`${x.label}: ${x.shown[i]}`, `${y.label}: ${y.shown[j]}`, ...linesOf(table, cell.row)].join('<br>')),
      ),
      hoverinfo: 'text',
      hoverongaps: false,
      zmin: scale.low,
      zmax: scale.high,
      colorscale: scale.map.map((colour, i) => [i / (scale.map.length - 1), colour]),
      colorbar: {
        title: { text: htmlOf(quantity, table, measure), side: narrow ? 'bottom' : 'right' },
        thickness: 14,
        outlinecolor: page.ink,
        outlinewidth: 1,
        ticks: 'outside',
        ...(narrow ? { orientation: 'h', yref: 'container', y: 0, yanchor: 'bottom', len: 1 } : {}),
        ...(log
          ? { tickmode: 'array', tickvals: ticks, ticktext: ticks.map((tick) => label(10 ** tick)) }
          : { nticks: 7, exponentformat: 'power' }),
      },
    };
    const [ex, ey] = [trace.x, trace.y];
    const [i, j] = [x.values.indexOf(view.held[x.name]), y.values.indexOf(view.held[y.name])];
    const [px, py] = [positions(x)[i], positions(y)[j]];
    const line = (ends, width, colour) => ({ type: 'line', ...ends, line: { color: colour, width } });
    const cut = along === x ? { xref: 'paper', x0: 0, x1: 1, y0: py, y1: py } : { yref: 'paper', y0: 0, y1: 1, x0: px, x1: px };
    const box = (width, colour) => ({
      type: 'rect', x0: ex[i], x1: ex[i + 1], y0: ey[j], y1: ey[j + 1], line: { color: colour, width },
    });
    const shapes = [line(cut, 3, '#ffffff'), line(cut, 1.2, page.ink), box(4, '#ffffff'), box(1.6, page.ink)];
    const layout = layoutOf(axisLayout(x, view.logX, [ex[0], ex[ex.length - 1]]), axisLayout(y, view.logY, [ey[0], ey[ey.length - 1]]), {
      shapes,
      margin: { l: 60, r: 12, t: 12, b: narrow ? 140 : 50 },
    });
    layout.xaxis.showgrid = layout.yaxis.showgrid = false;
    Plotly.react(byId('map'), [trace], layout, config);
    hearClicks();
    const known = values.filter(isNumber);
    const [low, high] = extent(known);
    byId('map-title').innerHTML = `Map: ${htmlOf(quantity, table, measure)}`;
    const missing = values.length - known.length;
    byId('map').setAttribute(
      'aria-label',
      `Map of ${quantity.name(table, measure)} over ${x.plain} (horizontal) and ${y.plain} (vertical): ` +
        (known.length ? `${known.length} values from ${shown(low)} to ${shown(high)}` : 'no value') +
        (missing ? `, ${missing} cells without one` : '') +
        `. The same values are in the table of the map.`,
    );
    byId('map-held').innerHTML = heldWords(table, [x, y]);
    mapTable(cells);
  };

  // A click on a cell holds its values; the controls do the same without a pointer.
  let hears = false;
  const hearClicks = () => {
    if (hears) return;
    hears = true;
    byId('map').on('plotly_click', ({ points: [{ pointIndex }] }) => {
      const { x, y } = meaning();
      const [row, column] = pointIndex;
      change({ held: { ...view.held, [x.name]: x.values[column], [y.name]: y.values[row] } });
    });
  };

  const heldWords = (table, without) => {
    const words = table.varied
      .filter((axis) => !without.includes(axis))
      .map((axis) => `${axis.label}: ${axis.shown[axis.values.indexOf(view.held[axis.name])]}`);
    return words.length ? `At ${words.join('; ')}.` : '';
  };

  // The curves of the cut: one for each value of the axis that compares, at most as many as there are colours.
  const curvesOf = () => {
    const { table, along, across, by, quantity } = meaning();
    const value = quantity.of(table);
    const held = by ? by.values.indexOf(view.held[by.name]) : 0;
    let which = by ? by.values.map((_, i) => i) : [0];
    if (which.length > mostCurves) {
      // Evenly along the axis, the held one among them.
      const step = (which.length - 1) / (mostCurves - 1);
      which = Array.from({ length: mostCurves }, (_, k) => Math.round(k * step));
      if (!which.includes(held)) {
        const nearest = which.reduce((best, k, at) => (Math.abs(k - held) < Math.abs(which[best] - held) ? at : best), 0);
        which[nearest] = held;
      }
    }
    const left = by ? by.values.length - which.length : 0;
    const curves = which.map((k) => ({
      colour: page.series[which.indexOf(k) % mostCurves],
      isHeld: !by || k === held,
      label: by ? `${by.label}: ${by.shown[k]}` : htmlOf(quantity, table, meaning().measure),
      word: by ? by.shown[k] : '',
      points: along.values.map((_, i) => {
        const row = rowAt(table, by ? { [along.name]: i, [by.name]: k } : { [along.name]: i });
        return { at: i, row, drawn: row === undefined ? [null, null, null] : value(row) };
      }),
    }));
    return { curves: curves.filter((curve) => curve.points.some((point) => point.row !== undefined)), left };
  };

  const symbols = ['circle', 'square', 'triangle-up', 'diamond', 'circle-open', 'square-open', 'triangle-up-open'];

  // A bound or a law beside the curves: once if all share it, else one for each.
  const companions = (curves, values, name, along, dash) => {
    if (!values) return [];
    const of = (curve) => curve.points.map(({ row }) => (row === undefined ? null : values[row]));
    const lines = curves.map((curve) => ({ curve, ys: of(curve) })).filter(({ ys }) => ys.some(isNumber));
    const isShared = lines.every(({ ys }) => ys.every((y, i) => y === lines[0].ys[i]));
    return (isShared ? lines.slice(0, 1) : lines).map(({ curve, ys }) => ({
      x: positions(along),
      y: ys,
      mode: 'lines',
      name: isShared ? name : `${name}, ${curve.word}`,
      line: { color: isShared ? page.ink : curve.colour, width: 1.5, dash },
      hoverinfo: 'skip',
    }));
  };

  const drawCut = () => {
    const { table, measure, along, across, by, quantity } = meaning();
    const { curves, left } = curvesOf();
    const log = view.logValue;
    const xs = positions(along);
    const traces = curves.map((curve, k) => ({
      x: xs,
      y: curve.points.map(({ drawn }) => (isNumber(drawn[0]) && (!log || drawn[0] > 0) ? drawn[0] : null)),
      mode: 'lines+markers',
      name: curve.label,
      connectgaps: false,
      line: { color: curve.colour, width: curve.isHeld ? 2.4 : 1.3 },
      marker: { color: curve.colour, size: curve.isHeld ? 8 : 6, symbol: symbols[k % symbols.length] },
      error_y: {
        type: 'data',
        symmetric: false,
        array: curve.points.map(({ drawn: [v, , high] }) => (isNumber(high) ? high - v : 0)),
        arrayminus: curve.points.map(({ drawn: [v, low] }) => (isNumber(low) ? v - low : 0)),
        color: curve.colour,
        thickness: 1.2,
        width: 3.5,
      },
      text: curve.points.map(({ at, row }) =>
        [...(by ? [curve.label] : []), `${along.label}: ${along.shown[at]}`, ...linesOf(table, row)].join('<br>'),
      ),
      hoverinfo: 'text',
    }));
    if (view.show === 'mean') {
      traces.push(...companions(curves, table.bound, table.boundLabel, along, 'solid'));
      traces.push(...companions(curves, table.computed, table.computedLabel, along, 'dash'));
    }
    const ends = traces
      .flatMap((trace) => trace.y.concat(trace.error_y ? trace.y.flatMap((y, i) => [y + trace.error_y.array[i], y - trace.error_y.arrayminus[i]]) : []))
      .concat(quantity.isRatio ? [1] : [])
      .filter((y) => isNumber(y) && (!log || y > 0));
    let [low, high] = ends.length ? extent(ends) : [log ? 0.1 : 0, 1];
    if (log) {
      const room = Math.max(0.06, 0.05 * Math.log10(high / low));
      [low, high] = [low / 10 ** room, high * 10 ** room];
    } else {
      if (low >= 0 && low < high / 2) low = 0;
      const room = 0.05 * (high - low) || Math.abs(high) / 10 || 0.5;
      [low, high] = [low === 0 ? 0 : low - room, high + room];
    }
    const logAlong = along.name === view.x ? view.logX : view.logY;
    const ex = edges(along, logAlong);
    const vertical = axisLayout({ label: htmlOf(quantity, table, measure), numbers: [] }, log, [low, high]);
    const layout = layoutOf(axisLayout(along, logAlong, [ex[0], ex[ex.length - 1]]), vertical, {
      showlegend: true,
      legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom', traceorder: 'normal', font: { size: 13 } },
      shapes: quantity.isRatio
        ? [{ type: 'line', xref: 'paper', x0: 0, x1: 1, y0: 1, y1: 1, line: { color: page.ink, width: 1, dash: 'dot' } }]
        : [],
    });
    Plotly.react(byId('cut'), traces, layout, config);
    const number = curves.length === 1 ? 'one curve' : `${curves.length} curves`;
    byId('cut-title').innerHTML = `Cut along ${along.label}`;
    const without = [along, ...(by ? [by] : [])];
    byId('cut-held').innerHTML =
      heldWords(table, without) + (left > 0 ? ` ${curves.length} of ${curves.length + left} curves are drawn.` : '');
    byId('cut').setAttribute(
      'aria-label',
      `${quantity.name(table, measure)} against ${along.plain}, ${number}` +
        (by ? ` for ${by.plain} ${curves.map((curve) => curve.word).join(', ')}` : '') +
        '. The same values are in the table of the cut.',
    );
    cutTable(curves);
    return curves;
  };

  // ---- Tables of what is shown ----

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

  // ---- The whole ----

  const tell = (words) => {
    byId('status').textContent = words;
  };

  const factsOf = (table) => {
    const fixed = table.axes.filter((axis) => axis.values.length === 1).map((axis) => `${axis.label}: ${axis.shown[0]}`);
    return fixed.join('; ');
  };

  const draw = (said) => {
    const { table } = meaning();
    showControls();
    drawMap();
    const curves = drawCut();
    byId('about').innerHTML = table.about;
    byId('about').hidden = table.about === '';
    const facts = factsOf(table);
    byId('facts').innerHTML = facts ? `Fixed throughout: ${facts}.` : '';
    byId('interval-note').textContent = table.intervalNote;
    const points = curves.reduce((sum, curve) => sum + curve.points.filter((point) => isNumber(point.drawn[0])).length, 0);
    const place = view.y ? byId('map').getAttribute('aria-label').split('. The same')[0] + '. ' : '';
    tell(said || `${place}Cut: ${points === 1 ? 'one value' : `${points} values`}.`);
    try {
      history.replaceState(null, '', addressOf());
    } catch {
      location.hash = addressOf();
    }
  };

  const change = (chosen) => {
    const next = { ...view, ...chosen };
    if ('table' in chosen) view = standard(page.tables.find((t) => t.name === chosen.table));
    else {
      // Two axes that would become one change places.
      if (next.x === next.y) {
        if ('x' in chosen) next.y = view.x;
        else next.x = view.y;
      }
      if (next.y === '') next.along = 'x';
      const isNewScale = ['x', 'y', 'measure', 'show'].some((name) => name in chosen);
      const automatic = isNewScale ? scaled(next) : next;
      view = {
        ...next,
        logX: next.x === view.x ? next.logX : next.x === view.y ? view.logY : automatic.logX,
        logY: next.y === view.y ? next.logY : next.y === view.x ? view.logX : automatic.logY,
        logValue: 'measure' in chosen || 'show' in chosen ? automatic.logValue : next.logValue,
      };
    }
    draw();
  };

  const open = () => {
    const { final, complaints } = viewOf(location.hash);
    view = final;
    draw(complaints.length ? `The address names what this page does not have: ${complaints.join(', ')}. The rest is shown.` : '');
  };

  for (const name of ['table', 'measure', 'show', 'x', 'y', 'by', 'along'])
    byId(name).addEventListener('change', (event) => change({ [name]: event.target.value }));
  for (const [id, name] of [['log-x', 'logX'], ['log-y', 'logY'], ['log-value', 'logValue']])
    byId(id).addEventListener('change', (event) => change({ [name]: event.target.checked }));

  byId('controls').addEventListener('submit', (event) => event.preventDefault());
  byId('reset').addEventListener('click', () => change({ table: view.table }));
  byId('copy').addEventListener('click', () => {
    const place = byId('address');
    place.hidden = false;
    place.value = location.href;
    place.focus();
    place.select();
    const kept = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
    kept.then(
      () => tell('The address of this view is copied.'),
      () => tell('The address of this view is in the field below the button, selected; copy it from there.'),
    );
  });

  addEventListener('hashchange', () => {
    if (location.hash.includes('=') && location.hash !== addressOf()) open();
  });

  const start = () => {
    open();
    let waiting;
    addEventListener('resize', () => {
      clearTimeout(waiting);
      waiting = setTimeout(drawMap, 150);
    });
    document.documentElement.dataset.ready = 'true';
  };

  // Without its face a picture is drawn once, with wrong widths.
  const faces = Promise.all(['13px Figures', 'italic 13px Figures'].map((face) => document.fonts.load(face, 'aα1')));
  faces.then(start, start);
})();
