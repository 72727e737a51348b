import Logging

/// A log that says nothing but keeps its metadata: a request's id lies there.
public struct Quiet: LogHandler {
    public var logLevel = Logger.Level.critical
    public var metadata: Logger.Metadata = [:]

    public init() {}

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {}
}

extension Logger {
    public static let quiet = Logger(label: "test") { _ in Quiet() }
}
