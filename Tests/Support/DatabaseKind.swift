import Synchronization

/// Which database keeps the gateway's data.
public enum DatabaseKind: String, CaseIterable, Sendable {
    case sqlite, postgresql
}

/// Numbers the databases of this process.
private let databases = Atomic(0)

/// Hands over the URL of an empty database on the fast server of this process, and removes it afterwards.
public func withDatabase<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let cluster = try await SharedCluster.shared.cluster()
    let name = "own\(databases.add(1, ordering: .relaxed).newValue)"
    try await cluster.makeDatabase(name)
    do {
        let value = try await body(cluster.url(name))
        try await cluster.dropDatabase(name)
        return value
    } catch {
        try? await cluster.dropDatabase(name)
        throw error
    }
}
