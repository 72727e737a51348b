import Testing
import WireKit

/// Which address a request came from.
@Suite struct CallerAddressTests {
    @Test(
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:C000:201", "192.0.2.1"),
            ("2001:DB8:0:0::1", "2001:db8::1"), ("::1", "::1"), ("192.0.2", nil), ("192.0.2.256", nil),
            ("192.0.2.01", nil), ("192.0.2.1:80", nil), ("[::1]", nil), ("fe80::1%eth0", nil), ("", nil), ("x", nil),
            (" 192.0.2.1", nil), ("192.0.2.1\u{0}", nil),
        ] as [(String, String?)])
    func `an address has one spelling, and IPv4 within IPv6 is IPv4`(text: String, spelling: String?) {
        #expect(IPAddress(text)?.description == spelling)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.0.0.0/8", "9.255.255.255", false),
        ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("192.0.2.128/25", "192.0.2.128", true),
        ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.4/30", "192.0.2.7", true),
        ("192.0.2.4/30", "192.0.2.8", false), ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1/32", "192.0.2.2", false),
        ("0.0.0.0/0", "255.1.2.3", true), ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "2001:db8::1", true),
        ("::/0", "10.0.0.1", false), ("2001:db8::/32", "2001:db8:ffff::1", true),
        ("2001:db8::/32", "2001:db9::1", false), ("2001:db8::/33", "2001:db8:8000::", false),
        ("2001:db8::5", "2001:db8::5", true), ("::ffff:10.0.0.0/104", "10.9.9.9", true),
        ("::ffff:10.0.0.0/104", "11.0.0.0", false),
    ])
    func `a block holds the addresses that share its bits`(block: String, address: String, isInside: Bool) throws {
        let range = try AddressRange(parsing: block)
        let address = try #require(IPAddress(address))
        #expect(range.contains(address) == isInside)
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0/8", "10.0.0.1/8",
        "2001:db8::/129", "2001:db8::1/32", "::ffff:10.0.0.0/8", "host/8",
    ])
    func `what is no block, or has bits behind its prefix, is refused`(text: String) {
        #expect(throws: AddressRange.Fault.self) { try AddressRange(parsing: text) }
    }

    private static let proxies = ["10.0.0.0/8", "2001:db8::/32"]

    @Test(
        arguments: [
            ("nobody forwarded", "10.0.0.1", [], "10.0.0.1"),
            ("a proxy tells", "10.0.0.1", ["203.0.113.7"], "203.0.113.7"),
            ("a stranger's claim", "203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
            ("a stranger's claim, told on by a proxy", "10.0.0.1", ["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
            ("two proxies", "10.0.0.1", ["203.0.113.7, 10.0.0.2"], "203.0.113.7"),
            ("two headers are one list", "10.0.0.1", ["198.51.100.1, 203.0.113.7", "10.0.0.2"], "203.0.113.7"),
            ("a proxy of IPv6", "2001:db8::1", ["2400:cb00::1"], "2400:cb00::1"),
            ("a mapped proxy", "::ffff:10.0.0.1", ["::ffff:203.0.113.7"], "203.0.113.7"),
            ("the first proxy itself", "10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("with a port", "10.0.0.1", ["203.0.113.7:4711"], "203.0.113.7"),
            ("with brackets", "10.0.0.1", ["[2400:cb00::1]:4711"], "2400:cb00::1"),
            ("what is no address is believed no further", "10.0.0.1", ["203.0.113.7, unknown"], "10.0.0.1"),
            ("nor behind an empty entry", "10.0.0.1", ["203.0.113.7, , 10.0.0.2"], "10.0.0.2"),
            ("an empty header", "10.0.0.1", [""], "10.0.0.1"),
            ("two words", "10.0.0.1", ["203.0.113.7 10.0.0.9"], "10.0.0.1"),
        ] as [(String, String, [String], String)])
    func `only what a trusted proxy wrote is believed`(
        what: String, peer: String, header: [String], caller: String
    ) throws {
        let trusted = TrustedProxies(try Self.proxies.map { try AddressRange(parsing: $0) })
        let found = trusted.caller(peer: try #require(IPAddress(peer)), forwardedFor: header)
        #expect(found.description == caller, "\(what)")
    }

    @Test func `who trusts no one believes no one`() throws {
        let peer = try #require(IPAddress("127.0.0.1"))
        #expect(TrustedProxies([]).caller(peer: peer, forwardedFor: ["203.0.113.7"]) == peer)
    }
}
