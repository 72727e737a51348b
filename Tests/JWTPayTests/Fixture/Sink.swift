import APISupport

extension Sink {
    /// Serves while `body` runs, which is handed the sink and its URL. Answers with `replies` in turn, then as the
    /// document says.
    static func serving(_ replies: [Reply], _ body: @Sendable (Sink, String) async throws -> Void) async throws {
        try await serving(replies, then: Reply(body: #"{"code":200,"message":"Success"}"#), body)
    }
}
