import TestSupport
import Testing

/// Tests that drive the built program as its users do: as a process, over HTTP, with files on a disk.
///
/// They run one after another, because each loads the machine and several measure what happens under load.
@Suite("The real process", .serialized)
enum ProcessTests {}
