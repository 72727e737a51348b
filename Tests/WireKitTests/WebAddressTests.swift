import Testing
import WireKit

@Suite struct WebAddressTests {
    @Test(arguments: [
        "https://shop.example/back?a=1", "http://127.0.0.1:9000/callback", "HTTPS://shop.example", "http://[::1]:80/",
        "http://h:65535/",
    ])
    func `an address of the web is one`(text: String) { #expect(isWebAddress(text)) }

    @Test(arguments: ["http://h/@a", "https://h?a=b@c", "http://h#@", "http://h:1/"])
    func `one without a user's name may be called`(text: String) { #expect(isCallableAddress(text)) }

    @Test(arguments: ["http://u:p@h/", "https://u@h", "http://:p@h/", "http://@h/", "ftp://h/", ""])
    func `one with a user's name or password, or none at all, may not`(text: String) {
        #expect(!isCallableAddress(text))
    }

    @Test(arguments: [
        ("http://h/cb?q=ก%20", "http://h/cb?q=%E0%B8%81%20"), ("http://h/ก%2F?a=b", "http://h/%E0%B8%81%2F?a=b"),
        ("http://h/?a[]=1&b=%20", "http://h/?a%5B%5D=1&b=%20"),
        ("http://h/100%?q=%zz%2", "http://h/100%25?q=%25zz%252"),
        ("http://h/a|b?q=\"%22", "http://h/a%7Cb?q=%22%22"), ("http://[::1]:80/a?b=%e0#c", "http://[::1]:80/a?b=%e0#c"),
        ("http://ไทย.example?ก", "http://ไทย.example?%E0%B8%81"), ("http://h", "http://h"),
        ("https://h/~a/b;c=d,e?f=g:h@i/j?k!$&'()*+", "https://h/~a/b;c=d,e?f=g:h@i/j?k!$&'()*+"),
    ])
    func `on the wire what is no escape yet becomes one, and an escape stays`(text: String, wire: String) {
        #expect(wireAddress(text) == wire)
        #expect(wireAddress(wire) == wire)
    }

    @Test(arguments: [
        "", "shop.example", "ftp://shop.example/", "javascript:alert(1)", "http://", "https:///path", "http://a b/",
        "http://h/\u{0}", "http://h/\n", "http://h:99999/", "http://h:0/", "http://h:-1/",
    ])
    func `anything else is none`(text: String) { #expect(!isWebAddress(text)) }
}
