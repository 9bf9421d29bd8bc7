/** The reader's own list as this browser keeps it, the same for every page and tab. */
import { Store } from "../kept/store.js";
import { VERSION, cleanList, emptyList } from "./list.js";

/** @type {Store<import("./list.js").List>} */
export const kept = new Store("my-list", { version: VERSION, empty: emptyList, clean: cleanList });

kept.subscribe(() => dispatchEvent(new Event("my-list")));
