#!/usr/bin/env python3
"""Draws the marks of Thai banks in Sources/Checkout/Assets: letters on calm colours of our own, not the banks' logos.
Run it with the browser tests' Python (.build/browser-venv/bin/python) after a change here."""

import pathlib

from playwright.sync_api import sync_playwright

ASSETS = pathlib.Path(__file__).resolve().parents[1] / "Sources/Checkout/Assets"
SIDE = 128

MARKS = {
    "002": ("BBL", "#3f5c8f"), "004": ("KB", "#3d7a5e"), "006": ("KTB", "#3f83a0"), "011": ("TTB", "#4a6fa5"),
    "014": ("SCB", "#6a5590"), "022": ("CIMB", "#94545a"), "024": ("UOB", "#47618f"), "025": ("BAY", "#8a7434"),
    "030": ("GSB", "#a05a80"), "033": ("GHB", "#a06b3d"), "034": ("BAAC", "#5d7f45"), "065": ("TB", "#a0653f"),
    "067": ("TIS", "#4b7391"), "069": ("KKP", "#6b6596"), "070": ("ICBC", "#8f5050"), "071": ("TCR", "#40808a"),
    "073": ("LH", "#6d7480"),
}


def mark(letters, colour):
    size = {2: 54, 3: 44, 4: 35}[len(letters)]
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 128 128">
<rect width="128" height="128" rx="28" fill="{colour}"/>
<text x="64" y="{64 + size * .355}" text-anchor="middle" font-family="DejaVu Sans, sans-serif" font-weight="700"
 font-size="{size}" letter-spacing="-1" fill="#fff">{letters}</text></svg>"""


NOTHING = """<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240">
<rect x="1" y="1" width="238" height="238" rx="16" fill="#f3f5f5" stroke="#cfd8d6" stroke-width="2"/>
<g fill="none" stroke="#9aaaa5" stroke-width="8" stroke-linejoin="round"><rect x="72" y="72" width="36" height="36"/>
<rect x="132" y="72" width="36" height="36"/><rect x="72" y="132" width="36" height="36"/>
<path d="M60 180 180 60" stroke-linecap="round"/></g></svg>"""


def main():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()

        def draw(svg, name):
            page.set_content(f'<body style="margin:0;background:transparent">{svg}</body>')
            page.locator("svg").screenshot(path=ASSETS / name, omit_background=True)

        for code, (letters, colour) in MARKS.items():
            draw(mark(letters, colour), f"bank_{code}.png")
        draw(NOTHING, "no_image.png")
        browser.close()


if __name__ == "__main__":
    main()
