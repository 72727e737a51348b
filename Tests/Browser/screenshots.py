"""Pictures of every page for docs/images/. Pages that need more than a browser to reach come from the gallery that the
tests of Checkout write (MEKONG_GALLERY); they are shown as if the gateway had sent them."""

import pathlib
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

import kissvips
import payer
from browser import launch
from gateway import ROOT, Gateway
from shop import Shop

IMAGES = ROOT / "docs/images"
GALLERY = ROOT / ".build/gallery"
SHOP_PICTURE = ROOT / "Tests/Browser/sample-shop.svg"
SIZES = {"phone": (390, 844), "desktop": (1280, 800)}

# Name, language, sizes, colours
DRAWN = [
    ("saved-cards", "en", ["phone", "desktop"]), ("conversion", "en", ["phone", "desktop"]),
    ("conversion", "th", ["phone"]), ("conversion", "km", ["phone"]), ("card-instalments", "en", ["phone", "desktop"]),
    ("thai-qr", "en", ["phone", "desktop"]), ("thai-qr", "th", ["phone"]), ("thai-qr", "km", ["phone"]),
    ("wechat-qr", "en", ["phone"]),
    ("pay-plus", "en", ["phone", "desktop"]), ("pay-plus-waiting", "en", ["phone"]), ("alipay", "en", ["phone"]),
    ("wechat", "en", ["phone"]), ("unionpay", "en", ["phone", "desktop"]), ("unionpay-code", "en", ["phone"]),
    ("card-terms", "en", ["phone"]), ("card-terms", "th", ["phone"]), ("card-terms", "km", ["phone"]),
    ("fee", "en", ["phone", "desktop"]), ("fee", "th", ["phone"]), ("fee", "km", ["phone"]),
    ("saved-cards-fees", "en", ["phone"]), ("saved-cards-fees", "km", ["phone"]), ("card-over", "en", ["phone"]),
    ("thai-qr-shop", "en", ["phone"]), ("pay-plus", "km", ["phone"]), ("webview-save", "km", ["phone"]),
    ("expired", "en", ["phone"]), ("paid", "en", ["phone", "desktop"]), ("unavailable", "th", ["phone"]),
]


class Camera:
    def __init__(self, browser, folder):
        self.browser, self.folder = browser, folder

    def page(self, size, language="en", **more):
        width, height = SIZES[size]
        locale = {"en": "en-GB", "th": "th-TH", "km": "km-KH"}[language]
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, reduced_motion="reduce", **more)
        context.set_default_timeout(120_000)
        return context.new_page()

    def take(self, page, name, size, language="en"):
        page.evaluate("document.activeElement && document.activeElement.blur()")
        page.wait_for_load_state("networkidle")
        suffix = "" if language == "en" else "-" + language
        path = self.folder / f"{name}-{size}{suffix}.png"
        page.screenshot(path=path, full_page=size == "phone")
        page.context.close()


def draw_gallery(camera, gateway):
    def answer(route):
        if route.request.url.endswith("/page"):
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif "/ui/v2/status/" in route.request.url:
            route.fulfill(body='{"waiting":true,"seconds_left":545}', content_type="application/json")
        elif route.request.url.startswith("https://shop.example/shop.png"):
            route.fulfill(body=SHOP_PICTURE.read_bytes(), content_type="image/svg+xml")
        elif "/picture" in route.request.url:
            route.fulfill(body=(ROOT / "Tests/Browser/sample-qr.svg").read_bytes(), content_type="image/svg+xml")
        else:
            route.continue_()

    for name, language, sizes in DRAWN:
        html = (GALLERY / f"{name}.{language}.html").read_text().replace('src="/ui/v2/assets/icon.svg"', 'src="/picture"')
        for size in sizes:
            page = camera.page(size, language)
            page.route("**/*", answer)
            page.goto(gateway.url + "/page")
            camera.take(page, name, size, language)


def open_checkout(camera, shop, size, language="en", **more):
    page = camera.page(size, language, **more)
    page.goto(shop.url)
    page.locator("button.pay-button").click()
    payer.frame(page).locator("#number").wait_for()
    return page, payer.frame(page)


def draw_card(camera, shop):
    shop.show(description="Camera, second hand")
    for size, language, more in [
        ("phone", "en", {}), ("desktop", "en", {}), ("phone", "th", {}), ("desktop", "th", {}),
        ("phone", "km", {}), ("phone", "en", {"color_scheme": "dark"}),
    ]:
        page, place = open_checkout(camera, shop, size, language, **more)
        place.locator("#number").fill("4417706600005830")
        camera.take(page, "card-dark" if more else "card", size, language)
    page, place = open_checkout(camera, shop, "phone")
    place.locator("#number").fill("4417706600005831")
    place.locator("#expiry").fill("13/39")
    payer.pay(place)
    camera.take(page, "card-problems", "phone")
    shop.show(mid="nothing", amount="-1")
    page = camera.page("phone")
    page.goto(shop.url)
    page.locator("button.pay-button").click()
    payer.frame(page).locator("h1").wait_for()
    camera.take(page, "set-up-wrong", "phone")


def draw_inline(camera, shop):
    shop.show(before='<div data-kpayment="inline"></div>', after="<button>Pay 1,250.50 THB</button>", style="""
        form button { width: 100%; padding: .9rem; border: 0; border-radius: 8px; background: #222; color: #fff; font: inherit }""")
    for size in SIZES:
        page = camera.page(size)
        page.goto(shop.url)
        payer.frame(page).locator("#number").fill("4417706600005830")
        camera.take(page, "inline", size)


def draw_webview(camera, gateway):
    key = gateway.credentials["public_key"]
    for name, query in [("pay", "&payment-methods=card&amount=1200&name=Awesome+Shop"), ("save", "&name=Awesome+Shop")]:
        page = camera.page("phone")
        page.goto(f"{gateway.url}/ui/v2/webview/{name}?apikey={key}&mid=401001001001001{query}")
        camera.take(page, f"webview-{name}", "phone")


def challenged(camera, shop, size, language="en"):
    page, place = open_checkout(camera, shop, size, language)
    for name, text in [("number", "4417706600005830"), ("name", "SOMCHAI J"), ("expiry", "12/39"), ("cvv", "123")]:
        place.locator("#" + name).fill(text)
    payer.pay(place)
    page.wait_for_url("**/ui/v2/3ds/**")
    return page


def draw_challenge(camera, shop):
    shop.show()
    for size, language in [("phone", "en"), ("desktop", "en"), ("phone", "th"), ("phone", "km")]:
        page = challenged(camera, shop, size, language)
        page.locator("button.primary").click()
        page.locator("#otp").wait_for()
        camera.take(page, "otp", size, language)
    page = challenged(camera, shop, "phone")
    camera.take(page, "otp-request", "phone")
    for code, name in [("123456", "approved"), ("000000", "not-completed")]:
        page = challenged(camera, shop, "phone")
        # The page takes the browser back by itself; here it stays for its picture.
        page.route("**/return.js", lambda route: route.fulfill(body=""))
        payer.authenticate(page, code)
        page.locator(".mark").wait_for()
        camera.take(page, name, "phone")


def draw_bank(camera, gateway):
    back = "http://shop.example/back"

    def opened(size, language="en", **more):
        _, url = kissvips.pg_deposit(gateway, back, **more)
        page = camera.page(size, language)
        # The page takes the browser back by itself; here it stays for its picture.
        page.route("**/return.js", lambda route: route.fulfill(body=""))
        page.goto(url)
        return page

    def fill(page, *fields):
        for name, text in fields:
            page.locator("#" + name).fill(text)
        page.locator("button.primary").click()

    for size, language in [("phone", "en"), ("desktop", "en"), ("phone", "th"), ("desktop", "th"), ("phone", "km")]:
        camera.take(opened(size, language), "bank-sign-in", size, language)
        page = opened(size, language)
        fill(page, ("username", "somchai"), ("password", "secret"))
        page.locator("#otp1").wait_for()
        camera.take(page, "bank-otp1", size, language)
    page = opened("phone", bank_type="B")
    fill(page, ("username", "somchai"), ("password", "secret"))
    fill(page, ("otp1", "123456"))
    page.locator("#otp2").wait_for()
    camera.take(page, "bank-otp2", "phone")
    page = opened("phone")
    fill(page, ("username", "wrong"), ("password", "secret"))
    page.get_by_role("alert").wait_for()
    camera.take(page, "bank-wrong-password", "phone")
    for size in SIZES:
        page = opened(size)
        fill(page, ("username", "somchai"), ("password", "secret"))
        fill(page, ("otp1", "123456"))
        page.locator(".mark").wait_for()
        camera.take(page, "bank-paid", size)
    page = opened("phone")
    fill(page, ("username", "poor"), ("password", "secret"))
    page.locator(".mark").wait_for()
    camera.take(page, "bank-poor", "phone")


def draw_prompt_pay(camera, gateway):
    for size, language in [("phone", "en"), ("desktop", "en"), ("phone", "th"), ("desktop", "th"), ("phone", "km")]:
        _, url = kissvips.prompt_pay(gateway, "http://shop.example/back")
        page = camera.page(size, language)
        # No countdown and no waiting: the picture is the same each time.
        page.route("**/waiting.js", lambda route: route.fulfill(body=""))
        page.goto(url)
        page.locator("p.qr img").wait_for()
        page.locator("#time").evaluate("time => time.textContent = '29:59'")
        camera.take(page, "promptpay", size, language)
    page = camera.page("phone")
    page.route("**/waiting.js", lambda route: route.fulfill(body=""))
    page.goto(url)
    page.locator("button.primary").click()
    page.locator("p.qr").wait_for(state="detached")
    camera.take(page, "promptpay-checking", "phone")


def squeeze(folder):
    """Fewer colours and bytes, where the tools for it are there."""
    for tool in (["pngquant", "--force", "--ext", ".png", "--quality", "70-95", "--strip"], ["optipng", "-quiet"]):
        if shutil.which(tool[0]):
            for picture in sorted(folder.glob("*.png")):
                subprocess.run([*tool, str(picture)], check=False)


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    gateway = Gateway()
    shop = Shop(gateway)
    gateway.control("PUT", "/merchant", {"kpayment": {"callback_url": shop.url + "/callback"}})
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            camera = Camera(browser, folder)
            draw_card(camera, shop)
            draw_inline(camera, shop)
            draw_webview(camera, gateway)
            draw_challenge(camera, shop)
            draw_bank(camera, gateway)
            draw_prompt_pay(camera, gateway)
            draw_gallery(camera, gateway)
            browser.close()
    finally:
        shop.stop()
        gateway.stop()
    squeeze(folder)


if __name__ == "__main__":
    main()
