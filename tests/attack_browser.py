"""What an attack does in a browser: whether it runs, speaks, leads away or calls somebody."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import browsing
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Download, Page
from playwright.sync_api import Error as BrowserError

# Runs in every frame before anything else.
_WATCH = """
Object.defineProperty(window, "pwned", { set() { console.debug("attack: ran"); } });
document.addEventListener("securitypolicyviolation", (event) => {
  console.debug(`attack: stopped ${event.effectiveDirective} ${event.blockedURI}`);
});
"""
# Does what a reader may do with everything an attack has put there, but for following links out
# and sending forms within the site, which are no harm.
_TOUCH = """
([selector, clicks]) => {
  const ours = (address) => new URL(address, location.href).origin === location.origin;
  // An attack may give an element the name of a method of the document.
  const find = (what) => [...Document.prototype.querySelectorAll.call(document, what)];
  for (const element of find(selector)) {
    for (const kind of ["mouseover", "mouseenter", "focus", "pointerdown", "keydown", "toggle"]) {
      element.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    if (!clicks) continue;
    const link = element.closest("a[href], area[href]");
    const leadsOn = /^(https?|mailto|tel|):/.test(link?.protocol ?? "none");
    if (link && leadsOn && !link.getAttribute("href").startsWith("#")) continue;
    const { form } = element;
    const sent = element.getAttribute("formaction") ?? form?.getAttribute("action") ?? "";
    if (form && ours(sent)) continue;
    element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  const refresh = find("meta[http-equiv='refresh' i]").length > 0;
  const objects = Object.getOwnPropertyNames(Object.prototype);
  return [refresh, new URL(document.baseURI).origin, ...objects];
}
"""
_NEXT_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))"


class Elsewhere:
    """The hosts that attacks name (``*.example``): one, which counts how often it is called."""

    def __init__(self) -> None:
        """Open a port."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.calls = 0
        """How often anything was asked of it."""
        self.connections = 0
        """How often somebody opened a connection, also without asking."""

    def listen(self) -> None:
        """Count calls, until the port is closed."""
        while True:
            try:
                call, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            with call, suppress(OSError):
                call.settimeout(1)
                asked = call.recv(1000)
                self.calls += b" HTTP/1" in asked
                call.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        """End."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@dataclass
class Seen:
    """What happened on a page."""

    ran: int = 0
    dialogs: int = 0
    led_to: list[str] = field(default_factory=list)
    """Other hosts, windows and files that the reader was led to."""
    calls: int = 0
    """How often another host was called."""
    changed: list[str] = field(default_factory=list)
    """What was changed for all scripts: the base of addresses, or every object."""
    stopped: list[str] = field(default_factory=list)
    """What the policy stopped."""

    @property
    def harm(self) -> list[str]:
        """What should not have happened, in words."""
        found = ["ran"] * self.ran + ["dialog"] * self.dialogs + ["call"] * self.calls
        return [*found, *(f"to {address}" for address in self.led_to), *self.changed]


class Watch:
    """A window onto a site, in a browser for which the hosts of attacks are ``elsewhere``."""

    def __init__(self, room: BrowserContext, server: str, elsewhere: Elsewhere) -> None:
        """Open a window onto a site."""
        self.server = server
        self._elsewhere = elsewhere
        self._seen = Seen()
        self.page = room.new_page()
        self.page.add_init_script(_WATCH)
        self.page.on("console", self._on_console)
        self.page.on("dialog", self._on_dialog)
        self.page.on("popup", self._on_popup)
        self.page.on("download", self._on_download)
        self.page.set_default_timeout(60_000)
        self._objects: list[str] = []

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.text == "attack: ran":
            self._seen.ran += 1
        elif message.text.startswith("attack: stopped"):
            self._seen.stopped.append(message.text.removeprefix("attack: stopped "))

    def _on_dialog(self, dialog: Dialog) -> None:
        self._seen.dialogs += dialog.type != "beforeunload"
        dialog.dismiss()

    def _on_download(self, file: Download) -> None:
        if not file.url.startswith(f"blob:{self.server}/"):  # what our buttons save
            self._seen.led_to.append(file.url)

    def _on_popup(self, popup: Page) -> None:
        if not popup.url.startswith(f"{self.server}/"):
            self._seen.led_to.append(popup.url)
        popup.close()

    def visit(self, address: str, touch: str = "main *", *, clicks: bool = True) -> Seen:
        """Go to a page, and touch what a selector finds as a reader may, with clicks or without."""
        self._seen = seen = Seen()
        calls = self._elsewhere.calls
        try:
            self.page.goto(self.server + address)
            self.page.evaluate(_NEXT_FRAMES)
            refresh, base, *objects = self.page.evaluate(_TOUCH, [touch, clicks])
            self.page.evaluate(_NEXT_FRAMES)
            if refresh:
                self._wait_to_leave()
            self._objects = self._objects or objects
            if base != self.server:
                seen.changed.append(f"base {base}")
            if objects != self._objects:
                seen.changed.append("every object")
        except BrowserError as error:
            # The page went elsewhere meanwhile, or is a file that is saved.
            if "interrupted" not in str(error) and "context was destroyed" not in str(error):
                seen.changed.append(str(error).partition("\n")[0])
            self._wait_to_leave()
        seen.calls = self._elsewhere.calls - calls
        if seen.calls or urlsplit(self.page.url).netloc != urlsplit(self.server).netloc:
            self._come_back(seen)
        return seen

    def _wait_to_leave(self) -> None:
        with suppress(BrowserError):  # nothing leads away after all
            self.page.wait_for_url(lambda url: not url.startswith(self.server), timeout=3000)

    def _come_back(self, seen: Seen) -> None:
        self._wait_to_leave()
        if urlsplit(self.page.url).netloc != urlsplit(self.server).netloc:
            seen.led_to.append(self.page.url)
            with suppress(BrowserError):
                self.page.goto("about:blank")


@contextmanager
def elsewhere(chromium: Browser) -> Iterator[tuple[Browser, Elsewhere]]:
    """Start one more browser, for which the hosts of attacks are one that counts calls."""
    other = Elsewhere()
    thread = threading.Thread(target=other.listen, daemon=True)
    thread.start()
    try:
        with browsing.beside(chromium, f"MAP *.example 127.0.0.1:{other.port}") as browser:
            yield browser, other
    finally:
        other.close()
        thread.join()
