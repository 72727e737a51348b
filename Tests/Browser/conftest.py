import pytest
from playwright.sync_api import expect

from browser import Browser
from gateway import Gateway
from shop import Shop

expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def gateway():
    gateway = Gateway()
    yield gateway
    gateway.stop()


@pytest.fixture(scope="session")
def shop_server(gateway):
    shop = Shop(gateway)
    yield shop
    shop.stop()


@pytest.fixture
def shop(shop_server, gateway):
    shop_server.clear()
    gateway.control("PUT", "/merchant", {"kpayment": {"callback_url": shop_server.url + "/callback"}})
    return shop_server


@pytest.fixture(scope="session")
def browser():
    browser = Browser()
    yield browser
    browser.stop()


def is_fault(message):
    """Pages that say what is wrong come with the status 400 or 422, which the browser reports as well."""
    return message.type == "error" and not any(f"status of {status}" in message.text for status in (400, 422))


@pytest.fixture
def open_page(browser):
    """Opens pages that fail the test on any script error or refused resource."""
    contexts, faults = [], []
    timer = browser.watched(seconds=300)

    def open_page(width=1280, height=800, locale="en-GB", **more):
        context = browser.new_context(viewport={"width": width, "height": height}, locale=locale, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
        return page

    open_page.faults = faults
    yield open_page
    try:
        for context in contexts:
            context.close()
    finally:
        timer.cancel()
        if browser.given_up:
            browser.stop()
    assert faults == []


@pytest.fixture
def page(open_page):
    return open_page()
