/** What is said of a place that is searched for: its cases come first, or there are none. */
import { fill } from "./texts.js";

/**
 * @param {import("../engine.js").PlaceTold} place
 * @param {Record<string, string>} texts
 * @param {string} catalogue Its address.
 * @returns {HTMLElement}
 */
export function renderPlace(place, texts, catalogue) {
  const box = document.createElement("div");
  box.className = place.count ? "search-place" : "search-place is-none";
  const say = (/** @type {string} */ key) => fill(texts[key], { place: place.label });
  const line = document.createElement("p");
  box.append(line);
  if (!place.count) line.append(strong(say("none_from")));
  if (place.others.length) {
    line.append(" ", say(place.count ? "other_things" : "like_place"));
    box.append(list(place.others));
  }
  if (place.first) line.append(say("from_place"));
  if (place.first && place.page) line.append(" ", shown(place.page, say("all_from")));
  const known = place.called.filter(({ size }) => size && !place.count);
  for (const one of known) {
    const more = document.createElement("p");
    const text = fill(texts.alike, { place: one.label });
    more.append(link(`${catalogue.split("?")[0]}?${likeness(one)}`, text));
    box.append(more);
  }
  return box;
}

/** What the catalogue's address says of a municipality. @param {import("../places.js").Place} place */
function likeness({ id, county, size }) {
  return new URLSearchParams({ like_municipality: id, like_county: county, like_size: size });
}

/**
 * Cases that a line names, each with its place, once that is fetched.
 * @param {import("../engine.js").Result[]} results
 */
function list(results) {
  const all = document.createElement("ul");
  for (const result of results) {
    const item = document.createElement("li");
    all.append(item);
    void result.data().then((found) => {
      if (!found) return item.remove();
      item.append(link(found.url, found.title));
      if (found.meta.place) {
        const place = document.createElement("span");
        place.textContent = found.meta.place;
        item.append(" ", place);
      }
    });
  }
  return all;
}

/** @param {import("../engine.js").Result} result @param {string} text */
function shown(result, text) {
  const element = link("", text);
  void result.data().then((found) => {
    if (found) element.href = found.url;
    else element.remove();
  });
  return element;
}

/** @param {string} url @param {string} text */
function link(url, text) {
  const element = document.createElement("a");
  if (url) element.href = url;
  element.textContent = text;
  return element;
}

/** @param {string} text */
function strong(text) {
  const element = document.createElement("strong");
  element.textContent = text;
  return element;
}
