// Formulas, the menu of a phone, types behind names, and the search. Classic script: it runs from a disk as from a server, and asks nothing of another machine.
"use strict";

const root = document.documentElement.dataset.root;

renderMathInElement(document.getElementById("content"), {
    delimiters: [{ left: "\\[", right: "\\]", display: true }, { left: "\\(", right: "\\)", display: false }],
    ignoredTags: ["script", "style", "pre", "code"],
    throwOnError: false,
});

const menu = document.getElementById("menu");
const menuButton = document.getElementById("menu-button");
menuButton.addEventListener("click", () => menuButton.setAttribute("aria-expanded", menu.classList.toggle("open")));

// Types behind the names in F# code: for the mouse and for the keyboard's focus.
let tip = null;
const hideTip = () => { if (tip) { tip.hidePopover(); tip = null; } };
const showTip = (target) => {
    hideTip();
    tip = document.getElementById(target.dataset.fsdocsTip);
    if (!tip || !tip.showPopover) { tip = null; return; }
    tip.showPopover();
    const place = target.getBoundingClientRect();
    const below = place.bottom + 4;
    tip.style.left = `${Math.max(8, Math.min(place.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${below + tip.offsetHeight > innerHeight ? Math.max(8, place.top - tip.offsetHeight - 4) : below}px`;
};
document.addEventListener("mouseover", (event) => { const target = event.target.closest("[data-fsdocs-tip]"); if (target) showTip(target); });
document.addEventListener("mouseout", (event) => { const target = event.target.closest("[data-fsdocs-tip]"); if (target && !target.contains(event.relatedTarget)) hideTip(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") { hideTip(); close(); } });

// Search: the index is a script, loaded at the first use.
const input = document.getElementById("search");
const found = document.getElementById("found");
let index = null;
const close = () => { found.hidden = true; };
const load = () => {
    if (index) return;
    index = [];
    const script = document.createElement("script");
    script.src = `${root}search-index.js`;
    script.onload = () => { index = window.searchIndex; search(); };
    document.head.append(script);
};
// Every word has to occur; titles count more than text, whole titles most, guides more than the reference.
const score = ([address, title, text], words) => {
    let sum = address.startsWith("reference/") ? 0 : 3;
    const [low, body] = [title.toLowerCase(), text.toLowerCase()];
    for (const word of words) {
        if (low === word) sum += 20;
        else if (low.startsWith(word)) sum += 10;
        else if (low.includes(word)) sum += 6;
        else if (body.includes(word)) sum += 1;
        else return 0;
    }
    return sum;
};
const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.replaceChildren();
    found.hidden = words.length === 0;
    if (words.length === 0) return;
    const hits = index.map((entry) => [score(entry, words), entry]).filter(([points]) => points > 0).sort((a, b) => b[0] - a[0]).slice(0, 20);
    if (hits.length === 0) {
        const none = document.createElement("p");
        none.textContent = "Nothing found.";
        found.append(none);
    }
    for (const [, [address, title, text]] of hits) {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const excerpt = document.createElement("small");
        link.href = root + address;
        link.textContent = title;
        excerpt.textContent = text.slice(0, 160);
        link.append(excerpt);
        item.append(link);
        found.append(item);
    }
};
input.addEventListener("focus", load);
input.addEventListener("input", () => { load(); search(); });
document.addEventListener("click", (event) => { if (!event.target.closest(".search")) close(); });
