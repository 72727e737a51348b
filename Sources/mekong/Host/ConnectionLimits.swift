/// How long a connection may keep the server waiting.
struct ConnectionLimits: Sendable {
    /// From being accepted to the end of the TLS handshake.
    var handshake = Duration.seconds(5)
    /// Without a request under way. HTTP/2 clients are told before the end.
    var idle = Duration.seconds(60)
    /// Without a byte in either direction, whatever is under way.
    var silence = Duration.seconds(120)
    /// From the stop of the server to the end of a connection whose requests have not finished.
    var stopping = Duration.seconds(7)
    /// For an HTTP/2 client's streams after it has agreed to the end of its connection.
    var goodbye = Duration.seconds(5)
}
