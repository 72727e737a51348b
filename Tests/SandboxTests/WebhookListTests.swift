import APISupport
import HTTPTypes
import Testing
import WireKit

/// `GET /sandbox/webhooks` and `POST /sandbox/webhooks/{id}/replay`.
@Suite struct WebhookListTests {
    private func listen(_ sandbox: Sandbox, at url: String = deafURL) async throws {
        try await sandbox.set("{\"kpayment\":{\"notify_url\":\"\(url)\"}}")
    }

    @Test func `a delivery has its id, event, URL, attempts, body and state`() async throws {
        try await withSandbox { sandbox in
            try await listen(sandbox)
            let charge = try await sandbox.charge()
            let list = try await sandbox.control(.get, "/webhooks")
            #expect(list["0"]?.objectValue?.names == ["id", "event", "url", "attempts", "body", "state"])
            #expect(list.show("0.url", "0.attempts.count", "0.state") == "\(deafURL) 0 pending")
            let body = try JSON.parse(list.show("0.body")).objectValue
            #expect(body?["id"]?.stringValue == charge.id && body?["checksum"] != nil)
        }
    }

    @Test func `deliveries come newest first, fifty where no limit is named`() async throws {
        try await withSandbox { sandbox in
            try await listen(sandbox)
            #expect(try await sandbox.control(.get, "/webhooks").text == "[]")
            var ids: [String] = []
            for _ in 0..<55 { ids.insert(try await sandbox.charge().id, at: 0) }
            for (query, count) in [
                ("", 50), ("?limit=50", 50), ("?limit=1", 1), ("?limit=55", 55), ("?limit=1000", 55),
            ] {
                let list = try await sandbox.control(.get, "/webhooks" + query)
                let told = try (list.json.arrayValue ?? []).map { delivery in
                    try JSON.parse(delivery.objectValue?["body"]?.stringValue ?? "").objectValue?["id"]?.stringValue
                }
                #expect(told == Array(ids.prefix(count)), "\(query)")
            }
        }
    }

    @Test(arguments: ["0", "-1", "x", "1.5", "99999999999999999999", ""])
    func `a limit that makes no sense is 422`(limit: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(.get, "/webhooks?limit=\(limit)")
            #expect(answer.status == 422 && answer["error"] != nil)
        }
    }

    @Test func `a failed attempt says when and why, and the last leaves the delivery exhausted`() async throws {
        try await withSandbox { sandbox in
            try await listen(sandbox)
            _ = try await sandbox.charge()
            try await sandbox.advance(seconds: 0)
            let first = try await sandbox.control(.get, "/webhooks")
            #expect(first.show("0.state", "0.attempts.count", "0.attempts.0.status") == "pending 1 null")
            #expect(first["0.attempts.0"]?.objectValue?.names == ["at", "status", "error"])
            #expect(first["0.attempts.0.error"]?.stringValue?.isEmpty == false)
            for seconds in [5, 30, 120, 600, 3_600, 21_600, 86_400] { try await sandbox.advance(seconds: seconds) }
            #expect(try await sandbox.control(.get, "/webhooks").show("0.state", "0.attempts.count") == "exhausted 8")
            try await sandbox.advance(seconds: 1_000_000)
            #expect(try await sandbox.control(.get, "/webhooks").show("0.attempts.count") == "8")
        }
    }

    @Test func `what was taken is delivered, and replay sends the same once more`() async throws {
        try await Sink.serving([.internalServerError]) { sink, url in
            try await withSandbox { sandbox in
                try await listen(sandbox, at: url)
                _ = try await sandbox.charge()
                try await sandbox.advance(seconds: 0)
                try await sandbox.advance(seconds: 5)
                let list = try await sandbox.control(.get, "/webhooks")
                #expect(list.show("0.state", "0.attempts.count") == "delivered 2")
                #expect(list.show("0.attempts.0.status", "0.attempts.1.status", "0.attempts.1.error") == "500 200 null")
                let id = list.show("0.id")
                try await sandbox.control(.post, "/webhooks/\(id)/replay")
                try await sandbox.advance(seconds: 0)
                #expect(sink.deliveries.count == 3)
                #expect(Set(sink.deliveries.map(\.body)).count == 1)
                #expect(sink.deliveries.allSatisfy { $0.header("webhook-id") == id })
                let replayed = try await sandbox.control(.get, "/webhooks")
                #expect(replayed.show("0.state", "0.attempts.count", "count") == "delivered 3 1")
            }
        }
    }

    @Test func `what was given up on can be replayed`() async throws {
        try await withSandbox { sandbox in
            try await listen(sandbox)
            _ = try await sandbox.charge()
            for seconds in [0, 5, 30, 120, 600, 3_600, 21_600, 86_400] { try await sandbox.advance(seconds: seconds) }
            let list = try await sandbox.control(.get, "/webhooks")
            try #require(list.show("0.state") == "exhausted")
            try await sandbox.control(.post, "/webhooks/\(list.show("0.id"))/replay")
            #expect(try await sandbox.control(.get, "/webhooks").show("0.state") == "pending")
            try await sandbox.advance(seconds: 0)
            #expect(try await sandbox.control(.get, "/webhooks").show("0.attempts.count") == "9")
        }
    }

    @Test(arguments: ["x", "msg_", "msg_00000000000000000000000000000000", "%00", "msg_ABC"])
    func `a webhook that there is not cannot be replayed`(id: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(.post, "/webhooks/\(id)/replay")
            #expect(answer.status == 404 && answer["error"] != nil)
        }
    }
}
