/// How long a store on PostgreSQL waits for its server before it answers that the database is unavailable.
public struct Patience: Sendable {
    /// For a group's turn to begin.
    var queue = Duration.milliseconds(1_500)
    /// For the server's answer to one flush.
    var answer = Duration.seconds(2)
    /// For a whole group of commits. With another such group before it in the queue, nobody waits five seconds.
    var group = Duration.seconds(3)
    /// For a connection, and to learn what became of a COMMIT.
    var connection = Duration.seconds(1)
    /// For the database to come back before nobody is kept waiting for it any more: a failover may take less.
    var absence = Duration.seconds(1)
    /// The same while no attempt has failed: a busy machine may take this long to answer the first.
    var firstAbsence = Duration.seconds(3)

    /// A gateway's: everyone is answered within five seconds.
    public static let standard = Patience()

    /// The same, `factor` times as long: for those who would rather wait than be told that the database is away.
    public func times(_ factor: Int) -> Patience {
        Patience(
            queue: queue * factor, answer: answer * factor, group: group * factor, connection: connection * factor,
            absence: absence * factor, firstAbsence: firstAbsence * factor)
    }
}
