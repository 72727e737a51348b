import APISupport

extension Browser {
    /// Asks for a one-time code on the page at `url`.
    func requestCode(_ url: String) async throws -> Page {
        try await submit(try await open(url).form(button: "Request OTP"))
    }

    /// Goes the whole way with this code.
    func authenticate(_ url: String, code: String = "123456") async throws -> Page {
        try await submit(try await requestCode(url).form(field: "otp"), [("otp", code)])
    }
}
