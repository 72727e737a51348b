import Testing

@testable import Webhooks

/// What is refused before anything is connected.
@Suite struct EgressRefusalTests {
    private func refusal(_ url: String, allowsLoopback: Bool = false) async throws -> EgressClient.Refusal? {
        let client = EgressClient(policy: EgressPolicy(allowsLoopback: allowsLoopback))
        do {
            _ = try await client.post(url, headers: [], body: [])
            await client.shutdown()
            return nil
        } catch {
            await client.shutdown()
            return try #require(error as? EgressClient.Refusal, "\(error)")
        }
    }

    @Test(arguments: [
        "", "hello", "//example.com/", "/notify", "http:", "http://", "http:///notify", "http:127.0.0.1",
        "https://:443/",
        "ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)", "gopher://127.0.0.1/",
        "unix:///run/docker.sock",
        "http+unix://%2Frun%2Fdocker.sock/", "http://exa mple.com/", "http://example.com\r\nX-Evil: 1/",
        " http://example.com/", "http://[::1/", "http://127.0.0.1:-1/", "http://127.0.0.1:port/",
    ])
    func `what is no http address is refused`(url: String) async throws {
        guard case .badURL = try await refusal(url, allowsLoopback: true) else {
            Issue.record("\(url) was not refused as no URL")
            return
        }
    }

    @Test(arguments: [
        "http://127.0.0.1/", "http://127.0.0.1:8080/notify", "https://127.0.0.1/", "HTTP://127.0.0.1/",
        "http://user:word@127.0.0.1/", "http://example.com@127.0.0.1/", "http://2130706433/", "http://0x7f000001/",
        "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://0/", "http://0.0.0.0/", "http://[::]/",
        "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
        "http://%31%32%37.0.0.1/", "http://127。0。0。1/", "http://①②⑦.0.0.1/", "http://localhost/",
        "http://LOCALHOST/", "http://%6cocalhost/",
    ])
    func `this machine is refused, however it is spelt`(url: String) async throws {
        guard case .notAllowed = try await refusal(url) else {
            Issue.record("\(url) was not refused for its address")
            return
        }
    }

    @Test(arguments: [
        "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/",
        "http://167772161/", "http://0x0a.0.0.1/", "http://012.0.0.1/", "http://10.1/", "http://[::ffff:10.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::a00:1]/", "http://[fe80::1]/", "http://[fe80::1%25lo]/",
        "http://[fd00::1]/", "http://100.64.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://0.0.0.0/",
    ])
    func `a private address is refused, however it is spelt, even where this machine is allowed`(
        url: String
    ) async throws {
        guard case .notAllowed = try await refusal(url, allowsLoopback: true) else {
            Issue.record("\(url) was not refused for its address")
            return
        }
    }

    /// Whether these resolve at all is the resolver's business; that they lead nowhere is ours.
    @Test(arguments: ["http://127.0.0.1./", "http://localhost./", "http://10.0.0.1./", "http://[127.0.0.1]/"])
    func `a trailing dot or odd brackets lead nowhere`(url: String) async throws {
        #expect(try await refusal(url) != nil)
    }

    @Test func `a name that cannot be resolved is refused`() async throws {
        guard case .unresolvable(let host) = try await refusal("http://nowhere.invalid/") else {
            Issue.record("was not refused")
            return
        }
        #expect(host == "nowhere.invalid")
    }

    /// What is asked for is what is connected to: the ASCII form, as the HTTP client spells it.
    @Test(arguments: [
        ("http://ร้าน.invalid/", "xn--q3ct9b5e.invalid"), ("http://bücher.invalid/", "xn--bcher-kva.invalid"),
    ])
    func `a name in other letters is resolved in its ASCII form`(url: String, name: String) async throws {
        guard case .unresolvable(let host) = try await refusal(url) else {
            Issue.record("was not refused")
            return
        }
        #expect(host == name)
    }

    /// In a process of its own: a port is a merchant's text, and must not end the gateway.
    @Test func `a port that there cannot be is refused`() async {
        await #expect(processExitsWith: .success) {
            for port in ["65536", "99999", "4294967376", "9223372036854775807"] {
                for host in ["127.0.0.1", "[::1]", "localhost"] {
                    let client = EgressClient(policy: EgressPolicy(allowsLoopback: true))
                    let answer = try? await client.post("http://\(host):\(port)/", headers: [], body: [])
                    await client.shutdown()
                    precondition(answer == nil, "\(host):\(port) answered")
                }
            }
        }
    }

    @Test func `a refusal says why, in words for the merchant`() {
        #expect("\(EgressClient.Refusal.badURL)" == "the URL is neither http nor https")
        #expect("\(EgressClient.Refusal.unresolvable("a.b"))" == "a.b cannot be resolved")
        #expect("\(EgressClient.Refusal.slowToResolve("a.b"))" == "a.b was not resolved in time")
        #expect("\(EgressClient.Refusal.notAllowed("a.b"))" == "a.b is at an address that may not be called")
    }
}
