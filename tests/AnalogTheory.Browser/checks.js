// What tests ask of a page that a browser shows: can it be read, reached by the keyboard, and does it fit?
window.checks = (() => {
  'use strict';

  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;

  // What an element is called in a list of complaints.
  const called = (element) =>
    element.id || `${element.tagName.toLowerCase()} “${(element.textContent || element.getAttribute('aria-label') || '').trim().replace(/\s+/g, ' ').slice(0, 40)}”`;

  // ---- Colours ----

  const place = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

  // Red, green, blue from 0 to 1, and how much of it covers.
  const colour = (css) => {
    place.clearRect(0, 0, 1, 1);
    place.fillStyle = css;
    place.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = place.getImageData(0, 0, 1, 1).data;
    return [r / 255, g / 255, b / 255, a / 255];
  };

  const over = ([r, g, b, a], [R, G, B]) => [a * r + (1 - a) * R, a * g + (1 - a) * G, a * b + (1 - a) * B, 1];

  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = colour(getComputedStyle(at).backgroundColor);
      if (layer[3] > 0) layers.push(layer);
      if (layer[3] === 1) break;
    }
    const dark = matchMedia('(prefers-color-scheme: dark)').matches && getComputedStyle(document.documentElement).colorScheme.includes('dark');
    return layers.reduceRight((below, layer) => over(layer, below), dark ? [0.07, 0.07, 0.07, 1] : [1, 1, 1, 1]);
  };

  // Relative luminance and contrast as in WCAG 2.2.
  const luminance = ([r, g, b]) => {
    const [R, G, B] = [r, g, b].map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  // Words whose colour has less contrast than this with what lies behind them.
  const pale = (least) => {
    const told = new Set();
    const look = (element, words) => {
      const style = getComputedStyle(element);
      const back = behind(element);
      const front = over(colour(element instanceof SVGElement ? style.fill : style.color), back);
      const found = ratio(front, back);
      if (found < least) told.add(`${words.trim().slice(0, 40)} (${element.tagName.toLowerCase()}.${element.getAttribute('class') || ''}): ${found.toFixed(2)}`);
    };
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const element = words.currentNode.parentElement;
      if (words.currentNode.data.trim() && !['SCRIPT', 'STYLE', 'OPTION', 'NOSCRIPT'].includes(element.tagName) && seen(element)) look(element, words.currentNode.data);
    }
    for (const element of document.querySelectorAll('select,input:not([type=checkbox])')) if (seen(element)) look(element, called(element));
    return [...told];
  };

  // ---- The keyboard ----

  const stops = 'a[href],button,input,select,textarea,summary,[role=button],[tabindex="0"]';

  // A box that scrolls aside is a stop of the keyboard where nothing in it is one.
  const scrollsAside = (element) =>
    ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth && !element.querySelector(stops);

  const controls = () =>
    [...document.body.querySelectorAll('*')]
      .filter((element) => (element.matches(stops) || scrollsAside(element)) && seen(element) && !element.disabled)
      .map(called);

  // What has the focus, '' for the page itself; it says so where the focus cannot be seen.
  const focused = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return '';
    const style = getComputedStyle(element);
    const rings = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && (ratio(colour(style.outlineColor), behind(element.parentElement)) >= 3);
    return called(element) + (rings ? '' : ' without a ring');
  };

  // ---- Room ----

  // What reaches beyond the window, boxes that scroll aside.
  const wide = () => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const scrolls = (element) => element && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX) ? element !== document.body : scrolls(element.parentElement));
    return [...document.body.querySelectorAll('*')]
      .filter((element) => seen(element) && element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element.parentElement))
      .map((element) => `${called(element)}: ${Math.round(element.getBoundingClientRect().right)} of ${innerWidth}`)
      .concat([`page: ${document.documentElement.scrollWidth} of ${innerWidth}`]);
  };

  return { pale, controls, focused, wide };
})();
