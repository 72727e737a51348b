import Testing
import WireKit

@Suite struct WebAddressTests {
    @Test(arguments: [
        "https://shop.example/back?a=1", "http://127.0.0.1:9000/callback", "HTTPS://shop.example", "http://[::1]:80/",
        "http://h:65535/",
    ])
    func `an address of the web is one`(text: String) { #expect(isWebAddress(text)) }

    @Test(arguments: [
        "", "shop.example", "ftp://shop.example/", "javascript:alert(1)", "http://", "https:///path", "http://a b/",
        "http://h/\u{0}", "http://h/\n", "http://h:99999/", "http://h:0/", "http://h:-1/",
    ])
    func `anything else is none`(text: String) { #expect(!isWebAddress(text)) }
}
