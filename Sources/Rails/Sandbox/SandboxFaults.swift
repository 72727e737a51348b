import Synchronization

/// Misbehaviour ordered for the next calls of a simulated rail (sandbox contract, `POST /sandbox/faults`).
public final class SandboxFaults: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The bank does what it was asked and its answer is lost; an authorisation cannot be inquired either.
        case timeout
        /// The bank refuses with the ordered code.
        case decline
        /// The bank cannot be reached; nothing was done.
        case unavailable
    }

    public struct Fault: Sendable, Equatable {
        public let kind: Kind
        /// Which operation misbehaves; nil for whichever comes next.
        public let operation: RailReference.Kind?
        /// The response code of a decline.
        public let code: String
        public var count: Int

        public init(kind: Kind, operation: RailReference.Kind?, code: String?, count: Int) {
            self.kind = kind
            self.operation = operation
            self.code = code ?? "05"
            self.count = count
        }
    }

    private let ordered = Mutex<[Fault]>([])

    public init() {}

    public func order(_ fault: Fault) { ordered.withLock { $0.append(fault) } }

    public func clear() { ordered.withLock { $0.removeAll() } }

    /// The fault for this call, if one was ordered; it is used up by one.
    func next(for operation: RailReference.Kind) -> Fault? {
        ordered.withLock { faults in
            // A reversal is the gateway's own doing: it misbehaves only where a fault names it.
            let index = faults.firstIndex {
                $0.operation == operation || ($0.operation == nil && operation != .reverse)
            }
            guard let index else { return nil }
            let fault = faults[index]
            faults[index].count -= 1
            if faults[index].count <= 0 { faults.remove(at: index) }
            return fault
        }
    }
}
