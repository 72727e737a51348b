import NIOCore
import Testing
import Webhooks

@Suite struct EgressPolicyTests {
    private func allows(_ address: String, loopback: Bool = false) throws -> Bool {
        EgressPolicy(allowsLoopback: loopback).allows(try SocketAddress(ipAddress: address, port: 443))
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255",
        "192.169.0.0", "198.17.255.255", "198.20.0.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
        "2001:4860:4860::8888", "2606:4700::1111", "2400:cb00::1", "2a00:1450::1", "2001:db7::1", "2001:db9::1",
    ])
    func `a public address may be called`(address: String) throws {
        #expect(try allows(address))
        #expect(try allows(address, loopback: true))
    }

    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "169.254.0.1",
        "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255", "192.0.0.1",
        "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.255",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    ])
    func `a special IPv4 address may not be called`(address: String) throws {
        #expect(try !allows(address))
        #expect(try !allows(address, loopback: true))
    }

    @Test(arguments: [
        ("unspecified", "::"), ("IPv4-compatible", "::8.8.8.8"), ("unique local", "fc00::1"),
        ("unique local", "fd12:3456::1"), ("link-local", "fe80::1"), ("link-local", "febf::1"),
        ("site-local", "fec0::1"), ("multicast", "ff02::1"), ("documentation", "2001:db8::1"),
        ("documentation", "2001:db8:ffff::1"), ("documentation", "3fff::1"), ("documentation", "3fff:fff:ffff::1"),
        ("Teredo", "2001::1"), ("benchmarking", "2001:2::1"), ("ORCHID", "2001:10::1"), ("discard", "100::1"),
        ("segment routing", "5f00::1"), ("NAT64 of one network", "64:ff9b:1::808:808"),
        ("beside NAT64", "64:ff9b::1:808:808"), ("not assigned", "4000::1"), ("not assigned", "1::1"),
    ])
    func `a special IPv6 address may not be called`(kind: String, address: String) throws {
        #expect(try !allows(address), "\(kind)")
        #expect(try !allows(address, loopback: true), "\(kind)")
    }

    @Test(arguments: ["127.0.0.1", "127.0.0.2", "127.255.255.255", "::1", "::ffff:127.0.0.1"])
    func `this machine may be called only where that is allowed`(address: String) throws {
        #expect(try !allows(address))
        #expect(try allows(address, loopback: true))
    }

    @Test(arguments: [
        ("10.1.2.3", true), ("172.16.0.1", true), ("172.31.255.255", true), ("192.168.1.1", true), ("fc00::1", true),
        ("fd12:3456::1", true), ("::ffff:10.0.0.1", true), ("64:ff9b::a00:1", true), ("8.8.8.8", true),
        ("127.0.0.1", false), ("::1", false), ("169.254.169.254", false), ("fe80::1", false), ("fd00:ec2::254", false),
        ("100.64.0.1", false), ("100.100.100.200", false), ("192.0.0.192", false), ("0.0.0.0", false),
        ("224.0.0.1", false), ("2001:db8::1", false),
    ])
    func `private networks may be called only where that is allowed, and nothing else with them`(
        address: String, isAllowed: Bool
    ) throws {
        let policy = EgressPolicy(allowsLoopback: false, allowsPrivate: true)
        let allowed = policy.allows(try SocketAddress(ipAddress: address, port: 443))
        #expect(allowed == isAllowed)
    }

    /// An IPv4 address in IPv6 clothes is judged as what it is.
    @Test(arguments: [
        ("::ffff:8.8.8.8", true), ("::ffff:10.0.0.1", false), ("::ffff:169.254.169.254", false),
        ("::ffff:0.0.0.0", false), ("::ffff:a9fe:a9fe", false), ("64:ff9b::808:808", true),
        ("64:ff9b::a00:1", false), ("64:ff9b::c0a8:1", false), ("64:ff9b::7f00:1", false),
        ("2002:808:808::1", true), ("2002:a00:1::1", false), ("2002:c0a8:101::", false), ("2002:7f00:1::", false),
    ])
    func `an IPv4 address inside an IPv6 one is judged by itself`(address: String, isAllowed: Bool) throws {
        #expect(try allows(address) == isAllowed)
    }

    @Test func `a socket in the file system may not be called`() throws {
        let address = try SocketAddress(unixDomainSocketPath: "/run/docker.sock")
        #expect(!EgressPolicy(allowsLoopback: true).allows(address))
    }
}
