"""Views of every kind, as the tests of Checkout have drawn them, shown as if the gateway had sent them."""

import pytest
from playwright.sync_api import expect

from gateway import ROOT

GALLERY = ROOT / ".build/gallery"
SHOP_PICTURE = ROOT / "Tests/Browser/sample-shop.svg"
PAGES = sorted(path.name for path in GALLERY.glob("*.html"))

# The least ratio between the lightness of a text and of what is behind it (WCAG 2, AA): 4.5, for large text 3.
CONTRAST = """() => {
  function parts(colour) { return colour.match(/[\\d.]+/g).map(Number); }
  function light(colour) {
    const [r, g, b] = parts(colour).map(v => (v /= 255, v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function behind(element) {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor, alpha = parts(colour)[3];
      if (alpha === undefined || alpha === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  }
  const faults = [];
  for (const element of document.querySelectorAll("main *")) {
    const text = Array.from(element.childNodes).filter(n => n.nodeType === 3).map(n => n.data.trim()).join("");
    const style = getComputedStyle(element);
    if (!text || !element.checkVisibility() || element.closest(".unseen, :has(> :disabled), noscript")) continue;
    const [a, b] = [light(style.color), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) faults.push(text + " " + ratio.toFixed(2));
  }
  return faults;
}"""


@pytest.fixture
def show(gateway):
    def show(page, name, status=None):
        html = (GALLERY / name).read_text()
        page.route("**/shown", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.route("**/ui/v2/status/1", lambda route: route.fulfill(json=(status or waiting)()))
        page.route("https://shop.example/shop.png*", lambda route: route.fulfill(path=SHOP_PICTURE))
        page.goto(gateway.url + "/shown")

    return show


def waiting():
    return {"waiting": True, "seconds_left": 545}


def test_the_gallery_is_there():
    assert len(PAGES) >= 50


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_text_can_be_read(open_page, show, colours):
    page = open_page(color_scheme=colours)
    # Handing over would leave the page.
    page.route("**/handover.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    faults = {}
    for name in PAGES:
        show(page, name)
        faults[name] = page.evaluate(CONTRAST)
        page.unroute("**/shown")
    assert {name: found for name, found in faults.items() if found} == {}


def test_no_page_is_wider_than_a_small_phone(open_page, show):
    page = open_page(320, 640)
    page.route("**/handover.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    wide = []
    for name in PAGES:
        show(page, name)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(name)
        page.unroute("**/shown")
    assert wide == []


def test_a_waiting_page_counts_down_and_shows_the_result_once_there_is_one(page, show, gateway):
    answers = iter([{"waiting": True, "seconds_left": 545}, {"waiting": True, "seconds_left": 62}, {"waiting": False}])
    page.route("**/ui/v2/checkout?*", lambda route: route.fulfill(body="<h1>Paid</h1>", content_type="text/html"))
    times = []
    page.expose_function("tick", lambda time: times.append(time))
    page.add_init_script("""addEventListener('DOMContentLoaded', function () {
        const time = document.getElementById('time');
        if (time) new MutationObserver(function () { tick(time.textContent); }).observe(time, { childList: true }); })""")
    show(page, "thai-qr.en.html", lambda: next(answers))
    expect(page.get_by_role("heading")).to_have_text("Paid")
    assert page.url == gateway.url + "/ui/v2/checkout?a=b"
    assert any(time.startswith("1:0") for time in times), times


def test_a_waiting_page_outlives_a_network_that_is_away(page, show, open_page):
    asked = []
    show(page, "wechat-qr.en.html")
    page.unroute("**/ui/v2/status/1")
    page.route("**/ui/v2/checkout?*", lambda route: route.fulfill(body="<h1>Paid</h1>", content_type="text/html"))

    def answer(route):
        asked.append(route)
        route.abort() if len(asked) == 1 else route.fulfill(json={"waiting": False})

    page.route("**/ui/v2/status/1", answer)
    expect(page.get_by_role("heading")).to_have_text("Paid")
    open_page.faults.clear()


def test_a_saved_card_is_chosen_by_the_keyboard_and_an_expired_one_cannot_be(page, show):
    show(page, "saved-cards.en.html")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="5404 88** **** 0836")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="4417 70** **** 5830")).to_be_checked()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.route("**/ui/v2/checkout?*", lambda route: route.fulfill(body="<h1>Sent</h1>", content_type="text/html"))
        page.get_by_role("button", name="Pay 30,000.00 THB").click()
    assert sent.value.post_data == "card_id=card_test_1"


@pytest.mark.parametrize("button, currency, accepts", [
    ("Pay 30,000.00 THB", "THB", False), ("Pay 893.92 USD", "USD", True)])
def test_the_currency_is_the_button_that_is_pressed(page, show, button, currency, accepts):
    show(page, "conversion.en.html")
    page.route("**/ui/v2/checkout?*", lambda route: route.fulfill(body="<h1>Sent</h1>", content_type="text/html"))
    if accepts:
        page.get_by_label("I accept the payment currency").check()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name=button).click()
    assert sent.value.post_data == "token=tokn_test_1" + ("&accept=on" if accepts else "") + f"&currency={currency}"
