"""A small shop: a page with the checkout script, and the addresses that its form and the gateway post to."""

import http.server
import itertools
import threading
import urllib.parse

import gateway as mekong

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A shop</title><link rel="icon" href="data:,"><style>
body {{ margin: 0; font: 16px/1.6 "Noto Sans", sans-serif; color: #222; background: #f7f5f2 }}
main {{ max-width: 34rem; margin: 0 auto; padding: 3rem 1.25rem }}
.goods {{ display: flex; justify-content: space-between; padding: 1rem 0; border-block: 1px solid #ddd; margin: 1.5rem 0 }}
{style}</style></head><body><main><h1>Your basket</h1>
<div class="goods"><span>Camera, second hand</span><b>{amount}</b></div>
<form method="POST" action="/checkout">
<input type="hidden" name="basket" value="17">
{before}
<script src="{gateway}/ui/v2/kpayment.min.js" {attributes}></script>
{after}
</form></main></body></html>"""


class Shop:
    """Serves at another host name than the gateway's, so that browsers hold the two apart."""

    references = itertools.count(1)

    def __init__(self, gateway):
        self.gateway = gateway
        self.html = ""
        # Where whoever comes to /onward is sent.
        self.onward = None
        # What was posted to /checkout and to /callback, in order.
        self.posted = []
        shop = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if shop.onward and self.path.startswith("/onward"):
                    self.send_response(302)
                    self.send_header("location", shop.onward)
                    return self.end_headers()
                self.reply(shop.html)

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
                shop.posted.append((self.path, fields))
                if self.path == "/checkout" and shop.charges and "token" in fields:
                    return self.charge(fields)
                self.reply(f"<title>Thank you</title><h1>Thank you</h1><p id=what>{self.path}</p>")

            def charge(self, fields):
                charge = shop.charge(fields)
                if charge.get("redirect_url"):
                    self.send_response(303)
                    self.send_header("location", charge["redirect_url"])
                    self.end_headers()
                else:
                    self.reply(f"<title>Thank you</title><h1>{charge.get('transaction_state', charge)}</h1>")

            def reply(self, html):
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://localhost:{self.port}"
        self.charges = True
        self.charged = []
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def clear(self):
        self.html, self.onward, self.posted, self.charged, self.charges = "", None, [], [], True

    def show(self, before="", after="", style="", **attributes):
        """Puts the script into the page; payment_methods becomes data-payment-methods, None leaves one out."""
        given = {
            "apikey": self.gateway.credentials["public_key"], "amount": "1250.50", "currency": "THB",
            "payment_methods": "card", "name": "Awesome Shop", "mid": mekong.MID,
        } | attributes
        self.amount, self.currency = given["amount"], given["currency"] or "THB"
        text = " ".join(
            f'data-{name.replace("_", "-")}="{value}"' for name, value in given.items() if value is not None)
        self.html = PAGE.format(
            gateway=self.gateway.url, attributes=text, before=before, after=after, style=style,
            amount=f"{given['amount']} {given['currency'] or 'THB'}")

    def charge(self, fields):
        body = {
            "amount": self.amount, "currency": self.currency, "description": "A camera", "source_type": "card",
            "mode": "token", "token": fields["token"], "reference_order": f"REF{next(self.references)}",
            "additional_data": {"mid": fields["mid"]}, "savecard": fields.get("savecard", "false"),
        }
        charge = self.gateway.merchant("POST", "/card/v2/charge", body)[1]
        self.charged.append(charge)
        return charge

    def received(self, path="/checkout"):
        """What the form brought, without what was in it before."""
        forms = [fields for where, fields in self.posted if where == path]
        assert len(forms) == 1, self.posted
        return {name: value for name, value in forms[0].items() if name != "basket"}
