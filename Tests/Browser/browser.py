"""Debian's Chromium, driven by Playwright: started when first needed, and again when it has been given up."""

import os
import signal
import threading

from playwright.sync_api import sync_playwright

# Containers and root have no sandbox for Chromium; it opens nothing but these tests' own pages.
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]


def launch(playwright):
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)


def children(parent):
    """The processes that `parent` has started, and theirs."""
    found = []
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and int(open(f"/proc/{entry}/stat").read().rpartition(")")[2].split()[1]) == parent:
                found += [int(entry), *children(int(entry))]
        except OSError:
            pass
    return found


class Browser:
    """One browser for all tests. Playwright has calls that wait for ever for a browser that hangs; `watched` ends them."""

    def __init__(self):
        self.playwright = self.chromium = None
        self.drivers = []
        self.given_up = False

    def new_context(self, **options):
        if self.chromium is None:
            before = children(os.getpid())
            self.playwright = sync_playwright().start()
            self.drivers = [child for child in children(os.getpid()) if child not in before]
            self.chromium = launch(self.playwright)
        return self.chromium.new_context(**options)

    def watched(self, seconds):
        """A timer that gives the browser up: whoever waits for it is told that it is closed."""
        self.given_up = False
        timer = threading.Timer(seconds, self.give_up)
        timer.daemon = True
        timer.start()
        return timer

    def give_up(self):
        self.given_up = True
        for process in [process for driver in self.drivers for process in [*children(driver), driver]]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def stop(self):
        if self.chromium is None:
            return
        for end in [self.playwright.stop] if self.given_up else [self.chromium.close, self.playwright.stop]:
            try:
                end()
            except Exception as error:
                if not self.given_up:
                    raise
                print("ended by force:", error)
        self.playwright = self.chromium = None
