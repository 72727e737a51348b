/// Whether two byte sequences are the same. The time depends on their lengths only, never on where they differ.
public func constantTimeEquals(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Bool {
    sameInConstantTime(Array(a), Array(b))
}

/// Whether two texts are the same UTF-8 bytes. The time depends on their lengths only.
public func constantTimeEquals(_ a: String, _ b: String) -> Bool {
    sameInConstantTime(Array(a.utf8), Array(b.utf8))
}

/// Looks at every byte whatever the ones before it said.
private func sameInConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    var difference: UInt8 = 0
    for index in a.indices {
        difference |= a[index] ^ b[index]
    }
    return difference == 0
}
