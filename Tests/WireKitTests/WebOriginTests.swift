import Testing
import WireKit

@Suite struct WebOriginTests {
    @Test(arguments: [
        ("https://shop.example/back?a=1", "https://shop.example"), ("http://shop.example", "http://shop.example"),
        ("HTTPS://Shop.Example:8443#x", "https://shop.example:8443"),
        ("http://127.0.0.1:9000?x", "http://127.0.0.1:9000"),
        ("https://shop.example:443/", "https://shop.example"), ("http://shop.example:443/", "http://shop.example:443"),
        ("https://shop.example/;script-src *", "https://shop.example"), ("http://[::1]:9000/", "http:"),
        ("https://[2001:db8::1]", "https:"), ("https://a_b.example/", "https:"),
        ("https://shop.example/@evil.example", "https://shop.example"),
    ])
    func `a policy names the origin of an address and nothing else of it`(url: String, source: String) {
        #expect(WebOrigin(of: url)?.policySource == source)
    }

    @Test(arguments: [
        "", "shop.example", "//shop.example", "ftp://shop.example", "javascript://shop.example", "http:/shop.example",
        "https://", "https:///path", "https://:80", "https://?x", "https://shop.example;",
        "https://shop.example; img-src *",
        "https://a b", "https://a,b", "https://*", "https://*.example", "https://'self'", "https://user@shop.example",
        "https://user:word@shop.example", "https://shop.example\\@evil.example", "https://shop.example:", "https://s:0",
        "https://s:65536", "https://s:80:80", "https://s:8a", "https://s:+80", "https://s:\u{0E51}",
        "https://s:000080", "https://ร้าน.example", "https://s\u{301}hop", "https://s%20;x", "https://[::1",
        "https://[]/",
        "https://[::1]x", "https://[::1;x]/", "https://s\n;x", "https://s\r\n", "https://s\t", "https://s\u{0}",
        " https://shop.example", "https ://shop.example", "h\u{17F}ttps://shop.example",
    ])
    func `what may be understood in two ways has no origin`(url: String) { #expect(WebOrigin(of: url) == nil) }
}
